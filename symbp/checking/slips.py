"""The slips: known kinds of mistakes, each a change of what is right, the change back, and a sentence that names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..formulas import Name, Node, walk
from . import differentiation, digits, exchanges, structure, terms
from .known import Context
from .places import Rebuild, bare, places
from .slip_records import VALUE, VALUE_ZH, Slip, built, names, pen, values
from .work import size

_OLD = "a value from before a step and one from after it are exchanged", "更新前与更新后的量混淆"
_FED = "the input of a unit stands for its output", "把单元的输入当成了输出"
_UNIT = "this is of another unit or index", "用了另一个单元（下标）的量"

# the first that explains what stands there is named
SLIPS: tuple[Slip, ...] = (
    built(
        "lost parentheses",
        "漏括号",
        "parentheses are lost",
        "括号丢失",
        structure.without_parentheses,
        structure.with_parentheses,
    ),
    built("sign", "符号错误", "a sign is wrong", "正负号错误", structure.sign, structure.sign),
    built(
        "derivative of another activation",
        "误用其他激活函数的导数",
        "this is the derivative of another activation",
        "用了另一个激活函数的导数",
        differentiation.other_activation,
        differentiation.other_activation,
    ),
    built(
        "misplaced exponent",
        "指数位置错误",
        "an exponent stands in a wrong place",
        "指数写错了位置",
        differentiation.moved_exponent,
        differentiation.moved_exponent,
    ),
    built("lost plus sign", "漏加号", "a plus sign is lost", "漏掉了加号", terms.run_together, terms.parted),
    built(
        "doubled factor",
        "因子重复",
        "a factor stands there twice",
        "因子重复",
        structure.repeated_factor,
        structure.once_only,
    ),
    built(
        "term counted twice",
        "重复计项",
        "a term or path is counted twice",
        "同一项（路径）重复计算",
        terms.twice,
        terms.once,
    ),
    built(
        "mean for sum",
        "误取平均",
        "a mean stands for a sum, or a sum for a mean",
        "求和与求平均混淆",
        terms.mean,
        terms.total,
    ),
    built("sum for mean", "漏取平均", "a sum stands for a mean", "应取平均却只求了和", terms.total, terms.some_mean),
    values("old or updated number", "新旧数值混淆", *_OLD, exchanges.updates),
    values("value of another unit", "误用其他单元的数值", *_UNIT, exchanges.siblings),
    built(
        "factor 2 or 1/2",
        "因子2或1/2",
        "a factor of 2 or 1/2 is wrong",
        "多或少了因子 2 或 1/2",
        structure.two,
        structure.some_two,
    ),
    names("old or updated value", "新旧值混淆", *_OLD, exchanges.updates),
    names("wrong index", "下标错误", *_UNIT, exchanges.siblings),
    built(
        "lost Kronecker delta",
        "漏克罗内克δ",
        "1 stands for a delta of Kronecker",
        "应写克罗内克 δ 之处写成了 1",
        differentiation.without_kronecker,
        differentiation.with_kronecker,
    ),
    built(
        "opposite condition",
        "条件相反",
        "a condition is the opposite one",
        "条件写反了",
        differentiation.opposite,
        differentiation.opposite,
    ),
    built(
        "exchanged quantities",
        "两量互换",
        "two quantities are exchanged with each other",
        "两个量互相写反了",
        differentiation.exchanged_names,
        differentiation.exchanged_names,
    ),
    names("input for output", "输入误作输出", *_FED, exchanges.feeds),
    values("value of the input for the output", "输入值误作输出值", *_FED, exchanges.feeds),
    built(
        "extra factor",
        "多余因子",
        "a factor is too many",
        "多了一个因子",
        structure.another_factor,
        structure.any_factor_less,
    ),
    built("extra term", "多余项", "a term is too many", "多了一项", terms.any_more, terms.any_less),
    built(
        "lost prime",
        "漏导数撇号",
        "the prime of a derivative is lost",
        "漏掉了求导的撇号",
        structure.no_prime,
        structure.prime,
    ),
    built(
        "lost derivative factor",
        "漏导数因子",
        "the factor of the activation's derivative is lost",
        "漏掉了激活函数导数的因子",
        structure.no_derivative_factor,
        structure.derivative_factor,
    ),
    built(
        "wrong exponent",
        "指数错误",
        "an exponent is wrong",
        "指数错误",
        structure.other_exponent,
        structure.some_exponent,
    ),
    Slip(
        "learning rate or target",
        "学习率或目标值错误",
        f"a learning rate or target is replaced: {VALUE}",
        f"学习率或目标值被换成了别的数：{VALUE_ZH}",
        exchanges.settings,
        exchanges.reset,
    ),
    values(
        "value of another quantity",
        "误用其他量的数值",
        "this is the value of another quantity",
        "用了另一个量的数值",
        exchanges.unrelated,
    ),
    built(
        "transposed digits",
        "数字颠倒",
        "two digits are exchanged",
        "两个数字写颠倒了",
        pen(digits.transposed),
        pen(digits.transposed),
    ),
    built(
        "doubled digit",
        "数字重复",
        "a digit is written twice",
        "数字多写了一遍",
        pen(digits.doubled),
        pen(digits.halved),
    ),
    built(
        "dropped digit",
        "漏写数字",
        "a digit is left out",
        "漏写了一个数字",
        pen(digits.dropped),
        pen(digits.inserted),
    ),
    built(
        "shifted decimal point",
        "小数点错位",
        "the decimal point is shifted",
        "小数点错位",
        pen(digits.shifted),
        pen(digits.shifted),
    ),
    built("wrong digit", "数字写错", "a digit is wrong", "一个数字写错", pen(digits.changed), pen(digits.changed)),
    built(
        "lost skip path",
        "漏跳跃路径",
        "the path around a layer is lost",
        "漏掉了绕过该层的路径（恒等项）",
        differentiation.without_skip,
        differentiation.with_skip,
    ),
    built(
        "forgotten bias",
        "漏偏置",
        "the bias is forgotten",
        "漏掉了偏置",
        terms.fewer(terms.is_bias),
        terms.more(terms.is_bias),
    ),
    built(
        "missing path",
        "漏路径",
        "a path of the sum over paths is missing",
        "链式求和中漏掉了一条路径",
        terms.fewer(terms.is_path),
        terms.more(terms.is_path),
    ),
    built(
        "missing term",
        "漏项",
        "a term is missing",
        "漏掉了一项",
        terms.fewer(terms.is_other),
        terms.more(terms.is_other),
    ),
    built(
        "wrong argument",
        "自变量错误",
        "a function has a wrong argument",
        "函数的自变量写错",
        differentiation.other_quantity,
        differentiation.other_argument,
    ),
    built(
        "transposed product",
        "乘积转置",
        "a product is transposed",
        "乘积被转置了",
        differentiation.turned_product,
        differentiation.turned_product,
    ),
    built("lost transpose", "漏转置", "a transpose is wrong", "转置错误", structure.no_transpose, structure.transposed),
    built(
        "exchanged order",
        "乘积次序颠倒",
        "the order of a matrix product is wrong",
        "矩阵乘积次序错误",
        structure.other_order,
        structure.other_order,
    ),
    built(
        "elementwise for matrix product",
        "误用逐元素乘积",
        "an elementwise product stands for a matrix product",
        "应为矩阵乘积却写成逐元素乘积",
        structure.elementwise,
        structure.matrix_product,
    ),
    built(
        "matrix for elementwise product",
        "误用矩阵乘积",
        "a matrix product stands for an elementwise one",
        "应为逐元素乘积却写成矩阵乘积",
        structure.matrix_product,
        structure.elementwise,
    ),
    built(
        "lost factor",
        "漏因子",
        "a factor is lost",
        "漏掉了一个因子",
        structure.fewer_factors,
        structure.more_factors,
    ),
    names(
        "exchanged symbol",
        "符号混淆",
        "this is another quantity",
        "写成了另一个量",
        exchanges.unrelated,
    ),
)

NAMED = {slip.name: slip for slip in SLIPS}

_PLAIN = (
    "factor 2 or 1/2",
    "doubled factor",
    "extra factor",
    "sign",
    "wrong index",
    "lost derivative factor",
    "lost prime",
    "wrong exponent",
    "lost parentheses",
    "mean for sum",
    "sum for mean",
    "lost transpose",
    "exchanged order",
    "elementwise for matrix product",
    "matrix for elementwise product",
    "input for output",
    "lost factor",
    "exchanged symbol",
)
_TERMS = ("term counted twice", "extra term", "missing term")  # may be of what a document does not say


def _is_alike(one: Node, other: Node) -> bool:
    """Whether both are names with the same indices."""
    return isinstance(one, Name) and isinstance(other, Name) and (one.sub, one.label) == (other.sub, other.label)


def _has_as_many(one: Node, other: Node) -> bool:
    """Whether the names of two formulas have as many indices and labels: one less may be written for short."""
    first, second = (
        [(len(part.sub), len(part.label)) for part in walk(formula) if isinstance(part, Name)]
        for formula in (one, other)
    )
    return first == second


_EXCHANGED = {"exchanged symbol": _is_alike, "wrong index": _has_as_many, "input for output": _has_as_many}


def _plain(slip: Slip) -> Slip:
    """Return a slip that is plain: what it exchanges is alike."""

    def undo(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
        yield from ((new, why) for new, why in slip.undo(part, context) if _EXCHANGED[slip.name](part, new))

    return replace(slip, undo=undo) if slip.name in _EXCHANGED else slip


PLAIN = tuple(map(_plain, sorted((one for one in SLIPS if one.name in _PLAIN), key=lambda one: _PLAIN.index(one.name))))
WITH_TERMS = (*PLAIN, *(slip for slip in SLIPS if slip.name in _TERMS))

_OF_SHAPES = (
    "transposed product",
    "lost transpose",
    "exchanged order",
    "wrong index",
    "input for output",
    "elementwise for matrix product",
    "exchanged symbol",
)
ADDING = (  # slips that are undone by one more term or factor
    "lost skip path",
    "forgotten bias",
    "missing path",
    "missing term",
    "lost factor",
    "lost derivative factor",
)
SPECIAL = (  # slips that leave so much of what is right that nothing else is likely
    "derivative of another activation",
    "misplaced exponent",
    "lost Kronecker delta",
    "lost skip path",
    "sum for mean",
    "transposed product",
)
OF_THE_PEN = ("transposed digits", "doubled digit", "dropped digit", "shifted decimal point", "wrong digit")
BOTH_WAYS = ("sign", "factor 2 or 1/2")  # slips that are undone by less or by more


def shapes_first(slips: tuple[Slip, ...]) -> tuple[Slip, ...]:
    """Return some slips, first those that change the shape of what is computed."""
    return tuple(sorted(slips, key=lambda slip: slip.name not in _OF_SHAPES))


def making(right: Node, wrong: Node, context: Context) -> Slip | None:
    """Return the slip that makes one formula of another."""
    plain = bare(wrong)
    for slip in SLIPS:
        for part, rebuild in places(right):
            if any(bare(rebuild(new)) == plain for new, _ in slip.make(part, context)):
                return slip
    return None


def less_first(
    slip: Slip, parts: Iterable[tuple[Node, Rebuild]], context: Context
) -> Iterator[tuple[Node, Rebuild, Node, str]]:
    """Yield how a slip may be undone in some parts: rather by leaving out a sign or a factor than by one more."""
    found = ((part, rebuild, new, why) for part, rebuild in parts for new, why in slip.undo(part, context))
    yield from sorted(found, key=lambda one: size(one[2]) >= size(one[0])) if slip.name in BOTH_WAYS else found

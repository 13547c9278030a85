"""The slips: known kinds of mistakes, each a change of what is right, the change back, and a sentence that names it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ..formulas import Name, Node, Number, walk
from . import digits, exchanges, structure, terms
from .exchanges import Change
from .known import Context
from .places import Rebuild, bare, places
from .work import size

_MEANT = "{new} is meant where {old} stands"
_MEANT_ZH = "此处写的是 {old}，应为 {new}"
_BELONGS = "{old} stands where {new} belongs"
_BELONGS_ZH = "应写 {new} 之处写成了 {old}"
_VALUE = "{old} stands where {why} = {new} belongs"
_VALUE_ZH = "应代入 {why} = {new}，却写成了 {old}"


@dataclass(frozen=True, slots=True)
class Slip:
    """One kind of mistake.

    Attributes:
        name: what the report calls it.
        name_zh: the same in Chinese.
        sentence: what is said of it; ``{old}`` stands there, ``{new}`` should, ``{why}`` is the quantity of ``{new}``.
        sentence_zh: the same in Chinese.
        make: from a part of a right formula, what the slip makes of it.
        undo: from a part of a wrong formula, what may have been meant, with the quantity whose value that is.
    """

    name: str
    name_zh: str
    sentence: str
    sentence_zh: str
    make: Change
    undo: Change

    @property
    def what(self) -> str:
        """What is wrong, without the formulas."""
        return self.sentence.partition(":")[0]

    @property
    def what_zh(self) -> str:
        """The same in Chinese."""
        return self.sentence_zh.partition("：")[0]


def _pen(write: Callable[[str], Iterator[str]]) -> Change:
    """Return the rule that changes the digits of printed numbers."""

    def rule(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
        del context
        if isinstance(part, Number) and len(part.text) > 1:
            yield from ((Number(text), "") for text in write(part.text))

    return rule


def _names(name: str, name_zh: str, what: str, what_zh: str, relation: exchanges.Relation) -> Slip:
    make, undo = exchanges.names(relation, back=False), exchanges.names(relation, back=True)
    return Slip(name, name_zh, f"{what}: {_BELONGS}", f"{what_zh}：{_BELONGS_ZH}", make, undo)


def _values(name: str, name_zh: str, what: str, what_zh: str, relation: exchanges.Relation) -> Slip:
    make, undo = exchanges.values(relation, back=False), exchanges.values(relation, back=True)
    return Slip(name, name_zh, f"{what}: {_VALUE}", f"{what_zh}：{_VALUE_ZH}", make, undo)


def _built(name: str, name_zh: str, what: str, what_zh: str, make: Change, undo: Change) -> Slip:
    return Slip(name, name_zh, f"{what}: {_MEANT}", f"{what_zh}：{_MEANT_ZH}", make, undo)


_OLD = "a value from before a step and one from after it are exchanged", "更新前与更新后的量混淆"
_FED = "the input of a unit stands for its output", "把单元的输入当成了输出"
_UNIT = "this is of another unit or index", "用了另一个单元（下标）的量"

# the first that explains what stands there is named
SLIPS: tuple[Slip, ...] = (
    _built(
        "lost parentheses",
        "漏括号",
        "parentheses are lost",
        "括号丢失",
        structure.without_parentheses,
        structure.with_parentheses,
    ),
    _built("sign", "符号错误", "a sign is wrong", "正负号错误", structure.sign, structure.sign),
    _built("lost plus sign", "漏加号", "a plus sign is lost", "漏掉了加号", terms.run_together, terms.parted),
    _built(
        "doubled factor",
        "因子重复",
        "a factor stands there twice",
        "因子重复",
        structure.repeated_factor,
        structure.once_only,
    ),
    _built(
        "term counted twice",
        "重复计项",
        "a term or path is counted twice",
        "同一项（路径）重复计算",
        terms.twice,
        terms.once,
    ),
    _built(
        "mean for sum",
        "误取平均",
        "a mean stands for a sum, or a sum for a mean",
        "求和与求平均混淆",
        terms.mean,
        terms.total,
    ),
    _built("sum for mean", "漏取平均", "a sum stands for a mean", "应取平均却只求了和", terms.total, terms.mean),
    _built(
        "factor 2 or 1/2",
        "因子2或1/2",
        "a factor of 2 or 1/2 is wrong",
        "多或少了因子 2 或 1/2",
        structure.two,
        structure.some_two,
    ),
    _names("old or updated value", "新旧值混淆", *_OLD, exchanges.updates),
    _values("old or updated number", "新旧数值混淆", *_OLD, exchanges.updates),
    _names("wrong index", "下标错误", *_UNIT, exchanges.siblings),
    _values("value of another unit", "误用其他单元的数值", *_UNIT, exchanges.siblings),
    _names("input for output", "输入误作输出", *_FED, exchanges.feeds),
    _values("value of the input for the output", "输入值误作输出值", *_FED, exchanges.feeds),
    _built(
        "extra factor",
        "多余因子",
        "a factor is too many",
        "多了一个因子",
        structure.another_factor,
        structure.any_factor_less,
    ),
    _built("extra term", "多余项", "a term is too many", "多了一项", terms.any_more, terms.any_less),
    _built(
        "lost prime",
        "漏导数撇号",
        "the prime of a derivative is lost",
        "漏掉了求导的撇号",
        structure.no_prime,
        structure.prime,
    ),
    _built(
        "lost derivative factor",
        "漏导数因子",
        "the factor of the activation's derivative is lost",
        "漏掉了激活函数导数的因子",
        structure.no_derivative_factor,
        structure.derivative_factor,
    ),
    _built(
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
        f"a learning rate or target is replaced: {_VALUE}",
        f"学习率或目标值被换成了别的数：{_VALUE_ZH}",
        exchanges.settings,
        exchanges.reset,
    ),
    _values(
        "value of another quantity",
        "误用其他量的数值",
        "this is the value of another quantity",
        "用了另一个量的数值",
        exchanges.unrelated,
    ),
    _built(
        "transposed digits",
        "数字颠倒",
        "two digits are exchanged",
        "两个数字写颠倒了",
        _pen(digits.transposed),
        _pen(digits.transposed),
    ),
    _built(
        "doubled digit",
        "数字重复",
        "a digit is written twice",
        "数字多写了一遍",
        _pen(digits.doubled),
        _pen(digits.halved),
    ),
    _built(
        "dropped digit",
        "漏写数字",
        "a digit is left out",
        "漏写了一个数字",
        _pen(digits.dropped),
        _pen(digits.inserted),
    ),
    _built(
        "shifted decimal point",
        "小数点错位",
        "the decimal point is shifted",
        "小数点错位",
        _pen(digits.shifted),
        _pen(digits.shifted),
    ),
    _built("wrong digit", "数字写错", "a digit is wrong", "一个数字写错", _pen(digits.changed), _pen(digits.changed)),
    _built(
        "forgotten bias",
        "漏偏置",
        "the bias is forgotten",
        "漏掉了偏置",
        terms.fewer(terms.is_bias),
        terms.more(terms.is_bias),
    ),
    _built(
        "missing path",
        "漏路径",
        "a path of the sum over paths is missing",
        "链式求和中漏掉了一条路径",
        terms.fewer(terms.is_path),
        terms.more(terms.is_path),
    ),
    _built(
        "missing term",
        "漏项",
        "a term is missing",
        "漏掉了一项",
        terms.fewer(terms.is_other),
        terms.more(terms.is_other),
    ),
    _built(
        "lost transpose", "漏转置", "a transpose is wrong", "转置错误", structure.no_transpose, structure.transposed
    ),
    _built(
        "exchanged order",
        "乘积次序颠倒",
        "the order of a matrix product is wrong",
        "矩阵乘积次序错误",
        structure.other_order,
        structure.other_order,
    ),
    _built(
        "elementwise for matrix product",
        "误用逐元素乘积",
        "an elementwise product stands for a matrix product",
        "应为矩阵乘积却写成逐元素乘积",
        structure.elementwise,
        structure.matrix_product,
    ),
    _built(
        "matrix for elementwise product",
        "误用矩阵乘积",
        "a matrix product stands for an elementwise one",
        "应为逐元素乘积却写成矩阵乘积",
        structure.matrix_product,
        structure.elementwise,
    ),
    _built(
        "lost factor",
        "漏因子",
        "a factor is lost",
        "漏掉了一个因子",
        structure.fewer_factors,
        structure.more_factors,
    ),
    _names(
        "exchanged symbol",
        "符号混淆",
        "this is another quantity",
        "写成了另一个量",
        exchanges.unrelated,
    ),
)

_PLAIN = (
    "factor 2 or 1/2",
    "doubled factor",
    "extra factor",
    "sign",
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
    "wrong index",
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
    "lost transpose",
    "exchanged order",
    "wrong index",
    "input for output",
    "elementwise for matrix product",
    "exchanged symbol",
)
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

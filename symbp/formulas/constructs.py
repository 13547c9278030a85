"""The one table of constructs: how each is read from tokens. A row has the tokens that begin or continue it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from . import calculus, commands, enclosing, points, reading, writing
from .functions import SPELLINGS
from .joining import extreme
from .spellings import BOLD_ONES
from .tokens import (
    CASES_BEGIN,
    DETERMINANT_BEGIN,
    GRID_BEGIN,
    GRID_END,
    LOOSEST,
    OVER,
    PRODUCT,
    SCRIPT,
    SUM,
)
from .tree import (
    Apply,
    Call,
    Derivative,
    Differential,
    Dots,
    Dotted,
    Fraction,
    Gradient,
    Group,
    Indexed,
    Indicator,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Opaque,
    Piecewise,
    Power,
    Product,
    Row,
    Sum,
    Summation,
    Transpose,
)

if TYPE_CHECKING:
    from .reader import Reader

TIGHT = "<juxtaposition>"
AT = "<bar with an index>"


@dataclass(frozen=True, slots=True)
class Construct:
    """One thing that can stand on a page.

    Attributes:
        name: the field's word for it.
        tokens: the texts (or ``<kind>`` of token) by which it is known.
        examples: formulas that show it; every one is read and written by the tests.
        start: reads it where an operand begins.
        extend: reads it where it continues the operand on its left.
        power: how tightly it holds that operand.
        node: the tree node that it makes; `write` says how that is written.
        write: the LaTeX and plain forms of the node.
    """

    name: str
    tokens: tuple[str, ...]
    examples: tuple[str, ...]
    start: Callable[[Reader], Node] | None = None
    extend: Callable[[Reader, Node], Node] | None = None
    power: int = LOOSEST
    node: type[Node] | None = None
    write: writing.Written | None = None


CONSTRUCTS: tuple[Construct, ...] = (
    Construct(
        "number",
        ("<number>",),
        ("0.50", "2.1 \\times 10^{-4}"),
        start=reading.number,
        node=Number,
        write=writing.NUMBER,
    ),
    Construct(
        "name",
        ("<word>", "<command>"),
        ("net_{h_1}", "w_5^+", "\\eta", "a^{(2)}_{jk}"),
        start=reading.word,
        node=Name,
        write=writing.NAME,
    ),
    Construct("application", (), ("f(z)", "f'(z_1)"), node=Apply, write=writing.APPLY),
    Construct(
        "function",
        tuple(SPELLINGS),
        ("\\ln(x)", "e^{-x}", "\\exp^{-x}", "\\tanh^2(x)"),
        start=reading.call,
        node=Call,
        write=writing.CALL,
    ),
    Construct("extreme", ("\\max", "\\min"), ("\\max(0, x)",), start=extreme),
    Construct("square root", ("\\sqrt",), ("\\sqrt{x}",), start=reading.root),
    Construct("font", commands.FONTS, ("\\mathbf{W}", "\\mathbf{1}[x > 0]"), start=reading.font),
    Construct("bold one", tuple(BOLD_ONES), ("𝟏", "𝟙[x > 0]"), start=reading.bold_one),
    Construct("accent", commands.ACCENTS, ("\\hat{y}_1", "\\tilde{C}"), start=reading.accent),
    Construct(
        "matrix",
        (GRID_BEGIN, DETERMINANT_BEGIN),
        ("\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}", "[a, b]"),
        start=enclosing.grid,
        node=Matrix,
        write=writing.MATRIX,
    ),
    Construct("row", (), ("[a, b]",), node=Row, write=writing.ROW),
    Construct("transpose", (), ("W^T", "(a b)^\\top", "W^{[l]^T}"), node=Transpose, write=writing.TRANSPOSE),
    Construct("bars", ("|", "\\|"), ("|x|", "\\|x - y\\|^2", "\\lVert x \\rVert_2"), start=enclosing.bars),
    Construct("ditto", ("\\sim",), ("\\sim \\cdot b",), start=calculus.ditto),
    Construct("nabla", ("\\nabla",), ("\\nabla_w J",), start=calculus.nabla, node=Gradient, write=writing.GRADIENT),
    Construct(
        "wrapper",
        (*commands.WRAPPERS, *commands.NOTED),
        ("\\underbrace{a + b}_{c}", "\\overset{!}{a} + b"),
        start=reading.wrapper,
    ),
    Construct(
        "derivative",
        ("\\partial",),
        ("\\frac{\\partial E}{\\partial w_1}", "\\frac{dE_{total}}{dw_5}", "\\partial E/\\partial w"),
        start=calculus.partial,
        node=Derivative,
        write=writing.DERIVATIVE,
    ),
    Construct(
        "fraction",
        ("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"),
        ("\\frac{1}{2}", "\\frac12", "\\frac{a}{1 + b}"),
        start=calculus.fraction,
        node=Fraction,
        write=writing.FRACTION,
    ),
    Construct("slash", ("/",), ("a / b",), extend=reading.slash, power=PRODUCT),
    Construct(
        "brackets",
        tuple(enclosing.CLOSING),
        ("(a + b) c", "[a]"),
        start=enclosing.brackets,
        node=Group,
        write=writing.GROUP,
    ),
    Construct("indicator", (), ("\\mathbf{1}[x > 0]", "[x \\le 0]"), node=Indicator, write=writing.INDICATOR),
    Construct(
        "summation",
        ("\\sum", "\\prod"),
        ("\\sum_{i=1}^{n} x_i", "\\sum_k w_k", "\\sum_{j=1, j \\neq i}^n x_j", "\\prod_{i=1}^{n} x_i"),
        start=calculus.summation,
        node=Summation,
        write=writing.SUMMATION,
    ),
    Construct("minus sign", ("-",), ("-a b", "a * -1"), start=reading.minus, node=Negative, write=writing.NEGATIVE),
    Construct("plus sign", ("+",), ("+a",), start=reading.plus),
    Construct("sum", ("+", "-"), ("a + b - c",), extend=reading.term, power=SUM, node=Sum, write=writing.SUM),
    Construct(
        "product",
        ("*", "\\cdot", "\\times", "\\ast", ".", "@", *reading.SIGNS),
        ("a \\cdot b * c", "a \\odot b"),
        extend=reading.times,
        power=PRODUCT,
        node=Product,
        write=writing.PRODUCT,
    ),
    Construct("ellipsis", ("\\dots",), ("a + \\dots + b",), start=reading.ellipsis, node=Dots, write=writing.ELLIPSIS),
    Construct("dotted matrix", (), ("[a, \\dots, b]",), node=Dotted, write=writing.DOTTED),
    Construct(
        "cases",
        (CASES_BEGIN,),
        ("\\begin{cases} 1 & \\text{if } i = j \\\\ 0 & \\text{otherwise} \\end{cases}",),
        start=enclosing.piecewise,
        node=Piecewise,
        write=writing.PIECEWISE,
    ),
    Construct(
        "operator",
        commands.OPERATORS,
        ("\\lim_{h \\to 0} f(h)", "\\arg\\min_k x_k", "\\mathbb{E}_{x \\sim p}[x]"),
        start=calculus.operator,
        node=Opaque,
        write=writing.OPAQUE,
    ),
    Construct("binomial", ("\\binom", "\\dbinom", "\\tbinom"), ("\\binom{n}{k}",), start=calculus.binomial),
    Construct("infinity", ("\\infty",), ("\\infty",), start=reading.infinity),
    Construct("differential", (), ("\\partial w",), node=Differential, write=writing.DIFFERENTIAL),
    Construct("over", ("\\over",), ("{a \\over b}",), extend=reading.over, power=OVER),
    Construct("percent", ("\\%",), ("50\\%",), extend=reading.percent, power=SCRIPT),
    Construct("prime", ("'",), ("(a b)'",), extend=reading.primed, power=SCRIPT),
    Construct("value at a point", (AT,), ("f(x)|_{x = 2}",), extend=points.evaluated, power=SCRIPT),
    Construct("indexed", (), ("(W x)_i",), node=Indexed, write=writing.INDEXED),
    Construct("juxtaposition", (TIGHT,), ("2 a b",), extend=reading.beside, power=PRODUCT),
    Construct(
        "power", ("^",), ("(a + b)^2", "w_1^{2}"), extend=reading.power, power=SCRIPT, node=Power, write=writing.POWER
    ),
    Construct("index", ("_",), ("{out}_{o_1}",), extend=reading.subscript, power=SCRIPT),
)

BARS = frozenset({"|", "\\|"})
STOPS = frozenset(
    {
        *("", "&", "\\\\", GRID_END, "\\mid", "\\forall", "\\exists", "\\quad"),
        *enclosing.CLOSING.values(),
        *enclosing.RELATIONS,
    }
)
_Table = Mapping[str, Construct]
OPERAND: _Table = MappingProxyType({token: row for row in CONSTRUCTS if row.start for token in row.tokens})
INFIX: _Table = MappingProxyType({token: row for row in CONSTRUCTS if row.extend for token in row.tokens})
WRITTEN: Mapping[type[Node], writing.Written] = MappingProxyType(
    {row.node: row.write for row in CONSTRUCTS if row.node and row.write}
)

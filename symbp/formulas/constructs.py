"""The one table of constructs: how each is read from tokens. A row has the tokens that begin or continue it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from . import names, reading, writing
from .functions import SPELLINGS
from .reading import LOOSEST, PRODUCT, SCRIPT, SUM
from .tokens import GRID_BEGIN, GRID_END
from .tree import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Gradient,
    Group,
    Indicator,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
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
    Construct("extreme", ("\\max", "\\min"), ("\\max(0, x)",), start=reading.extreme),
    Construct("square root", ("\\sqrt",), ("\\sqrt{x}",), start=reading.root),
    Construct("font", names.FONTS, ("\\mathbf{W}", "\\mathbf{1}[x > 0]"), start=reading.font),
    Construct("accent", names.ACCENTS, ("\\hat{y}_1", "\\tilde{C}"), start=reading.accent),
    Construct(
        "matrix",
        (GRID_BEGIN,),
        ("\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}", "[a, b]"),
        start=reading.grid,
        node=Matrix,
        write=writing.MATRIX,
    ),
    Construct("row", (), ("[a, b]",), node=Row, write=writing.ROW),
    Construct("transpose", (), ("W^T", "(a b)^\\top", "W^{(2)T}"), node=Transpose, write=writing.TRANSPOSE),
    Construct("bars", ("|", "\\|", "\\Vert", "\\lVert"), ("|x|", "\\|x - y\\|^2"), start=reading.bars),
    Construct("nabla", ("\\nabla",), ("\\nabla_w J",), start=reading.nabla, node=Gradient, write=writing.GRADIENT),
    Construct(
        "wrapper",
        ("\\underbrace", "\\overbrace", "\\boxed", "\\textcolor"),
        ("\\underbrace{a + b}_{c}",),
        start=reading.wrapper,
    ),
    Construct(
        "derivative",
        ("\\partial",),
        ("\\frac{\\partial E}{\\partial w_1}", "\\frac{dE_{total}}{dw_5}", "\\partial E/\\partial w"),
        start=reading.partial,
        node=Derivative,
        write=writing.DERIVATIVE,
    ),
    Construct(
        "fraction",
        ("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"),
        ("\\frac{1}{2}", "\\frac12", "\\frac{a}{1 + b}"),
        start=reading.fraction,
        node=Fraction,
        write=writing.FRACTION,
    ),
    Construct("slash", ("/",), ("a / b",), extend=reading.slash, power=PRODUCT),
    Construct(
        "brackets",
        tuple(reading.CLOSING),
        ("(a + b) c", "[a]"),
        start=reading.brackets,
        node=Group,
        write=writing.GROUP,
    ),
    Construct("indicator", (), ("\\mathbf{1}[x > 0]", "[x \\le 0]"), node=Indicator, write=writing.INDICATOR),
    Construct(
        "summation",
        ("\\sum",),
        ("\\sum_{i=1}^{n} x_i", "\\sum_k w_k"),
        start=reading.summation,
        node=Summation,
        write=writing.SUMMATION,
    ),
    Construct("minus sign", ("-",), ("-a b", "a * -1"), start=reading.minus, node=Negative, write=writing.NEGATIVE),
    Construct("plus sign", ("+",), ("+a",), start=reading.plus),
    Construct("sum", ("+", "-"), ("a + b - c",), extend=reading.term, power=SUM, node=Sum, write=writing.SUM),
    Construct(
        "product",
        ("*", "\\cdot", "\\times", "\\ast", *reading.SIGNS),
        ("a \\cdot b * c", "a \\odot b"),
        extend=reading.times,
        power=PRODUCT,
        node=Product,
        write=writing.PRODUCT,
    ),
    Construct("juxtaposition", (TIGHT,), ("2 a b",), extend=reading.beside, power=PRODUCT),
    Construct(
        "power", ("^",), ("(a + b)^2", "w_1^{2}"), extend=reading.power, power=SCRIPT, node=Power, write=writing.POWER
    ),
    Construct("index", ("_",), ("{out}_{o_1}",), extend=reading.subscript, power=SCRIPT),
)

BARS = frozenset({"|", "\\|", "\\Vert"})
STOPS = frozenset(
    {
        "",
        "}",
        ")",
        "]",
        ",",
        ";",
        "\\rVert",
        "=",
        "&",
        "\\\\",
        GRID_END,
        "\\neq",
        "\\ne",
        "\\in",
        "\\}",
        "\\rbrace",
        *reading.COMPARISONS,
    }
)
_Table = Mapping[str, Construct]
OPERAND: _Table = MappingProxyType({token: row for row in CONSTRUCTS if row.start for token in row.tokens})
INFIX: _Table = MappingProxyType({token: row for row in CONSTRUCTS if row.extend for token in row.tokens})
WRITTEN: Mapping[type[Node], writing.Written] = MappingProxyType(
    {row.node: row.write for row in CONSTRUCTS if row.node and row.write}
)

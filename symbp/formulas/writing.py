"""How each node is written, in LaTeX and in plain text, and how loosely the result binds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .functions import FUNCTION_LETTERS
from .ones import ONES
from .tree import (
    Apply,
    Call,
    Derivative,
    Differential,
    Dots,
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
    from .writer import Writer

TERM, FACTOR, UNIT, ATOM = (
    1,
    2,
    3,
    4,
)  # a sum, a product, something that can be a factor anywhere, something to put scripts on
EMPTY = "an empty place in a matrix"


@dataclass(frozen=True, slots=True)
class Written:
    """How a node is written: its rule for each form, and its binding level there."""

    latex: Callable[[Writer, Any], str]
    plain: Callable[[Writer, Any], str]
    level: Callable[[Writer, Any], int]


def _always(level: int) -> Callable[[Writer, Node], int]:
    return lambda writer, node: level


def _number(writer: Writer, node: Number) -> str:
    digits, _, exponent = node.text.partition("e")
    if not exponent:
        return digits
    return rf"{digits} \times 10^{{{int(exponent)}}}" if writer.tex else f"{digits}e{int(exponent)}"


def _number_level(writer: Writer, node: Number) -> int:
    return FACTOR if "e" in node.text and writer.tex else ATOM


def _name_latex(writer: Writer, node: Name) -> str:
    base = node.base.replace("_", r"\_")
    for mark in node.marks:
        base = f"{mark}{{{base}}}" if mark.startswith("\\") else base
    sub = f"_{_braced(_items(writer, node.sub))}" if node.sub else ""
    label = f"({_items(writer, node.label)})" if node.label else ""
    marks = "".join(
        mark if mark in "+*-" else rf"\mathrm{{{mark}}}" for mark in node.marks if mark != "'" and mark[0] != "\\"
    )
    primes = "'" * node.marks.count("'")
    if label and marks:  # a label and a mark in one superscript would be read as one label
        return f"{{{base}{sub}{primes}^{_braced(label)}}}^{_braced(marks)}"
    return base + sub + primes + (f"^{_braced(label + marks)}" if label or marks else "")


def _items(writer: Writer, nodes: tuple[Node, ...]) -> str:
    parts = [_tight(writer(node), node) for node in nodes]
    if len(parts) == 2 and len(parts[0]) == 1 and parts[0].isalpha() and parts[1].isdigit():
        return "".join(parts)
    apart = any(part[0].isdigit() for part in parts[1:]) and parts[0][0].isdigit()
    return ("," if apart or (len(parts) > 1 and any(isinstance(n, Sum) for n in nodes)) else " ").join(parts)


def _tight(text: str, index: Node) -> str:
    return text.replace(" + ", "+").replace(" - ", "-") if isinstance(index, Sum) else text


def _braced(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"


def _name_plain(writer: Writer, node: Name) -> str:
    base = {"\\pi": "π", "\\sigma": "σ"}.get(node.base, node.base.removeprefix("\\"))
    marks = "".join(mark.removeprefix("\\") if len(mark) > 1 else mark for mark in node.marks if mark not in "+'-")
    sub = ",".join(_index_plain(writer, index) for index in node.sub)
    letters = len(node.sub) > 1 and all(
        isinstance(i, Sum) or (isinstance(i, Name) and len(i.base) == 1) for i in node.sub
    )
    kept = "," in sub and (letters or any(isinstance(index, Number) for index in node.sub[:-1]))
    sub = sub if kept else sub.replace(",", "", len(node.sub) - 1)
    sub = f"_{sub}" if sub.isalnum() else f"_{{{sub}}}" if sub else ""
    label = f"^{{({_items(writer, node.label)})}}" if node.label else ""
    primes = "".join(mark for mark in node.marks if mark == "'")
    return base + marks + sub + label + primes + ("^+" if "+" in node.marks else "^{-}" if "-" in node.marks else "")


def _index_plain(writer: Writer, node: Node) -> str:
    if isinstance(node, Name) and node.sub:
        return node.base.removeprefix("\\") + ",".join(_index_plain(writer, index) for index in node.sub)
    return _tight(writer(node), node)


def _sum(writer: Writer, node: Sum) -> str:
    text = writer(node.terms[0], TERM)
    for term in node.terms[1:]:
        body = term.body if isinstance(term, Negative) else term
        text += f" {'-' if isinstance(term, Negative) else '+'} {writer(body, FACTOR)}"
    return text


def _negative(writer: Writer, node: Negative) -> str:
    return f"-{writer(node.body, FACTOR)}"


def _product(writer: Writer, node: Product) -> str:
    text = writer(node.factors[0], UNIT if isinstance(node.factors[0], Summation) else FACTOR)
    for place, (sign, factor) in enumerate(zip(node.signs, node.factors[1:], strict=True), 2):
        open_end = writer.tex and place == len(node.factors) and isinstance(factor, Summation)
        right = writer(factor, FACTOR if open_end else UNIT)
        between = sign_between(writer, node.factors[place - 2], sign, right)
        text += f" {between}".rstrip() + f" {right}"
    return text


def sign_between(writer: Writer, before: Node, sign: str, right: str) -> str:
    """Return the sign before a factor that is written already: one also where the two would be read as something else.

    >>> from symbp.formulas.writer import Writer
    >>> writer = Writer(product="")
    >>> sign_between(writer, Number("0.5"), "*", "0.25"), sign_between(writer, Name("a"), "", "b")
    ('\\\\cdot', '')
    """
    applied = isinstance(before, Name) and before.base in FUNCTION_LETTERS and right.startswith(("(", r"\left("))
    clash = right[0].isdigit() or applied or not writer.tex
    return writer.sign(sign or ("*" if clash else "")) or (r"\cdot" if clash else "")


def _fraction_latex(writer: Writer, node: Fraction) -> str:
    if node.slash:
        last = node.above.factors[-1] if isinstance(node.above, Product) else node.above
        above = writer(node.above, UNIT if isinstance(last, Summation) else FACTOR)  # else the sum would go on
        return f"{above} / {writer(node.below, UNIT)}"
    return rf"\frac{{{writer(node.above)}}}{{{writer(node.below)}}}"


def _fraction_plain(writer: Writer, node: Fraction) -> str:
    return f"{writer(node.above, FACTOR)}/{writer(node.below, UNIT)}"


def _fraction_level(writer: Writer, node: Fraction) -> int:
    return UNIT if writer.tex and not node.slash else FACTOR


def _power(writer: Writer, node: Power) -> str:
    base = writer(node.base, ATOM)
    if isinstance(node.base, Name) and (node.base.label or node.base.marks) and writer.tex:
        base = f"({base})"
    if writer.tex:
        return f"{base}^{_braced(writer(node.exponent))}"
    return f"{base}^{writer(node.exponent, ATOM)}"


_BARS = {"abs": "|", "norm": r"\|"}


def _call_latex(writer: Writer, node: Call) -> str:
    if node.function == "exp":
        return f"e^{{{writer(node.arguments[0])}}}"
    if node.function == "square":
        return rf"\|{writer(node.arguments[0])}\|^2"
    if node.function in _BARS:
        return f"{_BARS[node.function]}{writer(node.arguments[0])}{_BARS[node.function]}"
    if node.function == "sqrt":
        return rf"\sqrt{{{writer(node.arguments[0])}}}"
    upright = {name: rf"\mathrm{{{name}}}" for name in ("sigmoid", "erf", "softmax")}
    command = {"log": r"\ln", **upright}.get(node.function, f"\\{node.function}")
    return command + writer.brackets(", ".join(writer(argument) for argument in node.arguments))


def _call_plain(writer: Writer, node: Call) -> str:
    if node.function in (*_BARS, "square"):
        bars = "|" if node.function == "abs" else "||"
        return f"{bars}{writer(node.arguments[0])}{bars}" + ("^2" if node.function == "square" else "")
    name = {"log": "ln"}.get(node.function, node.function)
    return f"{name}({', '.join(writer(argument) for argument in node.arguments)})"


def _call_level(writer: Writer, node: Call) -> int:
    return UNIT if writer.tex and node.function in ("exp", "square") else ATOM


def _apply(writer: Writer, node: Apply) -> str:
    arguments = ", ".join(writer(argument) for argument in node.arguments)
    return writer(node.function) + "'" * node.primes + writer.brackets(arguments)


def _derivative_latex(writer: Writer, node: Derivative) -> str:
    sign = "d" if node.upright else r"\partial "
    of, by = (f"{sign}{writer(part, ATOM)}" for part in (node.of, node.by))
    return rf"\frac{{{of}}}{{{by}}}"


def _derivative_plain(writer: Writer, node: Derivative) -> str:
    return f"d{writer(node.of, ATOM)}/d{writer(node.by, ATOM)}"


def _group(writer: Writer, node: Group) -> str:
    return writer.brackets(writer(node.body), node.brackets[0], node.brackets[1])


def _indicator_latex(writer: Writer, node: Indicator) -> str:
    relation = {"<=": r"\le", ">=": r"\ge", "=": "=", "!=": r"\neq"}.get(node.relation, node.relation)
    return rf"\mathbf{{1}}[{writer(node.left)} {relation} {writer(node.right)}]"


def _indicator_plain(writer: Writer, node: Indicator) -> str:
    relation = {"<=": "≤", ">=": "≥", "!=": "≠"}.get(node.relation, node.relation)
    return f"[{writer(node.left)} {relation} {writer(node.right)}]"


def _summation_latex(writer: Writer, node: Summation) -> str:
    index = "" if node.index is None else writer(node.index)
    ends = [f"{index}={writer(node.low)}"] if node.low else []
    ends += [rf"{index} \neq {writer(node.without)}"] if node.without else []
    low = f"_{{{', '.join(ends) or index}}}" if index else ""
    high = "" if node.high is None else f"^{_braced(writer(node.high))}"
    return rf"\{'prod' if node.product else 'sum'}{low}{high} {writer(node.body, FACTOR)}"


def _summation_plain(writer: Writer, node: Summation) -> str:
    return _summation_latex(writer, node).removeprefix("\\")


def _matrix_latex(writer: Writer, node: Matrix) -> str:
    if node.listed and len(node.rows) == 1:
        return f"[{writer(node.rows[0]).replace(' & ', ', ')}]"
    rows = r" \\ ".join(_line(writer, row) for row in node.rows)
    return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"


def _line(writer: Writer, row: Row) -> str:
    """Return a row; dots that stand for whole rows run down."""
    down = all(isinstance(entry, Dots) or writer(entry) == "" for entry in row.entries)
    return writer(row).replace(r"\dots", r"\vdots") if down else writer(row)


def _matrix_plain(writer: Writer, node: Matrix) -> str:
    rows = ", ".join(f"[{writer(row)}]" for row in node.rows)
    return rows if len(node.rows) == 1 else f"[{rows}]"


def _row(writer: Writer, node: Row) -> str:
    return (" & " if writer.tex else ", ").join(writer(entry) for entry in node.entries)


def _transpose(writer: Writer, node: Transpose) -> str:
    body = writer(node.body, ATOM)
    scripted = isinstance(node.body, Name) and (node.body.label or node.body.marks)
    return f"{writer.brackets(body) if scripted else body}^T"


def _gradient(writer: Writer, node: Gradient) -> str:
    by = f"_{{{writer(node.by[0])}}}" if node.by else ""
    return rf"\nabla{by} {writer(node.of, ATOM)}"


def _piecewise_latex(writer: Writer, node: Piecewise) -> str:
    pairs = zip(node.values, node.conditions, strict=True)
    rows = r" \\ ".join(f"{writer(value)} & {_condition(writer, condition)}" for value, condition in pairs)
    return rf"\begin{{cases}} {rows} \end{{cases}}"


def _condition(writer: Writer, node: Node) -> str:
    if not isinstance(node, Indicator):
        return r"\text{otherwise}"
    relation = {"<=": r"\le", ">=": r"\ge", "!=": r"\neq"}.get(node.relation, node.relation)
    return rf"\text{{if }} {writer(node.left)} {relation} {writer(node.right)}"


def _indexed(writer: Writer, node: Indexed) -> str:
    return f"{writer(node.body, ATOM)}_{{{_items(writer, node.sub)}}}"


def _differential(writer: Writer, node: Differential) -> str:
    sign = r"\mathrm{d}" if node.upright else r"\partial " if writer.tex else "∂"
    return sign + writer(node.body, ATOM)


def _opaque(writer: Writer, node: Opaque) -> str:
    if node.text or node.what == EMPTY:
        return node.text
    if node.what == ONES:
        sizes = ", ".join(map(writer, node.parts))
        return (r"\mathbf{1}" if writer.tex else "𝟏") + (f"_{{{sizes}}}" if sizes else "")
    parts = ", ".join(writer(part) for part in node.parts)
    return rf"\text{{{node.what}}}({parts})" if writer.tex else f"{node.what} ({parts})"


NUMBER = Written(_number, _number, _number_level)
NAME = Written(_name_latex, _name_plain, _always(ATOM))
SUM = Written(_sum, _sum, _always(TERM))
NEGATIVE = Written(_negative, _negative, _always(TERM))
PRODUCT = Written(_product, _product, _always(FACTOR))
FRACTION = Written(_fraction_latex, _fraction_plain, _fraction_level)
POWER = Written(_power, _power, _always(UNIT))
CALL = Written(_call_latex, _call_plain, _call_level)
APPLY = Written(_apply, _apply, _always(ATOM))
DERIVATIVE = Written(_derivative_latex, _derivative_plain, _always(UNIT))
GROUP = Written(_group, _group, _always(ATOM))
INDICATOR = Written(_indicator_latex, _indicator_plain, _always(ATOM))
MATRIX = Written(_matrix_latex, _matrix_plain, _always(ATOM))
ROW = Written(_row, _row, _always(ATOM))
TRANSPOSE = Written(_transpose, _transpose, _always(UNIT))
GRADIENT = Written(_gradient, _gradient, _always(UNIT))
SUMMATION = Written(_summation_latex, _summation_plain, lambda writer, node: FACTOR if writer.tex else TERM)
PIECEWISE = Written(_piecewise_latex, _piecewise_latex, _always(ATOM))
INDEXED = Written(_indexed, _indexed, _always(ATOM))
ELLIPSIS = Written(lambda writer, node: r"\dots", lambda writer, node: "...", _always(ATOM))
DOTTED = Written(lambda writer, node: writer(node.body), lambda writer, node: writer(node.body), _always(ATOM))
DIFFERENTIAL = Written(_differential, _differential, _always(FACTOR))
OPAQUE = Written(_opaque, _opaque, _always(ATOM))

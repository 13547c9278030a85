"""The one table of constructs: how each is read from tokens. A row has the tokens that begin or continue it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from . import names, writing
from .functions import EXTREMES, SPELLINGS
from .tree import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Group,
    Indicator,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Summation,
)

if TYPE_CHECKING:
    from .reader import Reader

LOOSEST, SUM, SIGN, PRODUCT, SCRIPT = 0, 10, 15, 20, 40
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


def _number(reader: Reader) -> Node:
    token = reader.take()
    return Number(token.text if not token.text.startswith(".") else f"0{token.text}")


def _word(reader: Reader) -> Node:
    token = reader.here
    if token.text in SPELLINGS:
        return _call(reader)
    if token.text in EXTREMES and reader.ahead().text == "(":
        return _extreme(reader)
    if reader.roles.plain and token.text == "sum":
        return _summation(reader)
    if token.text in reader.roles.letters and not token.upright:
        reader.replace_here(text=token.text[0])
        first = names.scripted(reader, Name(reader.take().text))
        return Product((first, *(Name(letter) for letter in token.text[1:])), ("",) * (len(token.text) - 1))
    return _named(reader, names.scripted(reader, names.base(reader)))


def _named(reader: Reader, node: Node) -> Node:
    """Finish a name: a derivative written with a slash, an application, or the name itself."""
    if isinstance(node, Name) and (by := names.slashed(reader, node)) is not None:
        return Derivative(names.differential(node) or node, by, upright=True)
    primes = node.marks.count("'") if isinstance(node, Name) else 0
    if isinstance(node, Name) and reader.here.text == "(" and (node.base in reader.roles.functions or primes):
        bare = Name(node.base, node.sub, node.label, tuple(mark for mark in node.marks if mark != "'"))
        return Apply(bare, _arguments(reader), primes)
    return node


def _call(reader: Reader) -> Node:
    function = SPELLINGS[reader.take().text]
    exponent = reader.argument() if reader.skip("^") else None
    if function == "exp" and exponent is not None:
        return Call("exp", (exponent,))
    call = Call(function, _arguments(reader) if reader.here.text == "(" else (reader.expression(PRODUCT),))
    return Power(call, exponent) if exponent is not None else call


def _extreme(reader: Reader) -> Node:
    return Call(EXTREMES[reader.take().text], _arguments(reader))


def _arguments(reader: Reader) -> tuple[Node, ...]:
    reader.expect("(", "before the arguments")
    found = [reader.expression()]
    while reader.skip(","):
        found.append(reader.expression())
    reader.expect(")", "to close the arguments")
    return tuple(found)


def _partial(reader: Reader) -> Node:
    sign = reader.take()
    body = reader.expression(PRODUCT)
    if reader.here.text == "/" and reader.ahead().text == sign.text:
        reader.take()
        reader.take()
        return Derivative(body, reader.expression(PRODUCT))
    return names.Differential(body)


def _fraction(reader: Reader) -> Node:
    reader.take()
    above = _above(reader)
    below = reader.argument()
    of, by = names.differential(above), names.differential(below)
    if by is None:
        if isinstance(above, names.Differential):
            raise reader.refuse("a differential above needs one below")
        return Fraction(above, below)
    upright = not isinstance(below, names.Differential)
    if of is None:
        return Fraction(above, below)
    if of == Name(""):
        of = reader.expression(PRODUCT)
    return Derivative(of, by, upright)


def _above(reader: Reader) -> Node:
    """Read a numerator; a lone differential sign makes the fraction an operator."""
    for lone in (("{", "\\partial", "}"), ("{", "d", "}"), ("{", "\\partial", "{", "}", "}")):
        if all(reader.ahead(step).text == text for step, text in enumerate(lone)):
            for _ in lone:
                reader.take()
            return names.Differential(Name(""))
    return reader.argument()


def _slash(reader: Reader, left: Node) -> Node:
    reader.take()
    return Fraction(left, reader.expression(PRODUCT), slash=True)


_CLOSING = {"(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "{": "}"}
_COMPARISONS = {"<": "<", ">": ">", "\\le": "<=", "\\leq": "<=", "\\ge": ">=", "\\geq": ">="}


def _brackets(reader: Reader) -> Node:
    opening = reader.take().text
    body = _comparison(reader, reader.expression())
    reader.expect(_CLOSING[opening], f"to close {opening}")
    if opening == "{" or isinstance(body, Indicator):
        return body
    return Group(body, opening[-1] + _CLOSING[opening][-1] if len(opening) <= 2 else "{}")


def _comparison(reader: Reader, left: Node) -> Node:
    relation = reader.skip(*_COMPARISONS)
    return Indicator(left, _COMPARISONS[relation.text], reader.expression()) if relation else left


def _font(reader: Reader) -> Node:
    reader.take()
    body = reader.argument()
    if body == Number("1") and reader.here.text in ("[", "(", "\\{", "{", "_"):
        reader.skip("_")
        indicator = _brackets(reader)
        if not isinstance(indicator, Indicator):
            raise reader.refuse("a comparison expected after the indicator sign")
        return indicator
    return _named(reader, names.scripted(reader, body)) if isinstance(body, Name) else body


def _accent(reader: Reader) -> Node:
    mark = reader.take().text
    body = reader.argument()
    if not isinstance(body, Name):
        raise reader.refuse(f"a name expected under {mark}")
    return _named(reader, names.scripted(reader, Name(body.base, body.sub, body.label, (*body.marks, mark))))


def _root(reader: Reader) -> Node:
    reader.take()
    if reader.here.text == "[":
        raise reader.refuse("only square roots are read")
    return Call("sqrt", (reader.argument(),))


def _wrapper(reader: Reader) -> Node:
    if reader.take().text == "\\textcolor":
        reader.argument()
    body = reader.argument()
    if reader.here.text in ("_", "^"):
        reader.take()
        names.passed_over(reader)
    return body


def _summation(reader: Reader) -> Node:
    reader.take()
    index = low = high = None
    while reader.here.text in ("_", "^"):
        if reader.take().text == "^":
            high = reader.argument()
        elif reader.skip("{"):
            index = reader.expression()
            low = reader.expression() if reader.skip("=") else None
            reader.expect("}", "to close the range of the sum")
        else:
            index = reader.argument()
    return Summation(reader.expression(SUM), index, low, high)


def _minus(reader: Reader) -> Node:
    reader.take()
    return Negative(reader.expression(SIGN))


def _plus(reader: Reader) -> Node:
    reader.take()
    return reader.expression(SIGN)


def _term(reader: Reader, left: Node) -> Node:
    minus = reader.take().text == "-"
    term = reader.expression(SUM)
    terms = left.terms if isinstance(left, Sum) else (left,)
    return Sum((*terms, Negative(term, span=term.span) if minus else term))


_SIGNS = {"\\odot": "@", "\\circ": "@", "\\bigodot": "@"}


def _times(reader: Reader, left: Node) -> Node:
    sign = _SIGNS.get(reader.take().text, "*")
    return _multiplied(reader, left, sign)


def _beside(reader: Reader, left: Node) -> Node:
    if reader.here.kind == "number" and isinstance(left, Number):
        raise reader.refuse("two numbers side by side")
    return _multiplied(reader, left, "")


def _multiplied(reader: Reader, left: Node, sign: str) -> Node:
    factor = reader.expression(PRODUCT)
    if sign == "*" and isinstance(left, Number) and (power := _power_of_ten(factor)) and "e" not in left.text:
        return Number(f"{left.text}e{power}")
    if isinstance(left, Product):
        return Product((*left.factors, factor), (*left.signs, sign))
    return Product((left, factor), (sign,))


def _power_of_ten(node: Node) -> str:
    if not isinstance(node, Power) or node.base != Number("10"):
        return ""
    exponent = node.exponent
    sign, size = ("-", exponent.body) if isinstance(exponent, Negative) else ("", exponent)
    return sign + size.text if isinstance(size, Number) and size.text.isdigit() and len(size.text) < 4 else ""


def _power(reader: Reader, left: Node) -> Node:
    if isinstance(left, Name):
        return names.scripted(reader, left)
    reader.take()
    exponent = reader.argument()
    return Power(left, exponent.body if isinstance(exponent, Group) else exponent)


def _subscript(reader: Reader, left: Node) -> Node:
    if not isinstance(left, Name):
        raise reader.refuse("an index needs a name before it")
    return names.scripted(reader, left)


CONSTRUCTS: tuple[Construct, ...] = (
    Construct(
        "number", ("<number>",), ("0.50", "2.1 \\times 10^{-4}"), start=_number, node=Number, write=writing.NUMBER
    ),
    Construct(
        "name",
        ("<word>", "<command>"),
        ("net_{h_1}", "w_5^+", "\\eta", "a^{(2)}_{jk}"),
        start=_word,
        node=Name,
        write=writing.NAME,
    ),
    Construct("application", (), ("f(z)", "f'(z_1)"), node=Apply, write=writing.APPLY),
    Construct(
        "function",
        tuple(SPELLINGS),
        ("\\ln(x)", "e^{-x}", "\\exp^{-x}", "\\tanh^2(x)"),
        start=_call,
        node=Call,
        write=writing.CALL,
    ),
    Construct("extreme", ("\\max", "\\min"), ("\\max(0, x)",), start=_extreme),
    Construct("square root", ("\\sqrt",), ("\\sqrt{x}",), start=_root),
    Construct("font", names.FONTS, ("\\mathbf{W}", "\\mathbf{1}[x > 0]"), start=_font),
    Construct("accent", names.ACCENTS, ("\\hat{y}_1", "\\tilde{C}"), start=_accent),
    Construct(
        "wrapper",
        ("\\underbrace", "\\overbrace", "\\boxed", "\\textcolor"),
        ("\\underbrace{a + b}_{c}",),
        start=_wrapper,
    ),
    Construct(
        "derivative",
        ("\\partial",),
        ("\\frac{\\partial E}{\\partial w_1}", "\\frac{dE_{total}}{dw_5}", "\\partial E/\\partial w"),
        start=_partial,
        node=Derivative,
        write=writing.DERIVATIVE,
    ),
    Construct(
        "fraction",
        ("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"),
        ("\\frac{1}{2}", "\\frac12", "\\frac{a}{1 + b}"),
        start=_fraction,
        node=Fraction,
        write=writing.FRACTION,
    ),
    Construct("slash", ("/",), ("a / b",), extend=_slash, power=PRODUCT),
    Construct("brackets", tuple(_CLOSING), ("(a + b) c", "[a]"), start=_brackets, node=Group, write=writing.GROUP),
    Construct("indicator", (), ("\\mathbf{1}[x > 0]", "[x \\le 0]"), node=Indicator, write=writing.INDICATOR),
    Construct(
        "summation",
        ("\\sum",),
        ("\\sum_{i=1}^{n} x_i", "\\sum_k w_k"),
        start=_summation,
        node=Summation,
        write=writing.SUMMATION,
    ),
    Construct("minus sign", ("-",), ("-a b", "a * -1"), start=_minus, node=Negative, write=writing.NEGATIVE),
    Construct("plus sign", ("+",), ("+a",), start=_plus),
    Construct("sum", ("+", "-"), ("a + b - c",), extend=_term, power=SUM, node=Sum, write=writing.SUM),
    Construct(
        "product",
        ("*", "\\cdot", "\\times", "\\ast", *_SIGNS),
        ("a \\cdot b * c", "a \\odot b"),
        extend=_times,
        power=PRODUCT,
        node=Product,
        write=writing.PRODUCT,
    ),
    Construct("juxtaposition", (TIGHT,), ("2 a b",), extend=_beside, power=PRODUCT),
    Construct("power", ("^",), ("(a + b)^2", "w_1^{2}"), extend=_power, power=SCRIPT, node=Power, write=writing.POWER),
    Construct("index", ("_",), ("{out}_{o_1}",), extend=_subscript, power=SCRIPT),
)

STOPS = frozenset({"", "}", ")", "]", ",", ";", "|", "=", "\\}", "\\rbrace", *_COMPARISONS})
_Table = Mapping[str, Construct]
OPERAND: _Table = MappingProxyType({token: row for row in CONSTRUCTS if row.start for token in row.tokens})
INFIX: _Table = MappingProxyType({token: row for row in CONSTRUCTS if row.extend for token in row.tokens})
WRITTEN: Mapping[type[Node], writing.Written] = MappingProxyType(
    {row.node: row.write for row in CONSTRUCTS if row.node and row.write}
)

"""How each construct is read from tokens: what may begin an operand, and what may continue one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import names
from .functions import EXTREMES, SPELLINGS
from .tokens import GRID_END
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

MOST_ARGUMENT_TOKENS = 60
LOOSEST, SUM, SIGN, PRODUCT, SCRIPT = 0, 10, 15, 20, 40  # how tightly operators hold their operands


def number(reader: Reader) -> Node:
    token = reader.take()
    return Number(token.text if not token.text.startswith(".") else f"0{token.text}")


def word(reader: Reader) -> Node:
    token = reader.here
    if token.text in SPELLINGS:
        return call(reader)
    if token.text in EXTREMES and reader.ahead().text == "(":
        return extreme(reader)
    if reader.roles.plain and token.text == "sum":
        return summation(reader)
    if token.text in reader.roles.letters and not token.upright:
        reader.take()
        *first, last = (Name(letter) for letter in token.text)
        return Product((*first, names.scripted(reader, last)), ("",) * len(first))
    return named(reader, names.scripted(reader, names.base(reader)))


def named(reader: Reader, node: Node) -> Node:
    """Finish a name: a derivative written with a slash, an application, or the name itself."""
    if isinstance(node, Name) and (by := names.slashed(reader, node)) is not None:
        return Derivative(names.differential(node) or node, by, upright=True)
    primes = node.marks.count("'") if isinstance(node, Name) else 0
    applied = primes or (isinstance(node, Name) and (node.base in reader.roles.functions or _lists_arguments(reader)))
    if isinstance(node, Name) and reader.here.text == "(" and applied:
        bare = Name(node.base, node.sub, node.label, tuple(mark for mark in node.marks if mark != "'"))
        return Apply(bare, arguments(reader), primes)
    return node


def _lists_arguments(reader: Reader) -> bool:
    """Whether a comma stands in the brackets that follow: a quantity with what it depends on, as in ``J(W, b)``."""
    depth, step = 0, 0
    while (token := reader.ahead(step)).kind != "end" and step < MOST_ARGUMENT_TOKENS:
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if depth == 0:
            return False
        if depth == 1 and token.text == ",":
            return reader.here.text == "("
        step += 1
    return False


def call(reader: Reader) -> Node:
    spelling = reader.take().text
    function = SPELLINGS[spelling]
    primes = 0
    while reader.skip("'"):
        primes += 1
    if primes and reader.here.text == "(":
        return Apply(Name(spelling), arguments(reader), primes)
    exponent = reader.argument() if reader.skip("^") else None
    if function == "exp" and exponent is not None:
        return Call("exp", (exponent,))
    call = Call(function, arguments(reader) if reader.here.text == "(" else (reader.expression(PRODUCT),))
    return Power(call, exponent) if exponent is not None else call


def extreme(reader: Reader) -> Node:
    return Call(EXTREMES[reader.take().text], arguments(reader))


def arguments(reader: Reader) -> tuple[Node, ...]:
    reader.expect("(", "before the arguments")
    found = [reader.expression()]
    while reader.skip(","):
        found.append(reader.expression())
    reader.expect(")", "to close the arguments")
    return tuple(found)


def partial(reader: Reader) -> Node:
    sign = reader.take()
    body = reader.expression(PRODUCT)
    if isinstance(body, Name) and reader.here.text == "(" and reader.here.tight:
        body = Apply(body, arguments(reader))
    if reader.here.text == "/" and reader.ahead().text == sign.text:
        reader.take()
        reader.take()
        return Derivative(body, reader.expression(PRODUCT))
    return names.Differential(body)


def fraction(reader: Reader) -> Node:
    reader.take()
    above = numerator(reader)
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


def numerator(reader: Reader) -> Node:
    """Read a numerator; a lone differential sign makes the fraction an operator."""
    for lone in (("{", "\\partial", "}"), ("{", "d", "}"), ("{", "\\partial", "{", "}", "}")):
        if all(reader.ahead(step).text == text for step, text in enumerate(lone)):
            for _ in lone:
                reader.take()
            return names.Differential(Name(""))
    return reader.argument()


def slash(reader: Reader, left: Node) -> Node:
    reader.take()
    below = reader.expression(PRODUCT)
    if isinstance(below, Number) and not isinstance(left, Number) and reader.here.tight and reader.here.kind == "word":
        below = Product((below, reader.expression(PRODUCT)), ("",))  # a / 2x
    return Fraction(left, below, slash=True)


CLOSING = {"(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "{": "}"}
COMPARISONS = {"=": "=", "<": "<", ">": ">", "\\le": "<=", "\\leq": "<=", "\\ge": ">=", "\\geq": ">="}


def brackets(reader: Reader) -> Node:
    opening = reader.take().text
    body = comparison(reader, reader.expression())
    if opening != "{" and reader.here.text in (",", ";"):
        return listing(reader, body, CLOSING[opening])
    reader.expect(CLOSING[opening], f"to close {opening}")
    if opening == "{" or isinstance(body, Indicator):
        return body
    return Group(body, opening[-1] + CLOSING[opening][-1] if len(opening) <= 2 else "{}")


def listing(reader: Reader, first: Node, closing: str) -> Node:
    """Read a vector on one line; rows of rows make a matrix."""
    entries = [first]
    while reader.skip(",", ";"):
        if reader.here.text == closing:
            break
        entries.append(reader.expression())
    reader.expect(closing, "to close the vector")
    if closing in ("\\}", "\\rbrace"):
        return Call("set", tuple(entries))
    if all(isinstance(entry, Matrix) and len(entry.rows) == 1 for entry in entries):
        return Matrix(tuple(entry.rows[0] for entry in entries if isinstance(entry, Matrix)), listed=True)
    return Matrix((Row(tuple(entries)),), listed=True)


def grid(reader: Reader) -> Node:
    begin = reader.take()
    rows: list[Row] = []
    entries: list[Node] = []
    while reader.here.text != GRID_END:
        if reader.skip("\\\\"):
            rows, entries = [*rows, Row(tuple(entries))], []
        elif not reader.skip("&"):
            entries.append(reader.expression())
        if reader.here.kind == "end":
            raise reader.refuse("the matrix is not closed", begin)
    reader.take()
    rows = [row for row in (*rows, Row(tuple(entries))) if row.entries]
    if not rows or len({len(row.entries) for row in rows}) > 1:
        raise reader.refuse("the rows of the matrix differ in length", begin)
    return Matrix(tuple(rows))


def bars(reader: Reader) -> Node:
    bar = reader.take().text
    if bar == "|" and reader.here.text == "|" and reader.here.tight:
        reader.take()
        bar = "||"
    reader.bars += 1
    body = reader.expression()
    reader.bars -= 1
    for mark in {"||": "||", "\\lVert": ("\\rVert",)}.get(bar, (bar,)):
        reader.expect(mark, "to close the bars")
    return Call("abs" if bar == "|" else "norm", (body,))


def nabla(reader: Reader) -> Node:
    reader.take()
    by: tuple[Node, ...] = ()
    if reader.skip("_"):
        by = (reader.argument(),)
    return Gradient(reader.expression(PRODUCT), by)


def comparison(reader: Reader, left: Node) -> Node:
    relation = reader.skip(*COMPARISONS)
    if relation is None:
        return left
    reader.skip("=")  # as in ==
    return Indicator(left, COMPARISONS[relation.text], reader.expression())


def font(reader: Reader) -> Node:
    reader.take()
    body = reader.argument()
    if body == Number("1") and reader.here.text in ("[", "(", "\\{", "{", "_"):
        if reader.skip("_") and reader.here.text not in CLOSING:
            raise reader.refuse("a comparison in brackets expected after the indicator sign")
        indicator = brackets(reader)
        if not isinstance(indicator, Indicator):
            raise reader.refuse("a comparison expected after the indicator sign")
        return indicator
    return named(reader, names.scripted(reader, body)) if isinstance(body, Name) else body


def accent(reader: Reader) -> Node:
    mark = reader.take().text
    body = reader.argument()
    if not isinstance(body, Name):
        raise reader.refuse(f"a name expected under {mark}")
    return named(reader, names.scripted(reader, Name(body.base, body.sub, body.label, (*body.marks, mark))))


def root(reader: Reader) -> Node:
    reader.take()
    if reader.here.text == "[":
        raise reader.refuse("only square roots are read")
    return Call("sqrt", (reader.argument(),))


def wrapper(reader: Reader) -> Node:
    if reader.take().text == "\\textcolor":
        reader.argument()
    body = reader.argument()
    if reader.here.text in ("_", "^"):
        reader.take()
        names.passed_over(reader)
    return body


def summation(reader: Reader) -> Node:
    reader.take()
    index = low = high = without = None
    while reader.here.text in ("_", "^"):
        if reader.take().text == "^":
            high = reader.argument()
        elif reader.skip("{"):
            index = reader.expression()
            if reader.skip("\\neq", "\\ne"):
                without = reader.expression()
            low = reader.expression() if reader.skip("=") else None
            reader.expect("}", "to close the range of the sum")
        else:
            index = reader.argument()
    return Summation(reader.expression(SUM), index, low, high, without)


def minus(reader: Reader) -> Node:
    reader.take()
    return Negative(reader.expression(SIGN))


def plus(reader: Reader) -> Node:
    reader.take()
    return reader.expression(SIGN)


def term(reader: Reader, left: Node) -> Node:
    minus = reader.take().text == "-"
    term = reader.expression(SUM)
    terms = left.terms if isinstance(left, Sum) else (left,)
    return Sum((*terms, Negative(term, span=term.span) if minus else term))


SIGNS = {"\\odot": "@", "\\circ": "@", "\\bigodot": "@"}


def times(reader: Reader, left: Node) -> Node:
    sign = SIGNS.get(reader.take().text, "*")
    return multiplied(reader, left, sign)


def beside(reader: Reader, left: Node) -> Node:
    if reader.here.kind == "number" and isinstance(left, Number):
        raise reader.refuse("two numbers side by side")
    return multiplied(reader, left, "")


def multiplied(reader: Reader, left: Node, sign: str) -> Node:
    factor = reader.expression(PRODUCT)
    if sign == "*" and isinstance(left, Number) and (power := power_of_ten(factor)) and "e" not in left.text:
        return Number(f"{left.text}e{power}")
    if isinstance(left, Product):
        return Product((*left.factors, factor), (*left.signs, sign))
    return Product((left, factor), (sign,))


def power_of_ten(node: Node) -> str:
    if not isinstance(node, Power) or node.base != Number("10"):
        return ""
    exponent = node.exponent
    sign, size = ("-", exponent.body) if isinstance(exponent, Negative) else ("", exponent)
    return sign + size.text if isinstance(size, Number) and size.text.isdigit() and len(size.text) < 4 else ""


def power(reader: Reader, left: Node) -> Node:
    if isinstance(left, Name):
        return names.scripted(reader, left)
    if names.transposes(reader):
        return Transpose(left)
    reader.take()
    exponent = reader.argument()
    if isinstance(left, Call) and left.function in ("norm", "abs") and exponent == Number("2"):
        return Call("square", left.arguments)
    return Power(left, exponent.body if isinstance(exponent, Group) else exponent)


def subscript(reader: Reader, left: Node) -> Node:
    if not isinstance(left, Name):
        raise reader.refuse("an index needs a name before it")
    return names.scripted(reader, left)

"""How each construct is read from tokens: what may begin an operand, and what may continue one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import names
from .calculus import applied, has_arguments, is_sum, summation
from .commands import NOTED, OPERATOR_WORDS
from .enclosing import COMPARISONS, MOST_IN_CONDITION, arguments, brackets, inside, passed
from .functions import EXTREMES, RECTIFIERS, SPELLINGS
from .indices import indices, part_raised, power_above
from .joining import extreme, softmax
from .labels import label, transposes
from .libraries import LIBRARIES, from_library, total
from .ones import ONES
from .spellings import SCRIPTS
from .tokens import OVER, PRODUCT, SIGN, SUM
from .tree import (
    Apply,
    Call,
    Derivative,
    Differential,
    Dots,
    Dotted,
    Fraction,
    Group,
    Indexed,
    Indicator,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Opaque,
    Power,
    Product,
    Row,
    Sum,
    Transpose,
    without_groups,
)

if TYPE_CHECKING:
    from .reader import Reader

_ALONE = frozenset({"argmin", "argmax", "lim", "tr", "Tr", "rank", "det", "diag"})  # operators that need no brackets
MOST_ONES = 20


def number(reader: Reader) -> Node:
    token = reader.take()
    return Number(token.text if not token.text.startswith(".") else f"0{token.text}")


def word(reader: Reader) -> Node:
    token = reader.here
    if token.text in SPELLINGS:
        return call(reader)
    if (differential := names.differentiated(reader)) is not None:
        return differential
    if (known := _operated(reader)) is not None:
        return known
    if reader.roles.plain and token.text in ("sum", "prod"):
        return summation(reader)
    if token.text == "d" and not token.upright and reader.ahead().text == "{" and reader.ahead().tight:
        reader.take()
        body = reader.argument()
        if isinstance(body, Name):
            return named(reader, replace(body, base=f"d{body.base}"))  # the d{w_1} of some editors is dw_1
        return Product((Name("d"), body), ("",))
    if token.text in reader.roles.letters and not token.upright:
        reader.take()
        *first, last = (Name(letter) for letter in token.text)
        return Product((*first, names.scripted(reader, last)), ("",) * len(first))
    return named(reader, names.scripted(reader, names.base(reader)))


def _operated(reader: Reader) -> Node | None:
    """Read a word that is an operator or a function of several numbers; nothing where it is only a name."""
    token, following = reader.here, reader.ahead().text
    if (operator := names.operator(reader)) is not None:
        return operator
    if token.text in LIBRARIES and following == "." and reader.ahead(2).tight and reader.ahead(2).kind == "word":
        reader.take()
        reader.take()
        return word(reader) if {*SPELLINGS, *EXTREMES} & {reader.here.text} else from_library(reader)
    if token.text in ("\\Pi", "\\Sigma") and is_sum(reader):
        return summation(reader)
    if token.text in EXTREMES and following in ("(", "[", "\\{"):
        return extreme(reader)
    if token.text in RECTIFIERS and following == "(":
        reader.take()
        return Call("max", (Number("0"), *arguments(reader)))
    apart = token.text == "sum" and reader.roles.plain and not reader.ahead().tight  # sum (a - b)^2 is of squares
    if token.text in ("softmax", "Softmax"):
        return softmax(reader)
    if token.text in ("sum", "np.sum") and following == "(" and not apart:
        reader.take()
        return total(arguments(reader))
    bracketed = following in ("(", "[", "\\{") and len(token.text) > 2
    if token.text in OPERATOR_WORDS and (bracketed or (token.upright and token.text in _ALONE)):
        reader.take()
        return applied(reader, token.text)
    return None


def named(reader: Reader, node: Node) -> Node:
    """Finish a name: a derivative written with a slash, an application, or the name itself."""
    if not isinstance(node, Name):
        return node
    if (by := names.slashed(reader, node)) is not None:
        return Derivative(names.differential(node) or node, by, upright=True)
    if node == Name("I") and reader.here.text in ("(", "[", "\\{") and {*COMPARISONS} & {*inside(reader)}:
        return brackets(reader)
    primes = node.marks.count("'")
    if reader.here.text == "(" and inside(reader) == ["\\dots"]:
        passed(reader)  # of C(...) what it depends on is left out
        return node
    if has_arguments(reader, node):
        bare = Name(node.base, node.sub, node.label, tuple(mark for mark in node.marks if mark != "'"))
        return Apply(bare, arguments(reader), primes)
    return node


def call(reader: Reader) -> Node:
    spelling = reader.take().text
    function = SPELLINGS[spelling]
    if reader.here.kind == "end":
        return Name(spelling)  # the function itself, as in "g = tanh"
    primes = 0
    while reader.skip("'", "\\prime"):
        primes += 1
    if primes and reader.here.text == "(":
        return Apply(Name(spelling), arguments(reader), primes)
    base = reader.argument() if function == "log" and reader.skip("_") else None
    exponent = reader.argument() if reader.skip("^") else None
    if function == "exp" and exponent is not None:
        return Call("exp", (exponent,))
    found: Node = Call(function, arguments(reader) if _is_bracketed(reader) else (_bare_argument(reader),))
    if base is not None and base != Name("e"):
        found = Fraction(found, Call("log", (base,)))
    if exponent == Negative(Number("1")):
        return Opaque("an inverse function", (found,))
    return Power(found, exponent) if exponent is not None else found


def _bare_argument(reader: Reader) -> Node:
    """Read the argument of a function without brackets: one operand, or a number with a name right behind it."""
    first = reader.expression(PRODUCT)
    tight = reader.here.tight and reader.here.kind in ("word", "command") and reader.starts_operand()
    if isinstance(first, Number) and tight:
        return Product((first, reader.expression(PRODUCT)), ("",))
    return first


def _is_bracketed(reader: Reader) -> bool:
    """Whether brackets hold the argument: ``\\log (a) b`` is not that of a product, ``\\log \\{ a \\}`` neither."""
    return reader.here.text in ("(", "[", "\\{")


def ellipsis(reader: Reader) -> Node:
    reader.take()
    return Dots()


def infinity(reader: Reader) -> Node:
    reader.take()
    return Opaque("infinity")


def font(reader: Reader) -> Node:
    start = reader.here.start
    shape = reader.take().text
    reader.skip("*")
    body = reader.argument()
    if body == Number("1"):
        return _ones(reader)
    if body == Name("E") and shape in ("\\mathbb", "\\mathds", "\\Bbb"):
        return applied(reader, "expectation")
    if isinstance(body, Opaque) and not body.parts and body.what.startswith("the operator "):
        return applied(reader, body.what.removeprefix("the operator "))
    if isinstance(body, Name) and shape in SCRIPTS and body.base in reader.roles.scripts:
        body = replace(body, base=f"{shape}{{{body.base}}}")
    return named(reader, names.scripted(reader, body, start)) if isinstance(body, Name) else body


def bold_one(reader: Reader) -> Node:
    reader.take()
    return _ones(reader)


def _ones(reader: Reader) -> Node:
    """Read what follows a one of its own font: a condition makes it an indicator, an index an array of ones."""
    if reader.here.text == "_" and reader.ahead().text != "{":
        reader.take()
        return Opaque(ONES, (reader.argument(),))
    if reader.skip("_"):
        return reader.attempt(lambda: _indicator(reader)) or _array_of_ones(indices(reader))
    if reader.here.text in ("[", "(", "\\{") and {*COMPARISONS} & {*inside(reader, most=MOST_IN_CONDITION)}:
        return brackets(reader)
    return Opaque(ONES)


def _indicator(reader: Reader) -> Node:
    found = brackets(reader)
    if not isinstance(found, Indicator):
        raise reader.refuse("a comparison expected")
    return found


def _array_of_ones(sizes: tuple[Node, ...]) -> Node:
    counts = [int(size.text) for size in sizes if isinstance(size, Number) and size.text.isdigit()]
    if len(sizes) != 2 or len(counts) != 2 or not 0 < counts[0] * counts[1] <= MOST_ONES:
        return Opaque(ONES, sizes)
    return Matrix((Row((Number("1"),) * counts[1]),) * counts[0])


def accent(reader: Reader) -> Node:
    start = reader.here.start
    mark = reader.take().text
    braced = reader.here.text == "{"
    body = reader.argument()
    if body == Number("0") and mark == "\\vec":
        return body
    inner = (
        body.base if isinstance(body, Power) and mark != "\\dot" else body.body if isinstance(body, Transpose) else None
    )
    if isinstance(inner, Name) and not braced:  # the square or transpose of what is marked
        own = replace(_marked(inner, mark), span=(start * bool(inner.span[1]), inner.span[1]))
        return replace(body, base=own) if isinstance(body, Power) else Transpose(own, span=body.span)
    if isinstance(body, Apply) and mark == "\\dot":
        return replace(body, primes=body.primes + 1)
    if isinstance(body, Apply) and not body.primes:
        return replace(body, function=_marked(body.function, mark))
    if not isinstance(body, Name):
        return Opaque(f"what is marked by {mark}", (body,))
    if mark == "\\dot" and body.base in reader.roles.functions and reader.here.text == "(":
        return Apply(body, arguments(reader), 1)
    return named(reader, names.scripted(reader, _marked(body, mark), start))


def _marked(name: Name, mark: str) -> Name:
    return replace(name, marks=(*name.marks, mark))


def root(reader: Reader) -> Node:
    reader.take()
    if reader.skip("["):
        degree = reader.expression()
        reader.expect("]", "to close the degree of the root")
        return Power(reader.argument(), Fraction(Number("1"), degree))
    return Call("sqrt", (reader.argument(),))


def wrapper(reader: Reader) -> Node:
    """Read what only dresses a formula: a brace or an arrow below it, a colour, a box."""
    if reader.take().text in NOTED:
        if reader.here.text == "[":
            passed(reader)
        passed(reader)
    body = reader.argument()
    if isinstance(body, Opaque) and not body.parts and body.what.startswith("the operator "):
        return applied(reader, body.what.removeprefix("the operator "))
    if reader.here.text in ("_", "^"):
        reader.take()
        names.passed_over(reader)
    return body


def over(reader: Reader, left: Node) -> Node:
    reader.take()
    below = reader.expression(OVER)
    if isinstance(left, Differential) and isinstance(below, Differential):
        return Derivative(left.body, below.body, left.upright)
    return Fraction(left, below)


def slash(reader: Reader, left: Node) -> Node:
    reader.take()
    below = reader.expression(PRODUCT)
    if isinstance(left, Differential) and isinstance(below, Differential):
        return Derivative(left.body, below.body, left.upright)
    if isinstance(below, Number) and not isinstance(left, Number) and reader.here.tight and reader.here.kind == "word":
        below = Product((below, reader.expression(PRODUCT)), ("",))  # a / 2x
    return Fraction(left, below, slash=True)


def percent(reader: Reader, left: Node) -> Node:
    reader.take()
    return Fraction(left, Number("100"), slash=True)


def primed(reader: Reader, left: Node) -> Node:
    reader.take()
    function = without_groups(left)
    if isinstance(function, Name) and reader.here.text == "(":
        return Apply(function, arguments(reader), 1)
    return Opaque("a derivative that does not say by what", (left,))


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


SIGNS = {"\\odot": "@", "\\circ": "@", "\\bigodot": "@", "\\otimes": "o"}


def times(reader: Reader, left: Node) -> Node:
    sign = SIGNS.get(text := reader.take().text, "" if text == "@" else "*")
    if text == "." and reader.here.text == "*" and reader.here.tight:
        reader.take()
        sign = "@"  # the .* of programs
    return multiplied(reader, left, sign)


def beside(reader: Reader, left: Node) -> Node:
    if reader.here.text == "(" and reader.ahead().text in ("=", "\\approx"):
        passed(reader)  # a note, such as (= 0.5)
        return left
    if reader.here.text == "{" and reader.ahead().text == "}":
        passed(reader)
        return left
    if reader.here.kind == "number" and isinstance(left, Number):
        raise reader.refuse("two numbers side by side")
    return multiplied(reader, left, "")


def multiplied(reader: Reader, left: Node, sign: str) -> Node:
    factor = reader.expression(PRODUCT)
    last = left.factors[-1] if isinstance(left, Product) else left
    if not sign and isinstance(last, Number) and isinstance(factor, Number):
        raise reader.refuse("two numbers side by side")  # each in a box of its own
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
        return named(reader, names.scripted(reader, left))
    part_raised(reader)
    if transposes(reader):
        return Transpose(left)
    reader.take()
    if (found := label(reader)) is not None:
        return Indexed(left, found)
    if reader.skip("'", "\\prime"):
        return Opaque("a derivative that does not say by what", (left,))
    exponent = power_above(reader)
    if isinstance(left, Call) and left.function in ("norm", "abs") and exponent == Number("2"):
        return Call("square", left.arguments)
    return Power(left, exponent.body if isinstance(exponent, Group) else exponent)


_TIMES = {Name("*"), Name("\\times")}
_LENGTHS = (Number("2"), Name("F"), Name("Frob"), Name("fro"))


def subscript(reader: Reader, left: Node) -> Node:
    if isinstance(left, Name):
        return named(reader, names.scripted(reader, left))
    reader.take()
    if left == Number("1") and reader.here.text == "{" and {*COMPARISONS} & {*inside(reader)}:
        return _indicator(reader)  # 1_{i = j}
    sub = indices(reader)
    if isinstance(left, Call) and left.function in ("norm", "square"):
        return left if len(sub) == 1 and sub[0] in _LENGTHS else Opaque("a norm of another kind", (left, *sub))
    if isinstance(left, Matrix | Dotted | Apply | Call | Group) and _TIMES & {*sub}:
        return left  # a note of its size, such as 2 x 2
    return Indexed(left, sub)

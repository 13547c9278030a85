"""How derivatives, sums, products over a range, and named operators are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import names
from .enclosing import CLOSING, COMPARISONS, MOST_TOKENS_IN_BRACKETS, arguments, inside, passed
from .indices import atom
from .tokens import LOOSEST, PRODUCT, SUM
from .tree import (
    Apply,
    Derivative,
    Differential,
    Dots,
    Fraction,
    Gradient,
    Name,
    Node,
    Number,
    Opaque,
    Power,
    Product,
    Summation,
)

if TYPE_CHECKING:
    from .reader import Reader


def partial(reader: Reader) -> Node:
    sign = reader.take()
    if reader.skip("_"):
        by = reader.argument()
        return Derivative(reader.expression(PRODUCT), by)
    if reader.here.text == "/" and reader.ahead().text == sign.text:
        reader.take()
        reader.take()
        by = names.scripted(reader, names.base(reader))
        return Derivative(reader.expression(PRODUCT), by)
    order = reader.argument() if reader.skip("^") else Number("1")
    body = _applied(reader, reader.expression(PRODUCT))
    if reader.here.text == "/" and reader.ahead().text == sign.text:
        reader.take()
        reader.take()
        return _derived(body, [reader.expression(PRODUCT)], order)
    if order != Number("1"):
        raise reader.refuse("a higher differential stands outside a derivative", sign)
    return Differential(body)


def _applied(reader: Reader, body: Node) -> Node:
    """Return what is differentiated with the arguments in brackets right behind it."""
    if isinstance(body, Name) and reader.here.text == "(" and reader.here.tight:
        return Apply(body, arguments(reader))
    return body


def fraction(reader: Reader) -> Node:
    reader.take()
    above, order = _numerator(reader)
    below = _denominator(reader)
    of, by = names.differential(above), _bys(below)
    if of is not None and by:
        first = below.factors[0] if isinstance(below, Product) else below
        upright = not isinstance(first, Differential) or first.upright
        if of == Name(""):
            whole = reader.here.text not in ("(", "[", "\\{", "{")
            of = reader.expression(SUM if whole else PRODUCT)
        return _derived(of, by, order, upright=upright)
    if of is not None and isinstance(below, Product) and (mixed := _over_more(of, below)) is not None:
        return mixed
    if of == Name("") and not by and order != Number("1"):
        return Fraction(Power(Name("d"), order), below)  # the square of a letter d
    if isinstance(above, Differential) and not above.upright and isinstance(below, Name):
        return _derived(reader.expression(PRODUCT) if of == Name("") else above.body, [below], order)
    if of is None and isinstance(below, Differential) and not below.upright:
        return _without_sign(reader, above, below)
    return Fraction(above, below)


def _over_more(of: Node, below: Product) -> Node | None:
    r"""Return the derivative in \frac{\partial a}{a \partial z}, over what else stands below the line."""
    places = [place for place, part in enumerate(below.factors) if isinstance(part, Differential) and not part.upright]
    if len(places) != 1 or of == Name(""):
        return None
    by = below.factors[places[0]]
    others = tuple(part for part in below.factors if part is not by)
    rest = others[0] if len(others) == 1 else Product(others, ("",) * (len(others) - 1))
    return Fraction(Derivative(of, by.body), rest) if isinstance(by, Differential) else None


def _without_sign(reader: Reader, above: Node, below: Differential) -> Node:
    r"""Return a derivative whose sign above the line was lost; \frac{1}{\partial w} is the operator."""
    by = below.body
    if isinstance(by, Fraction) and isinstance(by.below, Differential):
        return Fraction(above, Derivative(by.above, by.below.body))
    if above != Number("1"):
        return Derivative(above, by)
    if reader.here.text not in ("\\cdot", "\\times", "*") and not reader.starts_operand():
        return Fraction(above, below)
    reader.skip("\\cdot", "\\times", "*")
    return Derivative(reader.expression(SUM), by)


def _derived(of: Node, by: list[Node], order: Node, *, upright: bool = False) -> Node:
    """Return a derivative of any order; a second one may be by the same thing twice."""
    parts: list[Node] = []
    for part in by:
        power = isinstance(part, Power) and part.exponent == order and order != Number("1")
        count = int(order.text) if power and isinstance(order, Number) and order.text in ("2", "3") else 1
        parts += [part.base if power and isinstance(part, Power) else part] * count
    if order != Number("1") and order != Number(str(len(parts))):
        return Opaque("a derivative of some order", (of, *parts))
    for part in reversed(parts):
        of = Derivative(of, part, upright)
    return of


def _bys(below: Node) -> list[Node]:
    """Return what a derivative is taken by: one thing, or one after another."""
    if isinstance(below, Product) and all(isinstance(part, Differential) for part in below.factors):
        return [part.body for part in below.factors if isinstance(part, Differential)]
    if isinstance(below, Power) and (base := names.differential(below.base)) is not None:
        return [Power(base, below.exponent)]
    by = names.differential(below)
    return [] if by is None else [by]


_LONE = (("{", "\\partial", "}"), ("{", "d", "}"), ("{", "\\partial", "{", "}", "}"), ("{", "{", "d", "}", "}"))


def _numerator(reader: Reader) -> tuple[Node, Node]:
    """Read a numerator, and of what order the derivative is; a lone differential sign makes an operator of it."""
    one = Number("1")
    for lone in _LONE:
        if all(reader.ahead(step).text == text for step, text in enumerate(lone)) and _is_by(reader, lone):
            for _ in lone:
                reader.take()
            return Differential(Name("")), one
    if reader.here.text != "{" or not _is_sign(reader, 1):
        return reader.argument(), one
    for _ in range(2):
        reader.take()
    order = reader.argument() if reader.skip("^") else one
    if reader.skip("}"):
        return Differential(Name("")), order
    start = reader.here.start
    body = _applied(reader, reader.expression(PRODUCT))
    body = reader.extended(body, start, LOOSEST)
    reader.expect("}", "to close the brace")
    return Differential(body), order


def _is_by(reader: Reader, lone: tuple[str, ...]) -> bool:
    """Whether a quantity is below a lone differential sign: not where a letter d is divided by another."""
    below = [reader.ahead(len(lone) + step) for step in range(2)]
    plain = below[0].text == "{" and below[1].kind == "word" and not below[1].text.startswith("d")
    return "d" not in lone or not plain


def _is_sign(reader: Reader, step: int) -> bool:
    """Whether a sign of differentiation stands so many steps ahead."""
    token = reader.ahead(step)
    high = token.text == "d" and (token.upright or reader.ahead(step + 1).text == "^")
    return token.text == "\\partial" or (high and reader.ahead(step + 1).text != "}")


def _is_raised(reader: Reader) -> bool:
    """Whether a letter d below the line has an exponent and nothing that it is the sign for, as in ``1 / d^2``."""
    following = reader.ahead(4).text
    return reader.ahead().text == "d" and reader.ahead(3).kind == "number" and following in ("}", "+", "-", ")")


def _denominator(reader: Reader) -> Node:
    if reader.here.text != "{" or not _is_sign(reader, 1) or _is_raised(reader):
        return reader.argument()
    reader.take()
    upright = reader.here.text == "d"
    found: list[Node] = []
    while _is_sign(reader, 0):
        reader.take()
        start = reader.here.start
        by = _applied(reader, reader.expression(PRODUCT))
        while not _is_sign(reader, 0) and reader.here.text not in ("}", ""):
            before = reader.place
            by = reader.extended(by, start, PRODUCT - 1)
            if reader.place == before:
                break
        found.append(Differential(by, upright))
    reader.expect("}", "to close the brace")
    return found[0] if len(found) == 1 else Product(tuple(found), ("",) * (len(found) - 1))


def nabla(reader: Reader) -> Node:
    reader.take()
    scripts: dict[str, Node] = {}
    while reader.here.text in ("_", "^") and reader.here.text not in scripts:
        sign = reader.take().text
        whole = reader.here.text.startswith(("{", "\\"))
        scripts[sign] = reader.argument() if whole else atom(reader)
    by = (scripts["_"],) if "_" in scripts else ()
    if "^" in scripts:
        return Opaque("a second gradient", (scripts["^"], reader.expression(PRODUCT), *by))
    if not reader.starts_operand():
        return Name("\\nabla", by)
    return Gradient(reader.expression(PRODUCT), by)


@dataclass(frozen=True, slots=True)
class _Range:
    """What stands under and above a sum: an index with its range; ``known`` where all of it is understood."""

    indices: tuple[Node, ...] = ()
    low: Node | None = None
    high: Node | None = None
    without: Node | None = None
    known: bool = True


def summation(reader: Reader) -> Node:
    product = reader.take().text in ("\\prod", "\\Pi", "prod")
    found = _Range()
    high: Node | None = None
    while reader.here.text in ("_", "^"):
        if reader.take().text == "^":
            high = atom(reader)
        elif reader.here.text == "{":
            found = _range(reader)
        else:
            found = _Range((atom(reader),))
    body = reader.expression(SUM)
    if not found.known:
        return Opaque(f"a {'product' if product else 'sum'} over something that is no range", (body,))
    for index in reversed(found.indices[1:]):
        body = Summation(body, index, product=product)
    first = found.indices[0] if found.indices else None
    return Summation(body, first, found.low, high or found.high, found.without, product)


def is_sum(reader: Reader) -> bool:
    """Whether a capital sigma or pi says over what it goes, as in ``\\Sigma_{i=1}^n x_i`` or ``\\Sigma_i x_i``."""
    step = 1
    if reader.ahead(step).text == "^":
        step += len(inside(reader, 2)) + 3 if reader.ahead(2).text == "{" else 2
    if reader.ahead(step).text != "_":
        return False
    if "=" in inside(reader, step + 1):
        return True
    braced = reader.ahead(step + 1).text == "{" and reader.ahead(step + 3).text == "}"
    letter = reader.ahead(step + 1 + braced).text
    return len(letter) == 1 and letter.islower() and letter in _indices_ahead(reader, step + 2 + 2 * braced)


def _indices_ahead(reader: Reader, step: int) -> Iterator[str]:
    """Yield what stands first in each index up to the end of the brackets in which the next token stands."""
    depth = 0
    for place in range(step, step + MOST_TOKENS_IN_BRACKETS):
        token = reader.ahead(place)
        depth += (token.text in CLOSING) - (token.text in CLOSING.values())
        if depth < 0 or token.kind == "end":
            return
        if token.text == "_" and reader.ahead(place - 1).text != "\\Sigma":
            yield reader.ahead(place + 1 + (reader.ahead(place + 1).text == "{")).text


def _range(reader: Reader) -> _Range:
    """Read the braces under a sum; what is not understood there leaves its range unknown."""
    place = reader.place
    found = reader.attempt(lambda: _understood(reader))
    if isinstance(found, _Range):
        return found
    reader.place = place
    passed(reader)
    return _Range(known=False)


def _understood(reader: Reader) -> _Range:
    reader.take()
    indices = [reader.expression()]
    low: Node | None = None
    high: Node | None = None
    without: Node | None = None
    known = all(isinstance(index, Name) for index in indices)
    while not reader.skip("}"):
        if reader.skip("="):
            low = reader.expression()
        elif reader.skip("\\neq"):
            without = reader.expression()
        elif reader.skip("\\in"):
            known = isinstance(reader.expression(), Name) and known
        elif reader.skip(","):
            following = reader.expression()
            if isinstance(following, Dots) and reader.skip(","):
                high = reader.expression()
            elif following != indices[0] or reader.here.text != "\\neq":
                known = known and isinstance(following, Name) and low is None
                indices.append(following)
        else:
            raise reader.refuse("} expected to close the range of the sum")
    several = len(indices) > 1 and (low is not None or without is not None)
    return _Range(tuple(indices), low, high, without, known and not several)


def operator(reader: Reader) -> Node:
    """Read an operator that has no value here, such as a limit or an expectation, with what it is applied to."""
    return applied(reader, reader.take().text.removeprefix("\\"))


def applied(reader: Reader, name: str) -> Node:
    """Read what stands behind an operator; nothing where the operator itself stands alone in braces."""
    while reader.here.text.removeprefix("\\") in ("max", "min", "inf", "sup"):
        name += reader.take().text.removeprefix("\\")
    what = f"the operator {name}"
    parts: list[Node] = []
    while sign := reader.skip("_", "^", "'"):
        if sign.text != "'":
            parts += script(reader)
    if reader.here.text in ("(", "[", "\\{"):
        return Opaque(what, (*parts, *arguments(reader)))
    if reader.starts_operand():
        parts.append(reader.expression(SUM if name in ("lim", "int") else PRODUCT))
    return Opaque(what, tuple(parts))


def script(reader: Reader) -> list[Node]:
    """Read what stands below or above an operator, as far as it can be understood."""
    if reader.here.text != "{":
        return [atom(reader)]
    below = reader.attempt(reader.argument)
    if isinstance(below, Node):
        return [below]
    passed(reader)
    return []


def binomial(reader: Reader) -> Node:
    reader.take()
    return Opaque("a binomial coefficient", (reader.argument(), reader.argument()))


_FACTORS = (["1", "-"], ["1", "+"])  # what a bracket begins with that is no argument of a component


def has_arguments(reader: Reader, name: Name) -> bool:
    """Whether the brackets that follow a name hold its arguments, and no factor beside it."""
    if reader.here.text not in ("(", "["):
        return False
    among = inside(reader)
    itself = any(text == name.base and among[place + 1 : place + 2] != [")"] for place, text in enumerate(among))
    times = bool(name.sub and among[:2] in _FACTORS) or (itself and not name.sub)  # as in f (1 - f)
    applied = not times and ("'" in name.marks or name.base in reader.roles.functions)
    if reader.here.text == "[":
        return applied and reader.here.tight and among[:2] not in _FACTORS
    single = name.base in reader.roles.quantities and len(among) == 1 and among[0].lstrip("\\").isalpha()
    return applied or single or _are_arguments(reader, name, among)


def _are_arguments(reader: Reader, name: Name, among: list[str]) -> bool:
    """Whether a comma, a condition after a bar, a comparison, or an index behind brackets says what is in them."""
    if among[:1] in (["="], ["\\approx"]):
        return False  # a note, such as (= 0.5)
    if {",", ";", "\\mid", *COMPARISONS} & {*among} or among.count("|") % 2 == 1:
        return True
    return _is_indexed(reader) and not (len(name.base) == 1 and name.base.isupper())


def _is_indexed(reader: Reader) -> bool:
    """Whether an index follows the bracket that opens here."""
    depth, step = 0, 0
    while (token := reader.ahead(step)).kind != "end" and step < MOST_TOKENS_IN_BRACKETS:
        depth += (token.text == "(") - (token.text == ")")
        step += 1
        if depth == 0:
            return reader.ahead(step).text == "_"
    return False


DITTO = Name("\\sim")  # the first factor of the formula before, once more


def ditto(reader: Reader) -> Node:
    sign = reader.take()
    if reader.place != 1 or reader.here.text not in ("\\cdot", "\\times", "*"):
        raise reader.refuse("a sign that repeats nothing", sign)
    return DITTO

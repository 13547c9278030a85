"""Slips in differentiation: the derivative of another activation, a lost path, an exponent or index in a wrong place.

Each rule yields what a part may become; where a slip and its undoing differ, the rule that undoes it stands beside it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Group,
    Indicator,
    Name,
    Negative,
    Node,
    Power,
    Product,
    Sum,
    Transpose,
    children,
    key,
    walk,
)
from .known import Context, is_sibling
from .parts import replaced
from .places import bracketed
from .structure import ONE, TWO, Found, joined

MOST_PAIRS = 40  # of names in one part, that are exchanged
DELTA = "\\delta"
OPPOSITE = {"=": "!=", "!=": "=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def other_activation(part: Node, context: Context) -> Found:
    """Write the derivative of the sigmoid for that of tanh, ``a (1 - a)`` for ``1 - a^2``, or the other way."""
    del context
    factors, signs = (part.factors, part.signs) if isinstance(part, Product) else ((part,), ())
    for place, factor in enumerate(factors):
        output, square = _slope(factor)
        if output is None:
            continue
        if square is not None:
            pair = (output, Group(Sum((ONE, Negative(output)))))
            new = (*factors[:place], *pair, *factors[place + 1 :])
            yield Product(new, (*signs[:place], square, *signs[place:])), ""
            continue
        for other in (other for other, own in enumerate(factors) if own == output):
            first, last = sorted((place, other))
            mark = signs[first]
            squared = Product((output, output), (mark,)) if mark == "@" else Power(output, TWO)
            new = (*factors[:first], Group(Sum((ONE, Negative(squared)))), *factors[first + 1 : last])
            yield joined((*new, *factors[last + 1 :]), (*signs[:first], *signs[first + 1 :])), ""


def _slope(factor: Node) -> tuple[Node | None, str | None]:
    """Return the a of ``1 - a``, or that of ``1 - a^2`` with how its factors are joined."""
    whole = factor.body if isinstance(factor, Group) else factor
    if not isinstance(whole, Sum) or len(whole.terms) != 2 or whole.terms[0] != ONE:
        return None, None
    last = whole.terms[1]
    found = last.body if isinstance(last, Negative) else None
    if isinstance(found, Power) and found.exponent == TWO:
        return found.base, ""
    if isinstance(found, Product) and found.factors[1:] == found.factors[:1]:
        return found.factors[0], found.signs[0]
    return found, None


def moved_exponent(part: Node, context: Context) -> Found:
    """Write the exponent of a function at its argument, or the other way: ``tanh(x^2)`` for ``tanh^2(x)``."""
    del context
    if isinstance(part, Power) and isinstance(part.base, Call | Apply) and len(part.base.arguments) == 1:
        inner = bracketed(part.base.arguments[0])
        yield replace(part.base, arguments=(Power(inner, part.exponent),)), ""
    elif isinstance(part, Call | Apply) and len(part.arguments) == 1 and isinstance(part.arguments[0], Power):
        inner = part.arguments[0]
        base = inner.base.body if isinstance(inner.base, Group) else inner.base
        yield Power(replace(part, arguments=(base,)), inner.exponent), ""


def other_quantity(part: Node, context: Context) -> Found:
    """Apply a function to another quantity to which it is applied elsewhere."""
    yield from ((new, why) for new, why in other_argument(part, context) if isinstance(children(new)[-1], Name))


def other_argument(part: Node, context: Context) -> Found:
    """Apply a function to something else than a quantity: to what it is applied to elsewhere."""
    if isinstance(part, Call | Apply) and len(part.arguments) == 1 and isinstance(part.arguments[0], Name):
        for argument in context.arguments.get(_function(part), ()):
            if argument != part.arguments[0] and not is_sibling(argument, part.arguments[0]):
                yield replace(part, arguments=(argument,)), ""


def _function(part: Call | Apply) -> str:
    return part.function if isinstance(part, Call) else key(part.function)


def without_skip(part: Node, context: Context) -> Found:
    """Lose the 1 that is the path around a layer."""
    if context.skips:
        if isinstance(part, Sum) and part.terms[0] == ONE and not isinstance(part.terms[1], Negative):
            yield part.terms[1] if len(part.terms) == 2 else Sum(part.terms[1:]), ""
        elif isinstance(part, Product):
            for place, factor in enumerate(part.factors):
                for new, _ in without_skip(factor.body, context) if isinstance(factor, Group) else ():
                    yield replace(part, factors=(*part.factors[:place], new, *part.factors[place + 1 :])), ""


def with_skip(part: Node, context: Context) -> Found:
    """Put a 1 to some factors that stand side by side, or what stands around them as a term of its own."""
    if not context.skips or not isinstance(part, Product | Name | Derivative | Group | Apply | Call):
        return
    inside = dict.fromkeys(own for own in walk(part) if isinstance(own, Name | Derivative) and context.arrays)
    yield from ((Sum((own, part)), "") for own in inside if own != part)
    factors, signs = (part.factors, part.signs) if isinstance(part, Product) else ((part,), ())
    for start, end in combinations(range(len(factors) + 1), 2):
        inner = joined(factors[start:end], signs[start : max(start, end - 1)])
        around = (*factors[:start], *factors[end:])
        if not around:
            yield Sum((ONE, inner)), ""
            continue
        new = (*factors[:start], Group(Sum((ONE, inner))), *factors[end:])
        yield Product(new, (*signs[:start], *signs[end - 1 :])), ""


def turned_product(part: Node, context: Context) -> Found:
    """Write ``x d^T`` for ``d x^T``: two factors are exchanged, and the other one is transposed."""
    if not context.arrays or not isinstance(part, Product):
        return
    for place, sign in enumerate(part.signs):
        one, other = part.factors[place : place + 2]
        if sign != "@" and isinstance(one, Transpose) != isinstance(other, Transpose):
            pair = (_turned(other), _turned(one))
            yield replace(part, factors=(*part.factors[:place], *pair, *part.factors[place + 2 :])), ""


def _turned(factor: Node) -> Node:
    return factor.body if isinstance(factor, Transpose) else Transpose(factor)


def without_kronecker(part: Node, context: Context) -> Found:
    """Write 1 for a delta of Kronecker."""
    del context
    delta = isinstance(part, Name) and part.base == DELTA and len(part.sub) == 2
    if delta or (isinstance(part, Indicator) and part.relation == "="):
        yield ONE, ""


def opposite(part: Node, context: Context) -> Found:
    """Write the opposite condition, as that two indices differ where they are the same."""
    del context
    if isinstance(part, Indicator) and part.relation in OPPOSITE:
        yield replace(part, relation=OPPOSITE[part.relation]), ""


def with_kronecker(part: Node, context: Context) -> Found:
    """Write a delta of Kronecker for 1, in the letters of what is differentiated and by what."""
    if part != ONE:
        return
    for one, other in context.differentiated:
        yield Name(DELTA, (one, other)), ""
        yield Indicator(one, "=", other), ""


def exchanged_names(part: Node, context: Context) -> Found:
    """Exchange two quantities with each other: first those of one kind, and what is computed last."""
    if not isinstance(part, Sum | Product | Fraction | Call | Apply):
        return
    inside = {name for own in walk(part) if isinstance(own, Derivative) for name in (own.of, own.by)}
    names = [own for own in dict.fromkeys(walk(part)) if isinstance(own, Name) and own not in inside]
    known = context.knowledge.definitions
    pairs = [pair for pair in combinations(names, 2) if is_sibling(*pair) or not {*map(key, pair)} & known.keys()]
    found = sorted(pairs, key=lambda pair: (not is_sibling(*pair), key(pair[0]) in known))
    for one, other in found[:MOST_PAIRS]:
        yield _exchanged(part, {one: other, other: one}), ""


def _exchanged(part: Node, new: dict[Node, Name]) -> Node:
    def change(own: Node) -> Node | None:
        return own if isinstance(own, Derivative) else new.get(own) if isinstance(own, Name) else None

    return replaced(part, change)

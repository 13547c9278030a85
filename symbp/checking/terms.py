"""Slips in a sum: a term or path forgotten or counted twice, a bias forgotten, a mean for a sum.

Each rule yields what a part may become; the rule that undoes it stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import chain

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Summation,
    key,
    walk,
)
from .knowledge import is_closed
from .known import Context, Kind, has_decimals, is_sibling, lone_name
from .places import turned
from .structure import ONE, Found, times, without

MOST_SHIFTED = 2000  # terms of other units that are tried
COUNTS = ("n", "m", "N")  # the usual letters for how many
MAY_BE_SUMMED = Sum | Product | Name | Derivative | Number | Call | Apply | Power | Fraction | Negative | Summation


def is_path(term: Node, context: Context) -> bool:
    """Whether a term is one path of a chain rule, and no step against a gradient."""
    parts = list(walk(term))
    step = any(isinstance(part, Name) and key(part) in context.rates for part in parts)
    return not step and any(isinstance(part, Derivative) for part in parts)


def is_bias(term: Node, context: Context) -> bool:
    """Whether a term is a bias, by name or by value."""
    name = lone_name(term)
    if name is not None:
        return key(name) in context.biases
    number = _lone(term)
    return number is not None and any(
        isinstance(known.node, Name) and key(known.node) in context.biases for known in context.owners(number.text)
    )


def _lone(term: Node) -> Number | None:
    if isinstance(term, Product):
        rest = [factor for factor in term.factors if factor != ONE]
        return rest[0] if len(rest) == 1 and isinstance(rest[0], Number) else None
    return term if isinstance(term, Number) else None


def is_other(term: Node, context: Context) -> bool:
    """Whether a term is neither."""
    return not is_path(term, context) and not is_bias(term, context)


def fewer(kind: Kind) -> Callable[[Node, Context], Found]:
    """Return the rule that leaves out a term of a kind."""

    def rule(part: Node, context: Context) -> Found:
        if isinstance(part, Sum):
            for place, term in enumerate(part.terms):
                if kind(term, context):
                    yield without_term(part, place), ""

    return rule


def without_term(part: Sum, place: int) -> Node:
    """Return a sum without one term."""
    terms = part.terms[:place] + part.terms[place + 1 :]
    return terms[0] if len(terms) == 1 else Sum(terms)


def more(kind: Kind) -> Callable[[Node, Context], Found]:
    """Return the rule that puts a term of a kind in."""

    def rule(part: Node, context: Context) -> Found:
        terms = part.terms if isinstance(part, Sum) else (part,)
        if context.closed and isinstance(part, Number) and "." not in part.text:
            return  # a 2 among numbers is a factor or a count
        if part != ONE and not context.closed and not has_decimals(part) and is_closed(part):
            return  # 1/2 or 2 among letters is a factor or an exponent
        if isinstance(part, MAY_BE_SUMMED):
            known = context.sorted_out(kind)
            others = (term for term in (ONE, *_values(part, context), *_shifted(terms, context)) if kind(term, context))
            for term in chain(known, others):
                if term not in terms and turned(term) not in terms and not _is_within(term, terms):
                    yield Sum((term, part) if isinstance(part, Negative) else (*terms, term)), ""
                    yield Sum((*terms, turned(term))), ""

    return rule


def _values(part: Node, context: Context) -> Iterator[Node]:
    """Yield the known values where numbers stand; those of biases with their constant input, where there is one."""
    if has_decimals(part):
        for known in context.known:
            number = Number(known.text.lstrip("-"))
            if isinstance(known.node, Name) and key(known.node) in context.weighted_biases:
                yield times(number, ONE)
            yield number


def _shifted(terms: tuple[Node, ...], context: Context) -> Iterator[Node]:
    """Yield the terms of other units that are built like these."""
    count = 0
    for term in terms:
        for variant in _variants(term.body if isinstance(term, Negative) else term, context):
            count += 1
            if count > MOST_SHIFTED:
                return
            yield variant


def _variants(term: Node, context: Context) -> Iterator[Node]:
    """Yield a term with its quantities replaced by others of their kinds."""
    if isinstance(term, Product) and all(isinstance(factor, Name | Derivative | Number) for factor in term.factors):
        choices: list[tuple[Node, ...]] = [()]
        for factor in term.factors:
            kin = (factor, *(other for other in context.quantities if is_sibling(other, factor)))
            choices = [(*chosen, other) for chosen in choices for other in kin][:MOST_SHIFTED]
        yield from (Product(chosen, term.signs) for chosen in choices)
    elif isinstance(term, Name):
        yield from (other for other in context.names if is_sibling(other, term))


def twice(part: Node, context: Context) -> Found:
    """Count a term twice."""
    del context
    if isinstance(part, Sum):
        for place, term in enumerate(part.terms):
            yield Sum((*part.terms[: place + 1], term, *part.terms[place + 1 :])), ""


def once(part: Node, context: Context) -> Found:
    """Leave out a term that stands there twice."""
    del context
    if isinstance(part, Sum):
        for place, term in enumerate(part.terms):
            if term in part.terms[:place]:
                yield without_term(part, place), ""


def any_less(part: Node, context: Context) -> Found:
    """Leave out any term."""
    del context
    if isinstance(part, Sum):
        yield from ((without_term(part, place), "") for place in range(len(part.terms)))


def any_more(part: Node, context: Context) -> Found:
    """Put in a term that stands elsewhere."""
    if isinstance(part, Sum):
        others = (term for term in context.terms if term not in part.terms and not _is_within(term, part.terms))
        yield from ((Sum((*part.terms, term)), "") for term in others)


def _is_within(term: Node, terms: Collection[Node]) -> bool:
    """Whether a product of entries is part of one of the arrays that stands there: ``w_1 x_1`` of ``w x``."""
    if not isinstance(term, Product):
        return False
    whole = tuple(replace(part, sub=()) if isinstance(part, Name) else part for part in term.factors)
    return whole != term.factors and any(isinstance(own, Product) and own.factors == whole for own in terms)


def run_together(part: Node, context: Context) -> Found:
    """Lose the plus sign between two terms, so that their product stands there."""
    del context
    if isinstance(part, Sum) and len(part.terms) == 2:
        first, second = part.terms
        bare = first.body if isinstance(first, Negative) else first
        if not any(isinstance(term, Number | Negative | Sum) for term in (bare, second)):
            joined = Product((bare, second), ("",))
            yield Negative(joined) if isinstance(first, Negative) else joined, ""


def parted(part: Node, context: Context) -> Found:
    """Put a plus sign between two factors that stand side by side, neither of them a coefficient such as 2."""
    del context
    whole = part.body if isinstance(part, Negative) else part
    if not isinstance(whole, Product):
        return
    for place, sign in enumerate(whole.signs):
        if not sign:
            one, other = (_side(whole, slice(*ends)) for ends in ((0, place + 1), (place + 1, None)))
            if not any(isinstance(side, Number) and side != ONE for side in (one, other)):
                yield Sum((Negative(one) if isinstance(part, Negative) else one, other)), ""


def mean(part: Node, context: Context) -> Found:
    """Divide a sum by how many terms it has."""
    if isinstance(part, Sum) and len(part.terms) > 1 and len({type(term) for term in part.terms}) == 1:
        yield Fraction(part, Number(str(len(part.terms)))), ""
    elif isinstance(part, Summation):
        counts = (name for name in context.names if name.base in COUNTS and not name.sub)
        sizes = (part.high,) if isinstance(part.high, Name | Number) else counts
        yield from ((times(part, Fraction(ONE, size), first=True), "") for size in sizes)


def some_mean(part: Node, context: Context) -> Found:
    """Divide a sum by how many terms it has, or what follows from a mean by how many that is of."""
    yield from mean(part, context)
    if isinstance(part, Product | Group | Summation | Derivative | Name | Sum) and not context.closed:
        for size in context.means:
            yield _divided(part, Fraction(ONE, size)), ""


def _divided(part: Node, share: Fraction) -> Product:
    """Return a formula times a fraction, behind the number with which it begins."""
    if isinstance(part, Product) and isinstance(part.factors[0], Number):
        return replace(part, factors=(part.factors[0], share, *part.factors[1:]), signs=(part.signs[0], *part.signs))
    return times(part, share, first=True)


def total(part: Node, context: Context) -> Found:
    """Leave out what makes a mean of a sum."""
    del context
    if isinstance(part, Fraction):
        inner = part.above.body if isinstance(part.above, Group) else part.above
        if (isinstance(inner, Sum) and part.below == Number(str(len(inner.terms)))) or isinstance(inner, Summation):
            yield inner, ""
    elif isinstance(part, Product):
        for place, factor in enumerate(part.factors):
            if isinstance(factor, Fraction) and factor.above == ONE and _counts(factor.below, part):
                yield without(part, place), ""


def _counts(size: Node, part: Product) -> bool:
    """Whether a number may be how many terms a sum in the product has."""
    inner = [factor.body if isinstance(factor, Group) else factor for factor in part.factors]
    sums = [node for node in inner if isinstance(node, Sum)]
    if any(isinstance(node, Summation) for node in inner):
        return True
    return any(size == Number(str(len(node.terms))) for node in sums)


def _side(product: Product, which: slice) -> Node:
    factors = product.factors[which]
    return factors[0] if len(factors) == 1 else Product(factors, product.signs[which][: len(factors) - 1])

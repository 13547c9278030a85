"""Slips in the build of a formula: signs, parentheses, factors, exponents, the order and kind of products.

Each rule yields what a part may become; where a slip and its undoing differ, the rule that undoes it stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

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
    Transpose,
    walk,
)
from .known import Context
from .places import bracketed, turned

Found = Iterator[tuple[Node, str]]
ONE, TWO = Number("1"), Number("2")
HALF = Fraction(ONE, TWO)
EXPONENTS = ("2", "3", "-1")


def sign(part: Node, context: Context) -> Found:
    """Turn a sign."""
    del context
    if isinstance(part, Negative):
        yield part.body, ""
    elif isinstance(part, Sum):
        for place, term in enumerate(part.terms):
            yield Sum((*part.terms[:place], turned(term), *part.terms[place + 1 :])), ""
        if len(part.terms) == 2:
            yield Sum(tuple(turned(term) for term in reversed(part.terms))), ""  # t - y for y - t
    elif isinstance(part, Number | Product | Group | Name | Fraction | Derivative | Summation):
        yield Group(Negative(part)), ""


def without_parentheses(part: Node, context: Context) -> Found:
    """Leave out printed brackets around a sum."""
    del context
    if isinstance(part, Negative) and (terms := _bracketed_terms(part.body)):
        yield Sum((Negative(terms[0]), *terms[1:])), ""
    elif isinstance(part, Power) and (terms := _bracketed_terms(part.base)):
        yield Sum((*terms[:-1], _on_the_body(terms[-1], lambda body: Power(body, part.exponent)))), ""
    elif isinstance(part, Product):
        for place, factor in enumerate(part.factors):
            if terms := _bracketed_terms(factor):
                yield _flattened(part, place, terms), ""
    elif isinstance(part, Sum):
        for place, term in enumerate(part.terms):
            if isinstance(term, Negative) and (terms := _bracketed_terms(term.body)):
                yield Sum((*part.terms[:place], Negative(terms[0]), *terms[1:], *part.terms[place + 1 :])), ""


def _bracketed_terms(node: Node) -> tuple[Node, ...]:
    return node.body.terms if isinstance(node, Group) and isinstance(node.body, Sum) else ()


def _on_the_body(term: Node, change: object) -> Node:
    assert callable(change)
    result: Node = Negative(change(term.body)) if isinstance(term, Negative) else change(term)
    return result


def _flattened(part: Product, place: int, terms: tuple[Node, ...]) -> Sum:
    """Return ``a (b + c) d`` as ``a b + c d``."""
    before, after = part.factors[:place], part.factors[place + 1 :]
    first = turned(joined((*before, terms[0].body), part.signs[:place])) if isinstance(terms[0], Negative) else None
    first = first or joined((*before, terms[0]), part.signs[:place])
    last = _on_the_body(terms[-1], lambda body: joined((body, *after), part.signs[place:]))
    return Sum((first, *terms[1:-1], last))


def joined(factors: tuple[Node, ...], signs: tuple[str, ...]) -> Node:
    """Return a product, or what there is of one factor."""
    return factors[0] if len(factors) == 1 else Product(factors, signs)


def with_parentheses(part: Node, context: Context) -> Found:
    """Put brackets around some terms of a sum."""
    del context
    if not isinstance(part, Sum):
        return
    for start, end in combinations(range(len(part.terms) + 1), 2):
        if end - start > 1:
            before, inner, after = part.terms[:start], part.terms[start:end], part.terms[end:]
            for new in _embraced(inner):
                yield (Sum((*before, new, *after)) if before or after else new), ""


def _embraced(terms: tuple[Node, ...]) -> Iterator[Node]:
    """Yield what some terms of a sum may have been before brackets in them were lost."""
    first, middle, last = terms[0], terms[1:-1], terms[-1]
    minus = isinstance(first, Negative)
    head = first.body if isinstance(first, Negative) else first
    if minus:
        yield Negative(Group(Sum((head, *middle, last))))
    for before, own in _split(head, at_end=True):
        for inner, after, exponent in _tails(last):
            if before or after or exponent is not None:
                sum_: Node = Group(Sum((own, *middle, inner)))
                sum_ = sum_ if exponent is None else Power(sum_, exponent)
                product = joined((*before, sum_, *after), ("*",) * (len(before) + len(after)))
                yield Negative(product) if minus else product


def _split(term: Node, *, at_end: bool) -> Iterator[tuple[tuple[Node, ...], Node]]:
    """Yield the ways to leave some factors of a term outside of brackets."""
    yield (), term
    if isinstance(term, Product):
        factors = term.factors
        for cut in range(1, len(factors)):
            outer, inner = (factors[:cut], factors[cut:]) if at_end else (factors[-cut:], factors[:-cut])
            signs = term.signs[cut:] if at_end else term.signs[: len(factors) - cut - 1]
            yield outer, joined(inner, signs)


def _tails(last: Node) -> Iterator[tuple[Node, tuple[Node, ...], Node | None]]:
    """Yield the inner part of a last term, the factors after its brackets, and their exponent."""
    body = last.body if isinstance(last, Negative) else last
    for after, inner in _split(body, at_end=False):
        yield (Negative(inner) if isinstance(last, Negative) else inner), after, None
    if isinstance(body, Power):
        yield (Negative(body.base) if isinstance(last, Negative) else body.base), (), body.exponent


def without(part: Product, place: int) -> Node:
    """Return a product without one factor."""
    signs = part.signs[1:] if place == 0 else part.signs[: place - 1] + part.signs[place:]
    return joined(part.factors[:place] + part.factors[place + 1 :], signs)


def times(part: Node, factor: Node, *, first: bool = False) -> Product:
    """Return a formula with one factor more."""
    factors, signs = (part.factors, part.signs) if isinstance(part, Product) else ((bracketed(part),), ())
    mark = next((sign for sign in signs if sign != "@"), "*")
    return Product((factor, *factors), (mark, *signs)) if first else Product((*factors, factor), (*signs, mark))


def fewer_factors(part: Node, context: Context) -> Found:
    """Leave out a factor."""
    del context
    if isinstance(part, Product):
        for place, factor in enumerate(part.factors):
            if factor not in (ONE, TWO, HALF) and _derivative_of(factor) is None:
                yield without(part, place), ""


def more_factors(part: Node, context: Context) -> Found:
    """Put in a factor that stands elsewhere in the document."""
    if isinstance(part, Product | Name | Group | Power | Fraction | Derivative | Number | Call | Apply | Summation):
        found = (*_steps(part), *context.factors) if part != ONE else ()
        yield from ((_beside(part, factor), "") for factor in found)
        if context.arrays and isinstance(part, Product | Name | Derivative):
            yield from ((times(part, factor, first=True), "") for factor in context.factors)


def _steps(part: Node) -> Iterator[Node]:
    """Yield the steps that are left out between the derivatives of a chain rule."""
    for before, behind in pairwise(part.factors if isinstance(part, Product) else ()):
        if isinstance(before, Derivative) and isinstance(behind, Derivative) and before.by != behind.of:
            yield Derivative(before.by, behind.of, before.upright)


def _beside(part: Node, factor: Node) -> Product:
    """Return a formula with one factor more: a derivative behind that which it carries on."""
    factors = part.factors if isinstance(part, Product) else ()
    for place, before in enumerate(factors):
        if isinstance(before, Derivative) and isinstance(factor, Derivative) and before.by == factor.of:
            assert isinstance(part, Product)
            signs = (*part.signs[:place], part.signs[0], *part.signs[place:])
            return Product((*factors[: place + 1], factor, *factors[place + 1 :]), signs)
    return times(part, factor)


def another_factor(part: Node, context: Context) -> Found:
    """Put a factor into a product that stands elsewhere in the document."""
    if isinstance(part, Product):
        yield from ((times(part, factor), "") for factor in context.factors)


def repeated_factor(part: Node, context: Context) -> Found:
    """Write a factor twice."""
    del context
    if isinstance(part, Product):
        for place, factor in enumerate(part.factors):
            if factor not in (ONE, TWO, HALF):
                signs = (*part.signs[:place], "*", *part.signs[place:])
                yield Product((*part.factors[: place + 1], factor, *part.factors[place + 1 :]), signs), ""


def once_only(part: Node, context: Context) -> Found:
    """Leave out a factor that stands there twice."""
    del context
    if isinstance(part, Product):
        for place, factor in enumerate(part.factors):
            if factor in part.factors[:place]:
                yield without(part, place), ""


def any_factor_less(part: Node, context: Context) -> Found:
    """Leave out any factor."""
    del context
    if isinstance(part, Product):
        yield from ((without(part, place), "") for place in range(len(part.factors)))


def two(part: Node, context: Context) -> Found:
    """Lose a factor of 2 or of one half, or put one in."""
    yield from no_two(part, context)
    if isinstance(part, Product) and not any(factor in (TWO, HALF) for factor in part.factors):
        yield times(part, TWO, first=True), ""


def no_two(part: Node, context: Context) -> Found:
    """Leave out a factor of 2 or of one half."""
    del context
    if isinstance(part, Product):
        for place, factor in enumerate(part.factors):
            if factor in (TWO, HALF):
                yield without(part, place), ""
    elif isinstance(part, Fraction) and part.below == TWO:
        yield part.above, ""


def some_two(part: Node, context: Context) -> Found:
    """Undo the same."""
    yield from no_two(part, context)
    if isinstance(part, Product | Name | Group | Power | Fraction | Derivative | Summation | Call):
        yield times(part, HALF, first=True), ""
        yield times(part, TWO, first=True), ""


def no_derivative_factor(part: Node, context: Context) -> Found:
    """Leave out the ``1 - x`` of ``x (1 - x)``, or the ``1 - x^2`` of a product."""
    del context
    if isinstance(part, Product):
        for place, factor in enumerate(part.factors):
            if _derivative_of(factor) is not None:
                yield without(part, place), ""


def derivative_factor(part: Node, context: Context) -> Found:
    """Put in the ``1 - x`` behind an ``x``, a ``1 - x^2``, or the ``f'(z)`` of an ``f(z)`` that stands elsewhere."""
    factors, signs = (part.factors, part.signs) if isinstance(part, Product) else ((part,), ())
    for place, factor in enumerate(factors):
        simple = isinstance(factor, Name | Number | Call | Apply | Fraction | Group) and _derivative_of(factor) is None
        if simple and factor not in (ONE, TWO, HALF):
            new = Group(Sum((ONE, Negative(factor))))
            yield (
                Product((*factors[: place + 1], new, *factors[place + 1 :]), (*signs[:place], "*", *signs[place:])),
                "",
            )
    if isinstance(part, Product | Derivative | Group | Name | Fraction):
        outputs = (name for name in context.names if name.base in context.outputs)
        for output in (*outputs, *(factor for factor in context.factors if isinstance(factor, Apply | Call))):
            yield times(part, Group(Sum((ONE, Negative(Power(output, TWO)))))), ""
            yield times(part, Group(Sum((ONE, Negative(output))))), ""
    if isinstance(part, Product | Group):
        yield from ((times(part, slope), "") for slope in dict.fromkeys(_slopes(part, context)))


def _slopes(part: Node, context: Context) -> Iterator[Apply]:
    """Yield the derivatives of the functions that are applied, where they are and at the units of the part."""
    units = {(name.sub, name.label) for name in walk(part) if isinstance(name, Name)}
    for applied in context.applied:
        yield replace(applied, primes=1)
        if isinstance(argument := applied.arguments[0], Name):
            yield from (
                replace(applied, arguments=(replace(argument, sub=sub, label=label),), primes=1)
                for sub, label in units
                if (len(sub), len(label)) == (len(argument.sub), len(argument.label))
            )


def _derivative_of(factor: Node) -> Node | None:
    """Return the x of ``1 - x`` or ``1 - x^2`` in brackets."""
    terms = _bracketed_terms(factor)
    if len(terms) == 2 and terms[0] == ONE and isinstance(terms[1], Negative):
        inner = terms[1].body
        return inner.base if isinstance(inner, Power) and inner.exponent == TWO else inner
    return None


def other_exponent(part: Node, context: Context) -> Found:
    """Lose an exponent, or write another number there."""
    del context
    if isinstance(part, Power):
        yield part.base, ""
        found = dict.fromkeys((*map(_whole, EXPONENTS), *_beside_it(part.exponent)))
        yield from ((replace(part, exponent=e), "") for e in found if e not in (part.exponent, ONE))
    elif isinstance(part, Call) and part.function == "sqrt":
        yield bracketed(part.arguments[0]), ""


def _beside_it(exponent: Node) -> Iterator[Node]:
    """Yield a printed exponent with one less, and with one more: ``-3/2`` and ``1/2`` for ``-1/2``."""
    inner = exponent.body if isinstance(exponent, Negative) else exponent
    above, below = (inner.above, inner.below) if isinstance(inner, Fraction) else (inner, ONE)
    if isinstance(above, Number) and isinstance(below, Number) and above.text.isdigit() and below.text.isdigit():
        own = -int(above.text) if isinstance(exponent, Negative) else int(above.text)
        for number in (own - int(below.text), own + int(below.text)):
            size = Number(str(abs(number)))
            new = replace(inner, above=size) if isinstance(inner, Fraction) else size
            yield Negative(new) if number < 0 else new


def some_exponent(part: Node, context: Context) -> Found:
    """Undo the same."""
    yield from other_exponent(part, context)
    if isinstance(part, Group | Name | Number | Call):
        yield from ((Power(part, _whole(text)), "") for text in EXPONENTS)
    elif isinstance(part, Fraction) and isinstance(part.below, Sum):
        yield from ((replace(part, below=Power(Group(part.below), _whole(text))), "") for text in EXPONENTS)
        yield replace(part, below=Call("sqrt", (part.below,))), ""


def _whole(text: str) -> Node:
    return Negative(Number(text[1:])) if text.startswith("-") else Number(text)


def no_prime(part: Node, context: Context) -> Found:
    """Lose the prime of a derivative."""
    del context
    if isinstance(part, Apply) and part.primes:
        yield replace(part, primes=part.primes - 1), ""


def prime(part: Node, context: Context) -> Found:
    """Put a prime there."""
    del context
    if isinstance(part, Apply):
        yield replace(part, primes=part.primes + 1), ""


def no_transpose(part: Node, context: Context) -> Found:
    """Lose a transpose."""
    del context
    if isinstance(part, Transpose):
        yield part.body, ""


def transposed(part: Node, context: Context) -> Found:
    """Put a transpose there, or take one away."""
    yield from no_transpose(part, context)
    if context.arrays and isinstance(part, Name | Group | Derivative):
        yield Transpose(part), ""


def other_order(part: Node, context: Context) -> Found:
    """Exchange two neighbouring factors of arrays."""
    if context.arrays and isinstance(part, Product):
        for place in range(len(part.factors) - 1):
            one, other = part.factors[place : place + 2]
            yield replace(part, factors=(*part.factors[:place], other, one, *part.factors[place + 2 :])), ""


def elementwise(part: Node, context: Context) -> Found:
    """Write a product entry by entry for a matrix product."""
    yield from _signed(part, context, old="*", new="@")


def matrix_product(part: Node, context: Context) -> Found:
    """Write a matrix product for one entry by entry."""
    yield from _signed(part, context, old="@", new="*")


def _signed(part: Node, context: Context, *, old: str, new: str) -> Found:
    if context.arrays and isinstance(part, Product):
        for place, mark in enumerate(part.signs):
            if (mark == "@") == (old == "@"):
                yield replace(part, signs=(*part.signs[:place], new, *part.signs[place + 1 :])), ""

"""Numbers put in for names: which quantity each printed number stands for, and the line as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..formulas import Derivative, Name, Node, Number, Product, Sum, children, key, map_children, without_groups
from ..formulas.tree import Span
from .exchanges import signed
from .knowledge import CONSTANTS, lone_number
from .known import Known, called
from .parts import replaced


def put_in(formula: Node, known: Mapping[str, Known], *, but: frozenset[str]) -> Node | None:
    """Return a formula with the values of its names put in, ``but`` some; nothing where others have none."""
    quantities = {called(quantity) for quantity in quantities_in(formula)} - but
    if not quantities or quantities - known.keys():
        return None

    def value(part: Node) -> Node | None:
        name = called(part) if isinstance(part, Name | Derivative) else ""
        return signed(known[name]) if name in quantities else None

    return replaced(formula, value)


def quantities_in(formula: Node) -> Iterator[Node]:
    """Yield the names and derivatives of a formula."""
    if isinstance(formula, Name | Derivative):
        if not (isinstance(formula, Name) and key(formula) in CONSTANTS):
            yield formula
        return
    for part in children(formula):
        yield from quantities_in(part)


def belonging(formula: Node, numbers: Node) -> Mapping[Span, tuple[Node, Node]]:
    """Return by place the printed numbers, each after the quantity of a formula before for which it was put in.

    >>> from symbp.formulas import read
    >>> [key(name) for name, _ in belonging(read("w x + b"), read("0.5 * 3 + 1")).values()]
    ['w', 'x', 'b']
    """
    found = _aligned(_flat(without_groups(formula)), _flat(without_groups(numbers)))
    return {number.span: (quantity, number) for quantity, number in found}


def _flat(node: Node) -> Node:
    """Return a formula in which sums in a sum are one sum, and products in a product one product."""
    node = map_children(node, _flat)
    if isinstance(node, Sum):
        return Sum(tuple(t for term in node.terms for t in (term.terms if isinstance(term, Sum) else (term,))))
    if not isinstance(node, Product):
        return node
    factors = [factor.factors if isinstance(factor, Product) else (factor,) for factor in node.factors]
    inner = [factor.signs if isinstance(factor, Product) else () for factor in node.factors]
    signs = [sign for own, after in zip(inner, (*node.signs, ""), strict=True) for sign in (*own, after)][:-1]
    return Product(tuple(part for parts in factors for part in parts), tuple(signs))


def _aligned(formula: Node, numbers: Node) -> Iterator[tuple[Node, Node]]:
    if isinstance(formula, Name | Derivative):
        if lone_number(numbers) is not None:
            yield formula, numbers
        return
    if type(formula) is not type(numbers) or isinstance(formula, Number):
        return
    one, other = list(children(formula)), list(children(numbers))
    if isinstance(formula, Product) and len(one) < len(other):  # the last factor is written out
        one, other = one[:-1], other[: len(one) - 1]
    if len(one) == len(other) and getattr(formula, "function", None) == getattr(numbers, "function", None):
        for first, second in zip(one, other, strict=True):
            yield from _aligned(first, second)

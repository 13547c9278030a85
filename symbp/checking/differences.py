"""Differences such as ``L(w + h) - L(w - h)``, where L is no function in print: what it comes to at other values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..formulas import Group, Name, Node, Product, Sum, key, map_children, walk
from .knowledge import Knowledge

FEWEST = 2  # places at which a quantity is taken, so that the difference is looked at
MOST_PARTS = 4000  # of a formula that is written out


def differenced(node: Node, knowledge: Knowledge) -> Node:
    """Return a formula in which a quantity before a nudged name in brackets is what it is there, and no factor."""
    found = list(_nudged(node, knowledge))
    if len({key(quantity) for quantity, _, _ in found}) != 1 or len({group for _, _, group in found}) < FEWEST:
        return node
    return _written(node, knowledge)


def _nudged(node: Node, knowledge: Knowledge) -> Iterator[tuple[Name, Name, Group]]:
    for part in walk(node):
        for one, other in pairwise(part.factors) if isinstance(part, Product) else ():
            if (name := _moved(one, other, knowledge=knowledge)) is not None and isinstance(one, Name):
                assert isinstance(other, Group)
                yield one, name, other


def _moved(one: Node, other: Node, *, knowledge: Knowledge) -> Name | None:
    """Return the name that is nudged in the brackets behind a quantity that depends on it."""
    if not (isinstance(one, Name) and isinstance(other, Group) and isinstance(other.body, Sum)):
        return None
    first, *nudge = other.body.terms
    if not isinstance(first, Name) or len(nudge) != 1 or key(first) not in knowledge.needs(key(one)):
        return None
    return first


def _written(node: Node, knowledge: Knowledge) -> Node:
    if not isinstance(node, Product):
        return map_children(node, lambda part: _written(part, knowledge))
    factors: list[Node] = []
    signs: list[str] = []
    for place, factor in enumerate(node.factors):
        name = _moved(factors[-1], factor, knowledge=knowledge) if factors else None
        if name is not None and isinstance(factors[-1], Name):
            factors[-1] = Group(_at(factors[-1], (name, factor), knowledge=knowledge, left=[MOST_PARTS]))
        else:
            signs += node.signs[place - 1 : place] if factors else []
            factors.append(_written(factor, knowledge))
    return Product(tuple(factors), tuple(signs)) if factors[1:] else factors[0]


def _at(quantity: Name, other: tuple[Name, Node], *, knowledge: Knowledge, left: list[int]) -> Node:
    """Return the formula of a quantity with another value for a name on which it depends."""
    name, value = other
    body = knowledge.definitions.get(key(quantity))
    if body is None or left[0] <= 0:
        return quantity

    def put(part: Node) -> Node:
        left[0] -= 1
        if not isinstance(part, Name):
            return map_children(part, put)
        if key(part) == key(name):
            return value
        return (
            Group(_at(part, other, knowledge=knowledge, left=left)) if key(name) in knowledge.needs(key(part)) else part
        )

    return put(body)

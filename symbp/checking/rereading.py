"""Other formulas that a printed link may be read as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formulas import Derivative, Group, Negative, Node, Product, Sum, map_children


def other_readings(left: Node, right: Node) -> Iterator[tuple[Node, Node, str]]:
    """Yield a link as its print may be read too, and what is other then.

    A derivative in front of a sum may be of the whole sum, and braces that are not printed bracket no sum.
    """
    for one, other in ((_widened(left), right), (left, _widened(right))):
        if one != left or other != right:
            yield one, other, "where the derivative is of the whole sum"
    one, other = _unbraced(left), _unbraced(right)
    if one != left or other != right:
        yield one, other, "as it is printed, without braces"


def _widened(node: Node) -> Node:
    first = node.terms[0] if isinstance(node, Sum) else node
    behind = isinstance(first, Derivative) and first.of.span[0] >= first.by.span[1] > 0  # and not within the fraction
    if isinstance(node, Sum) and isinstance(first, Derivative) and behind and not isinstance(first.of, Group):
        return replace(first, of=Sum((first.of, *node.terms[1:])))
    return node


def _unbraced(node: Node) -> Node:
    """Return a formula in which sums within products have no brackets: only braces of the source stand around them."""
    node = map_children(node, _unbraced)
    if not isinstance(node, Product):
        return node
    place = next((place for place, factor in enumerate(node.factors) if isinstance(factor, Sum)), None)
    if place is None:
        return node
    inner = node.factors[place]
    assert isinstance(inner, Sum)
    first, *between, last = inner.terms
    before, behind = node.factors[:place], node.factors[place + 1 :]
    ending = Negative(_times((last.body, *behind))) if isinstance(last, Negative) else _times((last, *behind))
    return Sum((_times((*before, first)), *between, ending))


def _times(factors: tuple[Node, ...]) -> Node:
    return Product(factors, ("",) * (len(factors) - 1)) if len(factors) > 1 else factors[0]

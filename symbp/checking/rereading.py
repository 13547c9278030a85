"""Other formulas that a printed link may be read as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formulas import (
    Derivative,
    Group,
    Matrix,
    Negative,
    Node,
    Product,
    Sum,
    Transpose,
    has_part,
    map_children,
    without_groups,
)


def other_readings(left: Node, right: Node) -> Iterator[tuple[Node, Node, str]]:
    """Yield a link as its print may be read too, and what is other then.

    A derivative in front of a sum may be of the whole sum, and braces that are not printed bracket no sum. A dot may
    multiply vectors entry by entry, and vectors that are printed on one line may be columns.
    """
    for one, other in ((_widened(left), right), (left, _widened(right))):
        if one != left or other != right:
            yield one, other, "where the derivative is of the whole sum"
    if has_part(right, Matrix) and isinstance(product := without_groups(left), Product):
        if set(product.signs) == {"*"}:
            yield replace(product, signs=("@",) * len(product.signs)), right, "entry by entry"
        if (turned := _turned(product)) is not None:
            yield turned, right, "with its vectors as columns"
    if not has_part(right, Matrix) and (entries := _summed(left)) is not None:
        yield entries, right, "as the sum of all entries"
    one, other = _unbraced(left), _unbraced(right)
    if one != left or other != right:
        yield one, other, "as it is printed, without braces"


def _turned(node: Product) -> Product | None:
    """Return a product of a vector and one that is turned, ``u v^T``, as that of a column and a row."""
    one, *rest = node.factors
    if len(rest) != 1 or not isinstance(turned := rest[0], Transpose):
        return None
    return replace(node, factors=(Transpose(one), turned.body))


def _summed(node: Node) -> Node | None:
    """Return the sum of all entries of a product entry by entry of printed arrays, as of a patch and a kernel."""
    if isinstance(node, Sum):
        terms = [_summed(without_groups(term)) for term in node.terms]
        return Sum(tuple(term for term in terms if term is not None)) if None not in terms else None
    if not isinstance(node, Product) or node.signs != ("@",):
        return None
    one, other = map(without_groups, node.factors)
    if not isinstance(one, Matrix) or not isinstance(other, Matrix):
        return None
    cells = [[entry for row in matrix.rows for entry in row.entries] for matrix in (one, other)]
    if [len(row.entries) for row in one.rows] != [len(row.entries) for row in other.rows] or len(cells[0]) < 2:
        return None
    return Sum(tuple(Product((Group(a), Group(b)), ("*",)) for a, b in zip(*cells, strict=True)))


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

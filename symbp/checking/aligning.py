"""What must stand for what, if two formulas of one shape are equal part by part."""

from collections.abc import Iterator

from ..formulas import (
    Derivative,
    Fraction,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    Summation,
    children,
    key,
    without_groups,
)
from .knowledge import Knowledge, lone_number


def align(left: Node, right: Node) -> Iterator[tuple[Name, Node]]:
    """Yield what must stand for each name on the left if two formulas of one shape are equal part by part.

    >>> from symbp.formulas import key, latex, read
    >>> [(key(name), latex(node)) for name, node in align(read("w x + b"), read("0.5 * 3 + 1"))]
    [('w', '0.5'), ('x', '3'), ('b', '1')]
    """
    if isinstance(left, Name):
        if left != right:
            yield left, right
    elif isinstance(left, Product) and isinstance(right, Product) and len(left.factors) == 2 < len(right.factors):
        yield from align(left.factors[0], right.factors[0])
        yield from align(left.factors[1], Product(right.factors[1:], right.signs[1:]))
    elif isinstance(left, Product) and not isinstance(right, Product) and (only := _only_factor(left)) is not None:
        yield from align(only, right)
    elif isinstance(left, Sum) and isinstance(right, Sum):
        terms = list(_terms(left)), list(_terms(right))
        if len(terms[0]) == len(terms[1]):
            for one, other in zip(*terms, strict=True):
                yield from align(one, other)
    elif type(left) is type(right) and not isinstance(left, Number | Derivative):
        parts = list(children(left)), list(children(right))
        if len(parts[0]) == len(parts[1]) and _same_head(left, right):
            for one, other in zip(*parts, strict=True):
                yield from align(one, other)


def _only_factor(product: Product) -> Node | None:
    """Return what is left of a product such as ``b * 1`` without its ones."""
    others = [factor for factor in product.factors if factor != Number("1")]
    return others[0] if len(others) == 1 else None


def _terms(node: Node) -> Iterator[Node]:
    """Yield the terms of a sum, also those in brackets, in order."""
    if isinstance(node, Sum):
        for term in node.terms:
            yield from _terms(term)
    elif isinstance(node, Group) and isinstance(without_groups(node), Sum):
        yield from _terms(without_groups(node))
    else:
        yield node


def _same_head(left: Node, right: Node) -> bool:
    shapes = (Sum, Product, Fraction, Negative, Group, Summation)
    return isinstance(left, shapes) or getattr(left, "function", None) == getattr(right, "function", None)


def plays_two_roles(left: Node, right: Node, knowledge: Knowledge) -> bool:
    """Whether the numbers put in are put in for the same names elsewhere too: other values than are printed."""
    pairs = [
        *align(without_groups(left), without_groups(right)),
        *align(without_groups(right), without_groups(left)),
    ]
    found = [(key(name), number.text) for name, node in pairs if (number := lone_number(node)) is not None]
    return any(knowledge.literals.get(pair, 0) > 1 for pair in found)

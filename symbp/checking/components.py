"""Functions of a vector printed by component, ``\\phi_j(z)`` or ``\\phi(z)_j``: quantities such as ``\\phi_j``."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise

from ..formulas import Apply, Indexed, Name, Node, ReadError, map_children, walk, without_groups
from .knowledge import Read


def with_components(chains: list[Read]) -> list[Read]:
    """Return chains in which the components of functions of a vector are names; only where a formula shows the vector.

    A formula for ``\\phi_j(z)`` in which ``z_j`` stands shows that ``z`` is one.
    """
    found = set(_bases(chains))
    if not found:
        return chains
    return [chain.changed(partial(_named, bases=found)) for chain in chains]


def _bases(chains: list[Read]) -> Iterator[str]:
    """Yield the functions beside a component of which a formula stands in the entries of its argument."""
    for chain in chains:
        for left, right in pairwise(chain.members):
            if isinstance(left, ReadError) or isinstance(right, ReadError):
                continue
            head = _component(without_groups(left))
            if head is None or not isinstance(argument := head[1], Name):
                continue
            entries = {part.base for part in walk(right) if isinstance(part, Name) and part.sub}
            if argument.base in entries and not argument.sub:
                yield head[0].base


def _component(node: Node) -> tuple[Name, Node] | None:
    """Return the name and the argument of a component; nothing for other formulas."""
    if isinstance(node, Indexed) and isinstance(body := without_groups(node.body), Apply) and not body.function.sub:
        return None if body.primes else (replace(body.function, sub=node.sub), body.arguments[0])
    if isinstance(node, Apply) and node.function.sub and not node.primes and len(node.arguments) == 1:
        return node.function, node.arguments[0]
    return None


def _named(node: Node, *, bases: set[str]) -> Node:
    head = _component(node)
    if head is not None and head[0].base in bases and isinstance(head[1], Name) and not head[1].sub:
        return replace(head[0], span=node.span)
    return map_children(node, lambda part: _named(part, bases=bases))

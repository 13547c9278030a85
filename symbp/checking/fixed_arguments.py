r"""Quantities that a document prints with what they are of, as ``y(x)`` and ``\phi_j(x)``, always with the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formulas import Apply, Gradient, Name, Node, ReadError, Summation, map_children, walk, without_groups
from .indices import letters_of
from .knowledge import Read

Family = tuple[str, tuple[str, ...]]
Use = tuple[tuple[Node, ...], int]  # what a function is applied to, and the number of primes


def without_arguments(chains: list[Read]) -> list[Read]:
    r"""Return chains without the arguments of quantities with indices, or that are sums, where these never change.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = r"$y(x) = \sum_j w_j \phi_j(x)$, $\phi_j(x) = e^{x c_j}$"
    >>> found = without_arguments(read_chains(chains(text), Roles(functions=frozenset({"y", "\\phi"}))))
    >>> latex(found[0].members[0]), latex(found[1].members[0])
    ('y', '\\phi_j')
    """
    parts = [part for chain in chains for node in chain.nodes for part in walk(node)]
    applied: dict[Family, set[Use]] = {}
    for part in parts:
        if isinstance(part, Apply):
            applied.setdefault(_family(part.function), set()).add((part.arguments, part.primes))
    names = [part for part in parts if isinstance(part, Name)]
    varied = letters_of(names) | {
        part.index.base for part in parts if isinstance(part, Summation) and isinstance(part.index, Name)
    }
    wanted = {*map(_family, _numbered(chains, parts))}
    fixed = {
        family
        for family, found in applied.items()
        if family in wanted and len(found) == 1 and all(_is_fixed(use, varied) for use in found)
    }
    return [chain.changed(lambda node: _bare(node, fixed)) for chain in chains] if fixed else chains


def _family(name: Name) -> Family:
    return name.base, name.marks


def _numbered(chains: list[Read], parts: list[Node]) -> Iterator[Name]:
    """Yield the functions with an index, and those of which the formula has a sum over one."""
    for part in parts:
        if isinstance(part, Apply) and part.function.sub and letters_of([part.function]):
            yield part.function
    for chain in chains:
        head = None if isinstance(chain.members[0], ReadError) else without_groups(chain.members[0])
        if isinstance(head, Apply) and any(isinstance(part, Summation) for node in chain.nodes for part in walk(node)):
            yield head.function


def _is_fixed(use: Use, varied: set[str]) -> bool:
    arguments, primes = use
    plain = all(isinstance(part, Name) and not part.sub and part.base not in varied for part in arguments)
    return plain and not primes


def _bare(node: Node, fixed: set[Family]) -> Node:
    if isinstance(node, Gradient) and not node.by and isinstance(node.of, Apply) and _family(node.of.function) in fixed:
        return replace(node, of=_bare(node.of, fixed), by=node.of.arguments)
    if isinstance(node, Apply) and _family(node.function) in fixed:
        return replace(node.function, span=node.span)
    return map_children(node, lambda part: _bare(part, fixed))

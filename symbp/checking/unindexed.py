"""Sums without an index, such as ``\\sum e^{x_j}``: over the one letter in them that their chain has nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formulas import Name, Node, ReadError, Summation, children, key, map_children
from .indices import letters_of, names_with_bound
from .knowledge import Read


def with_indices(chains: list[Read]) -> list[Read]:
    """Return chains in which a sum says over what it is, where its letters leave no choice.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> latex(with_indices(read_chains(chains("$y_i = x_i + \\\\sum x_j$"), Roles()))[0].members[1])
    'x_i + \\\\sum_{j} x_j'
    """
    return [_said(chain) if any(map(_is_open, chain.members)) else chain for chain in chains]


def _said(chain: Read) -> Read:
    free = {letter for node in chain.nodes for letter in _free(node)}
    return chain.changed(lambda node: _with(node, free))


def _is_open(node: Node | ReadError) -> bool:
    """Whether a sum without an index and a range stands in a formula."""
    if isinstance(node, ReadError):
        return False
    return _is_bare(node) or any(map(_is_open, children(node)))


def _is_bare(node: Node) -> bool:
    return isinstance(node, Summation) and node.index is None and node.low is None and node.high is None


def _free(node: Node) -> Iterator[str]:
    """Yield the letters that stand outside of the sums without an index, and that no other sum binds."""
    if _is_bare(node):
        return
    if isinstance(node, Name):
        yield from (key(node), *letters_of([node]))
    elif isinstance(node, Summation) and node.index is not None:
        yield from (letter for part in children(node) for letter in _free(part) if letter != key(node.index))
    else:
        yield from (letter for part in children(node) for letter in _free(part))


def _with(node: Node, free: set[str]) -> Node:
    node = map_children(node, lambda part: _with(part, free))
    if not isinstance(node, Summation) or not _is_bare(node):
        return node
    found = {
        letter for name, bound in names_with_bound(node.body) for letter in letters_of([name]) if letter not in bound
    }
    found -= free
    return replace(node, index=Name(found.pop())) if len(found) == 1 else node

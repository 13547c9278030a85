"""Shapes that a document prints beneath its names, as in ``X_{3 \\times 2}``: notes, and not part of the name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from ..formulas import Name, Node, map_children, walk

_TIMES = Name("\\times")
_NOTE = 3  # the parts of an index that are a shape: rows, the sign, columns


def without_sizes(members: Iterable[Node]) -> Callable[[Node], Node]:
    """Return what leaves the shapes out of the indices of names; not of those that only their shapes tell apart.

    >>> from symbp.formulas import plain, read
    >>> bare = without_sizes([read(r"X_{3 \\times 2}"), read(r"W_{2 \\times 4}"), read(r"W_{4 \\times 1}")])
    >>> [plain(bare(read(text))) for text in (r"X_{3 \\times 2}", r"W_{2 \\times 4} + 1")]
    ['X', 'W_{2,times,4} + 1']
    """
    noted: dict[Name, set[tuple[Node, ...]]] = {}
    for part in (part for member in members for part in walk(member) if isinstance(part, Name)):
        if _is_noted(part):
            noted.setdefault(_bare(part), set()).add(part.sub[-_NOTE:])
    lone = frozenset(name for name, notes in noted.items() if len(notes) == 1)
    return partial(_without, lone=lone) if lone else lambda node: node


def _is_noted(name: Name) -> bool:
    return len(name.sub) >= _NOTE and name.sub[-2] == _TIMES


def _bare(name: Name) -> Name:
    return replace(name, sub=name.sub[:-_NOTE], span=(0, 0))


def _without(node: Node, *, lone: frozenset[Name]) -> Node:
    if isinstance(node, Name) and _is_noted(node) and _bare(node) in lone:
        return replace(_bare(node), span=node.span)
    return map_children(node, lambda part: _without(part, lone=lone))

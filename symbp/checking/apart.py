"""Indices of two digits that are two indices, as in ``w_{12}`` beside ``w_{jk}``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from ..formulas import Name, Node, Number, map_children, walk
from .knowledge import Read

DIGITS = 2
Kin = tuple[str, tuple[str, ...], int, int]


def with_digits_apart(chains: list[Read]) -> list[Read]:
    """Return chains in which the indices of entries of matrices are two, where other entries have two indices.

    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles
    >>> from symbp.checking.reads import read_chains
    >>> [read] = with_digits_apart(read_chains(chains("$w_{12} = w_{jk} + w_{3}$"), Roles()))
    >>> [index.text for index in read.members[0].sub]
    ['1', '2']
    """
    names = [part for read in chains for node in read.nodes for part in walk(node) if isinstance(part, Name)]
    double = frozenset(_kin(name, len(name.sub) - 1) for name in names if len(name.sub) > 1)
    if not any(_is_run(name, double) for name in names):
        return chains
    split = partial(_split, double=double)
    return [read.changed(split) for read in chains]


def _kin(name: Name, count: int) -> Kin:
    return name.base, name.marks, len(name.label), count


def _is_run(name: Name, double: frozenset[Kin]) -> bool:
    """Whether the last index of a name is two digits, and others of its kind have one index more."""
    last = name.sub[-1] if name.sub else None
    run = isinstance(last, Number) and len(last.text) == DIGITS and last.text.isdigit() and "0" not in last.text
    return run and _kin(name, len(name.sub)) in double


def _split(node: Node, *, double: frozenset[Kin]) -> Node:
    if isinstance(node, Name) and _is_run(node, double):
        digits = tuple(Number(digit) for digit in node.sub[-1].text) if isinstance(node.sub[-1], Number) else ()
        return replace(node, sub=(*node.sub[:-1], *digits))
    return map_children(node, lambda part: _split(part, double=double))

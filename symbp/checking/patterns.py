r"""The letter of the one example that a document is about, as the p of ``o_{pj}``: such quantities are read without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from ..formulas import Name, Node, Summation, key, map_children, walk
from .indices import Slot, is_letter, slots
from .knowledge import Read

FEWEST = 2  # quantities of units that have such a letter


def without_patterns(chains: list[Read]) -> list[Read]:
    r"""Return chains without the letter that several quantities of units have, always the same, beside another.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = r"$net_{pj} = \sum_i w_{ji} o_{pi}, o_{pj} = f(net_{pj})$"
    >>> [latex(node) for node in without_patterns(read_chains(chains(text), Roles()))[0].nodes]
    ['net_j', '\\sum_{i} w_{j i} o_i']
    """
    parts = [part for chain in chains for node in chain.nodes for part in walk(node)]
    names = [part for part in parts if isinstance(part, Name)]
    places = _places(names)
    summed = [part for part in parts if isinstance(part, Summation) and part.index is not None]
    for letter in sorted({letter for letter in places.values() if letter}):
        own = frozenset(slot for slot, found in places.items() if found == letter)
        if len({base for base, *_ in own}) >= FEWEST and not _is_needed(letter, own, names, summed):
            return [chain.changed(partial(_without, own=own)) for chain in chains]
    return chains


def _places(names: Iterable[Name]) -> dict[Slot, str]:
    """Return the first of two indices, for each kind of quantities, where it is always one letter; else nothing."""
    found: dict[Slot, set[str]] = defaultdict(set)
    for name in names:
        for slot, index in slots(name):
            if slot[1:] == ("_", 0, 2):
                found[slot].add(key(index) if is_letter(index) and is_letter(name.sub[1]) else "")
    return {slot: next(iter(indices)) if len(indices) == 1 else "" for slot, indices in found.items()}


def _is_needed(letter: str, own: frozenset[Slot], names: list[Name], summed: list[Summation]) -> bool:
    """Whether a letter says more than which example: it is of a unit too, or such quantities are added up by it."""
    if any(name.base == letter and not name.sub for name in names):
        return True
    with_letter = [(slot, name) for name in names for slot, index in slots(name) if letter in key(index)]
    if any(slot not in own and slot[1:] != ("_", 0, 1) for slot, _ in with_letter):
        return True
    bare = {key(name) for name in names}
    if any(base in bare for base, *_ in own):
        return True  # the entries of an array
    if any(key(_without(name, own=own)) in bare for slot, name in with_letter if slot in own):
        return True
    bodies = (part for node in summed if node.index == Name(letter) for part in walk(node.body))
    return any(slot in own for part in bodies if isinstance(part, Name) for slot, _ in slots(part))


def _without(node: Node, *, own: frozenset[Slot]) -> Node:
    if isinstance(node, Name):
        return replace(node, sub=node.sub[1:]) if any(slot in own for slot, _ in slots(node)) else node
    return map_children(node, lambda part: _without(part, own=own))

"""The delta of Kronecker, ``\\delta_{ij}``: 1 where both letters stand for the same, else 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..formulas import Derivative, Name, Node, key, walk
from .families import Survey
from .indices import letters
from .knowledge import Knowledge, Read

Pair = tuple[str, str]


def kronecker(found: Survey, knowledge: Knowledge, chains: Iterable[Read]) -> set[str]:
    """Return the deltas that are Kronecker's: with two letters of which the document takes a derivative."""
    if any(rule.head.base == "\\delta" and len(rule.head.sub) == 2 for rule in found.rules):
        return set()
    pairs = {
        (_letter(knowledge.names[of]), _letter(knowledge.names[by]))
        for of, found_by in knowledge.differentiated.items()
        for by in found_by
    }
    units = {tuple(key(index) for index in name.sub) for name in found.names if name.base == "\\delta" and name.sub}
    said = any(pair in pairs or pair[::-1] in pairs for pair in units if len(pair) == 2)
    return {"\\delta"} if said or units == set(_beside(chains)) != set() else set()


def _beside(chains: Iterable[Read]) -> Iterator[Pair]:
    """Yield the letters of deltas in formulas for a derivative of an indexed quantity by one with such a letter."""
    for chain in chains:
        head, *others = chain.members
        if not isinstance(head, Derivative) or not isinstance(head.of, Name) or not isinstance(head.by, Name):
            continue
        by = _letter(head.by) if _letter(head.of) else ""
        names = (part for member in others if isinstance(member, Node) for part in walk(member))
        for name in names:
            if isinstance(name, Name) and name.base == "\\delta" and len(name.sub) == 2:
                one, other = map(key, name.sub)
                if by in (one, other) and one != other:
                    yield one, other


def _letter(name: Name) -> str:
    """Return the one letter in the index of a name, or nothing."""
    found = [letter for index in name.sub for letter in letters(index)]
    return found[0] if len(found) == 1 else ""

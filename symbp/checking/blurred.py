"""Names that were damaged in print, such as ``toget_{o1}``: read as those of the document that they are like."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import product

from ..formulas import Name, Node, key, latex, walk
from .judgement import Judgement
from .knowledge import Knowledge, Read, names_in
from .parts import replaced
from .spellings import LONG, letters_of_index

MOST = 8  # ways to read all damaged names of a link
ALIKE = 0.7  # of the letters of two words
Reading = dict[str, Name]


def reread(
    left: Node, right: Node, damaged: Iterable[Reading], link: Callable[[Node, Node], Judgement]
) -> Judgement | None:
    """Return the verdict on a link however its damaged names are read; nothing where these leave it open."""
    wrong: list[Judgement] = []
    for reading in damaged:
        judgement = link(_said(left, reading), _said(right, reading))
        words = "".join(f", with {name} read as {latex(meant)}" for name, meant in sorted(reading.items()))
        if judgement.passes:
            return Judgement("holds", f"{judgement.reason}{words}")
        if judgement.verdict != "refuted":
            return None
        wrong.append(replace(judgement, reason=f"{judgement.reason}{words}"))
    return wrong[0] if wrong else None


def readings(loose: Collection[str], knowledge: Knowledge, chains: list[Read]) -> list[Reading]:
    """Return the ways to read some undefined names; none where one of them stands elsewhere, or is like no other."""
    elsewhere = [set().union(*map(names_in, chain.nodes)) for chain in chains]
    found = []
    for name in sorted(loose):
        node = knowledge.names.get(name) or _printed(name, chains)
        if node is None or sum(name in names for names in elsewhere) > 1 or len(node.base) < LONG:
            return []
        found.append([(name, other) for other in _like(node, knowledge)])
    ways = [dict(pairs) for pairs in product(*found)] if found else []
    return ways if len(ways) <= MOST else []


def _printed(name: str, chains: list[Read]) -> Name | None:
    parts = (part for chain in chains for node in chain.nodes for part in walk(node))
    return next((part for part in parts if isinstance(part, Name) and key(part) == name), None)


def _like(node: Name, knowledge: Knowledge) -> Iterator[Name]:
    """Yield the names that a damaged one may be: of the same word, with more in the index, or of a like word."""
    own = "".join(map(letters_of_index, node.sub))
    for name, other in sorted(knowledge.names.items()):
        index = "".join(map(letters_of_index, other.sub))
        if name == key(node) or (other.label, other.marks) != (node.label, node.marks):
            continue
        if (
            other.base == node.base and own.isdigit() and index != own and index.endswith(own) and not index.isdigit()
        ) or (own == index != "" and other.base != node.base and _alike(other.base, node.base)):
            yield other


def _alike(one: str, other: str) -> bool:
    words = one.isalpha() and other.isalpha()  # a symbol such as \beta is none
    long = len(one) > LONG and len(other) > LONG and one[0].lower() == other[0].lower()
    return words and long and SequenceMatcher(None, one.lower(), other.lower()).ratio() >= ALIKE


def _said(node: Node, reading: Reading) -> Node:
    return replaced(node, lambda part: reading.get(key(part)) if isinstance(part, Name) else None)

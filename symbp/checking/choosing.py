"""At which numbers of its index letters a link is judged: a few where all are different, and some where not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..formulas import Indicator, Name, Node, key, walk
from .indexing import MOST_CHOICES, Assignment, Indexing
from .indices import slots
from .instances import outside
from .knowledge import Knowledge

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Choices:
    """The assignments at which a link is judged.

    Attributes:
        different: those at which it has to hold: with all letters different, or the same where it compares them.
        same: the others.
        chosen: letters behind the link that stand for one number, as that of the right class.
    """

    different: Sequence[Assignment]
    same: Sequence[Assignment]
    chosen: tuple[str, ...] = ()

    @property
    def first(self) -> Assignment:
        """One of them."""
        return next(iter((*self.different, *self.same)), {})


def choices(sides: tuple[Node, Node], indexing: Indexing, knowledge: Knowledge) -> Choices:
    """Return the assignments at which a link is judged."""
    names = indexing.letters(*sides)
    parts = [part for side in sides for part in walk(side)]
    quantities = [part for part in parts if isinstance(part, Name) and part.base in indexing.ruled]
    chosen = _chosen(sides, indexing, knowledge) if names and indexing.chosen else {}
    compared = set(_compared(parts, indexing))
    found: dict[bool | None, list[Assignment]] = {True: [], False: [], None: []}
    for values in indexing.assignments(names):
        if not any(outside(name, indexing, values) for name in quantities):
            clashes = _clashes({**chosen, **values})
            found[bool(clashes) if not clashes or clashes <= compared else None].append(values)
    return Choices((*_few(found[False]), *_few(found[True])), _few(found[None]), tuple(chosen))


def _chosen(sides: tuple[Node, Node], indexing: Indexing, knowledge: Knowledge) -> Assignment:
    """Return the numbers of the letters of the right class that stand in a link or behind it."""
    behind = [part for formula in knowledge.behind(*sides) for part in walk(formula) if isinstance(part, Name)]
    own = {key(part) for name in behind for part in (name, *(index for _, index in slots(name)))}
    return {letter: number for letter, number in indexing.chosen.items() if letter in own}


def _compared(parts: Sequence[Node], indexing: Indexing) -> Iterator[Pair]:
    """Yield the letters that a link compares itself, and so says what holds where they are the same."""
    for part in parts:
        if isinstance(part, Indicator):
            pair = (part.left, part.right)
        elif isinstance(part, Name) and part.base in indexing.unit and len(part.sub) == 2:
            pair = part.sub
        else:
            continue
        if all(isinstance(side, Name) for side in pair):
            yield frozenset(map(key, pair))


def _clashes(values: Assignment) -> set[Pair]:
    return {frozenset(pair) for pair in combinations(values, 2) if str(values[pair[0]]) == str(values[pair[1]])}


def _few(found: Sequence[Assignment]) -> Sequence[Assignment]:
    """Return the first, the last and some between."""
    most = MOST_CHOICES // 2
    return found if len(found) <= most else [found[place * (len(found) - 1) // (most - 1)] for place in range(most)]

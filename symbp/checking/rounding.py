"""How a printed result comes about that holds only with rounded operands: what was rounded, and to how many places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from flint import arb, ctx

from ..formulas import Group, Name, Negative, Node, Number, key, plain, without_groups
from .arrays import Mismatch
from .fields import Balls, is_exact, last_place
from .judging import Judge
from .knowledge import lone_number
from .known import Known, called
from .limits import PRECISION, Undecided
from .parts import replaced
from .places import places
from .repaired import rounded

LOOSE = (
    "equal within what the rounded operands allow",
    "equal with the numbers that the document carries on from earlier lines",
)
MOST_PLACES = 8  # to which an intermediate value is taken to be rounded
MOST_PARTS = 12  # intermediate values of one link that are tried
MOST_LINKS = 60  # of a document for which the search is made


@dataclass
class Rounding:
    """The search in one document, for so many links."""

    left: int = MOST_LINKS

    def explained(self, side: Node, result: Node, *, judge: Judge, known: Sequence[Known]) -> str:
        """Return a sentence on what was rounded, so that a printed result is the correct rounding; empty for none."""
        number = lone_number(result)
        if number is None or "." not in number.text or self.left <= 0 or lone_number(side) is not None:
            return ""
        self.left -= 1
        with ctx.workprec(PRECISION), suppress(Undecided, Mismatch):
            return _Link(judge, side, result, number, tuple(known)).sentence()
        return ""


@dataclass(frozen=True)
class _Link:
    judge: Judge
    side: Node
    result: Node
    number: Number
    known: tuple[Known, ...]

    def sentence(self) -> str:
        if self._fits(self.side, self.judge):
            return ""
        whole, names = self._unrounded()
        if names and self._fits(whole, self.judge):
            return f"the result is that with {', '.join(names)} not rounded"
        for what, count in (*self._parts(), *self._names()):
            return f"the result is that with {what} rounded to {count} {'place' if count == 1 else 'places'}"
        return ""

    @cached_property
    def _balls(self) -> Balls:
        return Balls(self.judge.knowledge, instance=True)

    @cached_property
    def _printed(self) -> arb:
        value = arb(self.number.text)
        return -value if isinstance(without_groups(self.result), Negative) else value

    def _fits(self, side: Node, judge: Judge) -> bool:
        """Whether the printed result is the correct rounding of what a formula gives."""
        value = judge.value(side, Balls(judge.knowledge, instance=True))
        half = arb(f"1e{last_place(self.number.text)}") * arb("0.5000001")
        return isinstance(value, arb) and bool(abs(value - self._printed) < half)

    def _unrounded(self) -> tuple[Node, list[str]]:
        """Return the formula with quantities for their rounded values, and what these are called."""
        owners: dict[str, Known] = {}
        for part, _ in places(self.side):
            if isinstance(part, Number) and not is_exact(part, self.judge.knowledge):
                found = (known for known in self.known if known.is_printed_as(part.text))
                if (owner := next(found, None)) is not None:
                    owners.setdefault(part.text, owner)
        whole = replaced(self.side, lambda part: _owner(part, owners))
        return whole, sorted({called(owner.node) for owner in owners.values()})

    def _parts(self) -> Iterator[tuple[str, int]]:
        """Yield the parts of the formula with which rounded it gives the result, and the places."""
        inner = ((part, rebuild) for part, rebuild in places(self.side) if _is_computed(part) and part is not self.side)
        for part, rebuild in islice(inner, MOST_PARTS):
            value = self.judge.value(part, self._balls)
            for count in range(MOST_PLACES, 0, -1) if isinstance(value, arb) else ():
                if self._fits(rebuild(_number(value, count)), self.judge):
                    yield plain(part), count

    def _names(self) -> Iterator[tuple[str, int]]:
        """Yield the quantities behind the formula with which rounded it gives the result, and the places."""
        knowledge = self.judge.knowledge
        behind = sorted(knowledge.reach(self.side) & knowledge.definitions.keys() & knowledge.names.keys())
        for name in islice(behind, MOST_PARTS):
            value = self.judge.value(knowledge.names[name], self._balls)
            free = {other: node for other, node in knowledge.definitions.items() if other != name}
            for count in range(MOST_PLACES, 0, -1) if isinstance(value, arb) and name != key(self.side) else ():
                givens = {**knowledge.givens, name: _number(value, count)}
                trial = replace(knowledge, definitions=free, givens=givens)
                if self._fits(self.side, replace(self.judge, knowledge=trial, evaluators={})):
                    yield name, count


def _number(value: arb, count: int) -> Node:
    """Return a value rounded to so many places, as a part of a formula."""
    text = rounded(value, Number("0." + "0" * count))
    return Group(Negative(Number(text[1:]))) if text.startswith("-") else Number(text)


def _owner(part: Node, owners: dict[str, Known]) -> Node | None:
    owner = owners.get(part.text) if isinstance(part, Number) else None
    return owner.node if owner is not None else None


def _is_computed(part: Node) -> bool:
    return not isinstance(part, Name | Group) and lone_number(part) is None

"""Links with index letters: judged for numbered quantities, at a few assignments of numbers to the letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial

from ..formulas import Node, Summation, walk
from .indexing import Indexing, indexing
from .judging import Judge, Judgement
from .knowledge import Read
from .limits import Undecided
from .settling import generic

_RANK = ("refuted", "undecided", "holds", "proved")  # the first that some assignment gives is the verdict


class Indexed:
    """Judges the links of one document, by instantiation where they have index letters."""

    def __init__(self, judge: Judge, chains: list[Read]) -> None:
        self.judge = judge
        self.indexing: Indexing = indexing(judge.knowledge, chains)
        numbered = self.indexing.instantiated(judge.knowledge)
        self.numbered = Judge(replace(numbered, generic=generic(numbered)))

    def link(self, left: Node, right: Node) -> Judgement:
        """Return the verdict on ``left = right``."""
        letters = self.indexing.letters(left, right)
        plain = self.judge.link(left, right)
        sums = self._has_sum(left, right) or (plain.verdict == "undecided" and self.indexing.ranges)
        if plain.verdict == "proved" or not (letters or sums):
            return plain
        try:
            found = [self._at(left, right, numbers) for numbers in self.indexing.choices(letters)]
        except Undecided as reason:
            return Judgement("undecided", str(reason))
        if letters and found[0].verdict == "proved" and any(judgement.verdict == "refuted" for judgement in found):
            return Judgement("holds", f"equal where {', '.join(letters)} are different (for numbered quantities)")
        if any(judgement.verdict == "refuted" for judgement in found) and (whole := self._wholes(left, right)):
            return Judgement("undecided", f"{', '.join(sorted(whole))} stands for all its parts at once")
        worst = min(found, key=lambda judgement: _RANK.index(judgement.verdict))
        return replace(worst, reason=f"{worst.reason} (for numbered quantities)")

    def expansions(self, left: Node, right: Node) -> Iterator[Callable[[Node], Node]]:
        """Yield the functions that put numbers for the open letters of a link, where these make its sides differ."""
        letters = self.indexing.letters(left, right)
        for numbers in self.indexing.choices(letters) if letters or self._has_sum(left, right) else ():
            with suppress(Undecided):
                if self._at(left, right, numbers).verdict == "refuted":
                    yield partial(self.indexing.expand, numbers=numbers)

    def _has_sum(self, left: Node, right: Node) -> bool:
        """Whether a sum over an index stands in a link or behind it."""
        knowledge = self.judge.knowledge
        behind = knowledge.reach(left) | knowledge.reach(right)
        formulas = (left, right, *(knowledge.definitions[name] for name in behind if name in knowledge.definitions))
        return any(isinstance(part, Summation) and part.index is not None for f in formulas for part in walk(f))

    def _wholes(self, left: Node, right: Node) -> set[str]:
        """Return the names without an index of which parts with an index letter occur: vectors, not numbers."""
        knowledge = self.judge.knowledge
        indexed = {node.base for node in knowledge.names.values() if node.sub and self.indexing.letters(node)}
        behind = knowledge.reach(left) | knowledge.reach(right)
        return set(behind & indexed & knowledge.names.keys())

    def _at(self, left: Node, right: Node, numbers: dict[str, int]) -> Judgement:
        return self.numbered.link(self.indexing.expand(left, numbers), self.indexing.expand(right, numbers))

"""Definitions with a letter that their head has not, as ``z_y = W h_t + b``: they are of the t of the link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..formulas import Name, Node, Summation, key, walk
from .indexing import Assignment, Indexing
from .indices import slots
from .judgement import Judgement
from .judging import Judge
from .knowledge import Knowledge
from .limits import Undecided
from .parts import counted


@dataclass(frozen=True)
class OneLetter:
    """Judges links by definitions with letters that are left open, where each stands for one number throughout.

    Attributes:
        judge: judges links of numbered quantities.
        indexing: what the letters run over.
        whole: what the document says with letters.
    """

    judge: Judge
    indexing: Indexing
    whole: Knowledge
    judges: dict[tuple[tuple[str, object], ...], Judge] = field(default_factory=dict)

    def link(
        self, sides: tuple[Node, Node], numbered: tuple[Node, Node], at: Assignment, open_: frozenset[str]
    ) -> Judgement:
        """Return the verdict on a link at one value for each letter of some open names behind it.

        Undecided where a letter is summed over behind the link, or where quantities of another of its numbers are.
        """
        names = self.judge.knowledge.names
        text = f"for which index {', '.join(sorted(open_)[:3])} stands is not said"
        letters = self.indexing.letters(*(names[name] for name in open_))
        sums = (part for node in self.whole.behind(*sides) for part in walk(node) if isinstance(part, Summation))
        if any(part.index is not None and key(part.index) in letters for part in sums):
            return Judgement("undecided", text)
        values = {letter: at.get(letter, self.indexing.ranges[letter][-1]) for letter in letters}
        try:
            judge = self._judge(values)
        except Undecided:
            return Judgement("undecided", text)
        found = judge.link(*numbered)
        if found.verdict == "undecided" or (found.verdict == "refuted" and self._has_others(judge, numbered, values)):
            return Judgement("undecided", text)
        return replace(found, reason=f"{found.reason}, at one {' and '.join(letters)} throughout")

    def _judge(self, values: Assignment) -> Judge:
        place = tuple(sorted(values.items()))
        if place not in self.judges:
            self.judges[place] = replace(self.judge, knowledge=self._at(values), evaluators={})
        return self.judges[place]

    def _at(self, values: Assignment) -> Knowledge:
        """Return what is known with numbers for the letters that its definitions leave open."""
        known = self.judge.knowledge
        moved = {name: self.indexing.expand(node, values) for name, node in known.names.items()}
        keys = {name: key(node) if isinstance(node, Name) else name for name, node in moved.items()}
        return replace(
            known,
            names={**known.names, **{key(node): node for node in moved.values() if isinstance(node, Name)}},
            definitions={name: self.indexing.expand(node, values) for name, node in known.definitions.items()},
            generic={keys.get(of, of): tuple(keys.get(by, by) for by in found) for of, found in known.generic.items()},
        )

    def _has_others(self, judge: Judge, numbered: tuple[Node, Node], values: Mapping[str, object]) -> bool:
        """Whether a quantity of another number of one of the letters stands behind a link."""
        known = judge.knowledge
        used = {
            slot: letter
            for name in self.whole.names.values()
            for slot, index in slots(name)
            for letter in values
            if key(index) == letter
        }
        for name in (known.names[own] for node in numbered for own in known.reach(node) & known.names.keys()):
            for slot, index in slots(name):
                if slot in used and counted(index) not in (None, values[used[slot]]):
                    return True
        return False

"""What should stand where a link is refuted."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

from flint import arb, ctx

from ..formulas import Derivative, Name, Node, Number, Piecewise, has_part, key, walk
from .arrays import Mismatch
from .everywhere import otherwise_indexed
from .fields import Balls, last_place
from .indexed import Indexed
from .judgement import Judgement
from .judging import ARRAYS, MANY, Judge
from .knowledge import Knowledge, Read, is_closed, lone_number, names_in
from .known import Known, as_printed, called
from .likeness import Likes
from .limits import PRECISION, Undecided
from .looks import unknown_command
from .repaired import Repair, Undone, Wrong, slip_words
from .searching import Search
from .showing import shown
from .slips import PLAIN, WITH_TERMS
from .work import Work

__all__ = ["Repair", "Repairer", "Wrong"]

WITH_ONE_LESS = "it would hold with one change, and does not as it stands"
OTHER = "other update rule"
MOST_WORK = 40_000  # for one link
SHARE = 4  # of the work that is left, for one link: others follow
ALL_WORK = 120_000  # for all links of a document
PLAIN_WORK = 12_000  # for one link that cannot be judged


@dataclass
class Repairer:
    """Finds repairs by what one document says."""

    judge: Judge
    indexed: Indexed
    chains: list[Read]
    budget: Work
    aside: Work

    @cached_property
    def formulas(self) -> tuple[Node, ...]:
        """All members of the document that could be read."""
        return tuple(node for chain in self.chains for node in chain.nodes)

    @cached_property
    def numbers(self) -> Counter[str]:
        """The decimals that the document prints, with how often."""
        parts = (part for formula in self.formulas for part in walk(formula) if isinstance(part, Number))
        return Counter(part.text for part in parts if "." in part.text)

    @cached_property
    def likes(self) -> Likes:
        """Which of these are like others."""
        return Likes(self.formulas)

    @property
    def knowledge(self) -> Knowledge:
        """What the document says."""
        return self.judge.knowledge

    def repair(self, right: Node, wrong: Wrong) -> Repair | None:
        """Return what the wrong member should be, given a member that is right."""
        work = Work(min(MOST_WORK, self.budget.left // SHARE))
        start = work.left
        try:
            found, said = Search(self, right, wrong, work).repair(), self._said(right, wrong)
            return said if said and (found is None or found.slip != said.slip) else found
        finally:
            self.budget.spend(start - work.left)

    def settled(self, judgement: Judgement, left: Node, wrong: Wrong) -> tuple[Judgement, Repair | None]:
        """Return what is found of a link that cannot be judged: it is refuted where it holds with a plain slip less."""
        if not judgement.guessed or any(map(unknown_command, names_in(left) | names_in(wrong.node))):
            return judgement, None
        behind = self.knowledge.reach(left) | self.knowledge.reach(wrong.node)
        slips = WITH_TERMS if behind.isdisjoint(self.knowledge.open_quantities) else PLAIN
        work = Work(min(PLAIN_WORK, self.aside.left))
        start, search = work.left, Search(self, left, wrong, work, slips)
        repair = None if search.numeric else search.undone()
        self.aside.spend(start - work.left)
        return (replace(judgement, verdict="refuted", reason=WITH_ONE_LESS), repair) if repair else (judgement, None)

    def of_itself(self, head: Name, wrong: Wrong) -> Repair | None:
        """Return the repair of a rule by which a quantity comes of itself, where it comes of that of another index."""
        work = Work(min(PLAIN_WORK, self.aside.left))
        start, repair = work.left, otherwise_indexed(Search(self, head, wrong, work), head)
        self.aside.spend(start - work.left)
        return repair

    def undone(self, right: Node, wrong: Wrong, found: Undone) -> Repair | None:
        """Return the repair by which one slip is undone; nothing where it cannot be written so."""
        repair = Search(self, right, wrong, Work(0)).named(found)
        return repair if repair.expected else None

    def _said(self, head: Node, wrong: Wrong) -> Repair | None:
        """Return a definition that is said again with a slip as it was said before."""
        known = self.knowledge.definitions.get(key(head)) if isinstance(head, Name) else None
        if known is None or is_closed(wrong.node) or known in wrong.before:
            return None
        repair = self.named(known, wrong, wrong.written(known))
        return repair if repair.slip != OTHER else None

    def named(self, right: Node, wrong: Wrong, text: str) -> Repair:
        """Return the repair of an update that is not like the others."""
        slip = Search(self, right, wrong, Work(0)).made_of(right, wrong.node)
        one, other = slip_words(slip)
        english, chinese = f"{one}{text} should stand there", f"{other}此处应为 {text}"
        return Repair(text, slip.name if slip else OTHER, english, chinese)

    def holds(self, right: Node, candidate: Node, numbers: Balls | None, *, apart: bool = False) -> bool:
        """Whether two formulas agree: identically, or in some numbers; without these in every way that is honest.

        Where the text says that indices are different, only where they are.
        """
        try:
            if numbers is None:
                found = self.indexed.link(right, candidate)
                return found.passes and (apart or found.otherwise is None) and self._covers(right, candidate)
            return self.judge.identical(right, candidate) or self.judge.agree(right, candidate, numbers)
        except (Undecided, Mismatch):
            return False

    def _covers(self, right: Node, candidate: Node) -> bool:
        """Whether a formula with cases has a value wherever the other has one: no case of this is left out."""
        for point in MANY if has_part(candidate, Piecewise) else ():
            numbers = Balls(self.knowledge, point)
            with suppress(Undecided, Mismatch):
                self.judge.value(right, numbers)
                try:
                    self.judge.value(candidate, numbers)
                except Undecided:
                    return False
        return True

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """The quantities and derivatives with values, and the numbers that the document prints for them."""
        knowledge = self.knowledge
        names = knowledge.names
        nodes: list[tuple[Node, Node | None]] = [
            (names[name], knowledge.givens.get(name) or knowledge.printed.get(name))
            for name in sorted({*knowledge.defined, *(p for p in knowledge.printed if isinstance(p, str))})
            if name in names
        ]
        for pair, number in knowledge.printed.items():
            if isinstance(pair, tuple) and pair[0] in names and pair[1] in names:
                nodes.append((Derivative(names[pair[0]], names[pair[1]]), number))
        return tuple(found for node, number in nodes if (found := self._known(node, number)) is not None)

    @cached_property
    def printed(self) -> tuple[Known, ...]:
        """The same, with the derivatives of which nothing is known but the number that is printed for them."""
        names, own = self.knowledge.names, {known.name for known in self.known}
        pairs = ((pair, number) for pair, number in self.knowledge.printed.items() if isinstance(pair, tuple))
        nodes = ((Derivative(names[of], names[by]), n) for (of, by), n in pairs if of in names and by in names)
        found = (as_printed(node, number) for node, number in nodes if called(node) not in own)
        return (*self.known, *(known for known in found if known is not None))

    def _known(self, node: Node, printed: Node | None) -> Known | None:
        try:
            value = self.judge.value(node, Balls(self.knowledge, instance=True))
        except Undecided:
            return None
        if isinstance(value, ARRAYS):
            return None
        number = None if printed is None else lone_number(printed)
        if isinstance(node, Name) and number is not None and printed is not None and self._carries(node, printed):
            return as_printed(node, printed)
        with ctx.workprec(PRECISION):
            wide = number is not None and bool(
                abs(abs(value) - arb(number.text)) <= 2 * arb(f"1e{last_place(number.text)}")
            )
        size = number.text if wide and number is not None else shown(abs(value))
        return Known(node, f"-{size}" if value < 0 else size, value)

    def _carries(self, node: Node, printed: Node) -> bool:
        """Whether a printed value follows from those before it, though these follow from a mistake."""
        knowledge = self.knowledge
        loose = Balls(knowledge, instance=True, rounded=True)
        carried = Balls(knowledge, instance=True, rounded=True, carries=True)
        try:
            return not self.judge.agree(node, printed, loose) and self.judge.agree(node, printed, carried)
        except (Undecided, Mismatch):
            return False

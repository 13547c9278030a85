"""The search for a repair: every slip is undone in turn, and what was put in is put back, until the link holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from flint import arb

from ..formulas import Derivative, Group, Name, Negative, Node, Number, ReadError, key, read, without_groups
from ..formulas.tree import Span
from .arrays import Mismatch
from .everywhere import exchanged
from .exchanges import signed
from .fields import Balls
from .judging import ARRAYS
from .knowledge import CONSTANTS, Knowledge, is_closed, lone_number
from .known import Context, Known, as_printed, called, has_decimals
from .likeness import liked
from .limits import Undecided
from .needed import Needed, Sight, misfits
from .places import bare, places, span, spliced
from .printed_values import entry_by_entry, without_function
from .putting import belonging, put_in, quantities_in
from .repaired import Repair, Undone, Wrong, bare_digits, distance, near, rounded, slip_words, turned_too
from .rewriting import in_habit, is_short, rewritten
from .showing import shown
from .slip_records import Slip
from .slips import ADDING, OF_THE_PEN, SLIPS, less_first, making, shapes_first
from .work import LOOK, Work, size

if TYPE_CHECKING:
    from .repair import Repairer

SHORT = frozenset({"factor 2 or 1/2", "extra factor", "extra term", "lost factor"})  # say nothing of a mere number
UNKNOWN, UNKNOWN_ZH = "{old} stands where {why} = {new} belongs", "应代入 {why} = {new}，却写成了 {old}"
FOR_LETTERS, FOR_ARRAYS = 30, 10  # times that a formula is evaluated to be judged
MANY_DIGITS = 5  # of a number that is left of a formula
MORE = 6_000  # of work, for a slip beside a wrong sign
FEWEST_DIGITS = 3  # of a printed result that a slip in the computation may explain


@dataclass
class Search:
    """The search for one repair."""

    repairer: Repairer
    right: Node
    wrong: Wrong
    work: Work
    slips: tuple[Slip, ...] = SLIPS

    def repair(self) -> Repair | None:
        if forgotten := without_function(self.right, self.wrong, self.repairer.judge):
            return forgotten
        number = lone_number(self.wrong.node)
        if number is not None and (value := self._value(self.right)) is not None:
            return self._result(value, number)
        found = self._mistaken() or self._put_wrong() or (None if self.numeric else exchanged(self))
        found = found or self.undone() or self._solved() or self._written_anew() or self._sign_too()
        return found or entry_by_entry(self.right, self.wrong, self.repairer.judge)

    def _value(self, node: Node) -> arb | None:
        """Return the value of a formula, by the printed numbers where the document does not say how they come about."""
        judge, known = self.repairer.judge, self.repairer.knowledge
        carried = Balls(known, instance=True, carries=True)
        for value_of, numbers in ((judge.value, Balls(known, instance=True)), (judge.carried, carried)):
            with suppress(Undecided, Mismatch):
                value = value_of(node, numbers)
                return None if isinstance(value, ARRAYS) else arb(value.mid())
        return None

    @cached_property
    def effort(self) -> int:
        """How many times a formula is evaluated to be judged: for numbered quantities, and entry by entry."""
        if self.repairer.indexed.is_lettered(self.right, self.wrong.node):
            return FOR_LETTERS
        behind = self.repairer.knowledge.reach(self.right) | self.repairer.knowledge.reach(self.wrong.node)
        return FOR_ARRAYS if self.context.arrays and len(behind - CONSTANTS) > 1 else 1

    @cached_property
    def closed(self) -> bool:
        return is_closed(self.wrong.node)

    @cached_property
    def numeric(self) -> bool:
        """Whether numbers were put in."""
        return self.closed or has_decimals(self.wrong.node) or is_closed(self.right)

    @cached_property
    def puts(self) -> list[Node]:
        """The members before that are right and have names, or what defines their quantity, with numbers put in."""
        known = self.repairer.knowledge.definitions
        heads = [known[key(self.right)]] if isinstance(self.right, Name) and key(self.right) in known else []
        members = [formula for formula in reversed(self.wrong.before) if not isinstance(formula, Name | Derivative)]
        before = members or heads
        found = (put_in(formula, self._values, but=self._named_there) for formula in before)
        return [put for put in found if put is not None and self.stands(self.written(put), None)]

    @cached_property
    def _named_there(self) -> frozenset[str]:
        return frozenset(map(called, quantities_in(self.wrong.node)))

    @cached_property
    def belonging(self) -> dict[Span, str]:
        """For the place of a printed number, the quantity that belongs there by the members before."""
        pairs = ((lone_number(node), called(quantity)) for quantity, node in self._aligned)
        return {number.span: name for number, name in pairs if number is not None}

    @cached_property
    def _aligned(self) -> list[tuple[Node, Node]]:
        found: dict[Span, tuple[Node, Node]] = {}
        for formula in self.wrong.before if self.numeric else ():
            found |= belonging(formula, self.wrong.node)
        return list(found.values())

    def _belonging(self, number: Number) -> Known | None:
        return self._values.get(self.belonging.get(number.span, ""))

    @cached_property
    def context(self) -> Context:
        known = self.repairer.known if self.numeric else ()
        own = (self.right, *self.wrong.before[-2:], self.wrong.node, *self.wrong.after[:2])
        return Context(self.repairer.knowledge, known, (*own, *self.repairer.formulas), self.closed)

    @cached_property
    def _values(self) -> dict[str, Known]:
        return {known.name: known for known in self.repairer.known}

    def _may_become(self, part: Node, new: Node) -> bool:
        """Whether a printed number may be changed so, by the quantity for which it was put in."""
        known = self._belonging(part) if isinstance(part, Number) else None
        if known is None:
            return True
        assert isinstance(part, Number)
        number = lone_number(new)
        return number is not None and not known.is_printed_as(part.text) and known.is_printed_as(number.text)

    @cached_property
    def needed(self) -> Needed | None:
        """What each part would have to be; nothing where the link has no numbers to look at."""
        knowledge = self.repairer.knowledge
        for exact, loose in self._sights(knowledge):
            with suppress(Undecided):
                exact.value(self.right)
                return Needed(self.right, self.wrong.node, exact, loose)
        return None

    def _sights(self, knowledge: Knowledge) -> Iterator[tuple[Sight, Sight | None]]:
        judge, indexed = self.repairer.judge, self.repairer.indexed
        if self.numeric:
            yield (
                Sight(judge, Balls(knowledge, instance=True)),
                Sight(judge, Balls(knowledge, instance=True, rounded=True)),
            )
            return
        if not indexed.is_cut(self.right, self.wrong.node):
            yield Sight(judge, Balls(knowledge)), None
        for expand in indexed.expansions(self.right, self.wrong.node):
            numbered = indexed.numbered
            yield Sight(numbered, Balls(numbered.knowledge), expand), None

    def undone(self) -> Repair | None:
        """Undo every slip in turn; by the strictest reading first."""
        knowledge = self.repairer.knowledge
        survivors = []
        strict = Balls(knowledge, instance=True) if self.numeric else None
        for found in self.candidates():
            if self.fits(found, strict):
                return self.named(liked(self, found))
            survivors.append(found)
        loose = Balls(knowledge, instance=True, rounded=True)
        for found in survivors if self.numeric else ():
            if not self.work.is_over and self.fits(found, loose):
                return self.named(found)
        return None

    def _sign_too(self) -> Repair | None:
        """Undo a slip beside which a sign is wrong."""
        if self.numeric or self.right not in self.wrong.before[:1]:
            return None
        more = Work(MORE)
        found = replace(self, right=Negative(Group(self.right)), work=more).undone()
        self.work.spend(MORE - more.left)
        return turned_too(found, self.wrong.roles) if found is not None else None

    def candidates(self) -> Iterator[Undone]:
        parts = list(places(self.wrong.node))
        sights = (sight for sight, _ in self._sights(self.repairer.knowledge))
        misfit = bool(self.context.arrays) and misfits(self.right, self.wrong.node, sights)
        slips = shapes_first(self.slips) if misfit else self.slips
        zero = self.needed is not None and self.needed.is_zero
        doubtful = []
        for slip in (slip for slip in slips if not (zero and slip.name in ADDING)):
            for part, rebuild, new, why in less_first(slip, parts, self.context):
                if self.work.is_over:
                    return
                self.work.spend(self.needed.cost(part) if self.needed else LOOK)
                fits = self.needed is None or self.needed.fits(part, rebuild, new) is not False
                if fits and self._may_become(part, new):
                    found = Undone(slip, part, new, why, rebuild)
                    if slip.name in OF_THE_PEN and isinstance(part, Number) and self.context.owners(part.text):
                        doubtful.append(found)  # a number that is right somewhere is rather right here too
                    else:
                        yield found
        yield from doubtful

    def fits(self, found: Undone, numbers: Balls | None) -> bool:
        candidate = found.rebuild(found.new)
        of_letters = not self.numeric and has_decimals(candidate)
        if of_letters or (self.closed and not is_closed(candidate)) or self._is_poor(candidate):
            return False
        self.work.spend(self.effort * size(self.right, candidate))
        if not self.repairer.holds(self.right, candidate, numbers, apart=self.wrong.apart):
            return False
        text = rewritten(found, self.wrong)
        if text and is_short(self.wrong):
            return text != self.wrong.text and without_groups(candidate) not in self._said
        return self.stands(text, numbers)

    @cached_property
    def _said(self) -> list[Node]:
        beside = [self.right] if self.right in self.wrong.after else []
        return [without_groups(node) for node in (*beside, *self.wrong.before)]

    def _is_poor(self, candidate: Node) -> bool:
        """Whether nothing but a number of few digits is left of a formula, which may be near by chance."""
        number = lone_number(candidate)
        was_one = lone_number(self.wrong.node) is not None
        return number is not None and not was_one and len(bare_digits(number.text)) < MANY_DIGITS

    def stands(self, text: str, numbers: Balls | None = None) -> bool:
        """Whether a repaired text, read again, says something new that holds."""
        try:
            again = read(text, self.wrong.roles)
        except ReadError:
            return False
        new = text != self.wrong.text and without_groups(again) not in self._said
        return new and self.repairer.holds(self.right, again, numbers, apart=self.wrong.apart)

    def named(self, found: Undone) -> Repair:
        """Return the repair by which a slip is undone."""
        start, end = span(self.wrong.text, found.part)
        words = {
            "old": self.wrong.text[start:end].strip() or self.written(found.part),
            "new": self.written(in_habit(found.new, self.wrong)),
            "why": found.why,
        }
        slip, text = found.slip, rewritten(found, self.wrong)
        return Repair(text, slip.name, slip.sentence.format(**words), slip.sentence_zh.format(**words))

    def written(self, node: Node) -> str:
        return self.wrong.written(node)

    def _result(self, value: arb, number: Number) -> Repair:
        """Return what a printed result should be, and what made it wrong."""
        expected = rounded(value, number)
        longer = shown(value, len(bare_digits(number.text)))
        expected = longer if bare_digits(longer) == bare_digits(number.text) else expected
        english, chinese = f"{expected} should stand there", f"此处应为 {expected}"
        if slip := self._pen_slip(value, number):
            one, other = slip_words(slip)
            return Repair(expected, slip.name, one + english, other + chinese)
        named = self._computed() if len(bare_digits(number.text)) >= FEWEST_DIGITS else None
        if named is None:
            return Repair(expected, "", english, chinese)
        return Repair(expected, named.slip, f"{english}; {named.sentence}", f"{chinese}；{named.sentence_zh}")

    def _pen_slip(self, value: arb, number: Number) -> Slip | None:
        """Return the slip that makes the printed result of the right one, written with as many digits or one more."""
        texts = dict.fromkeys((*(known.text for known in self._own), rounded(value, number), *near(value, number)))
        for text in texts:
            right = Number(text.lstrip("-"))
            slip = self.made_of(Negative(right) if text.startswith("-") else right, self.wrong.node)
            if slip is not None and slip.name not in SHORT:
                return slip
        return None

    @cached_property
    def _own(self) -> list[Known]:
        """The quantity that the result is of, or the number that belongs there, where it is one."""
        if (number := as_printed(self.right, self.right)) is not None:
            return [number]
        lone = isinstance(self.right, Name | Derivative)
        return [self._values[called(self.right)]] if lone and called(self.right) in self._values else []

    def _computed(self) -> Repair | None:
        """Find the slip in the computation by which a wrong result comes out."""
        balls = Balls(self.repairer.knowledge, instance=True)
        for formula in reversed(self.wrong.before):
            for slip in SLIPS:
                for part, rebuild in places(formula):
                    for new, why in slip.make(part, self.context):
                        if self.work.is_over:
                            return None
                        self.work.spend(size(formula))
                        if self._gives(rebuild(new), balls):
                            words = {"old": self.written(new), "new": self.written(part), "why": why}
                            one, other = slip.sentence.format(**words), slip.sentence_zh.format(**words)
                            return Repair("", slip.name, f"it was computed as if {one}", f"计算时疑有误：{other}")
        return None

    def _gives(self, formula: Node, balls: Balls) -> bool:
        try:
            return self.repairer.judge.agree(formula, self.wrong.node, balls)
        except (Undecided, Mismatch):
            return False

    def _mistaken(self) -> Repair | None:
        """Put back the wrong numbers, where the members before say which quantities belong."""
        values = self._values
        found = ((node, values.get(called(quantity))) for quantity, node in self._aligned)
        pairs = [(node, known) for node, known in found if known is not None and not known.is_put(node)]
        text = self.wrong.text
        for node, known in sorted(pairs, key=lambda pair: -pair[0].span[0]):
            text = spliced(text, node, signed(known), tex=self.wrong.tex)
        if not pairs or not self.stands(text, None):
            return None
        slips = {id(node): self.made_of(signed(known), node, belongs=known) for node, known in pairs}
        said = [self._words(node, known, slips[id(node)]) for node, known in pairs]
        common = {slip.name if slip else "" for slip in slips.values()}
        name = common.pop() if len(common) == 1 else ""
        return Repair(text, name, "; ".join(one for one, _ in said), "；".join(other for _, other in said))

    def _words(self, node: Node, known: Known, slip: Slip | None) -> tuple[str, str]:
        old, new = self.written(node), self.written(signed(known))
        words = {"old": old, "new": new, "why": known.name}
        if slip is not None and "{why}" in slip.sentence:
            return slip.sentence.format(**words), slip.sentence_zh.format(**words)
        english, chinese = slip_words(slip)
        return english + UNKNOWN.format(**words), chinese + UNKNOWN_ZH.format(**words)

    def made_of(self, right: Node, wrong: Node, *, belongs: Known | None = None) -> Slip | None:
        """Return the slip that makes one formula of another."""
        return making(right, wrong, replace(self.context, belongs=belongs))

    def _solved(self) -> Repair | None:
        """Solve for each printed number in turn; take the one that changes least."""
        if self.needed is None or not self.numeric:
            return None
        found = []
        for part, rebuild in places(self.wrong.node):
            need = self.needed.of(part, rebuild) if isinstance(part, Number) else None
            if need and need.value is not None and isinstance(part, Number) and self._is_free(part):
                expected = rounded(need.value, part) if need.value.is_finite() else part.text
                found += [(distance(part.text, expected), part, expected)] if expected != part.text else []
        if not found:
            return None
        off, part, expected = min(found, key=lambda candidate: candidate[0])
        if off > max(2, len(part.text) // 3) and len(found) > 1:
            return None
        right = Group(Negative(Number(expected[1:]))) if expected.startswith("-") else Number(expected)
        text = spliced(self.wrong.text, part, right, tex=self.wrong.tex)
        return Repair(
            text, "", f"{part.text} stands where {expected} belongs", f"应写 {expected} 之处写成了 {part.text}"
        )

    def _is_free(self, number: Number) -> bool:
        """Whether a printed number may be wrong: it is no whole number, nor the value of what belongs there."""
        known = self._belonging(number)
        return "." in number.text and (known is None or not known.is_printed_as(number.text))

    def _written_anew(self) -> Repair | None:
        """Write the whole line: a member before with numbers put in."""
        if not self.puts or not self.numeric:
            return None
        text = self.written(self.puts[0])
        return Repair(text, "", f"{text} should stand there", f"此处应为 {text}")

    def _put_wrong(self) -> Repair | None:
        """Find the slip that makes what stands there of a member before, as it stands or with numbers put in."""
        wrong = bare(self.wrong.node)
        for put in (*self.puts, *filter(has_decimals, self.wrong.before)) if self.numeric else ():
            parts = list(places(put))
            for slip in SLIPS:
                for part, rebuild in parts:
                    for new, why in slip.make(part, self.context):
                        if bare(rebuild(new)) == wrong:
                            words = {"old": self.written(new), "new": self.written(part), "why": why}
                            one, other = slip.sentence.format(**words), slip.sentence_zh.format(**words)
                            return Repair(self._kept(slip, put), slip.name, one, other)
        return None

    def _kept(self, slip: Slip, put: Node) -> str:
        """Return the right line in the document's own words where the slip can be undone in them."""
        right = bare(put)
        for part, rebuild in places(self.wrong.node):
            for new, _ in slip.undo(part, self.context):
                if bare(rebuild(new)) == right:
                    text = spliced(self.wrong.text, part, new, tex=self.wrong.tex)
                    if self.stands(text, None):
                        return text
        return self.written(put)

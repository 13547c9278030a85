"""A document being checked: what is found of each of its links, and what should stand there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from ..documents import Member
from ..formulas import Derivative, Group, Indicator, Name, Node, ReadError, Roles, has_part, key, latex, plain
from .around import by_its_sign, by_the_text, text_around
from .assuming import says_different
from .descents import Descents
from .evident import evident, on_the_left, put_instead, worked_out
from .foretold import Foretelling
from .judgement import Judgement
from .knowledge import Knowledge, Place, Read, is_closed, lone_number
from .likeness import odd_one
from .locating import Lines
from .looks import is_function_word, is_size
from .misdefined import misdefined
from .misput import misprinted, unlike_given
from .origins import traced
from .parts import is_short
from .passing import supposed
from .repair import Repair, Wrong
from .report import EquationReport, LinkReport, Status
from .rounding import LOOSE, Rounding
from .schematic import defined_by_itself, own_step
from .scopes import Scopes
from .sides import Sides
from .source import Source
from .stages import Stages
from .translating import chinese
from .unclaimed import ASSIGNED, Unclaimed
from .unread import NOTHING_FOLLOWS, unread
from .unrounded import exact_numbers, of_exact_numbers, of_exact_results, of_givens_put_in, of_numbers_alone
from .updates import Updates, descent

ELSEWHERE = "what follows from this definition needs another one"
OF_ITSELF = "it is computed from itself here; with another index it holds"
OPEN = ("undecided", "given")
EXCHANGED = ("wrong index", "input for output")  # slips that are plain even where a name is not defined


@dataclass
class Checker:
    """One document being checked."""

    read: list[Read]
    roles: Roles
    source: Source
    lines: Lines
    lang: str
    rounding: Rounding = field(default_factory=Rounding)

    @cached_property
    def scopes(self) -> Scopes:
        """What the document and its sections say."""
        return self.source.scopes

    @property
    def stages(self) -> Stages:
        """What the document says at each of its places."""
        return self.scopes.stages

    @property
    def knowledge(self) -> Knowledge:
        """What the document says."""
        return self.stages.knowledge

    @property
    def sides(self) -> Sides:
        """Tells which member of a link is wrong."""
        return Sides(self.read, self.stages)

    @cached_property
    def updates(self) -> Updates:
        """Tells how the updates of the document are alike."""
        return Updates(self.read)

    @cached_property
    def descents(self) -> Descents:
        """Tells which updates are no steps of gradient descent."""
        return Descents(self.read, self.scopes, self.lines.text, lambda number: self._wrong(self.read[number], 1))

    @cached_property
    def unclaimed(self) -> Unclaimed:
        """Tells which links claim nothing."""
        return Unclaimed(self.read, self.knowledge, self.stages)

    @cached_property
    def equations(self) -> tuple[EquationReport, ...]:
        """Return what is found of all chains."""
        return traced([self.equation(number) for number in range(len(self.read))], self.read, self.lang)

    def equation(self, number: int) -> EquationReport:
        chain = self.read[number].chain
        line, column = self.lines.of(chain.start)
        links = tuple(self.link(number, place) for place in range(len(chain.members) - 1))
        return EquationReport(chain.label, line, column, chain.source, links, self.lines.region(*chain.outer))

    def link(self, number: int, place: int) -> LinkReport:
        read = self.read[number]
        left, right = read.members[place : place + 2]
        members = read.chain.members[place : place + 2]
        line, column = self.lines.of(members[1].start)
        judgement = self._judged((number, place), left, right, members)
        judgement, repair = self._with_repair(number, place, judgement)
        return LinkReport(
            members[0].shown,
            members[1].shown,
            members[1].relation,
            line,
            column,
            judgement.verdict,
            self._reason(judgement, repair),
            self._value(number, place, judgement),
            " ".join(repair.expected.split()) if repair else None,
            repair.slip or None if repair else None,
            judgement.sides,
            judgement.at,
            repair.left if repair else False,
            (self.lines.region(members[0].start, members[0].end), self.lines.region(members[1].start, members[1].end)),
        )

    def _with_repair(self, number: int, place: int, judgement: Judgement) -> tuple[Judgement, Repair | None]:
        """Return the verdict on a link with its repair, which for one that cannot be judged may be plain."""
        read = self.read[number]
        left, right = read.members[place : place + 2]
        repair = self._repaired(number, place, judgement) if judgement.verdict == "refuted" or judgement.loose else None
        if judgement.loose:
            exchanged = repair is not None and repair.slip in EXCHANGED and not is_short(self.knowledge, left, right)
            return (replace(judgement, verdict="refuted"), repair) if exchanged else (judgement, None)
        if judgement.reason == ASSIGNED and place == 0 and isinstance(left, Name) and isinstance(right, Node):
            repair = self.scopes.stage(number).repairer.of_itself(left, self._wrong(read, 1))
            return (replace(judgement, verdict="refuted", reason=OF_ITSELF), repair) if repair else (judgement, None)
        if judgement.verdict != "undecided" or not isinstance(left, Node) or not isinstance(right, Node):
            return judgement, repair
        repairer = self.scopes.stage(number).repairer
        found, repair = repairer.settled(judgement, left, self._wrong(read, place + 1))
        if repair is None or _is_of_other_case(repair, read.chain.members[place + 1]):
            return judgement, None
        said = by_the_text(found, self.stages.at(number), (left, right), read.chain, self.lines.text)
        return (found, repair) if said.verdict == "refuted" else (judgement, None)

    def _reason(self, judgement: Judgement, repair: Repair | None) -> str:
        if self.lang == "zh":
            return "；".join([chinese(judgement.reason), *([repair.sentence_zh] if repair else [])])
        return f"{judgement.reason}; {repair.sentence}" if repair else judgement.reason

    def _judged(
        self, place: Place, left: Node | ReadError, right: Node | ReadError, members: tuple[Member, ...]
    ) -> Judgement:
        if (refused := unread(((left, members[0]), (right, members[1])))) is not None:
            one, other = (side.understood if isinstance(side, ReadError) else side for side in (left, right))
            if not isinstance(one, Node) or not isinstance(other, Node):
                return refused
            found = self._by_value(place[0], one, other, members)
            return replace(found, reason=f"{found.reason}, {NOTHING_FOLLOWS}") if found.passes else refused
        assert isinstance(left, Node)
        assert isinstance(right, Node)
        judgement = self._by_form(place, left, right, members) or self._by_value(place[0], left, right, members)
        if judgement.verdict == "refuted" and self.foretold.is_right(place):
            return Judgement("holds", "equal with the definition after it, as this should be")
        if judgement.verdict in OPEN and self.source.meant and place == (self.source.meant.number, 0):
            return Judgement("refuted", ELSEWHERE)
        wrong = misprinted(place, self.read, self.stages.at(place[0]).judge) if judgement.verdict in OPEN else None
        return wrong or judgement

    @cached_property
    def foretold(self) -> Foretelling:
        """Corrects what is used right before it is defined."""

        def repair(number: int, place: int, right: Node, by: int) -> Repair | None:
            return self.scopes.stage(by).repairer.repair(right, self._wrong(self.read[number], place))

        return Foretelling(self.read, self.scopes.link, repair)

    def _by_form(self, place: Place, left: Node, right: Node, members: tuple[Member, ...]) -> Judgement | None:
        """Return the verdict where no values are needed: nothing is claimed, or the form shows a slip."""
        if place[1] == 0 and isinstance(left, Name) and (odd := self.updates.odd(left, right)):
            return odd
        if place[1] == 0 and (known := self.scopes.step(place[0], left, right)):
            return known
        if place[1] == 0 and (step := own_step(left, right)) is not None:
            text = f"it has a step along the slope of {key(left)} itself"
            return Judgement("refuted", text, instead=("extra term", *step))
        sizes = all(is_size(member.text) for member in members)
        given = "sizes" if sizes else self.unclaimed.reason(place, left, right, members[1].relation)
        if given and place[1] == 0 and (stray := self.descents.stray(place[0])):
            return stray[0]
        if given == "a definition" and self.foretold.correction(place[0]) is not None:
            return Judgement("refuted", f"what stands before it needs another {latex(left)}")
        if given == "a definition" and (wrong := misdefined(place[0], left, right, self.stages)):
            return wrong
        if given and is_closed(right) and self._worked_out(place[0], place[1] + 1) is not None:
            return Judgement("refuted", "its result is that of another computation")
        if given:
            return Judgement("given", given)
        if place[1] == 0 and defined_by_itself(left, right):
            return Judgement(
                "refuted", f"{key(left)} stands on both sides: it is said to be a function of itself alone"
            )
        return None

    def _by_value(self, number: int, left: Node, right: Node, members: tuple[Member, ...]) -> Judgement:
        """Return the verdict by the values of both sides, with what the text before a link says of it."""
        stage, chain = self.stages.at(number), self.read[number].chain
        judgement = self.scopes.link(number, left, right)
        judgement = by_its_sign(judgement, stage, (left, right), members[1], self.lines.text)
        if judgement.verdict == "refuted" and chain.kind == "inline":
            prose = self.lines.before(members[0].start)
            if isinstance(left, Group) and is_function_word(prose):
                return Judgement("undecided", "the word before it may be a function of it", judgement.sides)
            if value := supposed(stage.knowledge, left, right, prose):
                return Judgement("holds", f"equal for {value}, which stands before it", judgement.sides)
        judgement = by_the_text(judgement, stage, (left, right), chain, self.lines.text)
        if judgement.verdict == "holds" and judgement.reason in LOOSE:
            if how := self.rounding.explained(left, right, judge=stage.judge, known=stage.repairer.known):
                return replace(judgement, reason=f"{judgement.reason}; {how}")
            return self._exactly(number, left, right) or judgement
        return (unlike_given(left, right, self.read, stage.judge) if judgement.passes else None) or judgement

    def _exactly(self, number: int, left: Node, right: Node) -> Judgement | None:
        """Return the verdict on a result of numbers that are not rounded; nothing where they may be."""
        judge, read = self.stages.at(number).judge, self.read[number]
        alone = of_numbers_alone(left, right, self.read, judge)
        exact = alone or of_exact_numbers(left, right, read, judge, partial(self.scopes.link, number))
        exact = exact or of_givens_put_in(left, right, read, judge)
        return exact or of_exact_results(left, right, self.exact, judge)

    @cached_property
    def exact(self) -> frozenset[str]:
        """The decimals of the document that are no rounding."""
        return exact_numbers(self.read, self.stages.at(len(self.read) - 1).judge)

    def _repaired(self, number: int, place: int, judgement: Judgement) -> Repair | None:
        """Repair the member that does not fit the head of the chain; the right one where both or none do."""
        read = self.read[number]
        if judgement.instead:
            return put_instead(judgement.instead, self._wrong(read, place + 1))
        if (expected := self._update(number, place)) is not None:
            return expected
        if place == 0 and (stray := self.descents.stray(number)):
            return stray[1]
        left, right = read.members[place : place + 2]
        assert isinstance(left, Node)
        assert isinstance(right, Node)
        repairer = self.scopes.stage(number).repairer
        if (shown := self.foretold.correction(number) or self._shown(number, place)) is not None:
            return shown
        if place > 0 and self.sides.is_left_wrong(number, left, right):
            head, wrong = read.members[0], self._wrong(read, place)
            assert isinstance(head, Node)
            repair = evident(repairer, head, head, wrong) or repairer.repair(head, wrong)
            return on_the_left(repair) if repair else None
        if (
            place == 1
            and self._is_given(number)
            and (odd := odd_one(self.read, number, self._wrong(read, 1), repairer))
        ):
            return on_the_left(odd)
        step = descent(read.members[0], repairer.knowledge) if place > 0 and isinstance(read.members[0], Name) else None
        if step and self.sides.passes(number, step, right) and not self.sides.passes(number, step, left):
            repair = repairer.repair(step, self._wrong(read, place))
            return on_the_left(repair) if repair else None
        reference = self.sides.reference(number, place)
        repair = repairer.repair(reference, self._wrong(read, place + 1))
        lettered = self.scopes.in_letters(number) if repair is None else None
        if lettered is not None and lettered is not self.scopes.stage(number):
            repair = lettered.repairer.repair(reference, self._wrong(read, place + 1))
        may_be_left = isinstance(left, Derivative) if place == 0 else reference is left
        if repair is None and may_be_left and (other := repairer.repair(right, self._wrong(read, place))):
            return on_the_left(other)
        return repair

    def _is_given(self, number: int) -> bool:
        """Whether the first link of a chain claims nothing."""
        head, first = self.read[number].members[:2]
        readable = isinstance(head, Node) and isinstance(first, Node)
        return (
            readable and self._judged((number, 0), head, first, self.read[number].chain.members[:2]).verdict == "given"
        )

    def _shown(self, number: int, place: int) -> Repair | None:
        """Return the repair that the form of a link shows, or what is printed for the result of its right side."""
        read = self.read[number]
        head, left = read.members[0], read.members[place]
        repairer = self.scopes.stage(number).repairer
        if (meant := self._worked_out(number, place + 1)) is not None:
            return meant
        if (meant := self._worked_out(number, place)) is not None:
            return on_the_left(meant)
        assert isinstance(left, Node)
        return evident(repairer, head if isinstance(head, Node) else left, left, self._wrong(read, place + 1))

    def _worked_out(self, number: int, place: int) -> Repair | None:
        """Return what a member is meant to be by the result that is printed for it."""
        read = self.read[number]
        result = read.members[place + 1] if place + 1 < len(read.members) else None
        if not isinstance(result, Node) or not isinstance(read.members[place], Node):
            return None
        return worked_out(self.scopes.stage(number).repairer, self._wrong(read, place), result)

    def _wrong(self, read: Read, place: int) -> Wrong:
        """Return a member with those before it, as what is to be repaired."""
        around, member = text_around(read.chain, self.lines.text), read.members[place]
        if isinstance(member, Node) and has_part(member, Indicator):
            around = around.replace(read.chain.members[place].text, "")  # its condition says nothing of its indices
        return Wrong.of(read, place, self.roles, apart=says_different(around))

    def _update(self, number: int, place: int) -> Repair | None:
        """Return the rule that the other updates follow, where this link is an update that does not."""
        head, rule = self.read[number].members[:2]
        if (meant := self.source.meant) and (meant.number, 0) == (number, place) and isinstance(head, Node):
            return self.stages.at(number).repairer.undone(head, self._wrong(self.read[number], 1), meant.undone)
        if place or not isinstance(head, Name) or not isinstance(rule, Node):
            return None
        expected = self.updates.expected(head, rule)
        if expected is None or self.updates.odd(head, rule) is None:
            return None
        text = (plain if self.read[number].chain.kind == "plain" else latex)(expected)
        return self.stages.at(number).repairer.named(expected, self._wrong(self.read[number], 1), text)

    def _value(self, number: int, place: int, judgement: Judgement) -> Status | None:
        read = self.read[number]
        head, member = read.members[0], read.members[place + 1]
        if isinstance(head, ReadError) or isinstance(member, ReadError) or lone_number(member) is None:
            return None
        if judgement.verdict in ("given", "unread"):
            return None
        right = self.sides.is_right(number, head, member)
        wrong: Status = "wrong" if judgement.verdict == "refuted" else "inherited"
        return None if right is None else "right" if right else wrong


def _is_of_other_case(repair: Repair, member: Member) -> bool:
    """Whether a repair changes small letters and capitals only: Y may well be the y of another line."""
    one, other = ("".join(text.split()).lower() for text in (repair.expected, member.text))
    return one == other

"""What belongs in the place of a wrong member of a chain: tried beside what stands before it, and beside its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from ..derivation.trees import put
from ..documents import Member as Printed
from ..formulas import Derivative, Name, Negative, Node, Number, ReadError, Roles, Sum, Summation, key, read, walk
from .evident import evident
from .examining import Examined
from .knowledge import is_closed
from .parts import replaced
from .putting import put_in
from .repaired import Wrong, bare_digits
from .report import PASSING, LinkReport, Verdict
from .rereading import other_readings
from .throughout import joined, misread, with_numbers

MOST_TRIES = 10  # for one wrong member
MOST_BEGINNINGS = 8  # of a member that cannot be read to its end
SURE = 4  # digits of a wrong number that is not there by chance again
FINE = (*PASSING, "given")
_TAIL = re.compile(r"\\(?:cdot|times|text|quad)(?![A-Za-z])|[*/+-]")  # what a tail that is no formula may begin with


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a chain.

    Attributes:
        formula: as it is to be written.
        mark: ``kept``, or ``corrected``.
        is_open: it was tried in vain to judge it.
        relation: the sign before it.
        was: what stands there in the document, where that can be read and was corrected.
        is_begun: it is only the beginning of what stands there, where the rest cannot be read.
    """

    formula: Node
    mark: str = "kept"
    is_open: bool = False
    relation: str = "="
    was: Node | None = None
    is_begun: bool = False


Chain = list[Member]
Readings = Sequence[Member]  # what may stand in one place


@dataclass(frozen=True, eq=False)
class Instead:
    """Finds what is right in the place of wrong members, by what one document says.

    Attributes:
        found: the document.
        number: of a chain in it.
        numbers: that are wrong in some chain, with the right ones.
    """

    found: Examined
    number: int
    numbers: dict[Number, Number]

    def readings(self) -> list[Readings]:
        """Return what may stand in the places of the chain; nothing where one cannot be read."""
        own = self.found.scopes.chains[self.number]
        return [list(self._read(*pair)) for pair in zip(own.members, own.chain.members, strict=True)]

    def _read(self, member: Node | ReadError, printed: Printed) -> Iterator[Member]:
        sign = printed.relation or "="
        if isinstance(member, Node):
            yield Member(member, relation=sign)
        elif isinstance(member.understood, Node):
            yield Member(member.understood, "corrected", relation=sign)
        else:
            tails = (tail.start() for tail in reversed(list(_TAIL.finditer(printed.text))))
            begun = (readable(printed.text[:end], self.found.roles) for end in tails)
            found = (Member(n, "corrected", relation=sign, is_begun=True) for n in begun if n is not None)
            yield from islice(found, MOST_BEGINNINGS)

    def mended(self, places: Sequence[Readings], links: Sequence[LinkReport]) -> list[Chain]:
        """Return the chain with wrong members corrected where it is known how, else without them.

        It is cut where a member is right, but is another quantity than what stands before it.
        """
        head = self._expected(links[0]) if links[0].left else next(iter(places[0]), None)
        if head is None or head.is_begun:
            return []
        whole = [kept := [head]]
        for place, (readings, link) in enumerate(zip(places[1:], links, strict=True), 1):
            follows = kept[-1].formula in [one.formula for one in places[place - 1]]
            if not readings:
                continue
            if follows and link.verdict in FINE and not readings[0].is_begun:
                kept[-1], own = _as_read(kept, readings[0], link)
                kept.append(self._carried(kept, own) or own)
            elif follows and link.left and (other := self._expected(link)):
                if len(kept) > 1 and self._verdict(kept[:-1], other) in FINE:
                    kept[-1] = other
                else:
                    whole.append(kept := [other])
                kept.append(readings[0])
            elif place == 2 and follows and (meant := self._with_numbers_of(kept, readings[0], links)):
                kept[1:] = [meant, readings[0]]
            elif right := self._right(place, kept, readings, link if follows else None):
                kept.append(self._noted(readings[0], right))
        return whole

    def _with_numbers_of(self, kept: Chain, member: Member, links: Sequence[LinkReport]) -> Member | None:
        """Return a definition with the numbers that are put in for misread ones, where all that follows is right so."""
        first, second, *rest = (link.verdict for link in links)
        if (first, second, len(kept)) != ("given", "refuted", 2) or not rest or not set(rest) <= set(FINE):
            return None
        chains = [[node for node in chain.members if isinstance(node, Node)] for chain in self.found.scopes.chains]
        node = with_numbers(kept[1].formula, misread(chains))
        meant = Member(node, "corrected", relation=kept[1].relation, was=kept[1].formula)
        return meant if node != kept[1].formula and self._verdict([meant], member) in FINE else None

    def _noted(self, first: Member, right: Member) -> Member:
        """Return what is right in a place with what stands there; a number is remembered with the right one."""
        was = first.was or (first.formula if first.mark == "kept" and right.formula != first.formula else None)
        old, new = (part.body if isinstance(part, Negative) else part for part in (was, right.formula))
        if isinstance(old, Number) and isinstance(new, Number):
            self.numbers[old] = new
        return replace(right, relation=first.relation, was=None if was == right.formula else was)

    def _carried(self, kept: Chain, member: Member) -> Member | None:
        """Return a member with corrected numbers, where numbers are put in and only these are right."""
        if not is_closed(member.formula):
            return None
        node = self._renewed(member.formula)
        right = replace(member, formula=node, mark="corrected", was=member.was or member.formula)
        return right if node != member.formula and self._verdict(kept, right) in FINE else None

    def _put(self, kept: Chain, member: Member) -> Member | None:
        """Return what stands before a member with the right numbers put in, where it has several wrong ones.

        A single other number in it may make it right as well, by chance.
        """
        known = {found.name: found for found in self.found.scopes.stage(self.number).repairer.known}
        whole = is_closed(member.formula) and not member.is_begun
        node = put_in(kept[-1].formula, known, but=frozenset()) if whole else None
        if node is None:
            return None
        old, new = ([part.text for part in walk(one) if isinstance(part, Number)] for one in (member.formula, node))
        several = len(old) == len(new) and sum(map(str.__ne__, old, new)) > 1
        right = Member(node, "corrected")
        return right if several and self._verdict(kept, right) in FINE else None

    def _renewed(self, node: Node, *, digits: int = 1) -> Node:
        """Return a formula with corrected numbers in place of wrong ones of some digits."""
        known = {old: new for old, new in self.numbers.items() if len(bare_digits(old.text)) >= digits}
        return replaced(node, lambda part: known.get(part) if isinstance(part, Number) else None)

    def _right(self, place: int, kept: Chain, readings: Readings, link: LinkReport | None) -> Member | None:
        """Return what fits in a place, else what cannot be judged there; ``link`` where that before it stays."""
        wrong = link is not None and link.verdict == "refuted"
        likely = [] if wrong and not kept[-1].is_open else list(readings)
        likely += [Member(member.was) for member in readings if member.was]
        verdicts = [(member, self._verdict(kept, member)) for member in likely]
        if fits := [member for member, found in verdicts if found in FINE]:
            return fits[0]
        if carried := self._carried(kept, readings[0]) or self._put(kept, readings[0]):
            return carried
        if link is not None and wrong and not link.left and (expected := self._expected(link)):
            return replace(expected, formula=self._renewed(expected.formula, digits=SURE))
        others = self._others(place, kept, readings, turned=link is None or wrong)
        rivals = (member for member in others if self._verdict(kept, member) in FINE)
        waiting = (
            replace(m, is_open=True) for m, found in verdicts if found == "undecided" and not (wrong or m.is_begun)
        )
        return next(chain(rivals, waiting), None)

    def _others(self, place: int, kept: Chain, readings: Readings, *, turned: bool) -> Iterator[Member]:
        """Yield what else may be meant in a place; ``turned`` where it may have the other sign, or another slip."""
        for member in readings:
            rivals = islice(_rivals(kept, member.formula, turned=turned), MOST_TRIES)
            yield from (Member(node, "corrected") for node in rivals)
        if turned and (meant := self._repaired(place, kept)):
            yield meant

    def _repaired(self, place: int, kept: Chain) -> Member | None:
        """Return what a place should hold by the slip that makes what stands there of what stands before it."""
        read, right = self.found.scopes.chains[self.number], kept[-1].formula
        if not isinstance(read.members[place], Node):
            return None
        before = tuple(member.formula for member in kept)
        wrong = replace(Wrong.of(read, place, self.found.roles), before=before)
        repairer = self.found.scopes.stage(self.number).repairer
        repair = evident(repairer, right, right, wrong) or repairer.repair(right, wrong)
        meant = readable(repair.expected, wrong.roles) if repair is not None and not repair.left else None
        return None if meant is None else Member(meant, "corrected")

    def _verdict(self, kept: Chain, member: Member) -> Verdict:
        """Return what is found of a member beside what stands before it, or beside the head where that is open."""
        if self._is_cut(member.formula):
            return "undecided"
        before = [kept[-1]] if kept[1:] and kept[1].relation in ("+=", "-=") else [kept[-1], kept[0]]
        for one in dict.fromkeys(reversed(before) if kept[-1].is_open else before):
            found = self.found.scopes.link(self.number, one.formula, member.formula).verdict
            if found != "undecided":
                return found
        return "undecided"

    def _expected(self, link: LinkReport) -> Member | None:
        node = readable(link.expected, self.found.roles) if link.expected else None
        return None if node is None else Member(node, "corrected")

    def _is_cut(self, node: Node) -> bool:
        """Whether something is differentiated of which the document does not say what it depends on."""
        slopes = (part.of for part in walk(node) if isinstance(part, Derivative))
        known = self.found.knowledge.definitions
        return any(isinstance(of, Name) and key(of) not in known for of in slopes)


def _as_read(kept: Chain, member: Member, link: LinkReport) -> tuple[Member, Member]:
    """Return the last member, where it is the head, and the next as they are read where they are right.

    As without braces, which nobody sees and which are not written.
    """
    for left, right, how in other_readings(kept[-1].formula, member.formula):
        if how in link.reason and (len(kept) == 1 or left == kept[-1].formula):
            return replace(kept[-1], formula=left), replace(member, formula=right)
    return kept[-1], member


def readable(text: str, roles: Roles) -> Node | None:
    """Return a member as a formula; nothing where it cannot be read."""
    try:
        node = read(text, roles)
    except ReadError:
        return None
    return None if isinstance(node, Sum) and not node.terms else node


def _rivals(kept: Chain, member: Node, *, turned: bool) -> Iterator[Node]:
    """Yield what may be meant by a member: with another sign, or differentiated by or of something else."""
    if (whole := joined(member)) != member:
        yield whole
    others = {key(part): part for one in kept for part in walk(one.formula) if isinstance(part, Name)}
    changed = [*_without(member, kept[0].formula), *_differentiated(member, kept[0].formula, list(others.values()))]
    yield from [Negative(member), *changed, *map(Negative, changed)] if turned else changed


def _without(member: Node, head: Node) -> Iterator[Node]:
    """Yield a member with a letter of the head for a number that a sum leaves out, as in ``k \\neq 1``."""
    names = [part for part in walk(head) if isinstance(part, Name)]
    letters = dict.fromkeys(index for name in names for index in name.sub if isinstance(index, Name))
    for part in walk(member):
        if isinstance(part, Summation) and isinstance(part.without, Number):
            yield from (put(member, part, replace(part, without=letter)) for letter in letters)


def _differentiated(member: Node, head: Node, names: Sequence[Name]) -> Iterator[Node]:
    """Yield a member with one of its derivatives by what the head is by, or of another name of the chain."""
    for slope in (part for part in walk(member) if isinstance(part, Derivative)):
        if not isinstance(slope.of, Name) and isinstance(head, Derivative) and _is_kin(slope.by, head.by):
            yield put(member, slope, Derivative(slope.of, head.by, slope.upright))
        if isinstance(slope.of, Name):
            own = slope.of
            alike = [name for name in names if name != own and (name.sub, name.label) == (own.sub, own.label)]
            yield from (put(member, slope, Derivative(name, slope.by, slope.upright)) for name in alike)


def _is_kin(one: Node, other: Node) -> bool:
    return isinstance(one, Name) and isinstance(other, Name) and one != other and one.base == other.base

"""What a document says at each of its places, where it gives names anew: another example, or the next iteration."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, pairwise

from ..formulas import (
    Apply,
    Derivative,
    Name,
    Node,
    ReadError,
    bases_in,
    key,
    walk,
    without_groups,
)
from .agreeing import is_printed
from .batches import is_step_over_samples
from .by_form import by_form
from .collecting import Collector
from .every_entry import every_entry
from .indexed import Indexed
from .judgement import Judgement
from .judging import NEARBY, Judge
from .knowledge import Knowledge, Place, Read, assigned, is_closed, links, lone_number, quantity_key
from .layouts import other_layout
from .newcomers import of_an_example, of_another_net, same_point
from .recomputed import has_other_results
from .repair import ALL_WORK, Repairer
from .rereading import other_readings
from .shapes import shaped, sides
from .spelling import Spelt, spelling, spelt_anew, spelt_differently
from .turns import is_before, turn_at, turns
from .unsaid import completed
from .upright import with_columns
from .work import Work

Printed = str | tuple[str, str]
Event = tuple[int, Node, Place]  # from which chain on, what a name stands for, and where that stands


SPELT_AFTER = 4  # chains after a formula, in which its arrays may be spelt


@dataclass(frozen=True, eq=False)
class Stage:
    """What holds at some places of a document, and what judges by it."""

    knowledge: Knowledge
    chains: list[Read] = field(repr=False)
    near: list[Read] = field(repr=False)
    budget: Work
    aside: Work
    base: Indexed | None = None
    instead: Indexed | None = None

    @cached_property
    def judge(self) -> Judge:
        """Judges links without index letters."""
        return replace(self.bare, examples=lambda: ([pair] for pair in sides(self.chains)))

    @cached_property
    def bare(self) -> Judge:
        """Judges links without index letters, and does not ask other links whether its guesses are right."""
        return Judge(self.knowledge)

    @cached_property
    def indexed(self) -> Indexed:
        """Judges all links."""
        if self.instead is not None:
            return self.instead
        if self.base is None:
            return Indexed(self.judge, self.chains, self.near)
        return self.base.like(self.judge, self.near)

    def of_alike(self, letters: Mapping[str, Node], count: int) -> Stage:
        """Return this where letters, each with the last one, stand for so many things of which all are alike."""
        return replace(self, instead=self.indexed.by(self.indexed.indexing.of_alike(letters, count)))

    @cached_property
    def repairer(self) -> Repairer:
        """Finds the slip in a refuted link."""
        return Repairer(self.judge, self.indexed, self.chains, self.budget, self.aside)


class Stages:
    """The stages of one document: a single one, unless it gives names anew."""

    def __init__(self, knowledge: Knowledge, collector: Collector, chains: list[Read]) -> None:
        self.knowledge, self.chains = knowledge, chains
        self.anew: dict[str, list[Event]] = {}
        self.spelt: list[Spelt] = []
        self.printed: dict[Printed, list[tuple[int, Node]]] = {}
        self.stages: dict[tuple[int, ...], Stage] = {}
        self.judged: dict[tuple[int, int, int], tuple[Judgement, Node, Node]] = {}  # by the sides, which are kept
        self.budget, self.aside = Work(ALL_WORK), Work(ALL_WORK // 2)
        self.bodies = {name: [body for body, _ in found] for name, found in collector.functions.items() if found[1:]}
        self.turns = turns(collector.functions, knowledge, chains)
        if knowledge.several:
            self._collect(collector)

    def _collect(self, collector: Collector) -> None:
        for name in self.knowledge.several:
            candidates = collector.candidates.get(name, ())
            found = [
                (place[0], formula, place)
                for formula, place in candidates
                if place[1] == 0
                and (name not in collector.spelt or spelling(self.knowledge.names[name], formula) is None)
            ]
            if name in self.knowledge.definitions and found:
                self.anew[name] = sorted(found, key=lambda event: event[0])
        if not self.knowledge.several.isdisjoint(collector.spelt):
            self.spelt = sorted(
                (place[0], name, node) for name, found in collector.spelt.items() for node, place in found
            )
        for number, chain in enumerate(self.chains):
            head = chain.members[0]
            for name, event in _events(number, chain):
                if name in self.knowledge.several and name in self.knowledge.givens:
                    self.anew.setdefault(name, [self._first(name)]).append(event)
            readable = (m for m in reversed(chain.members) if isinstance(m, Node))
            last = next((member for member in readable if is_printed(without_groups(member))), None)
            if last is not None and (what := quantity_key(head)) and self._follows(head):
                self.printed.setdefault(what, []).append((number, last))

    def _first(self, name: str) -> Event:
        """Return the value that a name has before any chain gives it one: also one that was only put in for it."""
        return -1, self.knowledge.givens[name], self.knowledge.sources[name]

    def _follows(self, head: Node | ReadError) -> bool:
        """Whether a quantity depends on what is given anew, so that its printed value changes as well."""
        return isinstance(head, Node) and not self.knowledge.several.isdisjoint(self.knowledge.reach(head))

    @cached_property
    def heads(self) -> dict[str, int]:
        """The first chain that each name is the head of."""
        heads = ((number, chain.members[0]) for number, chain in enumerate(self.chains))
        return {key(head): number for number, head in reversed([*heads]) if isinstance(head, Name)}

    def at(self, number: int) -> Stage:
        """Return the stage at a chain."""
        return self._stage(self._state(number), number)

    def _state(self, number: int) -> tuple[int, ...]:
        spelt = bisect_right(self.spelt, number, key=lambda event: event[0])
        spelling = {name for _, name, _ in self.spelt}
        places = (_latest(events, number, first=-1 if name in spelling else 0) for name, events in self.anew.items())
        turned = (turn_at(events, number, self.chains) for events in self.turns.values())
        return (*turned, *places, spelt)

    @cached_property
    def _states(self) -> list[tuple[int, ...]]:
        """The states at all chains, in order."""
        return [self._state(number) for number in range(len(self.chains))]

    def _stage(self, state: tuple[int, ...], number: int) -> Stage:
        printed = tuple(_latest(events, number) for events in self.printed.values())
        if (*state, *printed) not in self.stages:
            near = [chain for chain, own in zip(self.chains, self._states, strict=True) if own == state]
            known = self._known(state, printed, near)
            known = shaped(known, sides(near)) if self.anew else known
            self.stages[*state, *printed] = Stage(known, self.chains, near, self.budget, self.aside, self._base)
        return self.stages[*state, *printed]

    @cached_property
    def _base(self) -> Indexed | None:
        """What all stages have in common, where no definition with letters is given anew."""
        if not self.anew or self.turns:
            return None
        base = Indexed(Judge(self.knowledge), self.chains, self.chains)
        heads = [self.knowledge.names[name] for name in self.anew if name in self.knowledge.names]
        return None if base.indexing.letters(*heads) else base

    def _known(self, state: tuple[int, ...], printed: tuple[int, ...], near: list[Read]) -> Knowledge:
        which = zip(self.turns.items(), state, strict=False)
        turned = {name: events[place][1] for (name, events), place in which}
        own = replace(self.knowledge, functions={**self.knowledge.functions, **turned}) if turned else self.knowledge
        if not self.anew:
            return own
        *places, last = state[len(turned) :]
        events = {
            name: found[which] for (name, found), which in zip(self.anew.items(), places, strict=True) if which >= 0
        }
        known = replace(
            own,
            definitions=dict(own.definitions) | {n: node for n, (_, node, _) in events.items() if n in own.definitions},
            givens=dict(own.givens) | {name: node for name, (_, node, _) in events.items() if name in own.givens},
            sources=dict(own.sources) | {name: place for name, (_, _, place) in events.items()},
            printed=dict(own.printed) | _chosen(self.printed, printed),
            several=frozenset(),
        )
        later = {name for name, place in zip(self.anew, places, strict=True) if place < 0}
        return completed(spelt_anew(known, self.spelt, last, later=later, near=near)) if self.spelt else known

    def link(self, number: int, left: Node, right: Node) -> Judgement:
        """Return the verdict on ``left = right`` by what holds there; it may also go by what was or will be given."""
        place = number, id(left), id(right)
        if place not in self.judged:
            self.judged[place] = self._judged(number, left, right), left, right
        return self.judged[place][0]

    def _judged(self, number: int, left: Node, right: Node) -> Judgement:
        judgement = self.at(number).indexed.link(left, right, number)
        if judgement.passes and (way := self._other_layout(left, right)):
            return Judgement("refuted", f"elsewhere this derivative is laid out as a {way}")
        if judgement.verdict == "undecided" and self.spelt:
            judgement = self._before_spelling(number, left, right) or judgement
        if judgement.verdict == "undecided":
            return by_form(left, right, self.at(number), self.knowledge) or judgement
        if judgement.verdict != "refuted":
            return judgement
        if judgement.near and any(isinstance(m, Node) and is_closed(m) for m in self.chains[number].members):
            return replace(judgement, verdict="undecided", reason=f"{NEARBY}, and not elsewhere")
        if self._have_one_value(number, left, right):
            return Judgement("holds", "both have the same value, of which the chain speaks")
        if (alike := every_entry(self.at(number).judge, left, right)) is not None:
            return alike
        for one, two, how in other_readings(left, right):
            read_so = self.at(number).indexed.link(one, two)
            if read_so.passes:
                return replace(read_so, reason=f"{read_so.reason}, {how}")
        for stage in self._others(number, left, right):
            other = stage.indexed.link(left, right, number)
            if other.passes:
                return replace(other, reason=f"{other.reason}, by what another part of the document gives")
        for known in self._as_elsewhere(number, left, right):
            other = Judge(known).link(left, right)
            if other.passes:
                return replace(other, reason=f"{other.reason}, by what another part of the document gives")
        if is_before(self.turns, number, left, right, knowledge=self.knowledge, chains=self.chains):
            return Judgement("undecided", "a function behind it is defined anew")
        return self._doubted(number, left, right) or judgement

    def _have_one_value(self, number: int, left: Node, right: Node) -> bool:
        """Whether two quantities in a chain that ends in a number have the same value: it speaks of nothing else."""
        members = self.chains[number].members
        last, link = members[-1], self.at(number).indexed.link
        if right not in members[1:-1] or not isinstance(last, Node) or lone_number(last) is None:
            return False
        if quantity_key(left) is None or quantity_key(right) is None:
            return False
        one, other = (link(side, last, number) for side in (left, right))
        same = one.sides and other.sides and one.sides[0] == other.sides[0]
        return (one.passes and other.passes) or (one.verdict == other.verdict == "refuted" and bool(same))

    def _doubted(self, number: int, left: Node, right: Node) -> Judgement | None:
        """Return why a link may be right all the same: its letters may be others, or its vectors columns."""
        known = self.at(number).knowledge
        if other := of_another_net(number, left, right, known, self.chains):
            return Judgement("undecided", f"{other} may be another quantity in this section")
        if (example := of_an_example(left, right, known)) and Judge(example[1]).link(left, right).passes:
            return Judgement("undecided", f"{example[0]} may be another quantity in this section")
        if point := same_point(left, right, known):
            return Judgement("undecided", f"whether {point} is what stands beside it without an index is not said")
        columns = with_columns(known, right)
        if columns is not None and not isinstance(left, Name) and Judge(columns).link(left, right).passes:
            return Judgement("undecided", "equal where vectors are columns, which is not said")
        return None

    def _other_layout(self, left: Node, right: Node) -> str:
        return other_layout(left, right, self.chains, self.knowledge.definitions.values())

    def _as_elsewhere(self, number: int, left: Node, right: Node) -> Iterator[Knowledge]:
        """Yield what is said with the other formulas of functions that stand behind a link, but not in it."""
        known = self.at(number).knowledge
        behind = known.reach(left) | known.reach(right)
        applied = {
            key(part.function)
            for name in behind
            for part in walk(known.definitions.get(name, Name(name)))
            if isinstance(part, Apply)
        }
        own = {key(part.function) for side in (left, right) for part in walk(side) if isinstance(part, Apply)}
        for name in sorted(self.bodies.keys() & applied - own):
            for body in self.bodies[name]:
                if body != known.functions.get(name):
                    yield replace(known, functions={**known.functions, name: body})

    def _before_spelling(self, number: int, left: Node, right: Node) -> Judgement | None:
        """Return the verdict by the arrays that are spelt a little further on, where a link is right for these."""
        for later in range(number + 1, min(number + 1 + SPELT_AFTER, len(self.chains))):
            judgement = self.at(later).indexed.link(left, right, number)
            if judgement.passes:
                return judgement
        return None

    def _others(self, number: int, left: Node, right: Node) -> Iterator[Stage]:
        """Yield the stages before and after, at which something behind a link has another value."""
        reach = self.knowledge.reach(left) | self.knowledge.reach(right)
        if self._copied(number, left, right):
            return
        seen = [self.at(number)]
        for name in sorted(reach & self.anew.keys()):
            events = self.anew[name]
            place = _latest(events, number)
            for event in events[max(0, place - 1) : place + 2]:
                if any(self._comes(other, event[0], number) for other in reach & self.anew.keys()):
                    continue
                stage = self.at(event[0])
                if stage not in seen:
                    seen.append(stage)
                    yield stage

    def _comes(self, name: str, there: int, here: int) -> bool:
        """Whether what a name is at one place is the result of a step that is still to come at another."""
        since, _, place = self.anew[name][_latest(self.anew[name], there)]
        return here < place[0] < since

    def _copied(self, number: int, left: Node, right: Node) -> bool:
        """Whether the numbers that are put in for a formula are those of another stage, where it is printed as well."""
        if not is_closed(right) or isinstance(left, Name | Derivative):
            return False
        places = (place for place, chain in enumerate(self.chains) if (left, right) in pairwise(chain.members))
        return any(self._states[place] != self._states[number] for place in places)


def defined_anew(knowledge: Knowledge, collector: Collector, chains: list[Read]) -> Knowledge:
    """Note the names that different sections define differently, where fewer links are refuted if each is right."""
    judge = Judge(knowledge)
    anew: dict[str, int] = {}
    apart: set[str] = set()
    for name, found in collector.candidates.items():
        outright = [(formula, place) for formula, place in found if place[1] == 0]
        if name not in knowledge.definitions or len(outright) < 2:
            continue
        turns = [
            (one, other)
            for one, other in pairwise(outright)
            if (
                chains[one[1][0]].chain.section != chains[other[1][0]].chain.section
                or _is_of_another_model(one, other, knowledge)
            )
            and not judge.identical(one[0], other[0])
            and not is_step_over_samples(knowledge.names.get(name), other[0], knowledge)
        ]
        if turns:
            anew[name] = len(turns)
            own = has_other_results([chains[place[0]] for turn in turns for _, place in turn])
            apart |= {name} if own and all(_is_of_another_model(*turn, knowledge) for turn in turns) else set()
    apart |= {name for name in anew if _of_other_arguments(collector.candidates[name], chains)}
    knowledge = replace(knowledge, several=knowledge.several | apart)
    trial = replace(knowledge, several=knowledge.several | anew.keys())
    if contradictory := spelt_differently(collector.spelt, chains):
        return replace(trial, several=trial.several | contradictory)
    before = len(list(_refuted(knowledge, collector, chains, anew))) if anew else 0
    most = max(0, before - sum(anew.values()))
    return trial if len(list(islice(_refuted(trial, collector, chains, anew), most))) < most else knowledge


def _is_of_another_model(one: tuple[Node, Place], other: tuple[Node, Place], knowledge: Knowledge) -> bool:
    """Whether a definition is in terms of what is defined after an earlier one, and does not stand behind that."""
    names = knowledge.names
    old = {names[name].base for name in knowledge.reach(one[0]) & names.keys()}
    new = bases_in(other[0]) - old
    places = (place for name, place in knowledge.sources.items() if name in names and names[name].base in new)
    return any(one[1] < place < other[1] for place in places)


def _of_other_arguments(found: list[tuple[Node, Place]], chains: list[Read]) -> bool:
    """Whether the definitions of a name are printed with other arguments, as ``L(y, o)`` and ``L(y, p)``."""
    heads = [chains[number].members[0] for _, (number, place) in found if place == 0]
    arguments = {head.arguments for head in heads if isinstance(head, Apply)}
    several = len(arguments) > 1 and all(isinstance(head, Apply) for head in heads)
    return several and {len(own) for own in arguments} == {2}


def _refuted(knowledge: Knowledge, collector: Collector, chains: list[Read], names: Collection[str]) -> Iterator[Place]:
    """Yield the links behind which some names stand that are refuted, where they are no definition of one."""
    stages = Stages(knowledge, collector, chains)
    for place, left, right in links(chains):
        stage = stages.at(place[0])
        known = stage.knowledge
        defines = isinstance(left, Name) and known.sources.get(key(left)) == place
        if not defines and not (known.reach(left) | known.reach(right)).isdisjoint(names):
            judgement = stage.bare.link(left, right)
            if judgement.verdict == "undecided":
                judgement = stage.indexed.link(left, right)
            if judgement.verdict == "refuted":
                yield place


def _events(number: int, chain: Read) -> Iterator[tuple[str, Event]]:
    """Yield what a chain gives its names: outright, or as the result of an assignment, for what comes after it."""
    for name, value in assigned(chain):
        later = name is chain.members[0] and value is not chain.members[1]
        yield key(name), (number + later, value, (number, len(chain.members) - 2 if later else 0))


def _latest(events: Sequence[tuple[int, Node] | Event], number: int, *, first: int = 0) -> int:
    return max(first, bisect_right(events, number, key=lambda event: event[0]) - 1)


def _chosen(printed: Mapping[Printed, list[tuple[int, Node]]], places: tuple[int, ...]) -> dict[Printed, Node]:
    return {what: found[place][1] for (what, found), place in zip(printed.items(), places, strict=True)}

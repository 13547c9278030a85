"""Links with index letters: judged for numbered quantities, at a few assignments of numbers to the letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property, partial

from ..formulas import Derivative, Gradient, Name, Node, Summation, has_part, key, latex, walk
from .adding_up import sharing
from .bounding import bounded_by_zero
from .choosing import Choices, choices
from .doubts import Doubts
from .families import Rule, behind, families, survey
from .fitted import fitted
from .givens import unsaid
from .immediate import Pair, meanings, share, summed, with_copies
from .implied import implied
from .indexing import Assignment, Indexing, open_places, quantities
from .indices import is_equality, is_letter, letters_of, slots
from .instances import Instances, Kind, conditions, given_anew, heads, instances, kind, spoken
from .judgement import Judgement, worst
from .judging import Judge
from .knowledge import Read, names_in
from .kronecker import kronecker
from .layers import layers
from .limits import Undecided
from .parts import without_arguments
from .shapes import sides
from .shares import classes, compared, is_condition, one_hot, shared_out, targets_of
from .wholes import unreached, with_wholes

MOST_INSTANCES = 4  # of a link, from which shapes are inferred
CONDITION_REACH = 3  # chains for which a condition such as "if i = j" holds


@dataclass
class NumberedJudge(Judge):
    """Judges links of numbered quantities; a weight, input or target that is numbered otherwise is another one."""

    computed: frozenset[str] = frozenset()
    ruled: frozenset[Kind] = frozenset()
    shifted: frozenset[str] = frozenset()
    layered: bool = False

    def guessed(self, left: Node, right: Node) -> frozenset[str]:
        """Return the quantities behind a link whose dependencies are guessed: in a net of layers the loss is not."""
        behind = self.knowledge.reach(left) | self.knowledge.reach(right)
        return super().guessed(left, right) & self._guesses if behind & self._guesses else frozenset()

    @cached_property
    def _guesses(self) -> frozenset[str]:
        computed = self.knowledge.definitions.keys() if self.layered else set[str]()
        names = self.knowledge.open_quantities
        return frozenset(name for name in names if not set(self.knowledge.generic[name]) <= computed)

    def loose(self, left: Node, right: Node) -> set[str]:
        """Return the names that nothing defines and that stand on one side only, but for those of a known kind."""
        loose = super().loose(left, right)
        names = {key(part): part for side in (left, right) for part in walk(side) if isinstance(part, Name)}
        lone = (names_in(left) ^ names_in(right)) - self.knowledge.defined - self.knowledge.generic.keys()
        open_names = {name for name in lone if kind(names[name]) in self.ruled} | unsaid(left, right, self.knowledge)
        loose = {name for name in loose if name in names and kind(names[name]) not in self._free}
        return loose | open_names | unreached(left, right, self.knowledge)

    @cached_property
    def _free(self) -> set[Kind]:
        names = (self.knowledge.names[name] for name in self.knowledge.defined_or_used & self.knowledge.names.keys())
        kinds = {kind(name) for name in names if name.base not in self.computed}
        return {found for found in kinds if found[1] + found[2] > 1 or found[0] in self.shifted}


class Indexed:
    """Judges the links of one document, by instantiation where they have index letters."""

    def __init__(self, judge: Judge, chains: list[Read], near: list[Read]) -> None:
        self.judge, self.chains, self.near = judge, chains, near
        knowledge = judge.knowledge
        found = survey(knowledge, chains)
        self.indexing = Indexing(
            fitted(families(found), found, knowledge),
            quantities(found, knowledge),
            frozenset(rule.head.base for rule in found.rules),
            frozenset(kronecker(found, knowledge, chains)),
            layers(found),
            frozenset(open_places(found)),
        )
        self.indexing = replace(self.indexing, implied=implied(found, self.indexing, knowledge))
        self.found = found
        self.rules = found.rules
        self.mended = found.mended
        self.steps = found.counted
        self.conditions = dict(conditions(chains))

    def like(self, judge: Judge, near: list[Read]) -> Indexed:
        """Return the same for a stage of the document in which only names without letters are given anew."""
        other = copy(self)
        for kept in ("instances", "numbered", "_open", "_doubts", "_overruled"):
            vars(other).pop(kept, None)
        other.judge, other.near = judge, near
        other.found = given_anew(self.found, self.judge.knowledge, after=judge.knowledge)
        other.rules = other.found.rules
        return other

    @cached_property
    def instances(self) -> Instances:
        """What the document defines, by number."""
        return instances(self.judge.knowledge, self.indexing, self.found)

    @cached_property
    def numbered(self) -> NumberedJudge:
        """Judges links of numbered quantities."""
        known = shared_out(self.instances.knowledge, self.indexing, self.found, self.chains)
        near = [pair for instances in self._instances(self.near) for pair in instances]
        whole = self.indexing.layers is None
        ruled = (kind(rule.head) for rule in self.rules if whole and not letters_of([rule.head]) & self.found.steps)
        return NumberedJudge(
            sharing(with_wholes(known, self.found, indexing=self.indexing, equations=near)),
            examples=lambda: self._instances(self.chains, shares=False),
            computed=frozenset(heads(self.chains)),
            ruled=frozenset(ruled),
            shifted=self.found.shifted,
            layered=not whole,
        )

    def _instances(self, chains: list[Read], *, shares: bool = True) -> Iterator[list[tuple[Node, Node]]]:
        """Yield links as those of numbered quantities, each at a few assignments; perhaps but for shares of steps."""
        for left, right in sides(chains):
            if not shares and share(left, right, self.steps) != left:
                continue
            at = self._choices(left, right)
            found = []
            for values in (*at.different, *at.same)[:MOST_INSTANCES]:
                with suppress(Undecided):
                    found.append((self.indexing.expand(left, values), self.indexing.expand(right, values)))
            yield found

    def link(self, left: Node, right: Node, number: int = -1) -> Judgement:
        """Return the verdict on ``left = right``; ``number`` is that of its chain."""
        if is_condition(left, right, self.judge.knowledge) or is_equality(left, right):
            return Judgement("given", "a condition")
        if (way := self.indexing.fitted(left, right)) is not self.indexing:
            return self.by(way).link(left, right, number)
        names = self.indexing.letters(left, right)
        plain = self.judge.link(left, right)
        sums = self._has_sum(left, right) or (
            plain.verdict == "undecided" and (self.indexing.ranges or self.found.dotted)
        )
        passes = plain.passes
        cut = self.is_cut(left, right) if passes else plain.verdict == "refuted" and self._is_overruled(left, right)
        if not cut and (plain.verdict == "proved" or not (names or sums)):
            return plain
        judgement = self._numbered(names, left, right, self._condition(number))
        if judgement.verdict == "undecided" and (said := (self._said(left), self._said(right))) != (left, right):
            judgement = self._numbered(self.indexing.letters(*said), *said, self._condition(number))
        if passes and not cut and judgement.verdict == "undecided":
            return plain
        if (judgement.otherwise or judgement.verdict == "undecided") and [right] == self._bodies.get(key(left), [])[:1]:
            return Judgement("proved", "both sides are the same under the definitions")  # a definition, said again
        if judgement.verdict == "refuted" and (direct := self._immediately(left, right)):
            return direct
        if judgement.verdict == "refuted" and (
            doubt := self._doubts.about(left, right, self._choices(left, right).first, number)
        ):
            return self._as_meant(left, right) or Judgement("undecided", doubt)
        return replace(judgement, reason=f"{judgement.reason} (for numbered quantities)", loose=False)

    def by(self, indexing: Indexing) -> Indexed:
        """Return what judges by the same definitions, where letters stand for something else."""
        other = copy(self)
        vars(other).update(instances=self.instances, numbered=self.numbered, indexing=indexing)
        return other

    def _as_meant(self, left: Node, right: Node) -> Judgement | None:
        """Return that a link holds where a name stands for that with the letter of its definition."""
        meant = self._doubts.meant(left, right)
        if meant is None or not self._numbered(self.indexing.letters(meant, right), meant, right, None).passes:
            return None
        return Judgement("holds", f"equal where {latex(left)} is {latex(meant)}, as the definition has it")

    def is_cut(self, left: Node, right: Node) -> bool:
        """Whether a rule with letters was not applied to a name behind what is differentiated, or to a whole kind."""
        knowledge = self.judge.knowledge
        reach = knowledge.reach(left) | knowledge.reach(right)
        if self._is_overruled(left, right):
            return True
        free = [knowledge.names[name] for name in (reach - knowledge.defined) & knowledge.names.keys()]
        parts = [part for formula in knowledge.behind(left, right) for part in walk(formula)]
        by = {key(part.by) for part in parts if isinstance(part, Derivative)}
        by |= {key(name) for part in parts if isinstance(part, Gradient) for name in part.by}
        return bool(by) and any(by & (behind(name, self.rules) - {key(name)}) for name in free)

    def _numbered(self, names: list[str], left: Node, right: Node, condition: tuple[str, str] | None) -> Judgement:
        at = self._choices(left, right)
        judgement = self._everywhere(left, right, at.different or at.same)
        if judgement.verdict == "refuted" and condition and set(condition) <= set(names):
            equal = [values for values in (*at.different, *at.same) if values[condition[0]] == values[condition[1]]]
            other = worst([self._at(left, right, values) for values in equal])
            if other.passes:
                return Judgement("holds", f"equal where {' = '.join(condition)}")
        if judgement.passes and at.different and at.same:
            other = self._everywhere(left, right, at.same)
            if other.verdict == "refuted":
                apart = ", ".join((*names, *at.chosen))
                other = other if at.chosen else Judgement("undecided", f"it holds only where {apart} are different")
                return Judgement("holds", f"equal where {apart} are different", otherwise=other)
        return judgement

    def _everywhere(self, left: Node, right: Node, places: Sequence[Assignment]) -> Judgement:
        """Return the verdict for some assignments, as soon as one of them refutes."""
        found: list[Judgement] = []
        for values in places:
            found.append(self._at(left, right, values))
            if found[-1].verdict == "refuted":
                break
        return worst(found)

    def _said(self, node: Node) -> Node:
        return spoken(node, self.rules, self.indexing)

    def _immediately(self, left: Node, right: Node) -> Judgement | None:
        """Return that a link holds where a step is differentiated with the steps before it held fixed."""
        at = self._choices(left, right)
        for one, other, reason in meanings(left, right, found=self.found, summed=self.summed):
            if worst([self._at(one, other, values, self.direct) for values in at.different or at.same]).passes:
                return Judgement("holds", reason)
        return None

    @cached_property
    def summed(self) -> frozenset[Pair]:
        """Derivatives of a step by a parameter that the document sums over the steps, so means as immediate ones."""
        return frozenset(pair for chain in self.chains for node in chain.nodes for pair in summed(node, self.steps))

    @cached_property
    def direct(self) -> NumberedJudge:
        """Judges by copies of the parameters, one a step."""
        return replace(self.numbered, knowledge=with_copies(self.numbered.knowledge, self.steps), evaluators={})

    def one_hot(self, left: Node, right: Node) -> Judgement | None:
        """Return that a link holds where the target of a cross-entropy is 1 for one class, or may where it is 0."""
        own = classes(left, right, self.indexing, self.rules)
        at = self._choices(left, right)
        own = [letter for letter in own if letter not in self.found.bound]
        for letter in (*own, None) if self._targets and at.different and not at.chosen else ():
            found = worst([self._at(left, right, values, self._with_class(values, letter)) for values in at.different])
            if found.passes:
                if letter is None:
                    return Judgement("undecided", "it holds only where the target is 0")
                return Judgement("holds", f"equal where {letter} is the right class")
        return None

    @cached_property
    def _targets(self) -> list[Summation]:
        """The sums of the targets in cross-entropies."""
        return list(targets_of(self.instances.knowledge, self.indexing, self.found)) or list(compared(self.found))

    def _with_class(self, values: Assignment, letter: str | None) -> NumberedJudge:
        """Return the judge for which one class is the right one: that of a letter, or one of which nothing is said."""
        others = (number for number in range(1, len(values) + 2) if number not in values.values())
        wanted = values[letter] if letter is not None else next(others)
        given = one_hot(self._targets, self.indexing, wanted)
        knowledge = replace(self.numbered.knowledge, definitions={**self.numbered.knowledge.definitions, **given})
        return replace(self.numbered, knowledge=knowledge, evaluators={})

    def _condition(self, number: int) -> tuple[str, str] | None:
        """Return the letters that are said to be equal a little before a chain."""
        before = [place for place in self.conditions if number - CONDITION_REACH <= place < number]
        if not before or self._case(number) != self._case(max(before)):
            return None
        return self.conditions[max(before)]

    def _case(self, number: int) -> tuple[int, int]:
        chain = self.chains[number].chain
        return chain.section, chain.case

    def contradicted(self, left: Node, right: Node) -> Judgement | None:
        """Return that a definition contradicts a more general one of the same quantity; nothing where it does not."""
        if not isinstance(left, Name) or right not in self._bodies.get(key(left), ()):
            return None
        for values in self._choices(left, left).different:
            known = self.numbered.knowledge.definitions.get(key(self.indexing.expand(left, values)))
            if not isinstance(known, Derivative) or known == self.indexing.expand(right, values):
                return None
        judgement = self._numbered(self.indexing.letters(left, right), left, right, None)
        return judgement if judgement.verdict == "refuted" else None

    def _is_overruled(self, left: Node, right: Node) -> bool:
        known = self.judge.knowledge
        return bool(self._overruled and self._overruled & (known.reach(left) | known.reach(right)))

    @cached_property
    def _overruled(self) -> frozenset[str]:
        """The names whose own definition contradicts a more general one."""
        known = self.judge.knowledge
        rules = Counter((rule.head.base, rule.head.marks) for rule in self.rules)
        several = {key(rule.head) for rule in self.rules if rules[rule.head.base, rule.head.marks] > 1}
        lettered = (name for name in several if name in known.definitions and name in known.names)
        return frozenset(name for name in lettered if self.contradicted(known.names[name], known.definitions[name]))

    @cached_property
    def _bodies(self) -> dict[str, list[Node]]:
        """The definitions of every name."""
        found: dict[str, list[Node]] = {}
        for rule in self.rules:
            found.setdefault(key(rule.head), []).append(rule.body)
        return found

    @cached_property
    def laws(self) -> dict[str, list[Rule]]:
        """The definitions with letters for indices, by the bare name that each is of."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if any(is_letter(index) for _, index in slots(rule.head)):
                found.setdefault(rule.head.base, []).append(rule)
        return found

    def _choices(self, left: Node, right: Node) -> Choices:
        return choices((left, right), self.indexing, self.judge.knowledge)

    def expansions(self, left: Node, right: Node) -> Iterator[Callable[[Node], Node]]:
        """Yield the functions that put numbers for the open letters of a link, where these make its sides differ."""
        names = self.indexing.letters(left, right)
        if names or self._has_sum(left, right) or self.is_cut(left, right):
            one, other = self._said(left), self._said(right)
            for values in self._at_best(left, right):
                if self._at(left, right, values).verdict == "refuted":
                    yield partial(self.indexing.expand, values=values)
                elif self._at(one, other, values).verdict == "refuted":
                    yield partial(self._expanded, values=values)

    def everywhere(self, left: Node, right: Node) -> Iterator[Callable[[Node], Node]]:
        """Yield the functions that put numbers for the open letters of a link."""
        yield from (partial(self.indexing.expand, values=values) for values in self._at_best(left, right))

    def _at_best(self, left: Node, right: Node) -> Sequence[Assignment]:
        """Return the numbers for the letters of a link: all different, where there are so many units."""
        at = self._choices(left, right)
        return at.different or at.same

    def _expanded(self, node: Node, values: Assignment) -> Node:
        return self.indexing.expand(self._said(node), values)

    def is_lettered(self, left: Node, right: Node) -> bool:
        """Whether a link is judged for numbered quantities."""
        return bool(self.indexing.letters(left, right)) or self._has_sum(left, right)

    def _has_sum(self, left: Node, right: Node) -> bool:
        """Whether a sum over an index stands in a link or behind it."""
        formulas = self.judge.knowledge.behind(left, right)
        sums = (part for f in formulas if has_part(f, Summation) for part in walk(f))
        return any(isinstance(part, Summation) and part.index is not None for part in sums)

    @cached_property
    def _doubts(self) -> Doubts:
        """Why a link that differs may be right."""
        return Doubts(self.judge.knowledge, self.numbered.knowledge, self.indexing, self.mended, self.chains)

    @cached_property
    def _open(self) -> frozenset[str]:
        """Names with a letter in a definition that does not say for which it holds."""
        names = self.numbered.knowledge.names
        used = names.keys() & self.numbered.knowledge.defined_or_used
        return frozenset(name for name in used if self.indexing.letters(names[name]))

    def _at(self, left: Node, right: Node, values: Assignment, judge: NumberedJudge | None = None) -> Judgement:
        try:
            one, other = self.indexing.expand(left, values), self.indexing.expand(right, values)
        except Undecided as reason:
            return Judgement("undecided", str(reason))
        knowledge = self.numbered.knowledge
        reach = frozenset[str]().union(*(knowledge.reach(without_arguments(side, knowledge)) for side in (one, other)))
        if beyond := reach & self.instances.beyond:
            text = f"what {', '.join(sorted(beyond)[:3])} is at the end is not said"
            return Judgement("undecided", text, beyond=True)
        if begun := self._begun(one, other):
            return Judgement("undecided", f"what {begun} is at the start is not said", beyond=True)
        if unsaid := reach & self._open:
            return Judgement("undecided", f"for which index {', '.join(sorted(unsaid)[:3])} stands is not said")
        judge = judge or self.numbered
        judgement = judge.link(one, other)
        fails = judgement.verdict in ("refuted", "undecided")
        bounded = bounded_by_zero(one, other, knowledge, self.found) if fails else None
        if bounded and judge.link(*bounded).passes:
            return Judgement("holds", "equal where what is outside of its range counts as zero")
        return judgement

    def _begun(self, *sides: Node) -> str:
        """Return what is differentiated though no rule reaches as far back."""
        parts = (part.of for side in sides for part in walk(side) if isinstance(part, Derivative))
        heads = {kind(rule.head) for rule in self.rules}
        known = self.numbered.knowledge
        names = (part for part in parts if isinstance(part, Name) and kind(part) in heads)
        return next((key(name) for name in names if key(name) not in {*known.defined, *known.generic}), "")

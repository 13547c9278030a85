"""The definition at the root of links that do not hold: with one slip undone in it, they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Protocol, TypeVar

from ..formulas import Derivative, Name, Node, Summation, key, walk
from .indexed import Indexed
from .indices import letters_of
from .instances import Kind, kind
from .judging import Judge
from .knowledge import Knowledge, Place, Read, links, names_in, slope_key
from .known import Context
from .likeness import Terms, form, stands_out, terms
from .limits import Undecided
from .looks import KNOWN
from .parts import is_shorter
from .places import bare, places
from .repaired import SIGN_TOO, SIGN_TOO_ZH, Undone
from .report import PASSING, EquationReport, LinkReport
from .shapes import shaped
from .sibling_slopes import sibling_slopes
from .slips import SLIPS
from .source import Meant, Source
from .stages import Stages
from .trials import Link, Suspect, Trial, applied_in, hold, named, stands_in
from .twice import is_second
from .usual import is_activation, is_applied, is_sum_of_squares
from .work import Work, size

MOST_WORK = 30_000  # for finding the slip in one definition
RESHAPED = 12  # times the work at least, where the shapes of all arrays are found anew
SUSPECTS = 3  # definitions that are tried
TRIALS = 3  # meanings of definitions with which the whole document is judged
LOOKED_AT = 4  # links that have to hold, before the whole document is judged
FACTOR = "factor 2 or 1/2"
TROUBLE = ("refuted", "undecided")
TWOFOLD = (SIGN_TOO, SIGN_TOO_ZH)  # said of links that are right only where two slips are undone


class Checked(Protocol):
    """A document that is checked."""

    @property
    def equations(self) -> tuple[EquationReport, ...]:
        """What is found of its chains."""

    @property
    def stages(self) -> Stages:
        """What it says at each of its places."""


C = TypeVar("C", bound=Checked)


def rooted(source: Source, check: Callable[[Source], C]) -> C:
    """Return a document checked by what its definitions mean: a slip in one is undone where links then hold."""
    before = check(source)
    verdicts = _verdicts(before)
    once = ((place, link) for place, link in _links(before) if not any(map(link.reason.__contains__, TWOFOLD)))
    repaired = {place for place, link in once if link.expected}
    roots = Roots(before.stages, source.chains, verdicts, frozenset(repaired))
    for meant in islice(roots.meanings(), TRIALS):
        rival = replace(source, meant=meant)
        after = check(rival) if roots.bear_out(rival.whole, meant) else before
        if _is_better(verdicts, _verdicts(after), meant.number):
            return after
    return before


def _verdicts(checked: Checked) -> dict[Place, str]:
    return {place: link.verdict for place, link in _links(checked)}


def _links(checked: Checked) -> Iterator[tuple[Place, LinkReport]]:
    for number, equation in enumerate(checked.equations):
        yield from (((number, place), link) for place, link in enumerate(equation.links))


def _is_better(before: Mapping[Place, str], after: Mapping[Place, str], own: int) -> bool:
    """Whether a definition is refuted, more than half of the refuted links outside of it hold, and none is lost."""
    outside = [place for place in before if place[0] != own]
    refuted = {place for place in outside if before[place] == "refuted"}
    still = {place for place in outside if after[place] == "refuted"}
    lost = [place for place in outside if before[place] in PASSING and after[place] not in PASSING]
    gained = [place for place in outside if before[place] in TROUBLE and after[place] in PASSING]
    fewer = 2 * len(still) < len(refuted) if refuted else not still
    return after[own, 0] == "refuted" and still <= refuted and fewer and bool(gained) and not lost


@dataclass(frozen=True, eq=False)
class Roots:
    """Looks for the definition behind links that do not hold.

    Attributes:
        stages: what the document says at each of its places.
        chains: the document.
        verdicts: of its links.
        repaired: the links in which one slip explains what stands there.
    """

    stages: Stages
    chains: list[Read]
    verdicts: Mapping[Place, str]
    repaired: frozenset[Place]

    @property
    def knowledge(self) -> Knowledge:
        """What it says."""
        return self.stages.knowledge

    def meanings(self) -> Iterator[Meant]:
        """Yield what definitions may mean: formulas with which links that do not hold would."""
        if self.knowledge.several or not any(verdict in TROUBLE for verdict in self.verdicts.values()):
            return
        for suspect in sorted(self._suspects(), key=self._rank)[:SUSPECTS]:
            yield from self._undone(suspect, Work(MOST_WORK))

    def bear_out(self, stages: Stages, meant: Meant) -> bool:
        """Whether with what a definition means more than half of the refuted links hold, and those that hold still do.

        So what has to be judged anew is seldom the whole document, with all repairs.
        """
        outside = [link for link in self._links if link[0][0] != meant.number and self._depends(link, meant.name)]
        refuted = [link for link in outside if self.verdicts[link[0]] == "refuted"]
        still = sum(not _passes(stages, link) for link in refuted)
        if 2 * still >= len(refuted) > 0:
            return False
        held = (link for link in outside if self.verdicts[link[0]] == "proved")
        return all(_passes(stages, link) or not _passes(self.stages, link) for link in held)

    @cached_property
    def _slopes(self) -> Mapping[str, Node]:
        return sibling_slopes(self.stages)

    @cached_property
    def _links(self) -> list[Link]:
        return [link for link in links(self.chains) if not any(map(is_second, link[1:]))]  # these follow from the first

    @cached_property
    def _size(self) -> int:
        """How many parts the document has, by all of which the shapes of arrays are found."""
        return size(*(node for read in self.chains for node in read.nodes))

    def _suspects(self) -> Iterator[Suspect]:
        for name, formula, number in self._definitions():
            troubled = (self._headed(link) if link[0] == (number, 1) else link for link in self._troubled)
            behind = [link for link in troubled if link[0] != (number, 0) and self._depends(link, name)]
            outside = sum(place[0] != number for place, _, _ in behind)
            if outside and (2 * outside >= len(self._troubled) or self._lettered(name, formula)):
                own = names_in(formula) | {name.removesuffix("()")}
                behind.sort(key=lambda link, own=own: (-len(own & named(link)), size(*link[1:])))  # type: ignore[misc]
                yield Suspect(name, formula, number, behind)

    def _headed(self, link: Link) -> Link:
        """Return a link behind a definition as one of what is defined."""
        (number, place), _, right = link
        head = self.chains[number].members[0]
        return ((number, place), head, right) if isinstance(head, Node) else link

    def _rank(self, suspect: Suspect) -> tuple[bool, bool, bool, bool, float]:
        """Return what is the smaller, the more the links that do not hold are about a definition."""
        constant = self.knowledge.needs(suspect.name).isdisjoint(self.knowledge.definitions)
        idle = constant and not self._is_refuted and any(of == suspect.name for of, _ in self._idle)
        own = names_in(suspect.formula) | {suspect.name.removesuffix("()")}
        about = sum(len(own & named(link)) for link in suspect.links) / len(suspect.links)
        outside = sum(place[0] != suspect.number for place, _, _ in self._troubled)
        lettered = self._lettered(suspect.name, suspect.formula)
        elsewhere = bool(suspect.links[1:]) and not all(stands_in(suspect.name, link[2]) for link in suspect.links)
        return not idle, not lettered, len(suspect.links) < outside, elsewhere, -about

    def _lettered(self, name: str, formula: Node) -> set[str]:
        """Return what stands in the formula of a function, has no number of its own there, and is no argument."""
        function = self.knowledge.functions.get(name.removesuffix("()")) if name.endswith("()") else None
        names = self.knowledge.names
        own = names_in(formula).difference(function.parameters) & names.keys() if function is not None else ()
        return {name for name in own if letters_of([names[name]])}

    def _definitions(self) -> Iterator[tuple[str, Node, int]]:
        """Yield the definitions that begin a chain, and what is said of a name by itself and nowhere defined."""
        for name, (number, place) in self.knowledge.sources.items():
            formula = self._formula(name)
            if formula is not None and place == 0 and formula in self.chains[number].members[1:2]:
                yield name, formula, number
        for number, chain in enumerate(self.chains):
            head, second = chain.members[:2]
            if isinstance(head, Name) and isinstance(second, Node) and key(head) not in self.knowledge.defined:
                yield key(head), second, number

    @cached_property
    def _troubled(self) -> list[Link]:
        """The refuted links; where there are none, the undecided ones."""
        by_verdict = ([link for link in self._links if self.verdicts[link[0]] == verdict] for verdict in TROUBLE)
        return next(filter(None, by_verdict), [])

    def _formula(self, name: str) -> Node | None:
        function = name.removesuffix("()")
        if function == name:
            return self.knowledge.definitions.get(name)
        known = self.knowledge.functions.get(function)
        return known.body if known is not None else None

    def _depends(self, link: Link, name: str) -> bool:
        if not name.endswith("()"):
            return any(name in self.knowledge.reach(side) for side in link[1:]) or name in self._numbered(link)
        return name.removesuffix("()") in applied_in(self.knowledge.behind(*link[1:]))

    @property
    def _indexed(self) -> Indexed:
        """What the document says of quantities with letters, where a link does not hold."""
        return self.stages.at(self._troubled[0][0][0]).indexed

    def _numbered(self, link: Link) -> set[str]:
        """Return the names with letters behind a link that is judged for numbered quantities."""
        indexed = self._indexed
        if not indexed.is_lettered(*link[1:]):
            return set()
        if link[0] not in self._behind:
            known = indexed.numbered.knowledge
            expand = next(indexed.everywhere(*link[1:]), lambda node: node)
            with suppress(Undecided):
                reach = known.reach(expand(link[1])) | known.reach(expand(link[2]))
                found = {kind(known.names[name]) for name in reach & known.names.keys()}
                self._behind[link[0]] = {key(rule.head) for rule in indexed.rules if kind(rule.head) in found}
        return self._behind.get(link[0], set())

    @cached_property
    def _behind(self) -> dict[Place, set[str]]:
        return {}

    def _undone(self, suspect: Suspect, work: Work) -> Iterator[Meant]:
        """Yield a definition with one slip undone, where the first of some links then hold."""
        looked_at = suspect.links[:LOOKED_AT]
        known = self._without(suspect)
        judge, own = Judge(known), self._indexed
        indexed = own if known is own.judge.knowledge else Indexed(judge, self.chains, self.chains)
        anew = not self._is_refuted  # the shapes of arrays, and where a definition would be like others at any rate
        ways = (anew, anew or bool(self.knowledge.shapes))
        trials = [Trial(known, self.chains, looked_at, indexed, reshapes) for reshapes in ways]
        near = [side for link in suspect.links for side in link[1:]]
        context = Context(self.knowledge, formulas=(*near, *(node for read in self.chains for node in read.nodes)))
        definitions = self.knowledge.definitions
        circular = {name for name in definitions if suspect.name in self.knowledge.needs(name)} | {suspect.name}
        cost = size(*self.knowledge.behind(*looked_at[0][1:]))
        again, slope = self._again.get(suspect.name), self._slopes.get(suspect.name)
        last = max(place[0] for place, _, _ in suspect.links)
        for odd, meant in self._candidates(suspect, context):
            if work.is_over:
                return
            if again and again.get(bare(meant.formula), 0) <= last:
                continue  # as Wx, which in a later section is Wx + b
            if slope is not None and not hold(judge, [(slope, meant.formula)]):
                continue
            says = circular.isdisjoint(names_in(meant.formula)) and applied_in([meant.formula]) <= self._functions
            if says and not meant.gains_rate(suspect.formula) and self._is_likely(suspect, meant):
                trial = trials[odd]
                work.spend(max(cost * RESHAPED, self._size) if trial.reshapes else cost)
                if trial.holds(meant):
                    yield meant

    def _candidates(self, suspect: Suspect, context: Context) -> list[tuple[bool, Meant]]:
        """Return what a definition may mean, first if that is like others and what stands there is not, with True."""
        found = [
            Meant(suspect.name, suspect.number, Undone(slip, part, new, why, rebuild))
            for slip in SLIPS
            for part, rebuild in places(suspect.formula)
            for new, why in slip.undo(part, context)
        ]
        odd = (self._is_odd(suspect, meant) for meant in found)
        return sorted(zip(odd, found, strict=True), key=lambda candidate: not candidate[0])

    def _is_odd(self, suspect: Suspect, meant: Meant) -> bool:
        """Whether a definition is unlike all others, and with what it may mean would be like one."""
        if stands_out(suspect.formula, meant.formula, self._others(suspect.name)):
            return True
        forms = [own for name, own in self._forms.items() if name != suspect.name]
        head = self.knowledge.names.get(suspect.name)
        return head is not None and self._forms.get(suspect.name) not in forms and form(head, meant.formula) in forms

    @cached_property
    def _forms(self) -> dict[str, tuple[Node, Node]]:
        """The definitions of names with indices, but for which these are."""
        known = self.knowledge
        heads = {name: known.names[name] for name in known.definitions.keys() & known.names.keys()}
        return {name: form(head, known.definitions[name]) for name, head in heads.items() if head.sub or head.label}

    def _others(self, name: str) -> set[Terms]:
        """Return the terms of what all other names are defined to be."""
        return {found for other, found in self._terms.items() if other != name}

    @cached_property
    def _terms(self) -> dict[str, Terms]:
        return {name: terms(formula) for name, formula in self.knowledge.definitions.items()}

    @cached_property
    def _functions(self) -> set[str]:
        """The functions that are known, and those that the document applies."""
        return {*KNOWN, *self.knowledge.functions, *applied_in([node for read in self.chains for node in read.nodes])}

    @cached_property
    def _again(self) -> dict[str, dict[Node, int]]:
        """What names are defined to be where that differs, each with the first chain that says so."""
        others = {name: set(map(bare, formulas)) for name, formulas in self.knowledge.others.items()}
        found: dict[str, dict[Node, int]] = {name: {} for name, formulas in others.items() if len(formulas) > 1}
        for number, chain in enumerate(self.chains):
            head, second = chain.members[:2]
            if isinstance(head, Name) and isinstance(second, Node) and key(head) in found:
                formula = bare(second)
                if formula in others[key(head)]:
                    found[key(head)].setdefault(formula, number)
        return found

    def _is_likely(self, suspect: Suspect, meant: Meant) -> bool:
        """Whether a definition may mean that, by how it looks and by what is said elsewhere."""
        if meant.undone.slip.name == FACTOR and is_sum_of_squares(suspect.formula):
            return False
        if suspect.name in self._slopes:
            return True
        if self._is_refuted:
            return not suspect.is_lone or self._is_usual(suspect, meant)
        return self._is_missing(suspect, meant) and (not suspect.is_lone or not self._has_other_repair(suspect))

    @cached_property
    def _is_refuted(self) -> bool:
        return self.verdicts[self._troubled[0][0]] == "refuted"

    def _has_other_repair(self, suspect: Suspect) -> bool:
        return not self.repaired.isdisjoint(place for place, _, _ in suspect.links)

    def _is_missing(self, suspect: Suspect, meant: Meant) -> bool:
        """Whether without that nothing says how something comes about: a name that stands in no definition."""
        if meant.name in self.knowledge.needs(meant.name) or self._is_odd(suspect, meant):
            return True
        there, wanted = names_in(suspect.formula), names_in(meant.formula)
        new = {name for name in wanted - there if not is_shorter(name, there, self.knowledge.names)}
        if meant.name.endswith("()"):
            own = self.knowledge.functions[meant.name[:-2]].parameters
            return not new.isdisjoint(own) or not self._lettered(meant.name, suspect.formula) <= wanted
        is_other_name = not there <= wanted  # as t for the y of a target, which is no mistake
        unknown = new - self.knowledge.defined_or_used - self.knowledge.differentiated.keys() - self._counts
        return not self._kinds(new).isdisjoint(self._unreached) or bool(unknown and not is_other_name)

    @cached_property
    def _counts(self) -> set[str]:
        """What sums run to."""
        sums = (part for read in self.chains for node in read.nodes for part in walk(node))
        return {name for part in sums if isinstance(part, Summation) and part.high for name in names_in(part.high)}

    @cached_property
    def _idle(self) -> set[tuple[str, str]]:
        """The derivatives, by name, of what does not depend on that by which it is differentiated."""
        parts = (part for _, *sides in self._troubled for side in sides for part in walk(side))
        pairs = (pair for pair in map(slope_key, parts) if pair is not None)
        return {(of, by) for of, by in pairs if by not in self.knowledge.needs(of)}

    @cached_property
    def _unreached(self) -> set[Kind]:
        """The kinds by which something is differentiated that does not depend on them; best those that nothing uses."""
        found = self._kinds(by for _, by in self._idle)
        formulas = self.knowledge.definitions.values()
        plain = (formula for formula in formulas if not any(isinstance(part, Derivative) for part in walk(formula)))
        return found.difference(*(self._kinds(names_in(formula)) for formula in plain)) or found

    def _kinds(self, names: Iterable[str]) -> set[Kind]:
        return {kind(self.knowledge.names[name]) for name in names if name in self.knowledge.names}

    def _is_usual(self, suspect: Suspect, meant: Meant) -> bool:
        """Whether a definition is like others, and is not so as it stands, so that it is the likely mistake."""
        if meant.name.endswith("()"):
            of = self.knowledge.functions[meant.name[:-2]].parameters
            return is_activation(of, meant.formula) and not is_activation(of, suspect.formula)
        if self._again.get(meant.name):
            return True  # and a later line says that it is so
        known = {*self.knowledge.functions, *KNOWN}
        applied = is_applied(meant.formula, known) and not is_applied(suspect.formula, known)
        return stands_out(suspect.formula, meant.formula, self._others(meant.name)) or (
            applied and not self._has_other_repair(suspect)
        )

    def _without(self, suspect: Suspect) -> Knowledge:
        """Return what the document says with the shapes of arrays that follow without a definition."""
        if not self.knowledge.inferred or suspect.name.endswith("()"):
            return self.knowledge
        definitions = {name: formula for name, formula in self.knowledge.definitions.items() if name != suspect.name}
        sides = [(left, right) for (number, _), left, right in self._links if number != suspect.number]
        return shaped(replace(self.knowledge, definitions=definitions), sides)


def _passes(stages: Stages, link: Link) -> bool:
    return stages.link(link[0][0], *link[1:]).passes

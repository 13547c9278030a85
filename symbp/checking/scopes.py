"""What a part of a document says by itself, where the whole leaves a link undecided: its section, or its letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import pairwise, starmap

from ..formulas import Apply, Matrix, Name, Node, Number, ReadError, Summation, key, walk
from .array_losses import has_array_loss
from .batches import ALIKE, SAMPLES, SINGLE, of_one_sample, sampled
from .blurred import readings, reread
from .cancelling import without_common_terms
from .differences import differenced
from .differentials import by_differentials
from .factorwise import factorwise
from .givens import bias_units, given_elsewhere
from .indices import without_index
from .instances import kind
from .judgement import Judgement
from .judging import NEARBY
from .knowledge import NOWHERE, Knowledge, Read, is_closed, lone_number, names_in, slope_key
from .looks import decimals_in
from .masked import GENERAL, holds_for, is_by_values, is_on_one_side, with_values
from .means import as_mean
from .remarks import of_one_value
from .shortened import shortened
from .single import of_one_number
from .stages import Stage, Stages
from .unit_letters import is_unit
from .upstream import by_upstream


@dataclass(frozen=True, slots=True)
class Scope:
    """A section: what it says by itself, and where its chains stand in it."""

    stages: Stages
    places: dict[int, int]


@dataclass(frozen=True, eq=False)
class Scopes:
    """Judges links by all that a document says, then by their section: another may mean other things by its names.

    Attributes:
        stages: what the whole document says.
        chains: the document.
        stages_of: what some chains say by themselves.
        scopes: what parts of the document say by themselves.
        refuters: for a chain of which a link was refuted by a part, what that part says there.
    """

    stages: Stages
    chains: list[Read]
    stages_of: Callable[[list[Read]], Stages]
    scopes: dict[tuple[int, ...], Scope] = field(default_factory=dict)
    refuters: dict[int, Stage] = field(default_factory=dict)

    def stage(self, number: int) -> Stage:
        """Return what refuted a link of a chain: all that the document says, or a part of it."""
        return self.refuters.get(number, self.stages.at(number))

    def in_letters(self, number: int) -> Stage | None:
        """Return all that is said with letters, for a chain with these; nothing where there is nothing else."""
        if number not in self._lettered or not 1 < len(self._lettered) < len(self.chains):
            return None
        scope = self._scope(self._lettered)
        stage = scope.stages.at(scope.places[number])
        return stage if stage.indexed.indexing.layers is not None else None

    def link(self, number: int, left: Node, right: Node) -> Judgement:
        """Return the verdict on ``left = right`` in a chain."""
        left, right = (differenced(side, self.stages.at(number).knowledge) for side in (left, right))
        judgement = self.stages.link(number, left, right)
        if judgement.verdict == "undecided":
            judgement = self._read_otherwise(number, left, right) or judgement
        elif judgement.verdict == "refuted" and isinstance(left, Apply) and names_in(left) == names_in(right):
            single = of_one_number(self.stages.at(number).judge, left, right)
            judgement = single if single is not None and single.passes else judgement
        own = self._in_section(number, judgement, left, right)
        own = as_mean(own, left, right, self.stages.at(number).knowledge, partial(self.stages.link, number))
        if own.verdict == "refuted" and self._hangs_on_later(number, own, left, right):
            own = self._up_to_here(number, own, left, right)
        if own.verdict == "refuted" and has_array_loss(self.stages.at(number).indexed, left, right):
            own = self._so_far(list(range(number + 1)), number, own, left, right)
        if own.verdict == "undecided":
            own = self._in_letters(number, left, right) or self._of_any_sample(number, left, right) or own
        if own.verdict in ("undecided", "refuted") or is_by_values(own, left, right):
            return self._without_values(own, number, left, right)
        return own

    def step(self, number: int, left: Node, right: Node) -> Judgement | None:
        """Return the verdict on a step over samples by that for one; nothing where it is none, or stays open."""
        alike = of_one_sample(number, left, right, self.stages, self.chains)
        if alike is None or (own := (stage := alike(SAMPLES)).indexed.link(left, right)).verdict == "undecided":
            return None
        one = alike(1).indexed.link(left, right) if own.verdict == "refuted" else own
        if one.passes and one is not own:  # along the sum, and not the mean
            return replace(one, verdict="holds", reason=f"{one.reason}, {SINGLE}")
        return self._said(own, number, stage, ALIKE)

    def _of_any_sample(self, number: int, left: Node, right: Node) -> Judgement | None:
        """Return that a link with the letter of a sample does not hold where all samples are alike."""
        one, other = (without_index(side, *self._samples) for side in (left, right))
        sums = (part for side in (left, right) for part in walk(side) if isinstance(part, Summation))
        if (one, other) == (left, right) or any(part.index in self._samples for part in sums):
            return None
        own = self.stages.link(number, one, other)
        return replace(own, reason=f"{own.reason}, {ALIKE}") if own.verdict == "refuted" else None

    @cached_property
    def _samples(self) -> tuple[Name, ...]:
        """The letters over which steps sum."""
        known = self.stages.knowledge
        return tuple(dict.fromkeys(Name(letter) for chain in self.chains for letter in sampled(chain, known)))

    def _in_section(self, number: int, judgement: Judgement, left: Node, right: Node) -> Judgement:
        """Return the verdict by what the section says, where that of the whole document is to be doubted."""
        alone = not 1 < len(self._sections[self._section(number)]) < len(self.chains)
        if alone or judgement.verdict not in ("undecided", "refuted"):
            return judgement
        scope = self._scope(self._sections[self._section(number)])
        if judgement.verdict == "refuted" and not self._is_anew(scope, number, left, right):
            return judgement
        if judgement.verdict == "undecided" and _defines(scope, number, left) == right:
            return Judgement("given", "a definition")
        place = scope.places[number]
        own = scope.stages.at(place).indexed.link(left, right, place)
        passes = own.passes and not self._is_claimed(scope, number, left, right)
        sure = passes or (own.verdict == "refuted" and self._is_closed(scope, left, right))
        return self._said(own, number, scope.stages.at(place), "by what the section says") if sure else judgement

    def _hangs_on_later(self, number: int, judgement: Judgement, *sides: Node) -> bool:
        """Whether a link is refuted by what only later sections say: a function, a given value, a shape."""
        known = self.stages.at(number).knowledge
        if judgement.misfits:
            defines = isinstance(sides[0], Name) and known.sources.get(key(sides[0]), NOWHERE)[0] == number
            return not defines and any(
                self._section(other) > self._section(number) for other in range(number, len(self.chains))
            )
        parts = (part for formula in known.behind(*sides) for part in walk(formula))
        names = {f"{key(part.function)}()" for part in parts if isinstance(part, Apply)}
        if not judgement.random:
            one, other = map(known.reach, sides)
            names |= (one ^ other) & known.givens.keys() - known.definitions.keys()
        places = (known.sources.get(name, NOWHERE)[0] for name in names)
        return any(place > number and self._section(place) > self._section(number) for place in places)

    def _up_to_here(self, number: int, judgement: Judgement, left: Node, right: Node) -> Judgement:
        """Return the verdict by what is said up to the end of the section, unless that refutes the link as well."""
        section = self._section(number)
        places = [place for place in range(len(self.chains)) if self._section(place) <= section]
        return self._so_far(places, number, judgement, left, right)

    def _so_far(self, places: list[int], number: int, judgement: Judgement, left: Node, right: Node) -> Judgement:
        """Return the verdict by some chains, unless these refute a link as well."""
        scope = self._scope(places)
        own = scope.stages.link(scope.places[number], left, right)
        stays = own.verdict == "refuted" or (judgement.misfits and not own.passes)
        return judgement if stays else replace(own, reason=f"{own.reason}, by what is said so far")

    def _in_letters(self, number: int, left: Node, right: Node) -> Judgement | None:
        """Return the verdict by all that is said with letters, where a document also has units with numbers."""
        if (stage := self.in_letters(number)) is None:
            return None
        scope = self._scope(self._lettered)
        own = stage.indexed.link(left, right, scope.places[number])
        sure = own.passes or (own.verdict == "refuted" and self._is_same(scope, left, right))
        return self._said(own, number, stage, "by what is said with letters") if sure else None

    def _without_values(self, judgement: Judgement, number: int, left: Node, right: Node) -> Judgement:
        """Return the verdict by all that is said without values, which are those of an example."""
        if number not in self._valueless or left not in self._valueless[number].members[:-1]:
            return judgement
        if len(self._valueless) < 2 or list(self._valueless.values()) == self.chains:
            return judgement
        scope = self._general
        place = scope.places[number]
        if _defines(scope, number, left) == right or self._is_mended(scope, left, right):
            return judgement
        own = scope.stages.link(place, left, right)
        if judgement.verdict == "refuted" and own.passes:  # not by its form only
            own = replace(own, verdict=scope.stages.at(place).indexed.link(left, right, place).verdict)
        passes = own.passes and not self._is_claimed(scope, number, left, right)
        beside = judgement.reason.startswith(NEARBY)  # the numbers say on which side of a kink they are
        sure = passes or (own.verdict == "refuted" and not beside and self._is_of_the_same_values(scope, left, right))
        if not sure:
            return judgement
        if own.verdict == judgement.verdict or (judgement.passes and self._is_for_values(scope, number, left, right)):
            return judgement
        return self._said(own, number, scope.stages.at(place), GENERAL)

    def _is_for_values(self, scope: Scope, number: int, left: Node, right: Node) -> bool:
        """Whether a link that does not hold for all values shows for which it does, or on which side of a kink."""
        stage, general = self.stages.at(number), scope.stages.at(scope.places[number]).indexed
        if is_on_one_side(stage.indexed, left, right) or holds_for(
            stage.indexed, left, right, bias_units(left, right, stage.knowledge)
        ):
            return True
        return any(general.link(*sides).passes for sides in with_values(left, right, stage.knowledge))

    def _said(self, own: Judgement, number: int, stage: Stage, by: str) -> Judgement:
        """Return the verdict of a part of the document, which is remembered where it refutes."""
        if own.verdict == "refuted":
            self.refuters[number] = stage
        return replace(own, reason=f"{own.reason}, {by}")

    @cached_property
    def _valueless(self) -> dict[int, Read]:
        """The chains as far as they put no numbers in."""
        general = ((number, _general(chain)) for number, chain in enumerate(self.chains))
        return {number: chain for number, chain in general if chain is not None}

    @cached_property
    def _general(self) -> Scope:
        """What all says that puts no numbers in."""
        places = {number: place for place, number in enumerate(self._valueless)}
        return Scope(self.stages_of(list(self._valueless.values())), places)

    def _is_claimed(self, scope: Scope, number: int, left: Node, right: Node) -> bool:
        """Whether a part knows a derivative by a link only, and another part what is differentiated."""
        known, pair = scope.stages.at(scope.places[number]).knowledge, slope_key(left)
        return pair is not None and known.stated.get(pair) == right and pair[0] in self.stages.knowledge.defined

    def _is_mended(self, scope: Scope, *sides: Node) -> bool:
        """Whether the numbers tell that something behind a link is defined in another way than its letters say."""
        own, whole = scope.stages.knowledge.definitions, self.stages.knowledge.definitions
        behind = frozenset[str]().union(*map(scope.stages.knowledge.reach, sides)) & own.keys() & whole.keys()
        return any(own[name] != whole[name] and not is_closed(whole[name]) for name in behind)

    def _is_of_the_same_values(self, scope: Scope, left: Node, right: Node) -> bool:
        """Whether both sides of a link are made of all that has values elsewhere."""
        own, whole = scope.stages.knowledge, self.stages.knowledge
        if any(given_elsewhere(name, whole) for side in (left, right) for name in own.reach(side)):
            return False
        one, other = ({name.base for name in _free(own, side)} for side in (left, right))
        return {whole.names[name].base for name in whole.defined & whole.names.keys()}.isdisjoint(one ^ other)

    @cached_property
    def _lettered(self) -> list[int]:
        """The chains in which all quantities are of units with letters."""
        return [number for number, chain in enumerate(self.chains) if all(map(_is_lettered, chain.nodes))]

    def _read_otherwise(self, number: int, left: Node, right: Node) -> Judgement | None:
        """Return the verdict on a link whose names are meant otherwise: as any number, or with an index left out."""
        stage = self.stages.at(number)
        link = partial(self.stages.link, number)
        if found := of_one_number(stage.judge, left, right) or by_differentials(stage.judge, left, right):
            return found
        if found := without_common_terms(stage.judge, left, right):
            return found
        if found := by_upstream(left, right, stage.knowledge, self.chains[:number]):
            return found
        ways = readings(stage.judge.loose(left, right), stage.knowledge, self.chains)
        if ways and (found := reread(left, right, ways, link)):
            return found
        if found := factorwise(left, right, link=link, knowledge=stage.knowledge, chains=self.chains):
            return found
        if (sides := shortened(left, right, stage.knowledge)) is None:
            return None
        judgement = self.stages.link(number, *sides)
        holds = judgement.passes
        return Judgement("holds", f"{judgement.reason}, with the index that is left out") if holds else None

    def _is_anew(self, scope: Scope, number: int, *sides: Node) -> bool:
        """Whether lines of the section define something behind a link in another way than the rest of the document."""
        own, whole = scope.stages.knowledge, self.stages.knowledge
        behind = frozenset[str]().union(*map(own.reach, sides)) & own.definitions.keys() & whole.definitions.keys()
        anew = {name for name in behind if own.definitions[name] != whole.definitions[name]}
        here = {(place, 0): number for number, place in scope.places.items()}
        lines = {name: here.get(own.sources.get(name, NOWHERE)) for name in anew}
        return any(
            line is not None and line not in (number, whole.sources.get(name, NOWHERE)[0])
            for name, line in lines.items()
        )

    def _section(self, number: int) -> int:
        return self.chains[number].chain.section

    @cached_property
    def _sections(self) -> dict[int, list[int]]:
        """The chains of each section."""
        found: dict[int, list[int]] = {}
        for number in range(len(self.chains)):
            found.setdefault(self._section(number), []).append(number)
        return found

    def _scope(self, numbers: list[int]) -> Scope:
        """Return what some chains say by themselves."""
        if tuple(numbers) not in self.scopes:
            places = {number: place for place, number in enumerate(numbers)}
            self.scopes[tuple(numbers)] = Scope(self.stages_of([self.chains[number] for number in numbers]), places)
        return self.scopes[tuple(numbers)]

    def _is_closed(self, scope: Scope, left: Node, right: Node) -> bool:
        """Whether the section says all that there is to say of a link: its sides are made of the same free names.

        None of these is defined anywhere else.
        """
        own, names = scope.stages.knowledge, self.stages.knowledge.names
        one, other = ({name.base for name in _free(own, side)} for side in (left, right))
        said = {names[name].base for name in self.stages.knowledge.defined & names.keys()}
        return (one <= other or other <= one) and said.isdisjoint(one | other)

    def _is_same(self, scope: Scope, left: Node, right: Node) -> bool:
        """Whether the sides of a link are made of free names of the same kinds, of which no formula is elsewhere."""
        own, whole = scope.stages.knowledge, self.stages.knowledge
        one, other = (set(map(kind, _free(own, side))) for side in (left, right))
        said = {kind(whole.names[name]) for name in whole.definitions.keys() & whole.names.keys()}
        return (one <= other or other <= one) and said.isdisjoint(one | other)


def _free(knowledge: Knowledge, side: Node) -> Iterator[Name]:
    """Yield the names that a formula is made of and that nothing defines."""
    yield from (knowledge.names[name] for name in (knowledge.reach(side) - knowledge.defined) & knowledge.names.keys())


def _general(chain: Read) -> Read | None:
    """Return a chain up to where decimals, or the value of a name, stand in it; nothing where no link is left."""
    if not any(map(_has_decimals, chain.members)) and not any(starmap(_is_value, pairwise(chain.members))):
        return chain
    if of_one_value(chain.members):
        return None
    most = next((place for place, member in enumerate(chain.members) if _has_decimals(member)), len(chain.members))
    values = (place for place, pair in enumerate(pairwise(chain.members), 1) if _is_value(*pair))
    most = min(most, next(values, most))
    members = chain.members[:most]
    return (
        replace(chain, members=members, chain=replace(chain.chain, members=chain.chain.members[:most]))
        if members[1:]
        else None
    )


def _has_decimals(member: Node | ReadError) -> bool:
    return isinstance(member, Node) and bool(decimals_in(member))


def _is_value(one: Node | ReadError, other: Node | ReadError) -> bool:
    """Whether a name has a value, or numbers are put into a formula, as in ``e^{z} = e^2``."""
    if not (isinstance(one, Node) and isinstance(other, Node) and is_closed(other)):
        return False
    return isinstance(one, Name) or not (is_closed(one) or lone_number(other))


def _is_lettered(node: Node) -> bool:
    """Whether nothing in a formula is numbered, of a layer or an array."""
    parts = list(walk(node))
    names = [part for part in parts if isinstance(part, Name)]
    numbered = any(isinstance(index, Number) or is_unit(index) for name in names for index in name.sub)
    return not numbered and not any(name.label for name in names) and not any(isinstance(p, Matrix) for p in parts)


def _defines(scope: Scope, number: int, left: Node) -> Node | None:
    """Return what a chain defines a name or a function to be in its section."""
    known = scope.stages.at(scope.places[number]).knowledge
    if isinstance(left, Apply) and known.sources.get(f"{key(left.function)}()") == (scope.places[number], 0):
        return known.functions[key(left.function)].body
    if not isinstance(left, Name) or known.sources.get(key(left)) != (scope.places[number], 0):
        return None
    return known.definitions.get(key(left), known.givens.get(key(left)))

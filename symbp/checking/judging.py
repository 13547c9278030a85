"""One link, one verdict: exact identity first, then balls, at random points or at the document's own numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from flint import arb, ctx

from ..formulas import Derivative, Group, Matrix, Name, Node, Product, key, walk, without_groups
from .agreeing import fit, is_printed, meets, operands
from .aligning import plays_two_roles
from .arrays import Grid, Misfit, Mismatch, Spread
from .confirming import Examples, confirmed
from .evaluation import Evaluator
from .fields import MIXED, Balls, Residues, is_exact
from .givens import WAYS, given_elsewhere, numbers_behind, standing, unsaid
from .holding import NOTHING_HELD, Held, held
from .jacobians import Jacobian, pairings
from .judgement import Judgement
from .kinks import has_condition, has_kink, skipped
from .knowledge import CONSTANTS, Knowledge, is_closed, names_in, slope_key
from .layouts import has_free_layout
from .limits import MOST_EXPONENT, PRECISION, Undecided
from .looks import LOSSES, RATES, as_listed, decimals_in, has_one, is_lost_step, numbers_in, unlike
from .parts import is_of_numbers, without_arguments
from .residues import NoResidue
from .showing import shown
from .unreached import telling
from .unsaid import freed, half_said, unmoved, unplaced
from .vague import agree_nearby, says_nothing

POINTS, MANY = 3, MIXED[:24]  # random points, and those that show both sides of a kink
NEARBY = "equal wherever all values are near the given ones"
ARRAYS = (Grid, Jacobian, Spread)
LARGEST = arb(10) ** MOST_EXPONENT


@dataclass
class Judge:
    """Judges links by what one document says."""

    knowledge: Knowledge
    evaluators: dict[Any, Evaluator] = field(default_factory=dict)
    held: Held = NOTHING_HELD
    examples: Examples = tuple
    trusts: bool = False

    def evaluator(self, numbers: Any) -> Evaluator:
        """Return the one evaluation in these numbers."""
        if (known := self.evaluators.get(numbers)) is None:
            known = self.evaluators[numbers] = Evaluator(self.knowledge, numbers, held=self.held)
        return known

    def value(self, node: Node, numbers: Any) -> Any:
        """Return the value of a formula; one that is not finite is undecided."""
        with ctx.workprec(PRECISION):
            evaluator = self.evaluator(numbers)
            evaluator.spent[0] = 0
            value = evaluator.value(node)
            entries = tuple(value.entries) if isinstance(value, ARRAYS) else (value,)
            if isinstance(value, ARRAYS) and any(isinstance(entry, ARRAYS) for entry in entries):
                raise Undecided("a matrix of matrices")
            for entry in entries:
                if isinstance(entry, arb) and not abs(entry) < LARGEST:
                    raise Undecided("a value is not finite: a division by zero, a logarithm of nothing, or too large")
            return value

    @cached_property
    def plain(self) -> Judge:
        """The judge for which nothing is an array but what is printed as one."""
        return replace(self, knowledge=replace(self.knowledge, inferred={}), evaluators={})

    def link(self, left: Node, right: Node) -> Judgement:
        """Return the verdict on ``left = right``."""
        judgement = self._linked(left, right)
        if judgement.verdict == "refuted" or (judgement.verdict == "undecided" and self.guessed(left, right)):
            for beside in held(left, right, self.knowledge) if self.held is NOTHING_HELD else ():
                other = replace(self, held=beside, trusts=True, evaluators={})._linked(left, right)
                if other.passes:
                    return Judgement("holds", "equal where what has a path of its own is held fixed", other.sides)
        return judgement

    def _linked(self, left: Node, right: Node) -> Judgement:
        judgement = telling(self, left, right, self._judged(left, right))
        if judgement.verdict == "undecided" and self.knowledge.inferred:
            plain = self.plain.link(left, right)
            return plain if plain.passes else judgement
        if judgement.verdict == "refuted" and self.knowledge.several:
            several = (self.knowledge.reach(left) | self.knowledge.reach(right)) & self.knowledge.several
            if judgement.random:
                several &= self.knowledge.definitions.keys()
            if several:
                return Judgement("undecided", f"{', '.join(sorted(several))} is defined anew from place to place")
        return judgement

    def _judged(self, left: Node, right: Node) -> Judgement:
        left, right = as_listed(left), as_listed(right)
        try:
            self._check_shapes(left, right)
            if self.identical(left, right):
                return Judgement("proved", "both sides are the same under the definitions")
            if any(is_of_numbers(side, self.knowledge) for side in (left, right)) or self._puts_numbers_in(left, right):
                return self._at_instance(left, right)
            return self._at_points(left, right)
        except Misfit as reason:
            return Judgement("refuted" if self._misfits(left, right) else "undecided", str(reason))
        except Undecided as reason:
            return Judgement.undecided(reason)
        except Mismatch as reason:
            behind = self.knowledge.reach(left) | self.knowledge.reach(right)
            doubtful = not behind.isdisjoint(self.knowledge.inferred.keys() - self.knowledge.givens.keys()) and (
                self.knowledge.unsure
                or self.loose(left, right)
                or self._is_number_beside_array(left, right)
                or self._may_apply(left, right)
                or (isinstance(left, Name) and left.base in LOSSES)  # a square may be that of a length
            )
            return Judgement("undecided" if doubtful else "refuted", str(reason))

    def _check_shapes(self, left: Node, right: Node) -> None:
        """Refuse to take the arrays of a link for numbers: every free name behind it needs a known shape."""
        if not (self.knowledge.is_array(left) or self.knowledge.is_array(right)):
            return
        known = self.knowledge
        free = (known.reach(left) | known.reach(right)) - known.defined - known.numbers - known.shapes.keys()
        if unknown := sorted(free & (self._needed(left) | self._needed(right))) if free else []:
            raise Undecided(f"the shape of {', '.join(unknown[:4])} is not known")

    def _needed(self, side: Node) -> set[str]:
        """Return the names that stand in a formula or behind it, but not only in what is printed after a quantity."""
        side = without_arguments(side, self.knowledge)
        formulas = self.knowledge.behind(side)
        return {name for formula in formulas for name in names_in(without_arguments(formula, self.knowledge))}

    def _is_number_beside_array(self, left: Node, right: Node) -> bool:
        """Whether one side is about numbers only, or a derivative by one: perhaps an entry or an array is meant."""
        parts = (part for side in (left, right) for part in walk(side) if isinstance(part, Derivative))
        if any(self.knowledge.shapes.keys().isdisjoint(self.knowledge.reach(part.by)) for part in parts):
            return True
        return any(
            self.knowledge.shapes.keys().isdisjoint(self.knowledge.reach(side)) for side in (left, right)
        ) and not (is_closed(left) or is_closed(right))

    def _may_apply(self, *sides: Node) -> bool:
        """Whether a name stands before another in brackets, which may be a function of it."""
        parts = (part for side in sides for part in walk(side))
        pairs = (pair for part in parts if isinstance(part, Product) for pair in pairwise(part.factors))
        return any(isinstance(a, Name) and isinstance(b, Group) and isinstance(b.body, Name) for a, b in pairs)

    def _misfits(self, left: Node, right: Node) -> bool:
        """Whether arrays of known shapes do not go together in a link itself, and not only in what stands behind it."""
        parts = (part for side in (left, right) for part in walk(side) if isinstance(part, Name | Derivative))
        try:
            for part in parts:
                value = self.value(part, Balls(self.knowledge))
                known = self.knowledge.inferred.get(key(part)) if isinstance(part, Name) else None
                if known is not None and isinstance(value, Grid) and value.shape != known:
                    return False
        except Undecided:
            return False
        if any(has_free_layout(side, lambda node: self.value(node, Balls(self.knowledge))) for side in (left, right)):
            return False
        return bool(self.knowledge.inferred) and not (self.knowledge.unsure or self._may_apply(left, right))

    def identical(self, left: Node, right: Node) -> bool:
        """Whether both sides are the same rational function of the same nodes, or the same number exactly."""
        closed = is_closed(left) or is_closed(right)
        return (closed and self._same(left, right, instance=True)) or self._same(left, right, instance=False)

    def _same(self, left: Node, right: Node, *, instance: bool) -> bool:
        for point in range(2):
            try:
                numbers = Residues(point, instance)
                ways = pairings(self.value(left, numbers), self.value(right, numbers))
                if not any(all(int(one) == int(other) for one, other in pairs) for pairs in ways):
                    return False
            except (NoResidue, Undecided, Mismatch):
                return False
        return True

    def _puts_numbers_in(self, left: Node, right: Node) -> bool:
        """Whether known numbers stand on one side where names stand on the other."""
        if decimals_in(left) != decimals_in(right):
            return True
        one, other = Counter(numbers_in(left)), Counter(numbers_in(right))
        known = ((one - other) + (other - one)).keys() & self.knowledge.exact
        return bool(known - standing(left, right, self.knowledge)) and names_in(left) != names_in(right)

    def _at_instance(self, left: Node, right: Node) -> Judgement:
        if not is_closed(left) and not is_closed(right) and self._is_everywhere(left, right):
            return self._at_points(left, right)
        try:
            for numbers, reason in self.readings():
                if self.agree(left, right, numbers) and not says_nothing(self, left, right, numbers):
                    return Judgement("holds", reason, self.sides(left, right))
        except Undecided as reason:
            if not (decimals_in(left) or decimals_in(right)) and self.is_equal_nearby(left, right):
                return Judgement("holds", NEARBY)
            if isinstance(right, Matrix) and self._is_constant(left) and self._is_constant(right):
                return self._at_points(left, right)
            return self._by_carried(left, right, reason)
        return self._refuted(left, right)

    def _is_constant(self, side: Node) -> bool:
        """Whether a formula has the same value whatever that of its names is, as a derivative of a sum."""
        if is_closed(side):
            return not decimals_in(side)
        with suppress(Undecided, Mismatch):
            values = [self.value(side, Balls(self.knowledge, point)) for point in range(2)]
            return any(all(meets(*pair) for pair in pairs) for pairs in pairings(*values))
        return False

    def _by_carried(self, left: Node, right: Node, reason: Undecided) -> Judgement:
        """Judge by the numbers that the document prints, where it does not say how all of them come about."""
        exact = Balls(self.knowledge, instance=True, carries=True)
        with ctx.workprec(PRECISION):
            try:
                one, other = (self.carried(side, replace(exact, rounded=True)) for side in (left, right))
            except Undecided:
                raise reason from None
            equal = fit(one, other, sides=(left, right), exact=False)
            sides = shown(self.carried(left, exact)), shown(self.carried(right, exact))
        if equal:
            return Judgement("holds", "equal with the numbers that the document prints", sides)
        if plays_two_roles(left, right, self.knowledge):
            raise reason
        text = f"with the numbers that the document prints the left side is {sides[0]}, the right side {sides[1]}"
        return Judgement("refuted", text, sides)

    def carried(self, side: Node, numbers: Balls) -> Any:
        """Return the value of a side by the printed values of what stands in it; its own printed value says nothing."""
        bare = without_groups(side)
        if isinstance(bare, Name) and key(bare) in self.knowledge.definitions:
            return self.value(self.knowledge.definitions[key(bare)], numbers)
        if not isinstance(bare, Derivative):
            return self.side(side, numbers)
        for formula in self.knowledge.expansions.get(slope_key(bare) or ("", ""), ()):
            with suppress(Undecided):
                return self.value(formula, numbers)
        raise Undecided("a derivative of which nothing is said")

    def readings(self) -> Iterator[tuple[Balls, str]]:
        """Yield the honest readings of printed numbers, from the strictest."""
        yield Balls(self.knowledge, instance=True), "equal to the last printed digit"
        yield Balls(self.knowledge, instance=True, rounded=True), "equal within what the rounded operands allow"
        yield (
            Balls(self.knowledge, instance=True, rounded=True, carries=True),
            "equal with the numbers that the document carries on from earlier lines",
        )

    def _is_everywhere(self, left: Node, right: Node) -> bool:
        """Whether a link claims nothing of given values; one with decimals may still hold whatever the values are."""
        try:
            return not self._has_values(left, right)
        except Undecided:
            if self._at_points(left, right).verdict == "holds":
                return True
            raise

    def _has_values(self, left: Node, right: Node) -> bool:
        """Whether all names have values; without them a link that puts decimals in cannot be judged."""
        try:
            self.value(left, Balls(self.knowledge, instance=True))
            self.value(right, Balls(self.knowledge, instance=True))
        except Undecided:
            if decimals_in(left) != decimals_in(right):
                raise
            return False
        return True

    def agree(self, left: Node, right: Node, numbers: Balls) -> bool:
        """Whether two sides agree at the document's numbers, to the last printed digit of a lone number."""
        with ctx.workprec(PRECISION):
            try:
                one, other = self.side(left, numbers), self.side(right, numbers)
            except Undecided:
                if numbers.carries:
                    return False
                raise
            exact = all(is_exact(part, self.knowledge) for side in (left, right) for part in operands(side))
            return fit(one, other, sides=(left, right), exact=exact)

    def side(self, side: Node, numbers: Balls) -> Any:
        """Return the value of one side: a printed result is compared as it stands, and never explains itself."""
        bare = without_groups(side)
        if is_printed(bare):
            return self.value(side, Balls(self.knowledge, instance=True))
        if numbers.carries and isinstance(bare, Name) and key(bare) in self.knowledge.definitions:
            return self.value(self.knowledge.definitions[key(bare)], numbers)
        if numbers.carries and isinstance(bare, Derivative):
            return self.evaluator(replace(numbers, rounded=False)).derivative(bare, walked=True)
        return self.value(side, numbers)

    def sides(self, left: Node, right: Node) -> tuple[str, str] | None:
        """Return the values of both sides at the document's numbers."""
        numbers = Balls(self.knowledge, instance=True)
        with suppress(Undecided):
            return shown(self.value(left, numbers)), shown(self.value(right, numbers))
        return None

    def _refuted(self, left: Node, right: Node) -> Judgement:
        sides, numbers = self.sides(left, right), Balls(self.knowledge, instance=True)
        reason = f"the left side is {sides[0]}, the right side {sides[1]}" if sides else "the two sides differ"
        return Judgement("refuted", reason, sides, tuple(self._values(left, right, numbers)))

    def loose(self, left: Node, right: Node) -> set[str]:
        """Return the names that nothing defines and that stand on one side only."""
        known = self.knowledge
        stated = (known.generic.keys() - known.open_quantities) | known.summed(left) | known.summed(right)
        one, other = (names_in(without_arguments(side, known)) & names_in(side) for side in (left, right))
        elsewhere = {name for name in one ^ other if given_elsewhere(name, known)} | unsaid(left, right, known)
        stated |= set(filter(known.is_identity, one ^ other))
        stated |= RATES if is_lost_step(left, right) or is_lost_step(right, left) else set()
        return elsewhere | (one ^ other) - known.defined_or_used - CONSTANTS - stated

    def guessed(self, left: Node, right: Node) -> frozenset[str]:
        """Return the quantities behind a link of which nothing but what they depend on is known, and that by guess."""
        one, other = (self.knowledge.reach(side) & self.knowledge.open_quantities for side in (left, right))
        if self.trusts or not one | other:
            return frozenset()
        sure = one & other and one & other & self._confirmed - unplaced(left, right, self.knowledge)
        return (one | other) - sure - unmoved(self.knowledge, left, right)

    @cached_property
    def _confirmed(self) -> frozenset[str]:
        """The quantities whose dependencies are guessed, but borne out by the links of the document."""
        sure = replace(self, examples=tuple, trusts=True, evaluators={})
        return confirmed(self.examples, sure, free=replace(sure, knowledge=freed(self.knowledge), evaluators={}))

    def _at_points(self, left: Node, right: Node) -> Judgement:
        tried = 0
        loose = self.loose(left, right)
        generic, half = self.guessed(left, right), half_said(self.knowledge, left, right)
        given = self.knowledge.givens.keys() - self.knowledge.definitions.keys()  # elsewhere it may be computed
        alone = {key(side) for side in (left, right) if isinstance(side, Name) and key(side) in given}
        loose |= half | unlike(self.knowledge.open_functions(left), self.knowledge.open_functions(right))
        loose |= generic | alone - (names_in(left) & names_in(right))
        mixed = MANY if has_kink(left, right, self.knowledge) else ()
        points = (*range(skipped(left, right, self.knowledge), POINTS), *mixed, *range(POINTS, 2 * POINTS))
        for point in points:
            numbers = Balls(self.knowledge, point)
            try:
                one, other, equal = self.met(left, right, numbers)
            except Undecided:
                if point == points[-1] and not tried:
                    raise
                continue
            if not equal and self.knowledge.unsure and any(map(self.knowledge.is_array, (left, right))):
                raise Undecided("the shapes of the arrays do not fit all that the document says")
            if not equal and loose:
                lone, text = not (generic | half or self.knowledge.is_array(left)), ", ".join(sorted(loose))
                return Judgement("undecided", f"{text} is not defined", loose=lone, guessed=loose == generic)
            lost_sign = isinstance(one, arb) and isinstance(other, arb) and meets(one, -other)
            near = not (equal or lost_sign) and agree_nearby(self, left, right)
            starts = self.knowledge.kinks or has_condition(left, right)
            if near and (has_one(left, right) or self.is_equal_nearby(left, right, starts=starts)):
                return Judgement("holds", NEARBY)
            ways = (find(left, right, self.knowledge) for find in WAYS if not (equal or lost_sign))
            if any(given and self.holds_for(left, right, Balls(self.knowledge, given=given)) for given in ways):
                return Judgement("holds", "equal with the given values")
            if not equal:
                sides = shown(one), shown(other)
                reason = f"at a random point the left side is {sides[0]}, the right side {sides[1]}"
                at, near = tuple(self._values(left, right, numbers)), near and not has_condition(left, right)
                return Judgement("refuted", reason, sides, at, random=True, near=near)
            if (tried := tried + 1) == POINTS + len(mixed):
                break
        return Judgement("holds", f"equal at {tried} random points to 30 digits")

    def is_equal_nearby(self, left: Node, right: Node, *, starts: bool = False) -> bool:
        """Whether two sides are the same near the given values: on their side of a kink, or only from a zero start."""
        found = Balls(self.knowledge, near=True, starts=starts)
        return numbers_behind(left, right, self.knowledge) and self.holds_for(left, right, found)

    def holds_for(self, left: Node, right: Node, numbers: Balls) -> bool:
        """Whether two sides are the same at enough random points that have values, with given values or near them."""
        more = len(MANY) if numbers.starts else POINTS
        for point in MANY if numbers.starts else range(2 * POINTS):
            with suppress(Undecided):
                equal, more = self.met(left, right, replace(numbers, point=point))[2], more - 1
                if not (equal and more):
                    return bool(equal)
        return False

    def met(self, left: Node, right: Node, numbers: Balls) -> tuple[Any, Any, bool]:
        """Return the values of both sides, and whether they are the same."""
        with ctx.workprec(PRECISION):
            one, other = self.value(left, numbers), self.value(right, numbers)
            return one, other, any(all(meets(*pair) for pair in pairs) for pairs in pairings(one, other))

    def _values(self, left: Node, right: Node, numbers: Balls) -> Iterator[tuple[str, str]]:
        for name in sorted({part for side in (left, right) for part in walk(side) if isinstance(part, Name)}, key=key):
            with suppress(Undecided):
                yield key(name), shown(self.value(name, numbers))

"""What a part of a wrong formula would have to be for the formula to be right: few candidates need a full look then."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Any

from flint import arb, ctx

from ..formulas import Matrix, Name, Negative, Node, Product, Sum, Summation, walk
from .agreeing import fit, meets
from .arrays import Misfit, Mismatch
from .dual import Dual
from .evaluation import Evaluator
from .fields import Balls, last_place
from .jacobians import pairings
from .judging import ARRAYS, Judge
from .kinks import is_kink
from .knowledge import lone_number
from .known import has_decimals
from .limits import PRECISION, Undecided
from .places import Rebuild
from .work import LOOK, size

STEPS = 30  # of Newton's method
SETTLED = -80  # binary digits of a step after which it has arrived
FARTHEST = 1_000_000_000  # that a part may be
TINY = "1e-25"  # relative, at random points
CHEAPER = 4  # times, to evaluate a formula at one point than to judge it
HOLE = Name("what is needed")


@dataclass(frozen=True)
class Sight:
    """Where a link is looked at: in what numbers, and for which numbers of the index letters."""

    judge: Judge
    numbers: Balls
    expand: Callable[[Node], Node] = lambda node: node

    def value(self, node: Node) -> Any:
        """Return the value of a formula."""
        return self.judge.value(self.expand(node), self.numbers)

    def with_hole(self, node: Node, guess: Any) -> Any:
        """Return the value of an expanded formula in which something stands for the hole."""
        evaluator = Evaluator(
            self.judge.knowledge, self.numbers, {HOLE.spelt: guess}, above=self.judge.evaluator(self.numbers)
        )
        return evaluator.value(node)


@dataclass(frozen=True, slots=True)
class Need:
    """What one part would have to be.

    Attributes:
        value: the ball in which it must lie, nothing where that is unknown; infinite where nothing helps.
        formula: the whole, expanded, with a hole for the part, where another value may do as well.
        wide: how far apart the two sides may be.
    """

    value: arb | None
    formula: Node | None
    wide: arb


@dataclass
class Needed:
    """What the parts of one wrong formula would have to be.

    Attributes:
        right: what the formula should equal.
        wrong: the formula.
        exact: where both are looked at.
        rounded: the same with printed numbers for what they may have been rounded from; nothing at random points.
    """

    right: Node
    wrong: Node
    exact: Sight
    rounded: Sight | None
    known: dict[int, Need | None] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    values: dict[int, tuple[Node, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        holders = [part for part in walk(self.wrong) if isinstance(part, Summation | Matrix) or is_kink(part)]
        self.hidden = frozenset(id(inner) for part in holders for inner in walk(part) if inner is not part)

    def of(self, part: Node, rebuild: Rebuild) -> Need | None:
        """Return what a part must be; nothing where that cannot be told."""
        if id(part) not in self.known:
            with ctx.workprec(PRECISION):
                try:
                    self.known[id(part)] = (
                        None if id(part) in self.hidden else self._solved(part, self.exact.expand(rebuild(HOLE)))
                    )
                except Undecided:
                    self.known[id(part)] = None
        return self.known[id(part)]

    @cached_property
    def is_zero(self) -> bool:
        """Whether nothing is right: one more term or factor may always take away what stands there."""
        value = self._once(self.right)
        return bool(isinstance(value, arb) and value == 0)

    def cost(self, part: Node) -> int:
        """Return how much work a look at what may stand in place of a part is."""
        return LOOK + (size(self.wrong) // CHEAPER if self.is_array or id(part) in self.hidden else 0)

    @cached_property
    def is_array(self) -> bool:
        """Whether an array is right."""
        return isinstance(self._once(self.right), ARRAYS)

    def fits(self, part: Node, rebuild: Rebuild, new: Node) -> bool | None:
        """Whether something may stand in place of a part; nothing where that cannot be told."""
        need = self.of(part, rebuild)
        if need is None:
            return self._is_met(rebuild(new))
        if need.value is not None and not need.value.is_finite():
            return False
        with ctx.workprec(PRECISION):
            try:
                met = self._meets(need, new, self._valued(new))
                if met is False and self.rounded is not None and has_decimals(new):
                    return self._meets(need, new, self.rounded.value(new))
                return met
            except Undecided:
                return False

    def _is_met(self, whole: Node) -> bool | None:
        """Whether a whole formula has the value that it should; nothing where that cannot be told."""
        with ctx.workprec(PRECISION):
            try:
                if self.rounded is not None:
                    return fit(self._loosely, self.rounded.value(whole), sides=(self.right, whole), exact=False)
                ways = pairings(self._once(self.right), self.exact.value(whole))
                return any(all(meets(*pair) for pair in pairs) for pairs in ways)
            except (Misfit, Mismatch):
                return False
            except Undecided:
                return None

    @cached_property
    def _loosely(self) -> Any:
        """What is right, with printed numbers for what they may have been rounded from."""
        assert self.rounded is not None
        return self.rounded.value(self.right)

    def _meets(self, need: Need, new: Node, value: Any) -> bool | None:
        """Whether a value may be that of a part; nothing where that cannot be told."""
        if isinstance(value, ARRAYS):
            return None
        number = lone_number(new)
        unit = arb(f"1e{last_place(number.text)}") if number is not None and "." in number.text else arb(0)
        if need.formula is None and need.value is not None:
            return bool((value - need.value).overlaps(arb(0, unit)))
        assert need.formula is not None
        whole = self.exact.with_hole(need.formula, value + arb(0, unit))
        if isinstance(whole, ARRAYS):
            return None
        return bool((whole - self._once(self.right)).overlaps(arb(0, need.wide)))

    def _valued(self, new: Node) -> Any:
        """Return the value of a candidate: its parts are mostly known."""
        if isinstance(new, Sum):
            return reduce(lambda a, b: a + b, map(self._part, new.terms))
        if isinstance(new, Product) and "@" not in new.signs:
            values = list(map(self._part, new.factors))
            if not any(isinstance(value, ARRAYS) for value in values):
                return reduce(lambda a, b: a * b, values)
        return self.exact.value(new)

    def _part(self, part: Node) -> Any:
        if isinstance(part, Negative):
            return -self._part(part.body)
        return self._once(part)

    def _once(self, part: Node) -> Any:
        if id(part) not in self.values:
            self.values[id(part)] = part, self.exact.value(part)
        return self.values[id(part)][1]

    def _solved(self, part: Node, formula: Node) -> Need | None:
        """Solve by Newton's method; the rounding of the other numbers becomes the radius."""
        target, guess = self._once(self.right), self._once(part)
        if isinstance(target, ARRAYS) or isinstance(guess, ARRAYS):
            return None
        target, guess = target.mid(), guess.mid()
        unknown = Need(None, formula, self._wide(formula, guess))
        for steps in range(STEPS):
            value = self.exact.with_hole(formula, Dual(guess, arb(1)))
            if not isinstance(value, Dual) or value.slope == 0:
                return Need(arb("inf"), None, arb(0))  # whatever stands here, it changes nothing
            if value.slope.contains(0) or not value.slope.is_finite():
                return unknown
            step = ((value.value - target) / value.slope).mid()
            guess = (guess - step).mid()
            if not abs(guess) < FARTHEST:
                return unknown
            if abs(step) <= (abs(guess) + arb(2) ** SETTLED) * arb(2) ** SETTLED:
                wide = self._wide(formula, guess)
                radius = arb((wide / abs(value.slope.mid())).upper())
                return Need(guess + arb(0, radius), None if steps < 2 else formula, wide)
        return unknown

    def _wide(self, formula: Node, guess: arb) -> arb:
        """Return how far apart the two sides may be for the rounding of printed numbers."""
        target = self._once(self.right)
        tiny = arb(TINY) * (1 + abs(target))
        value = self.rounded.with_hole(formula, guess) if self.rounded is not None else None
        if value is None or isinstance(value, ARRAYS):
            return arb(tiny.upper())
        other = self._loosely
        lone = lone_number(self.right)
        unit = arb(f"1e{last_place(lone.text)}") if lone is not None and "." in lone.text else arb(0)
        return arb((value.rad() + other.rad() + unit + tiny).upper())


def misfits(right: Node, wrong: Node, sights: Iterable[Sight]) -> bool:
    """Whether arrays in a wrong formula do not go together, or make one of another shape than is right."""
    for sight in sights:
        with suppress(Undecided):
            one, other = (getattr(sight.value(node), "shape", ()) for node in (right, wrong))
            return bool(one != other)
    return True

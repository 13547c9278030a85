"""The two kinds of numbers in which links are judged: balls (which refute) and residues (which prove)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar

from flint import arb, ctx

from ..formulas import Negative, Node, Number
from .givens import vector
from .knowledge import Knowledge, lone_number
from .limits import MOST_EXPONENT, Undecided
from .operands import beyond
from .residues import Residue, drawn

MOST_KEPT = 100_000  # random numbers
ZERO = -120  # binary digits below which a difference of given numbers is nothing but the error of binary arithmetic
LAST_SMALL = 2  # of the random points, the last with numbers between -1 and 1; then they lie between 1 and 3
MIXED = range(100, 140)  # random points with numbers of either sign, which show both sides of a kink
SMOOTHING = frozenset({"\\epsilon", "\\varepsilon", "epsilon", "eps"})  # what is added to a divisor
NEGLIGIBLE = 1e-5  # beside a divisor
BESIDE = 10**6  # what a number lies beside a given one, at most 3 of such parts of 1
FEWEST_DIGITS = 3  # of a rounded number that tell whose value it is


@dataclass(frozen=True, slots=True)
class Balls:
    """Real numbers with error bounds.

    Attributes:
        knowledge: whose given numbers are exact.
        point: which random point the leaves are taken at.
        instance: leaves have their given values instead.
        rounded: printed decimals stand for what they may have been rounded from.
        carries: names have the numbers that the document prints for them.
        near: leaves have numbers a little beside their given values, where they have some.
        starts: of these only what starts at zero has its given value.
        given: the leaves that have their given values.
    """

    knowledge: Knowledge
    point: int = 0
    instance: bool = False
    rounded: bool = False
    carries: bool = False
    near: bool = False
    starts: bool = False
    given: frozenset[str] = frozenset()

    def number(self, node: Number) -> Any:
        """Return a printed number: exact, or with what may have been lost in rounding it or cutting it off."""
        ball = _ball(node.text, ctx.prec)
        if not self.rounded or is_exact(node, self.knowledge):
            return ball
        unit = arb(f"1e{last_place(node.text)}")
        known = len(_digits(node.text)) >= FEWEST_DIGITS
        return ball + (self.knowledge.owners.off(node.text, unit) if known else beyond(unit))

    def constant(self, name: str) -> Any:
        """Return e or pi."""
        return arb(1).exp() if name == "e" else arb.pi()

    def leaf(self, name: str) -> Any:
        """Return a random number between -1 and 1 but not near 0; at the later points one between 1 and 3."""
        drawing = _random(self.point, name, ctx.prec)
        if not (self.near or self.given):
            return drawing
        whole = name.partition("[")[0]
        given = self.knowledge.givens.get(whole) if self.near or whole in self.given else None
        if given is not None and name != whole:
            given = _entry(given, name)
        number = None if given is None else lone_number(given)
        if number is None:
            return drawing
        value = arb(number.text) * (-1 if isinstance(given, Negative) else 1)
        if whole in self.given or (name.endswith("_0") and value == 0):
            return value
        return drawing if self.starts else value + drawing / BESIDE

    def smoothed(self, name: str, value: Any) -> Any:
        """Return the value of a name; what only keeps a divisor from 0 may be left out where numbers are put in."""
        small = self.rounded and name in SMOOTHING and isinstance(value, arb) and 0 < value < NEGLIGIBLE
        return arb(value / 2, value / 2) if small else value

    def power(self, base: Any, exponent: Any) -> Any:
        """Return a power with any exponent."""
        if abs(exponent) > MOST_EXPONENT:
            raise Undecided(f"an exponent beyond the limit of {MOST_EXPONENT}")
        return base**exponent

    def positive(self, difference: Any, *, strict: bool) -> Any:
        """Return 1 where a difference is positive."""
        if difference > 0 or (not strict and difference >= 0):
            return arb(1)
        if difference < 0 or (strict and difference <= 0):
            return arb(0)
        if difference.abs_upper() < arb(2) ** ZERO:
            return arb(0 if strict else 1)
        if self.rounded:
            return arb(0.5, 0.5)  # either, as far as the printed digits tell
        raise Undecided("a comparison of numbers that are too close")


def _entry(given: Node, name: str) -> Node | None:
    """Return the entry of a given vector for which a name like ``y[1,0]`` stands."""
    entries, place = vector(given), max(map(int, name.partition("[")[2].rstrip("]").split(",")))
    return entries[place] if place < len(entries) else None


@lru_cache(maxsize=MOST_KEPT)
def _random(point: int, name: str, _precision: int) -> arb:
    drawing = drawn(f"{point} {name}")
    size = arb(drawing % 10**12) / 10**12 * 7 / 8 + arb("0.125")
    if LAST_SMALL < point < MIXED[0]:
        return 1 + 2 * size
    return -size if (point == LAST_SMALL or point in MIXED) and drawing & 2**100 else size


@lru_cache(maxsize=MOST_KEPT)
def _ball(text: str, _precision: int) -> arb:
    return arb(text)


@lru_cache(maxsize=MOST_KEPT)
def _residue(text: str, point: str) -> Residue:
    above, below = Decimal(text).as_integer_ratio()
    return Residue(above, point) / below


def last_place(text: str) -> int:
    """Return the power of ten of a number's last printed digit.

    >>> last_place("0.35"), last_place("12"), last_place("2.1e-4")
    (-2, 0, -5)
    """
    exponent = Decimal(text).as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def is_exact(node: Number, knowledge: Knowledge) -> bool:
    """Whether a printed number is what it stands for: a whole number, a given value, or one digit such as 0.5."""
    digits = _digits(node.text)
    single = len(digits.rstrip("0")) <= 1 >= len(digits) and node.text not in knowledge.doubtful
    return node.text.isdigit() or single or node.text in knowledge.exact


def _digits(text: str) -> str:
    return text.split("e")[0].replace(".", "").lstrip("0")


@dataclass(frozen=True, slots=True)
class Residues:
    """Numbers modulo a prime, for exact identity.

    Attributes:
        point: which random point.
        instance: leaves have their given values instead.
    """

    point: int = 0
    instance: bool = False
    carries: ClassVar[bool] = False

    def number(self, node: Number) -> Any:
        """Return a printed number exactly."""
        return _residue(node.text, str(self.point))

    def constant(self, name: str) -> Any:
        """Return a random residue for e or pi."""
        return Residue(drawn(f"{self.point} constant {name}"), str(self.point))

    def leaf(self, name: str) -> Any:
        """Return a random residue."""
        return Residue(drawn(f"{self.point} name {name}"), str(self.point))

    def smoothed(self, name: str, value: Any) -> Any:
        """Return the value."""
        del name
        return value

    def power(self, base: Any, exponent: Any) -> Any:
        """Return e to the exponent times the logarithm of the base."""
        return (exponent * base.log()).exp()

    def positive(self, difference: Any, *, strict: bool) -> Any:
        """Return an atom for the sign of a difference."""
        return difference.positive() if strict else 1 - (-difference).positive()

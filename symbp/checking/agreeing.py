"""Whether two values agree, at a random point or to the digits that are printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flint import arb

from ..formulas import Matrix, Node, Number, Transpose, walk, without_groups
from .fields import last_place
from .jacobians import pairings
from .knowledge import lone_number
from .operands import beyond

FLOAT_NOISE = "8.8817841970012523e-16"  # 8 * 2^-53: what double arithmetic loses on the way
SMALL = 0.01  # what people write 0 for, where they say that it is about that
SURE = -80  # binary digits within which a value is taken to be a whole number of units


def meets(one: arb, other: arb) -> bool:
    """Whether two numbers at a random point are the same."""
    return bool((one - other).overlaps(arb(0, arb(2) ** -100 * (1 + one.abs_upper()))))


def fit(one: Any, other: Any, *, sides: tuple[Node, Node], exact: bool) -> bool:
    """Whether two values at given numbers agree, in one of the ways in which they may be equal."""
    ways = (_with_units(pairs, *sides, exact=exact) for pairs in pairings(one, other))
    return any(_overlap(list(pairs)) for pairs in ways)


def _overlap(pairs: list[tuple[arb, arb, arb]]) -> bool:
    """Whether pairs of entries are the same but for what rounding, and arithmetic with the largest of them, lose."""
    largest = [max(one.abs_upper(), other.abs_upper()) for one, other, _ in pairs]
    return all(_near(one, other, off, max(largest)) for one, other, off in pairs)


def _near(one: arb, other: arb, off: arb, size: arb) -> bool:
    noise = arb(FLOAT_NOISE) * size
    return bool((one - other).overlaps(off + arb(0, noise)))


def _with_units(
    pairs: list[tuple[arb, arb]], left: Node, right: Node, *, exact: bool
) -> Iterator[tuple[arb, arb, arb]]:
    """Yield each pair of entries with their difference as far as the lone numbers that stand there explain it.

    These were rounded or cut off; not where the other side is known exactly and needs no more places than are printed.
    """
    units = [_units(side, len(pairs)) for side in (left, right)]
    for (one, other), first, second in zip(pairs, *units, strict=True):
        off = arb(0)
        for value, printed, unit, sign in ((other, one, first, -1), (one, other, second, 1)):
            if unit.last > 0 and not (exact and _is_multiple(value, unit.last)):
                off += unit.beyond * (sign if printed >= 0 else -sign)
        yield one, other, off


def _is_multiple(value: arb, unit: arb) -> bool:
    """Whether a value is a whole number of units, to far more digits than are printed."""
    steps = value / unit
    nearest = (steps + arb("0.5")).floor().unique_fmpz()
    return nearest is not None and bool(abs(steps - nearest) < arb(2) ** SURE)


@dataclass(frozen=True, slots=True)
class _Unit:
    """The last place of a printed number, and by how much what it stands for is larger."""

    last: arb = field(default_factory=arb)
    beyond: arb = field(default_factory=arb)


def _units(side: Node, count: int) -> list[_Unit]:
    side = without_groups(side)
    if isinstance(side, Transpose):
        side = side.body
    entries = [entry for row in side.rows for entry in row.entries] if isinstance(side, Matrix) else [side]
    units = [_unit(entry) for entry in entries]
    return units if len(units) == count else [max(units, key=lambda unit: float(unit.last))] * count


def result(numbers: list[Node]) -> Node:
    """Return the result of a chain with these printed numbers: the last one, but not 0 for the small one before it."""
    return numbers[-2] if numbers[1:] and vanishes(numbers[-2], numbers[-1]) else numbers[-1]


def vanishes(small: Node, zero: Node) -> bool:
    """Whether a printed number is so small that people take it for 0."""
    number, nothing = lone_number(small), lone_number(zero)
    return number is not None and nothing is not None and 0 < float(number.text) < SMALL and float(nothing.text) == 0


def operands(side: Node) -> Iterator[Number]:
    """Yield the printed numbers of a side that is not just printed itself."""
    if not is_printed(without_groups(side)):
        yield from (part for part in walk(side) if isinstance(part, Number))


def is_printed(side: Node) -> bool:
    """Whether a side is nothing but printed numbers."""
    if isinstance(side, Transpose):
        return is_printed(side.body)
    if isinstance(side, Matrix):
        return all(lone_number(entry) is not None for row in side.rows for entry in row.entries)
    return lone_number(side) is not None


def _unit(side: Node) -> _Unit:
    """Return the last place of a lone printed decimal; one with a single digit was rounded and not cut off."""
    number = lone_number(side)
    if number is None or number.text.isdigit():
        return _Unit()
    unit = arb(f"1e{last_place(number.text)}")
    digits = number.text.partition("e")[0].replace(".", "").lstrip("0")
    return _Unit(unit / 2, arb(0, unit / 2)) if len(digits) < 2 else _Unit(unit, beyond(unit))

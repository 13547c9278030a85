"""A stand-in for a function of which nothing is said but that it is smooth."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from .arrays import Grid, Spread
from .dual import Dual
from .jacobians import Jacobian
from .limits import Undecided
from .numbers import Field

Term = tuple[str, int] | tuple[str, int, int]  # of which function, by which argument, to which power


def entries_of(values: Iterable[Any]) -> list[Any]:
    """Return numbers, and those that stand in arrays."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, Jacobian):
            raise Undecided("a function of a derivative of an array by an array")
        if isinstance(value, Spread):
            raise Undecided("an array of ones whose size is open")
        found += value.entries if isinstance(value, Grid) else (value,)
    return found


def cubic(field: Field, name: str, *, values: list[Any], kept: dict[Term, Any] | None = None) -> Any:
    """Return a cubic with random coefficients in some values, which stands for any function and its derivatives.

    Args:
        field: where the coefficients come from.
        name: of the function, which has the same coefficients everywhere.
        values: the arguments.
        kept: coefficients, and terms without a derivative, for when these arguments always have the same values.
    """
    total = field.leaf(f"{name}(0)")
    for place, value in enumerate(values):
        term = None if kept is None or isinstance(value, Dual) else kept.get((name, place))
        total = total + (_term(field, (name, place), value=value, kept=kept) if term is None else term)
    for place, (one, other) in enumerate(pairwise(values)):
        if isinstance(one, Dual) or isinstance(other, Dual) or place == 0:
            total = total + one * other * field.leaf(f"{name} mixed {place}")
    return total


def _term(field: Field, which: Term, *, value: Any, kept: dict[Term, Any] | None) -> Any:
    known = {} if kept is None else kept
    if (*which, 1) not in known:
        known |= {(*which, power): field.leaf(f"{which[0]}({which[1]}){power}") for power in (1, 2, 3)}
    first, second, third = (known[*which, power] for power in (1, 2, 3))
    term = value * (first + value * (second + value * third))
    if not isinstance(value, Dual):
        known[which] = term
    return term

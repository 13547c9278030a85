"""The inverse of a square matrix, in whatever numbers a formula is evaluated."""

from __future__ import annotations

from typing import Any

from flint import arb

from .arrays import Grid
from .dual import Dual
from .limits import Undecided


def inverse(grid: Grid) -> Grid:
    """Return the inverse of a square matrix, by elimination.

    >>> inverse(Grid(((2.0, 0.0), (1.0, 4.0)))).rows
    ((0.5, 0.0), (-0.125, 0.25))

    Raises:
        Undecided: it has none, as far as the numbers tell.
    """
    size = len(grid.rows)
    rows = [[*row, *(int(place == other) for other in range(size))] for place, row in enumerate(grid.rows)]
    for place in range(size):
        pivot = max(range(place, size), key=lambda row: _size(rows[row][place]))
        if not _size(rows[pivot][place]):
            raise Undecided("the inverse of a singular matrix")
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [entry / rows[place][place] for entry in rows[place]]
        for other in range(size):
            if other != place:
                factor = rows[other][place]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[place], strict=True)]
    return Grid(tuple(tuple(row[size:]) for row in rows))


def _size(value: Any) -> float:
    """Return how far a number is from 0 for sure; that of a residue is not ordered."""
    value = value.value if isinstance(value, Dual) else value
    if isinstance(value, arb):
        return float(value.abs_lower())
    return abs(float(int(value))) if not isinstance(value, float) else abs(value)

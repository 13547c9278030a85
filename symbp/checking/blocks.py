"""Matrices of matrices, which stand side by side and one above another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from .arrays import Grid, Spread
from .dual import Dual
from .limits import Undecided


def blocks(rows: Sequence[Sequence[Any]], *, listed: bool) -> Grid:
    """Return a matrix from its entries, or from the arrays that it is made of; a zero beside these stands for many.

    >>> blocks([[Grid(((1, 2),)), 0], [0, Grid(((3, 4),))]], listed=False).rows
    ((1, 2, 0, 0), (0, 0, 3, 4))

    Raises:
        Undecided: the arrays do not fit together.
    """
    entries = list(chain.from_iterable(rows))
    if any(isinstance(entry, Spread) for entry in entries):
        raise Undecided("a matrix of matrices whose size is open")
    if not any(isinstance(entry, Grid) for entry in entries):
        return Grid(tuple(map(tuple, rows)), listed)
    heights = [_size(row, 0) for row in rows]
    widths = [_size(column, 1) for column in zip(*rows, strict=True)]
    return Grid(
        tuple(
            tuple(
                chain.from_iterable(_block(entry, (height, width))[i] for entry, width in zip(row, widths, strict=True))
            )
            for row, height in zip(rows, heights, strict=True)
            for i in range(height)
        )
    )


def _size(line: Sequence[Any], axis: int) -> int:
    """Return the common height of the blocks in a row, or the common width of those in a column."""
    found = {entry.shape[axis] for entry in line if isinstance(entry, Grid)} or {1}
    if len(found) > 1:
        raise Undecided("a matrix of matrices that do not fit together")
    return found.pop()


def _block(entry: Any, shape: tuple[int, int]) -> tuple[tuple[Any, ...], ...]:
    """Return the rows of a block; nothing but zero stands for several entries."""
    if isinstance(entry, Grid):
        if entry.shape != shape:
            raise Undecided("a matrix of matrices that do not fit together")
        return entry.rows
    if shape != (1, 1) and (isinstance(entry, Dual) or entry != 0):
        raise Undecided("a matrix of matrices and numbers")
    return ((entry,) * shape[1],) * shape[0]

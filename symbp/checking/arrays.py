"""Vectors and matrices of whatever numbers a formula is evaluated in, with shapes that count; arrays of ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from .limits import MOST_TERMS, Undecided

Entries = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of numbers; ``free`` for a vector printed on one line, which stands for a row or a column alike."""

    rows: Entries
    free: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def transposed(self) -> Grid:
        """The transpose."""
        return Grid(tuple(zip(*self.rows, strict=True)), self.free)

    @property
    def entries(self) -> Iterator[Any]:
        """All entries, row by row."""
        return (entry for row in self.rows for entry in row)

    def map(self, change: Callable[[Any], Any]) -> Grid:
        """Return the grid with every entry changed."""
        return Grid(tuple(tuple(change(entry) for entry in row) for row in self.rows), self.free)

    def __add__(self, other: Any) -> Grid:
        """Add entry by entry; a single row, column or number is repeated."""
        return together(self, other, lambda a, b: a + b)

    __radd__ = __add__

    def __neg__(self) -> Grid:
        """Change every sign."""
        return self.map(lambda a: -a)

    def __sub__(self, other: Any) -> Grid:
        """Subtract entry by entry."""
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Grid:
        """Subtract from a number."""
        return self.__neg__().__add__(other)

    def __truediv__(self, other: Any) -> Grid:
        """Divide entry by entry."""
        return together(self, other, lambda a, b: a / b)

    def __rtruediv__(self, other: Any) -> Grid:
        """Divide a number by every entry."""
        return self.map(lambda a: other / a)


def lying(value: Any, shape: tuple[int, int] | None) -> Any:
    """Return a vector printed on one line as a column where it is used as one."""
    return value.transposed if isinstance(value, Grid) and value.free and value.transposed.shape == shape else value


def together(one: Grid, other: Any, join: Callable[[Any, Any], Any]) -> Grid:
    """Join two arrays entry by entry, repeating single rows, columns and numbers.

    Raises:
        Undecided: the shapes do not fit.
    """
    other = other.like(one) if isinstance(other, Spread) else other
    if not isinstance(other, Grid):
        return one.map(lambda entry: join(entry, other))
    if one.shape != other.shape and one.shape == other.transposed.shape and (one.free or other.free):
        one, other = (one.transposed, other) if one.free else (one, other.transposed)
    (m, n), (p, q) = one.shape, other.shape
    if (m != p and 1 not in (m, p)) or (n != q and 1 not in (n, q)):
        raise Misfit(f"shapes {m} x {n} and {p} x {q} do not fit")
    places = product(range(max(m, p)), range(max(n, q)))
    cells = [join(one.rows[i % m][j % n], other.rows[i % p][j % q]) for i, j in places]
    wide = max(n, q)
    rows = tuple(tuple(cells[start : start + wide]) for start in range(0, len(cells), wide))
    return Grid(rows, one.free and other.free)


def times(one: Any, other: Any, sign: str) -> Any:
    """Return a product: of matrices where the shapes allow it, entry by entry where the sign or the shapes say so.

    Raises:
        Undecided: the shapes do not fit.
    """
    if isinstance(one, Spread) or isinstance(other, Spread):
        return _spread_times(one, other, sign)
    if not isinstance(one, Grid) or not isinstance(other, Grid):
        return _scaled(one, other)
    if sign == "@":
        return together(one, other, lambda a, b: a * b)
    if one.shape == (1, 1) or other.shape == (1, 1):
        return _scaled(*((g.rows[0][0] if g.shape == (1, 1) else g) for g in (one, other)))
    if sign == "x" and (vectors := _column_and_row(one, other)) is not None:
        return _matmul(*vectors)
    for left, right in _orientations(one, other):
        if left.shape[1] == right.shape[0]:
            return _matmul(left, right)
    if one.shape == other.shape:
        return together(one, other, lambda a, b: a * b)
    (m, n), (p, q) = one.shape, other.shape
    if sign == "*" and m > p > 1 and n > q > 1:
        raise Undecided("a convolution, it seems, for which this is the sign")
    raise Misfit(f"a product of shapes {m} x {n} and {p} x {q}")


def _scaled(one: Any, other: Any) -> Any:
    if isinstance(one, Grid):
        return one.map(lambda entry: entry * other)
    return other.map(lambda entry: one * entry) if isinstance(other, Grid) else one * other


def _orientations(one: Grid, other: Grid) -> Iterator[tuple[Grid, Grid]]:
    yield one, other
    if other.free:
        yield one, other.transposed
    if one.free:
        yield one.transposed, other


def _column_and_row(one: Grid, other: Grid) -> tuple[Grid, Grid] | None:
    """Return two vectors that lie the same way as a column and a row; nothing for other arrays."""
    for side in (0, 1):
        if all(vector.shape[1 - side] == 1 or (vector.free and 1 in vector.shape) for vector in (one, other)):
            column, row = (Grid(tuple((entry,) for entry in vector.entries)) for vector in (one, other))
            return column, row.transposed
    return None


def _matmul(one: Grid, other: Grid) -> Any:
    if one.shape[0] * one.shape[1] * other.shape[1] > MOST_TERMS * 100:
        raise Undecided("matrices beyond the limit")
    columns = list(zip(*other.rows, strict=True))
    rows = tuple(tuple(_dot(row, column) for column in columns) for row in one.rows)
    return rows[0][0] if len(rows) == len(columns) == 1 else Grid(rows)


def _dot(row: tuple[Any, ...], column: tuple[Any, ...]) -> Any:
    total = row[0] * column[0]
    for a, b in zip(row[1:], column[1:], strict=True):
        total = total + a * b
    return total


def paired(one: Any, other: Any) -> list[tuple[Any, Any]]:
    """Return the entries of two values that must be equal one by one.

    Raises:
        Undecided: the shapes do not fit; a listed vector may be a row or a column.
    """
    if isinstance(one, Spread) and isinstance(other, Spread) and (one.down, one.across) == (other.down, other.across):
        return paired(one.grid, other.grid)
    if isinstance(one, Spread) or isinstance(other, Spread):
        one, other = (one, other) if isinstance(one, Grid) else (other, one)
        if not isinstance(one, Grid):
            raise Undecided("an array of ones whose size is open")
        if (one.shape[0] != other.grid.shape[0] and not other.down) or (
            one.shape[1] != other.grid.shape[1] and not other.across
        ):
            raise Mismatch(one.shape, other.grid.shape)
        return paired(one, other.like(one))
    if isinstance(one, Grid) and isinstance(other, Grid):
        if one.shape != other.shape and (one.free or other.free) and one.shape == other.transposed.shape:
            one = one.transposed
        if one.shape != other.shape:
            raise Mismatch(one.shape, other.shape)
        return list(zip(one.entries, other.entries, strict=True))
    if isinstance(one, Grid) or isinstance(other, Grid):
        grid, number = (one, other) if isinstance(one, Grid) else (other, one)
        if grid.shape != (1, 1):
            raise Mismatch(grid.shape, (1, 1)) if grid is one else Mismatch((1, 1), grid.shape)
        return [(grid.rows[0][0], number)]
    return [(one, other)]


@dataclass(frozen=True, slots=True)
class Spread:
    """An array that is repeated as often as is needed: ``down`` as further rows, ``across`` as further columns."""

    grid: Grid
    down: bool = False
    across: bool = False

    @property
    def entries(self) -> Iterator[Any]:
        """The entries, each once."""
        return self.grid.entries

    @property
    def transposed(self) -> Spread:
        """The transpose."""
        return Spread(self.grid.transposed, self.across, self.down)

    def map(self, change: Callable[[Any], Any]) -> Spread:
        """Return the array with every entry changed."""
        return replace(self, grid=self.grid.map(change))

    def like(self, other: Grid) -> Grid:
        """Return the array in the shape of another.

        Raises:
            Undecided: it cannot have this shape.
        """
        (m, n), (p, q) = self.grid.shape, other.shape
        if (m != p and not self.down) or (n != q and not self.across):
            raise Misfit(f"shapes {m} x {n} and {p} x {q} do not fit")
        return Grid(tuple(tuple(self.grid.rows[i % m][j % n] for j in range(q)) for i in range(p)))

    def joined(self, other: Any, join: Callable[[Any, Any], Any]) -> Any:
        """Join with another array entry by entry, or with a number."""
        if isinstance(other, Spread):
            grid = together(self.grid, other.grid, join)
            return _spread(grid, down=self.down and other.down, across=self.across and other.across)
        if isinstance(other, Grid):
            return together(self.like(other), other, join)
        return self.map(lambda entry: join(entry, other))

    def __neg__(self) -> Spread:
        """Change every sign."""
        return self.map(lambda a: -a)

    def __add__(self, other: Any) -> Any:
        """Add entry by entry."""
        return self.joined(other, lambda a, b: a + b)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        """Subtract entry by entry."""
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Any:
        """Subtract from another."""
        return self.__neg__().__add__(other)

    def __truediv__(self, other: Any) -> Any:
        """Divide entry by entry."""
        return self.joined(other, lambda a, b: a / b)

    def __rtruediv__(self, other: Any) -> Any:
        """Divide another by it, entry by entry."""
        return self.joined(other, lambda a, b: b / a)


def _spread(grid: Grid, *, down: bool, across: bool) -> Any:
    return Spread(grid, down, across) if down or across else grid


def ones(one: Any, sizes: tuple[bool, bool]) -> Spread:
    """Return an array of ones; ``sizes`` tells whether it has a single row, and a single column."""
    return Spread(Grid(((one,),)), down=not sizes[0], across=not sizes[1])


def _spread_times(one: Any, other: Any, sign: str) -> Any:
    """Return a product with such an array: over an open size only what is repeated is summed.

    Raises:
        Undecided: the shapes do not fit, or how often something is summed is open.
    """
    if sign == "@":
        return (one if isinstance(one, Spread) else other).joined(
            other if isinstance(one, Spread) else one, lambda a, b: a * b
        )
    if not isinstance(one, Spread | Grid) or not isinstance(other, Spread | Grid):
        spread, number = (one, other) if isinstance(one, Spread) else (other, one)
        return spread.map(lambda entry: entry * number)
    left, right = (part if isinstance(part, Spread) else Spread(part) for part in (one, other))
    if left.across and right.down:
        raise Undecided("a sum of as many terms as an array of ones has")
    if left.across:
        left = replace(left, grid=left.like(Grid(((0,) * right.grid.shape[0],) * left.grid.shape[0])))
    if right.down:
        right = replace(right, grid=right.like(Grid(((0,) * right.grid.shape[1],) * left.grid.shape[1])))
    if left.grid.shape[1] != right.grid.shape[0]:
        (m, n), (p, q) = left.grid.shape, right.grid.shape
        raise Misfit(f"a product of shapes {m} x {n} and {p} x {q}")
    made = times(left.grid, right.grid, "")
    down, across = left.down, right.across
    return made if not (down or across) else Spread(made if isinstance(made, Grid) else Grid(((made,),)), down, across)


class Misfit(Undecided):
    """Two arrays within a formula have shapes that do not go together."""


class Mismatch(Exception):
    """Two sides have different shapes, so they differ."""

    def __init__(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        super().__init__(f"the left side is {one[0]} x {one[1]}, the right side {other[0]} x {other[1]}")

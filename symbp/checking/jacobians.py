"""The derivative of an array by an array, and what stands for it in a chain of factors, whatever the layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .arrays import Grid, Spread, paired, times
from .limits import Undecided

Part = tuple[str, tuple[int, int]]  # the key of a quantity and its shape


@dataclass(frozen=True, slots=True)
class Jacobian:
    """The derivative of every entry of one array by every entry of another.

    Attributes:
        cells: for each entry of the first, row by row, the derivatives by the entries of the second.
        of: the first array.
        by: the second array.
        numerator: as a matrix it has a row for each entry of the first, else a column.
        said: the text says so in words, so that the other layout is a slip.
    """

    cells: tuple[tuple[Any, ...], ...]
    of: Part
    by: Part
    numerator: bool = False
    said: bool = False

    def map(self, change: Callable[[Any], Any]) -> Jacobian:
        """Return the derivatives with every one changed."""
        return replace(self, cells=tuple(tuple(change(cell) for cell in row) for row in self.cells))

    def __neg__(self) -> Jacobian:
        """Change every sign."""
        return self.map(lambda a: -a)

    def __add__(self, other: Any) -> Jacobian:
        """Add the derivatives of two arrays of one shape."""
        if not isinstance(other, Jacobian) or (self.of[1], self.by[1]) != (other.of[1], other.by[1]):
            raise Undecided("a sum of a derivative of an array by an array and something else")
        rows = zip(self.cells, other.cells, strict=True)
        return replace(self, cells=tuple(tuple(a + b for a, b in zip(*pair, strict=True)) for pair in rows))

    def __sub__(self, other: Any) -> Jacobian:
        """Subtract the derivatives of an array of the same shape."""
        return self.__add__(-other)

    def __truediv__(self, other: Any) -> Jacobian:
        """Divide by a number."""
        if isinstance(other, Grid | Spread | Jacobian):
            raise Undecided("a derivative of an array by an array that is divided by an array")
        return self.map(lambda a: a / other)

    def _alone(self, _other: Any) -> Any:
        raise Undecided("a derivative of an array by an array beside something that is none")

    __radd__ = __rsub__ = __mul__ = __rmul__ = __rtruediv__ = _alone

    @property
    def transposed(self) -> Jacobian:
        """The same derivatives, laid out the other way."""
        return replace(self, numerator=not self.numerator)

    @property
    def entries(self) -> Iterator[Any]:
        """All derivatives."""
        return (cell for row in self.cells for cell in row)

    @property
    def matrix(self) -> Grid:
        """The derivatives as a matrix, entries of both arrays counted row by row."""
        return Grid(self.cells if self.numerator else tuple(zip(*self.cells, strict=True)))

    def pulled(self, outer: Grid) -> Grid:
        """Return the derivatives of a number by the second array from those by the first."""
        numbers = list(outer.entries)
        columns = list(zip(*self.cells, strict=True))
        found = [sum_of([a * b for a, b in zip(numbers, column, strict=True)]) for column in columns]
        grid = replace(_shaped(found, self.by[1]), free=1 in self.by[1])  # people write a row or a column here
        return grid.transposed if self.numerator else grid


def sum_of(numbers: list[Any]) -> Any:
    """Return the sum of some numbers."""
    total = numbers[0]
    for number in numbers[1:]:
        total = total + number
    return total


def _shaped(entries: list[Any], shape: tuple[int, int]) -> Grid:
    wide = shape[1]
    return Grid(tuple(tuple(entries[start : start + wide]) for start in range(0, len(entries), wide)))


def multiplied(factors: Sequence[Any], signs: Sequence[str]) -> Any:
    """Return the product of some factors, from the left."""
    total = factors[0]
    for sign, factor in zip(signs, factors[1:], strict=True):
        if isinstance(total, Jacobian) or isinstance(factor, Jacobian):
            total = chained(total, factor, sign)
        else:
            total = times(total, factor, sign)
    return total


def chained(one: Any, other: Any, sign: str) -> Any:
    """Return the product of factors of a chain rule, at least one of them a derivative of an array by an array.

    Raises:
        Undecided: the factors do not follow one another.
    """
    if isinstance(one, Jacobian) and isinstance(other, Jacobian):
        return _composed(one, other)
    jacobian, outer = (one, other) if isinstance(one, Jacobian) else (other, one)
    if isinstance(outer, Spread):
        raise Undecided("a derivative of an array by an array beside an array of ones")
    if not isinstance(outer, Grid):
        return jacobian.map(lambda a: a * outer)
    if outer.shape == jacobian.of[1]:
        return jacobian.pulled(outer)
    if outer.transposed.shape == jacobian.of[1]:
        return jacobian.pulled(outer.transposed)
    matrices = (jacobian.matrix, outer) if isinstance(one, Jacobian) else (outer, jacobian.matrix)
    return times(matrices[0], matrices[1], sign)


def _composed(one: Jacobian, other: Jacobian) -> Jacobian:
    """Compose two derivatives by the chain rule, in whichever order they follow one another."""
    if one.by == other.of:
        outer, inner = one, other
    elif other.by == one.of:
        outer, inner = other, one
    elif one.by[1] == other.of[1]:
        outer, inner = one, other
    elif other.by[1] == one.of[1]:
        outer, inner = other, one
    else:
        raise Undecided("derivatives of arrays by arrays that do not follow one another")
    columns = list(zip(*inner.cells, strict=True))
    cells = tuple(
        tuple(sum_of([a * b for a, b in zip(row, column, strict=True)]) for column in columns) for row in outer.cells
    )
    return Jacobian(cells, outer.of, inner.by, outer.numerator, outer.said)


def pairings(one: Any, other: Any) -> Iterator[list[tuple[Any, Any]]]:
    """Yield the ways in which two values may be equal, each as pairs of numbers that must be equal.

    A derivative of an array by an array equals what gives the right derivatives when it is multiplied by those of
    a number by the first array: people write the matrix itself, its transpose, a factor entry by entry, or the other
    factor of an outer product.

    Raises:
        Mismatch: the shapes say that they differ.
        Undecided: nothing of this shape is known to stand for such a derivative.
    """
    if not isinstance(one, Jacobian) and not isinstance(other, Jacobian):
        if _is_laid_out_anew(one, other):
            yield list(zip(one.entries, other.entries, strict=True))
        yield paired(one, other)
        if _may_be_turned(one, other):
            yield paired(one.transposed, other)
        return
    if isinstance(one, Jacobian) and isinstance(other, Jacobian):
        if (one.of[1], one.by[1]) != (other.of[1], other.by[1]):
            raise Undecided("two derivatives of arrays by arrays of different shapes")
        yield list(zip(one.entries, other.entries, strict=True))
        return
    jacobian, factor = (one, other) if isinstance(one, Jacobian) else (other, one)
    if jacobian.said and isinstance(factor, Grid) and 1 not in factor.shape and 1 in jacobian.of[1]:
        yield paired(*(jacobian.matrix if side is jacobian else factor for side in (one, other)))
        return
    found = False
    for cells in (*_factors(jacobian, factor), *_spread(jacobian, factor)):
        found = True
        yield list(zip(jacobian.entries, cells, strict=True))
    if not found:
        raise Undecided("nothing of this shape is known to stand for a derivative of an array by an array")


def _may_be_turned(one: Any, other: Any) -> bool:
    """Whether two square matrices may be laid out in different ways."""
    grids = isinstance(one, Grid) and isinstance(other, Grid) and (one.free or other.free)
    return grids and one.shape == other.shape == one.transposed.shape


def _is_laid_out_anew(one: Any, other: Any) -> bool:
    """Whether one side is a matrix and the other its entries row by row, as a vector."""
    if not isinstance(one, Grid) or not isinstance(other, Grid) or (1 in one.shape) == (1 in other.shape):
        return False
    return one.shape[0] * one.shape[1] == other.shape[0] * other.shape[1]


def _spread(jacobian: Jacobian, factor: Any) -> Iterator[list[Any]]:
    """Yield the entries of a matrix that has all derivatives, in one layout or the other."""
    if isinstance(factor, Grid):
        for grid in (factor, factor.transposed):
            if grid.shape == (len(jacobian.cells), len(jacobian.cells[0])):
                yield list(grid.entries)


def _factors(jacobian: Jacobian, factor: Any) -> Iterator[list[Any]]:
    """Yield what a factor makes of each unit array in the place of the outer derivative, product by product."""
    for product in _PRODUCTS:
        cells: list[Any] = []
        for unit in _units(jacobian.of[1]):
            try:
                made = product(unit, factor)
            except Undecided:
                break
            if not isinstance(made, Grid) or jacobian.by[1] not in (made.shape, made.transposed.shape):
                break
            cells += (made if made.shape == jacobian.by[1] else made.transposed).entries
        else:
            yield cells


def _units(shape: tuple[int, int]) -> Iterator[Grid]:
    m, n = shape
    for place in range(m * n):
        yield _shaped([int(number == place) for number in range(m * n)], shape)


def _matmul(one: Any, other: Any) -> Any:
    if not isinstance(one, Grid) or not isinstance(other, Grid):
        raise Undecided("no product of matrices")
    if one.shape[1] != other.shape[0]:
        raise Undecided("no product of matrices")
    made = times(one, other, "")
    return made if isinstance(made, Grid) else Grid(((made,),))


def _turned(value: Any) -> Any:
    return value.transposed if isinstance(value, Grid) else value


_PRODUCTS: tuple[Callable[[Grid, Any], Any], ...] = (
    lambda unit, factor: times(unit, factor, "@"),
    lambda unit, factor: _matmul(unit, factor),
    lambda unit, factor: _matmul(factor, unit),
    lambda unit, factor: _matmul(unit, _turned(factor)),
    lambda unit, factor: _matmul(_turned(factor), unit),
    lambda unit, factor: _matmul(unit.transposed, factor),
    lambda unit, factor: _matmul(factor, unit.transposed),
)

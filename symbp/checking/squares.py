"""Square matrices with dots, whose entries on the diagonal are not like the others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from ..formulas import Dots, Matrix, Name, Node, Number, Row
from ..formulas.patterns import pattern
from .parts import indexed

MOST_ROWS = 8  # of a matrix that is written out
Line = list[Node]
Rule = tuple[Node, Name | None]  # a formula, and the letter for the index by which its cases differ


@dataclass(frozen=True, slots=True)
class Square:
    """What is printed of a square matrix: the first rows and columns, and the last.

    Attributes:
        rows: the entries that are printed, without the dots.
    """

    rows: list[Line]

    @property
    def shown(self) -> int:
        """How many rows and columns stand before the dots."""
        return len(self.rows) - 1

    @property
    def diagonal(self) -> tuple[Line, Node]:
        """The entries on the diagonal, and the last of them."""
        *shown, last = (self.rows[place][place] for place in range(len(self.rows)))
        return shown, last

    def written_out(self) -> Matrix | None:
        """Return the whole matrix; nothing where its entries do not show how they go on."""
        found = pattern(*self.diagonal)
        if found is None or not isinstance(found[3], Number):
            return None
        body, letter, low, high = found[0], found[1], found[2], int(found[3].text)
        beside = self._beside(low)
        if beside is None or not self.shown < high - low + 1 <= MOST_ROWS:
            return None
        places = range(low, high + 1)
        entry = {
            (i, j): _case(body, letter, i) if i == j else _case(_case(beside[0], beside[1], i), beside[2], j)
            for i, j in product(places, places)
        }
        return Matrix(tuple(Row(tuple(entry[i, j] for j in places)) for i in places))

    def _beside(self, low: int) -> tuple[Node, Name | None, Name | None] | None:
        """Return the formula for the entries beside the diagonal, with the letters for their row and column."""
        lines = [self._along(place, low) for place in range(len(self.rows))]
        along = [line for line in lines if line is not None]
        if len(along) < len(lines) or len({letter for _, letter in along}) > 1:
            return None
        *shown, last = (body for body, _ in along)
        down = _rule(shown, last, first=low)
        return None if down is None else (down[0], down[1], along[0][1])

    def _along(self, place: int, low: int) -> Rule | None:
        """Return the rule for the entries of one row beside the diagonal."""
        row = [entry for column, entry in enumerate(self.rows[place]) if column != place]
        return _rule(row[:-1], row[-1], first=low + (place == 0)) if len(row) > 1 else (row[0], None)


def _rule(shown: Line, last: Node, *, first: int) -> Rule | None:
    """Return what some entries have in common, of which the index begins with a number and then counts on."""
    if all(entry == last for entry in shown):
        return last, None
    found = pattern(shown, last) if shown else None
    return (found[0], found[1]) if found is not None and found[2] == first else None


def _case(body: Node, letter: Name | None, place: int) -> Node:
    return body if letter is None else indexed(body, {letter: Number(str(place))})


def square(matrix: Matrix) -> Square | None:
    """Return what a matrix prints, where it is square with one row and one column of dots; else nothing.

    >>> from symbp.formulas import Dots, Name, Number
    >>> zero, dots = Number("0"), Dots()
    >>> first, last = Name("a", (Number("1"),)), Name("a", (Number("3"),))
    >>> rows = (first, dots, zero), (dots, dots, dots), (zero, dots, last)
    >>> len(square(Matrix(tuple(map(Row, rows)))).written_out().rows)
    3
    """
    rows = [list(row.entries) for row in matrix.rows]
    gap = next((place for place, row in enumerate(rows) if all(isinstance(entry, Dots) for entry in row)), None)
    kept = [row for place, row in enumerate(rows) if place != gap]
    middle = {place for row in kept for place, entry in enumerate(row) if isinstance(entry, Dots)}
    solid = [[entry for entry in row if not isinstance(entry, Dots)] for row in kept]
    if gap is None or middle != {gap} or gap + 2 != len(rows) or any(len(row) != len(solid) for row in solid):
        return None
    return Square(solid)

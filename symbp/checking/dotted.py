"""Matrices with dots, written out once the index of the last entry is a number."""

from __future__ import annotations

from collections.abc import Iterator

from ..formulas import Dots, Dotted, Matrix, Name, Node, Number, Opaque, Row, walk
from ..formulas.patterns import pattern
from .indices import is_size
from .parts import indexed
from .squares import square

MOST_ENTRIES = 12  # of a row or column that is written out
Line = list[Node]


def written_out(matrix: Matrix) -> Matrix | None:
    """Return a matrix with what its dots stand for; nothing where that is not shown.

    >>> from symbp.formulas import latex, read
    >>> latex(written_out(read("[w_1 x, \\\\dots, w_3 x]").body))
    '[w_1 x, w_2 x, w_3 x]'
    """
    if (whole := square(matrix)) is not None and (squared := whole.written_out()) is not None:
        return squared
    rows = [list(row.entries) for row in matrix.rows]
    gap = next((place for place, row in enumerate(rows) if _is_dots(row)), None)
    printed = [_without_dots(row) for row in rows if not _is_dots(row)]
    widths = {len(line) for line, sure in printed if sure}
    if len(widths) != 1:
        return None
    lines = [_widened(line, row, max(widths)) for (line, _), row in zip(printed, _solid(rows), strict=True)]
    if any(line is None for line in lines) or len({len(line) for line in lines if line is not None}) != 1:
        return None
    found = [line for line in lines if line is not None]
    full = found if gap is None else _down(found, gap)
    return None if full is None else Matrix(tuple(Row(tuple(line)) for line in full), matrix.listed)


def ends(dotted: Dotted) -> Iterator[tuple[Name, int]]:
    """Yield what is the index of a last entry, a letter or a size such as ``n_l``, with the least that it may be."""
    assert isinstance(dotted.body, Matrix)
    rows = [list(row.entries) for row in dotted.body.rows]
    wide = {len(row) for row in rows}
    lines = [*rows, *(list(column) for column in zip(*rows, strict=True))] if len(wide) == 1 else rows
    if (whole := square(dotted.body)) is not None:
        shown, last = whole.diagonal
        lines = [*lines, [*shown, Dots(), last]]
    for line in lines:
        place = next((place for place, entry in enumerate(line) if isinstance(entry, Dots)), len(line))
        for start in range(place if place + 1 < len(line) else 0):
            found = pattern(line[start:place], line[place + 1])
            if found is not None and isinstance(found[3], Name) and is_size(found[3]):
                yield found[3], found[2] + place - start
                break


def _is_dots(row: Line) -> bool:
    """Whether a row says no more than that the rows go on."""
    others = [entry for entry in row if not isinstance(entry, Dots)]
    return len(others) < len(row) and all(isinstance(entry, Opaque) for entry in others)


def _solid(rows: list[Line]) -> list[Line]:
    return [row for row in rows if not _is_dots(row)]


def _without_dots(row: Line) -> tuple[Line, bool]:
    """Return a row with what its dots stand for, and whether its length is sure."""
    place = next((place for place, entry in enumerate(row) if isinstance(entry, Dots)), None)
    if place is None:
        return row, True
    before, after = row[:place], row[place + 1 :]
    for start in range(len(before)) if after and not any(isinstance(entry, Dots) for entry in after) else ():
        if (between := _between(before[start:], after[0])) is not None:
            return [*before[:start], *between, *after[1:]], True
    return [*before, *after], bool(before and after) and _is_counted([*before, *after])


def _is_counted(line: Line) -> bool:
    """Whether every entry has its place among the indices of its names, so that the dots stand for nothing more."""
    return all(str(place) in _numbers(entry) for place, entry in enumerate(line, 1))


def _numbers(entry: Node) -> set[str]:
    names = (part for part in walk(entry) if isinstance(part, Name))
    return {index.text for name in names for index in (*name.sub, *name.label) if isinstance(index, Number)}


def _between(shown: Line, last: Node) -> Line | None:
    """Return the entries from the first shown to the last."""
    found = pattern(shown, last)
    if found is None or not isinstance(found[3], Number) or int(found[3].text) - found[2] >= MOST_ENTRIES:
        return None
    body, letter, low, high = found
    assert isinstance(high, Number)
    return [indexed(body, {letter: Number(str(number))}) for number in range(low, int(high.text) + 1)]


def _widened(line: Line, row: Line, width: int) -> Line | None:
    """Return a row of constants as long as the others are; a row that shows all its entries as it is."""
    missing = width - len(line)
    if missing <= 0:
        return line
    place = next(place for place, entry in enumerate(row) if isinstance(entry, Dots))
    same = 0 < place < len(line) and line[place - 1] == line[place]
    return [*line[:place], *line[place - 1 : place] * missing, *line[place:]] if same else None


def _down(rows: list[Line], gap: int) -> list[Line] | None:
    """Return the rows with those that vertical dots stand for."""
    if not 0 < gap < len(rows):
        return None
    shown = [[*column[:gap], Dots(), *column[gap:]] for column in zip(*rows, strict=True)]
    columns = [_without_dots(column) for column in shown]
    heights = {len(column) for column, sure in columns if sure}
    if len(heights) != 1:
        return None
    full = [_widened(column, row, max(heights)) for (column, _), row in zip(columns, shown, strict=True)]
    if any(column is None or len(column) != max(heights) for column in full):
        return None
    return [list(row) for row in zip(*(column for column in full if column is not None), strict=True)]

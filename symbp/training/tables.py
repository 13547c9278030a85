"""Tables from files: columns of text with their names, a block of rows at a time. Complaints name their place."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import InputError

Row = tuple[str, list[str]]  # where it stands, and its cells


@dataclass(frozen=True, slots=True)
class Table:
    """The head of a table, and its rows as they are read.

    Attributes:
        path: the file.
        where: where its first line stands.
        names: of the columns; empty without a header.
        width: the number of columns.
        rows: where a row stands, and its cells.
    """

    path: str
    where: str
    names: tuple[str, ...]
    width: int
    rows: Iterator[Row]

    def column(self, name: str) -> int:
        """Return the place of a column, by name, or by number from 1; a name that two of them have is refused."""
        places = [k for k, known in enumerate(self.names) if known == name]
        if len(places) > 1:
            both = f"columns {places[0] + 1} and {places[1] + 1} are both called {name!r}"
            raise InputError(f"{self.path}: {both}: give each a name of its own")
        if places:
            return places[0]
        if name.isdigit() and 1 <= int(name) <= self.width:
            return int(name) - 1
        known = ", ".join(self.names) if self.names else f"1 to {self.width}"
        raise InputError(f"{self.path}: there is no column {name!r} (known: {known})")


def open_table(path: str | Path) -> Table:
    """Return the table in a CSV file, or, with the extra ``data``, in a Parquet file.

    Raises:
        InputError: the file cannot be read, or has no rows.
    """
    rows = _parquet_rows(path) if Path(path).suffix == ".parquet" else _csv_rows(path)
    first = next(rows, None)
    if first is None:
        raise InputError(f"{path}: no samples in it")
    where, cells = first
    if len(cells) == 1:
        raise InputError(f"{where} has 1 columns, more are needed, separated by commas")
    header = not any(map(is_number, cells))
    second = next(rows, None) if header else first
    if second is None:
        raise InputError(f"{path}: no samples in it")
    names = tuple(cell.strip() for cell in cells) if header else ()
    return Table(str(path), where, names, len(second[1]), _chain(second, rows))


def is_number(cell: str) -> bool:
    """Tell whether a cell is read as a number, finite or not."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _chain(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _csv_rows(path: str | Path) -> Iterator[Row]:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            for number, cells in enumerate(csv.reader(file), 1):
                if any(cell.strip() for cell in cells):
                    yield f"{path}: line {number}", cells
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text file; data is CSV in UTF-8, .npz or .parquet") from None
    except csv.Error as error:
        raise InputError(f"{path}: not CSV ({error})") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


def _parquet_rows(path: str | Path) -> Iterator[Row]:
    try:
        import polars
    except ImportError:
        raise InputError(f"{path}: Parquet needs polars: pip install 'symbp[data]'") from None
    try:
        frame: Any = polars.read_parquet(path)
    except (OSError, polars.exceptions.PolarsError) as error:
        raise InputError(f"{path}: cannot be read as Parquet ({str(error).splitlines()[0]})") from None
    yield f"{path}: header", list(frame.columns)
    for number, cells in enumerate(frame.iter_rows(), 1):
        yield f"{path}: row {number}", ["" if cell is None else str(cell) for cell in cells]

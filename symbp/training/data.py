"""Data from files: tables with named columns and class labels, or NumPy arrays. Complaints name their place."""

import math
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..errors import InputError
from ..networks import Network
from ..programs import Array, matrix
from .codec import Codec, classes_of
from .tables import Row, Table, is_number, open_table

_MISSING = frozenset({"", "na", "n/a", "null", "none", "?"})
MISSING = ("refuse", "drop")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are read, and what is done about missing values.

    Attributes:
        features: names, or numbers from 1; empty: all that are no targets.
        targets: the same; empty: the last ones.
        missing: ``refuse``, or ``drop`` rows that have one.
    """

    features: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    missing: str = "refuse"


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """X and Y of a file, how they came to be, and how many rows were left out."""

    X: Array
    Y: Array
    codec: Codec
    dropped: int = 0


def read_samples(path: str | Path, network: Network, columns: Columns | None = None) -> Samples:
    """Return samples: from a CSV or Parquet table, or from the X and Y of an .npz.

    Without names, the targets are the last columns. One last column for several outputs holds class labels, and so
    does a target with text in it.

    Example:
        >>> import tempfile
        >>> from symbp.networks import mlp
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "and.csv").write_text("a,b,a and b\\n0,1,0\\n1,1,1\\n")
        ...     read_samples(Path(folder, "and.csv"), mlp(2, 1)).Y.tolist()
        [[0.0], [1.0]]

    Raises:
        InputError: the file cannot be read, or does not fit the network.
    """
    if Path(path).suffix == ".npz":
        X = _from_archive(path, "X", network.layers[0])
        Y, codec = _targets_from_archive(path, network)
        return Samples(X, Y, codec)
    columns = columns or Columns()
    table = open_table(path)
    place = _places(table, network, columns)
    return _samples(place, list(table.rows), network)


def read_again(path: str | Path, network: Network, codec: Codec) -> Samples:
    """Return samples whose columns and classes are known from training. Raises as `read_samples` does."""
    if Path(path).suffix == ".npz":
        X, array = _from_archive(path, "X", network.layers[0]), _member(path, "Y")
        if codec.classes and array.ndim == 1:
            return Samples(X, codec.encode([str(label) for label in array.tolist()], width=network.layers[-1]), codec)
        return Samples(X, _from_archive(path, "Y", network.layers[-1]), codec)
    table = open_table(path)
    named = table.names and {*codec.features, *codec.targets} <= set(table.names)
    place = _places(table, network, Columns(codec.features, codec.targets) if named else Columns())
    rows = list(place.complete(table.rows))
    X = np.array([place.numbers(row, place.features) for row in rows])
    if codec.classes:
        labels = [cells[place.targets[0]].strip() for _, cells in rows]
        return Samples(X, codec.encode(labels, width=network.layers[-1]), codec)
    return Samples(X, np.array([place.numbers(row, place.targets) for row in rows]), codec)


def read_inputs(path: str | Path, network: Network, codec: Codec | None = None) -> Array:
    """Return X alone; other columns may stand behind it and are left out. Raises as `read_samples` does."""
    features = network.layers[0]
    if Path(path).suffix == ".npz":
        return _from_archive(path, "X", features)
    table, known = open_table(path), codec.features if codec else ()
    if table.names and known and set(known) <= set(table.names):
        wanted = [table.column(name) for name in known]
    elif table.width < features:
        raise InputError(f"{path}: {table.width} columns, {features} inputs are needed, separated by commas")
    else:
        wanted = list(range(features))
    place = _Places(table, tuple(wanted), (), labels=False, missing="refuse")
    return np.array([place.numbers(row, place.features) for row in place.complete(table.rows)])


def open_archive(path: str | Path) -> dict[str, Array]:
    """Return the arrays of an .npz by name; nothing in it is executed."""
    try:
        with open(path, "rb") as file:
            archive = np.load(file, allow_pickle=False)
            if not isinstance(archive, np.lib.npyio.NpzFile):
                raise InputError(f"{path}: one array, not an .npz archive of named arrays")
            with archive:
                return {name: archive[name] for name in archive.files}
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from None
    except (ValueError, EOFError, zipfile.BadZipFile, zlib.error):
        raise InputError(f"{path}: not an .npz archive of plain arrays") from None


@dataclass(frozen=True, slots=True)
class _Places:
    """Where features and targets stand in a table."""

    table: Table
    features: tuple[int, ...]
    targets: tuple[int, ...]
    labels: bool
    missing: str

    def complete(self, rows: Iterator[Row] | Sequence[Row]) -> Iterator[Row]:
        """Give the rows whose cells are all there; name what is missing, or leave the row out."""
        for where, cells in rows:
            if len(cells) != self.table.width:
                raise InputError(f"{where} has {len(cells)} columns, the first row has {self.table.width}")
            gap = next((k for k in (*self.features, *self.targets) if cells[k].strip().lower() in _MISSING), None)
            if gap is not None and self.missing == "refuse":
                found = f"the value is missing ({cells[gap]!r})"
                raise InputError(f"{where}, {self.name(gap)}: {found}: fill it in, or use --missing drop")
            if gap is None:
                yield where, cells

    def name(self, place: int) -> str:
        """Return how a column is called in messages."""
        return f"column {place + 1}" + (f" ({self.table.names[place]})" if self.table.names else "")

    def numbers(self, row: Row, places: Sequence[int]) -> list[float]:
        """Return cells as finite numbers."""
        where, cells = row
        return [self._number(cells[k], f"{where}, {self.name(k)}") for k in places]

    def _number(self, cell: str, where: str) -> float:
        if not is_number(cell):
            raise InputError(f"{where}: {cell[:40]!r} is not a number")
        number = float(cell)
        if not math.isfinite(number):
            raise InputError(f"{where}: {cell[:40]!r} is not a finite number")
        return number


def _places(table: Table, network: Network, columns: Columns) -> _Places:
    if columns.missing not in MISSING:
        raise InputError(f"missing = {columns.missing!r} is unknown (known: {', '.join(MISSING)})")
    inputs, outputs = network.layers[0], network.layers[-1]
    chosen = tuple(table.column(name) for name in columns.features)
    if columns.targets:
        targets = tuple(table.column(name) for name in columns.targets)
    else:
        rest = table.width - (len(chosen) or inputs)
        count = 1 if rest == 1 else outputs
        targets = tuple(range(table.width - count, table.width))
    features = chosen or tuple(k for k in range(table.width) if k not in targets)
    if len(features) != inputs or len(targets) not in (1, outputs) or set(features) & set(targets):
        raise InputError(
            f"{table.where} has {table.width} columns, {inputs + outputs} ({inputs} inputs and {outputs} targets) "
            f"{f'or {inputs + 1} (the last one a class) ' if outputs > 1 else ''}are needed, separated by commas"
        )
    return _Places(table, features, targets, labels=len(targets) == 1 < outputs, missing=columns.missing)


def _samples(place: _Places, rows: list[Row], network: Network) -> Samples:
    complete = list(place.complete(rows))
    if not complete:
        raise InputError(f"{place.table.path}: no samples in it")
    X = np.array([place.numbers(row, place.features) for row in complete])
    names = place.table.names
    features, targets = (tuple(names[k] for k in part) if names else () for part in (place.features, place.targets))
    codec = Codec(features, targets)
    target = place.targets[0]
    if place.labels or (len(place.targets) == 1 and not any(is_number(cells[target]) for _, cells in complete)):
        labels = [cells[target].strip() for _, cells in complete]
        codec = replace(codec, classes=classes_of(labels, network, f"{place.table.path}: {place.name(target)}"))
        Y = codec.encode(labels, width=network.layers[-1])
    else:
        Y = np.array([place.numbers(row, place.targets) for row in complete])
    return Samples(X, Y, codec, len(rows) - len(complete))


def _from_archive(path: str | Path, name: str, columns: int) -> Array:
    array = _member(path, name)
    try:
        return matrix(array[:, None] if array.ndim == columns == 1 else array, columns, name=name)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _targets_from_archive(path: str | Path, network: Network) -> tuple[Array, Codec]:
    array, outputs = _member(path, "Y"), network.layers[-1]
    if array.ndim == 1 and (outputs > 1 or array.dtype.kind in "US"):
        labels = [str(label) for label in array.tolist()]
        codec = Codec(classes=classes_of(labels, network, f"{path}: Y"))
        return codec.encode(labels, width=outputs), codec
    return _from_archive(path, "Y", outputs), Codec()


def _member(path: str | Path, name: str) -> Array:
    arrays = open_archive(path)
    if name not in arrays:
        raise InputError(f"{path}: no array {name!r} (found: {', '.join(sorted(arrays)) or 'nothing'})")
    return arrays[name]

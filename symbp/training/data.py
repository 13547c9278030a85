"""Data from files: CSV with numbers, or NumPy archives with X and Y. Every complaint names file, line and column."""

import csv
import math
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..errors import InputError
from ..networks import Network
from ..programs import Array, matrix


def read_samples(path: str | Path, network: Network) -> tuple[Array, Array]:
    """Return X and Y: from a CSV whose last columns are the targets, or from the X and Y of an .npz.

    Example:
        >>> import tempfile
        >>> from symbp.networks import mlp
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "and.csv").write_text("a,b,a and b\\n0,1,0\\n1,1,1\\n")
        ...     read_samples(Path(folder, "and.csv"), mlp(2, 1))[1].tolist()
        [[0.0], [1.0]]

    Raises:
        InputError: the file cannot be read, or does not fit the network.
    """
    features, outputs = network.layers[0], network.layers[-1]
    if Path(path).suffix == ".npz":
        return _from_archive(path, "X", features), _from_archive(path, "Y", outputs)
    table = _from_csv(path, {features + outputs: f"{features} inputs and {outputs} targets"})
    return table[:, :features], table[:, features:]


def read_inputs(path: str | Path, network: Network) -> Array:
    """Return X alone; target columns may stand behind it and are left out. Raises as `read_samples` does."""
    features, outputs = network.layers[0], network.layers[-1]
    if Path(path).suffix == ".npz":
        return _from_archive(path, "X", features)
    counts = {features: f"{features} inputs", features + outputs: f"and {outputs} targets"}
    return _from_csv(path, counts)[:, :features]


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


def _from_archive(path: str | Path, name: str, columns: int) -> Array:
    arrays = open_archive(path)
    if name not in arrays:
        raise InputError(f"{path}: no array {name!r} (found: {', '.join(sorted(arrays)) or 'nothing'})")
    array = arrays[name]
    try:
        return matrix(array[:, None] if array.ndim == columns == 1 else array, columns, name=name)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _from_csv(path: str | Path, counts: dict[int, str]) -> Array:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(_numbers(csv.reader(file), path, counts))
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text file; data is CSV in UTF-8, or .npz") from None
    except csv.Error as error:
        raise InputError(f"{path}: not CSV ({error})") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    if not rows:
        raise InputError(f"{path}: no samples in it")
    return np.array(rows, dtype=np.float64)


def _numbers(lines: Iterator[list[str]], path: str | Path, counts: dict[int, str]) -> Iterator[list[float]]:
    """Give the rows as numbers; a first row without any number in it is a header."""
    first = True
    for number, cells in enumerate(lines, 1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) not in counts:
            needed = " or ".join(f"{count} ({text})" for count, text in counts.items())
            where = f"{path}: line {number} has {len(cells)} columns"
            raise InputError(f"{where}, {needed} are needed, separated by commas")
        if not (first and not any(map(_is_number, cells))):
            yield [_number(cell, f"{path}: line {number}, column {place}") for place, cell in enumerate(cells, 1)]
        first = False


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _number(cell: str, where: str) -> float:
    if not _is_number(cell):
        raise InputError(f"{where}: {cell[:40]!r} is not a number")
    number = float(cell)
    if not math.isfinite(number):
        raise InputError(f"{where}: {cell[:40]!r} is not a finite number")
    return number

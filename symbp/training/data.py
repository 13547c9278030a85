"""Samples from files: tables with named columns and class labels, or NumPy arrays, also larger than memory."""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import InputError
from ..networks import Network
from ..programs import Array, Stack, by_block, gathered, matrix
from .codec import Codec, classes_of
from .columns import Columns, Places, find_places
from .tables import Table, is_number, open_table

_ARRAYS = frozenset({".npy", ".npz"})
_ON_NUMBERS = "the network was trained on numbers: use those"


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """X and Y of a file, how they came to be, and how many rows were left out."""

    X: Array
    Y: Array
    codec: Codec
    dropped: int = 0


def read_samples(path: str | Path, network: Network, columns: Columns | None = None) -> Samples:
    """Return samples: from a table in CSV or Parquet or an array in .npy, or from the X and Y of an .npz.

    Without names, the targets are the last columns. One last column for several outputs holds class labels, and so
    does a target with text in it. What is larger than memory stands in files: an .npy is mapped where it is.

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
    columns = columns or Columns()
    if Path(path).suffix in _ARRAYS:
        return _from_arrays(path, network, columns, Codec())
    table = open_table(path)
    place = find_places(table, network, columns)
    names = table.names
    features, targets = (tuple(names[k] for k in part) if names else () for part in (place.features, place.targets))
    return _read(place, Codec(features, targets), network)


def read_again(path: str | Path, network: Network, codec: Codec) -> Samples:
    """Return samples whose columns and classes are known from training. Raises as `read_samples` does."""
    if Path(path).suffix in _ARRAYS:
        return _from_arrays(path, network, Columns(), codec, again=True)
    table = open_table(path)
    named = _has(table, codec.features)
    place = find_places(table, network, Columns(codec.features, codec.targets) if named else Columns())
    place.missing = "answers"
    if codec.classes and len(place.targets) > 1:
        raise InputError(f"{path}: {len(place.targets)} targets, the network was trained on one column of classes")
    if place.labels and not codec.classes:
        outputs = network.layers[-1]
        raise InputError(f"{path}: one target, the network was trained on {outputs} numbers a sample: give those")
    return _read(place, codec, network, labels=bool(codec.classes))


def read_inputs(path: str | Path, network: Network, codec: Codec | None = None) -> Array:
    """Return X alone; other columns may stand behind it and are left out. Raises as `read_samples` does."""
    features = network.layers[0]
    if Path(path).suffix == ".npz":
        return _checked(path, _member(path, "X"), "X", features)
    if Path(path).suffix == ".npy":
        return _checked(path, _open_array(path)[:, :features], "X", features)
    table, known = open_table(path), codec.features if codec else ()
    if _has(table, known):
        wanted = [table.column(name) for name in known]
    elif table.width < features:
        raise InputError(f"{path}: {table.width} columns, {features} inputs are needed, separated by commas")
    else:
        wanted = list(range(features))
    place = Places(table, tuple(wanted), (), labels=False, missing="answers")
    return gathered(place.numbers(rows, place.features) for rows in place.blocks())


def _has(table: Table, names: Sequence[str]) -> bool:
    """Tell whether a table has the names that were learned from; with none of them, columns go by their places."""
    return not set(names).isdisjoint(table.names)


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


def _read(place: Places, codec: Codec, network: Network, *, labels: bool | None = None) -> Samples:
    """Return the samples of a table; labels: whether the target is a class; None: where its first cell is no number."""
    X, Y, column = Stack(), Stack(), place.targets[0]
    known: dict[str, str] = {}
    found: list[str] = []
    for rows in place.blocks():
        if labels is None:
            labels = place.labels or (len(place.targets) == 1 and not is_number(rows[0][1][column]))
        elif not (labels or is_number(rows[0][1][column])):
            where, cell = f"{rows[0][0]}, {place.name(column)}", rows[0][1][column]
            raise InputError(f"{where}: {cell[:40]!r} is a class, {_ON_NUMBERS}")
        X.add(place.numbers(rows, place.features))
        if labels:
            cells = (cells[column].strip() for _, cells in rows)
            found += [known.setdefault(label, label) for label in cells]
        else:
            Y.add(place.numbers(rows, place.targets))
    if not labels:
        return Samples(X.array(), Y.array(), codec, place.dropped)
    where = f"{place.table.path}: {place.name(column)}"
    codec = _with_classes(codec, found, network, where)
    Y_encoded = codec.encode(found, width=network.layers[-1], where=where)
    return Samples(X.array(), Y_encoded, codec, place.dropped)


def _with_classes(codec: Codec, labels: Sequence[str], network: Network, where: str) -> Codec:
    return codec if codec.classes else replace(codec, classes=classes_of(labels, network, where))


def _from_arrays(path: str | Path, network: Network, columns: Columns, codec: Codec, *, again: bool = False) -> Samples:
    if Path(path).suffix == ".npz":
        X, Y = _member(path, "X"), _member(path, "Y")
    else:
        X, Y = _columns(path, network, columns)
    inputs, outputs = _checked(path, X, "X", network.layers[0]), network.layers[-1]
    if codec.classes and Y.ndim == 2 and Y.shape[1] == 1:
        Y = Y[:, 0]
    if Y.ndim == 1 and (codec.classes or outputs > 1 or Y.dtype.kind in "US"):
        if again and not codec.classes:
            raise InputError(f"{path}: Y holds classes, {_ON_NUMBERS}")
        labels = [_label(label) for label in Y.tolist()]
        codec = _with_classes(codec, labels, network, f"{path}: Y")
        return Samples(inputs, codec.encode(labels, width=outputs, where=f"{path}: Y"), codec)
    return Samples(inputs, _checked(path, Y, "Y", outputs), codec)


def _columns(path: str | Path, network: Network, columns: Columns) -> tuple[Array, Array]:
    array = _open_array(path)
    place = find_places(Table(str(path), str(path), (), array.shape[1], iter(())), network, columns)
    X, Y = _part(array, place.features), _part(array, place.targets)
    return X, Y[:, 0] if place.labels else Y


def _part(array: Array, columns: Sequence[int]) -> Array:
    return by_block(array, lambda rows: rows[:, list(columns)])


def _open_array(path: str | Path) -> Any:
    """Return the array of an .npy, mapped into memory."""
    try:
        array = np.load(path, mmap_mode="c", allow_pickle=False)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from None
    except (ValueError, EOFError):
        raise InputError(f"{path}: not an .npy file of plain numbers") from None
    if array.ndim != 2 or not len(array):
        raise InputError(f"{path}: an array of shape {array.shape}; a row a sample is needed, its targets last")
    return array


def _label(label: Any) -> str:
    return f"{label:g}" if isinstance(label, float) else str(label)


def _checked(path: str | Path, array: Array, name: str, columns: int) -> Array:
    try:
        return matrix(array[:, None] if array.ndim == columns == 1 else array, columns, name=name)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _member(path: str | Path, name: str) -> Array:
    arrays = open_archive(path)
    if name not in arrays:
        raise InputError(f"{path}: no array {name!r} (found: {', '.join(sorted(arrays)) or 'nothing'})")
    return arrays[name]

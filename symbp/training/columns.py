"""Where features and targets stand in a table, and their cells as numbers. Complaints name their place."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from ..errors import InputError
from ..networks import Network
from ..programs import Array
from .tables import Row, Table, is_number

_MISSING = frozenset({"", "na", "n/a", "null", "none", "nan", "?"})
MISSING = ("refuse", "drop")
_INSTEAD = {"refuse": "use --missing drop", "answers": "leave the row out"}
_ROWS = 4096  # read at a time


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


@dataclass(slots=True)
class Places:
    """Where features and targets stand in a table; ``dropped``: how many rows were left out so far.

    ``missing`` is as in `Columns`, or ``answers`` where a row each is answered, and none can be dropped.
    """

    table: Table
    features: tuple[int, ...]
    targets: tuple[int, ...]
    labels: bool
    missing: str
    dropped: int = 0

    def blocks(self) -> Iterator[list[Row]]:
        """Give the rows whose cells are all there, some at a time.

        Raises:
            InputError: there are none, a row has another width, or a value is missing and rows are not to be dropped.
        """
        rows = self._complete()
        block = list(islice(rows, _ROWS))
        if not block:
            raise InputError(f"{self.table.path}: no samples in it")
        while block:
            yield block
            block = list(islice(rows, _ROWS))

    def _complete(self) -> Iterator[Row]:
        for where, cells in self.table.rows:
            if len(cells) != self.table.width:
                raise InputError(f"{where} has {len(cells)} columns, the first row has {self.table.width}")
            gap = next((k for k in (*self.features, *self.targets) if cells[k].strip().lower() in _MISSING), None)
            if gap is None:
                yield where, cells
            elif self.missing == "drop":
                self.dropped += 1
            else:
                found, other = f"the value is missing ({cells[gap]!r})", _INSTEAD[self.missing]
                raise InputError(f"{where}, {self.name(gap)}: {found}: fill it in, or {other}")

    def name(self, place: int) -> str:
        """Return how a column is called in messages."""
        return f"column {place + 1}" + (f" ({self.table.names[place]})" if self.table.names else "")

    def numbers(self, rows: Sequence[Row], places: Sequence[int]) -> Array:
        """Return cells as finite numbers, a row for each."""
        try:
            found = np.array([[float(cells[k]) for k in places] for _, cells in rows])
        except ValueError:
            found = np.array([np.nan])
        if not np.isfinite(found).all():
            raise InputError(next(self._faults(rows, places)))
        return found

    def _faults(self, rows: Sequence[Row], places: Sequence[int]) -> Iterator[str]:
        for where, cells in rows:
            for k in places:
                if not is_number(cells[k]):
                    yield f"{where}, {self.name(k)}: {cells[k][:40]!r} is not a number"
                elif not math.isfinite(float(cells[k])):
                    yield f"{where}, {self.name(k)}: {cells[k][:40]!r} is not a finite number"


def find_places(table: Table, network: Network, columns: Columns) -> Places:
    """Return where the features and targets of a network stand.

    Raises:
        InputError: a column does not exist, two have one name, or there are not as many as the network takes.
    """
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
    for given in (chosen, targets):
        if twice := [k for k in given if given.count(k) > 1]:
            raise InputError(f"{table.path}: column {twice[0] + 1} is named twice")
    if both := sorted(set(features) & set(targets)):
        raise InputError(f"{table.path}: column {both[0] + 1} is named as a feature and as a target")
    if (chosen and len(chosen) != inputs) or (columns.targets and len(targets) not in (1, outputs)):
        raise InputError(
            f"{table.path}: {len(features)} features and {len(targets)} targets are named or left, "
            f"the network takes {inputs} and gives {outputs}"
        )
    if len(features) != inputs or len(targets) not in (1, outputs):
        raise InputError(
            f"{table.where} has {table.width} columns, {inputs + outputs} ({inputs} inputs and {outputs} targets) "
            f"{f'or {inputs + 1} (the last one a class) ' if outputs > 1 else ''}are needed, separated by commas"
        )
    for k in (*features, *targets) if table.names else ():
        table.column(table.names[k])  # refuses a name that would be found elsewhere when the data is read again
    return Places(table, features, targets, labels=len(targets) == 1 < outputs, missing=columns.missing)

"""Scaling: columns brought to one size before training, and back after it; stored with the network."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ..errors import InputError, nearest
from ..programs import Array, blocks


@dataclass(frozen=True, slots=True, eq=False)
class Scaler:
    """``(x - shift) / width``, column by column; a column that is constant is only shifted."""

    shift: Array
    width: Array

    def apply(self, x: Array) -> Array:
        """Return scaled columns."""
        return (x - self.shift) / self.width

    def undo(self, x: Array) -> Array:
        """Return the columns as they were."""
        return x * self.width + self.shift


def _standard(x: Array) -> tuple[Array, Array]:
    """Mean 0, standard deviation 1."""
    mean = x.mean(axis=0)
    squares = sum(np.square(rows - mean).sum(axis=0) for rows in blocks(x))
    return mean, np.sqrt(squares / len(x))


def _minmax(x: Array) -> tuple[Array, Array]:
    """From 0 to 1."""
    return x.min(axis=0), x.max(axis=0) - x.min(axis=0)


SCALINGS: Mapping[str, Callable[[Array], tuple[Array, Array]]] = MappingProxyType(
    {"standard": _standard, "minmax": _minmax}
)


def scaler(name: str | None, x: Array) -> Scaler | None:
    """Return the scaler of some columns; None where none is asked for.

    Example:
        >>> scaler("minmax", np.array([[1.0, 7.0], [3.0, 7.0]])).apply(np.array([[2.0, 7.0]])).tolist()
        [[0.5, 0.0]]

    Raises:
        InputError: no scaling has this name, or the numbers are too large for it.
    """
    if name is None:
        return None
    if name not in SCALINGS:
        raise InputError(f"scaling {name!r} is unknown{nearest(name, list(SCALINGS))} (known: {', '.join(SCALINGS)})")
    with np.errstate(over="ignore", invalid="ignore"):
        shift, width = SCALINGS[name](x)
    bad = np.flatnonzero(~np.isfinite(shift + width))
    if len(bad):
        raise InputError(f"column {bad[0] + 1} has numbers too large to be scaled")
    constant = width <= 1e-14 * np.abs(shift)
    return Scaler(shift, np.where(constant, 1.0, width))

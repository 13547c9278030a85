"""Arrays from users: checked once, at the door, and turned into rows of Python floats."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .stacks import blocks, by_block

Array = NDArray[np.float64]


def generator(seed: int) -> np.random.Generator:
    """Return a generator of random numbers.

    >>> bool(generator(0).integers(9) == generator(0).integers(9))
    True

    Raises:
        InputError: the seed is below 0.
    """
    if seed < 0:
        raise InputError(f"seed = {seed!r}: give a whole number of at least 0")
    return np.random.default_rng(seed)


def matrix(value: Any, columns: int, *, name: str) -> Array:
    """Return numbers as a float64 array of shape ``(n_samples, columns)``.

    Example:
        >>> matrix([[1, 2]], 2, name="X")
        array([[1., 2.]])

    Raises:
        InputError: not numbers, not this shape, no rows, or not finite; the text says where.
    """
    array = numbers(value, name)
    if array.ndim != 2 or array.shape[1] != columns:
        hint = f": write [{name}] for one sample" if array.shape == (columns,) else ""
        raise InputError(f"{name} has shape {array.shape}, (n_samples, {columns}) is needed{hint}")
    if not len(array):
        raise InputError(f"{name} has no samples")
    return array


def numbers(value: Any, name: str) -> Array:
    """Return finite numbers as a float64 array of any shape."""
    try:
        array = value if isinstance(value, np.memmap) else np.asarray(value)
        if array.dtype.kind in "biufO" and array.dtype != np.float64:
            array = by_block(array, lambda rows: rows.astype(np.float64))
    except (TypeError, ValueError):
        raise InputError(f"{name} is not an array of numbers: give rows of equal length") from None
    if array.dtype.kind != "f":
        raise InputError(f"{name} holds {array.dtype} values: give real numbers")
    place = _infinite(array)
    if place is not None:
        where = f"{name}[{', '.join(map(str, place))}]" if place else name
        raise InputError(f"{where} is {array[place]}: every number must be finite")
    return array


def _infinite(array: Array) -> tuple[int, ...] | None:
    """Return the place of the first number that is not finite."""
    start = 0
    for rows in blocks(array) if array.ndim else (array,):
        bad = np.argwhere(~np.isfinite(rows))
        if len(bad):
            return tuple(int(k) for k in (*(start + bad[0][:1]), *bad[0][1:]))
        start += len(rows) if array.ndim else 0
    return None

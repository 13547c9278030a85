"""Arrays block by block: what is larger than memory stands in a file, mapped into it."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError

IN_MEMORY = 2**30  # bytes: an array of more stands in a file
_BLOCK = 2**20  # numbers


class Stack:
    """Rows that are added block by block; where they are many, they go to an unnamed file of the temporary folder.

    Example:
        >>> stack = Stack()
        >>> stack.add(np.array([[1.0, 2.0]]))
        >>> stack.add(np.array([[3.0, 4.0], [5.0, 6.0]]))
        >>> stack.array().shape
        (3, 2)
    """

    __slots__ = ("_blocks", "_bytes", "_file", "_like")

    def __init__(self) -> None:
        self._blocks: list[NDArray[Any]] = []
        self._bytes = 0
        self._file: IO[bytes] | None = None
        self._like = np.empty((0, 0))

    def add(self, block: NDArray[Any]) -> None:
        """Add rows; all blocks have the width and the type of the first.

        Raises:
            InputError: the temporary folder has no room for them.
        """
        self._bytes += block.nbytes
        self._like = block[:1]
        if self._bytes <= IN_MEMORY:
            self._blocks.append(block)
            return
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the array
                for earlier in self._blocks:
                    earlier.tofile(self._file)
                self._blocks.clear()
            block.tofile(self._file)
        except OSError as error:
            where = f"the temporary folder {tempfile.gettempdir()}"
            raise InputError(f"{where} takes no more ({error}): set TMPDIR to a folder with more room") from None

    def array(self) -> NDArray[Any]:
        """Return all rows; then the stack takes no more."""
        if self._file is None:
            return self._blocks[0] if len(self._blocks) == 1 else np.concatenate(self._blocks)
        with self._file as file:
            file.flush()
            rows = self._bytes // self._like.nbytes
            return np.memmap(file, self._like.dtype, "r+", shape=(rows, *self._like.shape[1:]))


def blocks(array: NDArray[Any], *, width: int = 1) -> Iterator[NDArray[Any]]:
    """Give an array some rows at a time; width: numbers that will be made of each of its numbers.

    >>> [len(block) for block in blocks(np.zeros((3_000, 500)))]
    [2097, 903]
    """
    count = max(1, _BLOCK // max(1, array[:1].size * width))
    for first in range(0, len(array), count):
        yield array[first : first + count]


def gathered(found: Iterable[NDArray[Any]]) -> NDArray[Any]:
    """Return blocks of rows, at least one, as one array. Raises as `Stack.add` does."""
    stack = Stack()
    for block in found:
        stack.add(block)
    return stack.array()


def by_block(array: NDArray[Any], change: Callable[[NDArray[Any]], NDArray[Any]]) -> NDArray[Any]:
    """Return the changed rows of an array; those of one in a file stand in a file again where they are many."""
    if not isinstance(array, np.memmap):
        return change(array)
    return gathered(change(np.asarray(block)) for block in blocks(array))

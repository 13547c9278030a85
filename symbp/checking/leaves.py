"""The values of names that nothing defines: random ones, or what is given; some are symmetric or add up to one."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

from ..formulas import Number, key
from .arrays import Grid
from .knowledge import CONSTANTS
from .limits import Undecided
from .looks import unknown_command
from .selection import entry_of

if TYPE_CHECKING:
    from .evaluation import Evaluator

ROWS, COLUMNS = "rows", "columns"  # whose entries add up to one
SYMMETRIC = "symmetric"


def leaf(name: str, evaluator: Evaluator) -> Any:
    """Return the value of a name that nothing defines.

    Raises:
        Undecided: it has none here.
    """
    knowledge, numbers = evaluator.knowledge, evaluator.field
    node = knowledge.names.get(name)
    if node is not None and node.base == "J" and any(key(index) in knowledge.shapes for index in node.sub):
        raise Undecided(f"{name} is an operator")
    if node is not None and node.sub and (found := entry_of(node, evaluator)) is not None:
        return found
    shape = knowledge.shapes.get(name)
    if shape is not None and knowledge.is_identity(name):
        cells = (tuple(evaluator.number(Number(str(int(i == j)))) for j in range(shape[1])) for i in range(shape[0]))
        return Grid(tuple(cells))
    if shape is not None and not numbers.instance:
        rows, columns = range(shape[0]), range(shape[1])
        free = Grid(tuple(tuple(numbers.leaf(f"{name}[{i},{j}]") for j in columns) for i in rows))
        return _bound(free, knowledge.shares[name]) if name in knowledge.shares else free
    if name in CONSTANTS:
        return numbers.constant(name)
    if command := unknown_command(name):
        raise Undecided(f"the command {command} is not defined in the document")
    if numbers.instance:
        raise Undecided(f"{name} has no value")
    if len(group := knowledge.shares.get(name, ())) > 1:
        return _shares([numbers.leaf(other) for other in group])[group.index(name)]
    return numbers.leaf(name)


def _shares(values: list[Any]) -> list[Any]:
    """Return numbers that add up to one, and are positive where the given ones are between 0 and 1."""
    first = [value / len(values) for value in values[:-1]]
    return [*first, 1 - reduce(add, first)] if first else [values[0] / values[0]]


def _bound(free: Grid, axis: tuple[str, ...]) -> Grid:
    """Return an array that is symmetric, or in which the entries of every row, or every column, add up to one."""
    if axis == (SYMMETRIC,):
        places = range(len(free.rows))
        return Grid(tuple(tuple(free.rows[max(i, j)][min(i, j)] for j in places) for i in places))
    grid = free if axis == (ROWS,) else free.transposed
    made = Grid(tuple(tuple(_shares(list(row))) for row in grid.rows))
    return made if axis == (ROWS,) else made.transposed

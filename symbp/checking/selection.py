"""The value of what selects: cases by their conditions, an entry by its index, and softmax."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from ..formulas import Indexed, Indicator, Node, Number, Piecewise
from .arrays import Grid
from .limits import Undecided
from .parts import counted

if TYPE_CHECKING:
    from .evaluation import Evaluator


def choice(node: Piecewise, evaluator: Evaluator) -> Any:
    """Return the value of the first case that holds."""
    for place, (value, condition) in enumerate(zip(node.values, node.conditions, strict=True)):
        holds = _holds(condition, evaluator)
        if holds is True:
            return evaluator.value(value)
        if holds is not False:
            rest = replace(node, values=node.values[place + 1 :], conditions=node.conditions[place + 1 :])
            return holds * evaluator.value(value) + (1 - holds) * choice(rest, evaluator)
    raise Undecided("no case that holds")


def _holds(condition: Node, evaluator: Evaluator) -> Any:
    """Return whether a condition holds: for sure, or as a number that is 1 or 0."""
    if condition == Number("1"):
        return True
    if isinstance(condition, Indicator) and condition.relation in ("=", "!="):
        left, right = counted(condition.left), counted(condition.right)
        if left is None or right is None:
            raise Undecided("which case it is, is open")
        return (left == right) == (condition.relation == "=")
    holds = evaluator.value(condition)
    return holds if holds not in (0, 1) else bool(holds == 1)


def entry(node: Indexed, evaluator: Evaluator) -> Any:
    """Return an entry of an array, counted from 1."""
    value = evaluator.value(node.body)
    places = [place for index in node.sub if (place := counted(index)) is not None]
    if not isinstance(value, Grid) or len(places) < len(node.sub):
        raise Undecided("an index on something that is no array")
    if len(places) == 1 and 1 in value.shape:
        places = [1, *places] if value.shape[0] == 1 else [*places, 1]
    if len(places) != 2 or not all(1 <= place <= size for place, size in zip(places, value.shape, strict=True)):
        raise Undecided("an index beyond an array")
    return value.rows[places[0] - 1][places[1] - 1]


def softmax(values: list[Any], evaluator: Evaluator) -> Any:
    """Return the softmax of a vector."""
    if len(values) != 1 or not isinstance(values[0], Grid) or 1 not in values[0].shape:
        raise Undecided("the softmax of something that is no vector")
    powers = evaluator.function("exp", values[0])
    return powers / reduce(lambda a, b: a + b, powers.entries)

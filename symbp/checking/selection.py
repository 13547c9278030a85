"""The value of what selects: cases by their conditions, and an entry by its index."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..formulas import Indexed, Indicator, Name, Node, Number, Piecewise, key
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
    if len(places) < len(node.sub):
        raise Undecided("an index on something that is no array")
    return _cell(value, places)


def entry_of(name: Name, evaluator: Evaluator) -> Any:
    """Return the entry of an array that a name with indices means, as ``x_{12}`` of ``X``; nothing for other names."""
    places = [place for index in name.sub if (place := counted(index)) is not None]
    if len(places) < len(name.sub):
        return None
    for base in (name.base, name.base.upper()):
        whole = replace(name, base=base, sub=())
        known = key(whole) in evaluator.knowledge.shapes and key(whole) in evaluator.knowledge.names
        if known and key(whole) not in evaluator.active:
            try:
                return _cell(evaluator.name(whole), places)
            except Undecided:
                if key(whole) in evaluator.knowledge.inferred:
                    raise
    return None


def _cell(value: Any, places: list[int]) -> Any:
    if not isinstance(value, Grid):
        raise Undecided("an index on something that is no array")
    if len(places) == 1 and 1 in value.shape:
        places = [1, *places] if value.shape[0] == 1 else [*places, 1]
    if len(places) != 2 or not all(1 <= place <= size for place, size in zip(places, value.shape, strict=True)):
        raise Undecided("an index beyond an array")
    return value.rows[places[0] - 1][places[1] - 1]

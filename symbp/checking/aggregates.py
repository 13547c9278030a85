"""The value of what takes an array as a whole: norms, extremes, softmax, traces, diagonals, sums of all entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from flint import arb

from ..formulas import Node, Number, Opaque
from ..formulas.ones import ONES
from ..formulas.points import AT_POINT
from .arrays import Grid, Spread, ones, together
from .dual import Dual, value_of
from .fields import last_place
from .jacobians import Jacobian
from .kinks import refuse_kink
from .knowledge import lone_number
from .limits import Undecided
from .looks import single_sides

if TYPE_CHECKING:
    from .evaluation import Evaluator

_ZERO, _ONE = Number("0"), Number("1")


def aggregate(function: str, values: list[Any], evaluator: Evaluator) -> Any:
    """Return the largest or smallest value, the size of one, or the softmax of an array.

    Of equal values the first counts, but x of ``min(0, x)``.
    """
    if any(isinstance(value, Jacobian) for value in values):
        raise Undecided("a function of a derivative of an array by an array")
    if function == "set":
        raise Undecided("a set")
    if any(isinstance(value, Spread) for value in values):
        raise Undecided("an array of ones whose size is open")
    if function == "softmax":
        return _softmax(values, evaluator)
    if function in ("norm", "abs", "square"):
        return _size(function, values[0], evaluator)
    entries = [*values[0].entries] if len(values) == 1 and isinstance(values[0], Grid) else values
    return reduce(lambda one, other: _extreme(function, one, other, evaluator), entries)


def _extreme(function: str, one: Any, other: Any, evaluator: Evaluator) -> Any:
    if isinstance(one, Grid) and not isinstance(other, Grid):
        return one.map(lambda entry: _extreme(function, entry, other, evaluator))
    if isinstance(other, Grid) and not isinstance(one, Grid):
        return other.map(lambda entry: _extreme(function, one, entry, evaluator))
    if isinstance(one, Grid):
        return together(one, other, lambda a, b: _extreme(function, a, b, evaluator))
    difference = other - one if function == "max" else one - other
    if isinstance(difference, Dual) and not evaluator.field.instance:
        refuse_kink(difference.value)
    below = function == "min" and bool(value_of(one) == 0)  # at 0, min(0, x) is x, as max(0, x) is 0
    second = evaluator.field.positive(value_of(difference), strict=not below)
    if isinstance(second, arb) and not second.is_exact():
        return one + second * (other - one)  # as narrow as these are near each other
    return second * other + (1 - second) * one


def _size(function: str, value: Any, evaluator: Evaluator) -> Any:
    """Return the absolute value of a number, the length of a vector, or the square of either."""
    if isinstance(value, Grid):
        total = _total(value.map(lambda entry: entry * entry))
        return total if function == "square" else evaluator.function("sqrt", total)
    return value * value if function == "square" else aggregate("max", [value, -value], evaluator)


def _softmax(values: list[Any], evaluator: Evaluator) -> Any:
    """Return the softmax of a vector, or of every sample."""
    if len(values) != 1 or not isinstance(values[0], Grid):
        raise Undecided("the softmax of something that is no array")
    powers = evaluator.function("exp", values[0])
    if 1 in powers.shape:
        return powers / _total(powers)
    samples = powers if evaluator.knowledge.rows else powers.transposed
    found = Grid(tuple(tuple(entry / reduce(lambda a, b: a + b, row) for entry in row) for row in samples.rows))
    return found if evaluator.knowledge.rows else found.transposed


def _total(grid: Grid) -> Any:
    return reduce(lambda a, b: a + b, grid.entries)


def _diagonal(value: Any, zero: Any) -> Any:
    if isinstance(value, Spread):
        raise Undecided("an array of ones whose size is open")
    if not isinstance(value, Grid):
        return value
    entries = list(value.entries)
    if 1 in value.shape:
        places = range(len(entries))
        return Grid(tuple(tuple(entries[i] if i == j else zero for j in places) for i in places))
    raise Undecided("the diagonal of a matrix")


def _trace(value: Any, zero: Any) -> Any:
    if isinstance(value, Spread):
        raise Undecided("an array of ones whose size is open")
    if not isinstance(value, Grid):
        return value
    if value.shape[0] != value.shape[1]:
        raise Undecided("the trace of a matrix that is not square")
    return reduce(lambda a, b: a + b, (row[place] for place, row in enumerate(value.rows)), zero)


_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "diag": _diagonal,
        "Diag": _diagonal,
        "tr": _trace,
        "Tr": _trace,
        "trace": _trace,
    }
)


def operator(node: Opaque, evaluator: Evaluator) -> Any:
    """Return the value of an operator on matrices."""
    if node.what == ONES:
        return ones(evaluator.field.number(_ONE), single_sides(node.parts))
    if node.what == AT_POINT and len(node.parts) == 3:
        return _at_point(*node.parts, evaluator=evaluator)
    rule = _OPERATORS.get(node.what.removeprefix("the operator "))
    if rule is None or len(node.parts) != 1:
        raise Undecided(f"{node.what} has no value here")
    value = evaluator.value(node.parts[0])
    if isinstance(value, Jacobian):
        raise Undecided(f"{node.what} of a derivative of an array by an array")
    return rule(value, evaluator.field.number(_ZERO))


def _at_point(formula: Node, what: Node, value: Node, *, evaluator: Evaluator) -> Any:
    """Return the value of a formula at a point that is that of the document, to the last printed digit."""
    number = lone_number(value)
    unit = 10.0 ** last_place(number.text) if number is not None else 0.0
    here, there = (value_of(evaluator.value(part)) for part in (what, value))
    if not (isinstance(here, arb) and isinstance(there, arb) and abs(float(here - there)) <= unit):
        raise Undecided("a formula at some point, which is not that of the document")
    return evaluator.value(formula)

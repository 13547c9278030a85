"""What a network gives after so many rounds of gradient descent, in every way in which people carry out the updates."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray
from sympy import Expr, Symbol
from sympy.codegen.cfunctions import expm1, log1p

from ..errors import UnsupportedError
from ..networks import Activation, Network, activation, loss
from ..networks import activations as units
from ..networks import losses as errors
from .ways import Outcome, Way, ways

MOST_WORK = 1_000_000  # rounds times parameters
Array = NDArray[np.float64]


def outcomes(network: Network, rounds: Iterable[int]) -> dict[int, dict[Way, Outcome]]:
    """Return what a worked network gives after each of some numbers of rounds; nothing where that is too much work.

    Example:
        >>> from symbp.networks import load
        >>> found = outcomes(load("mazur"), [1])[1]
        >>> [(way.sequential, round(outcome.error, 9)) for way, outcome in found.items()][:2]
        [(False, 0.291027774), (True, 0.291027924)]

    Raises:
        UnsupportedError: an activation joins the units of a layer, or the loss has a penalty.
    """
    wanted = set(rounds)
    parameters = sum((a + 1) * b for a, b in zip(network.layers, network.layers[1:], strict=False))
    if network.penalty:
        raise UnsupportedError("a penalty on the weights")
    if not wanted or network.values is None or max(wanted) * parameters > MOST_WORK:
        return {}
    descent = _Descent(network, ways(network))
    found: dict[int, dict[Way, Outcome]] = {}
    with np.errstate(all="ignore"):
        for number in range(max(wanted) + 1):
            nets, outs = descent.forward()
            if number in wanted:
                found[number] = descent.outcomes(outs[-1])
            descent.update(nets, outs)
    return found


class _Descent:
    """All ways at once: the first axis of every array is the way."""

    def __init__(self, network: Network, each: tuple[Way, ...]) -> None:
        values = network.values
        assert values is not None
        self.ways = each
        self.sequential = np.array([way.sequential for way in each]).reshape(-1, 1, 1)
        self.moving = np.array([float(way.biases != "fixed") for way in each]).reshape(-1, 1, 1)
        self.joined = np.array([way.biases == "shared" for way in each]).reshape(-1, 1, 1)
        self.rate = float(values.learning_rate)
        self.weights = [self._copies(np.array(matrix, dtype=float)) for matrix in values.weights]
        rows = values.biases or [(0,)] * len(self.weights)
        self.biases = [
            self._copies(np.broadcast_to(np.array(row, dtype=float), units).reshape(-1, 1))
            for row, units in zip(rows, network.layers[1:], strict=True)
        ]
        self.input = self._copies(np.array(values.input, dtype=float).reshape(-1, 1))
        self.target = np.array(values.target, dtype=float).reshape(-1, 1)
        records = [_of_one_unit(name) for name in network.activations]
        self.formulas = [numeric(record.of(units.x)) for record in records]
        self.slopes = [numeric(record.slope(units.x, units.y)) for record in records]
        record = loss(network.loss)
        self.share = 1 / network.layers[-1] if record.over_units == "mean" else 1.0
        self.error = numeric(record.of(errors.t, errors.o))
        self.slope = numeric(record.slope(errors.t, errors.o))

    def _copies(self, values: Array) -> Array:
        return np.repeat(values[None].astype(float), len(self.ways), axis=0)

    def forward(self) -> tuple[list[Array], list[Array]]:
        nets: list[Array] = []
        outs = [self.input]
        for weights, bias, formula in zip(self.weights, self.biases, self.formulas, strict=True):
            nets.append(weights @ outs[-1] + bias)
            outs.append(formula({units.x: nets[-1]}))
        return nets, outs

    def outcomes(self, last: Array) -> dict[Way, Outcome]:
        each = self.share * self.error({errors.t: self.target, errors.o: last})
        return {
            way: Outcome(float(np.sum(each[place])), tuple(map(float, last[place, :, 0])))
            for place, way in enumerate(self.ways)
        }

    def update(self, nets: list[Array], outs: list[Array]) -> None:
        effect = self.share * self.slope({errors.t: self.target, errors.o: outs[-1]})
        for k in reversed(range(len(self.weights))):
            delta = effect * self.slopes[k]({units.x: nets[k], units.y: outs[k + 1]})
            updated = self.weights[k] - self.rate * (delta @ outs[k].transpose(0, 2, 1))
            carried = np.where(self.sequential, updated, self.weights[k])
            step = np.where(self.joined, delta.sum(axis=1, keepdims=True), delta)
            self.biases[k] = self.biases[k] - self.rate * self.moving * step
            self.weights[k] = updated
            effect = carried.transpose(0, 2, 1) @ delta


def _of_one_unit(name: str) -> Activation:
    record = activation(name)
    if not isinstance(record, Activation):
        raise UnsupportedError(f"{name} joins the units of a layer")
    return record


_FUNCTIONS: Mapping[Any, Callable[..., Any]] = MappingProxyType(
    {
        sympy.exp: np.exp,
        sympy.log: np.log,
        sympy.tanh: np.tanh,
        sympy.Abs: np.abs,
        sympy.sign: np.sign,
        sympy.erf: np.vectorize(math.erf),
        log1p: np.log1p,
        expm1: np.expm1,
    }
)
_JOINS: Mapping[Any, Callable[[Any, Any], Any]] = MappingProxyType(
    {sympy.Add: np.add, sympy.Mul: np.multiply, sympy.Max: np.maximum, sympy.Min: np.minimum}
)


def numeric(expression: Expr) -> Callable[[Mapping[Symbol, Any]], Any]:
    """Return the function that gives an expression its value on arrays, without generating any code.

    Raises:
        UnsupportedError: a part of the expression has no numbers here.
    """
    if expression.is_Symbol:
        return lambda at: at[expression]
    if expression.is_number:
        value = float(expression)
        return lambda at: value
    if isinstance(expression, sympy.Piecewise):
        return _cases(expression)
    parts = [numeric(part) for part in expression.args]
    if expression.func in _JOINS:
        return lambda at: reduce(_JOINS[expression.func], [part(at) for part in parts])
    if expression.is_Pow:
        return lambda at: parts[0](at) ** parts[1](at)
    if expression.func in _FUNCTIONS:
        function = _FUNCTIONS[expression.func]
        return lambda at: function(parts[0](at))
    raise UnsupportedError(f"{expression.func} has no numbers here")


def _cases(expression: Expr) -> Callable[[Mapping[Symbol, Any]], Any]:
    """Return a case distinction whose conditions compare two numbers."""
    cases: list[tuple[Any, Any]] = []
    for value, condition in expression.args:
        if condition not in (sympy.true, sympy.false) and not isinstance(condition, sympy.core.relational.Relational):
            raise UnsupportedError(f"the condition {condition} has no numbers here")
        cases.append((numeric(value), condition))

    def chosen(at: Mapping[Symbol, Any]) -> Any:
        result: Any = np.nan
        for value, condition in reversed(cases):
            result = np.where(_holds(condition, at), value(at), result)
        return result

    return chosen


def _holds(condition: Any, at: Mapping[Symbol, Any]) -> Any:
    if condition in (sympy.true, sympy.false):
        return condition == sympy.true
    difference = numeric(condition.lhs - condition.rhs)(at)
    strict = {">": difference > 0, ">=": difference >= 0, "<": difference < 0, "<=": difference <= 0}
    if condition.rel_op not in strict:
        raise UnsupportedError(f"the condition {condition} has no numbers here")
    return strict[condition.rel_op]

"""Backward code that somebody wrote, compared with the closed form; what is wrong is named by trying known slips."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from traceback import extract_tb
from typing import Any

import numpy as np
import sympy
from sympy import Expr, Function, Symbol
from sympy.core.function import AppliedUndef

from ..errors import InputError, in_one_line
from ..graphs import Definition
from ..networks import Network, network_of
from .arrays import Array
from .execute import execute
from .exporting import slopes_source
from .layered import Layered, count, layered
from .verifying import SAMPLES_OF_POINT, Point, random_point

_CLOSE = 1e-7  # relative: people's code may use another order of operations, and single steps of it float32


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A gradient that is not the closed form.

    Attributes:
        parameter: such as ``weights[0]``.
        difference: the largest, relative to the largest entry of the right one; infinite for another shape.
        sentence: what is wrong, and which known slip gives the same numbers.
    """

    parameter: str
    difference: float
    sentence: str


@dataclass(frozen=True, slots=True)
class _Slip:
    """A changed backward line, and the sentence that names the change."""

    sentence: str
    backward: tuple[Definition, ...]


def check_gradients(function: Callable[..., Any], net: Network | str, *, seed: int = 0) -> tuple[Mismatch, ...]:
    """Compare hand-written gradients with the closed form at random parameters; nothing wrong gives an empty tuple.

    Example:
        >>> from symbp.networks import mlp
        >>> def mine(weights, biases, X, Y):
        ...     delta = X @ weights[0].T + biases[0] - Y
        ...     return [delta.T @ X], [delta.sum(axis=0)]
        >>> print(check_gradients(mine, mlp(2, 2, activation="identity"))[0].sentence)
        weights[0] is 3 times too large: the sum over the samples is taken, not the mean

    Args:
        function: takes weights and biases (lists of arrays, [to, from]), X and Y (rows are samples); returns the
            gradients of the mean loss in the same two lists.
        net: the network.
        seed: of the point.

    Raises:
        InputError: the function fails, or returns something else.
    """
    network = network_of(net)
    point = random_point(network, seed=seed)
    form = layered(network)
    right, names = _slopes(form, form.backward, point), _names(network)
    found = _called(function, point, names)
    slips = [(slip.sentence, _slopes(form, slip.backward, point)) for slip in _slips(form)]
    mismatches = []
    for k, name in enumerate(names):
        difference = _difference(found[k], right[k])
        if not difference <= _CLOSE:  # nan is no agreement
            mismatches.append(Mismatch(name, difference, _sentence(k, name, found[k], right[k], slips)))
    return tuple(mismatches)


def _names(network: Network) -> list[str]:
    depth = len(network.activations)
    biases = [f"biases[{k}]" for k in range(depth)] if network.bias != "none" else []
    return [*(f"weights[{k}]" for k in range(depth)), *biases]


def _called(function: Callable[..., Any], point: Point, names: Sequence[str]) -> list[Array]:
    parameters = point.parameters
    given = [[a.copy() for a in parameters.weights], [a.copy() for a in parameters.biases]]
    try:
        answer = function(*given, point.X.copy(), point.Y.copy())
    except (Exception, SystemExit) as error:
        raise InputError(f"the gradient function failed{_line(error)}: {in_one_line(error)}") from None
    try:
        weights, biases = answer if len(parameters.biases) else (answer, ())
        found = [_real(a) for a in (*weights, *biases)]
    except (TypeError, ValueError):
        wanted = "two lists, (weights, biases)," if len(parameters.biases) else "a list"
        raise InputError(
            f"the gradient function gave a {type(answer).__name__}: it is to return {wanted} of arrays"
        ) from None
    if len(found) != len(names):
        raise InputError(f"the gradient function gave {len(found)} arrays, {len(names)} are needed: {', '.join(names)}")
    return found


def _real(array: Any) -> Array:
    if np.iscomplexobj(array):
        raise InputError("the gradient function gave complex numbers: it is to return real ones")
    return np.asarray(array, np.float64)


def _line(error: BaseException) -> str:
    """Return in which line of somebody's file an error arose."""
    frames = extract_tb(error.__traceback__)[1:]
    return f" in line {frames[-1].lineno} of {frames[-1].filename}" if frames else ""


def _slopes(net: Layered, backward: Sequence[Definition], point: Point) -> list[Array]:
    function = execute(slopes_source(replace(net, backward=tuple(backward))))["gradients"]
    arrays = [*point.parameters.weights, *point.parameters.biases]
    return [np.asarray(slope) for slope in function(arrays, point.X, point.Y)]


def _difference(found: Array, right: Array) -> float:
    if found.shape != right.shape:
        return float("inf")
    return float(np.abs(found - right).max() / max(np.abs(right).max(), 1e-300))


def _sentence(k: int, name: str, found: Array, right: Array, slips: Sequence[tuple[str, list[Array]]]) -> str:
    if found.shape != right.shape:
        turned = found.shape == right.shape[::-1] and _difference(found.T, right) <= _CLOSE
        flat = found.size == right.size and _difference(found.reshape(right.shape), right) <= _CLOSE
        remark = ": it is transposed" if turned else ": the numbers are right" if flat else ""
        return f"{name} has shape {found.shape}, {right.shape} is needed{remark}"
    if not np.isfinite(found).all():
        return f"{name} holds {found[~np.isfinite(found)][0]}: what stands there is no number"
    if not found.any():
        return f"{name} is 0 everywhere"
    for sentence, slopes in slips:
        if _difference(found, slopes[k]) <= _CLOSE and _difference(slopes[k], right) > _CLOSE:
            return f"{name} {sentence}"
    if found.ndim == 2 and found.shape[0] == found.shape[1] and _difference(found.T, right) <= _CLOSE:
        return f"{name} is transposed"
    return f"{name} differs by {_difference(found, right):.2g} of its largest entry; no known slip gives these numbers"


def _slips(net: Layered) -> Iterator[_Slip]:
    """Give changed backward lines: first what changes all gradients, then what changes one layer and those below."""
    first = net.backward[0]

    def all_by(sentence: str, factor: Expr) -> _Slip:
        return _Slip(sentence, _changed(net, first.symbol, first.expression * factor))

    yield all_by("has the wrong sign, as with target - output for output - target", sympy.Integer(-1))
    yield all_by(f"is {SAMPLES_OF_POINT} times too large: the sum over the samples is taken, not the mean", count)
    yield all_by("is twice too large: the factor 1/2 of the loss, or of its derivative, is lost", sympy.Integer(2))
    units = sympy.Integer(net.network.layers[-1])
    more = ", as with the mean over the 2 output units instead of the sum" if units == 2 else ""
    yield all_by(f"is half of what it should be{more}", sympy.Rational(1, 2))
    yield all_by(f"is {SAMPLES_OF_POINT} times too small: the mean over the samples is taken twice", 1 / count)
    yield all_by("is too small: the mean over the output units is taken, not the sum", 1 / units)
    yield all_by("is too large: the sum over the output units is taken, not the mean", units)
    for definition in net.backward:
        yield from _of_layer(net, definition)


def _of_layer(net: Layered, definition: Definition) -> Iterator[_Slip]:
    symbol, expression = definition.symbol, definition.expression
    number = symbol.name.rsplit("_", 1)[-1]
    if (
        symbol.name.startswith("adjoint_net")
        and (above := Symbol(f"adjoint_out_{number}", real=True)) in definition.operands
    ):
        for sentence, factor in _factors(net, number, expression / above):
            yield _Slip(sentence, _changed(net, symbol, above * factor))
    if symbol.name.startswith("adjoint_weight"):
        yield from _of_weights(net, definition, int(number))
    if symbol.name.startswith("adjoint_out") and expression.func == Function("matmul"):
        delta, weight = expression.args
        if net.shapes[weight][0] == net.shapes[weight][1]:
            turned = Function("matmul")(delta, Function("transposed")(weight))
            yield _Slip(f"goes through the transposed weights {weight.name[7:]}", _changed(net, symbol, turned))


def _factors(net: Layered, number: str, slope: Expr) -> Iterator[tuple[str, Expr]]:
    """Give what people write for the derivative of the activation of a layer, and how that is told."""
    what = f"the derivative of the activation of layer {number}"
    yield f"lacks {what}", sympy.Integer(1)
    if slope.free_symbols:
        one = f"has one number where {what} belongs, element by element"
        yield f"{one}: its sum over the units, as an inner product gives it", Function("row_sums")(slope)
        yield f"{one}: its mean over units and samples", Function("mean")(slope)
        yield f"{one}: its sum over units and samples", Function("sum")(slope)
    yield f"has {what} twice", slope**2
    out, before = Symbol(f"out_{number}", real=True), Symbol(f"net_{number}", real=True)
    again = slope.subs({before: out, out: _again(net, out)}, simultaneous=True)
    yield f"takes {what} at its output, not at its net input", again
    for name, other in (("sigmoid", out * (1 - out)), ("tanh", 1 - out**2)):
        yield f"takes the derivative of {name} for that of the activation of layer {number}", other


def _of_weights(net: Layered, definition: Definition, number: int) -> Iterator[_Slip]:
    """Give what people multiply with in place of the outputs of the layer before."""
    (product,) = (a for a in definition.expression.atoms(AppliedUndef) if a.func == Function("matmul"))
    (delta, before), punished = product.args, definition.expression - product
    if punished != 0:
        yield _Slip("lacks the derivative of the penalty", _changed(net, definition.symbol, product))
    for sentence, other in (
        (f"takes the net inputs of layer {number - 1}, not its outputs", Symbol(f"net_{number - 1}", real=True)),
        (f"takes the outputs of layer {number}, not those of the layer before", Symbol(f"out_{number}", real=True)),
    ):
        if other in net.shapes and net.shapes[other] == net.shapes[before]:
            yield _Slip(sentence, _changed(net, definition.symbol, Function("matmul")(delta, other) + punished))


def _again(net: Layered, out: Symbol) -> Expr:
    """Return the activation applied to its own output."""
    definition = next(d for d in net.forward if d.symbol == out)
    operands = [s for s in definition.operands if s.name.startswith("net")]
    return definition.expression.subs(dict.fromkeys(operands, out))


def _changed(net: Layered, symbol: Symbol, expression: Expr) -> tuple[Definition, ...]:
    return tuple(Definition(symbol, expression) if d.symbol == symbol else d for d in net.backward)

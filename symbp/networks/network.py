"""The Network: what a user describes. Frozen, checked when it is made, without any symbols yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Literal

from ..errors import InputError, nearest
from .activations import EVERYWHERE
from .catalogue import activation, loss, penalty
from .own import Own, named
from .softmax import VectorActivation

MOST_DIGITS = 400  # before or after the point of a given number
Bias = Literal["none", "unit", "shared"]
BIASES: tuple[Bias, ...] = ("none", "unit", "shared")
Vector = tuple[Decimal, ...]
Matrix = tuple[Vector, ...]
Real = int | float | str | Decimal


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of units behind the input: its size, the size before it, and its activation by name."""

    number: int
    inputs: int
    units: int
    activation: str


@dataclass(frozen=True, slots=True)
class Values:
    """A worked instance of a network, in exact decimals.

    Attributes:
        weights: ``[layer][to][from]``.
        biases: ``[layer][unit]``; one number a layer where the bias is shared.
        input: one number an input unit.
        target: one number an output unit.
        learning_rate: the step of an update.
    """

    weights: tuple[Matrix, ...]
    biases: Matrix
    input: Vector
    target: Vector
    learning_rate: Decimal


@dataclass(frozen=True, slots=True)
class Network:
    """A feed-forward network: sizes, activations, loss, biases, perhaps values and the name of a notation.

    Example:
        >>> Network((2, 2, 1), ("tanh", "sigmoid"), "half_squared_error", "unit").description
        '2-2-1 tanh, sigmoid, half_squared_error, unit biases'

    Raises:
        InputError: a size, name or shape does not fit; the text says which.
    """

    layers: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    bias: Bias
    values: Values | None = None
    style: str | None = None
    penalty: str | None = None

    def __post_init__(self) -> None:
        _check_sizes(self.layers)
        _check_names(self)
        if self.values is not None:
            _check_values(self, self.values)

    @property
    def weight_layers(self) -> tuple[Layer, ...]:
        """The layers behind the input, numbered from 1."""
        pairs = zip(self.layers, self.layers[1:], self.activations, strict=False)
        return tuple(Layer(k, before, units, name) for k, (before, units, name) in enumerate(pairs, 1))

    @property
    def description(self) -> str:
        """One line for messages and reports."""
        names = self.activations if len(set(self.activations)) > 1 else self.activations[:1]
        biases = "no biases" if self.bias == "none" else f"{self.bias} biases"
        loss = f"{self.loss} + {self.penalty}" if self.penalty else self.loss
        return f"{'-'.join(map(str, self.layers))} {', '.join(names)}, {loss}, {biases}"

    @property
    def parameter_count(self) -> int:
        """The number of weights and biases."""
        return sum(layer.inputs * layer.units + self.bias_count(layer.units) for layer in self.weight_layers)

    def bias_count(self, units: int) -> int:
        """Return how many biases a layer of so many units has."""
        return {"none": 0, "unit": units, "shared": 1}[self.bias]


def mlp(
    *layers: int,
    activation: Own | Sequence[Own] = "sigmoid",
    loss: Own = "half_squared_error",
    bias: Bias = "unit",
    values: Values | None = None,
    style: str | None = None,
    penalty: str | None = None,
) -> Network:
    """Describe a multi-layer perceptron.

    Example:
        >>> mlp(2, 3, 1, activation=["tanh", "sigmoid"], bias="shared").description
        '2-3-1 tanh, sigmoid, half_squared_error, shared biases'

    Args:
        layers: the sizes, input first.
        activation: one name for all layers behind the input, or one a layer. One of your own is an expression in x, a
            Python function of one argument or a sympy Lambda; functions are read, not run.
        loss: the name of a loss; one of your own is an expression in the target t and the output o, or a function.
        bias: ``none``, ``unit`` (one a unit) or ``shared`` (one a layer).
        values: a worked instance; see `Values` and `worked_values`.
        style: the notation in which derivations of this network are written unless another is asked for.
        penalty: what is added to the loss for the size of the weights: ``l1(factor=0.01)`` or ``l2(factor=0.01)``.

    Raises:
        InputError: a size, name or shape does not fit.
    """
    several = activation if isinstance(activation, list | tuple) else (activation,) * (len(layers) - 1)
    names = tuple(named(single, ("x",)) for single in several)  # type: ignore[arg-type]  # no sequence is left
    return Network(tuple(layers), names, named(loss, ("t", "o")), bias, values, style, penalty)


def worked_values(
    weights: Sequence[Sequence[Sequence[Real]]],
    biases: Sequence[Real | Sequence[Real]],
    input: Sequence[Real],  # noqa: A002 - the word of the network file
    target: Sequence[Real],
    learning_rate: Real = Decimal("0.5"),
) -> Values:
    """Make a worked instance from numbers; floats stand for the decimals that they print as.

    Example:
        >>> worked_values([[[0.1]]], [0.2], [1], [0]).weights
        (((Decimal('0.1'),),),)
    """
    matrices = tuple(tuple(_vector(row, f"weights[{k}]") for row in matrix) for k, matrix in enumerate(weights))
    rows = tuple(
        _vector(row, f"biases[{k}]") if isinstance(row, list | tuple) else (exact(row, f"biases[{k}]"),)
        for k, row in enumerate(biases)
    )
    return Values(
        matrices, rows, _vector(input, "input"), _vector(target, "target"), exact(learning_rate, "learning_rate")
    )


def exact(number: object, where: str) -> Decimal:
    """Return a finite decimal; a float stands for the decimal that it prints as."""
    try:
        decimal = number if isinstance(number, Decimal) else Decimal(str(number))
    except InvalidOperation:
        raise InputError(f"{where}: {number!r} is not a number") from None
    if isinstance(number, bool) or not decimal.is_finite():
        raise InputError(f"{where}: {number} is not a finite number")
    if abs(decimal.adjusted()) > MOST_DIGITS or len(decimal.as_tuple().digits) > MOST_DIGITS:
        raise InputError(f"{where}: a number of more than {MOST_DIGITS} digits")
    return decimal


def _vector(row: Sequence[Real], where: str) -> Vector:
    return tuple(exact(number, f"{where}[{k}]") for k, number in enumerate(row))


def _check_sizes(layers: tuple[int, ...]) -> None:
    if len(layers) < 2:
        raise InputError(f"layers = {list(layers)}: a network needs at least an input and an output layer")
    for k, units in enumerate(layers):
        if isinstance(units, bool) or not isinstance(units, int) or units < 1:
            raise InputError(f"layers[{k}] = {units!r}: a size is a whole number of at least 1")


def _check_names(network: Network) -> None:
    if len(network.activations) != len(network.layers) - 1:
        raise InputError(
            f"{len(network.activations)} activations for {len(network.layers) - 1} layers behind the input: "
            "give one name, or one a layer"
        )
    if network.penalty is not None:
        if not isinstance(network.penalty, str):
            raise InputError(f"penalty = {network.penalty!r} is no text: write one such as 'l2(factor=0.01)'")
        penalty(network.penalty)
    for name, units in zip(network.activations, network.layers[1:], strict=True):
        if isinstance(activation(name), VectorActivation) and units == 1:
            raise InputError(f"{name} of a layer of one unit is the same whatever comes in: use 'sigmoid'")
    if network.bias not in BIASES:
        raise InputError(
            f"bias {network.bias!r} is unknown{nearest(network.bias, list(BIASES))} (known: none, unit, shared)"
        )
    _check_domain(network)


def _check_domain(network: Network) -> None:
    """Refuse a loss that takes the logarithm of what the output layer gives, where that may be 0 or less."""
    (low, high), last = loss(network.loss).domain, activation(network.activations[-1])
    inside = low <= last.range[0] and last.range[1] <= high
    reached = last.closed and (low, high) != EVERYWHERE
    if not inside or reached:
        bounds = f"between {low:g} and {high:g}" if isfinite(high) else f"above {low:g}"
        raise InputError(
            f"loss {network.loss!r} needs outputs {bounds}, activation {network.activations[-1]!r} of the "
            f"output layer leaves them: use 'sigmoid'{' or softmax' if loss(network.loss).distribution else ''} there"
        )


def _check_values(network: Network, values: Values) -> None:
    _check_count("weights", len(values.weights), len(network.layers) - 1, "one matrix a layer behind the input")
    _check_count(
        "biases", len(values.biases), len(network.layers) - 1 if network.bias != "none" else 0, "one row a layer"
    )
    for layer, matrix in zip(network.weight_layers, values.weights, strict=True):
        shape = f"{len(matrix)} x {'/'.join(sorted({str(len(row)) for row in matrix})) or 0}"
        if len(matrix) != layer.units or any(len(row) != layer.inputs for row in matrix):
            raise InputError(
                f"weights[{layer.number - 1}] has shape {shape}, the layers {layer.inputs} -> {layer.units} "
                f"need {layer.units} x {layer.inputs} ([to][from])"
            )
    for layer, row in zip(network.weight_layers, values.biases, strict=False):
        where, needed = f"biases[{layer.number - 1}]", network.bias_count(layer.units)
        _check_count(where, len(row), needed, f"bias = '{network.bias}'")
    _check_count("input", len(values.input), network.layers[0], "one number an input unit")
    _check_count("target", len(values.target), network.layers[-1], "one number an output unit")
    low, high = loss(network.loss).targets
    for place, number in enumerate(values.target):
        if not low <= number <= high:
            raise InputError(f"target[{place}] = {number}: loss {network.loss!r} needs {low:g} to {high:g}")


def _check_count(where: str, found: int, needed: int, why: str) -> None:
    if found != needed:
        raise InputError(f"{where} has {found} entries, {needed} are needed ({why})")

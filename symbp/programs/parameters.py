"""The parameters of a network as arrays, and as the flat list that generated code takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
from sympy import Symbol

from ..errors import InputError, nearest
from ..networks import Network
from .arrays import Array, numbers

P = TypeVar("P")


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """Weights and biases of a network, one array a layer.

    Example:
        >>> Parameters(weights=[[[0.5, 1]]], biases=[[0.25]]).weights[0].shape
        (1, 2)

    Attributes:
        weights: for each layer an array of shape (to, from).
        biases: for each layer an array of shape (units,), or (1,) where the bias is shared; empty without biases.

    Raises:
        InputError: something is not a finite number.
    """

    weights: Sequence[Array]
    biases: Sequence[Array] = ()

    def __post_init__(self) -> None:
        for part in ("weights", "biases"):
            own = tuple(numbers(array, f"{part}[{k}]").copy() for k, array in enumerate(getattr(self, part)))
            object.__setattr__(self, part, own)

    def __str__(self) -> str:
        rows = []
        for k, weights in enumerate(self.weights):
            rows.append(f"weights[{k}] =\n{np.array2string(weights, precision=12)}")
            rows += [f"biases[{k}] = {np.array2string(self.biases[k], precision=12)}"] if self.biases else []
        return "\n".join(rows)


def worked_parameters(network: Network) -> Parameters | None:
    """Return the parameters of the network's worked instance, or None when it has none.

    >>> worked_parameters(Network((1, 1), ("tanh",), "half_squared_error", "none")) is None
    True
    """
    values = network.values
    if values is None:
        return None
    return Parameters([np.array(w, float) for w in values.weights], [np.array(b, float) for b in values.biases])


class Layout(Protocol[P]):
    """How parameters of one kind become a flat list of floats, and back."""

    def flatten(self, parameters: P) -> Array:
        """Return the numbers as one new array, in the order of the plan.

        Raises:
            InputError: the parameters do not fit.
        """

    def restore(self, flat: Array, *, like: P) -> P:
        """Return numbers in the order of the plan in the shape of ``like``."""


@dataclass(frozen=True, slots=True)
class NetworkLayout:
    """The layout of a network: the weights, layer by layer and row by row, then the biases."""

    network: Network

    @property
    def shapes(self) -> list[tuple[str, tuple[int, ...]]]:
        """The name and the shape of every array, in order."""
        layers = list(enumerate(self.network.weight_layers))
        weights = [(f"weights[{k}]", (layer.units, layer.inputs)) for k, layer in layers]
        counts = [self.network.bias_count(layer.units) for _, layer in layers]
        return [*weights, *((f"biases[{k}]", (count,)) for k, count in enumerate(counts) if count)]

    def flatten(self, parameters: Parameters) -> Array:
        """Return the numbers in order; see `Layout`."""
        if not isinstance(parameters, Parameters):
            raise InputError(f"parameters are a {type(parameters).__name__}: give symbp.programs.Parameters")
        arrays = {f"weights[{k}]": array for k, array in enumerate(parameters.weights)}
        arrays |= {f"biases[{k}]": array for k, array in enumerate(parameters.biases)}
        shapes = self.shapes
        for name, shape in shapes:
            found = arrays[name].shape if name in arrays else "no entry"
            if found != shape:
                raise InputError(f"{name} has shape {found}, {shape} is needed ({self.network.description})")
        if more := sorted(arrays.keys() - dict(shapes).keys()):
            raise InputError(f"{more[0]} is too many for {self.network.description}")
        return np.concatenate([arrays[name].ravel() for name, _ in shapes])

    def restore(self, flat: Array, *, like: Parameters) -> Parameters:  # noqa: ARG002 - the protocol's word
        """Return the arrays; see `Layout`."""
        weights: list[Array] = []
        biases: list[Array] = []
        start = 0
        for name, shape in self.shapes:
            size = int(np.prod(shape))
            (weights if name.startswith("w") else biases).append(
                np.array(flat[start : start + size], np.float64).reshape(shape)
            )
            start += size
        return Parameters(weights, biases)


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """The layout of a graph made by hand: a mapping from symbols, or their names, to numbers."""

    symbols: tuple[Symbol, ...]

    def flatten(self, parameters: Mapping[Any, float]) -> Array:
        """Return the numbers in order; see `Layout`."""
        names = [symbol.name for symbol in self.symbols]
        for key in parameters:
            if key not in self.symbols and key not in names:
                raise InputError(f"{key} is not a parameter{nearest(str(key), names)} (known: {', '.join(names)})")
        return np.array([self._number(symbol, parameters) for symbol in self.symbols], np.float64)

    def restore(self, flat: Array, *, like: Mapping[Any, float]) -> dict[Any, float]:
        """Return a dict with the keys of ``like``; see `Layout`."""
        keys = [symbol if symbol in like else symbol.name for symbol in self.symbols]
        return dict(zip(keys, map(float, flat), strict=True))

    def _number(self, symbol: Symbol, parameters: Mapping[Any, float]) -> float:
        key = symbol if symbol in parameters else symbol.name
        if key not in parameters:
            raise InputError(f"parameter {symbol} is missing")
        return float(numbers(parameters[key], str(symbol)).item())

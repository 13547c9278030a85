"""Where training starts: one record for each way to draw the weights. Biases start at 0."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from ..errors import InputError, nearest
from ..networks import Layer, Network
from ..programs import Array, Parameters, generator, worked_parameters

Draw = Callable[[Layer, np.random.Generator], Array]


def _zeros(layer: Layer, random: np.random.Generator) -> Array:  # noqa: ARG001 - the shape of a record
    """w = 0: all units of a layer stay equal; to show why one draws."""
    return np.zeros((layer.units, layer.inputs))


def _uniform(layer: Layer, random: np.random.Generator) -> Array:
    """w ~ U(-1, 1)."""
    return random.uniform(-1, 1, (layer.units, layer.inputs))


def _xavier(layer: Layer, random: np.random.Generator) -> Array:
    """w ~ U(-a, a), a = sqrt(6 / (inputs + units)): Glorot, Bengio 2010, eq. 16."""
    bound = np.sqrt(6 / (layer.inputs + layer.units))
    return random.uniform(-bound, bound, (layer.units, layer.inputs))


def _he(layer: Layer, random: np.random.Generator) -> Array:
    """w ~ N(0, 2 / inputs): He, Zhang, Ren, Sun 2015, eq. 10."""
    return random.normal(0.0, np.sqrt(2 / layer.inputs), (layer.units, layer.inputs))


INITIALISERS: Mapping[str, Draw] = MappingProxyType(
    {"zeros": _zeros, "uniform": _uniform, "xavier": _xavier, "he": _he}
)


def initial_parameters(network: Network, *, seed: int, init: str | None = None) -> Parameters:
    """Return the network's own values when it has them, else weights at random and biases 0.

    Example:
        >>> from symbp.networks import mlp
        >>> initial_parameters(mlp(2, 3), seed=0).weights[0].shape
        (3, 2)

    Args:
        network: the network.
        seed: of the generator.
        init: how to draw; None: the network's own values, else ``xavier``.

    Raises:
        InputError: no initialiser has this name, or the seed is below 0.
    """
    if init is not None and init not in INITIALISERS:
        known = list(INITIALISERS)
        raise InputError(f"initialiser {init!r} is unknown{nearest(init, known)} (known: {', '.join(known)})")
    own = worked_parameters(network)
    if init is None and own is not None:
        return own
    draw, random = INITIALISERS[init or "xavier"], generator(seed)
    layers = network.weight_layers
    biases = [np.zeros(network.bias_count(layer.units)) for layer in layers if network.bias != "none"]
    return Parameters([draw(layer, random) for layer in layers], biases)


def hidden_size(inputs: int, outputs: int, a: int = 1) -> int:
    """Return the size of a hidden layer by a rule of thumb: sqrt(inputs + outputs) + a, with a from 1 to 10.

    >>> hidden_size(4, 3, a=5)
    8
    """
    return round(math.sqrt(inputs + outputs)) + a

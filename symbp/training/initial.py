"""Where training starts."""

import numpy as np

from ..networks import Layer, Network
from ..programs import Array, Parameters, worked_parameters


def initial_parameters(network: Network, *, seed: int) -> Parameters:
    """Return the network's own values when it has them, else weights at random and biases 0.

    Example:
        >>> from symbp.networks import mlp
        >>> initial_parameters(mlp(2, 3), seed=0).weights[0].shape
        (3, 2)
    """
    return worked_parameters(network) or _xavier(network, np.random.default_rng(seed))


def _xavier(network: Network, random: np.random.Generator) -> Parameters:
    """w ~ U(-a, a), a = sqrt(6 / (inputs + units)): Glorot, Bengio 2010, eq. 16."""
    layers = network.weight_layers
    biases = [np.zeros(network.bias_count(layer.units)) for layer in layers if network.bias != "none"]
    return Parameters([_uniform(layer, random) for layer in layers], biases)


def _uniform(layer: Layer, random: np.random.Generator) -> Array:
    bound = np.sqrt(6 / (layer.inputs + layer.units))
    return random.uniform(-bound, bound, (layer.units, layer.inputs))

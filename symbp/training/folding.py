"""A trained network without its scalings: they become part of the first and of the last weights."""

from ..errors import InputError
from ..programs import Parameters
from .fit import Fit


def folded(fit: Fit) -> Parameters:
    """Return parameters that give from inputs as they stand in the data what the network gives from scaled ones.

    ``W (x - shift) / width + b = (W / width) x + (b - W shift / width)``, and the like for targets, behind an identity.

    Example:
        >>> from symbp.networks import mlp
        >>> from symbp.training import train
        >>> fit = train(mlp(1, 1, activation="identity"), [[1], [3]], [[1], [2]], epochs=1, scale="minmax")
        >>> weight, bias = folded(fit).weights[0].item(), folded(fit).biases[0].item()
        >>> abs(weight * 3 + bias - fit.predict([[3]]).item()) < 1e-12
        True

    Raises:
        InputError: layers without a bias for each unit cannot take a shift up, nor can a last layer that is bent.
    """
    net, inputs, outputs = fit.network, fit.codec.inputs, fit.codec.outputs
    weights, biases = [w.copy() for w in fit.parameters.weights], [b.copy() for b in fit.parameters.biases]
    if (inputs or outputs) and net.bias != "unit":
        raise InputError(f"the scaling needs a bias for each unit, not bias {net.bias!r}: train without --scale")
    if inputs:
        weights[0] = weights[0] / inputs.width
        biases[0] = biases[0] - weights[0] @ inputs.shift
    if outputs and net.activations[-1] != "identity":
        raise InputError(f"scaled targets behind {net.activations[-1]!r}: train without --scale-targets")
    if outputs:
        weights[-1] = weights[-1] * outputs.width[:, None]
        biases[-1] = biases[-1] * outputs.width + outputs.shift
    return Parameters(weights, biases)

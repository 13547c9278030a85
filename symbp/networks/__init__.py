"""What a user describes: layers, activations, losses, worked values; presets and network files."""

from .activations import ACTIVATIONS, Activation, activation
from .files import load, network_of, presets
from .losses import LOSSES, Loss, loss
from .network import Layer, Network, Values, mlp, worked_values

__all__ = [
    "ACTIVATIONS",
    "LOSSES",
    "Activation",
    "Layer",
    "Loss",
    "Network",
    "Values",
    "activation",
    "load",
    "loss",
    "mlp",
    "network_of",
    "presets",
    "worked_values",
]

"""What a user describes: layers, activations, losses, worked values; presets and network files."""

from .activations import ACTIVATIONS, Activation
from .catalogue import activation, loss, penalty
from .files import load, network_of, presets
from .losses import LOSSES, Loss
from .network import Layer, Network, Values, mlp, worked_values
from .penalties import PENALTIES, Penalty
from .softmax import VECTOR_ACTIVATIONS, VectorActivation

__all__ = [
    "ACTIVATIONS",
    "LOSSES",
    "PENALTIES",
    "VECTOR_ACTIVATIONS",
    "Activation",
    "Layer",
    "Loss",
    "Network",
    "Penalty",
    "Values",
    "VectorActivation",
    "activation",
    "load",
    "loss",
    "mlp",
    "network_of",
    "penalty",
    "presets",
    "worked_values",
]

"""Quantities: the named things of a network. Each owns one sympy symbol whose name is made here, never by a user."""

from dataclasses import dataclass
from typing import Literal

import sympy

Role = Literal[
    "input", "weight", "bias", "net", "out", "target", "error", "penalty", "loss", "learning_rate", "adjoint", "named"
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One named thing: what it is, and where in the network it stands.

    Attributes:
        role: what it is.
        layer: 0 for the input layer, then 1, 2, ...
        unit: its place in the layer, from 1; 0 for something that the whole layer shares.
        source: for a weight, the unit of the layer before from which it comes.
        number: for weights and biases, the running number through the network, from 1.

    Example:
        >>> Quantity("weight", layer=2, unit=1, source=2, number=6).symbol
        weight_2_1_2
    """

    role: Role
    layer: int = 0
    unit: int = 0
    source: int = 0
    number: int = 0

    @property
    def symbol(self) -> sympy.Symbol:
        """The sympy symbol that stands for it in expressions."""
        places = [str(place) for place in (self.layer, self.unit, self.source) if place]
        return sympy.Symbol("_".join([self.role, *places]), real=True)

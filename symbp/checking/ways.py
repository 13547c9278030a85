"""The ways in which people carry out the updates of a network, and what comes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..networks import Network

Biases = Literal["fixed", "shared", "unit"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to carry out a round of updates.

    Attributes:
        sequential: a layer's gradients use the weights behind it as they are already updated; else as they were.
        biases: stay as they are, are updated as one a layer, or one a unit.
    """

    sequential: bool
    biases: Biases


@dataclass(frozen=True, slots=True)
class Outcome:
    """The error and the outputs after some round."""

    error: float
    outputs: tuple[float, ...]


def ways(network: Network) -> tuple[Way, ...]:
    """Return the ways that differ for a network, the most usual first."""
    biases: dict[str, tuple[Biases, ...]] = {
        "none": ("fixed",),
        "unit": ("unit", "fixed"),
        "shared": ("fixed", "shared", "unit"),
    }
    layers = (False, True) if len(network.layers) > 2 else (False,)
    return tuple(Way(sequential, kind) for kind in biases[network.bias] for sequential in layers)

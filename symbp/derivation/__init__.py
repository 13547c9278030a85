"""The derivation: the backward walk as a person writes it, and the numbers put in."""

from .derivation import Derivation, Equation, Reason, Section, Step
from .engine import derivation
from .general import general_derivation
from .keys import At, Delta, Family, Key, Path, Slope, Updated
from .layers import layer_derivation
from .values import printed

__all__ = [
    "At",
    "Delta",
    "Derivation",
    "Equation",
    "Family",
    "Key",
    "Path",
    "Reason",
    "Section",
    "Slope",
    "Step",
    "Updated",
    "derivation",
    "general_derivation",
    "layer_derivation",
    "printed",
]

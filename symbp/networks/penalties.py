"""The penalties on weights, which are added to a loss."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import sympy
from sympy import Expr

from .activations import step

w = sympy.Symbol("w", real=True)  # a weight


@dataclass(frozen=True, slots=True)
class Penalty:
    """What one weight adds to the loss, for a penalty factor of 1.

    Attributes:
        name: what a network file calls it.
        formula: an expression in the weight ``w``.
        derivative: d formula / d w as it is taught.
        source: where the definition is found.
        kink: where the derivative does not exist and what is taken there; empty for nowhere.
    """

    name: str
    formula: Expr
    derivative: Expr
    source: str
    kink: str = ""


_RECORDS = (
    Penalty("l1", sympy.Abs(w), step(w > 0) - step(w < 0), source="Tibshirani 1996", kink="0 at w = 0"),
    Penalty("l2", w**2 / 2, w, source="Krogh, Hertz 1992, eq. 1"),
)

PENALTIES: Mapping[str, Penalty] = MappingProxyType({record.name: record for record in _RECORDS})

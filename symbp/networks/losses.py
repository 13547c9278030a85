"""The losses: one record each, as the error of one output unit and how the errors of the units are joined."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import sympy
from sympy import Expr

from ..errors import InputError, nearest

t = sympy.Symbol("t", real=True)  # the target of an output unit
o = sympy.Symbol("o", real=True)  # its output


@dataclass(frozen=True, slots=True)
class Loss:
    """The error of one output unit, and the reduction over the units; over a batch the mean is taken.

    Attributes:
        name: what a network file calls it.
        formula: the error of one unit, an expression in the target ``t`` and the output ``o``.
        derivative: d formula / d o as it is taught.
        over_units: ``sum`` or ``mean``: how the errors of the output units become the loss of a sample.
        domain: the open interval in which outputs must lie.
        source: where the definition is found.
    """

    name: str
    formula: Expr
    derivative: Expr
    over_units: str
    domain: tuple[float, float]
    source: str

    def of(self, target: Expr, out: Expr) -> Expr:
        """Return the error of one unit.

        >>> loss("half_squared_error").of(*sympy.symbols("t o"))
        (-o + t)**2/2
        """
        return self.formula.subs({t: target, o: out}, simultaneous=True)

    def slope(self, target: Expr, out: Expr) -> Expr:
        """Return d error / d out of one unit.

        >>> loss("half_squared_error").slope(*sympy.symbols("t o"))
        o - t
        """
        return self.derivative.subs({t: target, o: out}, simultaneous=True)


_EVERYWHERE = (float("-inf"), float("inf"))
_RECORDS = (
    Loss(
        name="half_squared_error",
        formula=(t - o) ** 2 / 2,
        derivative=o - t,
        over_units="sum",
        domain=_EVERYWHERE,
        source="Rumelhart, Hinton, Williams 1986, eq. 3",
    ),
    Loss(
        name="mean_squared_error",
        formula=(t - o) ** 2,
        derivative=2 * (o - t),
        over_units="mean",
        domain=_EVERYWHERE,
        source="Bishop 2006, section 1.1",
    ),
    Loss(
        name="binary_cross_entropy",
        formula=-(t * sympy.log(o) + (1 - t) * sympy.log(1 - o)),
        derivative=(o - t) / (o * (1 - o)),
        over_units="sum",
        domain=(0.0, 1.0),
        source="Bishop 2006, eq. 4.90",
    ),
)

LOSSES: Mapping[str, Loss] = MappingProxyType({record.name: record for record in _RECORDS})


def loss(name: str) -> Loss:
    """Return the record of a loss.

    Raises:
        InputError: no loss has this name.
    """
    if name not in LOSSES:
        raise InputError(f"loss {name!r} is unknown{nearest(name, list(LOSSES))} (known: {', '.join(LOSSES)})")
    return LOSSES[name]

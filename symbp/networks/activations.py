"""The activations: one record each. The formula is the truth; everything else is verified against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import sympy
from sympy import Expr

from ..errors import InputError, nearest

x = sympy.Symbol("x", real=True)  # the net input of a unit
y = sympy.Symbol("y", real=True)  # its output


@dataclass(frozen=True, slots=True)
class Activation:
    """A function of the net input ``x`` with output ``y``.

    Attributes:
        name: what a network file calls it.
        formula: the output, an expression in ``x``.
        derivative: d formula / d x as it is taught, an expression in ``x`` and, where that is shorter, in ``y``.
        stable: the formula in a form that neither overflows nor cancels in floating point.
        kink: where the derivative does not exist and what is taken there; empty when it exists everywhere.
        source: where the definition is found.
    """

    name: str
    formula: Expr
    derivative: Expr
    stable: Expr
    kink: str
    source: str

    def of(self, net: Expr) -> Expr:
        """Return the output for a net input.

        >>> activation("sigmoid").of(sympy.Symbol("z"))
        1/(1 + exp(-z))
        """
        return self.formula.subs(x, net)

    def slope(self, net: Expr, out: Expr) -> Expr:
        """Return the derivative at a net input whose output is ``out``.

        >>> activation("sigmoid").slope(sympy.Symbol("z"), sympy.Symbol("o"))
        o*(1 - o)
        """
        return self.derivative.subs({x: net, y: out}, simultaneous=True)


_exp = sympy.exp
_RECORDS = (
    Activation(
        name="identity",
        formula=x,
        derivative=sympy.Integer(1),
        stable=x,
        kink="",
        source="the linear unit",
    ),
    Activation(
        name="sigmoid",
        formula=1 / (1 + _exp(-x)),
        derivative=y * (1 - y),
        stable=sympy.Piecewise((1 / (1 + _exp(-x)), x >= 0), (_exp(x) / (1 + _exp(x)), True)),
        kink="",
        source="Rumelhart, Hinton, Williams 1986, eq. 2",
    ),
    Activation(
        name="tanh",
        formula=sympy.tanh(x),
        derivative=1 - y**2,
        stable=sympy.tanh(x),
        kink="",
        source="LeCun, Bottou, Orr, Müller 1998, section 4.4",
    ),
    Activation(
        name="relu",
        formula=sympy.Max(0, x),
        derivative=sympy.Piecewise((1, x > 0), (0, True)),
        stable=sympy.Max(0, x),
        kink="0 at x = 0",
        source="Nair, Hinton 2010",
    ),
)

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType({record.name: record for record in _RECORDS})


def activation(name: str) -> Activation:
    """Return the record of an activation.

    Raises:
        InputError: no activation has this name.
    """
    if name not in ACTIVATIONS:
        raise InputError(
            f"activation {name!r} is unknown{nearest(name, list(ACTIVATIONS))} (known: {', '.join(ACTIVATIONS)})"
        )
    return ACTIVATIONS[name]

"""The activations of a whole layer: every output depends on every net input."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import sympy
from sympy import Expr, Symbol, exp, log

from .activations import Interval, x, y

s = sympy.Symbol("s", positive=True)  # the sum over the layer of the summands
m = sympy.Symbol("m", real=True)  # the largest net input of the layer
v = sympy.Symbol("v", real=True)  # the output of the unit by whose net input is differentiated
k = sympy.Symbol("k", real=True)  # 1 where that is the same unit, else 0


@dataclass(frozen=True, slots=True)
class VectorActivation:
    """A function of all net inputs of a layer.

    Attributes:
        name: what a network file calls it.
        formula: the output of a unit, from its net input ``x`` and the sum ``s`` over the layer.
        summand: what ``s`` adds up, an expression in ``x``.
        derivative: d y / d x of one unit by another, from ``y``, the output ``v`` there and the Kronecker delta ``k``.
        stable: the formula from ``x``, the largest net input ``m`` and the sum ``s`` of the summands at ``x - m``.
        source: where the definition is found.
        range: the open interval in which the outputs lie.
    """

    name: str
    formula: Expr
    summand: Expr
    derivative: Expr
    stable: Expr
    source: str
    range: Interval
    closed: bool = False

    def unit(self, place: int, nets: Sequence[Symbol]) -> Expr:
        """Return the output of one unit of a layer.

        >>> softmax = VECTOR_ACTIVATIONS["softmax"]
        >>> softmax.unit(0, sympy.symbols("z_1 z_2"))
        exp(z_1)/(exp(z_1) + exp(z_2))
        """
        total = sympy.Add(*(self.summand.subs(x, net) for net in nets))
        return self.formula.subs({x: nets[place], s: total}, simultaneous=True)

    def stable_unit(self, place: int, nets: Sequence[Symbol]) -> Expr:
        """Return the output of one unit in the stable form."""
        return self.stable_at(self.stable, place=place, nets=nets)

    def stable_at(self, formula: Expr, *, place: int, nets: Sequence[Symbol]) -> Expr:
        """Return a formula in ``x``, ``m`` and ``s``, as `stable` is, for one unit of a layer."""
        largest = sympy.Max(*nets)
        total = sympy.Add(*(self.summand.subs(x, net - largest) for net in nets))
        return formula.subs({x: nets[place], m: largest, s: total}, simultaneous=True)

    def slopes(self, place: int, nets: Sequence[Symbol], outs: Sequence[Symbol]) -> dict[Symbol, Expr]:
        """Return the derivatives of the output of one unit by all net inputs, from the outputs.

        >>> z, o = sympy.symbols("z_1 z_2"), sympy.symbols("o_1 o_2")
        >>> list(VECTOR_ACTIVATIONS["softmax"].slopes(0, z, o).values())
        [o_1*(1 - o_1), -o_1*o_2]
        """
        return {
            net: self.derivative.subs({y: outs[place], v: out, k: int(other == place)}, simultaneous=True)
            for other, (net, out) in enumerate(zip(nets, outs, strict=True))
        }


_RECORDS = (
    VectorActivation(
        "softmax",
        exp(x) / s,
        exp(x),
        y * (k - v),
        stable=exp(x - m) / s,
        source="Bridle 1990",
        range=(0.0, 1.0),
    ),
    VectorActivation(
        "log_softmax",
        x - log(s),
        exp(x),
        k - exp(v),
        stable=x - m - log(s),
        source="the logarithm of softmax",
        range=(float("-inf"), 0.0),
    ),
)

VECTOR_ACTIVATIONS: Mapping[str, VectorActivation] = MappingProxyType({record.name: record for record in _RECORDS})

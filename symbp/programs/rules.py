"""Update rules: what an optimiser does to one parameter, as formulas."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import sympy
from sympy import Expr, Symbol

p = Symbol("parameter", real=True)  # before the update
g = Symbol("slope", real=True)  # d loss / d parameter, the mean over the batch
rate = Symbol("rate", positive=True)  # the learning rate
t = Symbol("step", positive=True)  # the number of the update, from 1


@dataclass(frozen=True, slots=True)
class Rule:
    """An update of one parameter.

    Attributes:
        name: what a user calls it.
        states: the memory of a parameter, in order: symbol and its new value, in terms of the old values of the later
            ones and the new values of the earlier ones; all start at 0.
        update: the new value of the parameter, in terms of the new states.
        source: where it is found.
        constants: the numbers that stand for symbols of the formulas.
        l1, l2: penalties on weights: ``l1 * |w| + l2 * w^2 / 2`` is added to the loss; biases are free of them.
    """

    name: str
    update: Expr
    source: str
    states: Mapping[Symbol, Expr] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[Symbol, float] = field(default_factory=lambda: MappingProxyType({}))
    l1: float = 0.0
    l2: float = 0.0

    def slope(self, *, weight: bool) -> Expr:
        """Return what stands for the slope: for a weight, with the slopes of the penalties."""
        if not weight:
            return g
        return (
            g + (sympy.Float(self.l1) * sympy.sign(p) if self.l1 else 0) + (sympy.Float(self.l2) * p if self.l2 else 0)
        )

    def formulas(self, *, weight: bool) -> tuple[tuple[Symbol, Expr], ...]:
        """Return the new states and the new parameter, in order, with the penalties in place."""
        values: dict[Symbol, Expr] = {symbol: sympy.Float(number) for symbol, number in self.constants.items()}
        values[g] = self.slope(weight=weight)
        return tuple((symbol, new.xreplace(values)) for symbol, new in (*self.states.items(), (p, self.update)))


SGD = Rule("sgd", p - rate * g, "Robbins, Monro 1951")

"""Stable forms: the same functions, written so that nothing overflows or cancels in floating point."""

from collections.abc import Mapping
from dataclasses import dataclass

import sympy
from sympy import Expr, Symbol
from sympy.codegen.cfunctions import log1p

from ..graphs import Definition, Graph
from ..networks import ACTIVATIONS, LOSSES, Activation
from ..networks.activations import x

t, o, z = sympy.symbols("t o z", real=True)  # target, output and net input of an output unit


@dataclass(frozen=True, slots=True)
class FromNet:
    """A loss of an activation, taken from the net input ``z``: the logarithm meets no rounded output.

    Attributes:
        activation: the name of the activation of the output layer.
        loss: the name of the loss.
        formula: loss(t, activation(z)), an expression in ``t`` and ``z``.
        slope: d formula / d z, an expression in ``t``, ``z`` and the output ``o``.
        source: where the identity is found.
    """

    activation: str
    loss: str
    formula: Expr
    slope: Expr
    source: str


FROM_NET = (
    FromNet(
        activation="sigmoid",
        loss="binary_cross_entropy",
        formula=sympy.Max(0, z) - t * z + log1p(sympy.exp(-sympy.Abs(z))),
        slope=o - t,
        source="Goodfellow, Bengio, Courville 2016, section 6.2.2.2",
    ),
)


_net = sympy.Wild("net")
_PATTERNS = {record: record.of(_net) for record in ACTIVATIONS.values() if record.stable != record.formula}

_FUNCTIONS = {node.func for pattern in _PATTERNS.values() for node in pattern.atoms(sympy.Function)}


def stable(graph: Graph) -> Graph:
    """Return the graph with a stable form wherever the catalogue gives one; the values are the same.

    Example:
        >>> y, x = sympy.symbols("y x", real=True)
        >>> stable(Graph([(y, 1 / (1 + sympy.exp(-x)))])).definitions[0].expression
        Piecewise((1/(1 + exp(-x)), x >= 0), (exp(x)/(exp(x) + 1), True))
    """
    definitions = [part for definition in graph.definitions for part in _apart(definition)]
    outs = {d.symbol: found for d in definitions if (found := _activation(d))}
    return Graph([_stable(definition, outs) for definition in definitions], graph.quantities)


def _apart(definition: Definition) -> list[Definition]:
    """Give every activation inside a larger formula definitions of its own: its net input, then its output."""
    parts: list[Definition] = []

    def lift(expression: Expr) -> Expr:
        args = [lift(arg) if isinstance(arg, Expr) else arg for arg in expression.args]
        node = expression.func(*args) if args else expression
        for record, pattern in _PATTERNS.items():
            if node.func is pattern.func and (match := node.match(pattern)) and not match[_net].is_Number:
                inner, outer = (
                    Symbol(f"inner_{kind}_{len(parts)}_{definition.symbol.name}", real=True) for kind in ("net", "out")
                )
                parts.extend([Definition(inner, match[_net]), Definition(outer, record.of(inner))])
                return outer
        return node

    if definition.taught or not definition.expression.has(*_FUNCTIONS) or _activation(definition):
        return [definition]
    expression = lift(definition.expression)
    if parts and expression == parts[-1].symbol:  # the whole formula is an activation
        expression = parts.pop().expression
    return [*parts, Definition(definition.symbol, expression)]


def _activation(definition: Definition) -> tuple[Activation, Symbol] | None:
    """Return the catalogue's record that a definition is an instance of, and the net input."""
    if len(definition.operands) != 1:
        return None
    (net,) = definition.operands
    for record in ACTIVATIONS.values():
        if definition.expression == record.of(net):
            return record, net
    return None


def _stable(definition: Definition, outs: Mapping[Symbol, tuple[Activation, Symbol]]) -> Definition:
    if definition.symbol in outs:
        record, net = outs[definition.symbol]
        slope = record.slope(net, definition.symbol)
        return Definition(definition.symbol, record.stable.xreplace({x: net}), {net: slope})
    for row in FROM_NET:
        for out in definition.operands & outs.keys():
            (target, *more) = definition.operands - {out}
            record, net = outs[out]
            if not more and record.name == row.activation and definition.expression == LOSSES[row.loss].of(target, out):
                at = {t: target, o: out, z: net}
                return Definition(definition.symbol, row.formula.xreplace(at), {net: row.slope.xreplace(at)})
    return definition

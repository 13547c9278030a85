"""The layer level: one matrix definition a layer, with symbolic sizes; the cost does not depend on the width."""

from collections.abc import Mapping
from dataclasses import dataclass

import sympy
from sympy import MatrixExpr, MatrixSymbol, Symbol

from ..networks import Network
from ..networks.network import Bias
from .matrices import Elementwise, LogSumExp, Ones, Softmax, product, pullback
from .quantity import Quantity, Role

CONVENTIONS = ("column", "row")


@dataclass(frozen=True)
class LayerDefinition:
    """Net input and output of one layer, as matrix expressions in what comes before.

    Attributes:
        number: of the layer, from 1.
        weight, bias, before, net, out: their symbols; no bias where the network has none.
        sum: what the net input is.
        activated: what the output is.
    """

    number: int
    weight: MatrixSymbol
    bias: MatrixSymbol | None
    before: MatrixSymbol
    net: MatrixSymbol
    out: MatrixSymbol
    sum: MatrixExpr
    activated: MatrixExpr


@dataclass(frozen=True)
class LayerGraph:
    """A network on the layer level.

    Attributes:
        layers: the definitions, in order.
        quantities: what the symbols of the page are.
        depth: the number of the last layer.
        batch: several samples at once.
        rows: a sample is a row, and not a column.
    """

    layers: tuple[LayerDefinition, ...]
    quantities: Mapping[Symbol, Quantity]
    depth: int
    batch: bool = False
    rows: bool = False

    def units_before(self, layer: int) -> int:
        """Return 0: single units have no numbers on this level."""
        del layer
        return 0


def layer_graph(network: Network, *, convention: str = "column", batch: bool = False) -> LayerGraph:
    """Return the layer level of a network.

    Example:
        >>> from symbp.networks import mlp
        >>> layer_graph(mlp(2, 3, 1)).layers[0].sum
        bias_1 + weight_1*out_0

    Args:
        network: any sizes: they enter as symbols.
        convention: ``column``: a sample is a column, net = W out + b; ``row``: a sample is a row, net = out W + b.
        batch: several samples at once; the bias goes to each through a vector of ones.
    """
    samples = Symbol("m", integer=True, positive=True) if batch else sympy.Integer(1)
    layers: list[LayerDefinition] = []
    before = _matrix("out", 0, (_size(0), samples), convention)
    for layer in network.weight_layers:
        shape = _Shape(convention == "column", network.bias, network.activations[layer.number - 1])
        layers.append(_layer(layer.number, before, samples, shape))
        before = layers[-1].out
    depth = len(network.layers) - 1
    return LayerGraph(tuple(layers), _quantities(depth), depth, batch=batch, rows=convention == "row")


def _quantities(depth: int) -> dict[Symbol, Quantity]:
    roles: tuple[Role, ...] = ("weight", "bias", "net", "out")
    inner = [Quantity(role, number) for number in range(1, depth + 1) for role in roles]
    ends = (
        Quantity("input", 0),
        Quantity("target", depth),
        Quantity("penalty"),
        Quantity("loss"),
        Quantity("learning_rate"),
    )
    return {quantity.symbol: quantity for quantity in (*inner, *ends)}


def _size(layer: int) -> Symbol:
    return Symbol(f"n_{layer}", integer=True, positive=True)


def _matrix(role: str, layer: int, shape: tuple[sympy.Expr, sympy.Expr], convention: str) -> MatrixSymbol:
    return MatrixSymbol(f"{role}_{layer}", *(shape if convention == "column" else shape[::-1]))


@dataclass(frozen=True)
class _Shape:
    """How a layer is laid out, and which bias and activation it has."""

    column: bool
    bias: Bias
    activation: str


def _layer(number: int, before: MatrixSymbol, samples: sympy.Expr, shape: _Shape) -> LayerDefinition:
    size, convention = _size(number), "column" if shape.column else "row"
    net, out = (_matrix(role, number, (size, samples), convention) for role in ("net", "out"))
    weight = _matrix("weight", number, (size, _size(number - 1)), convention)
    total = product(weight, before) if shape.column else product(before, weight)
    activated = _activated(number, net, shape)
    if shape.bias == "none":
        return LayerDefinition(number, weight, None, before, net, out, total, activated)
    one = sympy.Integer(1)
    vector = _matrix("bias", number, (size if shape.bias == "unit" else one, one), convention)
    spread = _spread(vector, size if shape.bias == "shared" else one, samples, column=shape.column)
    return LayerDefinition(number, weight, vector, before, net, out, total + spread, activated)


def _activated(number: int, net: MatrixSymbol, shape: _Shape) -> MatrixExpr:
    rows = not shape.column
    if shape.activation == "softmax":
        return Softmax(net, rows)
    if shape.activation == "log_softmax":
        ones, sums = Ones(net.shape[int(rows)]), LogSumExp(net, rows)
        scale = -sympy.Integer(1)
        return net + (product(sums, ones.T, scale=scale) if rows else product(ones, sums, scale=scale))
    return Elementwise(f"f_{number}", net)


def _spread(bias: MatrixSymbol, size: sympy.Expr, samples: sympy.Expr, *, column: bool) -> MatrixExpr:
    """Return the bias for every unit, where it is shared, and for every sample, where there are several."""
    front, back = (size, samples) if column else (samples, size)
    factors = [bias]
    if front != 1:
        factors.insert(0, Ones(front))
    if back != 1:
        factors.append(Ones(back).T)
    return product(*factors)


def layer_gradients(graph: LayerGraph, adjoint: MatrixExpr) -> dict[MatrixSymbol, MatrixExpr]:
    """Return the derivative by every symbol, from that by the last output; names stand for what is derived before.

    The derivative by a symbol ``s`` is named ``adjoint_s`` where others are built from it.
    """
    found: dict[MatrixSymbol, MatrixExpr] = {graph.layers[-1].out: adjoint}
    for layer in reversed(graph.layers):
        by_out = named(layer.out)
        found |= dict(pullback(layer.activated, by_out))
        found |= dict(pullback(layer.sum, named(layer.net)))
    return found


def named(symbol: MatrixSymbol) -> MatrixSymbol:
    """Return the symbol of the derivative by a symbol."""
    return MatrixSymbol(f"adjoint_{symbol.name}", *symbol.shape)

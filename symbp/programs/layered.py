"""The layer level of a network, on arrays: rows are samples, one definition an array."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import sympy
from sympy import Expr, Function, Symbol

from ..graphs import Definition, Quantity
from ..networks import Layer, Network, activation, loss
from .stable import array_form, from_net

SAMPLES = -1  # in a shape: the number of samples of a batch

matmul, transposed, sums, total = (Function(name) for name in ("matmul", "transposed", "sums", "total"))
X, Y = sympy.symbols("X Y", real=True)
count = Symbol("count", positive=True)  # the samples of a batch
seed = Symbol("seed", real=True)  # the adjoint of the loss: 1, or what all slopes are scaled by

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layered:
    """A network on arrays, as definitions in order.

    Attributes:
        network: what it is.
        forward: net inputs and outputs.
        errors: the error of every output unit of every sample; the loss is ``share`` times their sum over the units.
        backward: the adjoints, from the output back; the loss is the mean over the samples, times ``seed``.
        slopes: for each parameter the symbol of its adjoint.
        shapes: of every symbol.
    """

    network: Network
    forward: tuple[Definition, ...]
    errors: Definition
    share: Expr
    backward: tuple[Definition, ...]
    slopes: Mapping[Symbol, Symbol]
    shapes: Mapping[Symbol, Shape]

    @property
    def output(self) -> Symbol:
        """The output of the last layer."""
        return self.forward[-1].symbol


def layered(network: Network) -> Layered:
    """Return the layer level of a network.

    Example:
        >>> from symbp.networks import mlp
        >>> [str(d.symbol) for d in layered(mlp(2, 3, 1)).forward]
        ['net_1', 'out_1', 'net_2', 'out_2']
    """
    layers = network.weight_layers
    shapes: dict[Symbol, Shape] = {X: (SAMPLES, network.layers[0]), Y: (SAMPLES, network.layers[-1])}
    shapes |= {_symbol("weight", layer): (layer.units, layer.inputs) for layer in layers}
    if network.bias != "none":
        shapes |= {_symbol("bias", layer): (network.bias_count(layer.units),) for layer in layers}
    for layer in layers:
        for role in ("net", "out", "adjoint_out", "adjoint_net"):
            shapes[_symbol(role, layer)] = (SAMPLES, layer.units)
    forward = tuple(d for layer in layers for d in _forward(layer, network))
    slopes = {s: _adjoint(s) for s in shapes if s.name.startswith(("weight", "bias"))}
    shapes |= {slope: shapes[symbol] for symbol, slope in slopes.items()}
    errors = _errors(network)
    shapes[errors.symbol] = shapes[Y]
    share = sympy.Rational(1, network.layers[-1]) if loss(network.loss).over_units == "mean" else sympy.Integer(1)
    backward = tuple(d for layer in reversed(layers) for d in _backward(layer, network, share))
    return Layered(network, forward, errors, share, backward, MappingProxyType(slopes), MappingProxyType(shapes))


def _symbol(role: str, layer: Layer) -> Symbol:
    return Symbol(f"{role}_{layer.number}", real=True)


def _before(layer: Layer) -> Symbol:
    return Quantity("out", layer.number - 1).symbol if layer.number > 1 else X


def _forward(layer: Layer, network: Network) -> tuple[Definition, Definition]:
    net, out, weight = (_symbol(role, layer) for role in ("net", "out", "weight"))
    bias = _symbol("bias", layer) if network.bias != "none" else sympy.Integer(0)
    return (
        Definition(net, matmul(_before(layer), transposed(weight)) + bias),
        Definition(out, array_form(activation(layer.activation)).of(net)),
    )


def _errors(network: Network) -> Definition:
    last = network.weight_layers[-1]
    net, out, error = (_symbol(role, last) for role in ("net", "out", "error"))
    row = from_net(last.activation, network.loss)
    return Definition(error, row.formula_at(Y, net) if row else loss(network.loss).of(Y, out))


def _backward(layer: Layer, network: Network, share: Expr) -> list[Definition]:
    """delta = dE/dnet; dE/dW = delta^T out, dE/db = the sum of delta over the samples, dE/dout before = delta W."""
    net, out, weight, bias, delta, adjoint_out = (
        _symbol(role, layer) for role in ("net", "out", "weight", "bias", "adjoint_net", "adjoint_out")
    )
    found = _deltas(layer, network, share) if layer.number == len(network.activations) else []
    if not found or found[-1].symbol != delta:
        slope = array_form(activation(layer.activation)).slope(net, out)
        found.append(Definition(delta, adjoint_out * slope))
    found.append(Definition(_adjoint(weight), matmul(transposed(delta), _before(layer))))
    if network.bias != "none":
        found.append(Definition(_adjoint(bias), (sums if network.bias == "unit" else total)(delta)))
    if layer.number > 1:
        found.append(Definition(_adjoint(_before(layer)), matmul(delta, weight)))
    return found


def _deltas(layer: Layer, network: Network, share: Expr) -> list[Definition]:
    """Return the adjoint of the last net input where a loss is taken from it, else that of the output."""
    scale = seed * share / count
    net, out = _symbol("net", layer), _symbol("out", layer)
    row = from_net(layer.activation, network.loss)
    if row:
        return [Definition(_adjoint(net), row.slope_at(Y, net, out) * scale)]
    return [Definition(_adjoint(out), loss(network.loss).slope(Y, out) * scale)]


def _adjoint(symbol: Symbol) -> Symbol:
    return Symbol(f"adjoint_{symbol.name}", real=True)

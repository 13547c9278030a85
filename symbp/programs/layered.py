"""The layer level of a network, on arrays: rows are samples, one definition an array."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import sympy
from sympy import Expr, Function, Symbol

from ..graphs import Definition, Quantity
from ..networks import Layer, Network, VectorActivation, activation, loss, penalty, softmax
from ..networks.activations import x, y
from ..networks.penalties import w
from .others import OF_SAMPLES, OF_UNITS, adjoints, array, logarithms, row_maxima, row_sums
from .stable import all_targets, all_units, array_form, from_net, loss_form, r, t

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
        costs: what the penalty takes for every weight; the sum of all is added to the mean loss.
    """

    network: Network
    forward: tuple[Definition, ...]
    errors: Definition
    share: Expr
    backward: tuple[Definition, ...]
    slopes: Mapping[Symbol, Symbol]
    shapes: Mapping[Symbol, Shape]
    costs: tuple[Definition, ...] = ()

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
    shapes |= {array("weight", layer): (layer.units, layer.inputs) for layer in layers}
    if network.bias != "none":
        shapes |= {array("bias", layer): (network.bias_count(layer.units),) for layer in layers}
    for layer in layers:
        for role in ("net", "out", "adjoint_out", "adjoint_net"):
            shapes[array(role, layer)] = (SAMPLES, layer.units)
        shapes |= {array(role, layer): (SAMPLES, 1) for role in ("largest", "sum", "share", "targets", *OF_SAMPLES)}
        shapes |= {array(role, layer): (SAMPLES, layer.units) for role in ("summand", *OF_UNITS)}
    forward = tuple(d for layer in layers for d in _forward(layer, network))
    slopes = {s: _adjoint(s) for s in shapes if s.name.startswith(("weight_", "bias_"))}
    shapes |= {slope: shapes[symbol] for symbol, slope in slopes.items()}
    errors = _errors(network)
    shapes[errors.symbol] = shapes[Y]
    share = sympy.Rational(1, network.layers[-1]) if loss(network.loss).over_units == "mean" else sympy.Integer(1)
    backward = tuple(d for layer in reversed(layers) for d in _backward(layer, network, share))
    costs = _costs(network)
    shapes |= {cost.symbol: shapes[weight] for cost in costs for weight in cost.operands}
    return Layered(network, forward, errors, share, backward, MappingProxyType(slopes), MappingProxyType(shapes), costs)


def _costs(network: Network) -> tuple[Definition, ...]:
    if not network.penalty:
        return ()
    record, factor = penalty(network.penalty)
    weights = [(array("cost", layer), array("weight", layer)) for layer in network.weight_layers]
    return tuple(Definition(cost, factor * record.formula.subs(w, weight)) for cost, weight in weights)


def _before(layer: Layer) -> Symbol:
    return Quantity("out", layer.number - 1).symbol if layer.number > 1 else X


def _forward(layer: Layer, network: Network) -> list[Definition]:
    net, out, weight = (array(role, layer) for role in ("net", "out", "weight"))
    bias = array("bias", layer) if network.bias != "none" else sympy.Integer(0)
    record = activation(layer.activation)
    found = [Definition(net, matmul(_before(layer), transposed(weight)) + bias)]
    if not isinstance(record, VectorActivation):
        return [*found, Definition(out, array_form(record).of(net))]
    largest, summand, sum_ = (array(role, layer) for role in ("largest", "summand", "sum"))
    return [
        *found,
        Definition(largest, row_maxima(net)),
        Definition(summand, record.summand.subs(x, net - largest)),
        Definition(sum_, row_sums(summand)),
        *(logarithms(layer) if _is_by_others(layer, network) else ()),
        Definition(out, _of_row(record, summand, net=net, largest=largest, sum_=sum_)),
    ]


def _is_by_others(layer: Layer, network: Network) -> bool:
    """Whether the loss of each unit needs the sum of the exponentials of the others."""
    row = from_net(activation(layer.activation), network.loss) if layer.number == len(network.activations) else None
    return row is not None and row.by_others != 0


def _of_row(record: VectorActivation, summand: Symbol, *, net: Symbol, largest: Symbol, sum_: Symbol) -> Expr:
    """Return the stable form; where the summand itself stands in it, by its name."""
    stable = record.stable.subs(record.summand.subs(x, x - softmax.m), summand)
    return stable.subs({x: net, softmax.m: largest, softmax.s: sum_}, simultaneous=True)


def _errors(network: Network) -> Definition:
    last = network.weight_layers[-1]
    net, out, error = (array(role, last) for role in ("net", "out", "error"))
    row = from_net(activation(last.activation), network.loss)
    if row is None:
        return Definition(error, loss_form(loss(network.loss), Y, out))
    known = {softmax.m: array("largest", last), softmax.s: array("sum", last), r: array("others", last)}
    return Definition(error, row.formula_at(Y, net).subs(known, simultaneous=True))


def _backward(layer: Layer, network: Network, share: Expr) -> list[Definition]:
    """delta = dE/dnet; dE/dW = delta^T out, dE/db = the sum of delta over the samples, dE/dout before = delta W."""
    weight, bias, delta, adjoint_out = (array(role, layer) for role in ("weight", "bias", "adjoint_net", "adjoint_out"))
    found = _deltas(layer, network, share) if layer.number == len(network.activations) else []
    if not found or found[-1].symbol != delta:
        found += _through(layer, adjoint_out)
    found.append(Definition(_adjoint(weight), matmul(transposed(delta), _before(layer)) + _punished(weight, network)))
    if network.bias != "none":
        found.append(Definition(_adjoint(bias), (sums if network.bias == "unit" else total)(delta)))
    if layer.number > 1:
        found.append(Definition(_adjoint(_before(layer)), matmul(delta, weight)))
    return found


def _punished(weight: Symbol, network: Network) -> Expr:
    """Return what a penalty adds to the adjoint of the weights."""
    if not network.penalty:
        return sympy.Integer(0)
    record, factor = penalty(network.penalty)
    return seed * factor * record.derivative.subs(w, weight)


def _deltas(layer: Layer, network: Network, share: Expr) -> list[Definition]:
    """Return the adjoint of the last net input where a loss is taken from it, else that of the output."""
    scale = seed * share / count
    net, out = array("net", layer), array("out", layer)
    record = activation(layer.activation)
    row = from_net(record, network.loss)
    if row and isinstance(record, VectorActivation):
        targets = array("targets", layer)
        slope = row.slope_at(Y, net, out).subs({all_targets: targets, all_units: layer.units})
        found, more = adjoints(layer, row.by_others.subs(t, Y)) if row.by_others != 0 else ([], sympy.Integer(0))
        needed = [Definition(targets, row_sums(Y))] if slope.has(targets) else []
        return [*needed, *found, Definition(_adjoint(net), (slope + more) * scale)]
    if row:
        return [Definition(_adjoint(net), row.slope_at(Y, net, out) * scale)]
    return [Definition(_adjoint(out), loss(network.loss).slope(Y, out) * scale)]


def _through(layer: Layer, adjoint_out: Symbol) -> list[Definition]:
    """Return the adjoint of the net inputs from that of the outputs.

    Where every output y_i depends on every net input z_j and dy_i/dz_j = [i = j] d(y_j) + f(y_i) h(y_j):
    the adjoint of z_j is a_j d(y_j) + h(y_j) sum_i a_i f(y_i).
    """
    record, net, out = activation(layer.activation), array("net", layer), array("out", layer)
    if not isinstance(record, VectorActivation):
        return [Definition(_adjoint(net), adjoint_out * array_form(record).slope(net, out))]
    others = sympy.expand(record.derivative).coeff(softmax.k, 0)
    diagonal = sympy.expand(record.derivative).coeff(softmax.k, 1).subs({y: out, softmax.v: out})
    parts = sympy.separatevars(others, symbols=(y, softmax.v), dict=True)
    share, summand = array("share", layer), array("summand", layer)
    rest = parts["coeff"] * parts[softmax.v].subs(softmax.v, out) * share
    return [
        Definition(summand, adjoint_out * parts[y].subs(y, out)),
        Definition(share, row_sums(summand)),
        Definition(_adjoint(net), adjoint_out * diagonal + rest),
    ]


def _adjoint(symbol: Symbol) -> Symbol:
    return Symbol(f"adjoint_{symbol.name}", real=True)

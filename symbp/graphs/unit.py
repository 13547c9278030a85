"""The unit level: one scalar quantity a neuron."""

from collections.abc import Iterator
from decimal import Decimal

import sympy
from sympy import Symbol

from ..errors import UnsupportedError
from ..networks import Layer, Network, VectorActivation, activation, loss, penalties, penalty
from .graph import Definition, Graph
from .quantity import Quantity

MOST_PARAMETERS = 20_000


def unit_graph(network: Network) -> Graph:
    """Return the network as scalar definitions: net and out of every unit, the error of every output, the loss.

    Example:
        >>> from symbp.networks import mlp
        >>> [str(d.symbol) for d in unit_graph(mlp(1, 1)).definitions]
        ['net_1_1', 'out_1_1', 'error_1_1', 'loss']
    """
    count = sum((layer.inputs + network.bias_count(1)) * layer.units for layer in network.weight_layers)
    if count > MOST_PARAMETERS:
        raise UnsupportedError(
            f"a network of {count} parameters: the unit level takes at most {MOST_PARAMETERS}, use smaller layers"
        )
    leaves = [*_parameters(network), *_inputs(network), *_targets(network), Quantity("learning_rate")]
    quantities = {quantity.symbol: quantity for quantity in leaves}
    parameters = {(q.layer, q.unit, q.source): q.symbol for q in leaves if q.role in ("weight", "bias")}
    definitions: list[Definition] = []

    def define(quantity: Quantity, definition: Definition) -> Symbol:
        quantities[quantity.symbol] = quantity
        definitions.append(definition)
        return quantity.symbol

    before = [quantity.symbol for quantity in _inputs(network)]
    for layer in network.weight_layers:
        for quantity, definition in _layer(layer, before, parameters):
            define(quantity, definition)
        before = [Quantity("out", layer.number, unit).symbol for unit in range(1, layer.units + 1)]
    errors = [
        define(q := Quantity("error", len(network.layers) - 1, unit), _error(network, q, target.symbol, out))
        for unit, (target, out) in enumerate(zip(_targets(network), before, strict=True), 1)
    ]
    if network.penalty is not None:
        weights = [quantity.symbol for quantity in leaves if quantity.role == "weight"]
        errors.append(define(q := Quantity("penalty"), _penalty(network.penalty, q, weights)))
    define(q := Quantity("loss"), _loss(network, q, errors))
    return Graph(definitions, quantities)


def instance(network: Network) -> dict[Symbol, Decimal]:
    """Return the numbers of the worked instance by symbol; empty when the network has none."""
    values = network.values
    if values is None:
        return {}
    found: dict[Symbol, Decimal] = {Quantity("learning_rate").symbol: values.learning_rate}
    for quantity in _parameters(network):
        if quantity.role == "weight":
            found[quantity.symbol] = values.weights[quantity.layer - 1][quantity.unit - 1][quantity.source - 1]
        else:
            found[quantity.symbol] = values.biases[quantity.layer - 1][max(quantity.unit - 1, 0)]
    found |= {q.symbol: number for q, number in zip(_inputs(network), values.input, strict=True)}
    return found | {q.symbol: number for q, number in zip(_targets(network), values.target, strict=True)}


def _parameters(network: Network) -> list[Quantity]:
    found: list[Quantity] = []
    weights = biases = 0
    for layer in network.weight_layers:
        for unit in range(1, layer.units + 1):
            for source in range(1, layer.inputs + 1):
                weights += 1
                found.append(Quantity("weight", layer.number, unit, source, weights))
        for place in range(network.bias_count(layer.units)):
            biases += 1
            found.append(Quantity("bias", layer.number, place + 1 if network.bias == "unit" else 0, 0, biases))
    return found


def _inputs(network: Network) -> list[Quantity]:
    return [Quantity("input", 0, unit) for unit in range(1, network.layers[0] + 1)]


def _targets(network: Network) -> list[Quantity]:
    return [Quantity("target", len(network.layers) - 1, unit) for unit in range(1, network.layers[-1] + 1)]


def _layer(
    layer: Layer, before: list[Symbol], parameters: dict[tuple[int, int, int], Symbol]
) -> Iterator[tuple[Quantity, Definition]]:
    """Yield net and out of every unit; each out as soon as the net inputs that it needs are there."""
    record = activation(layer.activation)
    nets = [Quantity("net", layer.number, unit) for unit in range(1, layer.units + 1)]
    outs = [Quantity("out", layer.number, unit) for unit in range(1, layer.units + 1)]
    behind = (tuple(net.symbol for net in nets), tuple(out.symbol for out in outs))
    later: list[tuple[Quantity, Definition]] = []
    for place, (net, out) in enumerate(zip(nets, outs, strict=True)):
        yield net, _sum(net, before, parameters)
        defined = Definition(out.symbol, record.unit(place, behind[0]), record.slopes(place, *behind))
        if isinstance(record, VectorActivation):
            later.append((out, defined))
        else:
            yield out, defined
    yield from later


def _sum(net: Quantity, before: list[Symbol], parameters: dict[tuple[int, int, int], Symbol]) -> Definition:
    weights = [parameters[net.layer, net.unit, source] for source in range(1, len(before) + 1)]
    bias = parameters.get((net.layer, net.unit, 0)) or parameters.get((net.layer, 0, 0), sympy.Integer(0))
    return Definition(net.symbol, sympy.Add(*(w * o for w, o in zip(weights, before, strict=True)), bias))


def _error(network: Network, error: Quantity, target: Symbol, out: Symbol) -> Definition:
    record = loss(network.loss)
    return Definition(error.symbol, record.of(target, out), {out: record.slope(target, out)})


def _loss(network: Network, total: Quantity, errors: list[Symbol]) -> Definition:
    units = network.layers[-1]
    share = sympy.Rational(1, units) if loss(network.loss).over_units == "mean" else sympy.Integer(1)
    return Definition(total.symbol, sympy.Add(*(share * error for error in errors[:units]), *errors[units:]))


def _penalty(name: str, total: Quantity, weights: list[Symbol]) -> Definition:
    record, factor = penalty(name)
    terms = [factor * record.formula.subs(penalties.w, weight) for weight in weights]
    slopes = {weight: factor * record.derivative.subs(penalties.w, weight) for weight in weights}
    return Definition(total.symbol, sympy.Add(*terms), slopes)

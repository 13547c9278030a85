"""Graphs: order, leaves, users, local and total derivatives, the backward walk."""

import functools

import numpy as np
import pytest
import sympy
from numeric import Point, close

from symbp import Graph, Quantity, load, mlp, unit_graph
from symbp.errors import ImpossibleError, InputError, UnsupportedError
from symbp.graphs import backward, instance, layer_gradients, layer_graph
from symbp.graphs.layers import CONVENTIONS, named
from symbp.graphs.matrices import RULES, Elementwise, LogSumExp, Ones, Quotient, Softmax, elementwise, product, pullback

w, x, h, y, z = sympy.symbols("w x h y z", real=True)


def test_leaves_order_users_output():
    graph = Graph([(h, w * x), (y, sympy.tanh(h) + w)])
    assert graph.leaves == (w, x)
    assert list(graph.order) == [w, x, h, y]
    assert graph.users[w] == (h, y)
    assert graph.users[y] == ()
    assert graph.output == y
    assert graph.depth == 0


def test_partials_are_local_and_derivatives_total():
    graph = Graph([(h, w * x), (y, h * w)])
    assert graph.by_symbol[y].partials[w] == h
    assert sympy.expand(graph.derivative(y, w) - (h + w * x)) == 0
    assert graph.derivative(h, y) == 0
    assert graph.derivative(y, y) == 1


@pytest.mark.parametrize(
    ("definitions", "message"),
    [
        ([], "a graph needs at least one definition"),
        ([(h, w), (h, x)], "h is defined twice"),
        ([(y, h), (h, w)], "y uses h, which is defined later or by itself"),
        ([(h, h + 1)], "h uses h, which is defined later or by itself"),
        ([("h", w)], "a graph defines symbols; 'h' is a str: use sympy.Symbol"),
        ([(h, "w*x")], "h is defined by a str: give a sympy expression"),
    ],
)
def test_a_wrong_graph_is_refused(definitions, message):
    with pytest.raises(InputError, match=message):
        Graph(definitions)


def test_plain_numbers_are_definitions():
    assert Graph([(h, 0.1)]).definitions[0].expression == sympy.Rational(1, 10)


def test_the_unit_graph_of_the_best_known_example():
    graph = unit_graph(load("mazur"))
    assert [str(d.symbol) for d in graph.definitions] == [
        "net_1_1", "out_1_1", "net_1_2", "out_1_2", "net_2_1", "out_2_1", "net_2_2", "out_2_2",
        "error_2_1", "error_2_2", "loss",
    ]  # fmt: skip
    assert [graph.quantities[s].number for s in graph.role("weight")] == list(range(1, 9))
    assert graph.users[Quantity("bias", layer=1, number=1).symbol] == graph.role("net")[:2]
    point = Point(graph, {s: n for s, n in instance(load("mazur")).items() if s in graph.leaves})
    assert close(point.values[graph.output], 0.2983711087600027, 1e-15)


def test_bias_kinds():
    counts = {kind: len(unit_graph(mlp(2, 3, 2, bias=kind)).role("bias")) for kind in ("none", "unit", "shared")}
    assert counts == {"none": 0, "unit": 5, "shared": 2}


def test_a_network_without_values_has_no_instance():
    assert instance(mlp(2, 2)) == {}


NETWORKS = [
    mlp(2, 3, 2, activation=["tanh", "sigmoid"], loss="binary_cross_entropy"),
    mlp(2, 2, 3, 2, activation=["sigmoid", "identity", "tanh"], loss="mean_squared_error", bias="shared"),
    mlp(3, 2, 1, activation="relu", bias="none"),
]


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.description)
def test_the_backward_walk_gives_every_gradient(network):
    graph = unit_graph(network)
    leaves = {s: f"0.{3 + 7 * k % 50}" for k, s in enumerate(graph.leaves)}
    point = Point(graph, leaves)
    walked = backward(graph)
    values = Point(walked.graph, leaves).values
    for symbol in graph.leaves:
        assert close(values[walked.adjoints[symbol]], point.total(graph.output, symbol))


def test_the_walk_is_linear_in_the_edges():
    sizes = [len(backward(unit_graph(mlp(n, n, n))).graph.definitions) for n in (2, 4, 8)]
    assert sizes[2] < 4.5 * sizes[1]


def test_what_the_output_does_not_depend_on_is_refused():
    graph = Graph([(z, x + 1), (y, w**2)])
    with pytest.raises(ImpossibleError, match="y does not depend on x: its derivative is 0 everywhere"):
        backward(graph, [x])


def numeric(expression, arrays, slopes):
    """Return the value of a matrix expression, found without the engine."""
    if isinstance(expression, sympy.Number):
        return float(expression)
    if isinstance(expression, sympy.MatrixSymbol):
        return arrays[expression.name]
    if isinstance(expression, Ones):
        return np.ones((arrays["samples"] if expression.args[0] == sympy.Symbol("m", **WHOLE) else arrays["size"], 1))
    if isinstance(expression, Softmax | LogSumExp):
        powers, axis = np.exp(numeric(expression.args[0], arrays, slopes)), int(expression.args[1])
        sums = powers.sum(axis, keepdims=True)
        return powers / sums if isinstance(expression, Softmax) else np.log(sums)
    if isinstance(expression, Elementwise):
        return slopes[int(expression.args[2])](numeric(expression.args[1], arrays, slopes))
    parts = [numeric(part, arrays, slopes) for part in expression.args]
    if isinstance(expression, sympy.Transpose):
        return parts[0].T
    if isinstance(expression, sympy.HadamardPower):
        return numeric(expression.args[0], arrays, slopes) ** int(expression.args[1])
    if isinstance(expression, sympy.MatMul):
        return functools.reduce(lambda a, b: a * b if np.ndim(a) == 0 else a @ b, parts)
    join = {Quotient: np.divide, sympy.MatAdd: np.add, sympy.HadamardProduct: np.multiply}[type(expression)]
    return functools.reduce(join, parts)


WHOLE = {"integer": True, "positive": True}
TANH = (np.tanh, lambda z: 1 - np.tanh(z) ** 2)


@pytest.mark.parametrize("batch", [False, True])
@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize(("sizes", "bias"), [((3, 4, 2), "unit"), ((2, 2, 3), "unit"), ((2, 5, 1, 3), "none")])
def test_the_layer_level_is_the_unit_level(sizes, bias, convention, batch):
    network = mlp(*sizes, activation="tanh", bias=bias)
    random, samples = np.random.default_rng(sum(sizes)), 3 if batch else 1
    graph, units = layer_graph(network, convention=convention, batch=batch), unit_graph(network)
    shaped = (lambda a: a) if convention == "column" else (lambda a: a.T)
    inputs, targets = random.uniform(-1, 1, (sizes[0], samples)), random.uniform(-1, 1, (sizes[-1], samples))
    arrays = {"out_0": shaped(inputs), "samples": samples}
    for layer in network.weight_layers:
        arrays[f"weight_{layer.number}"] = shaped(random.uniform(-1, 1, (layer.units, layer.inputs)))
        arrays[f"bias_{layer.number}"] = shaped(random.uniform(-1, 1, (layer.units, 1)))
    for layer in graph.layers:
        arrays[layer.net.name] = numeric(layer.sum, arrays, TANH)
        arrays[layer.out.name] = numeric(layer.activated, arrays, TANH)
    last = graph.layers[-1].out
    arrays["error"] = arrays[last.name] - shaped(targets)
    for symbol, by in layer_gradients(graph, sympy.MatrixSymbol("error", *last.shape)).items():
        arrays[f"adjoint_{symbol.name}"] = numeric(by, arrays, TANH)
    walked = backward(units, units.role("weight", "bias"))
    parameters = {q: s for s, q in units.quantities.items() if q.role in ("weight", "bias")}
    for quantity, symbol in parameters.items():
        total = 0.0
        for sample in range(samples):
            point = {s: inputs[q.unit - 1, sample] for s, q in units.quantities.items() if q.role == "input"}
            point |= {s: targets[q.unit - 1, sample] for s, q in units.quantities.items() if q.role == "target"}
            for other, name in parameters.items():
                point[name] = shaped(arrays[f"{other.role}_{other.layer}"])[other.unit - 1, max(other.source - 1, 0)]
            total += evaluated(walked, point)[walked.adjoints[symbol]]
        found = shaped(arrays[f"adjoint_{quantity.role}_{quantity.layer}"])
        assert close(found[quantity.unit - 1, max(quantity.source - 1, 0)], total, 1e-8)


def evaluated(walked, point):
    found = dict(point)
    for definition in walked.graph.definitions:
        operands = sorted(definition.operands, key=str)
        found[definition.symbol] = sympy.lambdify(operands, definition.expression)(*(found[s] for s in operands))
    return found


def test_a_shared_bias_goes_through_a_vector_of_ones():
    found = layer_gradients(layer := layer_graph(mlp(2, 3, bias="shared")), named(layer.layers[-1].out))
    assert str(found[layer.layers[0].bias]) == "Ones(n_1).T*adjoint_net_1"


M, N, K = sympy.symbols("m n size", **WHOLE)
A, B, C = sympy.MatrixSymbol("A", N, M), sympy.MatrixSymbol("B", N, M), sympy.MatrixSymbol("C", M, N)


@pytest.mark.parametrize(
    "expression",
    [
        A + B,
        product(A, C, scale=sympy.Integer(3)),
        A.T,
        elementwise(A, B),
        Elementwise("tanh", A),
        Softmax(A),
        Softmax(A, True),
        LogSumExp(A),
        LogSumExp(A, True),
        Quotient(A, B),
        sympy.HadamardPower(A, 3),
        product(Ones(N), LogSumExp(elementwise(A, B))),
    ],
    ids=str,
)
def test_a_pullback_is_what_differences_give(expression):
    random = np.random.default_rng(7)
    arrays = {"A": random.uniform(0.5, 2, (4, 3)), "B": random.uniform(0.5, 2, (4, 3)), "C": random.normal(size=(3, 4))}
    arrays |= {"samples": 3, "size": 4}
    arrays["g"] = random.normal(size=numeric(expression, arrays, TANH).shape)
    found = {}
    for symbol, by in pullback(expression, sympy.MatrixSymbol("g", *expression.shape)):
        found[symbol.name] = found.get(symbol.name, 0) + numeric(by, arrays, TANH)
    for name, by in found.items():
        for place in np.ndindex(*by.shape):
            step = np.zeros_like(arrays[name])
            step[place] = 1e-6
            high, low = (numeric(expression, arrays | {name: arrays[name] + s}, TANH) for s in (step, -step))
            assert by[place] == pytest.approx(float(((high - low) * arrays["g"]).sum()) / 2e-6, rel=1e-6, abs=1e-9)


def test_every_pullback_rule_says_its_identity():
    assert all(rule.identity.startswith("d") and rule.node is node for node, rule in RULES.items())


def test_shapes_that_do_not_fit_are_named():
    a, b = sympy.MatrixSymbol("A", 2, 3), sympy.MatrixSymbol("B", 2, 3)
    with pytest.raises(InputError, match="A has shape 2 x 3, B has 2 x 3: they cannot be multiplied"):
        product(a, b)
    with pytest.raises(InputError, match=r"A has shape 2 x 3, B.T has 3 x 2: they cannot be multiplied entry by entry"):
        elementwise(a, b.T)
    with pytest.raises(UnsupportedError, match="there is no pullback rule for Trace"):
        pullback(sympy.Trace(a * b.T), sympy.MatrixSymbol("g", 1, 1))

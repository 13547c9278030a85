"""Graphs: order, leaves, users, local and total derivatives, the backward walk."""

import pytest
import sympy
from numeric import Point, close

from symbp import Graph, Quantity, load, mlp, unit_graph
from symbp.errors import ImpossibleError, InputError
from symbp.graphs import backward, instance

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

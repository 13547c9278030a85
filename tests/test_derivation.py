"""Derivations: every member of a chain has the value of its head, found by differences; a person's steps."""

from dataclasses import replace

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from numeric import Point, close, value

import symbp
from symbp.derivation import Path, Slope, Updated, derivation, printed
from symbp.errors import ImpossibleError, InputError
from symbp.formulas import Derivative
from symbp.graphs import instance, unit_graph


class Meaning:
    """What quantities and derivatives in a derivation stand for at a point."""

    def __init__(self, found, point, rate=0):
        self.found, self.point, self.rate = found, point, rate

    def __call__(self, node):
        if isinstance(node, Derivative):
            return self.point.total(node.of.key, node.by.key)
        key = node.key
        if node.valued:
            return mpmath.mpf(str(sympy.N(self.found.values[key], 45)))
        if isinstance(key, Updated):
            slope = self.point.total(self.found.graph.output, key.parameter)
            return self.point.values[key.parameter] - self.rate * slope
        return self.point.values.get(key, self.rate)


def assert_every_link_holds(found, point, rate=0, tolerance=1e-11):
    meaning = Meaning(found, point, rate)
    for equation in found.equations:
        if equation.topic == "schematic":  # a sum sign over a family
            continue
        head, *others = (value(step.formula, meaning) for step in equation.steps)
        assert others, equation
        for step, other in zip(equation.steps[1:], others, strict=True):
            assert close(head, other, tolerance), (equation.topic, equation.subject, step)


def leaves(graph):
    """Return small numbers, all different, for the leaves; targets and outputs lie between 0 and 1."""
    return {symbol: f"0.{(37 * k + 11) % 83 + 10}" for k, symbol in enumerate(graph.leaves)}


HIDDEN = st.sampled_from(["identity", "sigmoid", "tanh", "relu"])
LOSS = st.sampled_from(["half_squared_error", "mean_squared_error", "binary_cross_entropy"])


@st.composite
def networks(draw):
    layers = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    loss = draw(LOSS)
    last = "sigmoid" if loss == "binary_cross_entropy" else draw(HIDDEN)
    names = [draw(HIDDEN) for _ in layers[2:]] + [last]
    return symbp.mlp(*layers, activation=names, loss=loss, bias=draw(st.sampled_from(["none", "unit", "shared"])))


@settings(max_examples=25, deadline=None)
@given(networks())
def test_every_link_of_a_random_network_holds(network):
    found = derivation(network)
    assert_every_link_holds(found, Point(found.graph, leaves(found.graph)), rate=0.25)
    gradients = [equation.subject for equation in found.equations if equation.topic == "gradient"]
    assert set(gradients) >= set(found.graph.role("weight"))


@pytest.mark.parametrize("name", symbp.presets())
def test_every_link_of_a_preset_holds_with_its_numbers(name):
    network = symbp.load(name)
    found = derivation(network)
    numbers = instance(network)
    point = Point(found.graph, {symbol: numbers[symbol] for symbol in found.graph.leaves})
    assert_every_link_holds(found, point, rate=float(network.values.learning_rate), tolerance=1e-15)


def chain_of(document, head):
    """Return the members of the chain with this head, as plain text."""
    lines = document.to_text(digits=8).splitlines()
    start = next(k for k, line in enumerate(lines) if line.strip().startswith(f"{head} = "))
    chain = []
    for line in lines[start:]:
        if not line.strip():
            break
        chain.append(line.split("# ")[0].split(" = " if not chain else "= ", 1)[1].strip())
    return chain


class TestTheBestKnownExample:
    document = symbp.derive("mazur")

    def test_an_output_weight(self):
        assert chain_of(self.document, "dE_total/dw_5") == [
            "dE_o1/dout_o1 * dout_o1/dnet_o1 * dnet_o1/dw_5",
            "(2 * (1/2) * (target_o1 - out_o1) * (-1)) * (1/(1 + exp(-net_o1))) * (1 - 1/(1 + exp(-net_o1))) * out_h1",
            "(out_o1 - target_o1) * (1/(1 + exp(-net_o1))) * (1 - 1/(1 + exp(-net_o1))) * out_h1",
            "(out_o1 - target_o1) * out_o1 * (1 - out_o1) * out_h1",
            "(0.75136507 - 0.01) * 0.75136507 * (1 - 0.75136507) * 0.59326999",
            "0.082167041",
        ]

    def test_its_update(self):
        chain = chain_of(self.document, "w_5^+")
        assert chain[0] == "w_5 - eta * dE_total/dw_5"
        assert chain[-2:] == ["0.4 - 0.5 * 0.082167041", "0.35891648"]

    def test_a_hidden_output_is_a_sum_over_paths(self):
        chain = chain_of(self.document, "dE_total/dout_h1")
        assert chain[0] == "dE_o1/dout_h1 + dE_o2/dout_h1"
        assert chain[1] == "dE_o1/dnet_o1 * dnet_o1/dout_h1 + dE_o2/dnet_o2 * dnet_o2/dout_h1"
        assert chain[-2] == "0.055399425 - 0.019049118"
        assert chain[-1] == "0.036350306"

    def test_a_hidden_weight(self):
        chain = chain_of(self.document, "dE_total/dw_1")
        assert chain[0] == "dE_total/dout_h1 * dout_h1/dnet_h1 * dnet_h1/dw_1"
        assert chain[1] == "dE_total/dout_h1 * out_h1 * (1 - out_h1) * i_1"
        assert chain[-1] == "0.00043856773"

    def test_a_shared_bias_adds_its_units_up(self):
        assert chain_of(self.document, "dE_total/db_2")[0] == "dE_o1/db_2 + dE_o2/db_2"

    def test_values(self):
        found = self.document.derivation
        graph = found.graph
        weights, outs = graph.role("weight"), graph.role("out")
        assert printed(found.values[graph.output], 9) == "0.298371109"
        assert printed(found.values[Updated(weights[4])], 9) == "0.358916480"
        assert printed(found.values[Slope(graph.output, weights[0])], 6) == "0.000438568"
        assert printed(found.values[Path(outs[0], graph.users[outs[0]][0])], 6) == "0.0553994"


def test_only_what_is_asked_for():
    found = symbp.derive("mazur", wrt=["w_5", "b_1"]).derivation
    topics = [f"{e.topic} {e.subject}" for e in found.equations if e.topic in ("gradient", "shared")]
    assert topics == ["gradient weight_2_1_1", "shared out_1_1", "shared out_1_2", "gradient bias_1"]
    symbol = found.graph.role("weight")[4]
    assert symbp.derive("mazur", wrt=[symbol, "b_{1}"]).derivation.sections == found.sections


@pytest.mark.parametrize("spelt", ["w_5", "w_{5}", "w5", r"\text{w}_5"])
def test_names_however_they_are_typeset(spelt):
    [gradient] = [e for e in symbp.derive("mazur", wrt=spelt).derivation.equations if e.topic == "gradient"]
    assert str(gradient.subject) == "weight_2_1_1"


w, v, x, h, k, y, z = sympy.symbols("w v x h k y z", real=True)
GRAPHS = {
    "a chain": [(h, w * x), (y, sympy.tanh(h) ** 2)],
    "a shared weight": [(h, sympy.tanh(w * x)), (k, sympy.tanh(w * h)), (y, k**2)],
    "a weight in the output too": [(h, sympy.tanh(w * x)), (y, h**2 + w**2 / 2)],
    "a skip connection": [(h, sympy.tanh(w * x)), (k, v * h + x), (y, (k - h) ** 2)],
    "three steps of a recurrent unit": [
        (h, sympy.tanh(w * x)),
        (k, sympy.tanh(w * x + v * h)),
        (z, sympy.tanh(w * x + v * k)),
        (y, (z - 1) ** 2 / 2),
    ],
    "a softmax": [(h, sympy.exp(w)), (k, sympy.exp(v)), (z, h / (h + k)), (y, -sympy.log(z))],
    "a definition that nothing uses": [(h, w * x), (k, v * x), (y, h**2)],
}


@pytest.mark.parametrize("name", GRAPHS)
def test_graphs_made_by_hand(name):
    graph = symbp.Graph(GRAPHS[name])
    wanted = [symbol for symbol in (w, v) if graph.derivative(y, symbol) != 0]
    found = symbp.derive(graph, wrt=wanted)
    assert_every_link_holds(found.derivation, Point(graph, leaves(graph)))
    report = symbp.check(text=found.to_latex())
    assert not {link.verdict for link in report.links} & {"refuted", "unread"}


def test_names_of_a_users_own_graph():
    first, second = sympy.symbols("alpha_1 loss_value")
    text = symbp.derive(symbp.Graph([(second, first**2)])).to_latex()
    assert r"\alpha_1" in text


@pytest.mark.parametrize(
    ("wrt", "message"),
    [
        ("w_9", r"^the network has no 'w_9' in notation net-out; did you mean '\w+'\?$"),
        ("w_", r"^'w_' is no name: an index expected, found the end of the formula$"),
        ("w_1 + w_2", "^the network has no "),
    ],
)
def test_unknown_names_give_one_line(wrt, message):
    with pytest.raises(InputError, match=message):
        symbp.derive("mazur", wrt=wrt)


def test_what_cannot_be_derived_is_said():
    with pytest.raises(ImpossibleError, match="y does not depend on v"):
        symbp.derive(symbp.Graph([(h, v), (y, w**2)]), wrt=v)
    with pytest.raises(InputError, match="level 'units' is unknown; did you mean 'unit'"):
        symbp.derive("mazur", level="units")
    with pytest.raises(InputError, match="notation 'netout' is unknown; did you mean 'net-out'"):
        symbp.derive("mazur").to_latex("netout")


def test_a_value_that_does_not_exist_is_said():
    values = symbp.worked_values([[[1]]], [], [0], [0])
    network = symbp.mlp(1, 1, bias="none", values=values, loss="binary_cross_entropy")
    assert derivation(network).values[unit_graph(network).output].is_finite
    saturated = replace(network, values=symbp.worked_values([[["1e3"]]], [], [1], [0]))
    with pytest.raises(ImpossibleError, match="has no finite real value at"):
        derivation(saturated)


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (sympy.Rational(1, 3), 3, "0.333"),
        (sympy.Rational(2, 3), 5, "0.66667"),
        (sympy.Rational(1, 8), 3, "0.125"),
        (sympy.Rational(-1, 8), 3, "-0.125"),
        (sympy.Rational(1, 7) / 10**6, 3, "1.43e-7"),
        (sympy.Rational(10**9, 7), 3, "1.43e8"),
        (sympy.pi, 4, "3.142"),
        (sympy.Integer(0), 4, "0"),
    ],
)
def test_numbers_as_they_are_printed(number, digits, text):
    assert printed(number, digits) == text

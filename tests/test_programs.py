"""Programs: what is generated computes what the formulas say, for every network, and executes nothing else."""

import math
import os

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import Symbol

import symbp
from symbp.errors import ImpossibleError, InputError, UnsupportedError
from symbp.graphs import Graph, Quantity, unit_graph
from symbp.networks import ACTIVATIONS, LOSSES, activation, load, mlp, presets
from symbp.networks.losses import o as output_symbol
from symbp.networks.losses import t as target_symbol
from symbp.networks.network import BIASES
from symbp.programs import FORMS, Parameters, compile_network, worked_parameters
from symbp.programs.printer import ScalarPrinter
from symbp.programs.stable import FROM_NET, from_net, z
from symbp.training.initial import initial_parameters

erf = np.vectorize(math.erf)
erfc = np.vectorize(math.erfc)


def logistic(z):
    return 0.5 * (1 + np.tanh(z / 2))


def log1pexp(z):
    return np.logaddexp(0, z)


REFERENCE = {  # written apart from the catalogue
    "identity": lambda z: z,
    "sigmoid": logistic,
    "scaled_sigmoid": logistic,
    "hard_sigmoid": lambda z: np.clip((z + 3) / 6, 0, 1),
    "tanh": np.tanh,
    "hard_tanh": lambda z: np.clip(z, -1, 1),
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "relu6": lambda z: np.clip(z, 0, 6),
    "leaky_relu": lambda z: np.where(z > 0, z, z / 100),
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    "selu": lambda z: 1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * np.expm1(np.minimum(z, 0))),
    "gelu": lambda z: z * (erfc(-z / math.sqrt(2)) / 2),
    "gelu_tanh": lambda z: z * logistic(2 * math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)),
    "silu": lambda z: z * logistic(z),
    "mish": lambda z: z * np.tanh(log1pexp(z)),
    "softplus": log1pexp,
    "softsign": lambda z: z / (1 + np.abs(z)),
    "log_sigmoid": lambda z: -log1pexp(-z),
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True),
    "log_softmax": lambda z: z - np.log(np.exp(z).sum(axis=1, keepdims=True)),
}
REFERENCE_LOSS = {
    "half_squared_error": lambda t, o: ((t - o) ** 2).sum(axis=1) / 2,
    "squared_error": lambda t, o: ((t - o) ** 2).sum(axis=1),
    "mean_squared_error": lambda t, o: ((t - o) ** 2).mean(axis=1),
    "quadratic_cost": lambda t, o: ((t - o) ** 2).sum(axis=1) / 2,
    "mean_absolute_error": lambda t, o: np.abs(t - o).mean(axis=1),
    "huber": lambda t, o: np.where(np.abs(t - o) < 1, (t - o) ** 2 / 2, np.abs(t - o) - 0.5).sum(axis=1),
    "hinge": lambda t, o: np.maximum(0, 1 - t * o).sum(axis=1),
    "binary_cross_entropy": lambda t, o: -(t * np.log(o) + (1 - t) * np.log(1 - o)).sum(axis=1),
    "categorical_cross_entropy": lambda t, o: -(t * np.log(o)).sum(axis=1),
    "kl_divergence": lambda t, o: (t * np.log(t / o)).sum(axis=1),
}


def forward(net, P, X):
    """Return the outputs and how near any net input is to a kink."""
    out, nearest = np.asarray(X, float), np.inf
    for k, name in enumerate(net.activations):
        nets = out @ P.weights[k].T + (P.biases[k] if net.bias != "none" else 0.0)
        for kink in getattr(activation(name), "kinks", ()):
            nearest = min(nearest, np.abs(nets - kink).min())
        out = REFERENCE[name](nets)
    return out, nearest


@st.composite
def cases(draw):
    """A network, parameters and a batch, away from kinks and from saturated outputs."""
    loss = draw(st.sampled_from(sorted(LOSSES)))
    sizes = draw(st.lists(st.integers(1, 3), min_size=3, max_size=5))
    names = [draw(st.sampled_from(sorted(ACTIVATIONS))) for _ in sizes[1:]]
    names[-1] = "sigmoid" if LOSSES[loss].domain[0] == 0.0 else names[-1]
    net = mlp(*sizes, activation=names, loss=loss, bias=draw(st.sampled_from(BIASES)))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    layers = net.weight_layers
    P = Parameters(
        [random.uniform(-1, 1, (layer.units, layer.inputs)) for layer in layers],
        [random.uniform(-1, 1, net.bias_count(layer.units)) for layer in layers if net.bias != "none"],
    )
    count = draw(st.integers(1, 3))
    X, Y = random.uniform(-1, 1, (count, sizes[0])), random.uniform(0, 1, (count, sizes[-1]))
    outputs, nearest = forward(net, P, X)
    kinks = {"mean_absolute_error": outputs - Y, "hinge": 1 - outputs * Y}
    assume(nearest > 1e-3 and np.abs(kinks.get(loss, np.ones(1))).min() > 1e-3)
    return net, P, X, Y


def finite_differences(program, P, X, Y, step=1e-5):
    arrays = [*P.weights, *P.biases]
    found = []
    for k, array in enumerate(arrays):
        slope = np.zeros_like(array)
        for place in np.ndindex(array.shape):
            ends = []
            for sign in (1, -1):
                moved = [a.copy() for a in arrays]
                moved[k][place] += sign * step
                ends.append(program.loss(Parameters(moved[: len(P.weights)], moved[len(P.weights) :]), X, Y))
            slope[place] = (ends[0] - ends[1]) / (2 * step)
        found.append(slope)
    return found


@pytest.mark.parametrize("form", ["scalar", "array"])
@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_a_program_agrees_with_numpy_and_its_gradients_with_finite_differences(form, case):
    net, P, X, Y = case
    program = compile_network(net, form=form)
    outputs = forward(net, P, X)[0]
    np.testing.assert_allclose(program.outputs(P, X), outputs, rtol=1e-12, atol=1e-12)
    assert program.loss(P, X, Y) == pytest.approx(REFERENCE_LOSS[net.loss](Y, outputs).mean(), rel=1e-12)
    gradients = program.gradients(P, X, Y)
    arrays = [*gradients.weights, *gradients.biases]
    for found, expected in zip(arrays, finite_differences(program, P, X, Y), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("name", presets())
def test_every_form_agrees_with_numpy_on_every_preset(name, form):
    pytest.importorskip({"jit": "numba"}.get(form, form if form == "jax" else "numpy"))
    net = load(name)
    P, X = worked_parameters(net), [[float(number) for number in net.values.input]]
    program = compile_network(net, form=form)
    np.testing.assert_allclose(program.outputs(P, X), forward(net, P, X)[0], rtol=1e-13)
    assert program.form == form


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
@pytest.mark.parametrize("net_input", [-1e308, -800.0, -1.0, 0.0, 1.0, 800.0, 1e308])
def test_no_activation_overflows_or_warns(name, net_input):
    program = compile_network(mlp(1, 1, activation=name, bias="none"))
    out = program.outputs(Parameters([[[1.0]]]), [[net_input]])
    with np.errstate(over="ignore"):
        expected = float(REFERENCE[name](np.float64(net_input)))
    assert out[0, 0] == pytest.approx(expected, rel=1e-15, abs=1e-300)


@pytest.mark.parametrize(("net_input", "expected"), [(-800.0, 0.0), (800.0, 1.0), (0.0, 0.5), (-700.0, math.exp(-700))])
def test_sigmoid_is_exact_in_its_tails(net_input, expected):
    program = compile_network(mlp(1, 1, bias="none"))
    assert program.outputs(Parameters([[[1.0]]]), [[net_input]])[0, 0] == pytest.approx(expected, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("net_input", "target", "loss", "slope"),
    [(800.0, 0.0, 800.0, 1.0), (800.0, 1.0, 0.0, 0.0), (-800.0, 1.0, 800.0, -1.0), (0.0, 0.5, math.log(2), 0.0)],
)
def test_cross_entropy_of_a_saturated_output_is_finite(net_input, target, loss, slope):
    program = compile_network(mlp(1, 1, loss="binary_cross_entropy"))
    P = Parameters([[[1.0]]], [[0.0]])
    assert program.loss(P, [[net_input]], [[target]]) == pytest.approx(loss)
    assert program.gradients(P, [[net_input]], [[target]]).biases[0][0] == pytest.approx(slope)


@pytest.mark.parametrize("row", FROM_NET, ids=lambda row: f"{row.loss} of {row.activation}")
def test_a_loss_from_the_net_input_is_the_loss_of_the_output(row):
    row = from_net(ACTIVATIONS[row.activation], row.loss)
    out = ACTIVATIONS[row.activation].of(z)
    long = LOSSES[row.loss].formula.xreplace({output_symbol: out, target_symbol: sympy.Symbol("t", real=True)})
    slope = row.slope.xreplace({sympy.Symbol("o", real=True): out})
    for point in (-3, sympy.Rational(-1, 7), sympy.Rational(5, 3), 20):
        at = {z: point, sympy.Symbol("t", real=True): sympy.Rational(2, 7)}
        assert abs((row.formula - long).subs(at).evalf(60)) < 1e-45
        assert abs((slope - sympy.diff(long, z)).subs(at).evalf(60)) < 1e-45


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_stable_form_is_the_formula(name):
    record = ACTIVATIONS[name]
    symbol = Symbol("x", real=True)
    for point in (-2, sympy.Rational(1, 3), 5):
        assert abs((record.stable_of(symbol) - record.of(symbol)).subs(symbol, point).evalf(40)) < 1e-35


def test_a_huge_error_is_infinite_and_no_exception():
    program = compile_network(mlp(1, 1, activation="identity", bias="none"))
    assert program.loss(Parameters([[[1e200]]]), [[1.0]], [[0.0]]) == math.inf


def test_a_constant_gradient_keeps_its_shape():
    b, w, error = sympy.symbols("b w error", real=True)
    program = compile_network(Graph([(error, 3 * b + w)], {b: Quantity("bias", 1), w: Quantity("weight", 1)}))
    assert program.gradients({b: 1.0, w: 2.0}) == {b: 3.0, w: 1.0}


def test_a_graph_made_by_hand_is_compiled():
    w, x, t, net, y, loss = sympy.symbols("w x t net y loss")
    roles = {x: Quantity("input", 0, 1), t: Quantity("target", 1, 1), y: Quantity("out", 1, 1)}
    program = symbp.compile(Graph([(net, w * x), (y, 1 / (1 + sympy.exp(-net))), (loss, (t - y) ** 2)], roles))
    assert program.outputs({w: 0.0}, [[3.0], [-3.0]]).tolist() == [[0.5], [0.5]]
    assert program.loss({"w": 0.0}, [[3.0]], [[1.0]]) == 0.25
    assert program.gradients({"w": 0.0}, [[3.0]], [[1.0]]) == {"w": -0.75}
    assert program.outputs({w: 1.0}, [[-800.0]]).tolist() == [[0.0]]


def test_updates_are_simultaneous():
    a, b, y = sympy.symbols("a b y")
    after, history = compile_network(Graph([(y, a * b)])).descend({a: 2.0, b: 3.0}, lr=0.1, epochs=1, batch=1)
    assert after == pytest.approx({a: 1.7, b: 2.8})
    assert history == [pytest.approx(1.7 * 2.8)]


def test_two_symbols_of_one_name_stay_apart():
    one, other, y = Symbol("x"), Symbol("x", real=True), Symbol("y")
    assert compile_network(Graph([(y, one - 2 * other)])).loss({one: 5.0, other: 1.0}) == 3.0


def test_a_parameter_that_the_loss_does_not_need_has_gradient_0():
    w, unused, y, z_ = sympy.symbols("w unused y z")
    program = compile_network(Graph([(z_, unused * 2), (y, w**3)]))
    assert program.gradients({w: 2.0, unused: 1.0}) == {w: 12.0, unused: 0.0}


@pytest.mark.parametrize(
    "name",
    [
        "__import__('os').system('echo hi > FILE')",
        "x\n__import__('os').system('echo hi > FILE')",
        "x = open('FILE', 'w')",
        "exp",
        "lambda",
        "P",
        "P, samples=open('FILE','w')",
        "loss); open('FILE', 'w'",
        "é",
        "",
    ],
)
def test_a_name_is_never_executed(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    evil, y, out = Symbol(name), Symbol(name + "y"), Symbol("mean_loss")
    program = compile_network(Graph([(y, sympy.exp(evil)), (out, y**2)]))
    assert program.loss({evil: 0.5}) == pytest.approx(math.e)
    assert program.gradients({evil: 0.5})[evil] == pytest.approx(2 * math.e)
    assert "system(" not in program.source
    assert os.listdir() == []


@pytest.mark.parametrize(
    "expression",
    [
        sympy.Function("__import__('os').system")(Symbol("x")),
        sympy.gamma(Symbol("x")),
        sympy.I * Symbol("x"),
        sympy.Integral(Symbol("x"), Symbol("x")),
        sympy.zoo * Symbol("x"),
        sympy.Heaviside(Symbol("x", real=True)) ** 2 + sympy.DiracDelta(Symbol("x", real=True)),
    ],
)
def test_an_unknown_function_is_refused(expression):
    with pytest.raises(UnsupportedError, match="cannot be turned into code"):
        compile_network(Graph([(Symbol("y"), expression)]))


def test_a_derivative_that_is_not_a_function_is_refused():
    x = Symbol("x", real=True)
    with pytest.raises(UnsupportedError, match="cannot be turned into code"):
        compile_network(Graph([(Symbol("y"), sympy.Heaviside(x) * x**2)]))


def test_numbers_that_are_no_floats_are_refused():
    with pytest.raises(UnsupportedError, match="401 digits does not fit a float"):
        compile_network(Graph([(Symbol("y"), Symbol("x") + sympy.Integer(10) ** 400)]))


def test_a_pole_is_one_clear_error():
    x, y = sympy.symbols("x y")
    program = compile_network(Graph([(y, sympy.log(x) / x)]))
    with pytest.raises(ImpossibleError, match="no finite value at these numbers"):
        program.loss({x: 0.0})


def test_a_wide_layer_compiles():
    program = compile_network(mlp(1200, 1, activation="identity", bias="none"))
    P, X = Parameters([np.full((1, 1200), 0.5)]), np.ones((1, 1200))
    assert program.outputs(P, X).tolist() == [[600.0]]


def test_nested_squares_do_not_double_the_code():
    expression = Symbol("x", real=True)
    for _ in range(14):
        expression = (expression + 1) ** 2 / 8
    assert len(ScalarPrinter().doprint(expression)) < 1000


def test_the_source_is_a_module_that_runs_alone():
    net = load("mazur")
    program, P = compile_network(net), worked_parameters(net)
    alone = {}
    exec(program.source, alone)
    sample = [[0.05, 0.10]], [[0.01, 0.99]]
    assert alone["mean_loss"](program.layout.flatten(P).tolist(), *sample) == program.loss(P, *sample)
    assert "net_1_1 = bias_1 + input_1*weight_1_1_1 + input_2*weight_1_1_2" in program.source


def test_a_batch_is_the_mean_of_its_samples():
    net = mlp(2, 2, 1, activation="tanh")
    program, P = compile_network(net), initial_parameters(net, seed=3)
    X, Y = np.array([[1.0, 2.0], [0.5, -1.0], [0.0, 0.25]]), np.array([[1.0], [0.0], [0.5]])
    each = [program.gradients(P, X[k : k + 1], Y[k : k + 1]).weights[0] for k in range(3)]
    np.testing.assert_allclose(program.gradients(P, X, Y).weights[0], np.mean(each, axis=0), rtol=1e-14)


def test_what_is_no_network_is_named():
    with pytest.raises(InputError, match="a int is no network: give a Network, a preset or the path"):
        compile_network(3)
    assert compile_network("mazur").source == compile_network(load("mazur")).source


def test_outputs_that_depend_on_a_target_are_refused():
    w, t, y = sympy.symbols("w t y")
    with pytest.raises(UnsupportedError, match="the outputs depend on the target"):
        compile_network(Graph([(y, w * t)], {t: Quantity("target", 1, 1)}))


def test_the_unit_graph_of_a_network_keeps_its_names():
    program = compile_network(unit_graph(load("mazur")))
    flat = dict(zip(program.layout.symbols, worked_flat(), strict=True))
    assert program.loss(flat, [[0.05, 0.10]], [[0.01, 0.99]]) == pytest.approx(0.298371108760, abs=1e-12)
    assert "weight_1_1_1" in program.source


def worked_flat():
    net = load("mazur")
    return compile_network(net).layout.flatten(worked_parameters(net))


@pytest.mark.parametrize("weight", [-900.0, -1.0, 0.5, 900.0])
def test_a_sigmoid_inside_a_larger_formula_does_not_overflow(weight):
    w, v, b, y, loss = sympy.symbols("w v b y loss")
    inner = 1 / (1 + sympy.exp(-w - b))
    pairs = [(y, 1 / (1 + sympy.exp(-v * inner))), (loss, (1 - y) ** 2 + inner)]
    at = {w: weight, b: 0.25, v: weight}
    program = compile_network(Graph(pairs))
    s = REFERENCE["sigmoid"]
    hidden = s(weight + 0.25)
    assert program.loss(at) == pytest.approx((1 - s(weight * hidden)) ** 2 + hidden)
    assert np.isfinite(list(program.gradients(at).values())).all()
    exact = Graph(pairs).derivative(loss, w).subs(y, pairs[0][1]).subs({k: sympy.Float(x, 50) for k, x in at.items()})
    assert program.gradients(at)[w] == pytest.approx(float(exact), rel=1e-9, abs=1e-300)


def test_a_user_symbol_named_like_an_adjoint_is_kept_apart():
    w, mine, y = Symbol("weight_1", real=True), Symbol("adjoint_weight_1", real=True), Symbol("y")
    assert compile_network(Graph([(y, w * mine)])).gradients({w: 2.0, mine: 3.0}) == {w: 3.0, mine: 2.0}


def test_what_stands_several_times_is_computed_once():
    source = compile_network(mlp(2, 3, activation="softmax"), form="scalar").source
    outputs = source[source.index("def outputs") : source.index("def mean_gradients")]
    assert outputs.count("max(") == 1
    assert outputs.count("exp(") == 3


def test_the_case_that_is_not_taken_is_not_computed():
    source = compile_network(mlp(1, 2, activation="sigmoid", bias="none"), form="scalar").source
    assert "part_" not in source

"""The text that numba compiles, run as the Python that it is."""

import math
import sys
from types import ModuleType

import numpy as np
import pytest

from symbp.networks import mlp
from symbp.programs import Epochs, compile_network
from symbp.programs.jit_form import BLOCK, jit_source
from symbp.programs.layered import layered
from symbp.programs.rules import SGD
from symbp.training.optimisers import OPTIMISERS

SAMPLES = BLOCK + 6  # a whole block and a part of one


@pytest.fixture
def functions(monkeypatch):
    """Return a function that runs the text for a network, without numba."""
    numba = ModuleType("numba")
    numba.njit = lambda **options: lambda function: function
    monkeypatch.setitem(sys.modules, "numba", numba)

    def run(net, rule):
        found = {}
        exec(jit_source(layered(net), rule, "test"), found)
        return found

    return run


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "softmax"])
@pytest.mark.parametrize("loss", ["half_squared_error", "categorical_cross_entropy"])
def test_samples_side_by_side_give_what_whole_layers_give(functions, activation, loss):
    net = mlp(3, 4, 2, activation=[activation, "softmax"], loss=loss)
    run, program = functions(net, OPTIMISERS["momentum"]), compile_network(net, form="array")
    random = np.random.default_rng(3)
    X, Y = random.normal(size=(SAMPLES, 3)), random.dirichlet(np.ones(2), SAMPLES)
    flat = random.normal(size=net.parameter_count)
    found = np.empty_like(flat)
    run["mean_gradients"](flat, X, Y, found)
    np.testing.assert_allclose(
        run["outputs"](flat, X, np.empty((SAMPLES, 2))), program.engine.outputs(flat, X), rtol=1e-12
    )
    np.testing.assert_allclose(found, program.engine.gradients(flat, X, Y), rtol=1e-10, atol=1e-15)
    assert run["mean_loss"](flat, X, Y) == pytest.approx(program.engine.loss(flat, X, Y), rel=1e-12)


@pytest.mark.parametrize("batch", [9, SAMPLES])
@pytest.mark.parametrize("shuffled", [False, True])
def test_both_ways_of_training_give_what_whole_layers_give(functions, batch, shuffled):
    net = mlp(3, 4, 2)
    rule = OPTIMISERS["momentum"]
    run, program = functions(net, rule), compile_network(net, form="array", rule=rule)
    random = np.random.default_rng(4)
    X, Y = program.samples(random.normal(size=(SAMPLES, 3)), random.uniform(size=(SAMPLES, 2)))
    flat, rates = random.normal(size=net.parameter_count), np.full((2, 2), 0.1)
    orders = np.array([random.permutation(SAMPLES) for _ in rates]) if shuffled else None
    state, losses = program.run(program.start_flat(flat), Epochs(rates, batch, orders), X=X, Y=Y)
    for name in ("descend_by_sample", "descend_by_block"):
        own, memory, history = flat.copy(), np.zeros((1, len(flat))), np.zeros(2)
        given = (X, Y, np.empty((0, 0), int) if orders is None else orders, rates)
        assert run[name](own, memory, 0, *given, batch, history) == state.step
        np.testing.assert_allclose(own, state.flat, rtol=1e-12, err_msg=name)
        np.testing.assert_allclose(memory, state.memory, rtol=1e-10, err_msg=name)
        np.testing.assert_allclose(history, losses, rtol=1e-12, err_msg=name)


@pytest.mark.parametrize(
    ("name", "exact", "low", "high"), [("quick_exp", math.exp, 0.0, 1e307), ("quick_tanh", math.tanh, -1.0, 1.0)]
)
def test_functions_without_calls_are_right_to_two_units_in_the_last_place(functions, name, exact, low, high):
    quick = functions(mlp(2, 2, activation=name.removeprefix("quick_").replace("exp", "sigmoid")), SGD)[name]
    for x in [*np.linspace(-20, 20, 4001), *np.linspace(-700, 700, 701), 1e-300, -1e-8, 0.0]:
        assert abs(quick(x) - exact(x)) <= 2 * math.ulp(exact(x))
    assert quick(-1e300) == pytest.approx(low, abs=1e-300)
    assert quick(1e300) >= high


def test_the_way_forward_makes_no_arrays_for_the_way_back():
    net = mlp(4, 16, 3, activation=["tanh", "softmax"], loss="categorical_cross_entropy")
    text = jit_source(layered(net), SGD, "")
    loss, outputs = text[text.index("def mean_loss") : text.index("def mean_gradients")].split("def outputs")
    assert "adjoint" not in loss + outputs
    assert "out_2 = empty" not in loss  # the loss is taken from the net inputs
    assert "Y" not in outputs.partition('"""')[2]

"""A penalty of a network: the same loss, gradients and training in every form, and as finite differences say."""

from importlib.util import find_spec

import numpy as np
import pytest

import symbp
from symbp.cli import main
from symbp.errors import InputError
from symbp.networks import mlp, penalty
from symbp.programs import Epochs, check_gradients, compile_network, verify
from symbp.programs.forms import chosen
from symbp.programs.verifying import gradient_error, random_point
from symbp.training import OPTIMISERS

FORMS = ["array", *(["jit"] if find_spec("numba") else []), *(["jax"] if find_spec("jax") else [])]
PENALTIES = ["l1(factor=0.02)", "l2(factor=0.3)"]


def network(name, *, bias="unit"):
    return mlp(3, 6, 2, activation=["tanh", "sigmoid"], loss="mean_squared_error", bias=bias, penalty=name)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PENALTIES)
def test_every_form_has_the_penalty_of_the_unit_level(name, form):
    net = network(name)
    point = random_point(net, samples=7)
    one, other = compile_network(net, form="scalar"), compile_network(net, form=form)
    given = (point.parameters, point.X, point.Y)
    assert other.loss(*given) == pytest.approx(one.loss(*given), rel=1e-13)
    flat = one.layout.flatten(one.gradients(*given))
    np.testing.assert_allclose(other.layout.flatten(other.gradients(*given)), flat, rtol=1e-11, atol=1e-15)
    assert gradient_error(other, *given) < 1e-8
    cost = sum(float(penalty(name)[1]) * _size(name, weights) for weights in point.parameters.weights)
    bare = compile_network(mlp(3, 6, 2, activation=["tanh", "sigmoid"], loss="mean_squared_error"), form=form)
    assert other.loss(*given) - bare.loss(*given) == pytest.approx(cost, rel=1e-11)


def _size(name, weights):
    return np.abs(weights).sum() if name.startswith("l1") else (weights**2).sum() / 2


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rule", ["sgd", "adam"])
@pytest.mark.parametrize(("name", "batch"), [("l1(factor=0.02)", 1), ("l2(factor=0.3)", 3), ("l2(factor=0.3)", 20)])
def test_every_form_trains_to_the_same_weights_and_history(name, batch, rule, form):
    net = network(name, bias="shared")
    point = random_point(net, samples=20)
    results = []
    for kind in ("scalar", form):
        program = compile_network(net, form=kind, rule=OPTIMISERS[rule])
        epochs = Epochs(np.full((4, 2), 0.1), batch)
        state, history = program.run(program.start(point.parameters), epochs, X=point.X, Y=point.Y)
        results.append((state.flat, history))
    for found, expected in zip(results[1], results[0], strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_the_form_goes_by_size_with_a_penalty_too():
    assert chosen(mlp(2, 2, 1, penalty="l2"), None, "float64") == "scalar"
    assert chosen(mlp(64, 32, 10, penalty="l2"), None, "float64") == "array"


@pytest.mark.parametrize("name", PENALTIES)
def test_all_ways_to_the_gradients_agree(name):
    assert [way.name for way in verify(network(name)) if not way.right] == []


def test_a_penalty_that_is_forgotten_is_named():
    net = mlp(2, 3, activation="identity", penalty="l2(factor=0.1)")

    def forgotten(weights, biases, X, Y):
        delta = (X @ weights[0].T + biases[0] - Y) / len(X)
        return [delta.T @ X], [delta.sum(axis=0)]

    assert [m.sentence for m in check_gradients(forgotten, net)] == ["weights[0] lacks the derivative of the penalty"]


def test_a_network_file_with_a_penalty_is_trained_in_float32(tmp_path, capsys):
    (tmp_path / "n.toml").write_text(
        '[network]\nlayers = [3, 5, 2]\nactivation = "tanh"\npenalty = {name = "l2", factor = 0.1}\n'
    )
    point = random_point(mlp(3, 5, 2))
    np.savez(tmp_path / "d.npz", X=point.X, Y=point.Y)
    words = ["train", str(tmp_path / "n.toml"), str(tmp_path / "d.npz"), "--dtype", "float32", "--epochs", "5"]
    assert main([*words, "--quiet"]) == 0
    assert "+ l2(factor=0.1)" in capsys.readouterr().out


def test_a_penalty_pulls_weights_to_0():
    point = random_point(network("l2"))
    free, pulled = (
        symbp.train(network(name), point.X, point.Y, epochs=200, lr=0.1, form="array", progress=False)
        for name in ("l2(factor=0.0001)", "l2(factor=1)")
    )
    assert np.abs(pulled.parameters.weights[0]).max() < 0.01 < np.abs(free.parameters.weights[0]).max()


def test_a_penalty_that_is_unknown_is_named():
    with pytest.raises(InputError, match="penalty 'l3' is unknown"):
        mlp(2, 1, penalty="l3")

"""How good the answers for held samples are: said after training, and stored."""

import numpy as np
import pytest

import symbp
from symbp.networks import mlp
from symbp.training import load_fit, save_fit
from symbp.training.metrics import metrics

RANDOM = np.random.default_rng(3)
X = RANDOM.uniform(-1, 1, (40, 2))
WORDS = ["yes" if a > b else "no" for a, b in X]
CLASSES = mlp(2, 3, 2, activation=["tanh", "softmax"], loss="categorical_cross_entropy")


def test_the_accuracy_on_held_samples_is_said_and_stored(tmp_path):
    fit = symbp.train(CLASSES, X, WORDS, epochs=60, lr=1.0, validation=0.25, seed=2)
    order = np.random.default_rng([2, 2]).permutation(40)[:10]
    right = np.mean([fit.classify(X[[k]]) == [WORDS[k]] for k in order])
    assert fit.scores == {"accuracy": right}
    assert f"on held samples: accuracy {right:g}" in fit.report().splitlines()
    save_fit(fit, tmp_path / "f.npz")
    assert load_fit(tmp_path / "f.npz").report() == fit.report()


@pytest.mark.parametrize("form", ["scalar", "array"])
def test_the_errors_on_held_samples_are_in_the_units_of_the_data(form):
    Y = 500 + 100 * X[:, :1] - 30 * X[:, 1:]
    net = mlp(2, 3, 1, activation=["tanh", "identity"])
    options = {"epochs": 30, "validation": 0.25, "scale": "standard", "scale_targets": "standard", "form": form}
    fit = symbp.train(net, X, Y, lr=0.1, **options)
    order = np.sort(np.random.default_rng([0, 2]).permutation(40)[:10])
    expected = metrics(fit.predict(X[order]), Y[order], classes=False)
    assert fit.scores == {name: pytest.approx(number, rel=1e-9) for name, number in expected.items()}
    assert "on held samples: root mean squared error " in fit.report()


def test_without_held_samples_nothing_is_said_of_them():
    fit = symbp.train(CLASSES, X, WORDS, epochs=2)
    assert (fit.scores, "held" in fit.report()) == ({}, False)

"""Every activation with every loss: all levels give what finite differences give, and are finite at the edges."""

import numpy as np
import pytest
from evaluating import ByIndex, by_layers

import symbp
from symbp.errors import InputError
from symbp.networks import ACTIVATIONS, LOSSES, VECTOR_ACTIVATIONS
from symbp.programs.parameters import Parameters
from symbp.programs.verifying import _differences, random_point

ALL = [*ACTIVATIONS, *VECTOR_ACTIVATIONS]


def network_of(activation, loss, *sizes):
    """Return a network of one activation; where its outputs do not suit the loss, with another output layer."""
    try:
        return symbp.mlp(*sizes, activation=activation, loss=loss)
    except InputError:
        hidden = sizes if len(sizes) > 2 else (sizes[0], *sizes)
        return symbp.mlp(*hidden, activation=[activation, "sigmoid"], loss=loss)


def flat(arrays):
    return np.concatenate([array.ravel() for array in arrays])


def of_sample(point):
    """Return what a formula of one sample starts from: columns."""
    biases = [bias.reshape(-1, 1) for bias in point.parameters.biases]
    return (point.network, point.parameters.weights, biases), {"inputs": point.X.T, "targets": point.Y.T}


def errors(activation, loss):
    """Return how far the gradients of every level are from finite differences, relative to the largest."""
    point = random_point(network_of(activation, loss, 3, 3, 3), seed=5, samples=1)
    given, sample = of_sample(point)
    unit = symbp.compile(point.network, form="scalar").gradients(point.parameters, point.X, point.Y)
    ways = {
        "unit": flat([*unit.weights, *unit.biases]),
        "layer": flat(by_layers(*given, **sample)),
        "index": flat(ByIndex(*given, **sample).gradients()),
    }
    expected = _differences(point)
    return {name: np.abs(found - expected).max() / np.abs(expected).max() for name, found in ways.items()}


def edges(activation, loss, form):
    """Yield the net inputs, 0 and far from it, at which a loss or a gradient is not finite."""
    network = network_of(activation, loss, 2, 2)
    layers = len(network.activations)
    parameters = Parameters([np.eye(2)] * layers, [np.zeros(2)] * layers)
    program = symbp.compile(network, form=form)
    for sample in ([0.0, 0.0], [800.0, -800.0], [-800.0, 800.0], [800.0, 800.0], [-800.0, -800.0]):
        pair = np.array([sample]), np.array([[0.25, 0.75]])
        found = program.gradients(parameters, *pair)
        if not np.isfinite([program.loss(parameters, *pair), *flat([*found.weights, *found.biases])]).all():
            yield sample


@pytest.mark.parametrize("place", range(len(ALL)))
def test_all_levels_are_what_differences_give(place):
    loss = list(LOSSES)[place % len(LOSSES)]  # tests/benchmarks/every_pair.py goes through all pairs
    found = errors(ALL[place], loss)
    assert max(found.values()) < 1e-8, found


@pytest.mark.parametrize(
    ("activation", "loss", "form"),
    [
        *((name, "half_squared_error", form) for name in ALL for form in ("scalar", "array")),
        ("sigmoid", "binary_cross_entropy", "scalar"),
        ("sigmoid", "binary_cross_entropy", "array"),
        ("softmax", "categorical_cross_entropy", "array"),
        ("softmax", "kl_divergence", "array"),
        ("softmax", "binary_cross_entropy", "scalar"),
        ("softmax", "binary_cross_entropy", "array"),
    ],
)
def test_gradients_are_finite_at_the_edges(activation, loss, form):
    assert not list(edges(activation, loss, form))

"""Losses and gradients of outputs that are rounded to 0 or 1: taken from the net inputs."""

import math

import numpy as np
import pytest

import symbp
from symbp.programs import Parameters


@pytest.mark.parametrize("form", ["scalar", "array"])
@pytest.mark.parametrize("loss", ["categorical_cross_entropy", "kl_divergence"])
@pytest.mark.parametrize(
    ("activation", "scale", "expected", "slopes"),
    [
        ("softmax", 800.0, 1600.0, [1.0, -1.0, 0.0]),
        ("softmax", 0.0, math.log(3), [1 / 3, -2 / 3, 1 / 3]),
        ("sigmoid", 800.0, 800.0, [0.0, -1.0, 0.0]),
        ("sigmoid", 0.0, math.log(2), [0.0, -0.5, 0.0]),
        ("scaled_sigmoid(A=2, B=0.5)", 800.0, 1600 - math.log(2), [0.0, -2.0, 0.0]),
        ("softplus", 800.0, 800.0, [0.0, -1.0, 0.0]),
        ("softplus", 0.0, -math.log(math.log(2)), [0.0, -0.5 / math.log(2), 0.0]),
    ],
)
def test_a_class_as_the_target_meets_no_logarithm_of_nothing(activation, scale, expected, slopes, loss, form):
    """Both losses are minus the logarithm of the output of the right class: by hand, for nets of +-scale and 0."""
    net = symbp.mlp(1, 3, activation=activation, loss=loss)
    parameters = Parameters([scale * np.array([[1.0], [-1.0], [0.0]])], [np.zeros(3)])
    program = symbp.compile(net, form=form)
    assert program.loss(parameters, [[1.0]], [[0.0, 1.0, 0.0]]) == pytest.approx(expected, rel=1e-14)
    found = program.gradients(parameters, [[1.0]], [[0.0, 1.0, 0.0]]).biases[0]
    np.testing.assert_allclose(found, slopes, rtol=1e-14, atol=1e-300)


@pytest.mark.parametrize("form", ["scalar", "array"])
@pytest.mark.parametrize(
    ("nets", "expected", "slopes"),
    [
        ([800.0, -800.0, 0.0], 2400.0, [2.0, -1.0, -1.0]),
        ([-800.0, 800.0, 0.0], 0.0, [0.0, 0.0, 0.0]),
        ([0.0, 0.0, 0.0], math.log(3) + 2 * math.log(1.5), [0.5, -1.0, 0.5]),
        ([800.0, 800.0, 800.0], math.log(3) + 2 * math.log(1.5), [0.5, -1.0, 0.5]),
        ([800.0, 800.0, -800.0], math.log(4), [1.0, -1.0, 0.0]),
    ],
)
def test_all_units_of_a_softmax_in_a_binary_cross_entropy_meet_no_logarithm_of_nothing(nets, expected, slopes, form):
    """By hand: 1 - p of a unit is the share of the others, whose logarithm is that of the largest among them."""
    program = symbp.compile(symbp.mlp(1, 3, activation="softmax", loss="binary_cross_entropy"), form=form)
    parameters = Parameters([np.array(nets)[:, None]], [np.zeros(3)])
    assert program.loss(parameters, [[1.0]], [[0.0, 1.0, 0.0]]) == pytest.approx(expected, rel=1e-13)
    found = program.gradients(parameters, [[1.0]], [[0.0, 1.0, 0.0]]).biases[0]
    np.testing.assert_allclose(found, slopes, rtol=1e-14, atol=1e-300)

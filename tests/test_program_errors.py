"""Parameters, data and forms that do not fit a program are named."""

import math

import numpy as np
import pytest
from sympy import Symbol

from symbp.errors import InputError
from symbp.graphs import Graph
from symbp.networks import load
from symbp.programs import Parameters, compile_network

MAZUR = Parameters([np.eye(2), np.eye(2)], [[0.0], [0.0]])


@pytest.mark.parametrize(
    ("P", "X", "Y", "message"),
    [
        (MAZUR, [0.05, 0.1], [[0, 1]], r"X has shape \(2,\), \(n_samples, 2\) is needed: write \[X\] for one sample"),
        (MAZUR, [[1, 2, 3]], [[0, 1]], r"X has shape \(1, 3\), \(n_samples, 2\) is needed"),
        (MAZUR, [[1, 2]], [[0, 1], [0, 1]], "X has 1 samples, Y has 2"),
        (MAZUR, [[1, 2], [3]], [[0, 1]], "X is not an array of numbers"),
        (MAZUR, [["a", "b"]], [[0, 1]], "X holds <U1 values"),
        (MAZUR, [[1, 2j]], [[0, 1]], "X holds complex128 values"),
        (MAZUR, [[1, math.nan]], [[0, 1]], r"X\[0, 1\] is nan: every number must be finite"),
        (MAZUR, [[1, 2]], [[0, -math.inf]], r"Y\[0, 1\] is -inf"),
        (MAZUR, np.zeros((0, 2)), np.zeros((0, 2)), "X has no samples"),
        (MAZUR, None, [[0, 1]], r"X is missing: give an array of shape \(n_samples, 2\)"),
        (Parameters([np.eye(3)] * 2, [[0]] * 2), [[1, 2]], [[0, 1]], r"weights\[0\] has shape \(3, 3\), \(2, 2\)"),
        (Parameters([np.eye(2)] * 2), [[1, 2]], [[0, 1]], r"biases\[0\] has shape no entry"),
        (Parameters([np.eye(2)] * 3, [[0]] * 2), [[1, 2]], [[0, 1]], r"weights\[2\] is too many for 2-2-2"),
        ({"w": 1}, [[1, 2]], [[0, 1]], "parameters are a dict: give symbp.programs.Parameters"),
    ],
)
def test_what_does_not_fit_is_named(P, X, Y, message):
    with pytest.raises(InputError, match=message):
        compile_network(load("mazur")).loss(P, X, Y)


@pytest.mark.parametrize(
    ("P", "message"),
    [
        ({}, "parameter weight is missing"),
        ({"weight": 1, "wieght": 2}, "wieght is not a parameter; did you mean 'weight'?"),
        ({"weight": "one"}, "weight holds <U3 values"),
        ({"weight": math.inf}, "weight is inf: every number must be finite"),
    ],
)
def test_parameters_of_a_graph_are_checked(P, message):
    program = compile_network(Graph([(Symbol("y"), Symbol("weight") * 2)]))
    with pytest.raises(InputError, match=message):
        program.loss(P)


def test_a_form_that_is_not_known_is_named():
    with pytest.raises(
        InputError, match=r"form 'scalr' is unknown; did you mean 'scalar'\? \(known: scalar, jit, array, jax\)"
    ):
        compile_network(load("mazur"), form="scalr")

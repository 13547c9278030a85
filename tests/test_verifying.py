"""Verification: all ways to a gradient agree, and hand-written gradients with a known slip are named."""

import numpy as np
import pytest

from symbp import check_gradients, load, mlp
from symbp.cli import main
from symbp.errors import InputError
from symbp.networks import presets
from symbp.programs import verify

NET = mlp(3, 4, 4, 2, activation=["tanh", "sigmoid", "sigmoid"])
SLOPE = {"sigmoid": lambda o: o * (1 - o), "tanh": lambda o: 1 - o**2}


@pytest.mark.parametrize("name", presets())
def test_all_ways_agree_on_every_preset(name):
    ways = verify(load(name))
    assert all(way.right for way in ways)
    assert sum(way.difference is not None for way in ways) >= 6


def test_softmax_and_kinks():
    ways = {
        way.name: way for way in verify(mlp(3, 4, 3, activation=["relu", "softmax"], loss="categorical_cross_entropy"))
    }
    assert all(way.right for way in ways.values())
    assert ways["complex step"].remark == "Max in the loss: it is not analytic"
    assert ways["finite differences"].difference < 1e-8
    assert ways["LaTeX of the generated code"].difference < 1e-12


CHANGES = {
    "nan": lambda slope: slope * np.nan,
    "zero": lambda slope: slope * 0,
    "twice the mean": lambda slope: slope / 3,
    "columns": lambda slope: slope.reshape(-1, 1) if slope.ndim == 1 else slope,
}


def by_hand(slip):
    """Return backpropagation through NET with one slip."""

    def gradients(weights, biases, X, Y):
        outs = [X]
        for w, b, name in zip(weights, biases, NET.activations, strict=True):
            z = outs[-1] @ w.T + b
            outs.append(np.tanh(z) if name == "tanh" else 1 / (1 + np.exp(-z)))
        delta = (outs[-1] - Y) * (-1 if slip == "sign" else 2 if slip == "half" else 1)
        delta = delta / (1 if slip == "sum" else len(X))
        found, deltas = ([None] * 3, [None] * 3), None
        for k in (2, 1, 0):
            slope = SLOPE[NET.activations[k]](outs[k + 1])
            if k == 1 and slip == "missing":
                slope = 1.0
            if k == 1 and slip == "scalar":
                slope = slope.mean()
            if k == 1 and slip == "inner":
                slope = slope.sum(axis=1, keepdims=True)
            if k == 0 and slip == "sigmoid for tanh":
                slope = outs[1] * (1 - outs[1])
            if k == 1 and slip == "output":
                slope = SLOPE["sigmoid"](1 / (1 + np.exp(-outs[k + 1])))
            delta = delta * slope
            found[0][k], found[1][k] = delta.T @ outs[k], delta.sum(axis=0)
            deltas = delta.T if k == 1 else deltas
            delta = delta @ (weights[k].T if k == 1 and slip == "turned" else weights[k])
            if slip in CHANGES:
                found[0][k], found[1][k] = CHANGES[slip](found[0][k]), CHANGES[slip](found[1][k])
        if slip == "net inputs":
            found[0][1] = deltas @ np.arctanh(outs[1])
        if slip == "transposed":
            found[0][0], found[0][1] = found[0][0].T, found[0][1].T
        return found

    return gradients


@pytest.mark.parametrize(
    ("slip", "wrong", "sentence"),
    [
        ("none", 0, ""),
        ("sign", 6, "weights[0] has the wrong sign, as with target - output for output - target"),
        ("sum", 6, "weights[0] is 3 times too large: the sum over the samples is taken, not the mean"),
        ("half", 6, "weights[0] is twice too large: the factor 1/2 of the loss, or of its derivative, is lost"),
        ("missing", 4, "weights[0] lacks the derivative of the activation of layer 2"),
        ("scalar", 4, "weights[0] has one number where the derivative of the activation of layer 2 belongs, element"),
        (
            "output",
            4,
            "weights[0] takes the derivative of the activation of layer 2 at its output",
        ),
        (
            "inner",
            4,
            "weights[0] has one number where the derivative of the activation of layer 2 belongs, element by ",
        ),
        ("sigmoid for tanh", 2, "weights[0] takes the derivative of sigmoid for that of the activation of layer 1"),
        ("nan", 6, "weights[0] holds nan: what stands there is no number"),
        ("zero", 6, "weights[0] is 0 everywhere"),
        ("twice the mean", 6, "weights[0] is 3 times too small: the mean over the samples is taken twice"),
        ("columns", 3, "biases[0] has shape (4, 1), (4,) is needed: the numbers are right"),
        ("net inputs", 1, "weights[1] takes the net inputs of layer 1, not its outputs"),
        ("turned", 2, "weights[0] goes through the transposed weights 2"),
        ("transposed", 2, "weights[0] has shape (3, 4), (4, 3) is needed: it is transposed"),
    ],
)
def test_a_slip_is_named(slip, wrong, sentence):
    mismatches = check_gradients(by_hand(slip), NET)
    assert len(mismatches) == wrong
    assert not wrong or mismatches[0].sentence.startswith(sentence)
    if slip == "transposed":
        assert mismatches[1].sentence == "weights[1] is transposed"


def test_functions_that_fail_are_named():
    with pytest.raises(InputError, match=r"the gradient function failed in line \d+ of .*: ZeroDivisionError"):
        check_gradients(lambda weights, biases, X, Y: 1 / 0, NET)
    with pytest.raises(InputError, match=r"gave 2 arrays, 6 are needed: weights\[0\]"):
        check_gradients(lambda weights, biases, X, Y: ([weights[0]], [biases[0]]), NET)
    with pytest.raises(InputError, match=r"gave a NoneType: it is to return two lists, \(weights, biases\)"):
        check_gradients(lambda weights, biases, X, Y: None, NET)


def test_what_no_slip_explains_is_said():
    mismatches = check_gradients(lambda weights, biases, X, Y: ([w + 1 for w in weights], [b + 1 for b in biases]), NET)
    assert "no known slip gives these numbers" in mismatches[0].sentence


def test_the_command(tmp_path, capsys):
    assert main(["verify", "mazur"]) == 0
    *ways, last = capsys.readouterr().out.splitlines()
    assert ways[-1].startswith("LaTeX of the generated code")
    largest = max((way.split()[-1] for way in ways[1:] if way[-4:-2] == "e-"), key=float)
    assert last == f"largest difference {largest} of the largest gradient: all agree"
    (tmp_path / "mine.py").write_text(
        "def grads(weights, biases, X, Y):\n    return [w + 1 for w in weights], [b + 1 for b in biases]\n"
    )
    assert main(["verify", "mazur", "--against", f"{tmp_path}/mine.py:grads"]) == 1
    assert "weights[0] differs by" in capsys.readouterr().out
    (tmp_path / "beside.py").write_text("STEP = 1\n")
    (tmp_path / "importing.py").write_text(
        "import beside\n\ndef grads(weights, biases, X, Y):\n    return [w + beside.STEP for w in weights], biases\n"
    )
    assert main(["verify", "mazur", "--against", f"{tmp_path}/importing.py:grads"]) == 1
    capsys.readouterr()
    (tmp_path / "ending.py").write_text("import sys\nsys.exit(3)\n")
    for place, message in (
        (f"{tmp_path}/ending.py:f", "ending.py: it fails when it is run (SystemExit: 3)"),
        ("mine.py", "--against mine.py: write FILE.py:FUNCTION"),
        (f"{tmp_path}/no.py:f", "no.py: cannot be read"),
        (f"{tmp_path}/mine.py:f", "there is no function 'f' in it"),
    ):
        assert main(["verify", "mazur", "--against", place]) == 2
        assert message in capsys.readouterr().err

"""Exports: each file runs without symbp and trains to the same parameters."""

import shutil
import subprocess
from importlib.util import find_spec

import numpy as np
import pytest

from symbp.cli import main
from symbp.errors import InputError
from symbp.networks import load, mlp
from symbp.programs import TARGETS, compile_network, export
from symbp.training import initial_parameters, load_fit

NETS = (
    mlp(3, 4, 2, activation=["tanh", "sigmoid"]),
    mlp(2, 5, 3, 1, activation=["relu", "identity", "sigmoid"], loss="binary_cross_entropy", bias="shared"),
    mlp(3, 2, activation="identity", loss="mean_squared_error", bias="none"),
    mlp(3, 4, 3, activation=["softmax", "softmax"], loss="categorical_cross_entropy"),
    mlp(3, 4, 2, activation=["leaky_relu(alpha=0.2)", "log_softmax"], loss="huber(delta=0.5)"),
    mlp(3, 4, 2, activation=["tanh", "identity"], loss="mean_squared_error", penalty="l2(factor=0.05)"),
    mlp(3, 4, 2, activation=["relu", "softmax"], loss="categorical_cross_entropy", bias="none", penalty="l1"),
)
LIBRARY = {"numpy": "numpy", "jax": "jax", "torch": "torch"}


def trained(net, X, Y):
    program = compile_network(net, form="array")
    P, _ = program.descend(initial_parameters(net, seed=1), X, Y, lr=0.3, epochs=7, batch=4)
    return program.layout.flatten(P), program.loss(P, X, Y)


def data(net):
    random = np.random.default_rng(3)
    return random.normal(size=(10, net.layers[0])), random.uniform(size=(10, net.layers[-1]))


@pytest.mark.parametrize("net", NETS, ids=str)
@pytest.mark.parametrize("target", LIBRARY)
def test_a_library_export_runs_alone(target, net):
    if not find_spec(LIBRARY[target]):
        pytest.skip(f"{target} is not installed")
    X, Y = data(net)
    text = export(net, target, initial_parameters(net, seed=1))
    assert "import symbp" not in text
    module = {}
    exec(compile(text, "exported", "exec"), module)
    if target == "torch":
        X, Y = module["torch"].from_numpy(X), module["torch"].from_numpy(Y)
    found = module["train"](module["PARAMETERS"], X, Y, 0.3, 7, 4)
    expected, loss = trained(net, np.asarray(X), np.asarray(Y))
    np.testing.assert_allclose(np.concatenate([np.asarray(p).ravel() for p in found]), expected, rtol=1e-11, atol=1e-14)
    assert float(module["loss"](found, X, Y)) == pytest.approx(loss, rel=1e-11)
    assert module["outputs"](found, X).shape == (10, net.layers[-1])


@pytest.mark.skipif(not shutil.which("cc"), reason="there is no C compiler")
@pytest.mark.parametrize("net", NETS, ids=str)
def test_a_c_export_runs_alone(net, tmp_path):
    X, Y = data(net)
    (tmp_path / "net.c").write_text(export(net, "c", initial_parameters(net, seed=1)))
    flags = ["-O1", "-Wall", "-Wextra", "-Werror", "-fsanitize=undefined"]
    subprocess.run(["cc", *flags, "net.c", "-lm", "-o", "net"], cwd=tmp_path, check=True, timeout=60)
    rows = "".join(",".join(map(repr, row)) + "\n" for row in np.hstack([X, Y]).tolist())
    shown = subprocess.run(
        ["./net", "7", "0.3", "4"], cwd=tmp_path, input=rows, capture_output=True, text=True, check=True, timeout=60
    )
    loss, *found = map(float, shown.stdout.split())
    expected, expected_loss = trained(net, X, Y)
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-14)
    assert loss == pytest.approx(expected_loss, rel=1e-11)
    wrong = subprocess.run(["./net", "1", "1"], cwd=tmp_path, input="1,2", capture_output=True, text=True, timeout=60)
    assert (wrong.returncode, wrong.stderr) == (2, f"2 numbers: a sample has {len(X[0]) + len(Y[0])}\n")
    for words in (["1", "fast"], ["1", "0.1", "-5"], ["1", "0.1", "0"], ["many", "0.1"]):
        wrong = subprocess.run(["./net", *words], cwd=tmp_path, input=rows, capture_output=True, text=True, timeout=60)
        assert (wrong.returncode, wrong.stderr[:6]) == (2, "usage:")


def test_the_command(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for target in set(TARGETS) - {"latex"}:
        assert main(["export", "mazur", "--to", target]) == 0
        assert "0.15" in capsys.readouterr().out
    assert main(["export", "mazur", "--to", "latex"]) == 0
    assert capsys.readouterr().out.count("&=") == 29
    assert main(["train", "mazur", "--epochs", "3", "-o", "fit.npz"]) == 0
    assert main(["export", "fit.npz", "--to", "numpy", "-o", "fit.py"]) == 0
    assert "np.array" in (tmp_path / "fit.py").read_text()
    capsys.readouterr()
    assert main(["export", "mazur", "--to", "fortran"]) == 2
    assert "target 'fortran' is unknown (known: numpy, jax, torch, c, latex)" in capsys.readouterr().err


def test_a_scaled_network_is_exported_with_its_scaling(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = np.random.default_rng(2).uniform(50, 90, (12, 3)).round(3)
    (tmp_path / "d.csv").write_text("".join(",".join(map(str, row)) + "\n" for row in rows.tolist()))
    more = ["--epochs", "20", "--scale", "standard", "--scale-targets", "minmax", "--quiet", "-o", "fit.npz"]
    assert main(["train", "2-3-1", "d.csv", "--activation", "tanh,identity", *more]) == 0
    assert main(["export", "fit.npz", "--to", "numpy", "-o", "fit.py"]) == 0
    module = {}
    exec(compile((tmp_path / "fit.py").read_text(), "exported", "exec"), module)
    found = module["outputs"](module["PARAMETERS"], rows[:, :2])
    np.testing.assert_allclose(found, load_fit("fit.npz").predict(rows[:, :2]), rtol=1e-12)
    for words, message in (
        (["--activation", "tanh,sigmoid"], "fit.npz: scaled targets behind 'sigmoid': train without --scale-targets"),
        (["--activation", "identity", "--bias", "shared"], "fit.npz: the scaling needs a bias for each unit, not bias"),
    ):
        assert main(["train", "2-3-1", "d.csv", *words, *more]) == 0
        assert main(["export", "fit.npz", "--to", "c"]) == 2
        assert message in capsys.readouterr().err


def test_sizes_are_a_network_for_every_command(capsys):
    for words in (["export", "2-3-1", "--to", "c"], ["verify", "2-3-1"]):
        assert main([*words, "--activation", "tanh,sigmoid"]) == 0
        assert "2-3-1 tanh, sigmoid" in capsys.readouterr().out
    assert main(["verify", "mazur", "--activation", "tanh"]) == 2
    assert "--activation is for a network of sizes such as 2-4-1: mazur has its own" in capsys.readouterr().err


def test_what_cannot_be_exported_is_named():
    with pytest.raises(InputError, match="at most 200000 are written into a file"):
        export(mlp(1000, 1000), "c", initial_parameters(load("mazur"), seed=0))

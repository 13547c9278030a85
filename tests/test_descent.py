"""Descent: every optimiser in every form is its formula; endings, checkpoints and data keep what they promise."""

import os
import tracemalloc
from importlib.util import find_spec

import numpy as np
import pytest
import sympy

import symbp
from symbp.cli import main
from symbp.errors import ImpossibleError, InputError
from symbp.networks import load, mlp
from symbp.programs import Epochs, compile_network
from symbp.programs.rules import g, p, rate, t
from symbp.training import (
    INITIALISERS,
    OPTIMISERS,
    SCALINGS,
    SCHEDULES,
    Columns,
    DivergenceError,
    hidden_size,
    load_fit,
    loop,
    read_samples,
    save_fit,
)
from symbp.training.initial import initial_parameters
from symbp.training.optimisers import optimiser
from symbp.training.scaling import scaler
from symbp.training.schedules import schedule

NET = mlp(3, 4, 2, activation=["tanh", "sigmoid"])
RANDOM = np.random.default_rng(5)
X, Y = RANDOM.normal(size=(10, 3)), RANDOM.uniform(size=(10, 2))
FORMS = ["scalar", "array", *(["jit"] if find_spec("numba") else [])]


def by_formula(rule, *, steps, lr, l1=0.0, l2=0.0):
    """Follow the formulas of a rule in high precision; the slopes come from the scalar form."""
    program = compile_network(NET, form="scalar")
    flat = program.layout.flatten(initial_parameters(NET, seed=1)).tolist()
    weights = 20
    memory = [{s: sympy.Float(0, 30) for s in rule.states} for _ in flat]
    constants = {symbol: sympy.Float(number, 30) for symbol, number in rule.constants.items()}
    for step in range(1, steps + 1):
        slopes = program.engine.gradients(np.array([float(w) for w in flat]), X, Y)
        for k, (w, slope) in enumerate(zip(flat, slopes, strict=True)):
            slope = float(slope) + (l1 * np.sign(float(w)) + l2 * float(w)) * (k < weights)
            at = {p: w, g: slope, rate: lr, t: step, **constants, **memory[k]}
            for symbol, new in rule.states.items():
                at[symbol] = memory[k][symbol] = new.subs(at).evalf(30)
            flat[k] = rule.update.subs(at).evalf(30)
    return np.array([float(w) for w in flat])


RULES = [*((name, 0.0, 0.0) for name in OPTIMISERS), ("sgd", 0.01, 0.1), ("adam", 0.01, 0.1)]
CASES = [(*rule, form) for rule in RULES for form in FORMS if form != "jit" or rule == RULES[-1]]


@pytest.mark.parametrize(("name", "l1", "l2", "form"), CASES)
def test_an_optimiser_is_its_formula_in_every_form(name, l1, l2, form):
    fit = symbp.train(NET, X, Y, epochs=3, lr=0.05, optimizer=name, l1=l1, l2=l2, seed=1, form=form)
    expected = by_formula(OPTIMISERS[name], steps=3, lr=0.05, l1=l1, l2=l2)
    np.testing.assert_allclose(fit.program.layout.flatten(fit.parameters), expected, rtol=1e-12, atol=1e-15)
    assert fit.program.form == form


@pytest.mark.parametrize(
    "options",
    [
        {"batch": 1},
        {"batch": 3, "shuffle": True},
        {"batch": 4, "optimizer": "adam"},
        {"lr_biases": 0.0},
        {"lr_biases": 0.3, "schedule": "cosine"},
        {"fixed_biases": True, "l2": 0.1},
    ],
)
def test_the_forms_agree(options):
    forms = FORMS if "schedule" in options else FORMS[:2]  # compiling takes seconds
    fits = [symbp.train(NET, X, Y, epochs=20, seed=3, lr=0.2, form=form, **options) for form in forms]
    for fit in fits[1:]:
        for one, other in zip(
            [*fit.parameters.weights, *fit.parameters.biases],
            [*fits[0].parameters.weights, *fits[0].parameters.biases],
            strict=True,
        ):
            np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(fit.history, fits[0].history, rtol=1e-12)


def test_float32_is_near():
    wide, narrow = (symbp.train(NET, X, Y, epochs=50, lr=0.2, form="array", dtype=d) for d in ("float64", "float32"))
    assert narrow.program.engine.outputs(narrow.program.start(narrow.parameters).flat, X.astype("f4")).dtype == "f4"
    np.testing.assert_allclose(narrow.parameters.weights[0], wide.parameters.weights[0], rtol=1e-4, atol=1e-5)


def test_known_constants_and_penalties_are_checked():
    assert optimiser("adam:beta_1=0.5").formulas(weight=True)[0][1].coeff(g) == 0.5
    for spelling, message in (
        ("adan", "optimizer 'adan' is unknown; did you mean 'adam'"),
        ("sgd:x=1", "optimizer 'sgd' has no constant 'x': it has none"),
        ("adam:beta_1=1.5", "beta_1 = 1.5 of optimizer 'adam' is out of its range"),
        ("adam:beta_1=x", "beta_1 of optimizer 'adam': 'x' is not a finite number"),
    ):
        with pytest.raises(InputError, match=message):
            optimiser(spelling)
    with pytest.raises(InputError, match="l2 = -1: give a finite number of at least 0"):
        symbp.train(NET, X, Y, l2=-1)


def test_schedules():
    assert schedule("constant").factors(0, 3, total=3).tolist() == [1, 1, 1]
    assert schedule("exponential:factor=0.5").factors(1, 3, total=3).tolist() == [0.5, 0.25]
    assert schedule("inverse:factor=1").factors(0, 2, total=3).tolist() == [1, 0.5]
    assert schedule("cosine").factors(0, 3, total=4) == pytest.approx([1, (1 + 0.5**0.5) / 2, 0.5])
    for every in (3, 30, 49):  # 1/3 and the like are no decimals
        steps = schedule(f"step:every={every}").factors(0, 5 * every, total=5 * every)
        assert steps.tolist() == [0.5 ** (epoch // every) for epoch in range(5 * every)]
    assert all(schedule(name).factors(0, 1, total=9)[0] == 1 for name in SCHEDULES)
    with pytest.raises(InputError, match="every = 0 of schedule 'step': give a number above 0"):
        schedule("step:every=0")


@pytest.mark.parametrize("name", INITIALISERS)
def test_initialisers(name):
    weights = initial_parameters(mlp(200, 100), seed=0, init=name).weights[0]
    spread = {"zeros": 0.0, "uniform": 1 / 3**0.5, "xavier": (2 / 300) ** 0.5, "he": 0.1}[name]
    assert weights.std() == pytest.approx(spread, rel=0.02)
    assert hidden_size(2, 1, a=2) == 4


@pytest.mark.parametrize("name", SCALINGS)
def test_scaling_survives_constant_columns_and_is_stored(name, tmp_path):
    data = np.column_stack([X, np.full(10, 7.0)])
    assert np.isfinite(scaler(name, data).apply(data)).all()
    net = mlp(4, 1, activation="identity")
    fit = symbp.train(net, data, 1000 * X[:, :1] + 5, epochs=2000, lr=0.3, scale=name, scale_targets=name)
    np.testing.assert_allclose(fit.predict(data), 1000 * X[:, :1] + 5, atol=60)
    save_fit(fit, tmp_path / "f.npz")
    assert load_fit(tmp_path / "f.npz").predict(data).tolist() == fit.predict(data).tolist()
    assert fit.metrics(data, 1000 * X[:, :1] + 5)["r squared"] > 0.99


def test_endings():
    fit = symbp.train(load("mazur"), epochs=5000, stop_below=0.01)
    assert fit.history[-1] < 0.01 <= fit.history[-2]
    assert fit.report().endswith("stopped: the loss is below 0.01")
    assert (
        symbp.train(load("mazur"), epochs=fit.epochs).parameters.weights[0].tolist()
        == fit.parameters.weights[0].tolist()
    )
    assert "time limit" in symbp.train(NET, X, Y, epochs=10**9, time_limit=0.2).stopped
    held = symbp.train(NET, X, Y, epochs=3000, lr=2.0, validation=0.4, patience=5)
    assert held.stopped == f"the loss on held samples was least after epoch {held.best}"
    assert held.held[held.best - 1] == min(held.held)
    assert held.samples == 6


@pytest.mark.parametrize("options", [{"lr": 1e300}, {"lr": 1e9, "optimizer": "momentum"}])
def test_an_overflow_names_update_and_layer(options):
    with pytest.raises(
        DivergenceError, match=r"in epoch 1 \(update 1, in the weights of layer 1\): use a smaller"
    ) as caught:
        symbp.train(mlp(2, 2, activation="identity"), [[1e150, 2.0]], [[1.0, 2.0]], epochs=3, **options)
    assert caught.value.fit.epochs == 0
    assert "or scale the inputs (the largest number is 1e+150)" in str(caught.value)


RESUMED = {
    "batch": 3,
    "shuffle": True,
    "optimizer": "adam",
    "lr": 0.01,
    "seed": 8,
    "validation": 0.2,
    "progress": False,
}


@pytest.mark.parametrize("form", FORMS)
def test_a_resumed_training_is_the_same_bit_for_bit(form, tmp_path):
    whole = symbp.train(NET, X, Y, epochs=40, form=form, **RESUMED)
    path = tmp_path / "c.npz"
    symbp.train(NET, X, Y, epochs=13, form=form, checkpoint=path, **RESUMED)
    again = symbp.train(NET, X, Y, epochs=40, checkpoint=path, resume=True, **RESUMED)
    assert again.history == whole.history
    assert again.held == whole.held
    assert [w.tolist() for w in again.parameters.weights] == [w.tolist() for w in whole.parameters.weights]
    assert load_fit(path).history == whole.history


def test_a_checkpoint_of_something_else_is_refused(tmp_path):
    path = tmp_path / "c.npz"
    symbp.train(NET, X, Y, epochs=2, checkpoint=path, **RESUMED)
    for net, data, options, message in (
        (mlp(3, 5, 2), (X, Y), {}, r"c.npz: a checkpoint of another network \(3-4-2, not 3-5-2"),
        (NET, (X + 1, Y), {}, "c.npz: it was trained on other data"),
        (NET, (X, Y), {"lr": 0.5}, "c.npz: it was trained with lr = 0.01, not 0.5"),
        (NET, (X, Y), {"optimizer": "sgd"}, "c.npz: it was trained with optimizer"),
    ):
        with pytest.raises(InputError, match=message):
            symbp.train(net, *data, epochs=4, checkpoint=path, resume=True, **(RESUMED | options))
    save_fit(symbp.train(NET, X, Y, epochs=1), path)
    with pytest.raises(InputError, match=r"c.npz: not a checkpoint that symbp wrote"):
        symbp.train(NET, X, Y, checkpoint=path, resume=True)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InputError, match=r"c.npz: not an .npz archive"):
        symbp.train(NET, X, Y, checkpoint=path, resume=True)
    with pytest.raises(InputError, match="resume needs the name of the checkpoint"):
        symbp.train(NET, X, Y, resume=True)


def test_a_full_disk_loses_nothing(tmp_path, monkeypatch):
    path = tmp_path / "c.npz"
    symbp.train(NET, X, Y, epochs=2, checkpoint=path)
    before = path.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"c.npz: cannot be written \(No space left on device\)"):
        symbp.train(NET, X, Y, epochs=4, checkpoint=path)
    assert path.read_bytes() == before


def test_ctrl_c_saves(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    np.savez("d.npz", X=X, Y=Y)
    whole, calls = loop._epochs, []

    def interrupted(task, progress, count):
        calls.append(whole(task, progress, count))
        progress.state.flat[0] = 99.0  # half rewritten
        if len(calls) == 3:
            raise KeyboardInterrupt
        return calls[-1]

    monkeypatch.setattr(loop, "_epochs", interrupted)
    words = [
        "train",
        "3-4-2",
        "d.npz",
        "--epochs",
        "9000",
        "--validation",
        "0.2",
        "--checkpoint",
        "c.npz",
        "-o",
        "f.npz",
    ]
    assert main(words) == 130
    assert "stopped: interrupted after epoch 2" in capsys.readouterr().out
    assert load_fit("c.npz").history == load_fit("f.npz").history
    assert load_fit("c.npz").epochs == 2


IRIS = "a,b,kind\n1,0,cat\n0,1,dog\n1,0.5,cat\n0,,dog\n0.2,1,cow\n"


def test_classes_by_name_and_missing_values(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.csv").write_text(IRIS)
    with pytest.raises(InputError, match=r"line 5, column 2 \(b\): the value is missing \(''\)"):
        read_samples("d.csv", mlp(2, 3))
    found = read_samples("d.csv", mlp(2, 3), Columns(("a", "b"), ("kind",), "drop"))
    assert (found.dropped, found.codec.classes, found.codec.features) == (1, ("cat", "cow", "dog"), ("a", "b"))
    assert found.Y.tolist() == [[1, 0, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]]
    assert (
        main(
            [
                "train",
                "2-3",
                "d.csv",
                "--missing",
                "drop",
                "--epochs",
                "300",
                "--lr",
                "3",
                "--batch",
                "9",
                "-o",
                "f.npz",
                "--quiet",
            ]
        )
        == 0
    )
    shown = capsys.readouterr()
    assert "1 row with missing values left out" in shown.out
    assert shown.err == "symbp: a batch of 9 is more than the 4 samples: all are taken\n"
    (tmp_path / "new.csv").write_text("b,kind,a\n0.4,cat,1\n1,cow,0.2\n")
    assert main(["predict", "f.npz", "new.csv"]) == 0
    assert capsys.readouterr().out == "cat\ncow\n"
    assert main(["predict", "f.npz", "new.csv", "--score"]) == 0
    assert capsys.readouterr().out == "accuracy,1.0\n"
    assert main(["predict", "f.npz", "new.csv", "--outputs"]) == 0
    assert len(capsys.readouterr().out.split(",")) == 5


@pytest.mark.parametrize(
    ("net", "labels", "message"),
    [
        (mlp(1, 2), ["a", "a"], "Y has one class only"),
        (
            mlp(1, 2),
            ["a", "b", "c"],
            r"Y has 3 classes \('a', 'b', 'c'\), the network has 2 outputs: its last layer needs 3",
        ),
        (mlp(1, 1), ["a", "b", "c"], "the network has 1 output: its last layer needs 3"),
    ],
)
def test_classes_that_do_not_fit(net, labels, message):
    with pytest.raises(InputError, match=message):
        symbp.train(net, np.ones((len(labels), 1)), np.array(labels))


def test_labels_of_an_array_are_classes():
    fit = symbp.train(mlp(1, 1), [[0.0], [1.0]], np.array(["no", "yes"]), epochs=500, lr=5.0)
    assert fit.classify([[0.0], [1.0]]) == ["no", "yes"]
    with pytest.raises(InputError, match="trained on numbers, not on classes"):
        symbp.train(mlp(1, 1), [[0.0]], [[1.0]], epochs=1).classify([[0.0]])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("train 2-1 --epochs 1", "2-1 sigmoid, half_squared_error, unit biases has no worked values"),
        ("train mazur --loss half_squared_error", "--loss is for a network of sizes such as 2-4-1"),
        ("train mazur --plot loss.jpg", "loss.jpg: a picture is .svg, .png, .pdf"),
        ("train mazur --patience 3", "patience needs samples to validate on"),
        ("train mazur --validation 0.5", "holds 0 back: give more"),
        ("train mazur --init hee", "initialiser 'hee' is unknown; did you mean 'he'"),
        ("train mazur --scale max", "scaling 'max' is unknown"),
        ("train mazur --form scalar --dtype float32", "form 'scalar' computes in float64 only"),
        ("train mazur --dtype float16", "dtype 'float16' is unknown"),
        ("train mazur --lr 1e300", "is not finite in epoch 1 (update 1, in the weights of layer"),
        ("train mazur --lr-biases -1", "lr_biases = -1.0: give a finite number of at least 0"),
        ("train mazur --checkpoint c.txt", "c.txt: a trained network is stored as .npz"),
    ],
)  # fmt: skip
def test_bad_words_are_one_clear_line(words, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(words.split()) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.skipif(not find_spec("matplotlib"), reason="the extra plot is not installed")
def test_a_plot(tmp_path, capsys):
    path = tmp_path / "loss.svg"
    assert main(["train", "mazur", "--epochs", "5", "--plot", str(path)]) == 0
    assert path.read_text().lstrip().startswith("<?xml")
    assert "after 5 updates" in capsys.readouterr().out


def test_gradients_are_checked_on_request(monkeypatch):
    assert symbp.train(NET, X, Y, epochs=1, check_gradients=True).epochs == 1
    monkeypatch.setattr("symbp.training.front.gradient_error", lambda *_: 0.5)
    with pytest.raises(ImpossibleError, match=r"the gradients differ from differences of the loss by 0\.5 of"):
        symbp.train(NET, X, Y, epochs=1, check_gradients=True)


def test_memory_does_not_grow_over_steps():
    net = mlp(40, 60, 10)
    program = compile_network(net, form="array")
    X, Y = program.samples(RANDOM.normal(size=(64, 40)), RANDOM.uniform(size=(64, 10)))
    state, epochs = program.start(initial_parameters(net, seed=0)), Epochs(np.full((50, 2), 0.1), 16)
    program.run(state, epochs, X=X, Y=Y, history=False)
    tracemalloc.start()
    program.run(state, epochs, X=X, Y=Y, history=False)
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2.5 * (state.flat.nbytes + 16 * (60 + 10) * 8 + 60 * 40 * 8)
    assert now < 20_000

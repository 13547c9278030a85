"""Training: the same numbers as a plain NumPy loop, clear words for wrong data, files that stay whole."""

import os
import stat
import zipfile

import numpy as np
import pytest

import symbp
from symbp.atomic import write_file
from symbp.cli import main
from symbp.errors import InputError, SymbpError
from symbp.networks import load, mlp
from symbp.programs import Parameters
from symbp.training import DivergenceError, load_fit, read_inputs, read_samples, save_fit
from symbp.training.fit import digits
from symbp.training.initial import initial_parameters

SLOPES = {"sigmoid": lambda o: o * (1 - o), "tanh": lambda o: 1 - o**2, "identity": np.ones_like}
OUTS = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh, "identity": lambda z: z}


def plain_numpy(net, start, X, Y, *, epochs, batch, lr, fixed_biases=False):
    """Backpropagation written by hand, half squared error."""
    weights, biases = [w.copy() for w in start.weights], [b.copy() for b in start.biases]
    for _ in range(epochs):
        for k in range(0, len(X), batch):
            outs = [X[k : k + batch]]
            for layer, name in enumerate(net.activations):
                outs.append(OUTS[name](outs[-1] @ weights[layer].T + (biases[layer] if biases else 0)))
            delta = (outs[-1] - Y[k : k + batch]) * SLOPES[net.activations[-1]](outs[-1])
            for layer in reversed(range(len(weights))):
                slope, by_unit = delta.T @ outs[layer] / len(delta), delta.mean(axis=0)
                if layer:
                    delta = (delta @ weights[layer]) * SLOPES[net.activations[layer - 1]](outs[layer])
                weights[layer] -= lr * slope
                if biases and not fixed_biases:
                    biases[layer] -= lr * (by_unit if net.bias == "unit" else by_unit.sum(keepdims=True))
    return Parameters(weights, biases)


def assert_same(found, expected):
    for one, other in zip([*found.weights, *found.biases], [*expected.weights, *expected.biases], strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("bias", ["none", "unit", "shared"])
@pytest.mark.parametrize("batch", [1, 2, 5, 7])
@pytest.mark.parametrize("activation", [["tanh", "sigmoid"], ["sigmoid", "identity"]])
def test_training_equals_a_plain_numpy_loop(bias, batch, activation):
    net = mlp(3, 4, 2, activation=activation, bias=bias)
    random = np.random.default_rng(1)
    X, Y = random.normal(size=(5, 3)), random.uniform(size=(5, 2))
    fit = symbp.train(net, X, Y, epochs=37, batch=batch, lr=0.3, seed=4)
    assert_same(fit.parameters, plain_numpy(net, initial_parameters(net, seed=4), X, Y, epochs=37, batch=batch, lr=0.3))
    assert fit.epochs == 37
    assert fit.history[-1] == pytest.approx(fit.program.loss(fit.parameters, X, Y))


@pytest.mark.parametrize("batch", [1, 3])
def test_fixed_biases_stay(batch):
    net = mlp(2, 2, 1, bias="unit")
    X, Y = np.arange(6.0).reshape(3, 2), np.ones((3, 1))
    fit = symbp.train(net, X, Y, epochs=5, batch=batch, lr=0.5, fixed_biases=True)
    start = initial_parameters(net, seed=0)
    assert_same(fit.parameters, plain_numpy(net, start, X, Y, epochs=5, batch=batch, lr=0.5, fixed_biases=True))
    assert all((bias == 0).all() for bias in fit.parameters.biases)


def test_the_best_known_example():
    fit = symbp.train(load("mazur"), epochs=9999, lr=0.5, fixed_biases=True)
    assert [digits(fit.history[k]) for k in (0, 1)] == ["0.298371108760", "0.291027773694"]
    assert fit.history[-1] == pytest.approx(3.51085481e-05, rel=1e-8)
    np.testing.assert_allclose(fit.predict([[0.05, 0.10]]), [[0.01591, 0.98406]], atol=1e-5)


def test_the_learning_rate_of_the_network_is_the_default():
    assert symbp.train(load("mazur"), epochs=2).history == symbp.train(load("mazur"), epochs=2, lr=0.5).history


def test_a_seed_fixes_the_start():
    net, data = mlp(2, 3, 1), ([[0.0, 1.0]], [[1.0]])
    one, same, other = (symbp.train(net, *data, epochs=1, seed=seed).parameters.weights[0] for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()
    assert np.abs(initial_parameters(mlp(50, 70), seed=0).weights[0]).max() <= np.sqrt(6 / 120)


def test_no_epochs_change_nothing():
    fit = symbp.train(load("mazur"), epochs=0)
    assert fit.epochs == 0
    assert fit.report() == "total error before training  0.298371108760"


def test_a_report_names_epochs_where_they_hold_several_updates():
    fit = symbp.train(mlp(1, 1), [[0.0], [1.0]], [[0.0], [1.0]], epochs=1, batch=1)
    lines = fit.report().splitlines()
    assert [line[:47].strip() for line in lines] == [
        "mean loss over 2 samples before training  " + lines[0][42:47],
        "mean loss over 2 samples after 1 epoch    " + lines[1][42:47],
    ]


@pytest.mark.parametrize("batch", [1, None])
def test_a_loss_that_is_not_finite_stops_training_and_keeps_the_last_good_parameters(batch):
    net = mlp(1, 1, activation="identity", bias="none")
    X, Y = [[1.0], [2.0]], [[1.0], [2.0]]
    with pytest.raises(
        DivergenceError, match=r"in epoch \d+ \(update \d+.*\): use a smaller learning rate than 50 "
    ) as caught:
        symbp.train(net, X, Y, epochs=10_000, lr=50, batch=batch)
    fit = caught.value.fit
    assert f"after epoch {fit.epochs} are kept" in str(caught.value)
    assert 10 < fit.epochs < 1000
    assert np.isfinite(fit.history).all()
    assert fit.history[-1] == fit.program.loss(fit.parameters, X, Y)
    with pytest.raises(DivergenceError, match=rf"in epoch {fit.epochs + 1} \(update"):
        symbp.train(net, X, Y, epochs=fit.epochs + 1, lr=50, batch=batch)
    assert symbp.train(net, X, Y, epochs=fit.epochs, lr=50, batch=batch).history == fit.history


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"epochs": -1}, "epochs = -1: give a whole number of at least 0"),
        ({"epochs": 1.5}, "epochs = 1.5: give a whole number"),
        ({"batch": 0}, "batch = 0: give a whole number of at least 1"),
        ({"seed": True}, "seed = True: give a whole number"),
        ({"lr": 0}, "lr = 0: give a finite number above 0"),
        ({"lr": float("nan")}, "lr = nan: give a finite number"),
        ({"X": [[1, 2]]}, "Y is missing: give both X and Y"),
        ({"X": [[1, 2]], "Y": [[1, 0]] * 2}, "X has 1 samples, Y has 2"),
        ({"X": [[1, 2]], "Y": [[1, float("nan")]]}, r"Y\[0, 1\] is nan"),
    ],
)
def test_a_wrong_option_is_named(options, message):
    with pytest.raises(InputError, match=message):
        symbp.train(load("mazur"), **options)


def test_a_network_without_values_needs_data():
    with pytest.raises(InputError, match=r"2-1 sigmoid.* has no worked values: give data to train on"):
        symbp.train(mlp(2, 1))
    with pytest.raises(InputError, match="'mazzur' is neither a preset; did you mean 'mazur'"):
        symbp.train("mazzur")


@pytest.mark.parametrize("head", ["", "a,b,c\n", "\ufeffa,b,c\n", "\n\n", "first one, ,t\n"])
def test_csv_with_and_without_a_header(tmp_path, head):
    (tmp_path / "d.csv").write_text(f"{head}1,2,3\n4e-1, 5 ,6\n\n", "utf-8")
    X, Y = (found := read_samples(tmp_path / "d.csv", mlp(2, 1))).X, found.Y
    assert (X.tolist(), Y.tolist()) == ([[1, 2], [0.4, 5]], [[3], [6]])
    assert read_inputs(tmp_path / "d.csv", mlp(3, 1)).shape == (2, 3)
    assert read_inputs(tmp_path / "d.csv", mlp(2, 1)).shape == (2, 2)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "d.csv: no samples in it"),
        ("a,b,c\n", "d.csv: no samples in it"),
        ("1,2\n", r"d.csv: line 1 has 2 columns, 3 \(2 inputs and 1 targets\) are needed, separated by commas"),
        ("1;2;3\n", "line 1 has 1 columns"),
        ("a,b,c\n1,2,3\n1,2,3,4\n", "d.csv: line 3 has 4 columns, the first row has 3"),
        ("1,2,3\n1,two,3\n", "d.csv: line 2, column 2: 'two' is not a number"),
        ("a,2,3\n", "d.csv: line 1, column 1: 'a' is not a number"),
        ("1,2,\n", r"d.csv: line 1, column 3: the value is missing \(''\): fill it in, or use --missing drop"),
        ("1,nan,3\n", r"d.csv: line 1, column 2: the value is missing \('nan'\): fill it in, or use --missing drop"),
        ("a,b,c\n1,2,-inf\n", r"d.csv: line 2, column 3 \(c\): '-inf' is not a finite number"),
        ("1,2,1e999\n", "d.csv: line 1, column 3: '1e999' is not a finite number"),
        (b"\xff\xfe\x00", "d.csv: not a text file"),
        ('"' + "1" * 200_000 + '",2,3\n', r"d.csv: not CSV \(field larger"),
    ],
)
def test_a_wrong_csv_names_line_and_column(tmp_path, content, message):
    (tmp_path / "d.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=message):
        read_samples(tmp_path / "d.csv", mlp(2, 1))


def test_named_columns_that_do_not_fit_are_counted(tmp_path, capsys):
    (tmp_path / "d.csv").write_text("a,b,c\n1,2,3\n4,5,6\n")
    for words, message in (
        (["--target", "a,b,c"], "0 features and 3 targets are named or left, the network takes 2 and gives 1"),
        (["--features", "a"], "1 features and 1 targets are named or left, the network takes 2 and gives 1"),
        (["--features", "a,c", "--target", "c"], "column 3 is named as a feature and as a target"),
    ):
        assert main(["train", "2-4-1", str(tmp_path / "d.csv"), *words]) == 2
        assert message in capsys.readouterr().err


def test_a_loss_that_grew_is_said(capsys):
    assert main(["train", "mazur", "--lr", "1e9", "--epochs", "3", "--quiet"]) == 0
    assert capsys.readouterr().err == "symbp: the loss is larger than before training: use a smaller --lr\n"


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(InputError, match=r"no.csv: cannot be read \(No such file or directory\)"):
        read_samples(tmp_path / "no.csv", mlp(2, 1))
    with pytest.raises(InputError, match=r"no.npz: cannot be read \(No such file or directory\)"):
        read_samples(tmp_path / "no.npz", mlp(2, 1))
    with pytest.raises(InputError, match="cannot be read"):
        read_samples(tmp_path, mlp(2, 1))


def test_an_archive(tmp_path):
    np.savez(tmp_path / "d.npz", X=[[1, 2], [3, 4]], Y=[5, 6])
    X, Y = (found := read_samples(tmp_path / "d.npz", mlp(2, 1))).X, found.Y
    assert (X.tolist(), Y.tolist()) == ([[1, 2], [3, 4]], [[5], [6]])
    assert read_inputs(tmp_path / "d.npz", mlp(2, 1)).tolist() == X.tolist()


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"X": [[1, 2]]}, r"d.npz: no array 'Y' \(found: X\)"),
        ({"X": [[1]], "Y": [[1]]}, r"d.npz: X has shape \(1, 1\)"),
        ({"X": [[1, np.nan]], "Y": [[1]]}, r"d.npz: X\[0, 1\] is nan"),
        ({"X": np.array([[1, None]], dtype=object), "Y": [[1]]}, "d.npz: not an .npz archive of plain arrays"),
    ],
)
def test_a_wrong_archive_is_named(tmp_path, arrays, message):
    np.savez(tmp_path / "d.npz", **arrays)
    with pytest.raises(InputError, match=message):
        read_samples(tmp_path / "d.npz", mlp(2, 1))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"text", b"\x80\x04K\x01."])
def test_what_is_no_archive_is_named(tmp_path, content):
    (tmp_path / "d.npz").write_bytes(content)
    with pytest.raises(InputError, match=r"d.npz: not an .npz archive"):
        read_samples(tmp_path / "d.npz", mlp(2, 1))


def test_one_array_is_no_archive(tmp_path):
    with open(tmp_path / "d.npz", "wb") as file:
        np.save(file, np.zeros((2, 3)))
    with pytest.raises(InputError, match=r"d.npz: one array, not an .npz archive"):
        read_samples(tmp_path / "d.npz", mlp(2, 1))


@pytest.mark.parametrize("bias", ["none", "unit", "shared"])
def test_a_stored_fit_comes_back(tmp_path, bias):
    X, Y = [[0.0, 1.0], [1.0, 0.5]], [[1.0], [0.0]]
    fit = symbp.train(mlp(2, 3, 1, activation=["relu", "sigmoid"], bias=bias), X, Y, epochs=3)
    save_fit(fit, tmp_path / "fit.npz")
    again = load_fit(tmp_path / "fit.npz")
    assert_same(again.parameters, fit.parameters)
    assert (again.network, again.history, again.report()) == (fit.network, fit.history, fit.report())
    assert again.predict(X).tolist() == fit.predict(X).tolist()
    assert os.listdir(tmp_path) == ["fit.npz"]


def test_a_file_that_is_no_fit_is_named(tmp_path):
    np.savez(tmp_path / "d.npz", X=[[1, 2]])
    with pytest.raises(InputError, match=r"d.npz: not a trained network that symbp stored"):
        load_fit(tmp_path / "d.npz")
    np.savez(tmp_path / "e.npz", network=np.array('{"layers": [2, 1], "activation": "sigmiod"}'))
    with pytest.raises(InputError, match=r"e.npz: activation 'sigmiod' is unknown"):
        load_fit(tmp_path / "e.npz")


def test_a_damaged_fit_is_named(tmp_path):
    save_fit(symbp.train(load("mazur"), epochs=1), tmp_path / "fit.npz")
    data = bytearray((tmp_path / "fit.npz").read_bytes())
    with zipfile.ZipFile(tmp_path / "fit.npz") as archive:
        place = archive.getinfo("weights_1.npy").header_offset + 150
    data[place] ^= 0xFF
    (tmp_path / "fit.npz").write_bytes(data)
    with pytest.raises(InputError, match=r"fit.npz: not an .npz archive"):
        load_fit(tmp_path / "fit.npz")


def test_a_fit_is_stored_as_npz_in_a_folder_that_exists(tmp_path):
    fit = symbp.train(load("mazur"), epochs=0)
    with pytest.raises(InputError, match=r"fit.txt: a trained network is stored as .npz"):
        save_fit(fit, tmp_path / "fit.txt")
    with pytest.raises(InputError, match="there is no folder"):
        save_fit(fit, tmp_path / "no" / "fit.npz")


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SymbpError, match=r"a: cannot be written \(No space left on device\)"):
        write_file(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "old"
    assert os.listdir(tmp_path) == ["a"]


def test_a_write_keeps_the_mode_and_follows_a_link(tmp_path):
    (tmp_path / "a").write_text("old")
    (tmp_path / "a").chmod(0o600)
    (tmp_path / "link").symlink_to("a")
    write_file(tmp_path / "link", "new")
    assert (tmp_path / "a").read_text() == "new"
    assert (tmp_path / "link").is_symlink()
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    write_file(os.devnull, "gone")
    assert not os.path.isfile(os.devnull)


def test_numbers_are_printed_without_an_exponent_where_that_is_readable():
    assert [digits(x) for x in (0.0, 2.5e30, 1.5, 3.51085481225e-05)] == [
        "0.00000000000", "2.50000000000e+30", "1.50000000000", "0.0000351085481225",
    ]  # fmt: skip

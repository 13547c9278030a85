"""Samples larger than memory: the same numbers, from files that are mapped."""

import tempfile

import numpy as np
import pytest

import symbp
from symbp.errors import InputError
from symbp.networks import mlp
from symbp.programs import Stack, blocks, by_block, gathered
from symbp.training import load_fit, read_again, read_inputs, read_samples, save_fit


@pytest.fixture
def _small_memory(monkeypatch):
    """All that takes more than a kilobyte goes to files."""
    monkeypatch.setitem(gathered.__globals__, "IN_MEMORY", 1024)


small_memory = pytest.mark.usefixtures("_small_memory")


def table(tmp_path, rows=600, seed=3):
    numbers = np.random.default_rng(seed).normal(size=(rows, 3))
    lines = [f"{a!r},{b!r},{'up' if a + b > c else 'down'}" for a, b, c in numbers.tolist()]
    path = tmp_path / "points.csv"
    path.write_text("\n".join(["a,b,class", *lines]))
    return path


def trained(path, net, **options):
    found = read_samples(path, net)
    options = {"epochs": 3, "batch": 16, "shuffle": True, "validation": 0.25, "scale": "standard"} | options
    return found, symbp.train(net, found.X, found.Y, codec=found.codec, form="array", progress=False, **options)


@small_memory
def test_many_rows_stand_in_a_file():
    parts = [np.full((40, 5), float(k)) for k in range(4)]
    found = gathered(parts)
    assert isinstance(found, np.memmap)
    np.testing.assert_array_equal(found, np.concatenate(parts))
    np.testing.assert_array_equal(by_block(found, np.square), np.square(np.concatenate(parts)))
    assert not isinstance(gathered([np.ones((2, 2))]), np.memmap)


def test_blocks_are_all_rows_in_their_order():
    array = np.arange(3 * 700_000.0).reshape(-1, 3)
    assert len(list(blocks(array))) == 3
    np.testing.assert_array_equal(np.concatenate(list(blocks(array))), array)


def test_training_from_files_gives_the_same_bits(tmp_path, monkeypatch):
    net = mlp(2, 4, 1, activation=["tanh", "sigmoid"])
    before, usual = trained(table(tmp_path), net)
    monkeypatch.setitem(gathered.__globals__, "IN_MEMORY", 1024)
    after, mapped = trained(table(tmp_path), net)
    assert isinstance(after.X, np.memmap)
    assert not isinstance(before.X, np.memmap)
    assert usual.history == mapped.history
    assert usual.held == mapped.held
    for one, other in zip(usual.parameters.weights, mapped.parameters.weights, strict=True):
        np.testing.assert_array_equal(one, other)


@small_memory
def test_a_training_from_files_is_stored_resumed_and_asked(tmp_path):
    net, path = mlp(2, 4, 1, activation=["tanh", "sigmoid"]), table(tmp_path)
    _, whole = trained(path, net, epochs=4)
    trained(path, net, epochs=2, checkpoint=tmp_path / "kept.npz")
    _, resumed = trained(path, net, epochs=4, checkpoint=tmp_path / "kept.npz", resume=True)
    assert resumed.history == whole.history
    save_fit(whole, tmp_path / "fit.npz")
    fit = load_fit(tmp_path / "fit.npz")
    again = read_again(path, net, fit.codec)
    assert fit.metrics(again.X, again.Y)["accuracy"] == pytest.approx(whole.metrics(again.X, again.Y)["accuracy"])
    assert fit.classify(read_inputs(path, net, fit.codec)) == whole.classify(again.X)


@small_memory
def test_a_batch_must_be_said_where_samples_stand_in_files(tmp_path):
    found = read_samples(table(tmp_path), mlp(2, 1))
    with pytest.raises(InputError, match="600 samples are mapped from a file: say how many an update takes"):
        symbp.train(mlp(2, 1), found.X, found.Y, progress=False)


@small_memory
def test_a_full_folder_is_named(monkeypatch):
    def full():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    stack = Stack()
    with pytest.raises(InputError, match=r"takes no more \(.*No space left.*\): set TMPDIR"):
        stack.add(np.zeros((1000, 10)))


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int16])
def test_an_array_of_numbers_has_its_targets_last(tmp_path, kind):
    array = np.arange(24).reshape(6, 4).astype(kind)
    np.save(tmp_path / "numbers.npy", array)
    found = read_samples(tmp_path / "numbers.npy", mlp(3, 1))
    assert found.X.tolist() == array[:, :3].tolist()
    assert found.Y.tolist() == array[:, 3:].tolist()
    assert found.X.dtype == np.float64
    assert read_inputs(tmp_path / "numbers.npy", mlp(3, 1)).tolist() == array[:, :3].tolist()


def test_one_last_column_of_an_array_holds_classes(tmp_path):
    np.save(tmp_path / "classes.npy", np.array([[0.5, 1.5, 2.0], [0.1, 0.2, 0.0], [1.0, 1.0, 1.0]]))
    found = read_samples(tmp_path / "classes.npy", mlp(2, 3))
    assert found.codec.classes == ("0", "1", "2")
    assert found.Y.tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.zeros(5), r"an array of shape \(5,\); a row a sample is needed"),
        (np.zeros((0, 3)), r"an array of shape \(0, 3\)"),
        (np.zeros((4, 9)), "has 9 columns, 3 .* are needed"),
        (np.array([[1.0, 2.0, np.nan]]), r"Y\[0, 0\] is nan"),
        (np.array([["a", "b", "c"]]), "holds <U1 values"),
    ],
)
def test_a_wrong_array_is_named(tmp_path, array, message):
    np.save(tmp_path / "wrong.npy", array)
    with pytest.raises(InputError, match=message):
        read_samples(tmp_path / "wrong.npy", mlp(2, 1))


def test_what_is_no_array_is_named(tmp_path):
    (tmp_path / "text.npy").write_text("1,2,3")
    with pytest.raises(InputError, match=r"not an \.npy file of plain numbers"):
        read_samples(tmp_path / "text.npy", mlp(2, 1))
    with pytest.raises(InputError, match="cannot be read"):
        read_samples(tmp_path / "none.npy", mlp(2, 1))

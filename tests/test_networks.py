"""Networks: what is refused and how it is said, network files, presets."""

from decimal import Decimal

import pytest

from symbp import load, mlp, presets, worked_values
from symbp.errors import InputError
from symbp.networks.files import parse

FILE = """
[network]
layers = [2, 1]
bias = "shared"
[values]
weights = [[[0.10, 0.2]]]
biases = [0.3]
input = [1, 2]
target = [0.5]
"""


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: mlp(2), r"layers = \[2\]: a network needs at least an input and an output layer"),
        (lambda: mlp(2, 0), r"layers\[1\] = 0: a size is a whole number of at least 1"),
        (lambda: mlp(2, True), r"layers\[1\] = True: a size is a whole number"),
        (lambda: mlp(2, 1.5), r"layers\[1\] = 1.5: a size is a whole number"),
        (lambda: mlp(2, 1, activation="sigmiod"), "activation 'sigmiod' is unknown; did you mean 'sigmoid'"),
        (lambda: mlp(2, 1, activation=["tanh", "tanh"]), "2 activations for 1 layers behind the input"),
        (lambda: mlp(2, 1, loss="half_square_error"), "loss 'half_square_error' is unknown; did you mean"),
        (lambda: mlp(2, 1, bias="shard"), "bias 'shard' is unknown; did you mean 'shared'"),
        (lambda: mlp(2, 1, activation="tanh", loss="binary_cross_entropy"), "needs outputs between 0 and 1"),
        (lambda: worked_values([[["a"]]], [], [1], [1]), r"weights\[0\]\[0\]: 'a' is not a number"),
        (lambda: worked_values([[[1]]], [float("nan")], [1], [1]), r"biases\[0\]: nan is not a finite number"),
    ],
)
def test_a_wrong_network_is_refused(make, message):
    with pytest.raises(InputError, match=message):
        make()


def with_values(layers=(2, 1), bias="shared", **changes):
    given = {"weights": [[[1, 2]]], "biases": [3], "input": [1, 2], "target": [1]} | changes
    return mlp(*layers, bias=bias, values=worked_values(**given))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weights": [[[1]]]}, r"weights\[0\] has shape 1 x 1, the layers 2 -> 1 need 1 x 2 \(\[to\]\[from\]\)"),
        ({"weights": []}, r"weights has 0 entries, 1 are needed"),
        ({"biases": []}, "biases has 0 entries, 1 are needed"),
        ({"biases": [[1, 2]]}, r"biases\[0\] has 2 entries, 1 are needed \(bias = 'shared'\)"),
        ({"bias": "none"}, "biases has 1 entries, 0 are needed"),
        ({"input": [1]}, "input has 1 entries, 2 are needed"),
        ({"target": []}, "target has 0 entries, 1 are needed"),
    ],
)
def test_values_that_do_not_fit_are_refused(changes, message):
    with pytest.raises(InputError, match=message):
        with_values(**changes)


def test_floats_stand_for_the_decimals_that_they_print_as():
    assert with_values(biases=[0.1]).values.biases == ((Decimal("0.1"),),)


def test_a_file_is_read_in_exact_decimals():
    network = parse(FILE, "net.toml")
    assert network.values.weights == (((Decimal("0.10"), Decimal("0.2")),),)
    assert network.values.learning_rate == Decimal("0.5")
    assert network.description == "2-1 sigmoid, half_squared_error, shared biases"
    assert network.style is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bias =", "biass =", r"net.toml: unknown key 'biass' in \[network\]; did you mean 'bias'\?"),
        ("target =", "targets =", r"net.toml: unknown key 'targets' in \[values\]; did you mean 'target'"),
        ("[network]", "[netwrok]", r"net.toml: unknown key 'netwrok' in the file; did you mean 'network'"),
        ("layers = [2, 1]", "layers = 2", r"net.toml: Expected `array`, got `int` \(at network.layers\)"),
        ("layers = [2, 1]", "layers = [2, 1", "net.toml: not TOML: "),
        ("layers = [2, 1]", "layers = [2, 2]", r"net.toml: weights\[0\] has shape 1 x 2"),
        ("layers = [2, 1]\n", "", r"net.toml: 'layers' is missing in \[network\]: add it"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_key(old, new, message):
    assert old in FILE
    with pytest.raises(InputError, match=message):
        parse(FILE.replace(old, new), "net.toml")


def test_load_from_a_path(tmp_path):
    path = tmp_path / "net.toml"
    path.write_text(FILE)
    assert load(path) == load(str(path)) == parse(FILE, "x")


def test_load_says_what_is_missing(tmp_path):
    with pytest.raises(InputError, match="'mazurr' is neither a preset; did you mean 'mazur'"):
        load("mazurr")
    with pytest.raises(InputError, match=r"none.toml: cannot be read \(No such file or directory\)"):
        load(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"bytes\.toml: not a text file"):
        load(tmp_path / "bytes.toml")


@pytest.mark.parametrize("name", presets())
def test_every_preset_is_a_worked_instance(name):
    network = load(name)
    assert network.values is not None
    assert network.style == "net-out"
    assert len(network.weight_layers) == len(network.layers) - 1

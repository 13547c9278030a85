"""The index level: any activations, losses and penalties; sums collapse, and all of it passes the check."""

import pytest

import symbp
from symbp.checking import check
from symbp.errors import UnsupportedError
from symbp.networks import ACTIVATIONS, LOSSES, VECTOR_ACTIVATIONS

PASSING = {"proved", "holds", "given"}
OUTPUTS = dict.fromkeys(LOSSES, "tanh") | {
    "binary_cross_entropy": "sigmoid",
    "categorical_cross_entropy": "softmax",
    "kl_divergence": "softmax",
}


def index_level(*activations, **options):
    sizes = range(2, 3 + len(activations))
    return symbp.derive(symbp.mlp(*sizes, activation=list(activations), **options), level="index")


def verdicts(document, notation="four-equations", change=("", "")):
    text = document.to_markdown(notation)
    assert change[0] in text
    return {link.verdict for link in check(text=text.replace(*change)).links}


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_behind_another_hidden_activation(loss):
    assert verdicts(index_level("softsign", OUTPUTS[loss], loss=loss)) <= PASSING


@pytest.mark.parametrize("activation", [*ACTIVATIONS, *VECTOR_ACTIVATIONS])
def test_every_activation(activation):
    assert verdicts(index_level(activation, activation)) <= PASSING


@pytest.mark.parametrize(
    ("activations", "penalty", "notation"),
    [
        (("tanh", "sigmoid"), "l1(factor=0.01)", "four-equations"),
        (("tanh", "relu", "softmax"), "l2(factor=0.3)", "matrix"),
        (("softmax", "tanh"), "l2", "sums"),
    ],
)
def test_penalties_and_layers_that_differ(activations, penalty, notation):
    assert verdicts(index_level(*activations, penalty=penalty, bias="shared"), notation) <= PASSING


def test_softmax_with_cross_entropy_collapses_and_says_why():
    text = index_level("tanh", "softmax", loss="categorical_cross_entropy").to_text("four-equations")
    assert "sum_{k} y_k = 1  # given" in text
    assert "= sum_{k} dC/da_k^{(L)} * a_k^{(L)} * ([k = j] - a_j^{(L)})  # local derivatives" in text
    assert "= -(sum_{k} y_k * ([k = j] - a_j^{(L)}))  # cancelled" in text
    assert "= a_j^{(L)} * (sum_{k} y_k) - y_j  # one term of the sum is left" in text
    assert "= a_j^{(L)} - y_j  # the targets add up to 1" in text


@pytest.mark.parametrize(
    "change",
    [
        (r"&= a_j^{(L)} - y_j ", r"&= y_j - a_j^{(L)} "),
        (r"(\mathbf{1}[k = j] - a_j^{(L)})", r"(\mathbf{1}[k = j] - a_k^{(L)})"),
        (r"&= \sum_{k} \delta_k^{(l+1)} w_{k j}^{(l+1)}", r"&= \sum_{k} \delta_k^{(l+1)} w_{j k}^{(l+1)}"),
        (r"a_k^{(l-1)} + 0.01 w_{j k}^{(l)} \quad \text{(one", r"a_k^{(l-1)} - 0.01 w_{j k}^{(l)} \quad \text{(one"),
    ],
)
def test_a_slip_is_refuted(change):
    document = index_level("tanh", "softmax", loss="categorical_cross_entropy", penalty="l2(factor=0.01)")
    assert "refuted" in verdicts(document, change=change)


def test_a_number_too_many_in_a_sum_is_no_value_of_what_stands_there():
    text = symbp.derive(symbp.mlp(2, 3, 2), level="index").write("latex", "sums")
    right = r"\sum_{k} \frac{\partial E}{\partial S_k^{(l+1)}} "
    summary = check(text=text.replace(right, right.replace("k} ", "k} 2 "), 1)).summary
    assert (summary["refuted"], summary["undecided"]) == (1, 0)


def test_a_penalty_is_added_to_the_gradient_of_every_weight_and_of_no_bias():
    text = index_level("tanh", "sigmoid", penalty="l2(factor=0.01)").to_text("four-equations")
    assert "R = 0.005 * (sum_{l} (sum_{j} (sum_{k} w_{j,k}^{(l)}^2)))  # definition" in text
    assert "C = 1/2 * (sum_{j} (y_j - a_j^{(L)})^2) + R  # definition" in text
    assert "= delta_j^{(l)} * a_k^{(l-1)} + 0.01 * w_{j,k}^{(l)}  # one term of the sum is left" in text
    assert "a_{x,k}^{(l-1)}) - eta * 0.01 * w_{j,k}^{(l)}  # gradient descent" in text
    assert text.count("dR/d") == 2


def test_a_layer_has_the_function_of_its_number():
    text = index_level("tanh", "relu", "sigmoid").to_text("sums")
    assert "f_1(x) = tanh(x)" in text
    assert "f_2(x) = max(0, x)" in text
    assert "g(x) = 1/(1 + exp(-x))" in text
    assert "y_j^{(l)} = f_l(S_j^{(l)})" in text
    assert "= (y_j^{(L)} - d_j) * g'(S_j^{(L)})" in text


def test_hidden_layers_that_differ_are_not_of_whole_layers():
    with pytest.raises(UnsupportedError, match=r"needs one activation in all hidden layers .* \(tanh, softmax\)"):
        index_level("tanh", "softmax", "sigmoid")

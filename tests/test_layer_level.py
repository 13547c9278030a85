"""The layer level: every loss and activation, batches, samples as columns and as rows; all of it passes the check."""

import pytest

import symbp
from symbp.checking import check
from symbp.derivation import layers
from symbp.networks import ACTIVATIONS, LOSSES, VECTOR_ACTIVATIONS

PASSING = {"proved", "holds", "given"}
OUTPUTS = dict.fromkeys(LOSSES, "tanh") | dict.fromkeys(
    ["binary_cross_entropy", "categorical_cross_entropy", "kl_divergence"], "sigmoid"
)
LAYOUTS = [(False, False), (False, True), (True, False), (True, True)]


def verdicts(network, notation="matrix", form="markdown", **layout):
    report = check(text=symbp.derive(network, level="layer", **layout).write(form, notation))
    return {link.verdict for link in report.links}


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss(loss):
    network = symbp.mlp(3, 4, 2, activation=["tanh", OUTPUTS[loss]], loss=loss)
    assert verdicts(network) <= PASSING
    assert verdicts(network, batch=True, rows=True) <= PASSING


@pytest.mark.parametrize("activation", [*ACTIVATIONS, *VECTOR_ACTIVATIONS])
def test_every_activation(activation):
    assert verdicts(symbp.mlp(3, 4, 2, activation=activation), batch=True) <= PASSING


@pytest.mark.parametrize(("batch", "rows"), LAYOUTS)
@pytest.mark.parametrize("loss", ["categorical_cross_entropy", "kl_divergence", "half_squared_error"])
def test_softmax_in_every_layout(loss, batch, rows):
    network = symbp.mlp(3, 4, 2, activation=["relu", "softmax"], loss=loss)
    assert verdicts(network, batch=batch, rows=rows) <= PASSING


@pytest.mark.parametrize("bias", ["unit", "shared", "none"])
@pytest.mark.parametrize(("batch", "rows"), LAYOUTS)
def test_every_kind_of_bias_in_every_layout(bias, batch, rows):
    assert verdicts(symbp.mlp(2, 3, 2, bias=bias), batch=batch, rows=rows) <= PASSING


@pytest.mark.parametrize("notation", ["layer-io", "matrix", "sums", "four-equations"])
@pytest.mark.parametrize("form", ["latex", "text"])
def test_every_notation_and_form(notation, form):
    network = symbp.mlp(3, 4, 2, bias="shared", activation=["tanh", "softmax"], loss="categorical_cross_entropy")
    assert verdicts(network, notation, form) <= PASSING


def test_softmax_with_cross_entropy_collapses_and_says_why():
    network = symbp.mlp(3, 4, 2, activation=["tanh", "softmax"], loss="categorical_cross_entropy")
    text = symbp.derive(network, level="layer", batch=True, rows=True).to_text("matrix")
    assert "y * 𝟏 = 𝟏  # given" in text
    assert "= 1/m * (n^{(2)} - y)  # the targets add up to 1" in text
    assert "Every row of an array is one of m samples; 𝟏 is a column of ones." in text
    assert "dL/db^{(2)} = 𝟏^T * dL/dz^{(2)}" in text


@pytest.mark.parametrize(("batch", "rows"), LAYOUTS)
@pytest.mark.parametrize("penalty", ["l1(factor=0.01)", "l2"])
def test_penalties_in_every_layout(penalty, batch, rows):
    network = symbp.mlp(3, 4, 2, activation=["tanh", "sigmoid"], penalty=penalty)
    assert verdicts(network, batch=batch, rows=rows) <= PASSING


def test_a_penalty_is_added_to_the_gradient_of_every_array_of_weights():
    text = symbp.derive(symbp.mlp(3, 4, 2, penalty="l2(factor=0.01)"), level="layer").to_text("matrix")
    assert "R = 0.005 * ||W^{(1)}||^2 + 0.005 * ||W^{(2)}||^2  # definition" in text
    assert "dL/dW^{(2)} = dL/dz^{(2)} * (n^{(1)})^T + dR/dW^{(2)}  # chain rule" in text
    assert "= delta^{(2)} * (n^{(1)})^T + 0.01 * W^{(2)}  # local derivatives" in text
    assert "W^{(2)} - eta * (delta^{(2)} * (n^{(1)})^T + 0.01 * W^{(2)})" in text
    assert "dL/db^{(2)} = dL/dz^{(2)}  # chain rule" in text


def test_a_slip_beside_a_penalty_is_refuted():
    text = symbp.derive(symbp.mlp(3, 4, 2, penalty="l1"), level="layer").to_markdown("matrix")
    wrong = text.replace(r"+ (\mathbf{1}[W^{(2)} > 0]", r"- (\mathbf{1}[W^{(2)} > 0]")
    assert wrong != text
    assert "refuted" in {link.verdict for link in check(text=wrong).links}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["latex", "markdown", "text"])
def test_a_sample_with_a_capital_letter_is_said_to_be_one_column(form, lang):
    for network in (symbp.mlp(1, 1), symbp.mlp(2, 3, activation="softmax", loss="mean_absolute_error", bias="none")):
        text = symbp.derive(network, level="layer").write(form, "layer-io", lang=lang)
        assert {link.verdict for link in check(text=text).links} <= {"proved", "holds", "given"}
    assert "∈" not in symbp.derive(symbp.mlp(1, 1), level="layer").to_text("matrix")


def test_the_work_of_a_derivation_grows_in_proportion_to_the_layers(monkeypatch):
    asked = []
    known = layers.activation
    monkeypatch.setattr(layers, "activation", lambda name: asked.append(name) or known(name))
    counts = []
    for depth in (8, 32):
        asked.clear()
        layers.layer_derivation(symbp.mlp(*(2,) * (depth + 1)))
        counts.append(len(asked))
    assert counts[1] <= 4 * counts[0]

"""Notations: every one writes every level that it has names for, and what it writes passes the check."""

import dataclasses

import pytest

import symbp
from symbp.checking import check
from symbp.errors import InputError, UnsupportedError
from symbp.notations import NOTATIONS, notation, variant

PASSING = {"proved", "holds", "given"}
OF_LAYERS = [name for name, record in NOTATIONS.items() if "weight_layer" in record.names]


@pytest.mark.parametrize("form", ["latex", "text"])
@pytest.mark.parametrize("style", NOTATIONS)
def test_every_notation_writes_what_passes_the_check(style, form):
    text = symbp.derive("mazur", wrt=None, style=style).write(form, digits=8)
    report = check(text=text)
    assert {link.verdict for link in report.links} <= PASSING
    assert report.summary["proved"] > 50


@pytest.mark.parametrize("style", [name for name, record in NOTATIONS.items() if record.deltas])
def test_a_network_without_numbers_with_several_hidden_layers(style):
    network = symbp.mlp(2, 2, 1, 2, activation=["tanh", "sigmoid", "tanh"], bias="unit")
    report = check(text=symbp.derive(network).to_latex(style))
    assert {link.verdict for link in report.links} <= PASSING


def test_deltas_go_from_layer_to_layer():
    text = symbp.derive("mazur").to_text("four-equations", digits=6)
    assert "delta_1^{(3)} = dC/dz_1^{(3)}  # definition" in text
    assert "(delta_1^{(3)} * w_{1,1}^{(3)} + delta_2^{(3)} * w_{2,1}^{(3)}) * a_1^{(2)} * (1 - a_1^{(2)})" in text
    assert "= delta_1^{(3)} * a_1^{(2)}  # local derivatives" in text


def test_softmax_with_cross_entropy_collapses_because_the_targets_add_up_to_one():
    network = symbp.mlp(2, 3, activation="softmax", loss="categorical_cross_entropy")
    text = symbp.derive(network).to_text("neuron")
    assert "= o_3 * (t_3 + t_4 + t_5) - t_3  # rearranged" in text
    assert "= o_3 - t_3  # the targets add up to 1" in text
    assert "t_5 = 1 - t_3 - t_4  # the targets add up to 1" in text
    assert {link.verdict for link in check(text=text).links} <= PASSING
    values = symbp.worked_values([[[1, 2], [0, 1], [1, 1]]], [[0, 0, 0]], [1, 2], [1, 1, 0])
    other = symbp.mlp(2, 3, activation="softmax", loss="categorical_cross_entropy", values=values)
    one = symbp.worked_values([[[1, 2], [0, 1], [1, 1]]], [[0, 0, 0]], [1, 2], ["0.3", "0.5", "0.2"])
    text = symbp.derive(dataclasses.replace(other, values=one)).to_latex("sums")
    assert {link.verdict for link in check(text=text).links} <= PASSING
    assert "the targets add up to 1" not in symbp.derive(other).to_text("neuron")


def test_cross_entropy_of_a_sigmoid_cancels():
    network = symbp.mlp(2, 1, loss="binary_cross_entropy")
    assert "= o_3 - t_3  # cancelled" in symbp.derive(network).to_text("neuron")


@pytest.mark.parametrize("form", ["latex", "markdown", "text"])
@pytest.mark.parametrize("style", OF_LAYERS)
def test_the_layer_level_has_nothing_that_is_wrong_or_not_understood(style, form):
    for network in (symbp.mlp(3, 4, 2), symbp.mlp(2, 2, 2, 2, activation=["tanh", "relu", "sigmoid"], bias="shared")):
        report = check(text=symbp.derive(network, level="layer").write(form, style))
        assert not {link.verdict for link in report.links} & {"refuted", "unread"}


def test_the_layer_level_in_a_notation_of_matrices():
    text = symbp.derive(symbp.mlp(2, 3, 1), level="layer").to_latex("four-equations")
    assert r"\delta^{(3)} (a^{(2)})^T" in text
    assert r"((W^{(3)})^T \delta^{(3)}) \odot \sigma'(z^{(2)})" in text
    assert r"(a^{(3)} - y) \odot a^{(3)} \odot (1 - a^{(3)})" in text


@pytest.mark.parametrize("bias", ["none", "unit", "shared"])
@pytest.mark.parametrize("style", ["four-equations", "matrix", "sums"])
def test_the_index_level_passes_the_check(style, bias):
    document = symbp.derive(symbp.mlp(2, 3, 2, bias=bias, loss="squared_error"), level="index")
    for form in ("latex", "text"):
        report = check(text=document.write(form, style))
        assert {link.verdict for link in report.links} <= PASSING
        assert report.summary["proved"] >= 15


def test_kronecker_deltas_collapse_under_the_sum():
    text = symbp.derive("mazur", level="index").to_latex()
    hidden = r"\sum_{i} w_{k i}^{(l+1)} \sigma'(z_i^{(l)}) \mathbf{1}[i = j]"
    assert rf"{hidden} \quad \text{{(local derivatives)}}" in text
    assert r"&= w_{k j}^{(l+1)} \sigma'(z_j^{(l)}) \quad \text{(one term of the sum is left)}" in text
    assert r"&= \sum_{k} \delta_k^{(l+1)} w_{k j}^{(l+1)} \sigma'(z_j^{(l)})" in text


@pytest.mark.parametrize(
    ("make", "kind", "message"),
    [
        (
            lambda: symbp.derive("mazur", level="layer").to_latex("neuron"),
            InputError,
            "notation neuron has no name for the",
        ),
        (lambda: symbp.derive("mazur", level="index").to_latex("net-out"), InputError, "of a general layer"),
        (lambda: symbp.derive("mazur", level="layer", wrt="w_1"), UnsupportedError, "derives all parameters"),
        (lambda: symbp.derive("mazur", batch=True), InputError, "batches and samples as rows are for level 'layer'"),
        (lambda: symbp.derive("lstm", rows=True), InputError, "batches and samples as rows are for level 'layer'"),
    ],
)
def test_what_cannot_be_written_is_one_line(make, kind, message):
    with pytest.raises(kind, match=message):
        make()


def test_options_of_a_notation():
    record = variant(notation("four-equations"), d="upright", product="times", rate=r"\alpha", minus=True)
    text = symbp.derive("mazur", wrt=None, style=record).to_latex(digits=6)
    assert r"\delta_1^{(3)} &= -\frac{dC}{dz_1^{(3)}}" in text
    assert r"\alpha" in text
    assert {link.verdict for link in check(text=text).links} <= PASSING


def test_a_notation_of_ones_own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('like = "neuron"\nd = "upright"\n[names]\nloss = "J"\nlearning_rate = "\\\\epsilon"\n')
    text = symbp.derive("mazur", wrt="w_{1,3}", style=str(path)).to_latex(digits=6)
    assert r"\frac{dJ}{dw_{1,3}}" in text
    path.write_text('like = "nuron"\n')
    with pytest.raises(InputError, match=r"mine\.toml: notation 'nuron' is unknown; did you mean 'neuron'"):
        symbp.derive("mazur", style=str(path))
    path.write_text('like = "neuron"\n[names]\nlos = "J"\n')
    with pytest.raises(InputError, match=r"mine\.toml: role 'los' is unknown; did you mean 'loss'"):
        symbp.derive("mazur", style=str(path))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            'like = "neuron"\n[names]\nnet = "o_{{neuron}}"',
            r"the net of layer 1 unit 1 and the out .* are both called o_3",
        ),
        (
            'like = "neuron"\n[names]\nnet = "s"',
            r"the net of layer 1 unit 1 and the net of layer 1 unit 2 are both called s",
        ),
        ('like = "neuron"\n[names]\nlearning_rate = "L"', r"the learning rate and the loss are both called L"),
        ('lke = "neuron"', r"mine\.toml: unknown key 'lke' in the file; did you mean 'like'"),
        ("[names]", r"mine\.toml: 'like' is missing in the file: add it"),
    ],
)
def test_a_notation_that_cannot_tell_quantities_apart_is_refused(tmp_path, lines, message):
    path = tmp_path / "mine.toml"
    path.write_text(lines)
    with pytest.raises(InputError, match=message):
        symbp.derive("mazur", style=str(path)).to_latex()


def test_a_role_that_a_notation_lacks_can_be_added(tmp_path):
    path = tmp_path / "mine.toml"
    roles = {"net": "s", "out": "h", "weight": "W", "bias": "c", "delta": "\\\\delta"}
    whole = [f'{role}_layer = "{base}^{{({{layer}})}}"' for role, base in roles.items()]
    path.write_text("\n".join(['like = "neuron"', "[names]", *whole, 'input_layer = "x"', 'target_layer = "t"']))
    text = symbp.derive("mazur", level="layer", style=str(path)).to_latex()
    assert "s^{(1)} &= W^{(1)} x" in text
    assert {link.verdict for link in check(text=text).links} <= PASSING


def test_numbers_beside_each_other_have_a_sign_where_a_line_is_broken():
    document = symbp.documents.derive_second("mazur", ["w_{1,1}^{(2)}", "b^{(3)}"], style="four-equations")
    assert {link.verdict for link in check(text=document.to_latex("four-equations")).links} <= PASSING


def test_a_sum_of_targets_is_taken_out_only_where_nothing_else_is_left():
    network = symbp.mlp(2, 2, activation="softmax", loss="binary_cross_entropy")
    text = symbp.derive(network).to_text("neuron")
    assert "cancelled" in text
    assert {link.verdict for link in check(text=text).links} <= PASSING


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"d": "curly"}, "d 'curly' is unknown"),
        ({"product": "dot"}, "product 'dot' is unknown; did you mean 'cdot'"),
        ({"rate": "a + b"}, "is a formula: give one name"),
        ({"minus": True}, "notation net-out has no delta, so it has no sign"),
    ],
)
def test_unknown_options_are_one_line(options, message):
    with pytest.raises(InputError, match=message):
        variant(notation("net-out"), **options)


def test_the_algorithm_goes_over_every_sample_and_then_steps_along_the_mean():
    document = symbp.derive(symbp.mlp(2, 3, 2, loss="quadratic_cost"), level="index")
    section = document.derivation.sections[-1]
    words = ["net", "out", "delta of the output layer", "delta of a hidden layer", "step", "step"]
    assert [equation.topic for equation in section.equations] == [f"algorithm {word}" for word in words]
    text = document.to_latex("four-equations")
    step = r"w_{j k}^{(l)} - \frac{\eta}{m} \sum_{x=1}^m \delta_{x j}^{(l)} a_{x k}^{(l-1)}"
    assert step in text
    assert r"\delta_j^{(L)} &= (a_j^{(L)} - y_j) \sigma'(z_j^{(L)})" in text.partition("The algorithm")[2]
    assert {link.verdict for link in check(text=text).links} <= PASSING

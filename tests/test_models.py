"""Graphs of named families: shared weights, recurrences, convolutions, normalisation, attention; and one's own."""

import random

import pytest
import sympy

import symbp
from symbp.checking import check
from symbp.cli import main
from symbp.derivation import model, models
from symbp.errors import ImpossibleError, InputError, UnsupportedError
from symbp.graphs import backward
from symbp.graphs.families import place

PASSING = {"proved", "holds", "given"}


def verdicts(text):
    return {link.verdict for link in check(text=text).links}


def value(graph, leaves):
    known = dict(leaves)
    for definition in graph.definitions:
        known[definition.symbol] = definition.expression.xreplace(known).evalf(40)
    return known


@pytest.mark.parametrize("name", models())
def test_the_unit_level_agrees_with_finite_differences(name):
    graph, generator = model(name).graph.unit, random.Random(name)
    wanted = [leaf for leaf in graph.leaves if place(leaf)[0] in {base for base, _ in model(name).wrt}]
    leaves = {leaf: sympy.Float(generator.uniform(0.2, 0.9), 40) for leaf in graph.leaves}
    walked = backward(graph, wanted)
    known = value(walked.graph, leaves)
    step = sympy.Float(10, 40) ** -15
    for leaf in wanted:
        above, below = (value(graph, leaves | {leaf: leaves[leaf] + h})[graph.output] for h in (step, -step))
        numeric = (above - below) / (2 * step)
        assert abs(known[walked.adjoints[leaf]] - numeric) <= 1e-8 * max(1, abs(numeric))


@pytest.mark.parametrize("form", ["latex", "markdown", "text"])
@pytest.mark.parametrize("name", models())
def test_what_is_written_of_a_model_passes_the_check(name, form):
    document = symbp.derive(name)
    report = check(text=document.write(form))
    assert {link.verdict for link in report.links} <= PASSING
    topics = [equation.topic for equation in document.derivation.equations]
    gradients = sum(1 for topic in topics if topic.startswith("gradient"))
    assert gradients == len(model(name).wrt)
    assert report.summary["proved"] + report.summary["holds"] >= len(topics) - report.summary["given"]


@pytest.mark.parametrize("name", ["bptt", "gru", "batchnorm", "attention", "maxpool"])
def test_the_unit_level_of_a_model_passes_the_check(name):
    text = symbp.derive(name, level="unit").to_markdown()
    assert verdicts(text) <= PASSING


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("bptt", r"\delta_{t j} h_{t-1,i}", r"\delta_{t j} h_{t i}"),
        ("bptt", r"\sum_{t=1}^T \delta_{t j} x_{t k}", r"\delta_{t j} x_{t k}"),
        ("conv1d", r"\delta_{p-k+1} w_k", r"2 \delta_{p-k+1} w_k"),
        ("conv1d", r"\delta_i x_{i+k-1}", r"\delta_i x_{i+k}"),
        ("batchnorm", r"\frac{\partial L}{\partial \mu} \frac{1}{m}", r"\frac{\partial L}{\partial \mu}"),
        ("attention", r"- a_{i j} \sum", r"+ a_{i j} \sum"),
        ("autoencoder", r"\frac{\partial L}{\partial r_j} h_i + \delta_i x_j", r"\delta_i x_j"),
        ("residual", r"\frac{\partial L}{\partial h_i} + \sum", r"\sum"),
    ],
)
def test_a_slip_in_what_is_written_is_refuted(name, right, wrong):
    text = symbp.derive(name).to_markdown()
    assert right in text
    assert "refuted" in verdicts(wrong.join(text.rsplit(right, 1)))


def test_the_sum_over_time_is_shown():
    text = symbp.derive("bptt", "u_{j,i}").to_latex()
    assert r"&= \sum_{t=1}^T \delta_{t j} h_{t-1,i}" in text
    assert symbp.derive("bptt").to_text().startswith("Backpropagation: recurrent layer over T steps\n")
    assert "反向传播：recurrent layer" in symbp.derive("bptt").to_markdown(lang="zh")


def test_options_of_a_notation_hold_for_models(capsys):
    assert main(["derive", "dropout", "--d", "upright", "--product", "cdot", "--format", "latex"]) == 0
    assert r"\frac{dL}{d d_j} \cdot" in capsys.readouterr().out.replace("dd_j", "d d_j")


OWN = r"""
[graph]
description = "two layers with one weight"
ranges = { i = "n" }
sizes = { n = 2 }
wrt = ["w"]
[definitions]
'h_i' = '\ln(w x_i)'
'L' = '\sum_{j=1}^{n} (w h_j - y_j)^2'
"""


def test_a_model_of_ones_own(tmp_path, capsys):
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    assert main(["derive", str(path)]) == 0
    text = capsys.readouterr().out
    assert "= sum_{j=1}^n 2 * h_j * (h_j * w - y_j) + 1/w * (sum_{i=1}^n dL/dh_i)  # local derivatives" in text
    assert verdicts(text) <= PASSING


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("sizes = { n = 2 }", "size = { n = 2 }"), "own.toml: Object contains unknown field `size`"),
        (("'h_i' = ", "'h_i + 1' = "), r"own.toml: h_i \+ 1 is a formula"),
        (('wrt = ["w"]', 'wrt = ["v"]'), "own.toml: no definition uses v"),
        ((r"\ln(w x_i)", r"\ln(w x_i"), "own.toml: the definition of h_i cannot be read"),
        ((r"\ln(w x_i)", r"\sum_{i=1}^{n} w x_i"), "own.toml: h_i: the letter i also stands under a sum"),
        (('ranges = { i = "n" }', 'ranges = { i = "N" }'), "own.toml: the last value of i, N, is not known"),
        ((r"'L' = '\sum_{j=1}^{n}", r"'L_i' = '\sum_{j=1}^{n}"), "own.toml: the last definition is what is differen"),
        ((r"\ln(w x_i)", r"\ln(w h_i)"), r"own.toml: h.1 is defined by itself"),
        ((r"\ln(w x_i)", r"\ln(w x_i x)"), "own.toml: x has 1 indices at one place and 0 at another|x has 0 indices"),
        (("sizes = { n = 2 }", "sizes = { n = 2000 }"), "own.toml: .* n = 2000 is not between 1 and 8"),
        (("[definitions]", "[definitions]\n'h_j' = 'x_j'"), "own.toml: h is defined twice"),
        ((r"\ln(w x_i)", r"W^T"), "own.toml: a transpose cannot stand in the definitions of a graph"),
    ],
)
def test_what_is_wrong_in_a_model_is_said(tmp_path, change, message):
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace(*change))
    with pytest.raises(InputError, match=message):
        symbp.derive(str(path))


def test_what_a_model_has_not():
    with pytest.raises(InputError, match="no definition uses zz"):
        symbp.derive("lstm", "zz")
    with pytest.raises(InputError, match="lstm has no 'h_9' at its small sizes"):
        symbp.derive("lstm", "h_9", level="unit")
    with pytest.raises(InputError, match="'lsmt' is neither a preset; did you mean 'lstm'"):
        symbp.derive("lsmt")
    with pytest.raises(UnsupportedError, match="level 'layer' is for networks of layers"):
        symbp.derive("lstm", level="layer")
    with pytest.raises(ImpossibleError, match="L does not depend on L_1"):
        symbp.derive(
            symbp.Graph([(x := sympy.Symbol("L_1"), sympy.Symbol("x")), (sympy.Symbol("L"), sympy.Symbol("y"))]), x
        )

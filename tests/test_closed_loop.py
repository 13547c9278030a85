"""The generated code turned back to LaTeX: what runs is judged as what a person writes."""

import pytest

from symbp.checking import check
from symbp.errors import UnsupportedError
from symbp.networks import ACTIVATIONS, LOSSES, load, mlp
from symbp.programs import compile_network

GOOD = {"proved", "holds", "given"}
INEXACT = {"gelu"}  # its constant is a rounded float in code


def judged(net):
    return check(text=compile_network(net, form="scalar").to_latex())


def test_every_derivative_of_the_generated_code_is_proved():
    report = judged(load("mazur"))
    assert report.summary == report.summary | {"proved": 18, "given": 11, "refuted": 0, "undecided": 0, "unread": 0}


@pytest.mark.parametrize("activation", sorted(set(ACTIVATIONS) - INEXACT - {"softmax", "log_softmax"}))
def test_the_code_of_each_activation_is_right(activation):
    wrong = [
        link for link in judged(mlp(1, 2, 1, activation=[activation, "identity"])).links if link.verdict not in GOOD
    ]
    assert not wrong, wrong[0]


@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("last", ["sigmoid", "softmax"])
def test_the_code_of_each_loss_is_right(loss, last):
    wrong = [link for link in judged(mlp(1, 2, activation=last, loss=loss)).links if link.verdict not in GOOD]
    assert not wrong, wrong[0]


def test_a_changed_line_is_refuted():
    text = compile_network(load("mazur"), form="scalar").to_latex()
    right = r"\mathrm{out}_{2,2} \cdot \left( 1 - \mathrm{out}_{2,2} \right)"
    assert text.count(right) == 1
    report = check(text=text.replace(right, r"\mathrm{out}_{2,2} \cdot \left( 1 + \mathrm{out}_{2,2} \right)"))
    assert report.summary["refuted"] == 1


def test_a_form_with_loops_has_no_formulas():
    with pytest.raises(UnsupportedError, match="form 'array' has loops: use form 'scalar'"):
        compile_network(load("mazur"), form="array").to_latex()

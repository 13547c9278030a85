"""Recurrent cells whose weights multiply the last output and the input, one after another: ``W [h, x]``."""

import pytest

from symbp import check
from symbp.checking.concatenated import with_concatenated
from symbp.checking.reads import read_chains
from symbp.documents import chains
from symbp.formulas import Roles, plain

CELL = r"""
$$f_t = \sigma(W_f \cdot [h_{t-1}, x_t] + b_f)$$
$$i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$$
$$\tilde{C}_t = \tanh(W_C \cdot [h_{t-1}, x_t] + b_C)$$
$$o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$$
$$C_t = f_t \odot C_{t-1} + i_t \odot \tilde{C}_t$$
$$h_t = o_t \odot \tanh(C_t)$$
"""


@pytest.mark.parametrize(
    ("slope", "right", "wrong"),
    [
        ("o_t", r"\frac{\partial L}{\partial h_t} \odot \tanh(C_t)", r"\frac{\partial L}{\partial h_t} \odot C_t"),
        ("i_t", r"\frac{\partial L}{\partial C_t} \odot \tilde{C}_t", r"\frac{\partial L}{\partial C_t} \odot i_t"),
        ("f_t", r"\frac{\partial L}{\partial C_t} \odot C_{t-1}", r"\frac{\partial L}{\partial C_t} \odot C_t"),
    ],
)
def test_the_gradients_of_the_gates(slope: str, right: str, wrong: str) -> None:
    for rule, verdicts in ((right, ("proved", "holds")), (wrong, ("refuted", "undecided"))):
        report = check(text=rf"{CELL}$$\frac{{\partial L}}{{\partial {slope}}} = {rule}$$")
        assert report.equations[-1].links[-1].verdict in verdicts


def test_what_is_about_equal_under_a_condition_is_left_open() -> None:
    report = check(text=rf"{CELL}If $f_t \approx 1$ and $i_t \approx 0$, then $$C_t \approx C_{{t-1}}$$")
    assert not report.refuted


def test_the_arguments_of_a_loss_are_no_vectors_one_after_another() -> None:
    read = with_concatenated(read_chains(chains(r"$g = \frac{{dL}(a,y)}{{dz}}$"), Roles()))
    assert plain(read[0].members[1]) == "dL * [a, y]/dz"

"""The right class of a softmax, Kronecker deltas and indicators: both of their sides are judged, and slips refuted."""

import pytest

from symbp.checking import check
from symbp.documents import derive
from symbp.networks import mlp

SOFTMAX = r"$$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$"
LOGARITHM = SOFTMAX + "\n\n" + r"$$L = -\log p_c$$"
LABEL = r"$$p_k = \frac{e^{f_k}}{\sum_j e^{f_j}}, \qquad L_i = -\log(p_{y_i})$$"
ENTROPY = SOFTMAX + "\n\n" + r"$$L = -\sum_i y_i \log p_i$$"
BOTH = ENTROPY + "\n\nIt is $$L = -\\log p_c$$"


def last(text: str, link: str) -> str:
    return check(text=f"{text}\n\n$${link}$$").equations[-1].links[-1].verdict


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (LOGARITHM, r"\frac{\partial L}{\partial z_c} = p_c - 1"),
        (LOGARITHM, r"\frac{\partial L}{\partial z_i} = p_i - \mathbb{1}[i = c]"),
        (LOGARITHM + "\n\nFor the other classes,", r"\frac{\partial L}{\partial z_k} = p_k"),
        (LABEL, r"\frac{\partial L_i}{\partial f_k} = p_k - \mathbb{1}(y_i = k)"),
        (BOTH, r"\frac{\partial L}{\partial z_i} = p_i - y_i"),
        (ENTROPY + "\n\nFor the true class $c$,", r"\frac{\partial L}{\partial z_c} = p_c - 1"),
        (SOFTMAX, r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)"),
        (SOFTMAX, r"\frac{\partial p_i}{\partial z_j} = p_i (\mathbb{1}\{i = j\} - p_j)"),
        (SOFTMAX + "\n\nFor different indices,", r"\frac{\partial p_i}{\partial z_j} = -p_i p_j"),
    ],
)
def test_what_is_right_passes(text: str, link: str) -> None:
    assert last(text, link) in ("holds", "proved")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (LOGARITHM, r"\frac{\partial L}{\partial z_c} = 1 - p_c"),
        (LOGARITHM, r"\frac{\partial L}{\partial z_c} = p_c"),
        (LOGARITHM, r"\frac{\partial L}{\partial z_i} = p_i + \mathbb{1}[i = c]"),
        (LOGARITHM, r"\frac{\partial L}{\partial z_i} = p_i"),
        (LABEL, r"\frac{\partial L_i}{\partial f_k} = p_k + \mathbb{1}(y_i = k)"),
        (BOTH, r"\frac{\partial L}{\partial z_i} = p_i + y_i"),
        (ENTROPY + "\n\nFor the true class $c$,", r"\frac{\partial L}{\partial z_c} = p_c + 1"),
        (SOFTMAX, r"\frac{\partial p_i}{\partial z_j} = p_i (-\delta_{ij} - p_j)"),
        (SOFTMAX, r"\frac{\partial p_i}{\partial z_j} = p_i (2 \delta_{ij} - p_j)"),
        (SOFTMAX, r"\frac{\partial p_i}{\partial z_j} = p_i (2 \cdot \mathbb{1}\{i = j\} - p_j)"),
        (
            SOFTMAX,
            r"\frac{\partial p_i}{\partial z_j} = \begin{cases} p_i (1 + p_i) & i = j \\ -p_i p_j & else \end{cases}",
        ),
    ],
)
def test_a_slip_beside_an_indicator_is_refuted(text: str, link: str) -> None:
    assert last(text, link) == "refuted"


def test_what_holds_only_where_indices_differ_needs_to_be_said() -> None:
    assert last(SOFTMAX, r"\frac{\partial p_i}{\partial z_j} = -p_i p_j") == "undecided"


def test_what_holds_only_for_other_classes_is_open() -> None:
    text = ENTROPY + "\n\nFor the true class it is less by one; for the others"
    assert last(text, r"\frac{\partial L}{\partial z_k} = p_k") == "undecided"


def test_an_index_that_may_be_a_product_refutes_nothing() -> None:
    text = r"$$y_i = \frac{x_{2i-1} + x_{2i}}{2}$$" + "\n\n" + r"$$L = \sum_i y_i^2$$"
    assert last(text, r"\frac{\partial L}{\partial x_{2i}} = y_i") == "undecided"


def test_a_value_that_stands_on_a_kink_decides_nothing() -> None:
    net = mlp(3, 2, 1, activation=["relu6", "elu"], loss="half_squared_error", bias="none")
    text = derive(net, level="unit").to_markdown("net-out")
    assert check(text=text).summary["refuted"] == 0
    kink, lost = r"* (\mathbf{1}[net_{o_1} > 0] +", r"* (1 +"
    assert kink in text
    assert check(text=text.replace(kink, lost, 1)).summary["refuted"] > 0

"""Derivatives for which a document has a short way of writing: a bar or a d, as it says itself."""

import pytest

from symbp import check
from symbp.formulas import latex, read

ATTENTION = r"""
$$Q = X W_Q, \quad K = X W_K, \quad V = X W_V, \quad S = Q K^\top, \quad A = \mathrm{softmax}(S), \quad O = A V$$

Suppose that $\bar O = \partial L / \partial O$ is known. Then

$$LINK$$
"""


@pytest.mark.parametrize(
    ("link", "passes"),
    [
        (r"\bar V = A^\top \bar O", True),
        (r"\bar V = A \bar O", False),
        (r"\bar A = \bar O V^\top", True),
        (r"\bar A = V^\top \bar O", False),
        (r"\bar S_{ij} = A_{ij} (\bar A_{ij} - \sum_k \bar A_{ik} A_{ik})", True),
        (r"\bar S_{ij} = A_{ij} (\bar A_{ij} + \sum_k \bar A_{ik} A_{ik})", False),
        (r"\bar K = \bar S^\top Q", True),
        (r"\bar W_Q = X^\top \bar Q", True),
        (r"\bar X = \bar Q W_Q^\top + \bar K W_K^\top + \bar V W_V^\top", True),
    ],
)
def test_a_bar_may_stand_for_the_derivative_of_the_loss(link: str, passes: bool) -> None:
    found = list(check(text=ATTENTION.replace("LINK", link)).links)[-1]
    assert (found.verdict in ("proved", "holds")) == passes


def test_a_bar_is_a_mean_where_nothing_says_that_it_is_a_derivative() -> None:
    text = r"$$\bar x = \frac13 (x_1 + x_2 + x_3), \quad v = x_1 - \bar x, \quad SLOPE = \frac23$$"
    assert not check(text=text.replace("SLOPE", r"\frac{\partial v}{\partial x_1}")).refuted


CELL = r"""
$$\tilde h_t = \tanh(W_h x_t + b_h), \quad h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde h_t$$

Let $dh_t = \partial L / \partial h_t$.

$$d\tilde h_t = RIGHT$$
"""


@pytest.mark.parametrize(
    ("right", "passes"), [(r"dh_t \odot z_t", True), (r"dh_t \odot (1 - z_t)", False), (r"z_t \odot dh_t", True)]
)
def test_a_d_may_stand_before_a_name_with_a_mark(right: str, passes: bool) -> None:
    found = list(check(text=CELL.replace("RIGHT", right)).links)[-1]
    assert (found.verdict in ("proved", "holds")) == passes


MEAN = r"""
$$Z_1 = X W_1, \quad A_1 = \mathrm{ReLU}(Z_1), \quad Z_2 = A_1 W_2, \quad P = \mathrm{softmax}(Z_2)$$

$$L = -\frac{1}{n} \sum_{i=1}^n \sum_{k=1}^c Y_{ik} \log P_{ik}$$

where the rows of $Y \in \{0, 1\}^{n \times c}$ are one-hot.

$$dZ_2 = SLOPE, \quad dW_2 = A_1^\top dZ_2, \quad dA_1 = dZ_2 W_2^\top, \quad dZ_1 = dA_1 \odot \mathbb{1}(Z_1 > 0)$$

$$dW_1 = X^\top dZ_1 = \frac{1}{n} X^\top (((P - Y) W_2^\top) \odot \mathbb{1}(Z_1 > 0))$$
"""


@pytest.mark.parametrize(
    ("slope", "verdict"), [(r"\frac{1}{n} (P - Y)", "proved"), (r"\frac{1}{n} (Y - P)", "refuted")]
)
def test_the_derivatives_of_a_mean_are_judged_with_its_factor(slope: str, verdict: str) -> None:
    links = list(check(text=MEAN.replace("SLOPE", slope)).links)
    assert next(link.verdict for link in links if link.lhs == "dZ_2") == verdict
    assert links[-1].verdict == "proved"


@pytest.mark.parametrize(
    ("text", "printed"),
    [(r"\hat y^T z", r"(\hat{y})^T z"), (r"\bar S^\top Q", r"(\bar{S})^T Q"), (r"\hat y^2", r"(\hat{y})^2")],
)
def test_what_stands_above_a_mark_is_of_what_is_marked(text: str, printed: str) -> None:
    assert latex(read(text)) == printed

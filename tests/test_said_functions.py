"""Activations that a text names in words, in some languages."""

import pytest

from symbp import check
from symbp.checking.said_functions import said_functions

NET = r"""
SAID

$s_j = \sum_{h=1}^{q} w_{hj} b_h$, $y_j = f(s_j)$ and $E = \frac12 \sum_j (y_j - t_j)^2$.

$$f'(s_j) = SLOPE$$
"""


@pytest.mark.parametrize(
    ("said", "slope", "verdict"),
    [
        ("Here $f$ is the sigmoid function.", "y_j (1 - y_j)", "proved"),
        ("Here $f$ is the sigmoid function.", "y_j (1 + y_j)", "refuted"),
        ("Here $f$ is the sigmoid function.", "1 - y_j^2", "refuted"),
        ("Dabei ist $f$ der Tangens hyperbolicus.", "1 - y_j^2", "proved"),
        ("其中激活函数 $f$ 为 Sigmoid 函数。", "y_j (1 - y_j)", "proved"),
        ("We use the logistic function $f(\\cdot)$.", "y_j (1 - y_j)", "proved"),
        ("donde $f(x)$ es la función sigmoide", "y_j (1 - y_j)", "proved"),
        ("где $f$ — сигмоида", "y_j (1 - y_j)", "proved"),
    ],
)
def test_a_function_is_what_the_text_says_in_words(said: str, slope: str, verdict: str) -> None:
    text = NET.replace("SAID", said).replace("SLOPE", slope)
    assert list(check(text=text).links)[-1].verdict == verdict


@pytest.mark.parametrize(
    "said",
    [
        "$f$ may be the sigmoid or tanh.",
        "If $f$ is the sigmoid, then things are simple.",
        "an activation $f$, e.g. the sigmoid",
        "$f$ is not the sigmoid.",
        "激活函数 $f$ 可以是 sigmoid",
        "the derivative of the sigmoid is written $f$",
        "the sigmoid output of unit $f$",
    ],
)
def test_what_may_be_is_not_said(said: str) -> None:
    assert not said_functions(said)


def test_a_formula_counts_more_than_words() -> None:
    text = r"The sigmoid $f$: $f(x) = \tanh(x)$. $$f'(x) = 1 - f(x)^2$$"
    assert list(check(text=text).links)[-1].verdict == "proved"


TIED = r"""
$$h = s(W x + b), \quad p = V h, \quad E = \frac12 \|p - y\|^2$$

with the logistic function $s$.

$$\frac{\partial E}{\partial b} = (V^T (p - y)) \odot h \odot (1 SIGN h)$$
"""


@pytest.mark.parametrize(("sign", "verdict"), [("-", "proved"), ("+", "refuted")])
def test_a_letter_that_is_said_to_be_a_function_is_no_factor(sign: str, verdict: str) -> None:
    assert list(check(text=TIED.replace("SIGN", sign)).links)[-1].verdict == verdict

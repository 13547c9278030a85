"""A derivative that is 0 only because the text does not say how one quantity depends on another proves nothing."""

from __future__ import annotations

import pytest

from symbp.checking import check

LAYERS = r"""
For layers $l = 1, \dots, L$ let $z^{[l]} = W^{[l]} a^{[l-1]} + b^{[l]}$, $a^{[l]} = \sigma(z^{[l]})$,
$\mathcal{L} = \frac{1}{2}\|a^{[L]} - y\|^2$ and $\delta^{[l]} = \frac{\partial \mathcal{L}}{\partial z^{[l]}}$. Then
$$\delta^{[l]} = (W^{[l+1]})^T \delta^{[l+1]} \odot \sigma'(z^{[l]})$$
$$\frac{\partial \mathcal{L}}{\partial W^{[l]}} = \delta^{[l]} (a^{[l-1]})^T$$
"""
NUMBERS = r"""
$z = w x = 0.6$, $p = 0.6457$, $L = -\ln p$. Then $\frac{\partial L}{\partial w} = x \frac{\partial L}{\partial z}$.
"""
LAST = r"""
Let $z_1 = W_1 x$, $z_2 = W_2 \tanh(z_1)$,
$C = \frac{1}{2}\|a_N - y\|^2$ and $\delta_1 = \frac{\partial C}{\partial z_1}$.
Then $$\frac{\partial C}{\partial W_1} = \delta_1 x^T$$
"""


def verdicts(text: str) -> list[str]:
    return [link.verdict for equation in check(text=text).equations for link in equation.links]


def test_a_loss_called_as_the_number_of_layers() -> None:
    assert {*verdicts(LAYERS)} <= {"given", "proved", "holds"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [(r"= (W", r"= -3 (W"), (r"= \delta^{[l]} (a", r"= -7 \delta^{[l]} (a"), (r"\sigma'(z^{[l]})", r"\sigma(z^{[l]})")],
)
def test_a_slip_beside_such_a_loss(right: str, wrong: str) -> None:
    assert LAYERS.count(right) == 1
    assert verdicts(LAYERS.replace(right, wrong)).count("refuted") == 1


@pytest.mark.parametrize(("text", "part"), [(NUMBERS, r"= x \frac"), (LAST, r"= \delta_1 x")])
def test_nothing_is_proved_where_no_path_is_said(text: str, part: str) -> None:
    assert verdicts(text)[-1] != "refuted"
    assert verdicts(text.replace(part, f"= -5 {part[2:]}"))[-1] == "undecided"


def test_a_quantity_that_is_only_a_number_breaks_no_path() -> None:
    text = r"""
$w = 0.2$, $y = 1$, $z = 3 w = 0.6$, $p = 0.6457$, $L = -\ln p$. Then $\frac{\partial L}{\partial z} = p - y$.
"""
    assert verdicts(text)[-1] == "undecided"
    assert verdicts(text.replace("p = 0.6457", r"p = \sigma(0.6) = 0.6457"))[-1] == "holds"


SAMPLES = r"""
$$X = \begin{bmatrix} 1 & 2 \\ 0 & 1 \end{bmatrix}, \quad w = \begin{bmatrix} 0.5 \\ -1 \end{bmatrix}$$
$$Y = \begin{bmatrix} 1 & 0 \end{bmatrix}, \quad Z = w^T X, \quad A = \sigma(Z), \quad dZ = A - Y$$
$$dw = \frac{1}{2} X dZ^T$$
"""


def test_a_mean_over_the_samples_where_no_loss_is_said() -> None:
    assert verdicts(SAMPLES)[-1] == "holds"
    assert verdicts(SAMPLES.replace(r"\frac{1}{2} X", "X"))[-1] == "proved"
    assert verdicts(SAMPLES.replace(r"\frac{1}{2} X", r"\frac{1}{3} X"))[-1] == "refuted"
    assert verdicts(r"$$L = \frac12 \|A - Y\|^2$$" + SAMPLES)[-1] != "holds"


def test_a_slope_that_is_said_to_be_0_is_proved() -> None:
    assert verdicts(r"$z = w x + b$ and $u = v^2$. Then $\frac{\partial z}{\partial v} = 0$.")[-1] in (
        "proved",
        "holds",
    )

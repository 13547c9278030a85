"""Quantities of one sample or step that are printed without its letter."""

import pytest

from symbp import check

SAMPLES = r"""
For a sample $i$ we have $z = w x^{(i)} + b$ and $a = \sigma(z)$, with the loss
$L = -y^{(i)} \log a - (1 - y^{(i)}) \log(1 - a)$. The cost is $J = \frac{1}{m} \sum_{i=1}^m L$.

$$\frac{\partial J}{\partial BY} = RIGHT$$
"""
STEPS = r"""
The cell has $h_t = \tanh(W_{xh} x_t + W_{hh} h_{t-1} + b_h)$, $z_y = W_{hy} h_t + b_y$,
$\hat y_t = \mathrm{softmax}(z_y)$ and $L_t = -y_t^T \log \hat y_t$ where $y_t$ is one-hot, and $L = \sum_t L_t$.

$$\frac{\partial LOSS}{\partial BY} = RIGHT$$
"""
BEHIND = r"""
For every pattern $n$: $s = \sum_j v_j h_{nj} + c$, $p = \tanh(s)$, $E_n = \frac12 (p - t_n)^2$
and $E = \frac1N \sum_n E_n$.

$$\frac{\partial E}{\partial BY} = RIGHT$$
"""


@pytest.mark.parametrize(
    ("by", "right", "verdict"),
    [
        ("w", r"\frac{1}{m} \sum_{i=1}^m (a - y^{(i)}) x^{(i)}", "proved"),
        ("b", r"\frac{1}{m} \sum_{i=1}^m (a - y^{(i)})", "proved"),
        ("w", r"\sum_{i=1}^m (a - y^{(i)}) x^{(i)}", "refuted"),
        ("w", r"(a - y^{(i)}) x^{(i)}", "refuted"),
        ("b", r"\frac{1}{m} \sum_{i=1}^m (a + y^{(i)})", "refuted"),
    ],
)
def test_a_sum_over_samples_is_of_what_is_printed_without_their_letter(by: str, right: str, verdict: str) -> None:
    text = SAMPLES.replace("BY", by).replace("RIGHT", right)
    assert list(check(text=text).links)[-1].verdict == verdict


@pytest.mark.parametrize(
    ("by", "right", "verdict"),
    [
        ("v_j", r"\frac1N \sum_n (p - t_n)(1 - p^2) h_{nj}", "proved"),
        ("v_j", r"\sum_n (p - t_n)(1 - p^2) h_{nj}", "refuted"),
        ("c", r"\frac1N \sum_n (p - t_n)(1 + p^2)", "refuted"),
    ],
)
def test_the_letter_may_stand_only_in_the_loss_of_one(by: str, right: str, verdict: str) -> None:
    text = BEHIND.replace("BY", by).replace("RIGHT", right)
    assert list(check(text=text).links)[-1].verdict == verdict


@pytest.mark.parametrize(
    ("loss", "by", "right", "verdict"),
    [
        ("L_t", "z_y", r"\hat y_t - y_t", "proved"),
        ("L_t", "W_{hy}", r"(\hat y_t - y_t) h_t^T", "proved"),
        ("L", "W_{hy}", r"\sum_t (\hat y_t - y_t) h_t^T", "proved"),
        ("L", "b_y", r"\sum_t (\hat y_t - y_t)", "proved"),
        ("L", "b_y", r"\sum_t (y_t - \hat y_t)", "refuted"),
        ("L_t", "h_t", r"W_{hy}^T (\hat y_t - y_t)", "proved"),
    ],
)
def test_a_quantity_of_a_time_step_may_lack_its_letter(loss: str, by: str, right: str, verdict: str) -> None:
    text = STEPS.replace("LOSS", loss).replace("BY", by).replace("RIGHT", right)
    assert list(check(text=text).links)[-1].verdict == verdict


ALONE = r"""
At each step $t$ the unit has $z = w h_t + b$, $p_t = \tanh(z)$ and $L_t = \frac12 (p_t - y_t)^2$.

$$\frac{\partial L_t}{\partial BY} = RIGHT$$
"""


@pytest.mark.parametrize(
    ("by", "right", "verdict"),
    [
        ("w", "(p_t - y_t) (1 - p_t^2) h_t", "proved"),
        ("b", "(p_t - y_t) (1 - p_t^2)", "proved"),
        ("b", "(p_t - y_t) (1 - p_t)", "refuted"),
        ("w", "(p_t + y_t) (1 - p_t^2) h_t", "refuted"),
        ("w", "(p_t - y_t) (1 - p_t^2) h_{t-1}", "refuted"),
    ],
)
def test_a_letter_behind_a_link_is_that_of_the_link(by: str, right: str, verdict: str) -> None:
    """Where no sum over the letter says that there are several of what is printed without it."""
    text = ALONE.replace("BY", by).replace("RIGHT", right)
    assert list(check(text=text).links)[-1].verdict == verdict

"""Kinks, stated conditions, ranges of indices and what is held fixed: right links hold, wrong ones do not."""

import pytest

from symbp.checking import check
from symbp.checking.assuming import stated

UNIT = r"""# One rectifier
$$z = w x + b$$
$$a = \max(0, z)$$
$$u = v a + c$$
$$L = (u - t)^2$$
"""
CONVOLUTION = r"""# A filter
$$y_i = \sum_{k=1}^{K} w_k x_{i+k-1}$$
$$L = \frac12 \sum_i (y_i - t_i)^2$$
"""
CELL = r"""# A cell
$$f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)$$
$$g_t = \tanh(W_g x_t + U_g h_{t-1} + b_g)$$
$$c_t = f_t \odot c_{t-1} + g_t$$
$$h_t = \tanh(c_t)$$
"""


def last(text: str, link: str) -> str:
    return check(text=f"{text}\n\n$${link}$$").equations[-1].links[-1].verdict


@pytest.mark.parametrize(
    ("said", "link", "verdict"),
    [
        ("Since $z > 0$ here,", r"\frac{\partial L}{\partial w} = 2 (u - t) v x", "holds"),
        ("If $z > 0$, then", r"\frac{\partial L}{\partial w} = 2 (u - t) v x", "holds"),
        ("Where $z < 0$,", r"\frac{\partial L}{\partial w} = 2 (u - t) v x", "refuted"),
        ("The unit is on if $z > 0$. The slope is", r"\frac{\partial L}{\partial w} = 2 (u - t) v x", "undecided"),
        ("It is on if $z > 0$ and off otherwise:", r"\frac{\partial L}{\partial w} = 2 (u - t) v x", "undecided"),
        ("Since $z > 0$ here,", r"\frac{\partial L}{\partial w} = 2 (u - t) x", "refuted"),
        ("Since $z > 0$ here,", r"\frac{\partial L}{\partial w} = -2 (u - t) v x", "refuted"),
        ("Nothing is said:", r"\frac{\partial L}{\partial w} = 2 (u - t) v x", "refuted"),
    ],
)
def test_a_condition_in_the_prose(said, link, verdict):
    assert last(UNIT + said, link) == verdict


@pytest.mark.parametrize("names", ["wxb", "pqr", "kmn", "dgh", "afs"])
def test_a_lost_indicator_shows_whatever_the_names_are(names):
    w, x, b = names
    text = f"$$z = {w} {x} + {b}$$\n\n$$y = \\max(0, z)$$"
    assert last(text, rf"\frac{{\partial y}}{{\partial {w}}} = {x}") == "refuted"


def test_a_definition_that_applies_a_function_is_not_to_blame():
    text = UNIT + "Since $z > 0$ here,\n\n" + r"$$\frac{\partial L}{\partial w} = 2 (u - t) v x$$"
    report = check(text=text + "\n\n" + r"$$\frac{\partial L}{\partial b} = 2 (u - t) v$$")
    assert report.summary["refuted"] == 0


def test_signs_that_contradict_each_other_state_nothing():
    assert stated("Either $z > 0$ or $z < 0$:") == ({}, True)
    assert stated("As $z_1, z_2 > 0$,") == ({"z_1": 1, "z_2": 1}, True)


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        (r"\frac{\partial L}{\partial x_j} = \sum_i \frac{\partial L}{\partial y_i} w_{j-i+1}", "holds"),
        (r"\frac{\partial L}{\partial x_j} = \sum_{k=1}^{K} \frac{\partial L}{\partial y_{j-k+1}} w_k", "holds"),
        (r"\frac{\partial L}{\partial x_j} = \sum_i \frac{\partial L}{\partial y_i} w_{j-i}", "refuted"),
        (r"\frac{\partial L}{\partial x_j} = \sum_i \frac{\partial L}{\partial y_i} w_{i-j+1}", "refuted"),
        (r"\frac{\partial L}{\partial x_j} = -\sum_i \frac{\partial L}{\partial y_i} w_{j-i+1}", "refuted"),
        (r"\frac{\partial L}{\partial w_k} = \sum_i \frac{\partial L}{\partial y_i} x_{i+k}", "refuted"),
    ],
)
def test_what_is_outside_of_its_range_counts_as_zero(link, verdict):
    assert last(CONVOLUTION, link) == verdict


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        (r"\frac{\partial c_t}{\partial c_{t-1}} = f_t", "holds"),
        (r"\frac{\partial c_t}{\partial c_{t-1}} = \operatorname{diag}(f_t)", "holds"),
        (r"\frac{\partial c_t}{\partial c_{t-1}} = g_t", "refuted"),
        (r"\frac{\partial c_t}{\partial c_{t-1}} = -f_t", "refuted"),
        (r"\frac{\partial h_t}{\partial h_{t-1}} = \operatorname{diag}(f_t)", "refuted"),
    ],
)
def test_the_other_parts_of_the_step_before_are_held_fixed(link, verdict):
    assert last(CELL, link) == verdict


def test_a_given_label_is_put_in_only_where_it_is_compared():
    text = "$$a = \\sigma(w x)$$\n\n$$L = -\\ln a$$\n\n$$y = 1$$"
    assert last(text, r"\frac{\partial L}{\partial w} = (a - y) x") == "holds"
    assert last(text, r"\frac{\partial L}{\partial w} = (a - y) x y") == "refuted"

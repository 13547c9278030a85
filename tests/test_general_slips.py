"""Slips in general layers, in definitions behind them, and beside kinks: refuted, and repaired where they stand."""

import pytest
from slipping import LAYER, found

from symbp.checking import check

LAYERS = (
    LAYER
    + r"""$$\frac{\partial E}{\partial z_j^{(L)}} = \frac{\partial E}{\partial a_j^{(L)}} f'(z_j^{(L)})$$
$$\frac{\partial E}{\partial a_j^{(L)}} = a_j^{(L)} - t_j$$
$$\frac{\partial E}{\partial b_j^{(l)}} = \delta_j^{(l)}$$
"""
)
LAST = r"$$\delta_j^{(L)} = (a_j^{(L)} - t_j) f'(z_j^{(L)})$$"
STEP = r"$${b_j^{(l)}}^+ = b_j^{(l)} - \eta \frac{\partial E}{\partial b_j^{(l)}} = b_j^{(l)} - \eta \delta_j^{(l)}$$"


def test_general_layers_are_right():
    assert found(LAYERS + LAST + STEP) == []


@pytest.mark.parametrize(
    ("right", "wrong", "slip"),
    [
        (r"(a_j^{(L)} - t_j) f'(z_j^{(L)})", r"(a_j^{(L)} - t_j) f(z_j^{(L)})", "lost prime"),
        (r"(a_j^{(L)} - t_j) f'(z_j^{(L)})", r"a_j^{(L)} - t_j f'(z_j^{(L)})", "lost parentheses"),
        (r"(a_j^{(L)} - t_j) f'(z_j^{(L)})", r"(z_j^{(L)} - t_j) f'(z_j^{(L)})", "input for output"),
    ],
)
def test_a_slip_in_what_a_more_general_definition_covers_is_named_and_repaired(right, wrong, slip):
    assert right in LAST
    [(name, expected)] = found(LAYERS + LAST.replace(right, wrong))
    assert name == slip
    assert found(LAYERS + LAST.replace(right, expected)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "slip"),
    [
        ("(a_j^{(L)} - t_j)^2$$", "(a_j^{(L)} - t_j)^3$$", "wrong exponent"),
        (r"\frac{1}{2} \sum_j (a", r"\frac{2}{2} \sum_j (a", "factor 2 or 1/2"),
    ],
)
def test_a_slip_in_the_loss_of_general_layers_is_found_where_it_stands(right, wrong, slip):
    assert right in LAYERS
    text = LAYERS.replace(right, wrong) + LAST
    [link] = check(text=text).refuted
    assert (link.lhs, link.slip) == ("E", slip)
    assert found(text.replace(link.rhs, link.expected)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        r"b_j^{(l)} - \eta \eta \frac{\partial E}{\partial b_j^{(l)}}",
        r"- \eta \frac{\partial E}{\partial b_j^{(l)}}",
    ],
)
def test_a_slip_in_a_step_is_found_before_its_derivative_is_put_in(wrong):
    text = LAYERS + STEP.replace(r"b_j^{(l)} - \eta \frac{\partial E}{\partial b_j^{(l)}}", wrong)
    [link] = check(text=text).refuted
    assert link.left
    assert found(text.replace(wrong, link.expected)) == []


def test_a_letter_that_nothing_else_has_is_exchanged_even_where_no_units_are_all_different():
    step = (
        r"$${w_{jk}^{(l)}}^+ = w_{jk}^{(l)} - \eta \frac{\partial E}{\partial w_{jk}^{(l)}} = w_{jk}^{(l)} - \eta %s$$"
    )
    slope = r"$$\frac{\partial E}{\partial w_{jk}^{(l)}} = \delta_j^{(l)} a_k^{(l-1)}$$"
    right, wrong = r"\delta_j^{(l)} a_k^{(l-1)}", r"\delta_j^{(l)} z_i^{(l)}"
    assert found(LAYERS + slope + step % right) == []
    [(name, expected)] = found(LAYERS + slope + step % wrong)
    assert name == "exchanged symbol"
    assert found(LAYERS + slope + step.replace(r"w_{jk}^{(l)} - \eta %s", expected)) == []


SIZES = r"""$x = 1$, $w_1 = 0.3$, $w_2 = 0.4$, $t_1 = 0.9$, $t_2 = 0.8$
$$y_1 = \tanh(w_1 x)$$ $$y_2 = \tanh(w_2 x)$$ $$E = |y_1 - t_1| + |y_2 - t_2|$$ """


def test_the_slope_of_a_size_has_two_sides():
    right = r"$$\frac{\partial E}{\partial y_1} = \mathbf{1}[y_1 > t_1] - \mathbf{1}[y_1 < t_1]$$"
    assert found(SIZES + right) == []
    assert found(SIZES + right.replace("[y_1 > t_1]", "[y_2 > t_1]")) == [
        ("wrong index", r"\mathbf{1}[y_1 > t_1] - \mathbf{1}[y_1 < t_1]")
    ]


def test_a_given_one_does_not_make_numbers_of_a_formula():
    given = r"$x = 1$, $w = 0.3$, $t = 0.9$ $$z = w x$$ $$y = \max(0, z)$$ $$E = \frac{1}{2} (t - y)^2$$ "
    slope = r"$$\frac{\partial E}{\partial z} = (y - t) \mathbf{1}[z > 0]$$ "
    wrong = r"$$L = 2 E$$ $$L = \frac{1}{1} (t - z)^2$$"
    assert found(given + slope + wrong.replace("- z", "- y")) == []
    assert [slip for slip, _ in found(given + slope + wrong)] == ["input for output"]


def test_a_definition_is_not_repaired_so_that_all_derivatives_vanish_or_by_a_function_that_nothing_says():
    text = r"""$$s_j = \sum_{i=1}^{m} w_{ij} x_i$$ $$y_j = f(s_j)$$ $$f(x) = \frac{1}{1 + e^{-x}}$$
$$E = \frac{1}{2} \sum_{j=1}^{n} (d_j - y_j)^2$$
$$\frac{\partial E}{\partial w_{ij}} = (d_j - y_j) \frac{\partial d_j}{\partial w_{ij}}
 = (d_j - y_j) f'(s_j) \frac{\partial d_j}{\partial w_{ij}}$$
$$\frac{\partial E}{\partial w_{ij}} = (d_j - y_j) f'(s_j) \frac{\partial s_j}{\partial w_{ij}}$$"""
    assert not {link.lhs for link in check(text=text).refuted} & {"f(x)", "y_j", "s_j", "E"}


UNITS = r"""
$$f(x) = \tanh(x)$$
$$z_1 = w_{11} x_1 + w_{12} x_2 + b_1$$ $$y_1 = f(z_1)$$ $$z_2 = w_{21} x_1 + w_{22} x_2 + b_2$$ $$y_2 = f(z_2)$$
$$E_1 = \frac{1}{2} (t_1 - y_1)^2$$ $$E_2 = \frac{1}{2} (t_2 - y_2)^2$$ $$E = E_1 + E_2$$
$$y_1 = \tanh(w_{11} x_1 + w_{12} x_2 + b_1)$$
$$E = \frac{1}{2} (t_1 - y_1)^2 + \frac{1}{2} (t_2 - y_2)^2$$
$$\frac{\partial E}{\partial w_{11}} = \frac{\partial E}{\partial y_1} \frac{\partial y_1}{\partial z_1}
\frac{\partial z_1}{\partial w_{11}}$$
$$\frac{\partial E}{\partial w_{21}} = \frac{\partial E}{\partial y_2} \frac{\partial y_2}{\partial z_2}
\frac{\partial z_2}{\partial w_{21}}$$
"""


@pytest.mark.parametrize(
    ("right", "wrong", "slip"),
    [
        ("z_1 = w_{11} x_1 + w_{12}", "z_1 = 2 w_{11} x_1 + w_{12}", "factor 2 or 1/2"),
        (r"E_2 = \frac{1}{2}", r"E_2 = \frac{1}{-2}", "sign"),
        (r"z_1 = w_{11} x_1 + w_{12} x_2", r"z_1 = w_{11} x_1 + w_{12} x_2 + b_2", "extra term"),
        (r"\frac{\partial y_1}{\partial z_1}", "", "lost factor"),
    ],
)
def test_a_line_that_is_unlike_the_others_is_the_mistake(right, wrong, slip):
    assert found(UNITS) == []
    text = UNITS.replace(right, wrong, 1)
    link = check(text=text).refuted[0]
    assert (link.slip, link.line) == (slip, UNITS[: UNITS.index(right)].count("\n") + 1)
    assert link.expected == next(one.rhs for one in check(text=UNITS).links if one.lhs == link.lhs)


def test_a_definition_is_repaired_by_the_line_that_says_it_again():
    text = LAYERS + r"$$\frac{\partial E}{\partial w_{jk}^{(l)}} = \delta_j^{(l)} a_k^{(l-1)}$$"
    right = r"z_j^{(l)} = \sum_k w_{jk}^{(l)} a_k^{(l-1)} + b_j^{(l)}"
    again = f"$${right}$$"
    [link] = check(text=text.replace(" a_k^{(l-1)} + b", " + b", 1) + again).refuted
    assert (link.lhs, link.slip, f"{link.lhs} = {link.expected}".replace("j k", "jk")) == (
        "z_j^{(l)}",
        "lost factor",
        right,
    )

"""Slips that are named where a search had ended too early, or where another slip explains the line as well."""

import pytest

from symbp.checking import LinkReport, check

LAYERS = r"""
$$h = \phi(z), \quad z = W x, \quad h \in \mathbb{R}^3, z \in \mathbb{R}^3$$
$$\frac{\partial J}{\partial z} = \mathrm{prod}\left(\frac{\partial J}{\partial h}, \frac{\partial h}{\partial z}\right)
= \frac{\partial J}{\partial h} \odot \phi'(z)$$
"""
UNIT = r"""
$$z_5 = w_1 o_1 + w_2 o_2 + b$$
$$o_5 = z_5 \tanh(\ln(1 + e^{z_5})) = (w_1 o_1 + w_2 o_2 + b) \tanh(\ln(1 + e^{w_1 o_1 + w_2 o_2 + b}))$$
$$z_7 = w_5 o_5 + c, \quad o_7 = \tanh(z_7), \quad L = \frac{1}{2} (t - o_7)^2$$
$$\frac{\partial o_7}{\partial z_5} = \frac{\partial o_7}{\partial o_5} \cdot
\left( \frac{z_5 (1 - \tanh(\ln(1 + e^{z_5}))^2)}{1 + e^{-z_5}} + \tanh(\ln(1 + e^{z_5})) \right)$$
"""
LAYER = r"""
$$z_1 = w_{1,1} a_1 + w_{1,2} a_2 + b$$
$$z_2 = w_{2,1} a_1 + w_{2,2} a_2 + b$$
$$n_1 = \tanh(z_1) = \tanh(w_{1,1} a_1 + w_{1,2} a_2 + b)$$
$$n_2 = \tanh(z_2) = \tanh(w_{2,1} a_1 + w_{2,2} a_2 + b)$$
$$C = C_1 + C_2, \quad C_1 = \frac{1}{2} (y_1 - n_1)^2, \quad C_2 = \frac{1}{2} (y_2 - n_2)^2$$
$$\frac{\partial C}{\partial n_1} = n_1 - y_1$$
"""
STEP = r"""
$$z = w x + b, \quad E = \frac{1}{2} (y - z)^2, \quad \delta = \frac{\partial E}{\partial z}, \quad c^+ = c$$
$$b^+ = b - \eta \frac{\partial E}{\partial b} = b - \eta \delta$$
"""
SOFTSIGN = r"""
$$f(x) = \frac{x}{1 + |x|}$$
$$f'(x) = \frac{1}{(1 + |x|)^2}$$
"""
RAMP = r"""
$$w = -0.1, \quad \alpha = 0.01, \quad y = 0.47, \quad o = 0.624125, \quad i = 0.744748, \quad p = 0.3836$$
$$w - \alpha (o - y) \frac{1}{6} \mathbf{1}[i > -3] p = -0.1 - 0.01 \cdot (o - y) \frac{1}{6} \mathbf{1}[i > -3] p$$
"""
RAMP_LINE = r"(-0.1) - 0.01 (o - y) \frac{1}{6} \mathbf{1}[i > -3] p"
SLIPS = [
    (LAYERS, r"\phi'(z)", r"\phi(z)", "lost prime", r"\frac{\partial J}{\partial h} \odot \phi'(z)"),
    (UNIT, r"o_5 = z_5 \tanh(\ln(1 + e^{z_5})) =", "o_5 = z_5 =", "lost factor", r"z_5 \tanh(\ln(1 + e^{z_5}))"),
    (LAYER, "z_2 = w_{2,1} a_1", "z_2 = C a_1", "exchanged symbol", "w_{2,1} a_1 + w_{2,2} a_2 + b"),
    (LAYER, "z_2 = w_{2,1} a_1", "z_2 = y_1 a_1", "exchanged symbol", "w_{2,1} a_1 + w_{2,2} a_2 + b"),
    (STEP, r"b^+ = b - ", r"b^+ = b - \eta x - ", "extra term", r"b - \eta \frac{\partial E}{\partial b}"),
    (SOFTSIGN, r"\frac{1}{(1 + |x|)^2}", r"\frac{1}{1 + |x|}", "wrong exponent", r"\frac{1}{(1 + |x|)^2}"),
    (RAMP, r"-0.1 - 0.01 \cdot", "-0.1 - ", "lost factor", RAMP_LINE),
]


def refuted(text: str) -> tuple[LinkReport, ...]:
    return check(text=text).refuted


@pytest.mark.parametrize("text", [text for text, *_ in SLIPS])
def test_as_it_was_nothing_is_refuted(text: str) -> None:
    assert refuted(text) == ()


@pytest.mark.parametrize(("text", "right", "wrong", "slip", "expected"), SLIPS)
def test_a_slip_is_named_with_what_belongs_there(text: str, right: str, wrong: str, slip: str, expected: str) -> None:
    assert text.count(right) == 1
    first = refuted(text.replace(right, wrong))[0]
    assert (first.slip, first.expected) == (slip, expected)


def test_a_number_that_is_copied_with_a_slip_of_the_pen_is_that_of_the_line_before() -> None:
    [first, *_] = refuted("$$v = 0.72 - 0.1 \\cdot 0.177019 = 0.72 - 0.1 \\cdot 0.17719 = 0.702298$$")
    assert (first.slip, first.expected) == ("dropped digit", r"0.72 - 0.1 \cdot 0.177019")


def test_nothing_is_added_where_zero_is_right() -> None:
    text = r"$$z = w x, \quad E = \frac{1}{2} (d - z)^2$$" "\n" r"$$(d - z) \frac{\partial d}{\partial w} = (d - z) x$$"
    for link in refuted(text):
        assert link.slip not in {"missing term", "missing path", "lost factor", "lost derivative factor"}

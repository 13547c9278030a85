"""Links of matrices: shapes are inferred from how names are used; a lost transpose or an exchanged order shows."""

import pytest

from symbp.checking import check
from symbp.checking.shapes import declared

COLUMNS = r"""
$$z = W x + b$$ $$a = \sigma(z)$$ $$L = \frac12 \|a - y\|^2$$ $$\delta = \frac{\partial L}{\partial z}$$
$$\frac{\partial L}{\partial W} = \delta x^T$$ $$\frac{\partial L}{\partial x} = W^T \delta$$
"""
ROWS = r"""
$$Z = X W + b$$ $$A = \tanh(Z)$$ $$\frac{\partial L}{\partial Z} = \frac{\partial L}{\partial A} \odot (1 - A^2)$$
$$\frac{\partial L}{\partial W} = X^T \frac{\partial L}{\partial Z}$$
"""
LAYERS = r"""
$$z^{[1]} = W^{[1]} x + b^{[1]}$$ $$h = \tanh(z^{[1]})$$ $$z^{[2]} = W^{[2]} h + b^{[2]}$$
$$J = \frac12 \|z^{[2]} - t\|^2$$ $$\frac{\partial J}{\partial W^{[2]}} = (z^{[2]} - t) h^T$$
"""


def last(text: str) -> str:
    return list(check(text=text).links)[-1].verdict


@pytest.mark.parametrize(
    ("line", "right"),
    [
        (r"\delta = (a - y) \odot a \odot (1 - a)", True),
        (r"\delta = (a - y) \odot a", False),
        (r"\frac{\partial L}{\partial W} = \delta x", False),
        (r"\frac{\partial L}{\partial W} = x \delta^T", False),
        (r"\frac{\partial L}{\partial W} = \delta^T x", False),
        (r"\frac{\partial L}{\partial W} = (a - y) x^T", False),
        (r"\frac{\partial L}{\partial b} = \delta", True),
        (r"\frac{\partial L}{\partial b} = \delta^T", False),
        (r"\frac{\partial L}{\partial x} = W \delta", False),
        (r"\frac{\partial L}{\partial x} = \delta W^T", False),
        (r"\frac{\partial L}{\partial x} = W^T \odot \delta", False),
        (r"\nabla_x L = W^T \delta", True),
    ],
)
def test_a_derivative_has_the_shape_of_what_it_is_by(line: str, right: bool) -> None:
    assert last(f"{COLUMNS} $${line}$$") == ("proved" if right else "refuted")


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial L}{\partial W} = \frac{\partial L}{\partial a} \frac{\partial a}{\partial z}"
        r"\frac{\partial z}{\partial W} = (a - y) \odot a \odot (1 - a) x^T",
        r"\frac{\partial L}{\partial x} = \frac{\partial z}{\partial x} \frac{\partial L}{\partial z} = W^T \delta",
        r"\frac{\partial z}{\partial x} = W",
        r"\frac{\partial z}{\partial x} = W^T",
        r"\frac{\partial z}{\partial W} = x^T",
        r"\frac{\partial z}{\partial b} = 1",
        r"\frac{\partial a}{\partial z} = a (1 - a)",
        r"\frac{\partial a}{\partial z} = \mathrm{diag}(a \odot (1 - a))",
    ],
)
def test_a_derivative_of_an_array_by_an_array_is_what_serves_in_a_chain(line: str) -> None:
    assert last(f"{COLUMNS} $${line}$$") == "proved"


@pytest.mark.parametrize("line", [r"\frac{\partial a}{\partial z} = a", r"\frac{\partial z}{\partial x} = 2 W"])
def test_what_serves_in_no_chain_is_refuted(line: str) -> None:
    assert last(f"{COLUMNS} $${line}$$") == "refuted"


@pytest.mark.parametrize(
    ("line", "right"),
    [
        (r"\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Z} W^T", True),
        (r"\frac{\partial L}{\partial X} = W^T \frac{\partial L}{\partial Z}", False),
        (r"\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Z} W", False),
        (r"\frac{\partial L}{\partial W} = \frac{\partial L}{\partial Z}^T X", False),
        (r"\frac{\partial L}{\partial b} = \frac{\partial L}{\partial Z}", False),
    ],
)
def test_samples_may_be_rows_and_a_bias_is_added_to_each(line: str, right: bool) -> None:
    assert last(f"{ROWS} $${line}$$") == ("proved" if right else "refuted")


@pytest.mark.parametrize(
    ("line", "right"),
    [
        (r"\frac{\partial J}{\partial z^{[1]}} = (W^{[2]})^T (z^{[2]} - t) \odot (1 - h^2)", True),
        (r"\frac{\partial J}{\partial z^{[1]}} = W^{[2]} (z^{[2]} - t) \odot (1 - h^2)", False),
        (r"\frac{\partial J}{\partial z^{[1]}} = (W^{[2]})^T (z^{[2]} - t)", False),
        (r"\frac{\partial J}{\partial h} = (W^{[2]})^T (z^{[2]} - t)", True),
        (r"\frac{\partial J}{\partial h} = (z^{[2]} - t) (W^{[2]})^T", False),
        (r"\frac{\partial J}{\partial h} = \frac{1}{2} (W^{[2]})^T (z^{[2]} - t)", False),
    ],
)
def test_layers_have_widths_of_their_own(line: str, right: bool) -> None:
    assert last(f"{LAYERS} $${line}$$") == ("proved" if right else "refuted")


def test_square_matrices_are_told_apart_by_their_values() -> None:
    text = r"$$h = W x$$ $$k = W h$$ $$L = \|k\|^2$$ $$\frac{\partial L}{\partial h} = "
    assert last(rf"{text} 2 W^T k$$") == "proved"
    assert last(rf"{text} 2 W k$$") == "refuted"


def test_matrices_are_multiplied_before_what_is_multiplied_entry_by_entry() -> None:
    text = r"$$y = W x$$ $$s = \tanh(y)$$ $$u = s \odot W x$$ $$u = s \odot (W x)$$"
    assert last(text) == "proved"


def test_numbers_stay_numbers_where_nothing_is_an_array() -> None:
    text = r"$$z = w x + b$$ $$L = (z - y)^2$$ $$\frac{\partial L}{\partial w} = 2 (z - y) x$$"
    assert last(text) == "proved"


def test_stated_shapes_are_read() -> None:
    text = r"with $W \in \mathbb{R}^{m \times n}$ and $V \in \mathbb R^{3 \times k}$"
    assert declared(text) == {"W": ("m", "n"), "V": ("3", "k")}


def test_what_is_printed_after_a_quantity_needs_no_shape() -> None:
    text = r"$$v = W^T x$$ $$J(U, c) = \frac12 \|v - t\|^2$$ $$\frac{\partial J(U, c)}{\partial v} = v - t$$"
    assert last(text) == "proved"


def test_printed_arrays_are_carried_on_where_a_function_is_not_defined() -> None:
    text = r"$$h = g(s) = g([2, 3])$$ $$h = [0.5, 0.25]$$ $$W = \begin{bmatrix} 2 & 0 \\ 0 & 4 \end{bmatrix}$$"
    assert last(rf"{text} $$o = h W$$ $$o = [1, 1]$$") == "holds"
    assert last(rf"{text} $$o = h W$$ $$o = [1, 3]$$") != "holds"


@pytest.mark.parametrize(("sign", "verdict"), [("-", "holds"), ("", "refuted")])
def test_entries_of_an_array_that_is_printed_with_dots_are_numbers_of_their_own(sign: str, verdict: str) -> None:
    text = (
        r"$$X = \begin{bmatrix} x_1 \\ x_2 \\ \vdots \\ x_n \end{bmatrix}$$ $$y = W^\top X$$"
        r"$$J = \sum_i (t_i - m x_i)^2$$"
    )
    line = rf"$$\frac{{\partial J}}{{\partial m}} = {sign} 2 \sum_i x_i (t_i - m x_i)$$"
    assert last(text + line) in {verdict, "proved" if verdict == "holds" else verdict}


GRADIENTS = r"$$y = W x + b$$ $$\nabla_x L = W^\top \nabla_y L$$ $$\nabla_W L = \nabla_y L \cdot x^\top$$"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla_x L = W^\top \nabla_y L", "proved"),
        (r"\nabla_b L = \nabla_y L", "proved"),
        (r"\nabla_x L = W \nabla_y L", "refuted"),
        (r"\nabla_W L = x \cdot (\nabla_y L)^\top", "refuted"),
    ],
)
def test_a_loss_that_is_only_known_by_its_gradients_depends_on_what_they_are_by(line: str, verdict: str) -> None:
    assert last(f"{GRADIENTS} $${line}$$") == verdict

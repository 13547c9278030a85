r"""What a text says once more, and what its words say of a value: no contradiction, unless a slip makes it one."""

import pytest

from symbp.checking import check

SLOPE = r"""
$$y = \sum_{i=1}^N w_i x_i$$
$$E = (t - y)^2$$
For the sake of short formulas the error is halved:
$$E = \frac{1}{2} (t - y)^2$$
$$\frac{dE}{dw_i} = \frac{2}{2} (t - y) \frac{d}{dw_i} (t - y) = -(t - y) \frac{dy}{dw_i}$$
$$\frac{dE}{dw_i} = -(t - y) x_i$$
"""
UNIT = r"""
The error of an output is $E = \frac{1}{2} (t - o)^2$, with $w = 0.4$, $x = 0.5$ and $t_1 = 0.7$.
$$z_1 = w x$$
$$o_1 = \sigma(z_1)$$
$$E = \frac{1}{2} (t_1 - o_1)^2$$
$$\frac{\partial E}{\partial o_1} = -(t_1 - o_1)$$
"""
PASS = r"""
$x = 0.5$, $w = 0.4$, $t = 0.7$
$$z = w x = 0.2$$
$$y = \sigma(z) = 0.5498$$
"""


def verdicts(text):
    """Return the verdict on every link."""
    return [link.verdict for equation in check(text=text).equations for link in equation.links]


def test_what_follows_holds_by_the_second_of_two_definitions():
    assert set(verdicts(SLOPE)) <= {"given", "proved", "holds"}
    assert verdicts(SLOPE.replace("-(t - y) x_i", "-3 (t - y) x_i"))[-1] == "refuted"


def test_the_first_of_two_definitions_may_be_the_second_with_a_slip():
    text = SLOPE.replace("$$E = (t - y)^2$$", r"$$E = \frac{1}{2} (t - y)^3$$")
    [link] = check(text=text).refuted
    assert (link.lhs, link.slip) == ("E", "wrong exponent")


def test_another_scale_further_on_is_no_slip_and_another_exponent_is():
    text = r"$$E = {} (t - y)^{}$$ $$E = \frac{{1}}{{2}} (t - y)^2$$ $$y = w x$$ $$\frac{{dE}}{{dw}} = -(t - y) x$$"
    assert "refuted" not in verdicts(text.format("", "2"))
    assert verdicts(text.format(r"\frac{1}{2}", "3"))[0] == "refuted"


def test_a_formula_for_any_unit_stands_beside_that_for_one():
    assert "refuted" not in verdicts(UNIT)
    assert verdicts(UNIT.replace("-(t_1 - o_1)$$", "t_1 - o_1$$"))[-1] == "refuted"


def test_another_example_may_define_what_was_free():
    first = r"$$z = y - t$$ $$L = \frac{1}{2} z^2$$ $$\frac{\partial L}{\partial y} = z = y - t$$"
    second = r"Now with a unit before it: $$y = \sigma(z)$$"
    assert "refuted" not in verdicts(first + second)
    assert verdicts(r"$$z = w y + b$$ $$y = \sigma(z)$$")[1] == "refuted"


@pytest.mark.parametrize(
    "words", ["After the update the prediction becomes", "更新后的输出为", "Con los pesos actualizados:"]
)
def test_a_value_after_a_step_is_not_that_before_it(words):
    assert verdicts(f"{PASS}{words}\n$$y = 0.5812$$")[-1] == "undecided"
    assert verdicts(f"{PASS}So the prediction is\n$$y = 0.5812$$")[-1] == "refuted"


def test_the_target_may_have_the_letter_of_the_output():
    text = r"The {} is $y = 5$, with $w = 0.4$, $x = 0.5$. $$y = w x$$ $$L = \frac{{1}}{{2}} (y - 5)^2$$"
    assert verdicts(text.format("expected output"))[0] == "undecided"
    assert verdicts(text.format("output"))[0] == "refuted"


def test_agreement_at_zero_with_the_numbers_carried_on_tells_nothing():
    text = r"""
$x = 2$, $y = 5$.
$$z = 2 w + b = 2 \times 0.1 + 0.5 = 0.7$$
$$y = \sigma(z) = 0.668$$
$$L = \frac{1}{2} (y - 5)^2 = 9.38$$
$$\frac{\partial L}{\partial w} = -2 \times (y - 5) \times \frac{\partial y}{\partial z}$$
"""
    assert verdicts(text)[-1] == "refuted"
    assert verdicts(text.replace("= -2 ", "= 2 "))[-1] in ("proved", "holds")


RELU = r"""
$$Z_k = \sum_{j} W_{kj} X_j + B_k$$
$$A_k = \max(0, Z_k)$$
$$Y = \sum_k A_k$$
$$L = Y^2$$
"""


def test_a_condition_may_be_stated_of_all_of_a_kind():
    since = "Since all $Z_k > 0$, the gradients are short:\n"
    assert verdicts(RELU + since + r"$$\frac{\partial L}{\partial W_{kj}} = 2 Y X_j$$")[-1] == "holds"
    assert verdicts(RELU + since + r"$$\frac{\partial L}{\partial W_{kj}} = 2 Y X_k$$")[-1] != "holds"
    assert verdicts(RELU + r"$$\frac{\partial L}{\partial W_{kj}} = 2 Y X_j$$")[-1] == "refuted"


def test_the_entries_of_an_array_may_have_their_signs_stated():
    text = r"""
$$\boldsymbol{\delta}^{[1]} = \begin{bmatrix} 1.0 \\ 0.5 \end{bmatrix} \odot \text{ReLU}'(\mathbf{z}^{[1]})$$
Since both $z_1^{[1]} = 1.5 > 0$ and $z_2^{[1]} = 0.7 > 0$, the derivatives are
$$\text{ReLU}'(\mathbf{z}^{[1]}) = \begin{bmatrix} 1 \\ 1 \end{bmatrix}$$
"""
    assert verdicts(text)[-1] == "holds"
    assert verdicts(text.replace(r"1 \\ 1", r"1 \\ 0"))[-1] == "refuted"


def test_a_loss_may_be_written_for_the_label_that_is_given():
    text = r"""
$y = 1$, $x = 0.5$
$$z = w x$$
$$p = \sigma(z)$$
$$L = -\log(p)$$
$$\delta = p - y$$
$$\frac{\partial L}{\partial w} = \delta x$$
"""
    assert verdicts(text)[-1] == "holds"
    assert verdicts(text.replace("p - y", "y - p"))[-1] == "refuted"
    assert verdicts(text.replace("$y = 1$", "$y = 0$"))[-1] == "refuted"


def test_a_state_is_computed_with_the_values_of_its_gates():
    text = r"""
$$c_0 = 0$$
$$c_1 = f_1 c_0 + i_1 g_1$$
With $i_1 = 0$, $f_1 = 1$:
$$c_1 = 1 \times 0 + 0 \times g_1 = 0$$
$$c_2 = f_2 c_1 + i_2 g_2$$
With $i_2 = 1$, $f_2 = 1$:
$$c_2 = 1 \times 0 + 1 \times g_2 = g_2$$
"""
    assert "refuted" not in verdicts(text)
    assert "refuted" in verdicts(text.replace(r"0 + 1 \times g_2", r"1 + 1 \times g_2"))


def test_shapes_follow_from_printed_arrays():
    text = r"$$V^T \delta = \begin{bmatrix} 1.0 \\ 0.5 \end{bmatrix}$$ $$\delta = -0.75$$ "
    last = r"$$V = \begin{bmatrix} -1.333 & -0.667 \end{bmatrix}$$"
    assert "refuted" not in verdicts(text + last)


def test_a_definition_with_an_index_of_its_own_does_not_displace_a_sum():
    text = r"""
$$n_k = \sum_{j=1}^{H} w_{kj} y_j$$
Since $n_k = w_{kj}^T y_j$,
$$\frac{\partial n_k}{\partial w_{kj}} = y_j$$
"""
    assert verdicts(text)[0] == "given"
    assert verdicts(text)[-1] == "proved"


def test_a_star_between_an_array_and_a_smaller_one_may_be_a_convolution():
    rows = (rf"x_{{{k}1}} & x_{{{k}2}} & x_{{{k}3}}" for k in range(1, 4))
    image = r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"
    kernel, out = (
        rf"\begin{{pmatrix}} {a}_{{11}} & {a}_{{12}} \\ {a}_{{21}} & {a}_{{22}} \end{{pmatrix}}" for a in "wo"
    )
    assert verdicts(f"$${image} * {kernel} = {out}$$") == ["undecided"]


def test_a_formula_with_one_number_put_in_is_one_of_the_quantity_that_has_this_value():
    text = r"""
$$n_1 = w x = 0.4 \times 0.5 = 0.2$$
$$o_1 = \frac{1}{1 + e^{-0.2}} = 0.5498$$
$$E = \frac{1}{2} (t - o_1)^2$$
$$\frac{\partial E}{\partial n_1} = \frac{\partial E}{\partial o_1} \frac{\partial o_1}{\partial n_1}$$
$$\frac{\partial E}{\partial n_1} = -(t - o_1) o_1 (1 - o_1)$$
"""
    assert verdicts(text)[-1] == "proved"
    assert verdicts(text.replace("-(t - o_1) o_1", "(t - o_1) o_1"))[-1] == "refuted"
    assert verdicts(text.replace("e^{-0.2}", "e^{0.2}"))[-1] == "undecided"

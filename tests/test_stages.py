"""Documents that give names anew: iterations in the columns of a table, a second example, another definition."""

import pytest

from symbp import check

NEWTON = r"""
We start with $x=4$ and $s=0$.

| direction | formula | 1st | 2nd | 3rd |
|---|---|---|---|---|
| forward | $x=x-s$ | 4 | 2.125 | {third} |
| forward | $a=x^2$ | 16 | 4.516 | 1.685 |
|| target y | 1 | 1 | 1 |
| reverse | $s=(a-y)/2x$ | 1.875 | {step} | 0.264 |
"""

TWO_EXAMPLES = r"""
# Example 1
$$a = 2, \quad b = 3, \quad y = a b = 6, \quad \frac{\partial y}{\partial a} = b = 3$$

# Example 2
$$a = 5, \quad b = 7, \quad y = a + b = %s, \quad \frac{\partial y}{\partial a} = 1$$
$$\frac{\partial y}{\partial b} = 1$$
"""


def verdicts(text: str) -> list[str]:
    return [f"{link.lhs} = {link.rhs}" for link in check(text=text).refuted]


def test_each_column_of_a_table_is_a_round() -> None:
    report = check(text=NEWTON.format(third="1.298", step="0.8272"))
    assert not report.refuted
    assert report.summary["undecided"] == 0
    assert report.summary["holds"] + report.summary["proved"] >= 15


@pytest.mark.parametrize(
    ("third", "step", "wrong"), [("1.398", "0.8272", "x-s = 1.398"), ("1.298", "0.9272", "(a-y)/2x = 0.9272")]
)
def test_a_wrong_value_in_a_column_is_refuted(third: str, step: str, wrong: str) -> None:
    assert wrong in verdicts(NEWTON.format(third=third, step=step))


def test_a_second_example_may_define_the_same_names_anew() -> None:
    assert not verdicts(TWO_EXAMPLES % "12")
    assert verdicts(TWO_EXAMPLES % "13") == ["a + b = 13"]


def test_a_wrong_repetition_in_another_section_is_no_new_definition() -> None:
    text = "# Model\n$$z = w x + b$$\n$$\\frac{dz}{dw} = x, \\frac{dz}{db} = 1$$\n# Summary\n$$z = w x - b$$\n"
    assert verdicts(text) == ["z = w x - b"]


def test_an_assignment_is_carried_to_the_lines_after_it() -> None:
    text = "$w = 0.5$, $g = 2w = 1.0$\n\n$$w = w - 0.1 g = 0.4$$\n\n$$g = 2w = {}$$\n"
    assert not verdicts(text.replace("{}", "0.8"))
    assert verdicts(text.replace("{}", "0.9")) == ["2w = 0.9"]


def test_a_number_and_a_letter_below_a_slash_belong_together() -> None:
    assert not verdicts("$$y = \\frac{a}{2x}, \\quad y = a / 2x$$")
    assert verdicts("$$y = \\frac{a}{2x}, \\quad y = a / 2 \\cdot x$$")


def test_names_without_full_definitions_have_the_numbers_that_are_printed() -> None:
    text = (
        "$$E_1 = 0.2869, \\quad E_2 = 0.0214$$\n\n$$E = E_1 + E_2 = %s$$\n\n"
        "$$a = w p + q = 0.7676$$\n\n$$s = a (1 - a) = %s$$"
    )
    assert not verdicts(text % ("0.3083", "0.1784"))
    assert verdicts(text % ("0.3183", "0.1784")) == ["E_1 + E_2 = 0.3183"]
    assert verdicts(text % ("0.3083", "0.2784")) == ["a (1 - a) = 0.2784"]


def test_the_chain_rule_as_such_holds_whatever_its_quantities_are() -> None:
    report = check(text="$$\\frac{dE}{dw} = \\frac{dE}{do} \\frac{do}{dn} \\frac{dn}{dw}, \\quad o = s, \\quad n = o$$")
    assert next(link.verdict for link in report.links) == "holds"


def test_two_spellings_of_a_name_are_one_name() -> None:
    text = "$$out_{h1} = 0.5$$\n\nnet_o1 = outh1*w7 = 0.5*0.4 = 0.2\n\n$$net_{o1} = out_{h1} w_7 = %s$$"
    assert not verdicts(text % "0.2")
    assert verdicts(text % "0.3")


def test_what_is_left_to_the_reader_is_completed_by_its_index() -> None:
    text = (
        "$$E = E_1 + E_2, \\quad E_1 = \\frac12 (t_1 - o_1)^2$$ "
        "$$\\frac{\\partial E}{\\partial o_2} = %s(t_2 - o_2)$$ "
        "$$\\frac{\\partial E}{\\partial o_1} = -(t_1 - o_1)$$"
    )
    assert not verdicts(text % "-")
    assert verdicts(text % "")


def test_a_numbered_row_gives_the_quantities_of_the_head() -> None:
    text = (
        "$$a_t = 0.5 x_t, \\quad b_t = a_t^2$$\n\n| t | $x_t$ | input (a_t) | $b_t$ |\n|---|---|---|---|\n"
        "| 1 | 4 | 2.0 | 4.0 |\n| 2 | 6 | 3.0 | {} |\n"
    )
    assert not verdicts(text.replace("{}", "9.0"))
    assert verdicts(text.replace("{}", "8.0")) == ["b_2 = 8.0"]


def test_what_follows_from_a_stated_gradient_is_judged() -> None:
    text = (
        "$$z = w x + b, \\quad a = \\sigma(z)$$\n\n$$\\frac{\\partial L}{\\partial a} = 2 (a - y)$$\n\n"
        "$$\\frac{\\partial L}{\\partial w} = 2 (a - y) a (1 - a) %s$$"
    )
    report = check(text=text % "x")
    assert [link.verdict for link in report.links][-2:] == ["given", "proved"]
    assert verdicts(text % "w")


def test_values_are_given_in_pairs_and_anew() -> None:
    text = "$(x, t) = (2, 8)$, $y = 3 x = 6$\n\nNow $(x, t) = (4, 8)$: $y = 3 x = %s$"
    assert not verdicts(text % "12")
    assert verdicts(text % "14") == ["3 x = 14"]


def test_a_variance_defines_the_deviation() -> None:
    text = (
        "$$\\mu = \\frac1N \\sum_{j=1}^N x_j, \\quad \\sigma^2 = \\frac1N \\sum_{j=1}^N (x_j - \\mu)^2$$\n\n"
        "$$\\frac{\\partial \\sigma^2}{\\partial x_i} = \\frac{2}{N} (x_i %s \\mu)$$"
    )
    assert not verdicts(text % "-")
    assert verdicts(text % "+")


def test_a_derivative_before_a_sum_may_be_of_the_whole_sum() -> None:
    assert not verdicts("$$\\frac{d}{dw} x^2 w^2 - 2 x w = 2 w x^2 - 2 x$$")
    assert verdicts("$$\\frac{d}{dw} x^2 w^2 - 2 x w = 2 w x^2 + 2 x$$")


def test_a_nudge_in_the_prose_before_a_value_explains_it() -> None:
    text = "If $f = 3x$ and $x = 4$, then $f = 12$; let x grow to 4.001, then $f = 3x = %s$."
    assert not verdicts(text % "12.003")
    assert verdicts(text % "12.014")


def test_zeros_side_by_side_are_where_sums_start() -> None:
    assert not verdicts("$J = 2w$, $w = 3$, $J = 6$. Then $J = 0$, ${{d}}w = 0$, $d{{w}_{1}} = 0$ and a loop.")


def test_a_stray_term_of_a_sum_over_paths_is_named() -> None:
    text = "$$\\frac{dE}{dh_1} = \\frac{dA}{dh_1} + \\frac{dB}{dh_%s}$$"
    assert not verdicts(text % "1")
    assert verdicts(text % "2")


def test_a_name_is_no_function_of_itself_alone() -> None:
    assert verdicts("$$y = \\frac{1}{1 + e^{-y}}$$")
    assert not verdicts("$$w = w - 0.1 g$$ $$h = \\tanh(u h + w x)$$")


def test_the_numbers_of_a_list_are_the_values_of_the_numbered_names() -> None:
    text = "W = (0.1, 0.15)\n\n$$h = w_1 x + w_2, \\quad x = 2, \\quad h = %s$$"
    assert not verdicts(text % "0.35")
    assert verdicts(text % "0.45") == ["h = 0.45"]


def test_sizes_claim_nothing() -> None:
    assert not verdicts("$$[1 \\times d_f] = [1 \\times d_g] \\times [d_g \\times d_f]$$")


TWO_STEPS = """We fit $y = w x$ to $x = 2$, $t = 1$ with $\\eta = 0.1$, from $w = 1$.

$$y = w x = 2 \\qquad 2 (y - t) x = 4$$
$$w \\leftarrow w - 2 \\eta (y - t) x = 0.6$$

$$y = w x = 1.2 \\qquad 2 (y - t) x = %s$$
$$w \\leftarrow w - 2 \\eta (y - t) x = 0.52$$
"""


def test_a_value_copied_from_the_step_before_is_wrong() -> None:
    assert not verdicts(TWO_STEPS % "0.8")
    assert verdicts(TWO_STEPS % "4")


def test_a_step_still_to_come_explains_no_value() -> None:
    text = "$x = 2$, $w = 1$, $v = 3$. $$y = v w x = %s$$"
    text += "$$w \\leftarrow w - 0.1 x = 0.8$$ $$v \\leftarrow v - 0.1 x = 2.8$$"
    assert not verdicts(text % "6")
    assert verdicts(text % "4.8")


def test_braces_that_are_not_printed_bracket_no_sum() -> None:
    text = "$$y = w b (1 - a c)$$ $$\\frac{dy}{dw} = b ({1 - a}%s)$$"
    assert not verdicts(text % "(c)")
    assert verdicts(text % "(a)")


def test_on_its_side_of_a_kink_a_value_has_no_case() -> None:
    text = "$u = -0.5$, $x = -2$, $v = 3$. $$h = \\max(0, u x) = 1$$ $$y = v h = 3$$ $$\\frac{dy}{du} = v %s = -6$$"
    assert not verdicts(text % "x")
    assert verdicts(text % "u")


def test_a_state_that_starts_at_zero_ends_a_sum_over_time() -> None:
    text = r"""$$h_t = \tanh(z_t), \quad z_t = U x_t + W h_{t-1} + b$$
$$o_t = V h_t + c, \quad L = \sum_{t=1}^{3} L_t, \quad L_t = \frac{1}{2}(o_t - y_t)^2$$ Let $h_0 = 0$.
$$\frac{\partial L_3}{\partial W} = \frac{\partial L_3}{\partial h_3}\frac{\partial h_3}{\partial z_3} h_2
+ \frac{\partial L_3}{\partial h_3}\frac{\partial h_3}{\partial h_2}\frac{\partial h_2}{\partial z_2} %s$$
$$\frac{\partial L}{\partial V} = \sum_{t=1}^{3} (o_t - y_t) h_t$$"""
    assert not verdicts(text % "h_1")
    assert verdicts(text % "h_2")


TWO_LOSSES = r"""# Squares

$$L(t, o) = \frac{1}{2} \sum_{i=1}^3 (o_i - t_i)^2$$
$$\frac{\partial L(t, o)}{\partial o_i} = %s$$

# Classes

$$p_i = \frac{e^{z_i}}{\sum_{k=1}^n e^{z_k}}$$
$$L(t, p) = -\sum_{k=1}^n t_k \log p_k = -t^T z + \log \sum_j e^{z_j}$$
$$\frac{\partial L(t, p)}{\partial z} = %s$$
"""


def test_losses_printed_with_other_arguments_are_different_ones() -> None:
    assert not verdicts(TWO_LOSSES % ("o_i - t_i", "p - t"))
    assert verdicts(TWO_LOSSES % ("o_i + t_i", "p - t"))
    assert verdicts(TWO_LOSSES % ("o_i - t_i", "t - p"))

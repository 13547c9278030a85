r"""What is said again, for many samples or in a summary, and definitions that cannot be right where they stand."""

import pytest
from slipping import LAYER, found

from symbp.checking import check

LAYERS = (
    "# A general layer\n"
    + LAYER
    + r"""$$\frac{\partial E}{\partial w_{jk}^{(l)}} = \delta_j^{(l)} a_k^{(l-1)}$$
$${w_{jk}^{(l)}}^+ = w_{jk}^{(l)} - \eta \frac{\partial E}{\partial w_{jk}^{(l)}}$$
"""
)
SUMMARY = r"""
# In short

$$z_j^{(l)} = \sum_k w_{jk}^{(l)} a_k^{(l-1)} + b_j^{(l)}$$
$$a_j^{(l)} = f(z_j^{(l)})$$
$${w_{jk}^{(l)}}^+ = w_{jk}^{(l)} - \frac{\eta}{m} \sum_{x=1}^m \delta_{xj}^{(l)} a_{xk}^{(l-1)}$$
$${b_j^{(l)}}^+ = b_j^{(l)} - \eta \frac{\partial E}{\partial b_j^{(l)}}$$
"""
NET = r"""
$$z = w x + b$$
$$a = \frac{1}{1 + e^{-z}}$$
$$E = \frac{1}{2} (a - t)^2$$
$$\frac{\partial E}{\partial z} = (a - t) a (1 - a)$$
$$\frac{\partial E}{\partial w} = \frac{\partial E}{\partial z} \frac{\partial z}{\partial w} = (a - t) a (1 - a) x$$
$$w^+ = w - \eta \frac{\partial E}{\partial w}$$
"""


def last(text):
    """Return the verdict on the last link."""
    return check(text=text).equations[-1].links[-1].verdict


def test_what_is_said_again_is_right():
    report = check(text=LAYERS + SUMMARY)
    assert not report.refuted
    step = next(link for one in report.equations for link in one.links if r"\sum_{x=1}^m" in link.rhs)
    assert step.verdict in ("proved", "holds")
    assert "all samples are alike" in step.reason


@pytest.mark.parametrize(
    ("right", "wrong", "slip"),
    [
        (r"- \frac{\eta}{m} \sum_{x", r"+ \frac{\eta}{m} \sum_{x", "sign"),
        (r"\frac{\eta}{m} \sum_{x", r"2 \frac{\eta}{m} \sum_{x", "factor 2 or 1/2"),
        (
            r"^+ = w_{jk}^{(l)} - \frac{\eta}{m}",
            r"^+ = w_{jk}^{(l)} + w_{jk}^{(l)} - \frac{\eta}{m}",
            "term counted twice",
        ),
        (r"w_{jk}^{(l)} a_k^{(l-1)} + b_j", r"w_{jk}^{(l)} a_k^{(l-1)} - b_j", "sign"),
        (r"w_{jk}^{(l)} a_k^{(l-1)} + b_j^{(l)}", r"w_{jk}^{(l)} a_k^{(l-1)}", "missing term"),
        (r"w_{jk}^{(l)} a_k^{(l-1)} + b_j", r"w_{jk}^{(l)} w_{jk}^{(l)} + b_j", "exchanged symbol"),
    ],
)
def test_a_slip_in_what_is_said_again_is_named_and_repaired(right, wrong, slip):
    assert right in SUMMARY
    text = LAYERS + SUMMARY.replace(right, wrong)
    [(name, expected)] = found(text)
    assert name == slip
    line = next(line for line in text.splitlines() if line not in (LAYERS + SUMMARY).splitlines())
    head, first = line.split(" = ", 1)
    assert found(text.replace(line, f"{head} = {expected}$$")) == []
    assert first


def test_the_sum_over_samples_may_stand_for_their_mean():
    report = check(text=LAYERS + SUMMARY.replace(r"\frac{\eta}{m} \sum", r"\eta \sum"))
    [step] = [link for one in report.equations for link in one.links if r"\eta \sum_{x" in link.rhs]
    assert (step.verdict, "where there is one sample" in step.reason) == ("holds", True)


def test_a_sum_over_samples_in_the_one_step_and_their_mean_in_the_next_are_right():
    text = r"""
$$w_{ij}^+ = w_{ij} - \eta \frac{\partial E}{\partial w_{ij}}, \quad \frac{\partial E}{\partial w_{ij}} = \delta_j x_i$$

# All at once

$$w_{ij}^+ = w_{ij} - \eta \sum_{p=1}^P \delta_{pj} x_{pi}$$
$$w_{ij}^+ = w_{ij} - \frac{\eta}{P} \sum_{p=1}^P \delta_{pj} x_{pi}$$
"""
    assert found(text) == []
    assert found(text.replace(r"\frac{\eta}{P} \sum", r"\frac{\eta}{P} + \sum")) != []


def test_another_rule_of_updates_is_no_slip():
    decay = r"\sum_{x=1}^m \delta_{xj}^{(l)} a_{xk}^{(l-1)} - \eta \lambda w_{jk}^{(l)}$$"
    assert found(LAYERS + SUMMARY.replace(r"\sum_{x=1}^m \delta_{xj}^{(l)} a_{xk}^{(l-1)}$$", decay)) == []


@pytest.mark.parametrize(
    "other",
    [
        r"$$z_j^{(l)} = \sum_k w_{jk}^{(l)} a_k^{(l-1)}$$",  # and nothing is said of b any more
        r"$$z_j^{(l)} = \sum_k w_{jk}^{(l)} a_k^{(l-1)} + b_j^{(l)} + c_j$$",
    ],
)
def test_a_definition_that_is_simpler_or_goes_on_is_no_slip(other):
    assert found(LAYERS + "\n# Another\n\n" + other) == []


def test_a_bias_that_comes_later_is_no_slip():
    first = LAYERS.replace(" + b_j^{(l)}", "")
    assert found(first + SUMMARY) == []


def test_a_letter_of_a_sample_stands_on_both_sides_or_for_all_that_is_alike():
    more = SUMMARY + r"$$\frac{\partial E}{\partial w_{jk}^{(l)}} = \delta_j^{(l)} a_k^{(l-1)} = %s$$"
    assert last(LAYERS + more % r"a_{xk}^{(l-1)} a_k^{(l-1)}") == "refuted"
    assert last(LAYERS + more % r"\delta_{xj}^{(l)} a_k^{(l-1)}") != "refuted"


def test_a_quantity_is_not_made_from_what_comes_of_it():
    assert found(NET) == []
    assert found(NET.replace("$$z = w x + b$$", "$$z = w^+ x + b$$")) == [("old or updated value", "w x + b")]
    assert found(NET.replace("$$z = w x + b$$", "$$z = E x + b$$"))[0] == ("exchanged symbol", "w x + b")


def test_a_quantity_is_not_made_from_a_derivative_by_it():
    wrong = NET.replace("$$z = w x + b$$", r"$$z = w x \frac{\partial E}{\partial w} + b$$")
    assert found(wrong) == [("extra factor", "w x + b")]


def test_the_net_input_after_a_step_is_no_circle():
    assert found(NET + "\n# The next round\n\n$$z = w^+ x + b$$\n") == []


def test_a_quantity_of_a_unit_does_not_stand_in_a_function():
    text = LAYERS.replace(r"f(x) = \frac{1}{1 + e^{-x}}", r"f(x) = \frac{1}{1 + e^{-x} + b_j^{(l)}}")
    assert found(text)[0] == ("extra term", r"\frac{1}{1 + e^{-x}}")


def test_a_path_that_is_missing_is_seen_also_where_a_unit_is_silent():
    text = r"""
$h = \max(0, z)$, $z = w x$, $y_1 = v_1 h$, $y_2 = v_2 h$, $E = y_1^2 + y_2^2$,
$w = -0.5$, $x = 1.0$, $v_1 = 0.3$, $v_2 = 0.4$

$$\begin{aligned}
\frac{\partial E}{\partial z}
&= \frac{\partial E}{\partial y_1} \frac{\partial y_1}{\partial h} \frac{\partial h}{\partial z}
+ \frac{\partial E}{\partial y_2} \frac{\partial y_2}{\partial h} \frac{\partial h}{\partial z} \\
&= SECOND \\
&= (2 y_1 v_1 + 2 y_2 v_2) * 0 \\
&= 0.0
\end{aligned}$$
"""
    right = r"(2 y_1 v_1 + 2 y_2 v_2) \frac{\partial h}{\partial z}"
    assert found(text.replace("SECOND", right)) == []
    [(slip, _), *_] = found(text.replace("SECOND", r"2 y_2 v_2 \frac{\partial h}{\partial z}"))
    assert slip in ("missing path", "missing term")


def test_of_definitions_that_are_alike_the_odd_one_is_the_mistake():
    text = r"""
$$E_1 = -t_1 \ln y_1 - (1 - t_1) \ln(1 - y_1)$$
$$E_2 = -t_2 \ln y_2 - (1 - t_2) \ln(1 - y_2)$$
$$E_3 = -t_3 \ln y_3 - (1 - t_3) \ln(1 - y_3)$$
$$\frac{\partial E_1}{\partial y_1} = \frac{y_1 - t_1}{y_1 (1 - y_1)}$$
$$E_1 + E_2 = -t_1 \ln y_1 - (1 - t_1) \ln(1 - y_1) - t_2 \ln y_2 - (1 - t_2) \ln(1 - y_2)$$
"""
    assert found(text) == []
    wrong = text.replace(r"E_1 = -t_1 \ln y_1 -", "E_1 = -t_1 -")
    assert found(wrong) == [("lost factor", r"-t_1 \ln(y_1) - (1 - t_1) \ln(1 - y_1)")]


def test_the_variable_of_a_function_is_any_number_though_a_vector_has_its_letter():
    text = r"""
$$f(x) = \frac{x}{1 + |x|}$$
$$f'(x) = \frac{1}{(1 + |x|)^2}$$
$$z = W x + b, \quad y = f(z)$$

where $x \in \mathbb{R}^3$ and $W \in \mathbb{R}^{4 \times 3}$.
"""
    assert found(text) == []
    assert found(text.replace("|)^2", "|)^3")) != []

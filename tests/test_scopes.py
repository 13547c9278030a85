"""What a section says by itself, and letters that a line defines as functions."""

import pytest

from symbp import check

SECTIONS = r"""# One sample
$$a = \sigma(z), \qquad L = -(y \log a + (1 - y) \log(1 - a))$$
$$\frac{dL}{dz} = %s$$
# Many samples
$$J = \frac{1}{m} \sum_{i=1}^m L(a^{(i)}, b^{(i)}), \qquad a = \begin{bmatrix} a^{(1)} & a^{(2)} \end{bmatrix}$$
# Another meaning
$$L = \frac{1}{2} \sum_{i=1}^m (a^{(i)} - b^{(i)})^2, \qquad a^{(i)} = w x^{(i)}$$
$$\frac{\partial L}{\partial w} = %s$$"""
FUNCTION = r"""Let $y = w x$ with $w = 3$, $x = 4$ and $t = 8$.
$$L(w) = (y - t)^2 = (x w - t)^2$$
$$L(3) = (12 - 8)^2 = 16, \qquad L(1.5) = %s$$"""


RIGHT = ("a - y", r"\sum_{i=1}^m (a^{(i)} - b^{(i)}) x^{(i)}")


def test_a_section_may_mean_another_thing_by_a_name() -> None:
    report = check(text=SECTIONS % RIGHT)
    slopes = [link for link in report.links if link.lhs.startswith(r"\frac")]
    assert {link.verdict for link in slopes} <= {"proved", "holds"}
    assert len(slopes) == 2


@pytest.mark.parametrize("slips", [("y - a", RIGHT[1]), (RIGHT[0], r"\sum_{i=1}^m (b^{(i)} - a^{(i)}) x^{(i)}")])
def test_slips_in_a_section_do_not_pass(slips: tuple[str, str]) -> None:
    report = check(text=SECTIONS % slips)
    slopes = [link for link in report.links if link.lhs.startswith(r"\frac")]
    passed = [link for link in slopes if link.verdict in ("proved", "holds")]
    assert len(passed) == 1


@pytest.mark.parametrize(("value", "verdict"), [("(6 - 8)^2", "proved"), ("(5 - 8)^2", "refuted")])
def test_a_function_of_a_number(value: str, verdict: str) -> None:
    link = check(text=FUNCTION % value).equations[-1].links[-1]
    assert link.verdict == verdict


def test_a_product_with_its_own_letter_in_brackets_is_no_function() -> None:
    text = r"""Given $a = 0.5$.
$$a(1) = a, \qquad a(1 - a) = 0.25$$"""
    assert check(text=text).equations[-1].links[-1].verdict in ("proved", "holds")


@pytest.mark.parametrize(("rule", "verdict"), [("g'(x) x^2 + 2 x g(x)", "proved"), ("g'(x) x^2 + x g(x)", "refuted")])
def test_a_function_behind_a_function(rule: str, verdict: str) -> None:
    text = rf"""$$h(x) = g(x) x^2$$
$$h'(x) = {rule}$$"""
    assert check(text=text).equations[-1].links[-1].verdict == verdict


def test_the_same_letter_may_be_a_function_of_something_else_in_another_section() -> None:
    text = r"""# Two outputs
$$L(y, v) = (y - t)^2 + (v - s)^2, \qquad \frac{\partial L}{\partial v} = 2 (v - s)$$
# One weight
$$y = w x, \qquad L(w) = (y - t)^2$$"""
    report = check(text=text)
    assert report.equations[-1].links[-1].verdict == "given"
    assert not report.refuted


SAMPLES = r"""$$h_\theta(x^{(i)}) = \theta_0 + \theta_1 x^{(i)}$$
$$J(\theta_0, \theta_1) = \frac{1}{2m} \sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)})^2$$
$$\frac{\partial J}{\partial \theta_1} = %s$$"""
SINGLE = r"""$$L(\hat{y}, y) = -(y \log \hat{y} + (1 - y) \log(1 - \hat{y}))$$
$$J(w, b) = \frac{1}{m} \sum_{i=1}^m L(\hat{y}^{(i)}, y^{(i)}), \qquad a = \hat{y} = \sigma(z)$$
$$\frac{dL}{da} = -\frac{y}{a} + \frac{1 - y}{1 - a}, \qquad \frac{dL}{dz} = %s$$"""


@pytest.mark.parametrize(
    ("text", "slope", "verdict"),
    [
        (SAMPLES, r"\frac{1}{m} \sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)}) x^{(i)}", "proved"),
        (SAMPLES, r"\frac{1}{m} \sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)})", "refuted"),
        (SAMPLES, r"\sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)}) x^{(i)}", "refuted"),
        (SINGLE, "a - y", "proved"),
        (SINGLE, "y - a", "refuted"),
        (SINGLE, "(a - y) a", "refuted"),
    ],
)
def test_functions_of_samples(text: str, slope: str, verdict: str) -> None:
    assert check(text=text % slope).equations[-1].links[-1].verdict == verdict


def test_which_class_is_the_right_one_is_not_said() -> None:
    text = r"""$$u_j = \sum_i w_{ij} h_i, \qquad y_j = \frac{e^{u_j}}{\sum_k e^{u_k}}, \qquad E = -\log y_{j^*}$$
$$\frac{\partial E}{\partial u_j} = y_j - t_j$$
$$\frac{\partial E}{\partial h_i} = \sum_j w_{ij} (y_j - t_j)$$"""
    assert not check(text=text).refuted


def test_the_arguments_of_a_function_are_held_fixed_in_its_partial_derivatives() -> None:
    text = r"""Let $y = w x$.
$$f(x, y) = 3 x^2 + 2 x y + 5, \qquad \frac{\partial f}{\partial x} = %s$$"""
    right, wrong = (check(text=text % slope).equations[-1].links[-1] for slope in ("6 x + 2 y", "6 x + y"))
    assert (right.verdict, wrong.verdict) == ("proved", "refuted")


def test_a_loss_that_is_said_in_words_is_known_by_its_derivatives() -> None:
    text = r"""$$F = -\log p(y = k | x), \qquad z_k = \sum_i w_{ki} x_i + b_k$$
$$\frac{\partial F}{\partial b_k} = \frac{\partial F}{\partial z_k}$$
$$\frac{\partial F}{\partial w_{ki}} = \frac{\partial F}{\partial z_k} x_i$$
$$\frac{\partial F}{\partial x_i} = \sum_k \frac{\partial F}{\partial z_k} %s$$
$$\text{New } w_{ki} = \text{old } w_{ki} - \eta \frac{\partial F}{\partial w_{ki}}$$"""
    right, wrong = (check(text=text % factor) for factor in ("w_{ki}", "w_{ik}"))
    assert {link.verdict for link in right.links} <= {"proved", "holds", "given"}
    assert [link.verdict for link in wrong.equations[-2].links] == ["refuted"]

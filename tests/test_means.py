"""Sums that print no range, beside their mean: they are over as many things as that divides by."""

import pytest

import symbp

MEAN = "$$\\mu = \\frac{1}{m} \\sum_i x_i$$\n$$q = \\sum_i (x_i - \\mu)^2 = @$$\n"


def verdicts(text: str) -> list[str]:
    return [link.verdict for link in symbp.check(text=text).links]


def test_the_number_of_terms_is_what_the_mean_divides_by() -> None:
    assert verdicts(MEAN.replace("@", "\\sum_i x_i^2 - m \\mu^2"))[-1] == "proved"
    assert verdicts(MEAN.replace("@", "\\sum_i x_i^2 - \\mu^2"))[-1] == "refuted"


@pytest.mark.parametrize(("value", "verdict"), [("0", "proved"), ("2 \\mu", "refuted")])
def test_differences_from_the_mean_add_up_to_nothing(value: str, verdict: str) -> None:
    text = "$$\\mu = \\frac{\\sum_i x_i}{m}$$\n$$s = \\frac{2}{m} \\sum_i (\\mu - x_i) = @$$\n"
    assert verdicts(text.replace("@", value))[-1] == verdict


def test_a_printed_range_is_kept() -> None:
    text = "$$a = \\frac{1}{m} \\sum_{i=1}^{n} x_i, \\quad b = \\sum_i (x_i - a) = @$$"
    assert verdicts(text.replace("@", "0"))[-1] != "proved"


LINE = "$$y = c + k x$$\n\n$$L(k) = \\frac{1}{m} \\sum_{i=1}^m [y_i - (c + k \\cdot x_i)]^2$$\n\n$$@$$\n"


@pytest.mark.parametrize(("factor", "wrong"), [("2", False), ("1", True), ("-2", True)])
def test_a_letter_may_stand_for_the_output_and_for_the_targets_of_the_samples(factor: str, wrong: bool) -> None:
    slope = f"\\frac{{\\partial L}}{{\\partial k}} = \\frac{{{factor}}}{{m}} \\sum_{{i=1}}^m [y_i - (c + k x_i)] (-x_i)"
    assert ("refuted" in verdicts(LINE.replace("@", slope))) is wrong


@pytest.mark.parametrize(("factor", "wrong"), [("2", False), ("1", True)])
def test_a_loss_of_all_parameters_is_differentiated_by_each(factor: str, wrong: bool) -> None:
    loss = "$$L(\\theta) = \\frac{1}{m} \\sum_{i=1}^m (t_i - \\theta_0 - \\theta_1 x_i)^2$$\n\n"
    slope = f"\\frac{{\\partial L}}{{\\partial \\theta_0}} = -\\frac{{{factor}}}{{m}} "
    slope += "\\sum_{i=1}^m (t_i - \\theta_0 - \\theta_1 x_i)"
    assert ("refuted" in verdicts(f"{loss}$${slope}$$")) is wrong

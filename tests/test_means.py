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

"""Slopes of functions that stand without their arguments: they hold for any argument, or are wrong."""

import pytest

from symbp import check

SIGMOID = r"The sigmoid is $\sigma(x) = \frac{1}{1 + e^{-x}}$, and $\sigma' = RIGHT$."
OWN = r"Let $g(u) = \tanh(u)$. Then $g' = RIGHT$."


@pytest.mark.parametrize(
    ("text", "right", "verdict"),
    [
        (SIGMOID, r"\sigma(1 - \sigma)", "proved"),
        (SIGMOID, r"\sigma \cdot (1 - \sigma)", "proved"),
        (SIGMOID, r"\sigma - \sigma^2", "proved"),
        (SIGMOID, r"\sigma(1 + \sigma)", "refuted"),
        (SIGMOID, r"1 - \sigma", "refuted"),
        (OWN, "1 - g^2", "proved"),
        (OWN, "1 - g", "refuted"),
    ],
)
def test_the_slope_of_a_function_without_its_argument(text: str, right: str, verdict: str) -> None:
    """A bracket behind a function in which that stands again is a factor."""
    found = check(text=text.replace("RIGHT", right)).equations[-1].links[-1]
    assert found.verdict == verdict


def test_the_repair_has_no_argument_either() -> None:
    """It is written as the line is."""
    link = check(text=SIGMOID.replace("RIGHT", r"\sigma(1 + \sigma)")).equations[-1].links[-1]
    assert (link.slip, link.expected) == ("sign", r"\sigma(1 - \sigma)")

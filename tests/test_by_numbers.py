"""Losses printed with numbers alone, differentiated in letters; and outputs of which only derivatives are said."""

import pytest

import symbp

LOSS = (
    "Target $t = 4$.\n\n"
    "$$p = w \\cdot x = 0.5 \\cdot 3.25 = 1.625$$\n\n$$L = \\frac{1}{2}(4 - 1.625)^2 \\approx 2.82$$\n\n"
    "$$\\frac{\\partial L}{\\partial p} = @ = -2.375$$\n"
)


def verdicts(text: str) -> list[str]:
    return [link.verdict for link in symbp.check(text=text).links]


@pytest.mark.parametrize(("slope", "verdict"), [("-(t - p)", "proved"), ("-(t + p)", "refuted")])
def test_a_loss_of_numbers_is_one_of_the_output_and_its_target(slope: str, verdict: str) -> None:
    assert verdicts(LOSS.replace("@", slope))[-2] == verdict


def test_what_only_stands_in_a_derivative_is_not_what_a_quantity_depends_on() -> None:
    text = (
        "$$L = \\frac{1}{2}(t - p)^2$$\n\n$$\\frac{\\partial p}{\\partial w} = h$$\n\n"
        "$$\\frac{\\partial L}{\\partial h} = w \\frac{\\partial L}{\\partial p}$$\n"
    )
    assert verdicts(text)[-1] == "undecided"

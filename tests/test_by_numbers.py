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


UNITS = r"""
$x_1 = 0.4$, $w_1 = 0.5$, $w_2 = -0.7$, $b = 0.2$, $v_1 = 0.3$, $v_2 = 0.8$, $d = 0.9$.

$$s_1 = w_1 x_1 + b = 0.5 \cdot 0.4 + 0.2 = 0.4$$

$$s_2 = w_2 x_1 + b = -0.7 \cdot 0.4 + 0.2 = -0.08$$

$$h_1 = \frac{1}{1 + e^{-0.4}} = FIRST, \quad h_2 = \frac{1}{1 + e^{0.08}} = 0.4800$$

$$y = v_1 h_1 + v_2 h_2, \quad E = \frac12 (y - d)^2$$

$$\frac{\partial E}{\partial w_1} = RIGHT$$
"""


@pytest.mark.parametrize(
    ("first", "right", "verdict"),
    [
        ("0.5987", "(y - d) v_1 h_1 (1 - h_1) x_1", "proved"),
        ("0.5987", "(y - d) v_1 h_1 (1 + h_1) x_1", "refuted"),
        ("0.5987", "(y - d) v_1 h_2 (1 - h_2) x_1", "refuted"),
        ("0.5978", "(y - d) v_1 h_1 (1 - h_1) x_1", "undecided"),
    ],
)
def test_an_activation_of_a_number_is_that_of_the_quantity_with_this_value(
    first: str, right: str, verdict: str
) -> None:
    assert verdicts(UNITS.replace("FIRST", first).replace("RIGHT", right))[-1] == verdict

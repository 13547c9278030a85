"""Second derivatives: judged by the formula that the document gives for the first."""

import pytest

import symbp

NEURON = r"""
Let $s = u_1 r_1 + u_2 r_2$, $g = \sigma(s)$ and $C = -(q \ln g + (1 - q) \ln(1 - g))$.
$$\frac{\partial C}{\partial u_1} = (g - q) r_1$$
$$\frac{\partial^2 C}{\partial u_1^2} = SAME$$
$$\frac{\partial^2 C}{\partial u_1 \partial u_2} = g (1 - g) r_1 MIXED$$
"""

BATCH = r"""
Let $g_i = \sigma(u r_i)$ and $C = -\sum_{i=1}^M (q_i \ln g_i + (1 - q_i) \ln(1 - g_i))$.
$$\frac{\partial C}{\partial u} = \sum_{i=1}^M (g_i - q_i) r_i$$
$$\frac{\partial^2 C}{\partial u^2} = \sum_{i=1}^M LINE$$
"""


def _verdicts(text: str) -> list[str]:
    return [link.verdict for equation in symbp.check(text=text).equations for link in equation.links]


@pytest.mark.parametrize(
    ("same", "mixed", "found"),
    [
        (r"g (1 - g) r_1^2", "r_2", ["proved", "proved"]),
        (r"g (1 - g) r_1", "r_2", ["refuted", "proved"]),
        (r"g r_1^2", "r_1", ["refuted", "refuted"]),
    ],
)
def test_second_derivatives_are_those_of_the_first(same: str, mixed: str, found: list[str]) -> None:
    assert _verdicts(NEURON.replace("SAME", same).replace("MIXED", mixed))[-2:] == found


def test_a_wrong_first_derivative_says_nothing_of_the_second() -> None:
    text = NEURON.replace("SAME", "g (1 - g) r_1^2").replace("MIXED", "r_2").replace("(g - q) r_1", "(q - g) r_1")
    assert _verdicts(text)[-3:] == ["refuted", "undecided", "undecided"]


def test_second_derivatives_of_sums_over_samples_are_judged() -> None:
    assert _verdicts(BATCH.replace("LINE", "g_i (1 - g_i) r_i^2"))[-1] == "proved"
    assert _verdicts(BATCH.replace("LINE", "g_i (1 - g_i) r_i"))[-1] == "refuted"

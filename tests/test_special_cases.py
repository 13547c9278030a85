r"""Targets that are said to add up to one, and for which a later line has a special case."""

from __future__ import annotations

import pytest

from symbp.checking import check

SAID = (
    "$p_i = \\frac{e^{u_i}}{\\sum_j e^{u_j}}$ with targets $r_i$, $\\sum_i r_i = 1$ and"
    " $C = -\\sum_i r_i \\log p_i$.\n\n$$\\frac{\\partial C}{\\partial u_j} = SLOPE$$\n"
)
SMOOTHED = "Smoothed targets are $r_i = (1 - \\epsilon) y_i + \\frac{\\epsilon}{n}$.\n"


def verdicts(text: str) -> list[str]:
    return [link.verdict for equation in check(text=text).equations for link in equation.links]


@pytest.mark.parametrize(
    ("slope", "verdict"), [("p_j - r_j", "proved"), ("r_j - p_j", "refuted"), ("p_j + r_j", "refuted")]
)
@pytest.mark.parametrize("more", ["", SMOOTHED])
def test_slopes_hold_for_any_targets(slope: str, verdict: str, more: str) -> None:
    assert verdicts(SAID.replace("SLOPE", slope) + more)[3] == verdict


def test_the_special_case_claims_nothing_wrong() -> None:
    slope = "$$\\frac{\\partial C}{\\partial u_j} = p_j - (1 - \\epsilon) y_j - \\frac{\\epsilon}{n}$$"
    found = verdicts(SAID.replace("SLOPE", "p_j - r_j") + SMOOTHED + slope)
    assert found[4] == "given"
    assert "refuted" not in found


def test_a_softmax_after_its_sum_stays_a_definition() -> None:
    text = (
        "The outputs are such that $\\sum_i p_i = 1$, and $C = -\\sum_i r_i \\log p_i$ where"
        " $p_i = \\frac{e^{u_i}}{\\sum_j e^{u_j}}$ and $\\sum_i r_i = 1$.\n\n"
        "$$\\frac{\\partial C}{\\partial u_j} = SLOPE$$"
    )
    assert verdicts(text.replace("SLOPE", "p_j - r_j"))[-1] == "proved"
    assert verdicts(text.replace("SLOPE", "r_j - p_j"))[-1] == "refuted"

"""Rows of tables with several numbers: which of them is the value of a formula."""

import pytest

import symbp

STEPS = "$u = 2$\n\n| Weight | Before | Step | After |\n|---|---|---|---|\n| $w$ | $0.500$ | ${}$ | $0.690$ |\n"


def refuted(text: str) -> list[str]:
    return [link.rhs for link in symbp.check(text=text).refuted]


def test_a_number_with_a_plus_sign_is_no_formula() -> None:
    assert not refuted(STEPS.format("+0.190"))


CLOSED = "| {} | {} | label |\n|---|---|---|\n"
CLOSED += "| $2 \\cdot 0.25 = 0.5$ | $0.622$ | 1 |\n| $-\\tfrac14 \\approx -0.25$ | $0.438$ | 0 |\n"


@pytest.mark.parametrize("heads", [("$z$", "$\\sigma(z)$"), ("Factor", "After ten layers")])
def test_a_formula_that_ends_in_its_value_has_no_other(heads: tuple[str, str]) -> None:
    assert not refuted(CLOSED.format(*heads))


def test_the_value_of_a_formula_is_still_judged() -> None:
    assert refuted("| Step | Formula |\n|---|---|\n| $2 \\cdot 0.25$ and | $2 \\cdot 0.25 = 0.6$ |\n") == ["0.6"]
    assert refuted("| Formula | Result |\n|---|---|\n| $f = 0.3 + 0.4$ | 0.8 |\n") == ["0.8"]
    assert refuted("| Formula | Result |\n|---|---|\n| $f = 0.3 + 0.4 = 0.7$ | 0.8 |\n") == ["0.8"]


@pytest.mark.parametrize(("entropy", "verdict"), [("0.4", "undecided"), ("0.9", "undecided")])
def test_a_sum_over_a_vector_is_not_taken_for_one_over_numbered_names(entropy: str, verdict: str) -> None:
    text = (
        "$a_1 = 0.5 + 0.2 = 0.7$ and $a_2 = 0.5 - 0.2 = 0.3$\n\n"
        "$$L = -\\sum y \\log a = -(1 \\cdot \\log(0.7)) = @$$\n\n"
        "$$d = a - y = \\begin{bmatrix} 0.7 \\\\ 0.3 \\end{bmatrix} - \\begin{bmatrix} 1 \\\\ 0 \\end{bmatrix}$$\n"
    )
    links = list(symbp.check(text=text.replace("@", entropy)).links)
    assert [link.verdict for link in links if "sum" in link.lhs] == [verdict]

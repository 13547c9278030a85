"""Sums that do not print their letter, and rows whose entries stand beside one another."""

import pytest

from symbp import check

SOFTMAX = r"""# Softmax
$$s_i = \frac{e^{x_i}}{\sum e^{x_k}}$$
$$\frac{e^{x_i + c}}{\sum e^{x_k + c}} = \frac{e^{x_i}}{\sum e^{x_k}}$$
For $i \neq j$
$$\frac{\partial s_i}{\partial x_j} = -s_i s_j$$
$$\frac{\partial s_i}{\partial x_i} = s_i - s_i^2$$"""
SLIPS = (
    r"$$\frac{\partial s_i}{\partial x_i} = s_i + s_i^2$$",
    r"$$\frac{\partial s_i}{\partial x_i} = s_i$$",
    r"$$\frac{\partial s_i}{\partial x_j} = s_i s_j$$",
    r"$$\frac{e^{2 x_i}}{\sum e^{2 x_k}} = \frac{e^{x_i}}{\sum e^{x_k}}$$",
)
ROWS = """# Rows
$$u = \\begin{bmatrix} u_1 \\ \\, u_2 \\ \\, ... \\ \\, u_n \\end{bmatrix},
\\qquad v = \\begin{bmatrix} v_1 \\ \\, v_2 \\ \\, ... \\ \\, v_n \\end{bmatrix}$$
$$-v\\, \\text{diag}(u) = -u \\odot v$$
$$%s$$"""


def _verdicts(text: str) -> list[str]:
    return [link.verdict for link in check(text=text).links if link.verdict != "given"]


def test_a_sum_without_a_letter_is_over_the_one_that_stands_nowhere_else() -> None:
    assert set(_verdicts(SOFTMAX)) <= {"proved", "holds"}
    assert len(_verdicts(SOFTMAX)) == 3


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_in_sums_without_a_letter_are_refuted(slip: str) -> None:
    assert _verdicts(f"{SOFTMAX}\n{slip}")[-1] == "refuted"


def test_a_sum_with_a_choice_of_letters_stays_open() -> None:
    assert "refuted" not in _verdicts("# A sum\n$$y = \\sum w_i x_j$$\n$$y = \\sum x_j w_i + 1$$")


def test_entries_beside_one_another_with_wide_spaces_are_a_row() -> None:
    assert _verdicts(ROWS % "v\\, \\text{diag}(u) = v \\odot u") == ["proved", "proved"]
    assert _verdicts(ROWS % "v\\, \\text{diag}(u) = u + v") == ["proved", "refuted"]
    assert _verdicts(ROWS % "\\text{diag}(u) v = v \\odot u") == ["proved", "refuted"]

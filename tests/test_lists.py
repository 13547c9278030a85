"""Vectors printed on one line: they stand for rows or columns, and their results are rounded."""

import pytest

import symbp

OUTER = (
    "$u = [0.2, 0.4]$, $d = [-0.3,\\; 0.5]$\n\n"
    "$$G = d u^T = \\begin{{bmatrix}} -0.3 \\\\ 0.5 \\end{{bmatrix}} \\begin{{bmatrix}} 0.2 & 0.4 \\end{{bmatrix}}"
    " = \\begin{{bmatrix}} {} & -0.12 \\\\ 0.1 & 0.2 \\end{{bmatrix}}$$\n"
)


def verdicts(text: str) -> list[str]:
    return [link.verdict for link in symbp.check(text=text).links]


def test_a_list_is_a_column_where_its_use_shows_it() -> None:
    assert "refuted" not in verdicts(OUTER.format("-0.06"))
    assert verdicts(OUTER.format("-0.08"))[-1] == "refuted"


RESULTS = (
    "- $z = [0.45,\\; 0.0]$\n"
    "- $a = \\sigma([0.45, 0.0]) = [0.611, 0.500]$\n- $s = [0.5(0.611) - 0.2(0.5)] = [0.2055]$\n\n"
    "$$\\sigma'(z) = [0.611(1-{}),\\; 0.5(1-0.5)] = [0.238, 0.250]$$\n"
)


@pytest.mark.parametrize(("factor", "wrong"), [("0.611", False), ("0.661", True)])
def test_rounded_entries_are_rounded_wherever_they_are_put_in(factor: str, wrong: bool) -> None:
    assert ("refuted" in verdicts(RESULTS.format(factor))) is wrong

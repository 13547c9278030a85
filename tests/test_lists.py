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


PATCH = "\\begin{bmatrix} 7 & 1 \\\\ 2 & 3 \\end{bmatrix} \\odot \\begin{bmatrix} 1 & 0 \\\\ 2 & 1 \\end{bmatrix}"


@pytest.mark.parametrize(("total", "found"), [("14", ["proved", "proved"]), ("15", ["proved", "refuted"])])
def test_a_patch_times_a_kernel_is_the_sum_of_all_entries(total: str, found: list[str]) -> None:
    assert verdicts(f"$${PATCH} = 7 \\cdot 1 + 1 \\cdot 0 + 2 \\cdot 2 + 3 \\cdot 1 = {total}$$") == found
    assert verdicts(f"$${PATCH} = {int(total) + 3}$$") == ["refuted"]


@pytest.mark.parametrize(("value", "verdict"), [("9", "holds"), ("4", "refuted")])
def test_the_largest_entry_of_a_matrix(value: str, verdict: str) -> None:
    assert verdicts(f"$$\\max \\begin{{bmatrix}} 9 & 4 \\\\ 2 & -6 \\end{{bmatrix}} = {value}$$") == [verdict]


@pytest.mark.parametrize(("result", "verdict"), [("(1, 0, 0)", "holds"), ("(0, 1, 0)", "refuted")])
def test_what_no_computer_tells_from_nothing_is_nothing_beside_larger_entries(result: str, verdict: str) -> None:
    entries = ", ".join(f"\\frac{{e^{{{n}}}}}{{e^{{90}} + e^{{20}} + e^{{35}}}}" for n in (90, 20, 35))
    assert verdicts(f"$$({entries}) = {result}$$") == [verdict]


@pytest.mark.parametrize(("number", "verdict"), [("0.0026", "holds"), ("0.26", "refuted")])
def test_a_small_number_is_about_nothing_and_is_carried_on_as_it_is(number: str, verdict: str) -> None:
    text = f"$$g = 2 \\cdot {float(number) / 2:g} = {number} \\approx 0$$\n\n$$s = 1 - g = 1 - {number} = @$$"
    found = verdicts(text.replace("@", f"{1 - float(number):g}"))
    assert found[2] == verdict
    assert found[-1] == "proved"

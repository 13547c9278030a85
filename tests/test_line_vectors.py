"""Vectors printed on one line: rows or columns, multiplied by a dot, by an inner product, or alike in all entries."""

import pytest

from symbp import check


def last(text: str) -> str:
    return check(text=text).equations[-1].links[-1].verdict


@pytest.mark.parametrize(("entry", "verdict"), [("0.24", "proved"), ("0.22", "refuted")])
def test_a_dot_multiplies_entry_by_entry_where_a_vector_comes_of_it(entry: str, verdict: str) -> None:
    found = last(rf"$a = [0.4, 0.2]$, $d = a \cdot (1 - a)$, $a \cdot (1 - a) = [{entry}, 0.16]$")
    assert found == verdict or (verdict == "proved" and found == "holds")


@pytest.mark.parametrize(("entry", "passes"), [("4", True), ("3", False)])
def test_vectors_are_columns_in_an_outer_product(entry: str, passes: bool) -> None:
    text = rf"$d = [2, 2]$, $x = [1, 2]$, $d x^T = \begin{{bmatrix}} 2 & {entry} \\ 2 & 4 \end{{bmatrix}}$"
    assert last(text) in (("proved", "holds") if passes else ("refuted",))


@pytest.mark.parametrize(("value", "passes"), [("0.5", True), ("0.6", False)])
def test_a_number_for_an_array_all_of_whose_entries_it_is(value: str, passes: bool) -> None:
    assert last(rf"$d = 0.5$, $a = [1, 1]$, $d \times a = {value} \times 1$") in (
        ("proved", "holds") if passes else ("refuted",)
    )


@pytest.mark.parametrize(("second", "passes"), [("0.20", True), ("0.30", False)])
def test_an_inner_product(second: str, passes: bool) -> None:
    text = rf"""$v = [0.2, 0.1]$, $u = [0.3, 0.2]$
$$\langle v, u \rangle = (0.20 \times 0.30) + (0.10 \times {second})$$"""
    assert last(text) in (("proved", "holds") if passes else ("refuted",))

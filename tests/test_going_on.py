"""Formulas that go on behind a tag, parameters that go on from their last value, and what is linear only."""

import pytest

from symbp import check
from symbp.documents import chains


def test_a_formula_goes_on_where_only_its_colour_changes() -> None:
    text = 'first $b = 1/10$<span style="color:red">$+ \\alpha 1/3$</span> and then $c = 2$ <b>in all</b> $d = 3$'
    members = [[member.text for member in chain.members] for chain in chains(text)]
    assert [len(found) for found in members] == [2, 2, 2]
    assert members[0][1].split() == ["1/10", "+", "\\alpha", "1/3"]


def test_a_row_may_begin_with_what_follows() -> None:
    report = check(text="$$a = 2 b \\\\ \\implies c = 3 a$$")
    assert report.summary["unread"] == 0
    assert [link.lhs for link in report.links] == ["a", "c"]


@pytest.mark.parametrize(("value", "refuted"), [("2", 0), ("3", 1)])
def test_a_step_starts_from_the_last_value(value: str, refuted: int) -> None:
    text = f"- $b = 2 + \\alpha = 2.5$\n\nNext:\n\n- $b = 2.5 + 0.5 (-1) = {value}$\n"
    assert len(check(text=text).refuted) == refuted


def test_a_step_along_an_unknown_rate_defines_nothing() -> None:
    text = "First $b = 0.1 + \\alpha 0.3$. Later $b = 2 + \\alpha 1$."
    assert [link.verdict for link in check(text=text).links] == ["given", "given"]


def test_dual_numbers_are_equal_in_what_is_linear() -> None:
    text = r"$$(x + \epsilon p)(y + \epsilon q) = x y + \epsilon (x q + p y)$$"
    assert check(text=text).refuted
    assert not check(text=r"such that $\epsilon^2 = 0$: " + text).refuted


def test_a_capital_may_be_the_small_letter_of_another_line() -> None:
    text = r"""$C = \frac{1}{N} \sum_i (p_i - y_i)^2$ with $p_i = A_i$, and $q_i = y_i$.
$$\frac{\partial C}{\partial A_i} = \frac{2}{N} (A_i - Y_i)$$"""
    assert not check(text=text).refuted


@pytest.mark.parametrize("note", [r"\quad (\text{was } 0.43)", r"\quad (67.5\% \text{ chance})", r"\quad \blacksquare"])
def test_a_note_behind_a_result_is_no_part_of_it(note: str) -> None:
    text = rf"$$z = 0.25 + 0.125 = 0.375 {note}$$"
    assert [link.verdict for link in check(text=text).links][-1] == "proved"


def test_an_undefined_entry_may_be_that_of_the_array_by_which_is_differentiated() -> None:
    text = r"""$$z^{(3)} = a^{(2)} W^{(2)} + b^{(3)}$$
$$\frac{\partial \frac{e^{z^{(3)}}}{\sum_{k=1}^N e^{z_k}}}{\partial z^{(3)}} = \frac{e^{z^{(3)}} \sum_{k=1}^N e^{z_k}
- e^{z^{(3)}} e^{z^{(3)}}}{\left( \sum_{k=1}^N e^{z_k} \right)^2}$$"""
    [link] = [link for link in check(text=text).links if link.line == 2]
    assert (link.verdict, link.reason) == ("undecided", "z_k may be an entry of z^(3)")


@pytest.mark.parametrize("wrong", ["w x", "w x + b"])
def test_entries_are_no_term_that_is_missing_beside_their_arrays(wrong: str) -> None:
    text = rf"""$z = {wrong} = 0.5$, $a = \sigma(-0.5) = 0.3775$,
$\frac{{\partial a}}{{\partial w_1}} = \sigma'(z) x_1 = a (1 - a) x_1$"""
    assert not [link for link in check(text=text).refuted if link.slip == "missing term"]


def test_words_may_name_what_is_computed_before_a_colon() -> None:
    text = r"""With $o = 3 a$ and $a = v z$: $$\text{Gradient for } v_{2} :\frac{\partial o}{\partial v} = 3 z$$"""
    report = check(text=text)
    assert report.summary["unread"] == 0
    assert report.equations[-1].links[-1].verdict == "proved"

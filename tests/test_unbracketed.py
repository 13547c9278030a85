"""What stands above and below names without the brackets or with the colon that it needs."""

import pytest

from symbp.checking import check
from symbp.formulas import key, latex, read, without_groups


def verdicts(text):
    return [link.verdict for link in check(text=text).links]


def test_a_letter_that_is_counted_above_a_name_is_its_label_where_it_has_that_in_brackets():
    text = "$$b^{(k+1)} = 2 b^{(k)} + 1$$ $$b^{k+1} - b^{(k)} = b^{(k)} + %s$$"
    assert [verdicts(text % number)[-1] for number in (1, 2)] == ["proved", "refuted"]


def test_an_exponent_stays_one():
    assert verdicts("$$x^{(k)} = 2$$ $$c = 3$$ $$k = 1$$ $$d = c^{k+1} = 9$$")[-1] in ("proved", "holds")
    assert verdicts("$$x^{(k)} = 2$$ $$c = 3$$ $$k = 1$$ $$d = c^{k+1} = 8$$")[-1] == "refuted"


def test_a_number_above_the_head_of_a_definition_is_its_label_where_that_stands_in_brackets():
    text = "$$W^3 = [1, 2]$$ $$z = W^{(3)} + [1, 1] = [2, 3]$$"
    assert verdicts(text)[-1] == "proved"
    assert verdicts("$$a = 2$$ $$c = a^3 = 9$$")[-1] == "refuted"


@pytest.mark.parametrize("text", ["W_{1:}", "W_{:,1}", "W_{1,:}^{(k)}", "x_{1:t}"])
def test_a_row_a_column_and_a_stretch_are_no_entries(text):
    node = read(text)
    assert ":" in key(node)
    assert read(latex(node)) == node


def test_a_row_is_no_column():
    assert key(read("W_{1,:}")) != key(read("W_{:,1}"))


@pytest.mark.parametrize("text", [r"(\sum_{k=1}^n x_k) / y", r"(2 \sum_{k=1}^n x_k) / y"])
def test_a_sum_above_a_slash_ends_before_it(text):
    assert without_groups(read(latex(read(text)))) == without_groups(read(text))
    assert latex(without_groups(read(text))) != latex(read(text.replace("(", "").replace(")", "")))

"""After a step a quantity is computed of the new value of what the step is along, under the old name."""

import pytest

from symbp import check

TEXT = r"""A cost is $C = (v - 3)^2$ with $v = \tanh(k)$. We start at $k = 0.5$, so $v = \tanh(0.5) = 0.4621$.

A step leads to $k_1 = 0.9$. Now $v = \tanh({put}) = {result}$.
"""
SLOT = "{put}", "{result}"


def _last(put: str, result: str) -> list[str]:
    report = check(text=TEXT.replace(SLOT[0], put).replace(SLOT[1], result))
    return [link.verdict for link in report.equations[-1].links]


def test_the_value_after_the_step_is_right() -> None:
    assert _last("0.9", "0.7163") == ["holds", "holds"]


@pytest.mark.parametrize(("put", "result", "place"), [("0.8", "0.6640", 0), ("0.9", "0.7263", 1)])
def test_a_wrong_number_is_refuted_where_it_stands(put: str, result: str, place: int) -> None:
    assert _last(put, result)[place] == "refuted"


def test_what_something_else_is_made_of_is_no_iterate() -> None:
    text = r"Let $r = k_1 y$ and $z = \tanh(k x)$. Take $x = 1$, $y = 2$, $k = 3$ and $k_1 = 5$. Then $z = \tanh(5)$."
    assert check(text=text).equations[-1].links[0].verdict == "refuted"


@pytest.mark.parametrize(("put", "verdict"), [("4", "holds"), ("3", "refuted")])
def test_the_function_may_be_one_that_a_letter_names(put: str, verdict: str) -> None:
    text = rf"Let $v = \sigma(k x)$ with $x = 2$ and $k = 0$. The next one is $k_1 = 2$. Now $v = \sigma({put})$."
    assert check(text=text).equations[-1].links[0].verdict == verdict

"""A result that is put into a function which a letter names is a number, also where it is a whole one."""

import pytest

from symbp import check


@pytest.mark.parametrize(("put", "verdict"), [("7", "holds"), ("6", "refuted"), ("5", "refuted")])
def test_a_whole_number_that_is_put_in_is_judged_by_the_values(put: str, verdict: str) -> None:
    text = rf"Let $v = \sigma(k x + c)$ with $k = 3$, $x = 2$ and $c = 1$. Then $v = \sigma({put})$."
    assert check(text=text).equations[-1].links[0].verdict == verdict


def test_without_values_it_is_no_matter_of_numbers() -> None:
    text = r"Let $f(u) = (u - 4)^2$. Then $f(2) = (2 - 4)^2$ and $f(2) = (3 - 4)^2$."
    found = [equation.links[0].verdict for equation in check(text=text).equations]
    assert found == ["given", "proved", "refuted"]

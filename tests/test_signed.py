"""Slopes of functions with a kink, with the side of the kink said right after them."""

import pytest

from symbp import check

UNIT = "$$z = W x + b$$\n\n$$a = \\text{ReLU}(z)$$\n\n"


def last(text: str) -> str:
    return [*check(text=UNIT + text).links][-1].verdict


@pytest.mark.parametrize(
    "said",
    [
        r"$$%s = %s \quad \text{if } z > 0$$",
        r"$$%s = %s, \quad z > 0$$",
        r"$%s = %s$ if $z > 0$, else nothing.",
        r"$%s = %s$ si $z > 0$.",
    ],
)
@pytest.mark.parametrize("slope", [r"\text{ReLU}'(z)", r"\frac{\partial a}{\partial z}"])
def test_the_slope_above_a_kink(said, slope):
    assert last(said.replace("%s", slope, 1).replace("%s", "1")) == "holds"
    assert last(said.replace("%s", slope, 1).replace("%s", "0")) == "refuted"


def test_the_slope_below_a_kink():
    assert last(r"$$\text{ReLU}'(z) = 0 \quad \text{if } z < 0$$") == "holds"
    assert last(r"$$\text{ReLU}'(z) = 1 \quad \text{if } z \le 0$$") == "refuted"


def test_a_condition_on_something_else_says_nothing():
    assert last(r"$$\text{ReLU}'(z) = 1 \quad \text{if } q > 0$$") == "undecided"
    assert last(r"$$\text{ReLU}'(z) = 1$$") == "undecided"


def test_the_side_of_a_layer():
    text = "$$z^1 = W^1 x + b^1, \\quad a^1 = \\text{ReLU}(z^1)$$\n\n$\\text{ReLU}'(z^1) = %s$ if $z^1 > 0$."
    assert [*check(text=text % 1).links][-1].verdict == "holds"
    assert [*check(text=text % 0).links][-1].verdict == "refuted"

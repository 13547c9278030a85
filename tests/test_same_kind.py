"""Numbers printed for one unit, where the formula stands for another of its kind."""

import pytest

from symbp import check

NET = r"""
All units are sigmoid, with $i_1 = 0.2$, $i_2 = 0.4$, $w_1 = 0.5$, $w_2 = 0.1$, $w_3 = 0.3$, $w_4 = 0.6$, $b_1 = 0.15$.

$$net_{h1} = w_1 i_1 + w_2 i_2 + b_1 = 0.29$$
$$out_{h1} = \frac{1}{1 + e^{-net_{h1}}} = 0.571996$$
$$net_{h2} = w_3 i_1 + w_4 i_2 + b_1 = 0.45$$
$$out_{h2} = RESULT$$
"""
LAYERS = r"""
Take $x = 0.5$, $z_1 = 0.8 x + 0.1 = 0.5$ and $a_1 = \frac{1}{1 + e^{-z_1}} = 0.622459$.

Then $z_2 = 0.4 a_1 = 0.248984$, and $a_2 = RESULT$.
"""


@pytest.mark.parametrize(
    ("result", "verdict", "slip"),
    [
        ("0.610639", "holds", None),
        ("0.571996", "refuted", "value of another unit"),
        ("0.610693", "refuted", "transposed digits"),
    ],
)
def test_a_unit_gives_what_its_kind_does(result: str, verdict: str, slip: str | None) -> None:
    """A value that is copied from another unit is wrong."""
    link = check(text=NET.replace("RESULT", result)).equations[-1].links[-1]
    assert (link.verdict, link.slip) == (verdict, slip)


@pytest.mark.parametrize(("result", "verdict"), [("0.243964", "given"), ("0.622459", "refuted")])
def test_a_layer_may_have_an_activation_of_its_own(result: str, verdict: str) -> None:
    """Only a copy of what another layer gives is wrong at any rate."""
    assert check(text=LAYERS.replace("RESULT", result)).equations[-1].links[-1].verdict == verdict

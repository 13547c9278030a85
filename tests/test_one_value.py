"""Chains of quantities that end in a number: they speak of the values, and not of what is so for all of them."""

import pytest

from symbp import check

TEXT = r"""
Let $a_i = \tanh(z_i)$ and $z_i = v u_i + c$, where $u_1 = 2$, $u_2 = SECOND$, $v = WEIGHT$ and $c = 0.2$.

Then $LINK = RESULT$.
"""


@pytest.mark.parametrize(
    ("u", "v", "link", "result", "verdicts"),
    [
        ("3", "0", "a_1 = a_2", "0.1974", ["holds", "holds"]),
        ("2", "0.4", "a_1 = a_2", "0.7616", ["holds", "holds"]),
        ("3", "0.4", "a_1 = a_2", "0.7616", ["refuted", "refuted"]),
        ("3", "0", "a_1 = a_2", "0.7616", ["holds", "refuted"]),
        ("3", "0.4", "a_1 = a_2", "0.8854", ["refuted", "holds"]),
    ],
)
def test_two_quantities_with_one_value_are_equal(u: str, v: str, link: str, result: str, verdicts: list[str]) -> None:
    """They are so for the given values, and a wrong result is wrong by itself."""
    text = TEXT.replace("SECOND", u).replace("WEIGHT", v).replace("LINK", link).replace("RESULT", result)
    assert [found.verdict for found in check(text=text).equations[-1].links] == verdicts

"""Indicators with the opposite condition: the slip is named, and the line is right for all indices when repaired."""

import pytest

from symbp import check

SOFTMAX = r"""
Let $p_c = \frac{\exp(z_c)}{\sum_r \exp(z_r)}$ and $L = -\log p_k$ for the true class $k$.

$$\frac{\partial L}{\partial z_c} = p_c - \mathbf{1}[c RELATION k]$$
"""
RECTIFIER = r"""
Let $a = \max(0, z)$, $p = v a$ and $E = \frac12 (p - t)^2$.

$$\frac{\partial E}{\partial z} = (p - t) v \mathbf{1}[z RELATION 0]$$
"""


@pytest.mark.parametrize(("text", "right", "wrong"), [(SOFTMAX, "=", r"\neq"), (RECTIFIER, ">", "<")])
def test_the_opposite_condition_is_named(text: str, right: str, wrong: str) -> None:
    """That two indices differ in it says nothing of the link."""
    assert check(text=text.replace("RELATION", right)).equations[-1].links[-1].verdict in ("proved", "holds")
    link = check(text=text.replace("RELATION", wrong)).equations[-1].links[-1]
    assert (link.verdict, link.slip) == ("refuted", "opposite condition")
    assert link.expected is not None
    assert right in link.expected

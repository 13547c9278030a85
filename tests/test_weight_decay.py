"""Steps with weight decay, in which the weight is first made smaller: ``(1 - c) w`` and then the slope of the loss."""

import pytest

from symbp import check

ONE = r"""
Let $p = w x$ and $J = \frac12 (p - t)^2 + \frac{\lambda}{2} w^2$,
so $\frac{\partial J}{\partial w} = (p - t) x + \lambda w$.

$$w \leftarrow RULE$$
"""
MANY = r"""
Let $p_i = \sum_j w_j x_{ij}$ and $J = \frac{1}{2 m} \sum_{i=1}^m (p_i - t_i)^2 + \frac{\lambda}{2} \sum_j w_j^2$.

With $w_j \leftarrow w_j - \eta \frac{\partial J}{\partial w_j}$ the step is

$$w_j \leftarrow RULE$$
"""
SUM = r"\frac{\eta}{m} \sum_{i=1}^m (p_i - t_i) x_{ij}"


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        (ONE, r"(1 - \eta \lambda) w - \eta (p - t) x", ("given", None)),
        (ONE, r"(1 + \eta \lambda) w - \eta (p - t) x", ("refuted", "sign")),
        (ONE, r"(1 - \eta \lambda) w + \eta (p - t) x", ("refuted", "sign")),
        (MANY, rf"(1 - \eta \lambda) w_j - {SUM}", ("given", None)),
        (MANY, rf"(1 + \eta \lambda) w_j - {SUM}", ("refuted", "sign")),
    ],
)
def test_a_weight_that_decays_gets_smaller(text: str, rule: str, expected: tuple[str, str | None]) -> None:
    """The share that is taken from it is the slope of what its size costs."""
    link = check(text=text.replace("RULE", rule)).equations[-1].links[-1]
    assert (link.verdict, link.slip) == expected

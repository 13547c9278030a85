"""Derivatives that a text takes to be a number, as where the gradient that comes from above is 1."""

import pytest

from symbp import check

CELL = r"""
A cell has $c = 0.4$ and $o = 0.7$, and gives $h = o \tanh(c) = 0.2660$.

TAKEN

$$\frac{\partial L}{\partial BY} = RIGHT$$
"""
ONE = r"Suppose that $\frac{\partial L}{\partial h} = 1$ comes from above."


@pytest.mark.parametrize(
    ("taken", "by", "right", "verdicts"),
    [
        (ONE, "o", r"\tanh(c) = 0.3799", ["holds", "holds"]),
        (ONE, "c", r"o (1 - \tanh^2(c))", ["holds"]),
        (ONE, "o", r"\frac{\partial L}{\partial h} \tanh(c) = 0.3799", ["proved", "holds"]),
        (ONE, "o", r"\tanh(o) = 0.6044", ["refuted", "holds"]),
        (ONE, "c", r"o (1 + \tanh^2(c))", ["refuted"]),
        (ONE.replace("1", "2"), "o", r"2 \tanh(c)", ["holds"]),
        (ONE.replace("1", "2"), "o", r"\tanh(c)", ["refuted"]),
    ],
)
def test_a_derivative_that_is_taken_to_be_a_number_is_that(
    taken: str, by: str, right: str, verdicts: list[str]
) -> None:
    """What it is multiplied with stands alone where it is 1, and only there."""
    text = CELL.replace("TAKEN", taken).replace("BY", by).replace("RIGHT", right)
    assert [link.verdict for link in check(text=text).equations[-1].links] == verdicts

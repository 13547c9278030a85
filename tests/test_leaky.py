"""The derivative of a rectifier that lets something through: the definition is what it is, the derivative is wrong."""

import pytest

from symbp import check

RIGHT = r"\begin{cases} 1 & x > 0 \\ SLOPE & x < 0 \end{cases}"
CASES = r"A unit may leak: $$f(x) = \begin{cases} x & x > 0 \\ 0.2 x & x \le 0 \end{cases}$$ Then $$f'(x) = RIGHT$$"
MAXIMUM = r"With $f(x) = \max(0.2 x, x)$ the slope is $$f'(x) = RIGHT$$"


@pytest.mark.parametrize("text", [CASES, MAXIMUM])
@pytest.mark.parametrize(("slope", "verdict"), [("0.2", "holds"), ("0", "refuted"), ("x", "refuted")])
def test_the_slope_below_zero_is_what_leaks(text: str, slope: str, verdict: str) -> None:
    """A leak is no slip of the pen, and no repair leaves a case out or divides by zero."""
    first, last = check(text=text.replace("RIGHT", RIGHT.replace("SLOPE", slope))).equations
    assert (first.links[0].verdict, last.links[-1].verdict) == ("given", verdict)
    assert "0^" not in (last.links[-1].expected or "")

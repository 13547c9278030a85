"""An error that is called e, beside the e of the exponential."""

import pytest

from symbp import check

NET = r"""
Let $z = w x$, $\hat y = \frac{1}{1 + e^{-z}}$, $e = \hat y - y$ and $E = \frac12 e^2$. Then

$$SLOPE$$
"""


@pytest.mark.parametrize(
    ("slope", "verdict"),
    [
        (r"\frac{\partial E}{\partial w} = e \hat y (1 - \hat y) x", "proved"),
        (r"\frac{\partial E}{\partial w} = e \hat y (1 + \hat y) x", "refuted"),
        (r"\frac{\partial E}{\partial w} = e^2 \hat y (1 - \hat y) x", "refuted"),
        (r"\frac{\partial E}{\partial e} = e", "proved"),
        (r"\frac{d \hat y}{dz} = \frac{e^{-z}}{(1 + e^{-z})^2}", "proved"),
        (r"\frac{d \hat y}{dz} = \frac{e^{-z}}{1 + e^{-z}}", "refuted"),
    ],
)
def test_an_error_called_e_is_no_constant(slope: str, verdict: str) -> None:
    assert list(check(text=NET.replace("SLOPE", slope)).links)[-1].verdict == verdict


def test_an_error_called_e_may_have_a_number() -> None:
    text = r"$y = 0.3$, $d = 0.5$, $e = d - y = 0.2$, $E = \frac12 e^2 = \frac12 \cdot 0.2^2 = RESULT$"
    for result, verdict in (("0.02", "proved"), ("0.04", "refuted")):
        assert list(check(text=text.replace("RESULT", result)).links)[-1].verdict == verdict
    assert not check(text=r"$e = 2.718$, $f(x) = e^x$, $f'(x) = e^x$").refuted

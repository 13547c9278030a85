"""The arc tangent, with its slope."""

import pytest

from symbp import check


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        (r"\frac{ds}{dw} = \frac{a}{1 + (w a)^2}", "proved"),
        (r"\frac{ds}{dw} = \frac{1}{1 + (w a)^2}", "refuted"),
        (r"\frac{ds}{dw} = \frac{a}{1 - (w a)^2}", "refuted"),
        (r"\arctan(-a) = -\arctan(a)", "proved"),
        (r"\arctan(0.4) = 0.3805", "holds"),
        (r"\arctan(0.4) = 0.4228", "refuted"),
    ],
)
def test_the_arc_tangent_is_known(link: str, verdict: str) -> None:
    assert list(check(text=rf"$s = \arctan(w a)$ and $${link}$$").links)[-1].verdict == verdict

"""Digits above names that say which layer they are of, where nobody could take them for exponents."""

import pytest

from symbp import check

NET = r"""# Two layers
$$z^1 = W^1 x + b^1, \quad a^1 = \sigma(z^1)$$
$$z^2 = W^2 a^1 + b^2, \quad a^2 = \sigma(z^2)$$
$$L = \frac{1}{2} \|a^2 - y\|^2$$
$$\delta^2 = (a^2 - y) \odot \sigma'(z^2)$$
$$\delta^1 = (W^2)^T \delta^2 \odot \sigma'(z^1)$$
"""
UNIT = r"""# Two units
$$a^1 = \sigma(w^1 x), \quad a^2 = \sigma(w^2 a^1), \quad E = (a^2 - t)^2$$
"""


def last(text: str, link: str) -> str:
    return check(text=f"{text}\n\n$${link}$$").equations[-1].links[-1].verdict


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        (r"\frac{\partial L}{\partial W^2} = \delta^2 (a^1)^T", "proved"),
        (r"\frac{\partial L}{\partial W^1} = \delta^1 x^T", "proved"),
        (r"\frac{\partial L}{\partial \mathbf{b}^{1}} = \delta^{1}", "proved"),
        (r"\frac{\partial L}{\partial W^1} = \delta^2 x^T", "refuted"),
        (r"\frac{\partial L}{\partial W^2} = \delta^2 (a^2)^T", "refuted"),
        (r"\frac{\partial L}{\partial b^1} = -\delta^1", "refuted"),
        (r"\sigma'(z^2) = a^2 (1 - a^2)", "proved"),
        (r"\sigma'(z^2) = a^1 (1 - a^1)", "refuted"),
    ],
)
def test_layers_of_arrays(link, verdict):
    assert last(NET, link) == verdict


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        (r"\frac{\partial E}{\partial w^2} = 2 (a^2 - t) a^2 (1 - a^2) a^1", "proved"),
        (r"\frac{\partial E}{\partial w^1} = 2 (a^2 - t) a^2 (1 - a^2) w^2 a^1 (1 - a^1) x", "proved"),
        (r"\frac{\partial E}{\partial w^1} = 2 (a^2 - t) a^2 (1 - a^2) w^1 a^1 (1 - a^1) x", "refuted"),
        (r"(a^2 - t)^2 = (a^2)^2 - 2 a^2 t + t^2", "proved"),
        (r"(a^2 - t)^2 = a^2 - 2 a^2 t + t^2", "refuted"),
    ],
)
def test_layers_of_numbers_beside_squares(link, verdict):
    assert last(UNIT, link) == verdict


@pytest.mark.parametrize(
    "text",
    [
        "$$y = a x^1 + b x^2$$\n\n$$y = x (a + b x)$$",
        "$$s^2 = \\frac{1}{n} u$$\n\n$$s^2 n = u$$",
        "$$E = w^2$$\n\n$$\\frac{\\partial E}{\\partial w} = 2 w$$",
    ],
)
def test_exponents_stay_exponents(text):
    assert [link.verdict for link in check(text=text).links][-1] in ("proved", "holds")

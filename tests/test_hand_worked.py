"""Habits and slips of derivations worked by hand: what is meant is judged, and what contradicts the rest is refuted."""

import pytest

from symbp import check

ONE_LAYER = r"""The net is $$S_j = \sum_{i=1}^{m} w_{ij} x_i + b_j, \quad y_j = f(S_j)$$ with
$$f(x) = \frac{A}{1 + e^{-\frac{x}{B}}}$$ and the error is $$E(w,b) = \frac{1}{2} \sum_{j=1}^{n} (d_j - y_j)^2$$
$$\delta_{ij} = (d_j - y_j) \cdot \frac{f(S_j)[A - f(S_j)]}{AB}$$
%s
and in the layer before $$\delta_{ki} = \sum_{j=1}^{n} \delta_{ij} w_{ij} \frac{f(S_i)[A - f(S_i)]}{AB}$$
The weights are W = (0.1, 0.2, 0.3, 0.4) and the biases b = (0.5, 0.6)."""


def verdict(text: str) -> str:
    """Return what is found of the last of the links that claim anything."""
    return [link.verdict for link in check(text=text).links if link.verdict != "given"][-1]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (r"\frac{\partial E(w,b)}{\partial b_j} = -\delta_{ij}", "proved"),
        (r"\frac{\partial E(w,b)}{\partial b_j} = \delta_{ij}", "refuted"),
        (r"\frac{\partial E(w,b)}{\partial w_{ij}} = -\delta_{ij} x_i", "proved"),
        (r"\frac{\partial E(w,b)}{\partial w_{ij}} = -\delta_{ij} x_j", "refuted"),
        (r"\frac{\partial E(w,b)}{\partial w_{ij}} = -(d_j - y_j) \frac{\partial y_j}{\partial w_{ij}}", "proved"),
        (r"\frac{\partial E(w,b)}{\partial w_{ij}} = -(d_j - y_j) \frac{\partial d_j}{\partial w_{ij}}", "refuted"),
        (r"\frac{1}{\partial w_{ij}} \cdot \frac12 \sum_{j=1}^{n} (d_j - y_j)^2 = -\delta_{ij} x_i", "proved"),
        (r"\frac{1}{\partial w_{ij}} \cdot \frac12 \sum_{j=1}^{n} (d_j - y_j)^2 = \delta_{ij} x_i", "refuted"),
        (r"w_{ij} = w_{ij} - \eta \frac{\partial E(w,b)}{\partial w_{ij}} = w_{ij} + \eta \delta_{ij} x_i", "proved"),
        (r"w_{ij} = w_{ij} - \eta \frac{\partial E(w,b)}{\partial w_{ij}} = w_{ij} - \eta \delta_{ij} x_i", "refuted"),
    ],
)
def test_letters_tell_which_delta_is_meant(link: str, expected: str) -> None:
    assert verdict(ONE_LAYER % f"$${link}$$") == expected


@pytest.mark.parametrize(("result", "expected"), [("2 w x^2", "proved"), ("w x^2", "refuted")])
def test_the_sign_above_the_line_of_a_derivative_may_be_lost(result: str, expected: str) -> None:
    assert verdict(rf"$$E = (w x)^2$$ $$\frac{{E}}{{\partial w}} = {result}$$") == expected
    assert verdict(rf"$$E = (w x)^2$$ $$\frac{{1}}{{\partial w}} (w x)^2 = {result}$$") == expected

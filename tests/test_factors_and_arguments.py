"""Brackets behind a name: a factor beside it, as in f (1 - f), or its argument; quantities printed with theirs."""

from __future__ import annotations

import pytest

from symbp.checking import check

LOGISTIC = r"\frac{1}{1+e^{-x}}"


def verdicts(text: str) -> list[str]:
    return [link.verdict for equation in check(text=text).equations for link in equation.links]


def judged(text: str) -> set[str]:
    return {verdict for verdict in verdicts(text) if verdict != "given"}


RIGHT = [
    rf"Let $f(x) = {LOGISTIC}$. Then $$f'(x) = \frac{{e^{{-x}}}}{{(1+e^{{-x}})^2}} = f(1-f)$$",
    rf"The curve $y(x) = {LOGISTIC}$ has the slope $\frac{{dy}}{{dx}} = y(1-y)$.",
    r"Let $\sigma = \frac{1}{1+e^{-a}}$, $E = (\sigma - t)^2$. So $\frac{dE}{da} = 2(\sigma - t)\sigma(1-\sigma)$.",
    r"Let $p(z) = \sigma(z)$ and $z = w x$. Then $\frac{\partial p}{\partial w} = p(1-p)x$.",
    r"Let $h(z) = \sigma(z)$, $z = w x$, $L = \frac12 (h - y)^2$. So $\frac{\partial L}{\partial z} = (h-y)h(1-h)$.",
    r"With $y = \sigma(a)$ and $\frac{d\sigma}{da} = \sigma(1-\sigma)$ we have $\frac{dy}{da} = y(1-y)$.",
    r"Let $g(w) = \frac{1}{1+e^{-w}}$, $w = 2$ and $g = \sigma(w)$. Then $\frac{dg}{dw} = g(1-g) = 0.881 \cdot 0.119$.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_name_beside_itself_is_a_factor(text: str) -> None:
    assert judged(text) <= {"proved", "holds"}
    assert len(judged(text)) > 0


@pytest.mark.parametrize("text", RIGHT)
def test_with_a_wrong_sign(text: str) -> None:
    for right, wrong in (("(1-", "(1+"), ("0.119", "0.191")):
        if right in text:
            assert "refuted" in verdicts(text.replace(right, wrong))
            return


def test_a_chain_about_the_second_slope_has_the_argument_too() -> None:
    text = rf"Let $f(x) = {LOGISTIC}$. Then $f'' = f' \cdot (1-2f) = f \cdot (1-f)\cdot (1-2f)$."
    assert verdicts(text)[-1] == "proved"
    assert verdicts(text.replace(r"f \cdot (1-f)\cdot", r"f \cdot (1+f)\cdot"))[-1] == "refuted"


def test_an_argument_stays_one() -> None:
    text = r"Let $f(x) = x^2$. Then $f(1 - x) = (1 - x)^2$ and $f(f(x)) = x^4$."
    assert judged(text) <= {"proved", "holds"}
    assert "refuted" in verdicts(text.replace("x^4", "x^3"))

r"""A letter d with an exponent, and signs that work entry by entry: ``\frac{1}{d^2}``, ``.*``, ``^{\odot 2}``."""

from __future__ import annotations

import pytest

from symbp.checking import check
from symbp.formulas import Derivative, Fraction, read


def last(text: str) -> str:
    return check(text=text).equations[-1].links[-1].verdict


@pytest.mark.parametrize("text", [r"\frac{1}{d^2}", r"\frac{1}{d^2 + 1}", r"\frac{d^2}{2}", r"\frac{-n}{2 d^2}"])
def test_a_letter_d(text: str) -> None:
    assert isinstance(read(text), Fraction)


@pytest.mark.parametrize("text", [r"\frac{d^2 f}{dx^2}", r"\frac{d^2}{dx^2} f", r"\frac{\partial^2 f}{\partial x^2}"])
def test_the_sign_of_derivatives(text: str) -> None:
    assert isinstance(read(text), Derivative)


@pytest.mark.parametrize(("line", "verdict"), [(r"-\frac{c}{d^2}", "proved"), (r"\frac{c}{d^2}", "refuted")])
def test_a_quotient(line: str, verdict: str) -> None:
    assert last(f"$d = u + v$, $q = c / d$.\n\n$$\\frac{{\\partial q}}{{\\partial u}} = {line}$$") == verdict


@pytest.mark.parametrize(("factor", "verdict"), [("(1 - a)", "proved"), ("(1 + a)", "refuted")])
def test_products_entry_by_entry_as_in_programs(factor: str, verdict: str) -> None:
    text = "$z = V x$, $a = \\sigma(z)$, $C = \\frac12 \\|a - y\\|^2$.\n\n$$\\frac{\\partial C}{\\partial z}"
    assert last(f"{text} = (a - y) .* a .* {factor}$$") == verdict


@pytest.mark.parametrize(("factor", "verdict"), [("2", "proved"), ("3", "refuted")])
def test_powers_entry_by_entry(factor: str, verdict: str) -> None:
    text = "$u = V x$, $w = u^{\\odot 2}$, $C = \\mathbf{1}^T w$.\n\n$$\\frac{\\partial C}{\\partial V}"
    assert last(f"{text} = {factor} u x^T$$") == verdict

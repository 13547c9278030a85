r"""Sums over the entries of arrays that have an index of their own, as ``\sum_k y_{t,k} \log p_{t,k}``."""

from __future__ import annotations

import pytest

from symbp.checking import check

STEPS = "$s_t = \\tanh(A s_{t-1} + B x_t + c)$, $v_t = D s_t + e_v$, $q_t = \\mathrm{softmax}(v_t)$"
ENTROPY = ", $C = \\sum_{t=1}^T C_t$, $C_t = -\\sum_k p_{t,k} \\log q_{t,k}$.\n\n"
SQUARES = ", $C = \\sum_{t=1}^T C_t$, $C_t = \\frac12 \\sum_k (v_{t,k} - p_{t,k})^2$.\n\n"


def last(text: str) -> str:
    return check(text=text).equations[-1].links[-1].verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial C}{\partial v_t} = q_t - p_t", "proved"),
        (r"\frac{\partial C}{\partial v_t} = p_t - q_t", "refuted"),
        (r"\frac{\partial C}{\partial D} = \sum_{t=1}^T (q_t - p_t) s_t^T", "proved"),
        (r"\frac{\partial C}{\partial D} = \sum_{t=1}^T (q_t - p_t) s_{t-1}^T", "refuted"),
        (r"\frac{\partial C}{\partial e_v} = \sum_{t=1}^T (q_t - p_t)", "proved"),
    ],
)
def test_entropies(line: str, verdict: str) -> None:
    assert last(f"{STEPS}{ENTROPY}$${line}$$") == verdict


@pytest.mark.parametrize(("line", "verdict"), [("v_t - p_t", "proved"), ("2 (v_t - p_t)", "refuted")])
def test_squares(line: str, verdict: str) -> None:
    assert last(f"{STEPS}{SQUARES}$$\\frac{{\\partial C}}{{\\partial v_t}} = {line}$$") == verdict


def test_components_stay_components() -> None:
    text = f"{STEPS}{ENTROPY}$$\\frac{{\\partial C_t}}{{\\partial q_{{t,k}}}} = -\\frac{{p_{{t,k}}}}{{q_{{t,k}}}}$$"
    assert last(text) != "refuted"
    assert last(text.replace("= -\\frac{p", "= \\frac{p")) != "proved"


@pytest.mark.parametrize(("line", "verdict"), [("r^{(i)}", "proved"), ("(a^{(i)} + y^{(i)})", "refuted")])
def test_samples_of_a_derivative_written_for_short(line: str, verdict: str) -> None:
    text = (
        "$X \\in \\mathbb{R}^{n \\times m}$, $w \\in \\mathbb{R}^{n \\times 1}$, $Y \\in \\mathbb{R}^{1 \\times m}$,"
        " $Z = w^T X + b$, $A = \\sigma(Z)$,\n\n"
        "$$J = -\\frac{1}{m}\\sum_{i=1}^m \\left[ y^{(i)} \\log a^{(i)} + (1-y^{(i)}) \\log (1-a^{(i)}) \\right]$$\n"
        "$$dZ = A - Y$$\n$$db = \\frac{1}{m}\\sum_{i=1}^m LINE$$\n"
    )
    assert last(text.replace("LINE", line.replace("r^", "dz^"))) == verdict

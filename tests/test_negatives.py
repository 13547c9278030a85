"""Sums over negative examples beside a positive one, which none of them is, in a document that has a softmax too."""

from __future__ import annotations

import pytest

from symbp.checking import check

LOSS = "$$C = -\\log \\sigma(r_o^T q) - \\sum_{k=1}^K \\log \\sigma(-r_k^T q)$$\n\n"
SOFTMAX = "With a softmax, $p_w = \\frac{\\exp(r_w^T q)}{\\sum_{v} \\exp(r_v^T q)}$ and $C' = -\\log p_o$.\n\n"


def first(line: str, after: str) -> str:
    return check(text=f"{LOSS}$${line}$$\n\n{after}").equations[1].links[0].verdict


@pytest.mark.parametrize("after", ["", SOFTMAX])
@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial C}{\partial r_o} = (\sigma(r_o^T q) - 1) q", "proved"),
        (r"\frac{\partial C}{\partial r_o} = \sigma(r_o^T q) q", "refuted"),
        (r"\frac{\partial C}{\partial r_k} = \sigma(r_k^T q) q", "proved"),
        (r"\frac{\partial C}{\partial r_k} = \sigma(-r_k^T q) q", "refuted"),
        (r"\frac{\partial C}{\partial q} = (\sigma(r_o^T q) - 1) r_o + \sum_{k=1}^K \sigma(r_k^T q) r_k", "proved"),
        (r"\frac{\partial C}{\partial q} = \sigma(r_o^T q) r_o + \sum_{k=1}^K \sigma(r_k^T q) r_k", "refuted"),
    ],
)
def test_slopes(line: str, verdict: str, after: str) -> None:
    assert first(line, after) == verdict

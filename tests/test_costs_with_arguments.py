r"""Costs printed with parameters that their formula reaches through others only, as ``J(\theta)`` of ``\hat y - y``."""

from __future__ import annotations

import pytest

from symbp.checking import check

COST = "$p^{(i)} = \\omega^T x^{(i)}$ and $C(\\omega) = \\frac{1}{2m} \\sum_{i=1}^m (p^{(i)} - y^{(i)})^2$.\n\n"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{1}{m} \sum_{i=1}^m (p^{(i)} - y^{(i)}) x^{(i)}", "proved"),
        (r"\frac{1}{m} \sum_{i=1}^m (y^{(i)} - p^{(i)}) x^{(i)}", "refuted"),
        (r"\frac{2}{m} \sum_{i=1}^m (p^{(i)} - y^{(i)}) x^{(i)}", "refuted"),
        (r"\frac{1}{m} \sum_{i=1}^m (p^{(i)} - y^{(i)})", "refuted"),
    ],
)
def test_slopes(line: str, verdict: str) -> None:
    found = check(text=f"{COST}$$\\frac{{\\partial C}}{{\\partial \\omega}} = {line}$$").equations[-1].links[-1]
    assert found.verdict == verdict

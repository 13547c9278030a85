"""A range of several indices behind a formula is no part of it."""

import pytest

from symbp import check
from symbp.documents import chains

RANGES = [
    r", \qquad p,q\in\{0,1\}",
    r",\quad p,q = 1,2",
    r", p, q = 1, \dots, n",
    r"\quad p,\ q \ge 1",
    r"\qquad (p = 1, 2)",
    r"\quad p,q",
    r", \; p, q \in \mathbb{N}",
]
FORMULA = r"$$v_{pq} = \sum_{r=1}^{2} m_{pr}\, u_{rq} + e"


@pytest.mark.parametrize("text", RANGES)
def test_a_range_of_indices_is_left_out(text: str) -> None:
    (chain,) = chains(f"{FORMULA}{text}$$")
    assert chain.source == FORMULA.lstrip("$")


@pytest.mark.parametrize("text", RANGES)
@pytest.mark.parametrize(("slope", "verdict"), [("m_{pr}", "proved"), ("m_{rp}", "refuted")])
def test_what_follows_from_the_formula_is_judged(text: str, slope: str, verdict: str) -> None:
    document = rf"{FORMULA}{text}$$ and then $\frac{{\partial v_{{pq}}}}{{\partial u_{{rq}}}} = {slope}$."
    assert list(check(text=document).links)[-1].verdict == verdict


def test_what_comes_after_a_range_is_read() -> None:
    found = [chain.source for chain in chains(r"$a_{pq} = b_p b_q, \quad p,q\in\{1,2\}, \quad c = 3 d$")]
    assert found == ["a_{pq} = b_p b_q", "c = 3 d"]


def test_definitions_and_arguments_are_no_ranges() -> None:
    found = [chain.source for chain in chains(r"$f(p, q) = p + q, \quad h = f(p, q), p = 2$")]
    assert found == ["f(p, q) = p + q", "h = f(p, q)", "p = 2"]

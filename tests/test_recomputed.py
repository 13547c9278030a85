"""One name may be computed twice, by different formulas with different results: each holds from its place on."""

import pytest

from symbp import check

TEXT = r"""A slope is $g(u) = 4 u$, and $u_0 = 1$ with the rate $r = 0.1$.

**Plain.** $u_1 = u_0 - r g(u_0) = 1 - 0.1 \cdot 4 = 0.6$ and $u_2 = u_1 - r g(u_1) = 0.6 - 0.1 \cdot 2.4 = 0.36$.

**With memory** of $m = 0.5$:

$$v_1 = g(u_0) = 4, \qquad v_2 = m v_1 + g(u_1) = 0.5 \cdot 4 + 2.4 = 4.4$$

$$u_2 = RULE = 0.6 - 0.1 \cdot 4.4 = RESULT$$
"""


def _last(rule: str, result: str) -> list[str]:
    report = check(text=TEXT.replace("RULE", rule).replace("RESULT", result))
    return [link.verdict for link in report.equations[-1].links]


def test_the_second_way_defines_it_anew() -> None:
    assert "refuted" not in _last("u_1 - r v_2", "0.16")


@pytest.mark.parametrize(("rule", "result", "place"), [("u_1 - r v_2", "0.26", 2), ("u_1 - r v_1", "0.16", 1)])
def test_a_slip_in_the_second_way_is_refuted(rule: str, result: str, place: int) -> None:
    assert _last(rule, result)[place] == "refuted"


def test_the_same_quantities_with_a_term_less_are_a_slip() -> None:
    text = r"With $p = 2$, $q = 3$, $r = 1$: $s = p q + r = 6 + 1 = 7$.\n\nAgain $s = p q - r = 6 - 1 = 5$."
    report = check(text=text.replace(r"\n", "\n"))
    assert any(link.verdict == "refuted" for link in report.equations[-1].links)

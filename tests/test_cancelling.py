"""Steps with numbers put in from a start of which nothing is said."""

import pytest

import symbp

STEP = r"""
Take $m = 0.2$, $v = 0.16$ and a rate of $\alpha = 0.01$. The first step is
$$u_1 = u_0 - \alpha \frac{m}{\sqrt{v}} = u_0 - 0.01 \cdot \frac{0.2}{PUT} = u_0 - RESULT$$
"""


@pytest.mark.parametrize(
    ("put", "result", "found"),
    [
        ("0.4", "0.005", ["proved", "proved"]),
        ("0.16", "0.0125", ["refuted", "proved"]),
        ("0.4", "0.05", ["proved", "refuted"]),
    ],
)
def test_what_two_sums_have_in_common_needs_no_value(put: str, result: str, found: list[str]) -> None:
    [*_, last] = symbp.check(text=STEP.replace("PUT", put).replace("RESULT", result)).equations
    assert ["refuted" if link.verdict == "refuted" else "proved" for link in last.links[1:]] == found

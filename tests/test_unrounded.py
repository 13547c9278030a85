"""Results of short numbers that are not rounded: each digit of them counts."""

import pytest

from symbp import check

UNIT = r"""
Take $p = 0.85$ and $t = 1$.

$$d = (t - p) p (1 - p) = 0.15 \cdot 0.85 \cdot 0.15 = RESULT$$
"""
SUM = r"""
Let $p_i = k x_i$ with $k = 0.5$, $x_1 = 0.5$, $x_2 = 1.5$ and $x_3 = 2.1$, and $N = 3$.

$$\frac{2}{N} \sum_{i=1}^N p_i = \frac23 (0.25 + 0.75 + 1.05) = RESULT$$
"""
LONG = r"""
Take $p = 0.8517$ and $t = 1$.

$$d = (t - p) p (1 - p) = 0.1483 \cdot 0.8517 \cdot 0.1483 = RESULT$$
"""
STEPS = r"$$p = \sigma(0.4) = 0.60, \qquad q = p (1 - p) = 0.60 \cdot 0.40 = RESULT$$"
ALONE = "The errors $-1.2$ and $-2.7$ give $-1.2 - 2.7 = RESULT$."
CARRIED = r"$$\frac13 = 0.33, \qquad 0.33 \cdot 3 = RESULT$$"


@pytest.mark.parametrize(
    ("text", "result", "verdict"),
    [
        (UNIT, "0.019125", "proved"),
        (UNIT, "0.0191", "holds"),
        (UNIT, "0.0119", "refuted"),
        (UNIT, "0.0198", "refuted"),
        (SUM, "1.3667", "holds"),
        (SUM, "1.366", "holds"),
        (SUM, "1.3767", "refuted"),
        (ALONE, "-3.9", "proved"),
        (ALONE, "-3.8", "refuted"),
    ],
)
def test_a_result_of_exact_numbers_has_all_its_digits_right(text: str, result: str, verdict: str) -> None:
    """Nothing is rounded, so that nothing explains another digit."""
    assert check(text=text.replace("RESULT", result)).equations[-1].links[-1].verdict == verdict


@pytest.mark.parametrize(("text", "result"), [(LONG, "0.01874"), (STEPS, "0.241"), (CARRIED, "1.0")])
def test_what_may_be_rounded_explains_a_result(text: str, result: str) -> None:
    """A number of many digits may be a result that was rounded, and one that is computed was."""
    assert check(text=text.replace("RESULT", result)).equations[-1].links[-1].verdict == "holds"


BESIDE = r"""
Let $v = 0.232$, $w = -0.353$, $b = -0.473$ and $x = 0.961$, with $s = 0.4 x = 0.3844$ and $t = 0.2415 x = 0.2320815$.

$$n = \tanh(s) = 0.366526$$

$$z = v n + w n + b = 0.232 \cdot 0.366526 - 0.353 \cdot 0.366526 - 0.473 = RESULT$$
"""


@pytest.mark.parametrize(("result", "verdict"), [("-0.517350", "holds"), ("-0.517750", "refuted")])
def test_a_given_number_put_in_for_its_own_name_is_exact(result: str, verdict: str) -> None:
    """Though a value beside it, that of t, would be rounded to the same digits."""
    assert check(text=BESIDE.replace("RESULT", result)).equations[-1].links[-1].verdict == verdict


SLOPES = r"""
v = 1.5, o = 1.85, y = 1

dL/do = 2 * (o - y) = 2 * 0.85 = 1.7

dL/da = dL/do * v = 1.7 * 1.5 = RESULT
"""


@pytest.mark.parametrize(
    ("result", "verdict"), [("2.55", "proved"), ("2.6", "holds"), ("2.65", "refuted"), ("2.525", "refuted")]
)
def test_what_comes_exactly_of_given_numbers_is_no_rounding(result: str, verdict: str) -> None:
    """Also behind a derivative of a loss that is not defined."""
    assert check(text=SLOPES.replace("RESULT", result)).equations[-1].links[-1].verdict == verdict


def test_a_rounded_value_on_the_way_is_one() -> None:
    text = SLOPES.replace("dL/da", "exp(0.53) = 1.7\n\ndL/da").replace("RESULT", "2.548")
    assert check(text=text).equations[-1].links[-1].verdict == "holds"

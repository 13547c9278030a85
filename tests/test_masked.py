"""Links of symbols beside an example: its values make no wrong one right, and a right one may put them in."""

import pytest

from symbp import check

UNIT = r"""
A unit has $z = w x + b$ and $a = \tanh(z)$, and the loss is $E = \frac12 (a - y)^2$.

$$LEFT = RIGHT$$

Take $w = 0.3$, $x = X$, $b = 0.2$ and $y = Y$.
"""
RECTIFIED = r"""
Take $w = 0.4$, $x = 2$, $b = 0.3$, $v = -1$, $c = 0.5$ and $y = 0$.

With $z = w x + b$, $a = \max(0, z)$ and $p = v a + c$ the loss is $E = (p - y)^2$.

$$\frac{\partial E}{\partial BY} = RIGHT$$
"""
MEAN = r"""
The cost of $m$ samples is $J = \frac{1}{m} \sum_{i=1}^m (p_i - y_i)^2$, where $p_i = w x_i + b$.

$$\frac{\partial J}{\partial b} = RIGHT \sum_{i=1}^m (p_i - y_i)$$

For $m = 2$: $w = 2$, $b = 0$, $x_1 = 1$, $x_2 = 3$, $y_1 = 2$ and $y_2 = 6$.
"""
SAID = r"""
Take $w = 0.3$, $x = 1$ and $b = 0.2$. A unit has $z = w x + b$, $a = \tanh(z)$ and $E = \frac12 (a - 3)^2$.

WORDS $$\frac{\partial E}{\partial w} = (a - 3)(1 - a^2)$$
"""
BIAS_UNIT = r"""
Let $z = w_0 x_0 + w_1 x_1$, where $x_0 = 1$, $a = \tanh(z)$ and $E = \frac12 (a - y)^2$.

$$\frac{\partial E}{\partial w_0} = RIGHT$$

Take $w_0 = 0.5$, $w_1 = 0.25$, $x_1 = 1$ and $y = 0$.
"""


def found(text: str, place: int) -> tuple[str, str | None]:
    """Return the verdict and the slip of the last link of an equation."""
    link = check(text=text).equations[place].links[-1]
    return link.verdict, link.slip


def unit(left: str, right: str, x: str, y: str) -> str:
    """Return the text about one unit."""
    return UNIT.replace("LEFT", left).replace("RIGHT", right).replace("X", x).replace("Y", y)


@pytest.mark.parametrize(
    ("by", "right", "x", "y", "slip"),
    [
        ("w", r"(a - y)(1 - a^2)", "1", "0.5", "lost factor"),
        ("b", r"(a - y)(1 - a^2) x", "1", "0.5", "extra factor"),
        ("w", r"(a + y)(1 - a^2) x", "2", "0", "sign"),
        ("a", r"a + y", "2", "0", "sign"),
    ],
)
def test_values_of_an_example_make_no_wrong_link_right(by: str, right: str, x: str, y: str, slip: str) -> None:
    """A lost factor that is 1 there is lost, and so is the sign of a zero."""
    assert found(unit(rf"\frac{{\partial E}}{{\partial {by}}}", right, x, y), 3) == ("refuted", slip)


@pytest.mark.parametrize(
    "right",
    [r"(a - y)(1 - a^2) x", r"(a - 0)(1 - a^2) \cdot 1", r"(a - y)(1 - a^2) \cdot 1", r"(a - 0)(1 - a^2) x"],
)
def test_values_may_be_put_in(right: str) -> None:
    """Where a number stands for each name that is left out, the link holds for these."""
    assert found(unit(r"\frac{\partial E}{\partial w}", right, "1", "0"), 3)[0] in ("proved", "holds")


@pytest.mark.parametrize(("by", "right"), [("w", r"(a - y)(1 - a^2) x = (a - y)(1 - a^2)"), ("a", "a - y = a")])
def test_a_name_that_is_seen_may_be_left_out(by: str, right: str) -> None:
    """A factor of 1 or a zero falls away before the reader's eyes."""
    assert found(unit(rf"\frac{{\partial E}}{{\partial {by}}}", right, "1", "0"), 3)[0] == "holds"


@pytest.mark.parametrize(
    ("by", "right", "expected"),
    [
        ("w", r"2 (p - y) v x", ("holds", None)),
        ("b", r"2 (p - y) v", ("holds", None)),
        ("v", r"2 (p - y) a", ("proved", None)),
        ("v", r"2 (p - y) z", ("refuted", "input for output")),
        ("w", r"2 (p + y) v x", ("refuted", "sign")),
        ("b", r"2 (p - y) v x", ("refuted", "extra factor")),
    ],
)
def test_a_side_of_a_kink_says_its_slope(by: str, right: str, expected: tuple[str, str | None]) -> None:
    """The slope of a rectifier may be left out where its input is positive; its input is not its output for that."""
    assert found(RECTIFIED.replace("BY", by).replace("RIGHT", right), -1) == expected


@pytest.mark.parametrize(("right", "verdict"), [(r"\frac{2}{m}", "proved"), ("2m", "refuted"), ("2", "refuted")])
def test_a_gradient_that_is_zero_in_the_example_proves_nothing(right: str, verdict: str) -> None:
    """The sum is zero there, whatever stands before it."""
    assert found(MEAN.replace("RIGHT", right), 2)[0] == verdict


@pytest.mark.parametrize(
    ("words", "verdict"), [("As $x = 1$,", "holds"), ("As $b = 0.2$,", "refuted"), ("", "refuted")]
)
def test_a_link_holds_for_the_values_in_its_sentence(words: str, verdict: str) -> None:
    """These are what it is said for."""
    assert found(SAID.replace("WORDS", words), -1)[0] == verdict


@pytest.mark.parametrize(
    ("right", "verdict"),
    [("(a - y)(1 - a^2)", "holds"), ("(a - y)(1 - a^2) x_0", "proved"), ("(a + y)(1 - a^2)", "refuted")],
)
def test_the_input_of_a_bias_is_always_1(right: str, verdict: str) -> None:
    """It is no value of the example."""
    assert found(BIAS_UNIT.replace("RIGHT", right), 4)[0] == verdict

"""Differentials that stand alone, of numbers and of arrays."""

import pytest

from symbp import check

ARRAYS = r"""$$\mathbf{y} = \mathbf{W} \mathbf{x} + \mathbf{b}$$ $$d\mathbf{y} = %s$$"""

NUMBERS = r"""We have $s = w z$ and $z = \tanh(v)$ and $C = (s - t)^2$.
$$\mathrm{d}s = %s$$ $$\mathrm{d}C = \mathrm{d}z \cdot \frac{\mathrm{d}C}{\mathrm{d}z} = %s$$"""

CHAIN = r"\mathrm{d}v \cdot %s \cdot \frac{\mathrm{d}C}{\mathrm{d}z}"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (ARRAYS % r"\mathbf{W} d\mathbf{x}", 0),
        (ARRAYS % r"d\mathbf{W} \mathbf{x} + \mathbf{W} d\mathbf{x} + d\mathbf{b}", 0),
        (ARRAYS % r"d\mathbf{b}", 0),
        (ARRAYS % r"-d\mathbf{b}", 1),
        (ARRAYS % r"2 \mathbf{W} d\mathbf{x}", 1),
        (ARRAYS % r"\mathbf{W}^T d\mathbf{x}", 1),
        (ARRAYS % r"d\mathbf{W} \mathbf{x} - \mathbf{W} d\mathbf{x}", 1),
        (NUMBERS % (r"w \, \mathrm{d}z", CHAIN % "(1 - z^2)"), 0),
        (NUMBERS % (r"z \, \mathrm{d}z", CHAIN % "(1 - z^2)"), 1),
        (NUMBERS % (r"w \, \mathrm{d}z", CHAIN % "(1 + z^2)"), 1),
        (NUMBERS % (r"w \, \mathrm{d}z + z \, \mathrm{d}w", CHAIN % "z^2"), 1),
    ],
)
def test_what_moves_on_the_right_side_moves_the_left(text: str, wrong: int) -> None:
    summary = check(text=text).summary
    assert (summary["refuted"], summary["undecided"]) == (wrong, 0)


def test_what_is_not_said_to_depend_on_what_moves_is_not_judged() -> None:
    assert check(text=r"$$y = 2 x$$ $$\mathrm{d}y = 3 \, \mathrm{d}u$$").summary["undecided"] == 1


def test_a_letter_d_that_also_stands_alone_is_no_differential() -> None:
    assert check(text=r"$d = 2$, $x = 3$. $$d x = 6$$ $$y = d + x = 6$$").summary["refuted"] == 1


def test_the_total_differential_of_what_is_only_named() -> None:
    total = r"$$\mathrm{d}C = \frac{dC}{dx} \mathrm{d}x + \frac{dC}{d%s} \mathrm{d}y$$"
    assert check(text=total % "y").summary["holds"] == 1
    assert check(text=total % "x").summary["holds"] == 0

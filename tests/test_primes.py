"""Primes that turn what they stand on, beside those of derivatives and of other names."""

from __future__ import annotations

import pytest

from symbp.checking import check

SQUARES = "With $X \\in \\mathbb{R}^{n \\times k}$ let $Q(v) = (y - Xv)'(y - Xv)$.\n\n"
LINE = "$$p = v'x + c, \\qquad L = \\frac12 (p - t)^2$$\n"


def verdicts(text: str) -> list[str]:
    return [link.verdict for equation in check(text=text).equations for link in equation.links]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial Q}{\partial v} = -2 X'(y - Xv)", "proved"),
        (r"\frac{\partial Q}{\partial v} = -2 X'y + 2 X'X v", "proved"),
        (r"\frac{\partial Q}{\partial v} = 2 X'(y - Xv)", "refuted"),
        (r"\frac{\partial Q}{\partial v} = -2 X'y + X'X v", "refuted"),
        (r"Q(v) = y'y - 2 v'X'y + v'X'X v", "proved"),
        (r"Q(v) = y'y - v'X'y + v'X'X v", "refuted"),
    ],
)
def test_of_brackets_and_squares(line: str, verdict: str) -> None:
    slope = "$$\\frac{\\partial Q}{\\partial v} = -2 X'(y - Xv)$$"
    assert verdicts(f"{SQUARES}{slope}\n\n$${line}$$")[-2:] == ["proved", verdict]


@pytest.mark.parametrize("said", ["", "Here $v'$ is the transpose of $v$.\n\n", "A prime denotes transposition.\n\n"])
def test_of_a_weight_by_which_the_loss_is_differentiated(said: str) -> None:
    slopes = "$$\\frac{\\partial L}{\\partial v} = (p - t) x$$\n"
    assert verdicts(f"{said}{LINE}{slopes}")[2:] == ["proved"]
    assert verdicts(f"{said}{LINE}{slopes.replace('x$', 'v$')}")[2:] == ["refuted"]


def test_other_weights_stay_names_of_their_own() -> None:
    text = "$h = W x$, $y = W' h$, $L = \\frac12 \\|y - t\\|^2$.\n\n"
    right = "$$\\frac{\\partial L}{\\partial W'} = (y - t) h^T$$\n$$\\frac{\\partial L}{\\partial h} = W'^T (y - t)$$"
    assert verdicts(text + right)[3:] == ["proved", "proved"]
    assert verdicts(text + right.replace("W'^T", "W^T"))[3:] == ["proved", "refuted"]


def test_primes_of_functions_stay_derivatives() -> None:
    text = "$X'X$ has transposes. $a = f(z)$, $L = (a - y)^2$:\n\n$$\\frac{dL}{dz} = 2 (a - y) f'(z)$$"
    assert verdicts(text)[-1] == "proved"
    assert verdicts(text.replace("f'(z)$$", "f(z)$$"))[-1] == "refuted"

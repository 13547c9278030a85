r"""The ``\otimes`` of two vectors: an outer product where the result is a matrix, else entry by entry."""

from __future__ import annotations

import pytest

from symbp.checking import check

NET = (
    "$u = A x$, $r = \\tanh(u)$, $v = B r$, $q = \\mathrm{softmax}(v)$, $J = -p^T \\log q$, where $p$ is one-hot and\n"
    "$\\delta = q - p$.\n\n"
)
RECURRENT = (
    "$s_t = \\tanh(P x_t + Q s_{t-1})$, $v_t = R s_t$, $\\hat p_t = \\mathrm{softmax}(v_t)$,"
    " $J_t = -p_t^T \\log \\hat p_t$.\n\n"
)


def last(text: str) -> str:
    return check(text=text).equations[-1].links[-1].verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial J}{\partial B} = (q - p) \otimes r", "proved"),
        (r"\frac{\partial J}{\partial B} = (p - q) \otimes r", "refuted"),
        (r"\frac{\partial J}{\partial B} = r \otimes \delta", "refuted"),
        (r"\frac{\partial J}{\partial B} = \delta \otimes r = \delta r^T", "proved"),
        (r"\frac{\partial J}{\partial A} = (B^T \delta) \odot (1 - r^2) \otimes x", "proved"),
        (r"\frac{\partial J}{\partial A} = (B^T \delta) \otimes (1 - r^2) \otimes x", "proved"),
        (r"\frac{\partial J}{\partial A} = (B^T \delta) \odot (1 - r^2) \otimes r", "refuted"),
        (r"\frac{\partial J}{\partial u} = (B^T \delta) \otimes (1 - r \otimes r)", "proved"),
        (r"\frac{\partial J}{\partial u} = (B^T \delta) \otimes (1 - r)", "refuted"),
        (r"\frac{\partial J}{\partial A} = ((B^T \delta) \otimes (1 - r^2)) x^T", "proved"),
    ],
)
def test_of_one_sample(line: str, verdict: str) -> None:
    assert last(f"{NET}$${line}$$") == verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial J_3}{\partial R} = (\hat p_3 - p_3) \otimes s_3", "proved"),
        (r"\frac{\partial J_3}{\partial R} = (\hat p_3 - p_3) s_3^T", "proved"),
        (r"\frac{\partial J_3}{\partial R} = (\hat p_3 - p_3) \otimes s_2", "refuted"),
        (r"\frac{\partial J_3}{\partial R} = (\hat p_3 - p_3) s_2^T", "refuted"),
    ],
)
def test_at_one_step(line: str, verdict: str) -> None:
    assert last(f"{RECURRENT}$${line}$$") == verdict


def test_of_whole_batches_it_stays_entry_by_entry() -> None:
    text = "$Z = W X$, $A = \\sigma(Z)$, $J = \\frac12 \\|A - Y\\|^2$.\n\n"
    slope = "$$\\frac{\\partial J}{\\partial W} = ((A - Y) \\otimes \\sigma'(Z)) X^T$$"
    assert last(text + slope) == "proved"
    assert last(text + slope.replace("X^T", "X")) == "refuted"

"""Matrices that a text says to be symmetric: in words of several languages, or as their own transpose."""

from __future__ import annotations

import pytest

from symbp.checking import check
from symbp.checking.symmetric import symmetric

GRADIENT = "For $f(x) = x^T A x$ the gradient is\n\n$$\\nabla_x f = 2 A x$$\n"


def verdicts(text: str) -> list[str]:
    return [link.verdict for equation in check(text=text).equations for link in equation.links]


@pytest.mark.parametrize(
    "said",
    [
        "Let $A$ be symmetric.",
        "Let $A \\in \\mathbb{R}^{n \\times n}$ be a symmetric matrix.",
        "Take a symmetric positive definite matrix $A$.",
        "Take a symmetric $n \\times n$ matrix $A$.",
        "When $A$ is symmetric ($A = A^\\top$):",
        "The matrix is such that $A^T = A$.",
        "设 $A$ 为对称矩阵。",
        "Sei $A$ eine symmetrische Matrix.",
        "Soit $A$ symétrique.",
        "Пусть $A$ — симметричная матрица.",
    ],
)
def test_said_to_be_symmetric(said: str) -> None:
    assert verdicts(f"{said}\n\n{GRADIENT}")[-1] == "proved"


@pytest.mark.parametrize("said", ["", "Here $A$ is not symmetric.", "$A$ need not be symmetric.", "$A$ 不是对称的。"])
def test_not_said_to_be_symmetric(said: str) -> None:
    assert verdicts(f"{said}\n\n{GRADIENT}")[-1] == "refuted"


def test_a_lost_factor_is_still_found() -> None:
    assert verdicts("Let $A$ be symmetric.\n\n" + GRADIENT.replace("2 A x", "A x"))[-1] == "refuted"


def test_what_is_defined_is_judged() -> None:
    right = "$$S = M + M^T$$\n\n$$S^T = S$$\n\nand for $f(x) = x^T S x$: $$\\nabla_x f = 2 S x$$\n"
    assert verdicts(right)[1:] == ["proved", "given", "proved"]
    assert verdicts(right.replace("M + M^T", "M + 2 M^T"))[-1] == "refuted"


def test_several_at_once() -> None:
    assert symmetric("Both $P$ and $Q$ are symmetric, $R$ is not.", []) == {"P", "Q"}

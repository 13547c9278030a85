"""Texts that say how gradients are laid out: as rows, or by the numerator."""

from __future__ import annotations

import pytest

from symbp.checking import check
from symbp.checking.said_layouts import said_layout

NET = "$u = A v$, $r = g(u)$, $C = \\frac12 \\|r - s\\|^2$.\n\n"
ROW = "$$\\frac{\\partial C}{\\partial r} = (r - s)^T$$\n"
BACK = "$$\\frac{\\partial C}{\\partial v} = (r - s)^T \\mathrm{diag}(g'(u)) A$$\n"


def verdicts(text: str) -> list[str]:
    return [link.verdict for equation in check(text=text).equations for link in equation.links][3:]


@pytest.mark.parametrize(
    "said",
    [
        "All derivatives are in numerator layout.",
        "We use the numerator-layout convention, and not the denominator layout.",
        "The gradient of a scalar is a row vector here.",
        "The derivative of a number with respect to a column vector is a row vector.",
        "本文采用分子布局。",
        "标量对列向量的导数是行向量。",
        "Wir verwenden das Zählerlayout.",
        "Der Gradient ist hier ein Zeilenvektor.",
        "Le gradient est un vecteur ligne.",
        "El gradiente es un vector fila.",
        "Градиент скаляра — это вектор-строка.",
    ],
)
def test_rows_are_right_where_it_is_said(said: str) -> None:
    assert verdicts(f"{said}\n\n{NET}{ROW}{BACK}") == ["proved", "proved"]


@pytest.mark.parametrize(
    "said", ["", "We use the denominator layout.", "The gradient is a column vector, and no row vector."]
)
def test_rows_are_slips_where_it_is_not(said: str) -> None:
    assert verdicts(f"{said}\n\n{NET}{ROW}") == ["refuted"]


def test_slips_in_rows() -> None:
    said = f"We use the numerator layout.\n\n{NET}"
    assert verdicts(said + ROW.replace("(r - s)", "(s - r)") + BACK) == ["refuted", "proved"]
    assert verdicts(said + ROW + BACK.replace("g'", "g")) == ["proved", "refuted"]
    assert verdicts(said + ROW + BACK.replace(" A$", " A^T$")) == ["proved", "refuted"]
    assert verdicts(said + ROW + BACK + ROW.replace("^T", "")) == ["proved", "proved", "refuted"]


def test_a_turned_jacobian_is_a_slip_where_the_layout_is_said() -> None:
    jacobian = "$$\\frac{\\partial u}{\\partial v} = A$$\n"
    said = f"We use the numerator layout.\n\n{NET}"
    assert verdicts(said + ROW + jacobian) == ["proved", "proved"]
    assert verdicts(said + ROW + jacobian.replace("A$", "A^T$")) == ["proved", "refuted"]
    assert verdicts(NET + jacobian.replace("A$", "A^T$")) == ["proved"]


@pytest.mark.parametrize(
    "text",
    [
        "In numerator layout it would be a row. We use denominator layout.",
        "We do not use the numerator layout.",
        "The gradient of the row vector times a matrix is a column vector.",
        "The gradient is not a row vector.",
    ],
)
def test_what_says_nothing_of_the_kind(text: str) -> None:
    assert said_layout(text) == ""


def test_nablas_stay_columns_in_numerator_layout() -> None:
    text = f"We use the numerator layout.\n\n{NET}{ROW}"
    assert verdicts(text + "$$\\nabla_r C = r - s$$") == ["proved", "proved"]
    assert verdicts(text + "$$\\nabla_r C = s - r$$") == ["proved", "refuted"]

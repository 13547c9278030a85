"""A derivative that a document lays out as a row in one place and as a column in another."""

import pytest

from symbp.checking import check

TEXT = r"""
$$z^{{(k)}} = W^{{(k)}} n^{{(k-1)}} + b^{{(k)}}, \quad \delta^{{(k)}} = \frac{{\partial L}}{{\partial z^{{(k)}}}}$$

$$\frac{{\partial L}}{{\partial W^{{(k)}}}}
= \frac{{\partial L}}{{\partial z^{{(k)}}}} \frac{{\partial z^{{(k)}}}}{{\partial W^{{(k)}}}}
= \delta^{{(k)}} {factor}$$

$$W^{{(1)}} = \begin{{bmatrix}} u_1 & u_2 \\ v_1 & v_2 \\ r_1 & r_2 \end{{bmatrix}}$$

$$\vec{{a}} = (x_1, x_2), \quad z^{{(1)}} = W^{{(1)}} (\vec{{a}})^T$$

$$\frac{{\partial z^{{(1)}}}}{{\partial W^{{(1)}}}} = {printed}$$
"""
ROW, COLUMN = r"\begin{bmatrix} x_1 & x_2 \end{bmatrix}", r"\begin{bmatrix} x_1 \\ x_2 \end{bmatrix}"
OUTER = r"(n^{(k-1)})^T"


def _refuted(factor: str, printed: str) -> bool:
    return list(check(text=TEXT.format(factor=factor, printed=printed)).links)[-1].verdict == "refuted"


@pytest.mark.parametrize("printed", [COLUMN, "(x_1, x_2)^T", rf"({ROW})^T"])
def test_a_column_is_refuted_where_the_derivative_is_a_row_elsewhere(printed: str) -> None:
    assert _refuted(OUTER, printed)


@pytest.mark.parametrize("printed", [ROW, "(x_1, x_2)", rf"({COLUMN})^T"])
def test_a_row_stays_where_the_derivative_is_a_row_elsewhere(printed: str) -> None:
    assert not _refuted(OUTER, printed)


@pytest.mark.parametrize("printed", [ROW, COLUMN])
def test_either_stays_where_nothing_else_is_said(printed: str) -> None:
    assert not _refuted("q^{(k)}", printed)

"""Arrays that a document spells out entry by entry, also where each of its sections spells others."""

import pytest

from symbp import check
from symbp.checking.spelling import spelling
from symbp.formulas import Name, read

PRODUCT = r"""
# A product of matrices

Let $Z = X Y$ and $L = \frac{1}{2} \|Z - T\|^2$.

$$X = \begin{bmatrix} x_{1,1} & x_{1,2} & x_{1,3} \\ x_{2,1} & x_{2,2} & x_{2,3} \end{bmatrix}, \quad
Y = \begin{bmatrix} y_{1,1} & y_{1,2} \\ y_{2,1} & y_{2,2} \\ y_{3,1} & y_{3,2} \end{bmatrix}$$
$$Z = \begin{bmatrix} z_{1,1} & z_{1,2} \\ z_{2,1} & z_{2,2} \end{bmatrix}$$
$$\frac{\partial L}{\partial Z} = \begin{bmatrix}
\frac{\partial L}{\partial z_{1,1}} & \frac{\partial L}{\partial z_{1,2}} \\
\frac{\partial L}{\partial z_{2,1}} & \frac{\partial L}{\partial z_{2,2}} \end{bmatrix}$$
$$\frac{\partial z_{1,2}}{\partial x_{1,3}} = y_{3,2}$$
$$\frac{\partial L}{\partial x_{2,1}} = \frac{\partial L}{\partial z_{2,1}} y_{1,1}
+ \frac{\partial L}{\partial z_{2,2}} y_{1,2}$$
$$\frac{\partial L}{\partial Y} =
\begin{bmatrix} x_{1,1} & x_{2,1} \\ x_{1,2} & x_{2,2} \\ x_{1,3} & x_{2,3} \end{bmatrix}
\frac{\partial L}{\partial Z}$$
$$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Z} Y^T$$
"""

ADDITION = r"""
# A column added to each column

Here $Z = X + Y$ and $L = \frac{1}{2} \|Z - T\|^2$.

$$X = \begin{bmatrix} x_{1,1} \\ x_{2,1} \end{bmatrix}, \quad Y = \begin{bmatrix} y_{1,1} \\ y_{2,1} \end{bmatrix}$$
$$\frac{\partial L}{\partial X} = \begin{bmatrix}
\frac{\partial L}{\partial x_{1,1}} & \frac{\partial L}{\partial x_{2,1}} \end{bmatrix}$$
$$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Z}$$
$$\frac{\partial Z}{\partial X} = \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}$$
"""

SLIPS = [
    (r"{\partial x_{1,3}} = y_{3,2}", r"{\partial x_{1,3}} = y_{2,2}"),
    (r"{\partial x_{1,3}} = y_{3,2}", r"{\partial x_{1,3}} = y_{3,1}"),
    (r"y_{1,1}" + "\n+", r"y_{1,1}" + "\n-"),
    (r"\frac{\partial L}{\partial z_{2,2}} y_{1,2}$$", r"\frac{\partial L}{\partial z_{2,1}} y_{1,2}$$"),
    (r"x_{1,1} & x_{2,1} \\ x_{1,2}", r"x_{1,1} & x_{1,2} \\ x_{2,1}"),
    (r"\frac{\partial L}{\partial Z} Y^T", r"Y \frac{\partial L}{\partial Z}"),
    (r"\frac{\partial L}{\partial Z} Y^T", r"2 \frac{\partial L}{\partial Z} Y^T"),
    (r"1 & 0 \\ 0 & 1", r"0 & 1 \\ 1 & 0"),
]


@pytest.mark.parametrize("text", [PRODUCT, ADDITION, PRODUCT + ADDITION, ADDITION + PRODUCT])
def test_sections_may_spell_arrays_of_other_sizes(text: str) -> None:
    report = check(text=text)
    assert not report.refuted
    assert report.summary["undecided"] == report.summary["unread"] == 0


@pytest.mark.parametrize(("right", "wrong"), SLIPS)
def test_a_slip_in_a_section_is_refuted(right: str, wrong: str) -> None:
    text = PRODUCT + ADDITION
    assert text.count(right) == 1
    assert len(check(text=text.replace(right, wrong)).refuted) == 1


@pytest.mark.parametrize(
    ("whole", "array", "meant"),
    [
        ("X", r"\begin{bmatrix} x_{11} & x_{12} \\ x_{21} & x_{22} \end{bmatrix}", True),
        ("X", r"\begin{bmatrix} x_{11} & x_{12} \\ x_{21} & x_{32} \end{bmatrix}", True),
        ("x", "[x_1, x_2, x_3]", True),
        ("x", "[x_0, x_1]", True),
        ("X", r"\begin{bmatrix} x_{11} & x_{21} \\ x_{12} & x_{22} \end{bmatrix}", False),
        ("x", "[x_1, y_2]", False),
        ("y", "[x_1, x_2]", False),
        ("x", "[x_1, 0]", False),
    ],
)
def test_an_array_is_spelt_where_its_entries_have_their_own_places(whole: str, array: str, meant: bool) -> None:
    assert (spelling(Name(whole), read(array)) is not None) == meant


@pytest.mark.parametrize("index", ["12", "{1,2}"])
def test_an_entry_of_a_matrix_in_brackets_is_one_of_it(index: str) -> None:
    text = (
        "$$x = \\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix}$$\n"
        "$$W = \\begin{bmatrix} 0.5 & -0.1 \\\\ -0.3 & 0.8 \\end{bmatrix}$$\n"
        f"$$z = W x$$\n\n$$L = z^T z$$\n\n$$\\frac{{\\partial L}}{{\\partial (W)_{index}}} = 2 (@)(2)$$\n"
    )
    assert [link.verdict for link in check(text=text.replace("@", "0.3")).links][-1] == "proved"
    assert [link.verdict for link in check(text=text.replace("@", "1.3")).links][-1] == "refuted"

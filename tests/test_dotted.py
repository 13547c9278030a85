"""Vectors and matrices with dots: judged at a chosen size."""

import pytest

from symbp import check
from symbp.checking.dotted import written_out
from symbp.formulas import Dotted, Matrix, latex, read

SOFTMAX = r"""
$$p_i = \frac{e^{z_i}}{\sum_{j=1}^{d} e^{z_j}}, \quad L = -\sum_{i=1}^d y_i \log p_i$$
$$z = \begin{bmatrix} z_1 \\ z_2 \\ \vdots \\ z_d \end{bmatrix}, \quad
p = \begin{bmatrix} p_1 \\ p_2 \\ \vdots \\ p_d \end{bmatrix}, \quad
y = \begin{bmatrix} y_1 \\ \vdots \\ y_d \end{bmatrix}$$
$$\frac{\partial L}{\partial p} = \begin{bmatrix} -y_1 / p_1 \\ -y_2 / p_2 \\ \vdots \\ -y_d / p_d \end{bmatrix}$$
$$\begin{bmatrix} z_1 & \cdots & z_d \end{bmatrix} = z^T$$
$$\begin{bmatrix} \frac{\partial p_1}{\partial z_1} & \cdots & \frac{\partial p_1}{\partial z_d} \\ \vdots & & \vdots \\
\frac{\partial p_d}{\partial z_1} & \cdots & \frac{\partial p_d}{\partial z_d} \end{bmatrix}
= \begin{bmatrix} p_1 - p_1^2 & -p_1 p_2 & \cdots & -p_1 p_d \\ -p_2 p_1 & p_2 - p_2^2 & \cdots & -p_2 p_d \\
\vdots & \vdots & \ddots & \vdots \\ -p_d p_1 & -p_d p_2 & \cdots & p_d - p_d^2 \end{bmatrix}$$
"""

SLIPS = [
    (r"-y_2 / p_2 \\", r"y_2 / p_2 \\"),
    (r"-y_1 / p_1 \\", r"-p_1 / y_1 \\"),
    (r"-y_d / p_d", r"-y_d / p_1"),
    ("= z^T", "= p^T"),
    (r"-p_2 p_1 & p_2 - p_2^2", r"-p_2 p_1 & p_2 + p_2^2"),
    (r"-p_d p_1 &", r"-p_d p_2 &"),
    (r"p_1 - p_1^2 &", r"p_1^2 &"),
]


def test_arrays_with_dots_are_decided() -> None:
    report = check(text=SOFTMAX)
    assert not report.refuted
    found = [link.verdict for link in report.links if "dots" in link.rhs]
    assert len(found) >= 4
    assert "undecided" not in found


@pytest.mark.parametrize(("right", "wrong"), SLIPS)
def test_a_slip_beside_dots_is_refuted(right: str, wrong: str) -> None:
    assert SOFTMAX.count(right) == 1
    assert check(text=SOFTMAX.replace(right, wrong)).refuted


@pytest.mark.parametrize(
    ("dotted", "full"),
    [
        (r"[a_1, \dots, a_4]", "[a_1, a_2, a_3, a_4]"),
        (r"[a_1, a_2, \dots, a_3]", "[a_1, a_2, a_3]"),
        (r"[a_1, \dots, b_4]", None),
        (r"[a_1, \dots]", None),
        (r"\begin{bmatrix} a_{1,1} & \cdots & a_{1,3} \\ \vdots & & \vdots \\ a_{2,1} & \cdots & a_{2,3} \end{bmatrix}",
         r"\begin{bmatrix} a_{1,1} & a_{1,2} & a_{1,3} \\ a_{2,1} & a_{2,2} & a_{2,3} \end{bmatrix}"),
        (r"\begin{bmatrix} a_1 & \cdots & a_3 \\ 0 & \cdots & 0 \end{bmatrix}",
         r"\begin{bmatrix} a_1 & a_2 & a_3 \\ 0 & 0 & 0 \end{bmatrix}"),
        (r"\begin{bmatrix} a_1 & \cdots & 0 \\ \vdots & \ddots & \vdots \\ 0 & \cdots & a_3 \end{bmatrix}",
         r"\begin{bmatrix} a_1 & 0 & 0 \\ 0 & a_2 & 0 \\ 0 & 0 & a_3 \end{bmatrix}"),
        (r"\begin{bmatrix} a_1 & \cdots & 0 \\ \vdots & \ddots & \vdots \\ 1 & \cdots & a_4 \end{bmatrix}", None),
        (r"\begin{bmatrix} a_1 & 0 & \cdots & 0 \\ 0 & b_2 & \cdots & 0 \\ \vdots & \vdots & \ddots & \vdots \\"
         r" 0 & 0 & \cdots & a_4 \end{bmatrix}", None),
        (r"\begin{bmatrix} a_1 & c_{12} & \cdots & c_{14} \\ c_{21} & a_2 & \cdots & c_{24} \\"
         r" \vdots & \vdots & \ddots & \vdots \\ c_{41} & c_{42} & \cdots & a_4 \end{bmatrix}", None),
    ],
)  # fmt: skip
def test_dots_are_written_out_only_where_it_is_shown_how(dotted: str, full: str | None) -> None:
    node = read(dotted)
    assert isinstance(node, Dotted)
    assert isinstance(node.body, Matrix)
    found = written_out(node.body)
    assert (latex(found) if found is not None else None) == (latex(read(full)) if full else None)


@pytest.mark.parametrize(("word", "verdict"), [("softmax", "undecided"), ("here", "refuted")])
def test_a_function_word_before_an_inline_argument_is_heeded(word: str, verdict: str) -> None:
    text = "$$p_i = \\frac{e^{z_i}}{\\sum_{k=1}^{d} e^{z_k}}$$\n\n"
    text += f"We get {word} $([z_1, z_2, \\dots, z_d]^T) = [p_1, p_2, \\dots, p_d]^T$.\n"
    assert [link.verdict for link in check(text=text).links][-1] == verdict

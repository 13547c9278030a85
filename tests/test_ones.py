"""Arrays of ones whose size is open, the product of a chain rule, and losses of which only the arguments are said."""

import pytest

from symbp import check, derive, mlp

BATCH = r"""
$$Z = W X + b \mathbf{1}^T, \quad A = \tanh(Z), \quad L = \frac{1}{2} \|A - Y\|^2$$
$$G = \frac{\partial L}{\partial Z} = (A - Y) \odot (\mathbf{1} - A \odot A)$$
$$\frac{\partial L}{\partial W} = G X^T, \quad \frac{\partial L}{\partial X} = W^T G$$
$$\frac{\partial L}{\partial b} = G \mathbf{1} = \frac{\partial L}{\partial Z} \mathbf{1}$$
"""

CHAIN = r"""
Here $\mathbf{h} = \phi(\mathbf{z})$, $\mathbf{z} = \mathbf{W} \mathbf{x}$, $\mathbf{o} = \mathbf{V} \mathbf{h}$ and
$L = l(\mathbf{o}, y)$.

$$\frac{\partial L}{\partial \mathbf{V}}
= \textrm{prod}\left(\frac{\partial L}{\partial \mathbf{o}}, \frac{\partial \mathbf{o}}{\partial \mathbf{V}}\right)
= \frac{\partial L}{\partial \mathbf{o}} \mathbf{h}^\top$$
$$\frac{\partial L}{\partial \mathbf{h}}
= \textrm{prod}\left(\frac{\partial L}{\partial \mathbf{o}}, \frac{\partial \mathbf{o}}{\partial \mathbf{h}}\right)
= \mathbf{V}^\top \frac{\partial L}{\partial \mathbf{o}}$$
$$\frac{\partial L}{\partial \mathbf{z}}
= \textrm{prod}\left(\frac{\partial L}{\partial \mathbf{h}}, \frac{\partial \mathbf{h}}{\partial \mathbf{z}}\right)
= \frac{\partial L}{\partial \mathbf{h}} \odot \phi'\left(\mathbf{z}\right)$$
"""

SLIPS = [
    (BATCH, r"G \mathbf{1} =", r"G^T \mathbf{1} ="),
    (BATCH, r"G \mathbf{1} =", r"\mathbf{1}^T G ="),
    (BATCH, r"G \mathbf{1} =", r"2 G \mathbf{1} ="),
    (BATCH, r"(\mathbf{1} - A", r"(\mathbf{1} + A"),
    (BATCH, r"{\partial Z} \mathbf{1}", r"{\partial A} \mathbf{1}"),
    (CHAIN, r"{\partial \mathbf{o}} \mathbf{h}^\top", r"{\partial \mathbf{o}} \mathbf{z}^\top"),
    (CHAIN, r"= \mathbf{V}^\top \frac", r"= \mathbf{V} \frac"),
    (CHAIN, r"= \mathbf{V}^\top \frac", r"= -\mathbf{V}^\top \frac"),
    (CHAIN, r"\phi'\left(\mathbf{z}\right)", r"\phi\left(\mathbf{z}\right)"),
    (CHAIN, r"{\partial \mathbf{h}}, \frac{\partial \mathbf{h}}", r"{\partial \mathbf{h}}, \frac{\partial \mathbf{o}}"),
]


@pytest.mark.parametrize("text", [BATCH, CHAIN])
def test_a_right_derivation_is_decided(text: str) -> None:
    report = check(text=text)
    assert not report.refuted
    assert report.summary["undecided"] == report.summary["unread"] == 0


@pytest.mark.parametrize(("text", "right", "wrong"), SLIPS)
def test_a_slip_is_refuted(text: str, right: str, wrong: str) -> None:
    assert text.count(right) == 1
    assert check(text=text.replace(right, wrong)).refuted


@pytest.mark.parametrize("layers", [(2, 2, 2), (2, 3, 1)])
def test_layers_with_one_bias_are_decided(layers: tuple[int, ...]) -> None:
    text = derive(mlp(*layers, activation="sigmoid", bias="shared"), level="layer").to_markdown(notation="matrix")
    assert r"\mathbf{1}^T" in text
    assert {link.verdict for link in check(text=text).links} <= {"given", "proved", "holds"}


def test_a_sum_over_the_units_that_is_left_out_is_refuted() -> None:
    text = derive(mlp(2, 3, 2, activation="sigmoid", bias="shared"), level="layer").to_markdown(notation="matrix")
    wrong = text.replace(r"\mathbf{1}^T \delta^{(2)}", r"\delta^{(2)}", 1)
    assert wrong != text
    assert check(text=wrong).refuted


REPEATED = r"""
$$X = \begin{pmatrix} 1 & 2 \\ -3 & 4 \end{pmatrix}, \quad b = \begin{pmatrix} 1 \\ -1 \end{pmatrix}$$

$$M = \mathbf{1}[CONDITION] = \begin{pmatrix} 0 & 1 \\ 0 & 1 \end{pmatrix}$$
"""


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (r"X > b \mathbf{1}^T", "holds"),
        (r"b \mathbf{1}^T < X", "holds"),
        (r"b \mathbf{1}^T > X", "refuted"),
        (r"b \mathbf{1}^T > 0", "refuted"),
        (r"0 < b \mathbf{1}^T", "refuted"),
    ],
)
def test_a_column_that_is_repeated_is_compared_entry_by_entry(condition: str, verdict: str) -> None:
    assert list(check(text=REPEATED.replace("CONDITION", condition)).links)[-1].verdict == verdict


def test_a_matrix_that_is_said_to_be_a_number_is_refuted() -> None:
    text = r"$$X = \begin{pmatrix} 1 & 2 \\ -3 & 4 \end{pmatrix}, \quad M = X X + 1 = 3$$"
    assert list(check(text=text).links)[-1].verdict == "refuted"

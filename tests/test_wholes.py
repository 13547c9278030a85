"""Arrays beside their entries, layers in brackets, and sizes that are no single letters."""

import pytest

from symbp import check

BRACKETS = r"""
$$\begin{align*}
a_i[l] &= \sum_{j=1}^{d_{\text{in}}[l]} w_{i,j}[l] \cdot x_j[l] \\
a[l] &= w[l] \cdot x[l] \\
y_i[l] &= \sigma(a_i[l]) = \frac{1}{1 + e^{-a_i[l]}} \\
x[l+1] &= y[l]
\end{align*}$$
$$\frac{\partial E}{\partial y_i[L]} = y_i[L] - t_i$$
$$\frac{\partial E}{\partial y[L]} = \begin{pmatrix} y_1[L] - t_1 & y_2[L] - t_2 & \cdots &
y_{d_{\text{out}}[L]}[L] - t_{d_{\text{out}}[L]} \end{pmatrix} = (y[L] - t)^T$$
$$\frac{\partial E}{\partial a[L]} = \frac{\partial E}{\partial y[L]} \cdot \frac{\partial y[L]}{\partial a[L]}
= (y[L] - t)^T \cdot \begin{pmatrix} \frac{\partial y_1[L]}{\partial a_1[L]} & 0 & \cdots & 0 \\
0 & \frac{\partial y_2[L]}{\partial a_2[L]} & \cdots & 0 \\ \vdots & \vdots & \ddots & \vdots \\
0 & 0 & \cdots & \frac{\partial y_{d_{\text{out}}[L]}[L]}{\partial a_{d_{\text{out}}[L]}[L]} \end{pmatrix}
= (y[L] - t)^T \odot \big(y[L] \odot (1 - y[L])\big)^T$$
$$\frac{\partial E}{\partial w_{i,j}[L]} = \frac{\partial E}{\partial a_i[L]} \cdot y_j[L-1]$$
$$\frac{\partial E}{\partial x[L]} = \frac{\partial E}{\partial a[L]} \cdot w[L]
= \big((y[L] - t) \odot y[L] \odot (1 - y[L])\big)^T \cdot w[L]$$
$$\frac{\partial E}{\partial w[L]} = \begin{pmatrix} \frac{\partial E}{\partial a_1[L]} \cdot x[L]^T \\ \vdots \\
\frac{\partial E}{\partial a_{d_{\text{out}}[L]}[L]} \cdot x[L]^T \end{pmatrix}$$
"""

LABELS = r"""
$$z^{(l)}_j = \sum_{k=1}^{n_{l-1}} w^{(l)}_{jk} a^{(l-1)}_k + b^{(l)}_j, \qquad a^{(l)}_j = \sigma(z^{(l)}_j)$$
$$z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}$$
$$C = \frac{1}{2} \sum_{j=1}^{n_L} (a^{(L)}_j - y_j)^2$$
$$\nabla_{a^{(L)}} C = \begin{pmatrix} a^{(L)}_1 - y_1 \\ \vdots \\ a^{(L)}_{n_L} - y_{n_L} \end{pmatrix}
= a^{(L)} - y$$
$$\delta^{(l)}_j = \frac{\partial C}{\partial z^{(l)}_j}$$
$$\delta^{(l)} = \begin{bmatrix} \delta^{(l)}_1 \\ \vdots \\ \delta^{(l)}_{n_l} \end{bmatrix}$$
$$\frac{\partial C}{\partial W^{(l)}} = \begin{pmatrix}
\frac{\partial C}{\partial w^{(l)}_{11}} & \cdots & \frac{\partial C}{\partial w^{(l)}_{1 n_{l-1}}} \\
\vdots & \ddots & \vdots \\
\frac{\partial C}{\partial w^{(l)}_{n_l 1}} & \cdots & \frac{\partial C}{\partial w^{(l)}_{n_l n_{l-1}}} \end{pmatrix}
= \delta^{(l)} (a^{(l-1)})^T$$
$$\frac{\partial C}{\partial a^{(l)}} = (W^{(l+1)})^T \delta^{(l+1)}$$
"""

BRACKET_SLIPS = [
    (r"= (y[L] - t)^T$$", r"= (t - y[L])^T$$"),
    (r"y_2[L] - t_2 &", r"y_2[L] - t_1 &"),
    (r"\odot \big(y[L] \odot (1 - y[L])\big)^T", r"\odot \big(y[L] \odot (1 + y[L])\big)^T"),
    (r"\frac{\partial E}{\partial a_i[L]} \cdot y_j[L-1]", r"\frac{\partial E}{\partial a_j[L]} \cdot y_i[L-1]"),
    (r"\frac{\partial E}{\partial a[L]} \cdot w[L]", r"\frac{\partial E}{\partial a[L]} \cdot w[L]^T"),
]
LABEL_SLIPS = [
    (r"a^{(L)}_1 - y_1 \\ \vdots \\ a^{(L)}_{n_L}", r"z^{(L)}_1 - y_1 \\ \vdots \\ z^{(L)}_{n_L}"),
    (r"= a^{(L)} - y$$", r"= y - a^{(L)}$$"),
    (r"= \delta^{(l)} (a^{(l-1)})^T", r"= a^{(l-1)} (\delta^{(l)})^T"),
    (r"= (W^{(l+1)})^T \delta^{(l+1)}", r"= W^{(l+1)} \delta^{(l+1)}"),
]


@pytest.mark.parametrize(("text", "fewest"), [(BRACKETS, 8), (LABELS, 5)])
def test_what_is_said_of_an_array_is_said_of_its_entries(text: str, fewest: int) -> None:
    found = [link.verdict for link in check(text=text).links if link.verdict != "given"]
    assert found.count("proved") >= fewest
    assert set(found) <= {"proved", "holds"}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [(BRACKETS, *slip) for slip in BRACKET_SLIPS] + [(LABELS, *slip) for slip in LABEL_SLIPS],
)
def test_a_slip_in_an_array_beside_its_entries_is_refuted(text: str, right: str, wrong: str) -> None:
    assert text.count(right) == 1
    assert check(text=text.replace(right, wrong)).refuted


def test_one_index_in_brackets_is_an_entry_where_no_other_index_stands_below() -> None:
    [*_, link] = check(text=r"$$x = [2, 3, 5], \quad y = x[2] + 1 = 4$$").links
    assert link.verdict == "proved"


BLOCKS = r"""
$$u = \begin{bmatrix} 1 \\ 2 \end{bmatrix}, \quad v = \begin{bmatrix} 3 & 4 \end{bmatrix}$$
$$\begin{bmatrix} u & 0 \\ 0 & v^T \end{bmatrix}
= \begin{bmatrix} 1 & 0 \\ 2 & 0 \\ 0 & 3 \\ 0 & 4 \end{bmatrix}$$
"""


def test_arrays_stand_side_by_side_in_a_matrix() -> None:
    assert [link.verdict for link in check(text=BLOCKS).links][-1] in ("proved", "holds")
    assert check(text=BLOCKS.replace("0 & 3", "3 & 0")).refuted
    open_size = check(text=BLOCKS.replace("u & 0", "u & 7"))
    assert list(open_size.links)[-1].verdict == "undecided"

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


BARE = r"""$$z_i = \sum_j w_{ij} x_j + b_i$$ $$p_i = \frac{e^{z_i}}{\sum_{k=1}^n e^{z_k}}$$
$$L = -\sum_{i=1}^n y_i \log p_i$$ For all classes at once:
$$\frac{\partial L}{\partial z} = %s$$ $$\frac{\partial L}{\partial b} = %s$$"""

SOFTMAX = r"""$$p = \mathrm{softmax}(z)$$ $$L = -\sum_{k=1}^n y_k \log p_k$$ $$\frac{\partial L}{\partial z} = %s$$"""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (BARE % ("p - y", "p - y"), 0),
        (BARE % ("y - p", "p - y"), 1),
        (BARE % ("p - y", "p + y"), 1),
        (SOFTMAX % "p - y", 0),
        (SOFTMAX % "p + y", 1),
        (SOFTMAX % r"-y \mathrm{softmax}(z)", 1),
    ],
)
def test_vectors_that_stand_bare_in_gradients_are_made_of_their_entries(text: str, wrong: int) -> None:
    summary = check(text=text).summary
    assert (summary["refuted"], summary["undecided"]) == (wrong, 0)


MATRIX = r"""$$Q = W P + b, \qquad R = \sigma(Q)$$
$$\frac{\partial I}{\partial Q_i} = \frac{\partial I}{\partial R_i} \sigma'(Q_i)$$
$$\frac{\partial I}{\partial P_i} = \sum_{k=1}^n \frac{\partial I}{\partial Q_k} \frac{\partial Q_k}{\partial P_i}$$
$$\frac{\partial I}{\partial W_{ij}} = \sum_{k=1}^n \frac{\partial I}{\partial Q_k} \frac{\partial Q_k}{\partial W_{ij}}
= \frac{\partial I}{\partial Q_i} \frac{\partial Q_i}{\partial W_{ij}} = %s$$"""

LOGISTIC = r"""$$z = w^T x + b, \qquad a = \sigma(z)$$ $$L = -(y \log a + (1 - y) \log(1 - a))$$
$$\frac{\partial z}{\partial w_j} = %s$$ $$\frac{\partial L}{\partial w_j} = %s$$"""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (MATRIX % r"\frac{\partial I}{\partial Q_i} P_j", 0),
        (MATRIX % r"\frac{\partial I}{\partial Q_j} P_i", 1),
        (MATRIX % r"-\frac{\partial I}{\partial Q_i} P_j", 1),
        (LOGISTIC % ("x_j", "(a - y) x_j"), 0),
        (LOGISTIC % ("w_j", "(a - y) x_j"), 1),
        (LOGISTIC % ("x_j", "(y - a) x_j"), 1),
    ],
)
def test_entries_of_what_is_multiplied_as_arrays_are_known(text: str, wrong: int) -> None:
    summary = check(text=text).summary
    assert (summary["refuted"], summary["undecided"]) == (wrong, 0)


OUTPUT = r"""$$H = \sigma(Z_h), \quad Z_h = X W_h + b_h, \quad Z_o = H W_o + b_o$$
$$\frac{\partial E}{\partial Z_o} = D$$ $$\frac{\partial E}{\partial W_o} = %s \frac{\partial E}{\partial Z_o}$$
$$\frac{\partial E}{\partial Z_h} = \frac{\partial E}{\partial Z_o} %s \odot H \odot (1 - H)$$"""


@pytest.mark.parametrize(
    ("right", "wrong"), [(("H^T", "W_o^T"), 0), (("X^T", "W_o^T"), 1), (("H^T", "W_h^T"), 1), (("H^T", "W_o"), 1)]
)
def test_letters_of_rival_definitions_name_one_layer_each(right: tuple[str, str], wrong: int) -> None:
    summary = check(text=OUTPUT % right).summary
    assert (summary["refuted"], summary["undecided"]) == (wrong, 0)

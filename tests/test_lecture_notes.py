"""Lecture notes in the usual styles: right ones are decided, and a slip is refuted at its place with its repair."""

import pytest

from symbp import check

SOFTMAX = r"""$$p_i = \frac{e^{z_i}}{\sum_{k=1}^{K} e^{z_k}}, \qquad L = -\sum_{i=1}^{K} y_i \log p_i$$
where $\sum_i y_i = 1$, so
$$\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j), \qquad \frac{\partial L}{\partial z_j} = p_j - y_j$$
With $z = W x + b$
$$\frac{\partial L}{\partial W_{jk}} = (p_j - y_j) x_k$$
$$\frac{\partial L}{\partial x_k} = \sum_j W_{jk} (p_j - y_j)$$
# Example
For $z = (2.0, 1.0, 0.1)$ we get $p_1 = \frac{e^{2.0}}{e^{2.0} + e^{1.0} + e^{0.1}} = 0.659$, and $y = (1, 0, 0)$."""

LEAST_SQUARES = r"""Let $X \in \mathbb{R}^{N \times d}$ and $\hat{y} = X w$.
$$L(w) = \frac{1}{N} \| X w - y \|^2 = \frac{1}{N} (X w - y)^T (X w - y)$$
$$L(w) = \frac{1}{N} \left( w^T X^T X w - 2 w^T X^T y + y^T y \right)$$
$$\nabla_w L = \frac{1}{N} \left( 2 X^T X w - 2 X^T y \right) = \frac{2}{N} X^T (X w - y)$$
Setting $\nabla_w L = 0$ gives $X^T X w = X^T y$. With $J(w) = L(w) + \lambda \|w\|^2$
$$\nabla_w J = \frac{2}{N} X^T (X w - y) + 2 \lambda w$$"""

STACKED = r"""$$Z^{[1]} = W^{[1]} X + b^{[1]}, \quad A^{[1]} = g^{[1]}(Z^{[1]})$$
$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}, \quad A^{[2]} = \sigma(Z^{[2]})$$
$$J = -\frac{1}{m} \sum_{i=1}^m \left( y^{(i)} \log a^{[2](i)} + (1 - y^{(i)}) \log(1 - a^{[2](i)}) \right)$$
$$dZ^{[2]} = A^{[2]} - Y$$
$$dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}$$
$$db^{[2]} = \frac{1}{m} np.sum(dZ^{[2]}, axis=1, keepdims=True)$$
$$dZ^{[1]} = W^{[2]T} dZ^{[2]} * g^{[1]\prime}(Z^{[1]})$$
$$dW^{[1]} = \frac{1}{m} dZ^{[1]} X^T$$
Where $g^{[1]} = \tanh$ this is
$$dZ^{[1]} = W^{[2]T} dZ^{[2]} * (1 - (A^{[1]})^2)$$"""

ACTIVATIONS = r"""$$g(z) = \frac{1}{1 + e^{-z}}$$
$$g'(z) = g(z) (1 - g(z))$$
# Tanh
$$g(z) = \tanh(z)$$
$$g'(z) = 1 - \tanh^2(z)$$
# ReLU
$$g(z) = \max(0, z)$$
$$g'(z) = \begin{cases} 0 & z < 0 \\ 1 & z > 0 \end{cases}$$"""

NOTES = (SOFTMAX, LEAST_SQUARES, STACKED, ACTIVATIONS)
SLIPS = [
    (SOFTMAX, r"(\delta_{ij} - p_j)", r"(\delta_{ij} - p_i)"),
    (SOFTMAX, r"(p_j - y_j) x_k", r"(p_j - y_j) x_j"),
    (SOFTMAX, r"W_{jk} (p_j", r"W_{kj} (p_j"),
    (LEAST_SQUARES, "- 2 w^T X^T y", "- w^T X^T y"),
    (LEAST_SQUARES, r"= \frac{2}{N} X^T (X w - y)$$" + "\nS", r"= \frac{1}{N} X^T (X w - y)$$" + "\nS"),
    (LEAST_SQUARES, "X^T X w = X^T y", "X^T X w = -X^T y"),
    (LEAST_SQUARES, r"+ 2 \lambda w", r"+ \lambda w"),
    (STACKED, "A^{[2]} - Y", "Y - A^{[2]}"),
    (STACKED, "axis=1", "axis=0"),
    (STACKED, r"W^{[2]T} dZ^{[2]} * g", r"W^{[2]} dZ^{[2]} * g"),
    (STACKED, "1 - (A^{[1]})^2", "1 - A^{[1]}"),
    (ACTIVATIONS, r"1 - \tanh^2(z)", r"1 - \tanh(z)"),
    (ACTIVATIONS, r"\begin{cases} 0", r"\begin{cases} -1"),
]


@pytest.mark.parametrize("text", NOTES)
def test_right_notes_are_decided(text: str) -> None:
    summary = check(text=text).summary
    assert summary["refuted"] == summary["undecided"] == summary["unread"] == 0


@pytest.mark.parametrize(("text", "right", "wrong"), SLIPS)
def test_a_slip_is_refuted_and_nothing_else(text: str, right: str, wrong: str) -> None:
    assert text.count(right) == 1
    refuted = check(text=text.replace(right, wrong)).refuted
    assert {link.line for link in refuted} == {text[: text.index(right)].count("\n") + 1}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("dZ^{[2]} A^{[1]T}", "dZ^{[2]} A^{[1]}"), ("dZ^{[1]} X^T", "dZ^{[1]} X")],
)
def test_what_is_written_for_short_is_repaired_in_its_own_words(right: str, wrong: str) -> None:
    (link,) = check(text=STACKED.replace(right, wrong)).refuted
    assert link.slip == "lost transpose"
    assert (link.expected or "").startswith(r"\frac{1}{m} " + wrong.rsplit(maxsplit=1)[0])


LABEL = r"""With $y = 1$, $z = 0.3$, $p = \sigma(z) = 0.5744$ and $L = -(y \ln p + (1 - y) \ln (1 - p)) = -\ln p$
$$\frac{\partial L}{\partial p} = %s$$"""


@pytest.mark.parametrize(
    ("slope", "passes"),
    [
        (r"-\frac{y}{p} + \frac{1 - y}{1 - p} = -\frac{1}{p}", True),
        (r"-\frac{y}{p} - \frac{1 - y}{1 - p}", False),
        (r"-\frac{y}{p} + \frac{1 - y}{1 + p}", False),
    ],
)
def test_a_given_label_does_not_hide_a_slip_in_the_term_that_it_makes_zero(slope: str, passes: bool) -> None:
    verdicts = {link.verdict for link in check(text=LABEL % slope).equations[-1].links}
    assert verdicts <= ({"proved", "holds"} if passes else {"refuted"})


def test_a_function_that_is_named_softmax_is_no_function_of_one_entry() -> None:
    text = r"""$y = \psi(V h)$ with $\psi = \mathrm{softmax}$, $L = -\sum_k t_k \log y_k$, $\sum_k t_k = 1$

$$\frac{\partial L}{\partial V} = %s$$"""
    assert [list(check(text=text % slope).links)[-1].verdict for slope in ("(y - t) h^T", "(t - y) h^T")] == [
        "proved",
        "refuted",
    ]


def test_what_was_made_with_a_function_before_it_is_defined_anew_is_not_refuted() -> None:
    text = r"""$f(z) = \tanh(z)$, $h = f(W x)$, $f(z) = z$, $y = f(V h)$, $L = \frac12 \|y - t\|^2$

$$\frac{\partial L}{\partial W} = (V^T (y - t)) \odot (1 - h \odot h) x^T$$"""
    assert check(text=text).refuted == ()


def test_the_weight_of_a_penalty_in_an_equation_to_solve_is_no_learning_rate() -> None:
    text = r"""$J(w) = \frac{1}{2} \|y - X w\|^2 + \frac{\lambda}{2} w^T w$

$$\nabla_w J = -X^T (y - X w) + \lambda w$$

$$X^T X w + %s w = X^T y$$"""
    found = [list(check(text=text % weight).links)[-1].verdict for weight in (r"\lambda", r"2 \lambda")]
    assert found == ["given", "refuted"]

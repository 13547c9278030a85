"""Losses of all samples: printed with what they are of, and with a matrix of which the samples are rows."""

import symbp

MARGIN = r"""
For samples $u_i$ with labels $s_i$ let $p_i = \sigma(v^T u_i)$ and
$$J(v) = -\sum_{i=1}^M \left( s_i \ln p_i + (1 - s_i) \ln(1 - p_i) \right)$$
$$\nabla J(v) = LINE$$
With the matrix $U$ of which the rows are $u_i^T$:
$$\nabla J(v) = MATRIX, \qquad r = U v$$
"""

NET = r"""
$$g_k(s) = e^{-(s - m_k)^2 / 2}, \quad f(s) = \sum_{k=1}^K b_k g_k(s), \quad J = \frac{1}{2} (f(s) - q)^2$$
$$\frac{\partial J}{\partial b_k} = (f - q) g_k(s)$$
$$\frac{\partial J}{\partial m_k} = (f - q) b_k g_k(s) LINE$$
"""


def _verdicts(text: str) -> list[str]:
    return [link.verdict for equation in symbp.check(text=text).equations for link in equation.links]


def _of_samples(line: str = r"\sum_{i=1}^M (p_i - s_i) u_i", matrix: str = "U^T (p - s)") -> list[str]:
    return _verdicts(MARGIN.replace("LINE", line).replace("MATRIX", matrix))


def test_a_loss_that_is_printed_with_its_weights_is_judged_in_sums_and_with_the_matrix_of_its_samples() -> None:
    assert _of_samples()[2:4] == ["proved", "proved"]


def test_a_wrong_sign_in_the_sum_or_in_the_product_is_found() -> None:
    assert _of_samples(r"\sum_{i=1}^M (s_i - p_i) u_i")[2] == "refuted"
    assert _of_samples(matrix="U^T (s - p)")[3] == "refuted"


def test_a_lone_product_with_the_matrix_does_not_say_what_its_rows_are() -> None:
    assert _verdicts(MARGIN.replace(r", \qquad r = U v", "").replace("MATRIX", "U (p - s)"))[-1] != "proved"


def test_functions_with_an_index_that_always_have_the_same_argument_are_quantities() -> None:
    assert _verdicts(NET.replace("LINE", "(s - m_k)"))[-2:] == ["proved", "proved"]
    assert _verdicts(NET.replace("LINE", "(m_k - s)"))[-2:] == ["proved", "refuted"]

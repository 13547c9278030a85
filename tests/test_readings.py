"""What stands for another thing than it does elsewhere: a variable, a letter of an index, a delta, a gradient."""

import pytest

from symbp.checking import check

ARRAY = r"$x = \begin{bmatrix} 1 \\ 2 \end{bmatrix}$, $W = \begin{bmatrix} 3 & 4 \\ 5 & 6 \end{bmatrix}$, $z = W x$"
SOFTMAX = r"$$p_j = \frac{e^{a_i}}{\sum_{k=1}^N e^{a_k}}$$ $$L = -\sum_i y_i \log(p_i)$$"
CASES = r"\begin{cases} p_i (1 - p_j) & if & i = j \\ -p_j p_i & if & i \neq j \end{cases}"


def _verdict(*texts: str) -> str:
    *_, last = check(text="\n\n".join(texts)).links
    return last.verdict


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\frac{-\frac{d}{dx}(1+e^{-x})}{(1+e^{-x})^2}", "proved"),
        (r"\frac{\frac{d}{dx}(1+e^{-x})}{(1+e^{-x})^2}", "refuted"),
    ],
)
def test_a_variable_alone_is_any_number_though_it_is_an_array_elsewhere(right: str, verdict: str) -> None:
    assert _verdict(ARRAY, rf"$$\frac{{d}}{{dx}}\Big(\frac{{1}}{{1+e^{{-x}}}}\Big) = {right}$$") == verdict


def test_a_function_of_a_whole_array_is_none_of_a_number() -> None:
    assert _verdict(ARRAY, r"$$\frac{d}{dx} \|x\| = 1$$") != "proved"


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\frac{\partial}{\partial a_j} \frac{e^{a_i}}{\sum_{k=1}^N e^{a_k}}", "holds"),
        (CASES, "holds"),
        (CASES.replace("-p_j p_i", "p_j p_i"), "undecided"),
        (r"p_i (\delta_{ij} - p_j)", "holds"),
        (r"p_i (\delta_{ij} + p_j)", "undecided"),
    ],
)
def test_the_letter_of_a_definition_is_meant_where_it_stands_on_the_other_side(right: str, verdict: str) -> None:
    assert _verdict(SOFTMAX, rf"$$\frac{{\partial p_j}}{{\partial a_j}} = {right}$$") == verdict


def test_a_slip_in_a_definition_leaves_no_doubt_where_nothing_depends_on_it() -> None:
    right = r"-y_i (1 - p_i) + \sum_{k \neq 1} y_k p_i"
    assert _verdict(SOFTMAX, rf"$$-y_i (1 - p_i) + \sum_{{k \neq i}} y_k p_i = {right}$$") == "refuted"


@pytest.mark.parametrize(
    ("right", "verdict"), [(r"p_i (\delta_{ij} - p_j)", "proved"), (r"p_i (1 - \delta_{ij} p_j)", "refuted")]
)
def test_a_delta_with_the_letter_of_a_derivative_is_that_of_kronecker(right: str, verdict: str) -> None:
    softmax = SOFTMAX.replace("a_i", "a_j")
    assert _verdict(softmax, rf"$$\frac{{\partial p_i}}{{\partial a_j}} = {right}$$") == verdict


@pytest.mark.parametrize(
    ("entries", "verdict"),
    [
        (r"\frac{\partial J}{\partial w_1}, \cdots, \frac{\partial J}{\partial w_n}", "holds"),
        (r"\frac{\partial J}{\partial w_1}, \cdots, \frac{\partial E}{\partial w_n}", "refuted"),
        (r"\frac{\partial J}{\partial w_1}, \frac{\partial J}{\partial w_1}", "refuted"),
        (r"\frac{\partial J}{\partial w_1}, \cdots, w_n", "undecided"),
    ],
)
def test_a_gradient_is_the_vector_of_derivatives(entries: str, verdict: str) -> None:
    assert _verdict(rf"$$\nabla J(W) = \left( {entries} \right)$$") == verdict


NET = r"""
$$z_k = \sum_j w_{jk} h_j$$

$$\hat y_k = \text{softmax}(z_k) = \frac{e^{z_k}}{\sum_m e^{z_m}}$$

$$E = -\sum_k y_k \ln \hat y_k$$
"""


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        (r"\frac{\partial \hat y_k}{\partial z_k} = \hat y_k (1 - \hat y_k)", "proved"),
        (r"\frac{\partial \hat y_k}{\partial z_k} = \hat y_k (1 + \hat y_k)", "refuted"),
        (r"\text{softmax}(z_m) = \frac{e^{z_m}}{\sum_i e^{z_i}}", "proved"),
        (r"\text{softmax}(z_m) = \frac{e^{z_i}}{\sum_i e^{z_i}}", "refuted"),
    ],
)
def test_the_softmax_of_a_component_is_that_of_all(link: str, verdict: str) -> None:
    assert _verdict(NET, f"$${link}$$") == verdict


def test_the_softmax_of_a_numbered_vector_is_no_component() -> None:
    text = r"$z_2 = W_2 a_1 + b_2$, $\hat y = \text{softmax}(z_2) = \frac{e^{z_2}}{\sum_i e^{z_i}}$"
    assert _verdict(text) != "proved"


NEURON = r"$z = w \times x + b$, $a = \phi(z)$, $C = (a - y)^2$"


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        (r"\frac{\partial a}{\partial z} \times \frac{\partial z}{\partial x} = \phi' \times w", "proved"),
        (r"\frac{\partial a}{\partial z} \times \frac{\partial z}{\partial x} = \phi' \times x", "refuted"),
        (r"\frac{\partial C}{\partial w} = 2 (a - y) \phi' x", "proved"),
        (r"\frac{\partial C}{\partial w} = (a - y) \phi' x", "refuted"),
    ],
)
def test_the_derivative_of_an_activation_is_at_its_argument(link: str, verdict: str) -> None:
    assert _verdict(NEURON, f"$${link}$$") == verdict


def test_of_two_arguments_the_line_tells_which() -> None:
    net = r"$z_1 = w x$, $a = \phi(z_1)$, $z_2 = v a$, $b = \phi(z_2)$"
    assert _verdict(net, r"$$\frac{\partial b}{\partial z_2} = \phi'$$") == "proved"
    assert _verdict(net, r"$$\frac{\partial b}{\partial w} = \phi' v x$$") == "undecided"


@pytest.mark.parametrize(("right", "verdict"), [(r"\gamma", "holds"), (r"\gamma \hat x_k", "undecided")])
def test_what_is_differentiated_may_lack_its_index(right: str, verdict: str) -> None:
    net = r"$\hat x_k = \frac{x_k - \mu}{s}$, $y_k = \gamma \hat x_k + \beta$"
    assert _verdict(net, rf"$$\frac{{\partial (\gamma \hat x + \beta)}}{{\partial \hat x_k}} = {right}$$") == verdict

"""Activations that are only named: known by the values that a document prints."""

import pytest

from symbp.checking import check

NET = r"""
$x = [1, 4, 5]$, $y = [0.1, 0.05]$

$$W_1 = \begin{bmatrix} 0.1 & 0.2 \\ 0.3 & 0.4 \\ 0.5 & 0.6 \end{bmatrix}$$

$$W_2 = \begin{bmatrix} 0.7 & 0.8 \\ 0.9 & 0.1 \end{bmatrix}$$

$$z_1 = x W_1 = \begin{bmatrix} 3.8 & 4.8 \end{bmatrix}$$

$$a_1 = f_1(z_1) = f_1(\begin{bmatrix} 3.8 & 4.8 \end{bmatrix})$$

$$a_1 = \begin{bmatrix} 0.9781 & 0.9918 \end{bmatrix}$$

$$z_2 = a_1 W_2$$

$$a_2 = f_2(z_2) = \begin{bmatrix} 0.8288 & 0.7072 \end{bmatrix}$$

$$\frac{\partial J(W, b)}{\partial a_2} = a_2 - y$$

$$\delta_2 = \frac{\partial J(W, b)}{\partial a_2} \odot f'_2(z_2)$$

$$\delta_1 = (\delta_2 W_2^T) \odot f'_1(z_1)$$

"""


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        (r"f'_1(z_1) = \begin{bmatrix} 0.0214 & 0.0081 \end{bmatrix}", "holds"),
        (r"f'_1(z_1) = \begin{bmatrix} 0.0214 & 0.0018 \end{bmatrix}", "refuted"),
        (r"\delta_2 = \begin{bmatrix} 0.1034 & 0.1361 \end{bmatrix}", "holds"),
        (r"\delta_2 = \begin{bmatrix} 0.1034 & 0.1631 \end{bmatrix}", "refuted"),
        (r"\frac{\partial J(W, b)}{\partial W_2} = a_1^T \delta_2", "proved"),
        (
            r"\frac{\partial J(W, b)}{\partial W_2} = \begin{bmatrix} 0.1011 & 0.1331 \\ 0.1026 & 0.1350 \end{bmatrix}",
            "holds",
        ),
        (
            r"\frac{\partial J(W, b)}{\partial W_2} = \begin{bmatrix} 0.1011 & 0.1026 \\ 0.1331 & 0.1350 \end{bmatrix}",
            "refuted",
        ),
    ],
)
def test_an_activation_is_known_by_its_printed_values(link: str, verdict: str) -> None:
    *_, last = check(text=f"{NET}$${link}$$").links
    assert last.verdict == verdict


def test_few_digits_identify_no_activation() -> None:
    text = NET.replace("0.9781", "0.98").replace("0.9918", "0.9").replace("0.8288 & 0.7072", "0.8 & 0.7")
    *_, last = check(text=text + r"$$f'_1(3.8) = 0.0217$$").links
    assert last.verdict == "undecided"


def test_positive_values_do_not_tell_a_rectifier_from_nothing() -> None:
    *_, last = check(text=r"$z = 2.125$, $f(z) = 2.125$, $f(3.125) = 3.125$, $f(-1.5) = 0.75$").links
    assert last.verdict == "undecided"


def test_one_digit_of_a_computed_array_was_rounded() -> None:
    text = r"$a = [0.0123, 0.456]$, $d = 0.1 a = [0.001, 0.05]$, $2 a \odot d = 2 [0.0123, 0.456] \odot [0.001, 0.05]$"
    assert not check(text=text).refuted


BATCH = r"""
$$X = \begin{bmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{bmatrix}$$

$$W = \begin{bmatrix} 1 & 0 \\ 2 & 1 \\ 0 & 3 \end{bmatrix}$$

$$Y = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$$

$$b = \begin{bmatrix} 5 & 6 \end{bmatrix}$$

$$Z = X W + b$$

$$\delta = Z - Y = \begin{bmatrix} 9 & 15 \\ 16 & 25 \end{bmatrix}$$

"""


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        (r"\sum \delta = \begin{bmatrix} 25 & 40 \end{bmatrix}", "proved"),
        (r"\sum \delta = \begin{bmatrix} 25 \\ 40 \end{bmatrix}", "proved"),
        (r"\sum \delta = \begin{bmatrix} 24 & 41 \end{bmatrix}", "refuted"),
        (r"\sum \delta = \begin{bmatrix} 25 & 39 \end{bmatrix}", "refuted"),
    ],
)
def test_a_sum_that_says_no_more_is_over_the_samples(link: str, verdict: str) -> None:
    *_, last = check(text=f"{BATCH}$${link}$$").links
    assert last.verdict == verdict


COLUMNS = r"""
$$X = \begin{bmatrix} 1 & 4 \\ 2 & 5 \\ 3 & 6 \end{bmatrix}$$

$$W = \begin{bmatrix} 1 & 2 & 0 \\ 0 & 1 & 3 \end{bmatrix}$$

$$Y = \begin{bmatrix} 1 & 3 \\ 2 & 4 \end{bmatrix}$$

$$Z = W X$$

$$\delta = Z - Y = \begin{bmatrix} 4 & 11 \\ 9 & 19 \end{bmatrix}$$

"""


@pytest.mark.parametrize(
    ("text", "column", "verdict"),
    [
        (COLUMNS, r"15 \\ 28", "proved"),
        (COLUMNS, r"13 \\ 30", "refuted"),
        (COLUMNS.replace("W", "V"), r"15 \\ 28", "undecided"),
    ],
)
def test_samples_are_columns_where_weights_stand_first(text: str, column: str, verdict: str) -> None:
    *_, last = check(text=text + rf"$$\sum \delta = \begin{{bmatrix}} {column} \end{{bmatrix}}$$").links
    assert last.verdict == verdict


def test_one_sample_and_its_biases() -> None:
    text = NET + r"$$\frac{\partial J(W, b)}{\partial z_2} = \delta_2$$"
    right, wrong = (
        list(check(text=text + rf"$$\sum \delta_{n} = \begin{{bmatrix}} 0.1034 \\ 0.1361 \end{{bmatrix}}$$").links)[-1]
        for n in (2, 1)
    )
    assert (right.verdict, wrong.verdict) == ("holds", "refuted")


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [("f(s) (1 - f(s))", "proved"), ("(1 - f(s)^2)", "proved"), ("f(s) [1 - f(s)]", "proved")],
)
def test_an_activation_is_known_by_its_derivative(stated, verdict):
    text = rf"$y = f(s)$, $s = w x$, $$f'(s) = {stated}, \quad \frac{{\partial y}}{{\partial w}} = {stated} x$$"
    links = list(check(text=text).links)
    assert [link.verdict for link in links[-2:]] == [verdict, verdict]
    wrong = check(text=text.replace(f"{stated} x", f"{stated}")).links
    assert list(wrong)[-1].verdict == "refuted"


@pytest.mark.parametrize(("form", "other"), [("g(v) [1 - g(v)]", "g(v)^2"), ("1 - g(v)^2", "1 - g(v)")])
def test_a_function_is_known_by_its_derivative_in_the_form_of_an_operator(form: str, other: str) -> None:
    text = f"$$\\frac{{\\partial y}}{{\\partial v}} = \\frac{{\\partial}}{{\\partial v}} g(v) = {form} = @$$"
    assert [link.verdict for link in check(text=text.replace("@", form)).links][1:] == ["proved", "proved"]
    assert [link.verdict for link in check(text=text.replace("@", other)).links][-1] == "refuted"

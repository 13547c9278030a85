"""Printed values of which the document says what they should be: arrays, and functions that were left out."""

import pytest

from symbp import check
from symbp.checking.report import LinkReport

UNIT = r"$$z_1 = 0.32, \quad h_1 = \tanh(z_1)$$"
LAYER = r"""$$z = \begin{bmatrix} 0.21 \\ 0.43 \end{bmatrix}, \quad h = \tanh(z)$$"""


def _last(text: str) -> LinkReport:
    return list(check(text=text).links)[-1]


@pytest.mark.parametrize(
    ("given", "link", "expected"),
    [
        (UNIT, "h_1 = 0.32", "0.31"),
        (UNIT, r"\tanh(z_1) = 0.3200", "0.3095"),
        (
            LAYER,
            r"h = \begin{bmatrix} 0.210 \\ 0.430 \end{bmatrix}",
            r"\begin{bmatrix} 0.207 \\ 0.405 \end{bmatrix}",
        ),
    ],
)
def test_the_value_of_the_argument_stands_where_that_of_the_function_belongs(
    given: str, link: str, expected: str
) -> None:
    found = _last(f"{given}\n\n$${link}$$")
    assert (found.verdict, found.slip, found.expected) == ("refuted", "value of the input for the output", expected)


def test_a_wrong_array_is_written_anew_entry_by_entry() -> None:
    found = _last(rf"{LAYER} $$h = \begin{{bmatrix}} 0.1119 \\ 0.7742 \end{{bmatrix}}$$")
    assert found.verdict == "refuted"
    assert found.expected == r"\begin{bmatrix} 0.2070 \\ 0.4053 \end{bmatrix}"


def test_a_right_entry_of_a_wrong_array_stays_as_it_is() -> None:
    found = _last(rf"{LAYER} $$h = \begin{{bmatrix}} 0.2070 \\ 0.7742 \end{{bmatrix}}$$")
    assert found.expected == r"\begin{bmatrix} 0.2070 \\ 0.4053 \end{bmatrix}"


def test_the_rows_of_a_matrix_are_shown_as_the_document_has_them() -> None:
    assert _last(rf"{LAYER} $$h = \begin{{bmatrix}} 0.2070 \\ 0.4053 \end{{bmatrix}}$$").rhs == (
        r"\begin{bmatrix} 0.2070 \\ 0.4053 \end{bmatrix}"
    )


NET = r"""
$$net_{h1} = w_1 i_1 + w_2 i_2, \quad out_{h1} = \frac{1}{1 + e^{-net_{h1}}}$$

$$net_{o1} = w_5 out_{h1}, \quad out_{o1} = \frac{1}{1 + e^{-net_{o1}}}, \quad E = \frac{1}{2} (t_1 - out_{o1})^2$$
"""


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            r"\frac{\partial E}{\partial w_5} = \frac{\partial E}{\partial out_{h1}} \frac{\partial out_{h1}}"
            r"{\partial net_{h1}} \frac{\partial net_{h1}}{\partial w_5}",
            r"\frac{\partial E}{\partial out_{o1}} \frac{\partial out_{o1}}"
            r"{\partial net_{o1}} \frac{\partial net_{o1}}{\partial w_5}",
        ),
        (
            r"\frac{\partial E}{\partial net_{o1}} = \frac{\partial E}{\partial net_{o1}} \frac{\partial out_{o1}}"
            r"{\partial net_{h1}}",
            r"\frac{\partial E}{\partial out_{o1}} \frac{\partial out_{o1}}{\partial net_{o1}}",
        ),
    ],
)
def test_a_product_of_derivatives_that_leads_astray_is_led_on_the_right_way(wrong: str, right: str) -> None:
    found = _last(f"{NET}\n\n$${wrong}$$")
    assert (found.verdict, found.expected) == ("refuted", right)
    left = wrong.split(" = ")[0]
    assert _last(f"{NET}\n\n$${left} = {found.expected}$$").verdict == "proved"

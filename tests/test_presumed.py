"""Outputs of hidden units that a document differentiates by their inputs, and nowhere defines."""

import pytest

from symbp.checking import check

NET = r"""
$z_j = \sum_i w_{ij} a_i + b_j$, $y_j = \sigma(z_j)$ with $\sigma(z) = \frac{1}{1+e^{-z}}$,
$L = \frac12 \sum_j (y_j - t_j)^2$, $\delta_j = (y_j - t_j) y_j (1 - y_j)$

$$\frac{\partial a_i}{\partial z_i} = SLOPE$$

$$\frac{\partial L}{\partial w_{hi}}
  = \sum_j \delta_j w_{ij} \cdot \frac{\partial a_i}{\partial z_i} \cdot \frac{\partial z_i}{\partial w_{hi}}
  = \sum_j \delta_j w_{ij} \cdot FACTOR$$
"""
NUMBERS = r"An example: $z_1 = 0.1 \cdot x_1 + 0.2 \cdot x_2$, $x_1 = 0.5$, $x_2 = 0.3$, $z_1 = 0.11$."


def verdicts(slope: str, factor: str, *, more: str = "") -> list[str]:
    text = NET.replace("SLOPE", slope).replace("FACTOR", factor) + more
    return [link.verdict for link in check(text=text).links if link.line in (5, 7, 8, 9)]


def passes(found: list[str]) -> list[bool]:
    assert set(found) <= {"proved", "holds", "refuted"}
    return [verdict != "refuted" for verdict in found]


@pytest.mark.parametrize("slope", ["a_i (1 - a_i)", r"\sigma'(z_i)", "1 - a_i^2"])
def test_the_output_of_a_hidden_unit_is_what_its_derivative_says(slope: str) -> None:
    assert passes(verdicts(slope, f"({slope}) a_h")) == [True, True, True]


@pytest.mark.parametrize("factor", ["a_i (1 - a_i)", "a_i (1 + a_i) a_h", "(1 - a_i) a_h", "a_j (1 - a_j) a_h"])
def test_a_slip_in_the_chain_rule_through_it_is_refuted(factor: str) -> None:
    assert passes(verdicts("a_i (1 - a_i)", factor)) == [True, True, False]


def test_a_slip_in_its_derivative_is_refuted_by_what_follows() -> None:
    assert passes(verdicts("a_i (1 + a_i)", "a_i (1 - a_i) a_h")) == [False, True, True]


def test_an_example_with_numbers_in_the_same_document_changes_nothing() -> None:
    assert passes(verdicts("a_i (1 - a_i)", "a_i (1 - a_i) a_h", more=NUMBERS)) == [True, True, True]
    assert passes(verdicts("a_i (1 - a_i)", "a_i (1 + a_i) a_h", more=NUMBERS)) == [True, True, False]


@pytest.mark.parametrize("slope", ["1", "3 a_i", r"g'(z_i)"])
def test_a_chain_rule_does_not_tell_what_the_output_is(slope: str) -> None:
    found = verdicts(slope, r"\frac{\partial a_i}{\partial z_i} a_h")
    assert "refuted" not in found

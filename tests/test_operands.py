"""What a printed number stands for: it was rounded or cut off, and some document says from what."""

import pytest
from flint import arb

from symbp.checking import check
from symbp.checking.operands import Owners, beyond

SIGMA = r"$$\sigma(x) = \frac{1}{1 + e^{-x}}$$"


def _verdict(text: str, line: str) -> str:
    return list(check(text=f"{text}\n\n$${line}$$").links)[-1].verdict


@pytest.mark.parametrize(
    ("result", "verdict"),
    [("0.6626", "holds"), ("0.66262", "holds"), ("0.662", "holds"), ("0.663", "holds"), ("0.66", "holds")],
)
def test_a_result_may_be_rounded_or_cut_off(result: str, verdict: str) -> None:
    assert _verdict(SIGMA, rf"\sigma(0.6750) = {result}") == verdict


@pytest.mark.parametrize("result", ["0.6625", "0.6627", "0.661", "0.664", "-0.6626"])
def test_a_result_that_no_rounding_gives_is_refuted(result: str) -> None:
    assert _verdict(SIGMA, rf"\sigma(0.6750) = {result}") == "refuted"


def test_what_is_lost_in_cutting_off_lies_away_from_zero() -> None:
    for result, verdict in (("-0.66", "holds"), ("-0.67", "holds"), ("-0.65", "refuted"), ("-0.68", "refuted")):
        assert _verdict("", rf"-2 \cdot \frac{{1}}{{3}} = {result}") == verdict
    assert _verdict("", r"-2 \cdot \frac{1}{7} = -0.28") == "holds"
    assert _verdict("", r"-2 \cdot \frac{1}{7} = -0.30") == "refuted"


UNIT = rf"""{SIGMA}

$$z = 7, \quad a = \sigma(z) = 0.999$$
"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"0.1 \cdot 0.15625 \cdot 0.999 = 0.015609", "holds"),
        (r"0.1 \cdot 0.15625 \cdot 0.999 = 0.015611", "holds"),
        (r"0.1 \cdot 0.15625 \cdot 0.999 = 0.015624", "refuted"),
    ],
)
def test_an_operand_that_is_the_value_of_a_quantity_is_off_by_no_more_than_this(line: str, verdict: str) -> None:
    assert _verdict(UNIT, line) == verdict


def test_an_operand_of_which_nothing_is_known_may_be_cut_off() -> None:
    assert _verdict("", r"0.1 \cdot 0.15625 \cdot 0.999 = 0.015624") == "holds"


def test_owners_count_only_where_the_number_can_be_theirs() -> None:
    owners = Owners.of([("0.999", arb("0.5"))])
    assert owners.off("0.999", arb("0.001")).contains(beyond(arb("0.001")))


CARRIED = rf"""{SIGMA}

$$z = 2.4, \quad a = \sigma(z) = 0.9084$$
"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\sigma'(z) = 0.9084 \cdot 0.0916", "holds"),
        (r"\sigma'(z) = 0.9084 (1 - 0.9084)", "holds"),
        (r"\sigma'(z) = 0.9084 \cdot 0.0924", "refuted"),
        (r"\sigma'(z) = 0.9084 (1 + 0.9084)", "refuted"),
    ],
)
def test_the_slope_of_a_sigmoid_is_carried_on_with_its_printed_value(line: str, verdict: str) -> None:
    assert _verdict(CARRIED, line) == verdict


DIFFERENCE = r"""
$$a = 2.1295, \quad b = 2.1291$$

$$d = a - b = 0.0004$$

$$g = 100000 d = 40.0$$
"""


@pytest.mark.parametrize(("result", "verdict"), [("41.0", "proved"), ("41.1", "holds"), ("48.0", "refuted")])
def test_the_rounding_of_given_numbers_is_no_excuse_where_the_parts_are_printed(result: str, verdict: str) -> None:
    assert _verdict(DIFFERENCE, f"h = g + 1 = {result}") == verdict


def test_the_rounding_of_given_numbers_counts_where_nothing_else_is_printed() -> None:
    assert _verdict(DIFFERENCE, "h = 100000 (a - b) = 43.0") == "holds"

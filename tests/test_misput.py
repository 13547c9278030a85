"""Numbers that do not belong where they are put in, though not all of the link can be computed."""

import pytest

from symbp.checking import check
from symbp.checking.report import LinkReport

CHAIN = r"""
$$q_1 = 0.5, \quad u = 0.3150, \quad v = 0.7420$$

$$\frac{\partial s}{\partial h} = q_1 = 0.5$$

$$\frac{\partial a}{\partial r} = u = 0.3150, \quad \frac{\partial C}{\partial a} = v = 0.7420$$
"""


def _last(text: str) -> LinkReport:
    return list(check(text=text).links)[-1]


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        (r"0.2337 \cdot 0.5", "undecided"),
        (r"0.5 \cdot 0.2337", "undecided"),
        (r"0.7420 \cdot 0.5", "undecided"),
        (r"0.2337 \cdot 0.3150", "refuted"),
        (r"0.7420 \cdot 0.3150", "refuted"),
    ],
)
def test_the_value_of_another_quantity_is_refuted_where_the_whole_is_open(numbers: str, verdict: str) -> None:
    link = _last(rf"{CHAIN} $$\frac{{\partial G}}{{\partial s}} \frac{{\partial s}}{{\partial h}} = {numbers}$$")
    assert link.verdict == verdict
    if verdict == "refuted":
        assert link.slip == "value of another quantity"
        assert link.expected is not None
        assert link.expected.endswith("0.5")


LATER = r"""
$$\frac{{\partial P}}{{\partial h}} = 0.055399425$$

In the same way

$$\frac{{\partial Q}}{{\partial h}} = {first}$$

$$\frac{{\partial C}}{{\partial h}} = \frac{{\partial P}}{{\partial h}} + \frac{{\partial Q}}{{\partial h}}
= 0.055399425 + {put} = {result}$$
"""


def _first(first: str, put: str, result: str) -> LinkReport:
    links = list(check(text=LATER.format(first=first, put=put, result=result)).links)
    return next(link for link in links if link.rhs == first)


@pytest.mark.parametrize(
    ("first", "slip"),
    [("0.01904919", "dropped digit"), ("0.091049119", "transposed digits"), ("0.019049149", "wrong digit")],
)
def test_a_printed_value_is_wrong_where_another_is_put_in_that_gives_the_result(first: str, slip: str) -> None:
    link = _first(first, "0.019049119", "0.074448544")
    assert (link.verdict, link.slip) == ("refuted", slip)


@pytest.mark.parametrize(
    ("first", "put", "result"),
    [
        ("0.019049119", "0.019049119", "0.074448544"),
        ("0.01904912", "0.019049119", "0.074448544"),
        ("0.019049119", "0.01904912", "0.074448544"),
        ("0.019049119", "0.01904919", "0.074448544"),
        ("0.019049119", "0.036491190", "0.091890615"),
    ],
)
def test_a_printed_value_is_left_alone_where_nothing_tells_that_it_is_the_wrong_one(
    first: str, put: str, result: str
) -> None:
    assert _first(first, put, result).verdict != "refuted"


TWICE = r"""
$$x = 0.5, \quad w_1 = 0.4, \quad w_2 = 0.45, \quad b = 0.7$$

$$a_1 = x + 0.0824 = 0.5824, \quad a_2 = x + 0.0842 = 0.5842$$

$$n = {formula}$$

$$n = (0.4 \cdot 0.5824 + 0.45 \cdot {put}) + 0.7 = {result}$$
"""


def test_a_quantity_that_stands_twice_is_wrong_where_the_numbers_are_of_two() -> None:
    report = check(text=TWICE.format(formula="w_1 a_1 + w_2 a_1 + b", put="0.5842", result="1.1959"))
    link = next(link for link in report.links if "a_1 + w_2" in link.rhs)
    assert (link.verdict, link.slip, link.expected) == ("refuted", "wrong index", "w_1 a_1 + w_2 a_2 + b")
    assert len(report.refuted) == 1


@pytest.mark.parametrize(
    ("formula", "put", "result", "refuted"),
    [
        ("w_1 a_1 + w_2 a_2 + b", "0.5842", "1.1959", []),
        ("w_1 a_1 + w_2 a_1 + b", "0.5824", "1.1950", []),
        ("w_1 a_1 + w_2 a_2 + b", "0.5824", "1.1950", ["value of another unit"]),
        ("w_1 a_1 + w_2 a_1 + b", "0.5284", "1.1707", ["transposed digits"]),
    ],
)
def test_a_quantity_may_stand_twice(formula: str, put: str, result: str, refuted: list[str]) -> None:
    report = check(text=TWICE.format(formula=formula, put=put, result=result))
    assert [link.slip for link in report.refuted] == refuted


IDLE = r"""
$$w_1 = {w}, \quad w_2 = 0.674, \quad x_1 = 0, \quad x_2 = 0.31, \quad c = -1.5$$

$$z = w_1 x_1 + w_2 x_2 = {first} \cdot 0 + 0.674 \cdot 0.31 = 0.20894$$

$$u = (w_1 + w_2) \max(0, c) = ({second} + 0.674) \cdot 0 = 0$$
"""


@pytest.mark.parametrize(
    ("w", "first", "second", "wrong", "slip", "expected"),
    [
        ("0.258", "0.2258", "0.258", "0.2258", "doubled digit", r"0.258 \cdot 0 + 0.674 \cdot 0.31"),
        ("0.258", "0.258", "0.285", "0.285", "transposed digits", r"(0.258 + 0.674) \cdot 0"),
        ("0.2258", "0.258", "0.258", "0.2258", "doubled digit", "0.258"),
    ],
)
def test_a_wrong_digit_is_found_where_nothing_comes_of_it(
    w: str, first: str, second: str, wrong: str, slip: str, expected: str
) -> None:
    refuted = check(text=IDLE.format(w=w, first=first, second=second)).refuted
    assert [(wrong in link.rhs, link.slip, link.expected) for link in refuted] == [(True, slip, expected)]


@pytest.mark.parametrize(
    ("w", "first", "second"),
    [("0.258", "0.258", "0.258"), ("0.2584", "0.258", "0.2584"), ("0.258", "0", "0.258"), ("0.258", "0.2580", "0.26")],
)
def test_what_is_rounded_or_is_put_in_by_another_order_stays(w: str, first: str, second: str) -> None:
    text = IDLE.format(w=w, first=first, second=second)
    assert not check(text=text.replace(r"= 0 \cdot 0 +", r"= 0 \cdot 0.258 +")).refuted


def test_a_number_is_that_of_its_own_exercise() -> None:
    text = r"""
Exercise 1. $w = 0.5$, $x = 2$ and $a = 0.3775$.

$$a (1 - a) x = 0.3775 \cdot 0.6225 \cdot 2 = 0.47$$

Exercise 2. $w = 0.5$, $x = 1$ and $a = 0.3775$.

$$a (1 - a) x = 0.3775 \cdot 0.6225 \cdot 1 = 0.235$$
"""
    assert not check(text=text).refuted

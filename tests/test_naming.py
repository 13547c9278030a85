"""What a refuted link is named: the simplest slip that explains it, on the side where it stands."""

import pytest

from symbp.checking import check
from symbp.checking.report import LinkReport

NET = r"""# A unit
Given $x = 0.5$, $w = 0.8$, $b = 0.1$, $y = 1$, $\eta = 0.5$.
$$z = w x + b$$
$$a = \sigma(z)$$
$$L = \frac12 (a - y)^2$$
$$\delta = \frac{\partial L}{\partial z} = (a - y) a (1 - a)$$
"""


def first(text: str) -> LinkReport:
    return next(link for link in check(text=text).links if link.verdict == "refuted")


@pytest.mark.parametrize(
    ("step", "slip", "left"),
    [
        (r"w - \frac{\partial L}{\partial w}", "lost factor", True),
        (r"w + \eta \frac{\partial L}{\partial w}", "sign", True),
        (r"w - \eta \frac{\partial L}{\partial w} - \eta \frac{\partial L}{\partial w}", "term counted twice", True),
    ],
)
def test_a_wrong_step_is_named_where_it_stands(step: str, slip: str, left: bool) -> None:
    found = first(NET + rf"$$w^+ = {step} = w - \eta \delta x$$")
    assert (found.slip, found.left) == (slip, left)


def test_a_step_that_is_lost_within_a_chain_is_refuted() -> None:
    text = NET.replace(r", $\eta = 0.5$", "")
    found = first(text + r"$$w^+ = w - \eta \frac{\partial L}{\partial w} = w$$")
    assert found.rhs == "w"


def test_a_number_too_many_among_rounded_ones_is_a_term_too_many() -> None:
    text = "$$p = 0.7^2 / 3, \\quad q = 0.5^2 / 3$$\n\n$$s = p + q = 0.163333 + 0.083333 + 1 = 0.246667$$"
    assert first(text).slip == "extra term"


def test_a_mean_is_no_forgotten_bias() -> None:
    text = NET + r"$$w^+ = w - \eta \delta x = \frac{0.8 - 0.5 \cdot (-0.0887) \cdot 0.5}{2}$$"
    assert first(text).slip == "mean for sum"

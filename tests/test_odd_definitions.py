"""Definitions that cannot be meant as they stand: with a step of their own, or of another argument."""

import pytest

from symbp import check

LOSS = r"""
$$z = w x, \quad C = RULE$$

$$\frac{dC}{dw} = \frac{dC}{dz} x, \qquad w^+ = w - \eta \frac{dC}{dw}$$
"""


@pytest.mark.parametrize(
    ("rule", "refuted"),
    [
        (r"\frac12 (y - z)^2", []),
        (r"\frac12 (y - z - \eta \frac{dC}{dw})^2", [("extra term", r"\frac12 (y - z)^2")]),
        (r"y - z - \eta \frac{\partial C}{\partial w}", [("extra term", "y - z")]),
    ],
)
def test_no_loss_has_a_step_along_its_own_slope(rule: str, refuted: list[tuple[str, str]]) -> None:
    report = check(text=LOSS.replace("RULE", rule))
    assert [(link.slip, link.expected) for link in report.refuted] == refuted


@pytest.mark.parametrize("step", [r"W = W - \eta \nabla W", r"W = W - \eta \frac{dW}{dt}", r"W := W - \eta \nabla W L"])
def test_a_step_of_what_it_is_of_is_an_update(step: str) -> None:
    assert not check(text=f"$$Z = W X$$ $${step}$$").refuted


GENERAL = r"""
$$g(x) = \tanh(x), \quad g'(x) = RULE, \quad a_j^{l} = g(z_j^{l})$$

$$z_j^{l} = \sum_k w_{jk}^{l} a_k^{l-1}$$
"""


@pytest.mark.parametrize(
    ("rule", "refuted"),
    [
        ("1 - g(x)^2", []),
        ("1 - g(z_j^{l})^2", [("wrong argument", "1 - g(x)^2")]),
        ("1 - g(z)^2", [("wrong argument", "1 - g(x)^2")]),
        (r"1 - \tanh^2 x", []),
    ],
)
def test_a_rule_for_a_function_has_one_argument(rule: str, refuted: list[tuple[str, str]]) -> None:
    report = check(text=GENERAL.replace("RULE", rule))
    assert [(link.slip, link.expected) for link in report.refuted] == refuted

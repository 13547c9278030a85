"""The four equations with a loss that is only named, and a gradient that leaves its layer out."""

import pytest

from symbp.checking import check

FORWARD = r"""
$$z^l = w^l a^{l-1} + b^l$$
$$a^l = \sigma(z^l)$$
$$\delta^l = \frac{\partial C}{\partial z^l}$$
$$\delta^L = \nabla_a C \odot \sigma'(z^L)$$
"""
RECURSION = r"\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot \sigma'(z^l)"
WEIGHTS = r"\frac{\partial C}{\partial w^l} = \delta^l (a^{l-1})^T"
BIASES = r"\frac{\partial C}{\partial b^l} = \delta^l"


def verdicts(*back):
    report = check(text=FORWARD + "\n".join(f"$${line}$$\n" for line in back))
    return [equation.links[0].verdict for equation in report.equations]


def test_the_four_equations_hold():
    found = verdicts(RECURSION, WEIGHTS, BIASES)
    assert found[-2:] == ["proved", "proved"]
    assert set(found) <= {"proved", "given"}


@pytest.mark.parametrize(
    "wrong",
    [
        r"\frac{\partial C}{\partial w^l} = a^{l-1} (\delta^l)^T",
        r"\frac{\partial C}{\partial w^l} = \delta^l a^{l-1}",
        r"\frac{\partial C}{\partial w^l} = \delta^l (a^l)^T",
        r"\frac{\partial C}{\partial w^l} = \delta^{l+1} (a^{l-1})^T",
        r"\frac{\partial C}{\partial w^l} = -\delta^l (a^{l-1})^T",
    ],
)
def test_a_wrong_gradient_of_the_weights_is_refuted(wrong):
    assert verdicts(RECURSION, wrong, BIASES)[-2:] == ["refuted", "proved"]


@pytest.mark.parametrize(
    "wrong",
    [
        r"\delta^l = (w^{l+1} \delta^{l+1}) \odot \sigma'(z^l)",
        r"\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot \sigma'(z^{l+1})",
        r"\delta^l = ((w^l)^T \delta^{l+1}) \odot \sigma'(z^l)",
    ],
)
def test_a_wrong_recursion_is_refuted_by_the_gradient_behind_it(wrong):
    assert verdicts(wrong, WEIGHTS)[-2:] == ["refuted", "proved"]

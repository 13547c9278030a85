"""Updates of parameters: whether each is a step of gradient descent."""

import pytest

from symbp.checking import LinkReport, check

NEURON = r"""
Let $z = w x + b$, $a = \sigma(z)$, $L = -y\ln a - (1-y)\ln(1-a)$ with the learning rate $\eta$.
$$\frac{\partial L}{\partial z} = a - y$$
"""
VALUES = r"""
$L = \frac12 (z - y)^2$ and $z = w_1 x_1 + w_2 x_2 + b$ with $x_1 = 1$, $x_2 = 2$, $w_1 = 0.5$, $w_2 = -0.3$, $b = 0.1$,
$y = 0.32$, $\eta = 0.1$.
$$\frac{\partial L}{\partial w_1} = (z - y) x_1$$
"""
NAMED = r"""
Let $E = \frac12 (t - w_{11} x_1 - w_{12} x_2 - b)^2$.
$$\frac{\partial E}{\partial b} = w_{11} x_1 + w_{12} x_2 + b - t$$
"""


def last(text: str) -> LinkReport:
    """Return what is found of the first link of the last chain."""
    return check(text=text).equations[-1].links[0]


WRONG = [
    (NEURON, r"w \leftarrow w + \eta \frac{\partial L}{\partial w}", "sign", r"w - \eta \frac{\partial L}{\partial w}"),
    (NEURON, r"w_{new} = w_{old} + \eta \frac{\partial L}{\partial w}", "sign", None),
    (NEURON, r"w^{(t+1)} = w^{(t)} + \eta \frac{\partial L}{\partial w}", "sign", None),
    (NEURON, r"w^{new} = w + \eta (a - y) x", "sign", r"w - \eta (a - y) x"),
    (NEURON, r"w := w - \eta (a - y)", "lost factor", r"w - \eta (a - y) x"),
    (NEURON, r"b \leftarrow b - \eta (a - y) x", "extra factor", r"b - \eta (a - y)"),
    (NEURON + r"$w \leftarrow w + \Delta w$", r"\Delta w = \eta (a - y) x", "sign", r"-\eta (a - y) x"),
    (NEURON + r"$w \leftarrow w - \Delta w$", r"\Delta w = -\eta (a - y) x", "sign", None),
    (NAMED, r"w_{11} := w_{11} - \eta \frac{\partial E}{\partial w_{12}}", "wrong index", None),
    (NAMED, r"b := b - \eta \frac{\partial E}{\partial w_{12}}", "exchanged symbol", None),
    (VALUES, r"w_1^{new} = 0.5 - 0.5 \times (-0.32) = 0.66", "learning rate or target", r"0.5 - 0.1 \times (-0.32)"),
    (VALUES, r"w_2^{new} = -0.3 + 0.1 \times (-0.64) = -0.364", "sign", None),
]
RIGHT = [
    (NEURON, r"w \leftarrow w - \eta \frac{\partial L}{\partial w}"),
    (NEURON, r"w \leftarrow w - \eta (a - y) x"),
    (NEURON, r"w \leftarrow w - 2 \eta (a - y) x"),  # a matter of the rate
    (NEURON, r"w \leftarrow w - \frac{\eta}{m} \frac{\partial L}{\partial w}"),
    (NEURON, r"w \leftarrow w + \eta (y - a) x"),
    (NEURON, r"w \leftarrow w - \eta (a - y) x - \eta \lambda w"),  # with a penalty
    (NEURON + r"$w \leftarrow w - \Delta w$", r"\Delta w = \eta (a - y) x"),
    (NEURON + r"$w \leftarrow w + \Delta w$", r"\Delta w = \eta (y - a) x"),
    (NEURON, r"\Delta w = \eta (a - y) x"),  # it is not said whether it is added
    (NEURON + "The rule of the perceptron is another one.", r"w \leftarrow w + \eta (y - a)"),
    (NEURON + "This is gradient ascent.", r"w \leftarrow w + \eta \frac{\partial L}{\partial w}"),
    (NAMED, r"w_{11} := w_{11} - \eta \frac{\partial E}{\partial w_{11}}"),
    (VALUES, r"w_1^{new} = 0.5 - 0.1 \times (-0.32) = 0.532"),
    (VALUES, r"w_1^{new} = 0.6 - 0.1 \times (-0.32) = 0.632"),  # from another start: of another round
]


@pytest.mark.parametrize(("before", "step", "slip", "expected"), WRONG, ids=[step for _, step, _, _ in WRONG])
def test_wrong_steps(before: str, step: str, slip: str, expected: str | None) -> None:
    found = last(f"{before}\n$${step}$$")
    assert (found.verdict, found.slip) == ("refuted", slip)
    assert expected is None or "".join((found.expected or "").split()).replace("*", "\\times") == "".join(
        expected.split()
    )


@pytest.mark.parametrize(("before", "step"), RIGHT, ids=[step for _, step in RIGHT])
def test_right_steps(before: str, step: str) -> None:
    assert last(f"{before}\n$${step}$$").verdict in ("given", "proved", "holds")


def test_the_reason_names_the_loss() -> None:
    found = last(NEURON + r"$$w \leftarrow w + \eta \frac{\partial L}{\partial w}$$")
    assert found.reason.startswith("gradient descent goes down the slope of L, and this goes up; a sign is wrong")

"""Deltas of which a document does not say what they are: a slip in the definition of one is found there."""

import pytest

from symbp.checking import LinkReport, check

COLUMNS = r"""
A network has $z^1 = W^1 x + b^1$, $a^1 = \sigma(z^1)$, $z^2 = W^2 a^1 + b^2$, $a^2 = \sigma(z^2)$ and
$C = \frac12 \|a^2 - y\|^2$.
$$\delta^2 = (a^2 - y) \odot \sigma'(z^2)$$
$$\delta^1 = DELTA$$
$$\frac{\partial C}{\partial W^1} = \delta^1 x^T$$
"""
ROWS = r"""
With $X \in \mathbb{R}^{m \times d}$, $A_1 = \sigma(Z_1)$, $Z_1 = X W_1 + b_1$, $Z_2 = A_1 W_2 + b_2$,
$\delta_2 = \frac{1}{m} (\hat Y - Y)$, $\hat Y = \mathrm{softmax}(Z_2)$ and the mean cross-entropy L of the samples:
$$\frac{\partial L}{\partial W_2} = A_1^T \delta_2$$
$$\delta_1 = DELTA$$
$$\frac{\partial L}{\partial W_1} = X^T \delta_1$$
"""
UNITS = r"""
$$n_h = w x, \quad o_h = \sigma(n_h), \quad n_k = v o_h, \quad o_k = \sigma(n_k), \quad E = \frac12 (t - o_k)^2$$
$$\delta_k = (t - o_k) o_k (1 - o_k)$$
$$\delta_h = DELTA$$
$$\frac{\partial E}{\partial w} = -\delta_h x$$
"""
RIGHT = [
    (COLUMNS, r"(W^2)^T \delta^2 \odot \sigma'(z^1)"),
    (ROWS, r"\delta_2 W_2^T \odot A_1 \odot (1 - A_1)"),
    (UNITS, r"\delta_k v o_h (1 - o_h)"),
]
WRONG = [
    (COLUMNS, r"(W^2)^T \delta^2 \odot \sigma'(a^1)", "wrong argument"),
    (COLUMNS, r"W^2 \delta^2 \odot \sigma'(z^1)", "lost transpose"),
    (COLUMNS, r"(W^2)^T \delta^2", "lost derivative factor"),
    (COLUMNS, r"(W^2)^T \delta^2 \odot \sigma(z^1)", "lost prime"),
    (COLUMNS, r"(W^1)^T \delta^2 \odot \sigma'(z^1)", "wrong index"),
    (COLUMNS, r"(W^2)^T \delta^2 \odot \sigma'(z^2)", "wrong index"),
    (COLUMNS, r"-(W^2)^T \delta^2 \odot \sigma'(z^1)", "sign"),
    (ROWS, r"\delta_2 W_2 \odot A_1 \odot (1 - A_1)", "lost transpose"),
    (ROWS, r"\delta_2 W_2^T \odot A_1", "lost derivative factor"),
    (UNITS, r"\delta_k v o_h", "lost derivative factor"),
    (UNITS, r"-\delta_k v o_h (1 - o_h)", "sign"),
]


def found(text: str, delta: str) -> list[LinkReport]:
    """Return what is found of the last two lines: of the delta, and of the derivative by the weights."""
    return [equation.links[0] for equation in check(text=text.replace("DELTA", delta)).equations[-2:]]


@pytest.mark.parametrize(("text", "delta"), RIGHT)
def test_right_deltas(text: str, delta: str) -> None:
    assert [link.verdict for link in found(text, delta)] == ["given", "proved"]


@pytest.mark.parametrize(("text", "delta", "slip"), WRONG)
def test_the_slip_is_in_the_delta(text: str, delta: str, slip: str) -> None:
    definition, weights = found(text, delta)
    assert (definition.verdict, definition.slip, weights.verdict) == ("refuted", slip, "proved")


def test_a_delta_of_an_undefined_loss_has_a_meaning() -> None:
    text = ROWS.replace("DELTA", r"\delta_2 W_2^T \odot A_1 \odot (1 - A_1)").replace(
        r"X^T \delta_1", r"A_1^T \delta_1"
    )
    assert [equation.links[0].verdict for equation in check(text=text).equations[-3:]] == ["proved", "given", "refuted"]


def test_deltas_that_are_no_slopes_stay_as_they_are_given() -> None:
    text = r"""
    $$z = w x, \quad a = \sigma(z), \quad L = (a - y)^2, \quad \delta_1 = a - y, \quad \delta_2 = a + y$$
    $$\frac{\partial L}{\partial z} = 2 \delta_1 a (1 - a)$$
    """
    verdicts = [link.verdict for equation in check(text=text).equations for link in equation.links]
    assert verdicts == ["given"] * 5 + ["proved"]

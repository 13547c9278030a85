"""One step of a recurrent network, whose loss is not said: gates, the state of the step before, gradients by name."""

import symbp

GATED = r"""
A gated cell: $a_t = A x_t + B s_{t-1}$, $u_t = \sigma(a_t)$, $n_t = \tanh(C x_t + D s_{t-1})$ and
$$s_t = u_t \odot s_{t-1} + (1 - u_t) \odot n_t$$

Let $q = \frac{\partial J}{\partial s_t}$ come from above.
$$\frac{\partial J}{\partial n_t} = LINE$$
$$\frac{\partial J}{\partial u_t} = q \odot (s_{t-1} - n_t)$$
$$\frac{\partial J}{\partial a_t} = q \odot (s_{t-1} - n_t) \odot u_t \odot (1 - u_t)$$
With $p = q \odot (1 - u_t) \odot (1 - n_t^2)$:
$$\frac{\partial J}{\partial C} = p \, OTHER^T$$
"""

CELL = r"""
$$k_t = \sigma(P x_t + Q s_{t-1})$$
$$m_t = k_t \odot m_{t-1} + \tanh(R x_t + S s_{t-1})$$
$$s_t = \tanh(m_t)$$
With $\delta s_t = \frac{\partial J}{\partial s_t}$:
$$\delta m_t = \delta s_t \odot (1 - s_t^2)$$
$$\delta k_t = \delta m_t \odot m_{t-1}$$
$$\delta m_{t-1} = \delta m_t \odot LINE$$
"""


def _last(text: str) -> list[str]:
    return [link.verdict for equation in symbp.check(text=text).equations for link in equation.links]


def _gated(line: str = r"q \odot (1 - u_t)", other: str = "x_t") -> list[str]:
    return _last(GATED.replace("LINE", line).replace("OTHER", other))


def test_a_gradient_that_is_named_without_its_step_is_that_of_the_step_of_each_link() -> None:
    found = _gated()
    assert "refuted" not in found
    assert found[-1] == "holds"


def test_a_gate_or_an_input_in_place_of_another_is_found() -> None:
    assert "refuted" in _gated(r"q \odot u_t")
    assert "refuted" in _gated(r"q \odot (u_t - 1)")
    assert _gated(other="s_{t-1}")[-1] not in ("holds", "proved")


def test_the_state_of_the_step_before_goes_on_through_its_own_path() -> None:
    assert "refuted" not in _last(CELL.replace("LINE", "k_t"))
    assert _last(CELL.replace("LINE", "k_t"))[-1] == "holds"


def test_another_factor_on_the_way_to_the_step_before_does_not_hold() -> None:
    assert "refuted" not in _last(CELL.replace("LINE", "k_t"))
    assert _last(CELL.replace("LINE", "(1 - k_t)"))[-1] not in ("holds", "proved")

"""That nothing wrong passes by what a document leaves open, and nothing right is refuted by it."""

import pytest

from symbp.checking import check

THROUGH_TIME = r"""# A small recurrent net
$$h_t = \tanh(u x_t + w h_{t-1} + b)$$
$$y_t = v h_t$$
$$L = \sum_{t=1}^T L_t, \quad L_t = \frac12 (y_t - d_t)^2$$
"""
STEPS = r"""# Two steps
$$h_1 = \tanh(u x_1 + w h_0 + b)$$
$$h_2 = \tanh(u x_2 + w h_1 + b)$$
$$y_2 = v h_2$$
"""
OPEN_LOSS = r"""# Two ways
$$h = \tanh(w x)$$
$$p = m h$$
$$q = n h$$
$$\frac{\partial L}{\partial q} = g$$
"""
SOFTMAX = r"""# Softmax
$$p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$$
If $i = j$:
$$\frac{\partial p_i}{\partial z_j} = p_i (1 - p_i)$$
If $i \neq j$:
"""
FROM_ZERO = r"""# From nothing
With $h_0 = 0$:
$$h_t = \tanh(w h_{t-1} + u x_t)$$
$$y_t = v h_t$$
"""


def last(text: str, link: str) -> str:
    return check(text=f"{text}\n\n$${link}$$").equations[-1].links[-1].verdict


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (THROUGH_TIME, r"\frac{\partial h_t}{\partial w} = (1 - h_t^2) h_{t-1}"),
        (THROUGH_TIME, r"\frac{\partial L_t}{\partial w} = (y_t - d_t) v (1 - h_t^2) h_{t-1}"),
        (THROUGH_TIME, r"\frac{\partial L_3}{\partial u} = (y_3 - d_3) v (1 - h_3^2) x_3"),
        (
            THROUGH_TIME,
            r"\frac{\partial h_t}{\partial w} = (1 - h_t^2) (h_{t-1} + w (1 - h_{t-1}^2) h_{t-2})",
        ),
        (STEPS, r"\frac{\partial y_2}{\partial w} = v (1 - h_2^2) h_1"),
        (SOFTMAX, r"\frac{\partial p_i}{\partial z_j} = p_i (1 - p_j)"),
        (FROM_ZERO, r"\frac{dy_3}{dw} = v (1 - h_3^2) h_2"),
        (FROM_ZERO, r"\frac{dy_2}{du} = v (1 - h_2^2) x_2"),
    ],
)
def test_a_missing_path_is_refuted(text: str, link: str) -> None:
    assert last(text, link) == "refuted"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (STEPS, r"\frac{\partial L_2}{\partial u} = \frac{\partial L_2}{\partial y_2} v (1 - h_2^2) x_2"),
        (OPEN_LOSS, r"\frac{\partial L}{\partial h} = \frac{\partial L}{\partial p} \frac{\partial p}{\partial h}"),
        (OPEN_LOSS, r"\frac{\partial L}{\partial h} = \frac{\partial L}{\partial p} m"),
    ],
)
def test_what_an_undefined_loss_leaves_open_does_not_pass(text: str, link: str) -> None:
    assert last(text, link) in ("undecided", "refuted")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (
            THROUGH_TIME,
            r"\frac{\partial h_t}{\partial w} = (1 - h_t^2) (h_{t-1} + w \frac{\partial h_{t-1}}{\partial w})",
        ),
        (STEPS, r"\frac{\partial y_2}{\partial w} = v (1 - h_2^2) (h_1 + w (1 - h_1^2) h_0)"),
        (
            OPEN_LOSS,
            r"\frac{\partial L}{\partial h} = \frac{\partial L}{\partial p} m + \frac{\partial L}{\partial q} n",
        ),
        (SOFTMAX, r"\frac{\partial p_i}{\partial z_j} = -p_i p_j"),
        (FROM_ZERO, r"\frac{dy_2}{dw} = v (1 - h_2^2) h_1"),
        (FROM_ZERO, r"\frac{dy_1}{dw} = 0"),
        (FROM_ZERO, r"\frac{dy_3}{dw} = v (1 - h_3^2) (h_2 + w (1 - h_2^2) h_1)"),
    ],
)
def test_what_is_right_passes(text: str, link: str) -> None:
    assert last(text, link) in ("holds", "proved")


def test_two_slips_of_one_kind_do_not_make_a_definition_doubtful() -> None:
    slips = r"""$$\frac{dy_2}{dw} = v (1 - h_2^2) h_0$$

$$\frac{dy_2}{du} = v (1 - h_2^2) x_2$$

$$\frac{dy_2}{du} = v (1 - h_2^2) (x_2 + w (1 - h_1^2) x_1)$$"""
    report = check(text=f"{STEPS}\n\n{slips}")
    assert [link.verdict for link in report.links][-3:] == ["refuted", "refuted", "proved"]

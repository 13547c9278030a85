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


KINK = r"""# Beside a kink
$$x = 0.5, \quad w = 0.8, \quad b = 0.1, \quad t = 1$$
$$z = w x + b, \quad a = \max(0, z), \quad L = \frac12 (a - t)^2$$
$$\frac{\partial a}{\partial z} = \mathbb{1}[z > 0]$$
$$\frac{\partial L}{\partial z} = (a - t) \mathbb{1}[z > 0]$$
"""


def test_a_kink_that_is_left_out_does_not_pass_where_the_document_writes_it() -> None:
    assert last(KINK, r"\frac{\partial L}{\partial w} = (a - t) x") == "refuted"
    assert last(KINK, r"\frac{\partial L}{\partial w} = (a - t) \cdot 1 \cdot x") in ("holds", "proved")
    assert last(KINK, r"\frac{\partial L}{\partial w} = (a - t) \mathbb{1}[z > 0] x = -0.25") in ("holds", "proved")
    with_numbers = check(text=KINK + "\n\n" + r"$$\frac{\partial L}{\partial w} = (a - t) x = -0.25$$")
    assert [link.verdict for link in with_numbers.links][-2:] == ["undecided", "holds"]


def test_an_update_without_its_step_is_refuted() -> None:
    text = r"""$$y = 0.5, \quad w = 0.3, \quad c = 0.1$$

$$L = \frac12 (w - y)^2$$

$$w^+ = w = w - c (w - y)$$"""
    assert [link.verdict for link in check(text=text).links][-1] == "refuted"


@pytest.mark.parametrize(
    "link",
    [
        r"z = W x + e^{-\mathbf{1}} b",
        r"z = W x + \|\mathbf{1}\| b",
        r"z = W x + 2^{\mathbf{1}} b",
        r"z = W x \mathbf{1} + e^{\mathbf{1} b}",
        r"\frac{\partial z}{\partial \mathbf{1}} = b",
        r"\operatorname{tr}(\mathbf{1}) + \operatorname{diag}(\mathbf{1}) = 3",
    ],
)
def test_an_array_of_ones_of_open_size_is_no_crash(link: str) -> None:
    text = r"$$z = W x + \mathbf{1} b, \quad a = \frac{1}{1 + e^{-z}}, \quad c = \mathbf{1} b, \quad d = 2$$"
    assert last(text, link) in ("refuted", "undecided", "given", "unread")


def test_given_numbers_of_which_none_is_put_in_excuse_nothing():
    document = (
        "$o = 0.75$, $t = 0.01$\n\n$$E = \\frac{1}{2} (t - o)^2$$\n\n"
        "$$\\frac{\\partial E}{\\partial o} = 2 \\cdot \\frac{1}{2} |t - o|^{2-1}$$\n"
    )
    assert [link.verdict for link in check(text=document).links][-1] == "refuted"


@pytest.mark.parametrize(
    ("output", "slope", "verdict"),
    [
        (r"\max(0, x) + 0.01 \cdot \min(0, x)", r"0.01 \cdot \mathbf{1}[x \le 0] + \mathbf{1}[x > 0]", "holds"),
        (r"\max(0, x) + e^{\min(0, x)} - 1", "1", "holds"),
        (r"\max(0, x) + e^{\min(0, x)} - 1", "0", "refuted"),
        (r"\max(0, x)", "0", "holds"),
        (r"\max(0, x)", "1", "refuted"),
    ],
)
def test_a_slope_at_a_kink_that_is_given(output: str, slope: str, verdict: str) -> None:
    text = f"$x = 0$\n\n$$o = {output}$$\n\n$$L = 3 o$$\n\n"
    rule = r"$$\frac{\partial L}{\partial o} \frac{\partial o}{\partial x} = 3 \cdot "
    [link] = [link for link in check(text=f"{text}{rule}({slope})$$").links if "partial" in link.lhs]
    assert link.verdict == verdict

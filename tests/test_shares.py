"""Targets that add up to one: softmax with cross-entropy in numbers, vectors, batches and sums."""

import pytest

from symbp.checking import check

VECTOR = r"""
$$z = W x + b$$
$$a = \mathrm{softmax}(z)$$
$$L = -y^T \log(a)$$
"""
SPELT = r"""
$$p_1 = \frac{e^{z_1}}{e^{z_1} + e^{z_2}}, \quad p_2 = \frac{e^{z_2}}{e^{z_1} + e^{z_2}}$$
$$L = -(y_1 \log p_1 + y_2 \log p_2)$$
"""
SUMMED = r"""
$$z = W x + b$$
$$a = \mathrm{softmax}(z)$$
$$L = -\sum_i y_i \log(a_i)$$
"""
ROWS = r"""
$$Z = X W + b$$
$$A = \mathrm{softmax}(Z)$$
$$L = -\frac{1}{m} \sum_{i=1}^m \sum_{k} Y_{ik} \log(A_{ik})$$
"""
BATCH = r"""
$$z = W x + b \mathbf{1}^T$$
$$a = \frac{e^{z}}{\mathbf{1} \mathbf{1}^T e^{z}}$$
$$\mathbf{1}^T y = \mathbf{1}^T$$
$$L = -\frac{1}{m} \mathbf{1}^T (y \odot \log(a)) \mathbf{1}$$
"""
FORWARD = {"vector": VECTOR, "spelt": SPELT, "summed": SUMMED, "rows": ROWS, "batch": BATCH}


@pytest.mark.parametrize(
    ("forward", "right", "wrong"),
    [
        ("vector", r"\frac{\partial L}{\partial z} = a - y", r"\frac{\partial L}{\partial z} = y - a"),
        ("vector", r"\frac{\partial L}{\partial W} = (a - y) x^T", r"\frac{\partial L}{\partial W} = x (a - y)^T"),
        (
            "vector",
            r"\frac{\partial L}{\partial z} = a - y",
            r"\frac{\partial L}{\partial z} = (a - y) \odot a \odot (1 - a)",
        ),
        ("spelt", r"\frac{\partial L}{\partial z_1} = p_1 - y_1", r"\frac{\partial L}{\partial z_1} = p_1 - y_2"),
        ("summed", r"\frac{\partial L}{\partial z} = a - y", r"\frac{\partial L}{\partial z} = a + y"),
        ("summed", r"\frac{\partial L}{\partial z_i} = a_i - y_i", r"\frac{\partial L}{\partial z_i} = y_i - a_i"),
        ("summed", r"\frac{\partial L}{\partial b} = a - y", r"\frac{\partial L}{\partial b} = y - a"),
        (
            "rows",
            r"\frac{\partial L}{\partial W} = \frac{1}{m} X^T (A - Y)",
            r"\frac{\partial L}{\partial W} = \frac{1}{m} (A - Y) X^T",
        ),
        (
            "batch",
            r"\frac{\partial L}{\partial b} = \frac{1}{m} (a - y) \mathbf{1}",
            r"\frac{\partial L}{\partial b} = (a - y) \mathbf{1}",
        ),
    ],
)
def test_softmax_with_cross_entropy(forward, right, wrong):
    report = check(text=f"{FORWARD[forward]}\n$${right}$$\n\n$${wrong}$$\n")
    good, bad = report.equations[-2].links[0], report.equations[-1].links[0]
    assert good.verdict in ("proved", "holds"), good.reason
    assert bad.verdict == "refuted", bad.reason


def test_targets_are_free_where_the_outputs_do_not_add_up_to_one():
    text = (
        VECTOR.replace(r"\mathrm{softmax}(z)", r"\frac{1}{1 + e^{-z}}")
        + "\n$$\\frac{\\partial L}{\\partial z} = a - y$$\n"
    )
    assert check(text=text).equations[-1].links[0].verdict == "refuted"


def test_a_derivative_by_a_target_is_that_of_a_free_one():
    text = SPELT + "\n$$\\frac{\\partial L}{\\partial y_1} = -\\log p_1$$\n"
    assert check(text=text).equations[-1].links[0].verdict == "proved"


def test_what_a_batch_is_divided_by_is_a_number():
    text = r"""
$$f(x) = \tanh(x)$$
$$z = W x + b \mathbf{1}^T$$
$$a = f(z)$$
$$L = -\frac{1}{m} \mathbf{1}^T (y \odot \log(a)) \mathbf{1}$$
$$\delta = \frac{\partial L}{\partial z} = -\frac{1}{m} \frac{y}{a} \odot f'(z)$$
$$\frac{\partial L}{\partial W} = \frac{\partial L}{\partial z} x^T = \delta x^T$$
$$\frac{\partial L}{\partial b} = \frac{\partial L}{\partial z} \mathbf{1} = \delta \mathbf{1}$$
$$\frac{\partial L}{\partial b} = \delta^T \mathbf{1}$$
"""
    verdicts = [link.verdict for equation in check(text=text).equations for link in equation.links]
    assert verdicts[-6:] == ["proved"] * 5 + ["refuted"]


def test_an_array_of_ones_in_a_derivative_stops_no_check():
    forward = "$$a = z - \\mathbf{1} \\log(\\mathbf{1}^T e^{z})$$\n$$L = \\mathbf{1}^T |y - a|$$\n"
    text = forward + "$$\\frac{\\partial L}{\\partial z} = a$$\n"
    assert check(text=text).equations[-1].links[0].verdict == "undecided"

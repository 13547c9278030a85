"""A loss that is known by its gradient only, and paths that a chain rule lists one by one."""

import pytest

from symbp import check

NORM = r"""# Normalising a batch
$$\mu = \frac{1}{m} \sum_{i=1}^m x_i, \qquad \sigma^2 = \frac{1}{m} \sum_{i=1}^m (x_i - \mu)^2$$
$$\hat{x}_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \epsilon}}, \qquad y_i = \gamma \hat{x}_i + \beta$$
The gradients $\frac{\partial L}{\partial y_i}$ come from the layer above.
$$\frac{\partial L}{\partial \beta} = \sum_{i=1}^m \frac{\partial L}{\partial y_i}$$
$$\frac{\partial L}{\partial \gamma} = \sum_{i=1}^m \frac{\partial L}{\partial y_i} \hat{x}_i$$
$$\frac{\partial L}{\partial \hat{x}_i} = \frac{\partial L}{\partial y_i} \gamma$$
$$\frac{\partial \hat{x}_i}{\partial x_i} = \frac{1}{\sqrt{\sigma^2 + \epsilon}}$$
$$\frac{\partial L}{\partial \sigma^2}
= \sum_{i=1}^m \frac{\partial L}{\partial \hat{x}_i} (x_i - \mu)
\left(-\frac{1}{2}\right) (\sigma^2 + \epsilon)^{-3/2}$$
$$\frac{\partial L}{\partial \mu}
= \sum_{i=1}^m \frac{\partial L}{\partial \hat{x}_i} \frac{-1}{\sqrt{\sigma^2 + \epsilon}}$$
$$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial \hat{x}_i} \frac{\partial \hat{x}_i}{\partial x_i}
+ \frac{\partial L}{\partial \sigma^2} \frac{\partial \sigma^2}{\partial x_i}
+ \frac{\partial L}{\partial \mu} \frac{\partial \mu}{\partial x_i}$$"""
LAYER = r"""# One layer
$$z_j = \sum_i w_{ji} x_i + b_j, \qquad y_j = \tanh(z_j)$$
The gradients $\frac{\partial L}{\partial y_j}$ come from the layer above.
$$\frac{\partial L}{\partial z_j} = \frac{\partial L}{\partial y_j} (1 - y_j^2)$$
$$\frac{\partial L}{\partial w_{ji}} = \frac{\partial L}{\partial z_j} x_i$$
$$\frac{\partial L}{\partial x_i} = \sum_j \frac{\partial L}{\partial z_j} w_{ji}$$"""
PLAIN = r"""# Two paths
$$u = \sin(x), \quad v = u x, \quad y = u v$$
$$\frac{\partial L}{\partial v} = \frac{\partial L}{\partial y} u$$
$$\frac{\partial L}{\partial u} = \frac{\partial L}{\partial y} \frac{\partial y}{\partial u}
+ \frac{\partial L}{\partial v} \frac{\partial v}{\partial u}$$
$$\frac{\partial L}{\partial x} = \frac{\partial L}{\partial v} u + \frac{\partial L}{\partial u} \cos(x)$$"""
SLIPS = {
    NORM: (
        r"$$\frac{\partial L}{\partial \beta} = \frac{\partial L}{\partial y_i}$$",
        r"$$\frac{\partial L}{\partial \gamma} = \sum_{i=1}^m \frac{\partial L}{\partial y_i} x_i$$",
        r"$$\frac{\partial \hat{x}_i}{\partial x_i} = \frac{1}{\sigma^2 + \epsilon}$$",
        r"$$\frac{\partial L}{\partial \sigma^2} = \sum_{i=1}^m \frac{\partial L}{\partial \hat{x}_i} (x_i - \mu)"
        r" \left(\frac{1}{2}\right) (\sigma^2 + \epsilon)^{-3/2}$$",
        r"$$\frac{\partial L}{\partial x_i}"
        r" = \frac{\partial L}{\partial \hat{x}_i} \frac{\partial \hat{x}_i}{\partial x_i}"
        r" + \frac{\partial L}{\partial \mu} \frac{\partial \mu}{\partial x_i}$$",
        r"$$\frac{\partial L}{\partial x_i}"
        r" = \frac{\partial L}{\partial \hat{x}_i} \frac{\partial \hat{x}_i}{\partial x_i}$$",
    ),
    LAYER: (
        r"$$\frac{\partial L}{\partial z_j} = \frac{\partial L}{\partial y_j} (1 - y_j)$$",
        r"$$\frac{\partial L}{\partial w_{ji}} = \frac{\partial L}{\partial y_j} x_i$$",
        r"$$\frac{\partial L}{\partial x_i} = \sum_j \frac{\partial L}{\partial z_j} w_{ij}$$",
        r"$$\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial z_j} w_{ji}$$",
    ),
    PLAIN: (
        r"$$\frac{\partial L}{\partial v} = - \frac{\partial L}{\partial y} u$$",
        r"$$\frac{\partial L}{\partial u} = \frac{\partial L}{\partial v} \frac{\partial v}{\partial u}$$",
        r"$$\frac{\partial L}{\partial x} = \frac{\partial L}{\partial v} u$$",
    ),
}


@pytest.mark.parametrize("text", SLIPS)
def test_right_documents_hold(text: str) -> None:
    assert {link.verdict for link in check(text=text).links} <= {"proved", "holds", "given"}


@pytest.mark.parametrize(("text", "slip"), [(text, slip) for text, found in SLIPS.items() for slip in found])
def test_slips_are_refuted(text: str, slip: str) -> None:
    report = check(text=f"{text}\n\n{slip}")
    assert [link.verdict for link in report.equations[-1].links] == ["refuted"]
    assert len(report.refuted) == 1


def test_a_guess_that_few_links_bear_out_refutes_nothing() -> None:
    text = r"""$$z = w x$$ $$\frac{\partial L}{\partial w} = \frac{\partial L}{\partial z} x$$
$$\frac{\partial L}{\partial x} = \frac{\partial L}{\partial z} w + r x$$"""
    assert check(text=text).summary["refuted"] == 0


def test_what_a_document_states_of_its_loss_is_not_refuted_by_a_guess() -> None:
    text = (
        LAYER
        + r"""
$$\frac{\partial L}{\partial y_j} = y_j - t_j$$"""
    )
    assert check(text=text).summary["refuted"] == 0


def test_a_sum_over_an_index_that_nothing_has_refutes_nothing() -> None:
    text = r"""$$C = (A - y)^2, \quad A = W h + B$$
$$\frac{\partial C}{\partial B} = \sum_{i=1}^{n} \frac{\partial C}{\partial A}$$"""
    assert check(text=text).equations[-1].links[0].verdict == "undecided"


def test_the_derivative_of_a_sigmoid_that_is_not_defined_is_known() -> None:
    text = r"""$$o_t = \sigma(u_{ot})$$
$$\frac{do_t}{du_{ot}} = \frac{d}{du_{ot}} \sigma(u_{ot}) = %s$$"""
    right, wrong = (check(text=text % side) for side in (r"\sigma(u_{ot}) (1 - \sigma(u_{ot}))", r"o_t (1 + o_t)"))
    assert (right.summary["proved"], wrong.summary["refuted"]) == (2, 1)

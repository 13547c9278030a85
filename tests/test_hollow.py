"""A loss that is said to be a sum of others of which nothing more is said."""

import pytest

from symbp import check

NET = r"""# Errors of samples
$$E = \sum_{n=1}^N E^{(n)}$$
$$a_i = \sum_{j=1}^m w_{ij} x_j, \qquad y_i = \tanh(a_i)$$
$$\frac{\partial E}{\partial y_i} = y_i - t_i$$
$$\frac{\partial E}{\partial a_i} = \frac{\partial E}{\partial y_i} (1 - y_i^2)$$
$$\frac{\partial E}{\partial w_{ij}} = \frac{\partial E}{\partial a_i} x_j$$
$$\frac{\partial E}{\partial x_j} = \sum_{i=1}^m \frac{\partial E}{\partial a_i} w_{ij}$$
$$\frac{\partial E}{\partial a_i} = (y_i - t_i)(1 - y_i^2)$$"""
SLIPS = (
    r"$$\frac{\partial E}{\partial a_i} = -\frac{\partial E}{\partial y_i} (1 - y_i^2)$$",
    r"$$\frac{\partial E}{\partial a_i} = \frac{\partial E}{\partial y_i} (1 - a_i^2)$$",
    r"$$\frac{\partial E}{\partial w_{ij}} = \frac{\partial E}{\partial a_j} x_i$$",
    r"$$\frac{\partial E}{\partial w_{ij}} = \frac{\partial E}{\partial y_i} x_j$$",
    r"$$\frac{\partial E}{\partial x_j} = \sum_{i=1}^m \frac{\partial E}{\partial a_i} w_{ji}$$",
    r"$$\frac{\partial E}{\partial a_i} = (t_i - y_i)(1 - y_i^2)$$",
)


def test_what_several_derivatives_say_of_a_loss_goes_before_a_sum_that_says_nothing() -> None:
    verdicts = [link.verdict for link in check(text=NET).links if link.verdict != "given"]
    assert len(verdicts) >= 4
    assert set(verdicts) <= {"proved", "holds"}


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_in_gradients_of_such_a_loss_are_refuted(slip: str) -> None:
    assert [*check(text=f"{NET}\n{slip}").links][-1].verdict == "refuted"


def test_a_loss_whose_sum_says_what_it_is_keeps_its_definition() -> None:
    text = NET.replace(r"E = \sum_{n=1}^N E^{(n)}", r"E = \sum_{i=1}^m (y_i - t_i)^2")
    found = {link.rhs: link.verdict for link in check(text=text).links}
    assert found["y_i - t_i"] == "refuted"

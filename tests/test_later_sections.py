"""What only a later section says does not refute a link: there a letter may mean another thing."""

import pytest

from symbp import check

FUNCTION = r"""# A net
$$z = \tanh(a)$$
Any activation has the slope $$\frac{\partial z}{\partial a} = f'(a)$$
# Another subject
$$f(x) = \exp(x) + x^2$$"""
VALUE = r"""# One neuron
$a = \sigma(-0.5) = 0.3775$
$$a (1 - a) x_1 = 0.3775 \cdot 0.6225 \cdot INPUT$$
# A sequence
$x_1 = 1$, $x_2 = 0$"""
OWN = r"""# One neuron
$x_1 = 1$, $a = \sigma(-0.5) = 0.3775$
$$a (1 - a) x_1 = 0.3775 \cdot 0.6225 \cdot 2$$
# A sequence
$x_2 = 0$"""


def test_a_function_of_a_later_section_is_another_one() -> None:
    report = check(text=FUNCTION)
    assert not report.refuted


def test_a_value_of_a_later_section_is_that_of_another_example() -> None:
    assert not check(text=VALUE.replace("INPUT", "2")).refuted


def test_a_value_of_its_own_section_refutes_it() -> None:
    assert len(check(text=OWN).refuted) == 1


@pytest.mark.parametrize("factor", ["0.7225", "0.1225"])
def test_a_slip_is_refuted_by_what_is_said_before(factor: str) -> None:
    text = VALUE.replace(r"0.3775 \cdot 0.6225 \cdot INPUT", rf"0.3775 \cdot {factor} \cdot x_1")
    assert check(text=text).refuted

r"""States such as ``h_0`` beside ``h``, which are no entries of it, and a factor with an index before ``f'(z)``."""

import pytest

from symbp.checking import check
from symbp.formulas import plain, read

GRU = r"""
$z = \sigma(W_z x+U_z h_0)$, $r = \sigma(W_r x + U_r h_0)$, $g = \tanh(W_g x + U_g(r\odot h_0))$,
$h = (1-z)\odot h_0+z\odot g$.
$$\frac{\partial L}{\partial g} = \frac{\partial L}{\partial h}\odot z$$
$$\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h}\odot(g-h_0)$$
"""
STATE = r"""
$s = U h_0$, $h = u\odot s$.
$$\frac{\partial L}{\partial s} = \frac{\partial L}{\partial h}\odot u$$
"""


def verdicts(text: str) -> list[str]:
    return [link.verdict for link in check(text=text).links]


@pytest.mark.parametrize("text", [GRU, STATE])
def test_a_first_state_that_weights_multiply_is_no_entry_of_what_has_its_letter(text: str) -> None:
    assert set(verdicts(text)) == {"given", "proved"}


def test_a_wrong_gate_is_refuted_beside_a_first_state() -> None:
    [found] = check(text=GRU.replace("(g-h_0)", "(h_0-g)")).refuted
    assert found.rhs.endswith("(h_0-g)")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"\frac{\partial E}{\partial z_j} = g_jf'(z_j)", "g_j * f'(z_j)"),
        (r"e_h = \sum_j w_{hj}g_jf'\left(\alpha_h\right)", "g_j * f'(alpha_h)"),
    ],
)
def test_a_letter_behind_an_index_is_a_function_where_its_slope_is_taken(text: str, meant: str) -> None:
    assert plain(read(text.split(" = ")[1])).endswith(meant)

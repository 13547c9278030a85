"""Names with marks and indices in what is said of a slip, and in the line as it should be."""

import pytest

from symbp import check

SQUARE = r"""
Let $a_k = \tanh(z_k)$, $MARK a_k = d_k a_k$, $p = \sum_k v_k MARK a_k$ and $E = \frac12 (p - t)^2$.

$$\frac{\partial E}{\partial z_k} = (p - t) v_k d_k (1 - WHAT^2)$$
"""
ARRAYS = r"""
$X \in \mathbb{R}^{N \times D}$, $V_1 \in \mathbb{R}^{D \times H}$, $V_2 \in \mathbb{R}^{H \times C}$.

$$H_1 = \tanh(X V_1), \quad S = H_1 V_2, \quad L = \frac{1}{2} \|S - Y\|^2$$

$$dS = S - Y$$
$$dH_1 = RIGHT$$
"""


@pytest.mark.parametrize("mark", [r"\tilde", r"\hat", r"\bar"])
def test_a_marked_name_is_called_with_its_mark(mark: str) -> None:
    """Also where it is squared, and its mark stands without braces."""
    text = SQUARE.replace("MARK", mark)
    assert check(text=text.replace("WHAT", "a_k")).equations[-1].links[-1].verdict == "proved"
    link = check(text=text.replace("WHAT", f"{mark} a_k")).equations[-1].links[-1]
    assert link.verdict == "refuted"
    assert link.reason.endswith(f"{mark} a_k stands where a_k belongs")
    assert link.expected == "(p - t) v_k d_k (1 - a_k^2)"


def test_an_index_stays_an_index() -> None:
    """Its underscore is no sign."""
    assert check(text=ARRAYS.replace("RIGHT", r"dS\, V_2^T")).equations[-1].links[-1].verdict == "proved"
    link = check(text=ARRAYS.replace("RIGHT", r"dS\, V_2")).equations[-1].links[-1]
    assert (link.verdict, link.slip, link.expected) == ("refuted", "lost transpose", r"dS\, V_2^T")

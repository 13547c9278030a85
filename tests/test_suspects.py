"""The definition that stands in all links that do not hold is the first to be doubted."""

import symbp

OUTPUTS = r"""
Units: $s_j = \sum_i u_{ji} q_i$, $q_j = g(s_j)$; outputs $p_k = s_k = \sum_j u_{kj} q_j$. The error is
$$J_n = \frac{1}{2} \sum_k (p_k - d_k)^2$$
and the errors of units are $\epsilon_j \equiv \frac{\partial J_n}{\partial s_j}$. For an output
$$\epsilon_k = LINE$$
For hidden units
$$\epsilon_j = \sum_k \frac{\partial J_n}{\partial s_k} \frac{\partial s_k}{\partial s_j}
= g'(s_j) \sum_k u_{kj} \epsilon_k$$
and
$$\frac{\partial J_n}{\partial u_{kj}} = \epsilon_k q_j$$
"""


def _refuted(line: str) -> list[str]:
    return [link.rhs for link in symbp.check(text=OUTPUTS.replace("LINE", line)).refuted]


def test_a_wrong_error_of_the_outputs_is_found_where_it_is_said_and_not_where_it_is_used() -> None:
    assert _refuted("p_k - d_k") == []
    assert _refuted("d_k - p_k") == ["d_k - p_k"]


def test_a_step_without_its_rate_is_no_reason_to_doubt_the_loss() -> None:
    text = r"Let $r = u q$ and $J = \frac{1}{2} (r - d)^2$. $$u \leftarrow u - \eta \frac{dJ}{du} = u - (r - d) q$$"
    assert not any("J =" in link.lhs or link.lhs == "J" for link in symbp.check(text=text).refuted)

"""Which layer an index letter stands for, where one line has two of them exchanged."""

import pytest

from symbp import check

NET = r"""
$net_j = \sum_i w_{ij} o_i$ and $o_j = f(net_j)$; the error of the outputs $k$ is $E = \frac12 \sum_k (t_k - o_k)^2$.

$$\delta_j = -\frac{\partial E}{\partial net_j}$$

$$-\frac{\partial E}{\partial o_j} = \sum_k \delta_k FIRST$$

$$\delta_j = f'(net_j) \sum_k \delta_k SECOND$$
"""


@pytest.mark.parametrize(
    ("first", "second", "verdicts"),
    [
        ("w_{jk}", "w_{jk}", ["proved", "proved"]),
        ("w_{kj}", "w_{jk}", ["refuted", "proved"]),
        ("w_{jk}", "w_{kj}", ["proved", "refuted"]),
    ],
)
def test_the_outputs_are_in_the_last_layer(first: str, second: str, verdicts: list[str]) -> None:
    links = list(check(text=NET.replace("FIRST", first).replace("SECOND", second)).links)
    assert [link.verdict for link in links[-2:]] == verdicts
    assert all(link.slip == "wrong index" for link in links if link.verdict == "refuted")

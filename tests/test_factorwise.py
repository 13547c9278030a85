"""Chain rules whose factors a document states one by one, in letters of another case."""

from __future__ import annotations

import pytest

from symbp import check

STATED = r"""
$$z^{(k)} = W_{jk} \cdot a^{(j)} + b^{(k)}$$

$$C = \frac{1}{2} (z^{(k)} - t)^2$$

$$\frac{\partial z^{(k)}}{\partial a^{(j)}} = W_{jk}^T$$

$$\frac{\partial C}{\partial z^{(K)}} \cdot \frac{\partial z^{(K)}}{\partial a^{(J)}} \cdot
\frac{\partial a^{(J)}}{\partial c_J} = (z^{(K)} - t) \cdot MIDDLE
\cdot \text{sigmoid}(u_J \cdot x + c_J) (1 - \text{sigmoid}(u_J \cdot x + c_J))$$

$$\frac{\partial a^{(J)}}{\partial c_J} = \frac{\partial \text{sigmoid}(u_J \cdot x + c_J)}{\partial c_J}$$
"""


def _product(middle: str):
    return next(link for link in check(text=STATED.replace("MIDDLE", middle)).links if "(z^{(K)} - t)" in link.rhs)


def test_a_transpose_that_the_document_states_is_missed_in_a_product() -> None:
    link = _product("w_{JK}")
    assert (link.verdict, link.slip) == ("refuted", "lost transpose")
    assert link.expected is not None
    assert r"w_{JK}^T" in link.expected


@pytest.mark.parametrize("middle", ["w_{JK}^T", "W_{JK}^T", "(W_{jk})^T"])
def test_the_factors_as_the_document_states_them_are_not_refuted(middle: str) -> None:
    assert _product(middle).verdict != "refuted"

"""Targets that are printed as a one-hot vector: a cross-entropy is then the logarithm of one output."""

import pytest

from symbp import check

VECTORS = ["(0, 0, 1)", "(0, 0, 1)^T", "[0, 0, 1]", r"\begin{bmatrix} 0 \\ 0 \\ 1 \end{bmatrix}"]
PLAIN = "The label is $t = {}$ and the cost is $C = -\\sum_{{i=1}}^3 t_i \\ln q_i = -\\ln q_{}$."
NET = (
    "Let $q = \\operatorname{{softmax}}(a)$, $a \\in \\mathbb{{R}}^3$: $\\frac{{\\partial C}}{{\\partial a}} = q - t$. "
)


@pytest.mark.parametrize("text", [PLAIN, NET + PLAIN])
@pytest.mark.parametrize("vector", VECTORS)
def test_the_sum_is_the_logarithm_of_the_output_of_the_right_class(vector: str, text: str) -> None:
    assert list(check(text=text.format(vector, 3)).links)[-1].verdict == "holds"
    assert list(check(text=text.format(vector, 1)).links)[-1].verdict == "refuted"


def test_targets_may_be_given_one_by_one() -> None:
    given, loss = "$t_1 = 0, t_2 = 0, t_3 = 1$. ", PLAIN.partition("and ")[2]
    assert list(check(text=given + loss.format(3)).links)[-1].verdict == "holds"
    assert list(check(text=given + loss.format(2)).links)[-1].verdict == "refuted"

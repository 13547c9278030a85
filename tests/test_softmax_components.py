"""Components of a softmax in the ways in which people write them, and other readings of names beside it."""

import pytest

from symbp.checking import check

WAYS = [
    r"p_i = \mathrm{softmax}(z)_i",
    r"p_i = \mathrm{softmax}_i(z)",
    r"p_i = [\mathrm{softmax}(\mathbf{z})]_i",
    r"p_i = \mathrm{softmax}(z_i)",
    r"p_i = \mathrm{softmax}(z_1, \dots, z_K)_i",
]
LOSS = r", $L = -\sum_i y_i \log p_i$, $\sum_i y_i = 1$."


@pytest.mark.parametrize("way", WAYS)
def test_components(way: str) -> None:
    text = (
        rf"Let ${way}${LOSS} $$\frac{{\partial L}}{{\partial z_i}} = p_i - y_i$$"
        r"$$\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)$$"
        r"$$\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} + p_j)$$"
    )
    found = [equation.links[0] for equation in check(text=text).equations[-3:]]
    assert [link.verdict for link in found] == ["proved", "proved", "refuted"]
    assert found[2].slip == "sign"


def test_the_softmax_of_a_step_stays_whole() -> None:
    text = r"$$o_t = V h_t, \quad p_t = \mathrm{softmax}(o_t)$$ $$\frac{\partial p_t}{\partial o_t} = p_t (1 - p_t)$$"
    assert check(text=text).equations[-1].links[0].verdict == "undecided"


def test_square_brackets_apply_a_function() -> None:
    text = (
        r"Let $a = \sigma[z]$. $$\frac{\partial a}{\partial z} = \sigma[z](1 - \sigma[z]) = \sigma[z][1 - \sigma(z)]$$"
    )
    assert [link.verdict for link in check(text=text).equations[-1].links] == ["proved", "proved"]


def test_a_run_behind_a_superscript_is_a_product() -> None:
    text = (
        r"Let $q = x^TAx + b^Tx$ with $x \in \mathbb{R}^n$. $$\nabla_x q = (A + A^T) x + b$$ $$\nabla_x q = 2 A x - b$$"
    )
    assert [equation.links[0].verdict for equation in check(text=text).equations[-2:]] == ["proved", "refuted"]


@pytest.mark.parametrize("gradient", [r"\nabla_x^2 q", r"\nabla^2_x q", r"\nabla^2 q"])
def test_a_second_gradient_is_not_judged(gradient: str) -> None:
    assert check(text=rf"Let $q = x^2$. $${gradient} = 3$$").equations[-1].links[0].verdict == "undecided"


@pytest.mark.parametrize(("slope", "verdict"), [("0", "refuted"), ("1", "proved"), ("2", "refuted")])
def test_a_slope_that_is_one_number(slope: str, verdict: str) -> None:
    for formula, by in (
        (r"z = w x + b", r"\frac{\partial z}{\partial b}"),
        (r"z_j = w_j x + b_j", r"\frac{\partial z_j}{\partial b_j}"),
    ):
        found = check(text=rf"Let ${formula}$. $${by} = {slope}$$").equations[-1].links[0]
        assert (found.verdict, found.expected) == (verdict, "1" if verdict == "refuted" else None)


ROOTED = r"""
$$a = \sqrt{1 + x}, \quad z = W a, \quad p = \mathrm{softmax}(z), \quad L = -y^T \log p$$

$$\frac{\partial L}{\partial z} = SLOPE$$
"""


@pytest.mark.parametrize(("slope", "verdict"), [("p - y", "holds"), ("p + y", "refuted")])
def test_a_softmax_behind_a_root_adds_up_to_one(slope: str, verdict: str) -> None:
    assert list(check(text=ROOTED.replace("SLOPE", slope)).links)[-1].verdict == verdict

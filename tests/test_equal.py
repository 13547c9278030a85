"""Two indices that are said to be equal beside a formula, however that is printed; and what is held fixed there."""

import pytest

from symbp import check
from symbp.documents import chains

SOFTMAX = "$$p_j = \\frac{e^{z_j}}{\\sum_k e^{z_k}}$$\n\n"
SAID = (
    r"%s \quad \text{if } i = j",
    r"%s, \quad i = j",
    r"%s \quad (i=j)",
    r"%s \; (i = j)",
    r"\begin{aligned} %s & i=j \end{aligned}",
    r"%s \qquad \text{for } i=j",
    r"%s, \ i = j.",
)
NORMALISED = r"""# A normalised batch
$$\mu_B = \frac{1}{m} \Sigma_{i=1}^m x_i$$
$$\sigma_B^2 = \frac{1}{m} \Sigma^m_{i=1} (x_i - \mu_B)^2$$
$$\hat{x}_i = \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}}$$
$$\frac{\partial \sigma_B^2}{\partial \mu_B} = -\frac{2}{m} \Sigma_{i=1}^m (x_i - \mu_B)$$
$$\frac{\partial \hat{x}_i}{\partial \sigma_B^2} = -\frac{1}{2} (x_i - \mu_B) (\sigma_B^2 + \epsilon)^{-3/2}$$
$$\frac{\partial \mu_B}{\partial x_i} = \frac{1}{m}$$
"""


def last(text: str) -> str:
    return [link for link in check(text=text).links if link.relation and link.reason != "a condition"][-1].verdict


@pytest.mark.parametrize("said", SAID)
def test_a_slope_where_two_indices_are_equal(said):
    slope = r"\frac{\partial p_j}{\partial z_i} = "
    assert last(f"{SOFTMAX}$${said % (slope + 'p_i (1 - p_j)')}$$") == "proved"
    assert last(f"{SOFTMAX}$${said % (slope + 'p_i (1 + p_j)')}$$") == "refuted"
    assert last(f"{SOFTMAX}$${said % (slope + '-p_i p_j')}$$") == "refuted"


def test_the_condition_of_one_line_is_not_that_of_the_next():
    right = SOFTMAX + r"$$\frac{\partial p_j}{\partial z_i} = p_i (1 - p_i) \quad \text{if } i = j$$"
    assert last(right + "\n\n" + r"$$\frac{\partial p_j}{\partial z_i} = -p_i p_j, \quad i \neq j$$") == "holds"
    assert last(right + "\n\n" + r"$$\frac{\partial p_j}{\partial z_i} = p_i (1 - p_j)$$") == "refuted"


def test_a_condition_defines_no_index():
    text = (
        SOFTMAX
        + "For $i = j$ see above.\n\n$$L = -\\sum_k y_k \\ln p_k$$\n\n$$\\frac{\\partial L}{\\partial z_i} = %s$$"
    )
    assert last(text % r"p_i \sum_ky_k - y_i") == "proved"
    assert last(text % r"p_i \sum_ky_k + y_i") == "refuted"


def test_letters_that_are_quantities_are_no_indices():
    assert last("$$a_i = 2 b_i$$\n\n$$y = t$$\n\n$$y + t = 2 t$$") == "proved"
    assert [chain.equal for chain in chains("$a_i = b_j$, so $c_k = 1, \\ i = j$")] == [None, ("i", "j"), None]


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        (r"\frac{\partial \hat{x}_i}{\partial \mu_B} = \frac{-1}{\sqrt{\sigma_B^2 + \epsilon}}", "holds"),
        (r"\frac{\partial \hat{x}_i}{\partial \mu_B} = \frac{1}{\sqrt{\sigma_B^2 + \epsilon}}", "refuted"),
        (
            r"\frac{\partial}{\partial x_i} \left[ \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}} \right]"
            r" = \frac{1}{\sqrt{\sigma_B^2 + \epsilon}}",
            "holds",
        ),
        (
            r"\frac{\partial}{\partial x_i} \left[ \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}} \right]"
            r" = \frac{2}{\sqrt{\sigma_B^2 + \epsilon}}",
            "refuted",
        ),
        (r"\frac{\partial \sigma_B^2}{\partial x_i} = \frac{2}{m} (x_i - \mu_B)", "holds"),
        (r"\frac{\partial \sigma_B^2}{\partial x_i} = \frac{1}{m} (x_i - \mu_B)", "refuted"),
    ],
)
def test_what_stands_written_beside_the_variable_is_held_fixed(link, verdict):
    assert last(f"{NORMALISED}$${link}$$") == verdict

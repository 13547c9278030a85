"""Names that were damaged in print."""

import pytest

from symbp.checking import check

NET = r"""
$net_{h1} = w_1 x_1 + b_1$, $out_{h1} = \frac{1}{1 + e^{-net_{h1}}}$

$net_{o1} = w_7 out_{h1} + b_2$, $out_{o1} = \frac{1}{1 + e^{-net_{o1}}}$

$E_{o1} = \frac{1}{2} (target_{o1} - out_{o1})^2$

$$\frac{\partial E_{o1}}{\partial w_7} = RIGHT$$
"""


def last(right: str) -> tuple[str, str]:
    link = list(check(text=NET.replace("RIGHT", right)).links)[-1]
    return link.verdict, link.reason


@pytest.mark.parametrize("target", ["target_{o1}", "toget_{o1}", "tagret_{o1}"])
@pytest.mark.parametrize("output", ["out_{h1}", "out_1"])
def test_a_damaged_name_is_read_as_the_one_that_it_is_like(target: str, output: str) -> None:
    right = rf"-({target} - out_{{o1}}) out_{{o1}} (1 - out_{{o1}}) {output}"
    assert last(right)[0] in ("proved", "holds")
    assert last(right[1:])[0] == "refuted"
    assert last(right.replace(" (1 - out_{o1})", ""))[0] == "refuted"


def test_a_word_that_is_like_no_other_stays_open() -> None:
    assert last(r"-(wanted_{o1} - out_{o1}) out_{o1} (1 - out_{o1}) out_{h1}")[0] == "undecided"


def test_the_report_says_how_it_is_read() -> None:
    found = last(r"-(toget_{o1} - out_{o1}) out_{o1} (1 - out_{o1}) out_1")
    assert found[1].endswith("with out_1 read as out_{h1}, with toget_o1 read as target_{o1}")


def test_a_letter_with_a_name_is_no_damaged_word() -> None:
    text = r"$\theta_1 = 2 a$, $\theta_2 = 3 a$, $s = \theta_1 + \theta_2$ $$\frac{\partial s}{\partial a} = \beta_1$$"
    assert [link.verdict for link in check(text=text).links][-1] == "undecided"

"""Kinds of units: sums over them, formulas with their letter, and the weights between two kinds."""

import pytest

from symbp.checking import check
from symbp.checking.reads import read_chains
from symbp.checking.unit_letters import with_units
from symbp.documents import chains
from symbp.formulas import Roles

NET = r"""
$net_{h1} = w_1 i_1 + w_2 i_2 + b_1$, $out_{h1} = \frac{1}{1+e^{-net_{h1}}}$

$net_{h2} = w_3 i_1 + w_4 i_2 + b_1$, $out_{h2} = \frac{1}{1+e^{-net_{h2}}}$

$net_{o1} = w_5 out_{h1} + w_6 out_{h2} + b_2$, $out_{o1} = \frac{1}{1+e^{-net_{o1}}}$

$net_{o2} = w_7 out_{h1} + w_8 out_{h2} + b_2$, $out_{o2} = \frac{1}{1+e^{-net_{o2}}}$

$E_{o1} = \frac12 (t_{o1} - out_{o1})^2$, $E_{o2} = \frac12 (t_{o2} - out_{o2})^2$

$E_{total} = \sum E_o$

$\delta_{o1} = \frac{\partial E_{total}}{\partial net_{o1}}$

$\delta_h = \Big(\sum_o \delta_o w_{ho}\Big) out_h (1-out_h)$

"""
SIDES = [
    (r"\sum_o E_o", "E_{o1} + E_{o2}", "E_{o1} - E_{o2}"),
    ("E_{total}", r"\sum \frac12 (t_o - out_o)^2", r"\sum (t_o - out_o)^2"),
    (
        r"\frac{\partial E_{total}}{\partial out_{h1}}",
        r"\sum_o \frac{\partial E_o}{\partial net_o} \frac{\partial net_o}{\partial out_{h1}}",
        r"\sum_o \frac{\partial E_o}{\partial out_o} \frac{\partial net_o}{\partial out_{h1}}",
    ),
    (
        r"\frac{\partial E_{total}}{\partial w_1}",
        r"\Big(\sum_o \delta_o w_{ho}\Big) out_{h1} (1 - out_{h1}) i_1",
        r"\Big(\sum_o \delta_o w_{ho}\Big) out_{h1} (1 - out_{h1}) i_2",
    ),
    (r"\frac{\partial E_{total}}{\partial out_{h2}}", r"\sum_o \delta_o w_{ho}", r"\delta_{o1} w_5 + \delta_{o2} w_8"),
    (r"\frac{\partial E_{total}}{\partial net_h}", r"\delta_h", r"-\delta_h"),
    (r"\frac{\partial out_h}{\partial net_h}", "out_h (1 - out_h)", "out_h (1 + out_h)"),
    (
        r"\frac{\partial E_{total}}{\partial net_o}",
        "-(t_o - out_o) out_o (1 - out_o)",
        "(t_o - out_o) out_o (1 - out_o)",
    ),
]


@pytest.mark.parametrize(("left", "right", "wrong"), SIDES)
def test_a_letter_stands_for_the_units_of_its_kind(left: str, right: str, wrong: str) -> None:
    verdicts = [list(check(text=f"{NET}$${left} = {side}$$").links)[-1].verdict for side in (right, wrong)]
    assert verdicts == ["proved", "refuted"]


def test_a_weight_of_which_only_its_letters_are_known_refutes_nothing() -> None:
    bare = NET.replace("w_5 out_{h1} + w_6 out_{h2} + b_2", "a_1").replace("w_7 out_{h1} + w_8 out_{h2} + b_2", "a_2")
    *_, link = check(text=rf"{bare}$$\delta_{{o1}} + \delta_{{o2}} = \sum_o \delta_o w_{{ho}} out_{{h1}}$$").links
    assert link.verdict == "undecided"


@pytest.mark.parametrize(
    "text",
    [
        r"$z_1 = \sum_j w_{j1} x_j$, $z_2 = \sum_j w_{j2} x_j$, $w_j = 1$",
        r"$b_o = \begin{bmatrix} b_{o1} & b_{o2} \end{bmatrix}$, $z = x + b_o$",
        r"$a_L = f(z_L)$, $a_{L1} = 2$, $a_{L2} = 3$, $z_L = a_{L-1}$",
    ],
)
def test_counted_letters_and_vectors_are_no_kinds_of_units(text: str) -> None:

    read = read_chains(chains(text), Roles())
    assert with_units(read) == read


BY_LETTER = NET[: NET.index("$E_{o1}")] + (
    r"""
$E_{total} = \sum_o \frac12 (t_o - out_o)^2$

$\delta_o = -(t_o - out_o) out_o (1 - out_o)$

"""
)


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\frac{\partial E_{total}}{\partial w_5}", r"\delta_{o1} out_{h1}", r"\delta_{o2} out_{h1}"),
        (r"\frac{\partial E_{total}}{\partial out_h}", r"\sum_o \delta_o w_{ho}", r"\sum_o out_o w_{ho}"),
        (r"\frac{\partial E_{total}}{\partial net_o}", r"\delta_o", r"\delta_o out_o"),
    ],
)
def test_what_is_said_by_letter_only_is_said_of_every_unit(left: str, right: str, wrong: str) -> None:
    verdicts = [list(check(text=f"{BY_LETTER}$${left} = {side}$$").links)[-1].verdict for side in (right, wrong)]
    assert verdicts == ["proved", "refuted"]

"""Every repair is TeX that is read again as what is meant, and that TeX itself can set."""

import re
from functools import cache
from itertools import islice

import pytest
from benchmarks.mutants import stage

from symbp.checking import SLIPS
from symbp.checking.known import Context
from symbp.checking.places import places, same
from symbp.checking.repaired import Undone, Wrong
from symbp.checking.rewriting import rewritten
from symbp.documents import chains
from symbp.formulas import Roles, read

FEW = 6  # ways to undo a slip in one part
TEXT = r"""
$$W \in \mathbb{R}^{2 \times 3}, \quad x \in \mathbb{R}^3, \quad y \in \mathbb{R}^2$$
$$\hat y = W x, \quad L = \|\hat y - y\|^2$$
$$\frac{\partial L}{\partial W} = 2 (\hat y - y) x^T$$
$$w_1 = 0.15, \quad w_2 = 0.25, \quad b = 0.35, \quad i_1 = 0.05, \quad i_2 = 0.10, \quad \eta = 0.5$$
$$z = w_1 i_1 + w_2 i_2 + b \cdot 1 = 0.15 \cdot 0.05 + 0.25 \cdot 0.10 + 0.35 \cdot 1$$
$$a = \tanh(z)$$
$$\frac{\partial a}{\partial w_1} = (1 - \tanh^2(z)) i_1 = (1 - a^2) i_1$$
$$E = \frac{1}{2} (a - t)^2$$
$$\frac{\partial E}{\partial w_1} = \frac{\partial E}{\partial a} \cdot \frac{\partial a}{\partial w_1}$$
$$\frac{\partial E}{\partial w_1} = (a - t) (1 - a^2) i_1$$
$$w_1^+ = w_1 - \eta \frac{\partial E}{\partial w_1}$$
$$s = i_1 + w_2 \tanh(w_1 i_1)$$
$$n = (v + \epsilon)^{-1/2}, \quad g = \frac{i_1 - m}{\sqrt{v + \epsilon}}$$
$$\frac{\partial n}{\partial v} = -\frac12 (v + \epsilon)^{-3/2}$$
$$p_i = \frac{e^{o_i}}{\sum_k e^{o_k}}$$
$$\frac{\partial p_i}{\partial o_j} = p_i (\delta_{ij} - p_j)$$
$$J = \frac{1}{m} \sum_{i=1}^m (h_i - r_i)^2$$
"""
BESIDE = (
    r"\delta^{l+1} \odot \sigma'(z^l) (W^{l+1})^T",
    r"(a^{(2)} - y)^2 (1 - \tanh^2(z)) i_1^2",
    r"\ln(1 + e^{-z})^2 \mathbf{x}^T",
    r"p_i (1 - p_j)",
)


@cache
def given():
    """Return what slips may draw on in the text, with and without the numbers, and its formulas with their places."""
    by = stage(TEXT)
    lines = [member.text for chain in chains(TEXT) for member in chain.members]
    formulas = tuple(read(text) for text in (*lines, *BESIDE))
    known = by.repairer.known
    contexts = Context(by.knowledge, (), formulas), Context(by.knowledge, known, formulas, closed=True)
    return contexts, tuple(dict.fromkeys((*lines, *BESIDE)))


def repairs(slip, text):
    """Yield the first ways to undo a slip in each part of a formula."""
    node = read(text)
    for context in given()[0]:
        for part, rebuild in places(node):
            for new, why in islice(slip.undo(part, context), FEW):
                yield Undone(slip, part, new, why, rebuild), Wrong(node, text, True, Roles())


def is_set(text: str) -> bool:
    """Whether TeX sets a formula: no two things stand above or below one."""
    script = r"[\^_]\s*(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\\?[A-Za-z]+|\d|[+*-])"
    for one in re.finditer(script, text):
        again = re.compile(rf"\s*{re.escape(one[0][0])}").match(text, one.end())
        if again:
            return False
    return True


def test_what_tex_cannot_set_is_found():
    assert [is_set(text) for text in (r"x^2", r"(a)^3^{-1/2}", r"x_1^2", r"a^{(l)}^T", r"{a^{(l)}}^T")] == [
        True,
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_every_repair_is_read_again_as_it_is_meant(slip):
    for text in given()[1]:
        for found, wrong in repairs(slip, text):
            again = rewritten(found, wrong)
            assert is_set(again), (again, text)
            assert again, (text, found.part, found.new)
            assert same(read(again), found.rebuild(found.new)), (again, text)


def test_the_slips_have_something_to_undo():
    undone = {slip.name for slip in SLIPS if any(True for text in given()[1] for _ in repairs(slip, text))}
    assert len(undone) > 25

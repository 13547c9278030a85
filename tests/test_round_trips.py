"""What is written, in LaTeX and as plain text, is read back as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import ONE, A, B, times

from symbp.errors import ImpossibleError
from symbp.formulas import (
    Call,
    Derivative,
    Fraction,
    Group,
    Indicator,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quantity,
    Roles,
    Sum,
    Summation,
    key,
    latex,
    map_children,
    plain,
    read,
    without_groups,
)

NAMES = st.sampled_from(["w_1", "net_{h_1}", r"\eta", "a^{(2)}_j", "E_{total}", "w_5^+", r"\hat{y}_2", "x"]).map(read)
LEAVES = NAMES | st.sampled_from(["2", "0.50", "13", "2.1e-4"]).map(Number)


def larger(parts):
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        several.map(Sum),
        parts.map(Negative),
        several.flatmap(lambda fs: st.sampled_from(["*", "", "@"]).map(lambda sign: times(*fs, sign=sign))),
        st.builds(Fraction, parts, parts, st.booleans()),
        st.builds(Power, parts, parts),
        st.builds(lambda name, body: Call(name, (body,)), st.sampled_from(["exp", "log", "tanh", "sqrt"]), parts),
        st.builds(lambda a, b: Call("max", (a, b)), parts, parts),
        st.builds(Derivative, NAMES, NAMES, st.booleans()),
        st.builds(Indicator, parts, st.sampled_from([">", "<="]), parts),
        st.builds(lambda body: Summation(body, Name("k"), ONE, Name("n")), parts),
    )


TREES = st.recursive(LEAVES, larger, max_leaves=12)


def flat(node):
    """Return a tree without brackets in which what leads a sum or a product is part of it."""
    node = map_children(node, flat)
    match node:
        case Group():
            return node.body
        case Sum(terms=(Sum(terms=first), *rest)):
            return Sum((*first, *rest))
        case Negative(body=Number()) | Number():
            return node
        case Product():
            return flat_product(node)
    return node


def flat_product(node):
    first, rest = node.factors[0], node.factors[1:]
    factors = (*first.factors, *rest) if isinstance(first, Product) else node.factors
    signs = (*first.signs, *node.signs) if isinstance(first, Product) else node.signs
    return Product(factors, tuple("@" if sign == "@" else "*" for sign in signs))


@settings(max_examples=400, deadline=2000)
@given(TREES)
def test_what_is_written_in_latex_is_read_back(tree):
    assert flat(read(latex(tree))) == flat(tree)


def as_plain(node):
    node = map_children(node, as_plain)
    match node:
        case Name():
            return Name(key(node).replace("\\", ""))
        case Fraction():
            return Fraction(node.above, node.below)
        case Derivative():
            return Derivative(node.of, node.by)
        case Product():
            return times(*node.factors)
    return node


@settings(max_examples=400, deadline=2000)
@given(TREES)
def test_what_is_written_as_plain_text_is_read_back(tree):
    assert as_plain(flat(read(plain(tree), Roles(plain=True)))) == as_plain(flat(tree))


def test_a_quantity_has_no_name_yet():
    with pytest.raises(ImpossibleError, match="the quantity w_1 has no name yet: write it in a notation"):
        latex(Sum((Quantity("w_1"), ONE)))


def test_brackets_can_be_left_out_of_a_comparison():
    assert without_groups(read("((a)) + (b)")) == Sum((A, B))

"""Formulas with index letters as sympy expressions: members of families, and sums over letters."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import sympy
from sympy import Expr

from ..errors import UnsupportedError
from ..formulas import (
    FUNCTIONS,
    Call,
    Fraction,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Summation,
    key,
)
from ..graphs.families import letter, member

Letters = Mapping[str, Expr]


def expression(node: Node, letters: Letters) -> Expr:
    """Return the meaning of a formula; letters and sizes by their names.

    >>> from symbp.formulas import read
    >>> expression(read(r"\\sum_{k=1}^{m} w_k x_{i+k}"), {name: letter(name) for name in "ikm"})
    Sum(w[k]*x[i + k], (k, 1, m))

    Raises:
        UnsupportedError: a construct has no meaning there.
    """
    rule = _RULES.get(type(node))
    if rule is None:
        raise UnsupportedError(f"a {type(node).__name__.lower()} cannot stand in the definitions of a graph yet")
    return rule(node, letters)


def _name(node: Name, letters: Letters) -> Expr:
    if key(node) in letters:
        return letters[key(node)]
    plain, indices = split(node, letters)
    return member(key(plain), tuple(expression(index, letters) for index in indices))


def _summation(node: Summation, letters: Letters) -> Expr:
    if node.index is None or node.low is None or node.high is None or node.without is not None or node.product:
        raise UnsupportedError("a sum has a letter, a first and a last value in the definitions of a graph")
    low, high = (expression(end, letters) for end in (node.low, node.high))
    return sympy.Sum(expression(node.body, letters), (letter(key(node.index)), low, high))


def _product(node: Product, letters: Letters) -> Expr:
    if "@" in node.signs:
        raise UnsupportedError("an entrywise product cannot stand in the definitions of a graph: give its entries")
    return sympy.Mul(*(expression(factor, letters) for factor in node.factors))


_EXTREMES = {"max": sympy.Max, "min": sympy.Min, "abs": sympy.Abs}


def _call(node: Call, letters: Letters) -> Expr:
    arguments = [expression(argument, letters) for argument in node.arguments]
    if node.function in FUNCTIONS:
        return FUNCTIONS[node.function].symbolic(*arguments)
    if node.function not in _EXTREMES:
        raise UnsupportedError(f"{node.function} cannot stand in the definitions of a graph yet")
    return _EXTREMES[node.function](*arguments)


_RULES: Mapping[type[Node], Callable[[Any, Letters], Expr]] = MappingProxyType(
    {
        Number: lambda node, letters: sympy.Rational(node.text),
        Name: _name,
        Group: lambda node, letters: expression(node.body, letters),
        Negative: lambda node, letters: -expression(node.body, letters),
        Sum: lambda node, letters: sympy.Add(*(expression(term, letters) for term in node.terms)),
        Product: _product,
        Fraction: lambda node, letters: expression(node.above, letters) / expression(node.below, letters),
        Power: lambda node, letters: expression(node.base, letters) ** expression(node.exponent, letters),
        Call: _call,
        Summation: _summation,
    }
)


def split(name: Name, letters: Letters) -> tuple[Name, tuple[Node, ...]]:
    """Return a name without its index letters, and those: what stands below or above it is an index where it has a
    known letter in it, or is a number beside such.

    >>> from symbp.formulas import read
    >>> plain, indices = split(read("w^{(f)}_{t-1,j}"), {"t": letter("t"), "j": letter("j")})
    >>> key(plain), [key(index) for index in indices]
    ('w^(f)', ['t-1', 'j'])
    """
    places = (*name.sub, *name.label)
    if not any(is_index(part, letters) for part in places):
        return name, ()
    at = [part for part in places if is_index(part, letters) or isinstance(part, Number)]
    sub, label = (tuple(part for part in parts if part not in at) for parts in (name.sub, name.label))
    return Name(name.base, sub, label, name.marks), tuple(at)


def is_index(node: Node, letters: Letters) -> bool:
    """Whether a part below or above a name has a known letter in it."""
    if isinstance(node, Name):
        return key(node) in letters
    if isinstance(node, Negative):
        return is_index(node.body, letters)
    return isinstance(node, Sum) and any(is_index(term, letters) for term in node.terms)

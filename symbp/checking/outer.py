r"""Outer products: the ``\otimes`` of ``dL/dW = \delta \otimes x``, which elsewhere may multiply entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Gradient,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    Summation,
    Transpose,
    map_children,
    walk,
)
from .knowledge import Read
from .looks import RATES, is_capital

OPEN, OUTER = "o", "x"  # the sign as it is read, and where it makes a matrix of two vectors
_CHANGE = re.compile(r"(?:\\[Dd]elta ?|d)(?=[A-Z]\Z)")  # before the name of what changes
_THROUGH = Sum | Negative | Summation | Fraction | Group


def with_outer(chains: list[Read]) -> list[Read]:
    """Return chains in which this sign is that of an outer product, where the result is as large as a matrix.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles
    >>> text = r"$z = W x$, $\\frac{\\partial L}{\\partial W} = \\delta \\otimes x$, $d = u \\otimes v$"
    >>> [chain.members[1].signs for chain in with_outer(read_chains(chains(text), Roles()))]
    [('',), ('x',), ('o',)]
    """
    if not any(OPEN in part.signs for chain in chains for part in _products(chain.nodes)):
        return chains
    matrices = {name.base for chain in chains for part in _products(chain.nodes) for name in _multiplying(part)}
    return [
        chain.changed(_outer) if any(_is_matrix(node, matrices) for node in chain.nodes) else chain for chain in chains
    ]


def _products(nodes: Iterable[Node]) -> Iterable[Product]:
    return (part for node in nodes for part in walk(node) if isinstance(part, Product))


def _multiplying(product: Product) -> Iterable[Name]:
    """Yield the capital letters of what multiplies something from the left, plain or turned."""
    for (one, other), sign in zip(pairwise(product.factors), product.signs, strict=True):
        left = one.body if isinstance(one, Transpose) else one
        if sign not in ("@", OPEN) and isinstance(left, Name) and is_capital(left) and not isinstance(other, Transpose):
            yield left


def _is_matrix(node: Node, matrices: set[str]) -> bool:
    """Whether a member of a chain is as large as a matrix: a slope by one, a step of one, or ``d x^T``."""
    if isinstance(node, Derivative | Gradient):
        by = node.by if isinstance(node, Derivative) else node.by[0] if node.by else None
        return isinstance(by, Name) and by.base in matrices
    if isinstance(node, Name):
        return _CHANGE.sub("", node.base) in matrices
    if isinstance(node, Negative | Group):
        return _is_matrix(node.body, matrices)
    if not isinstance(node, Product):
        return False
    *before, last = node.factors
    if any(isinstance(factor, Derivative) and _is_matrix(factor, matrices) for factor in node.factors):
        return True
    ends = isinstance(last, Transpose) and isinstance(last.body, Name) and not is_capital(last.body)
    return ends and not any(isinstance(factor, Transpose) for factor in before[-1:])


def _outer(node: Node) -> Node:
    """Return a formula with the last such sign of every term for that of an outer product."""
    if isinstance(node, _THROUGH):
        return map_children(node, _outer)
    if not isinstance(node, Product):
        return node
    if OPEN not in node.signs:
        *before, last = node.factors
        scaled = isinstance(last, _THROUGH) and all(map(_is_scale, before))
        return replace(node, factors=(*before, _outer(last))) if scaled else node
    place = len(node.signs) - 1 - node.signs[::-1].index(OPEN)
    behind = node.factors[place + 1 :]
    if any(isinstance(factor, Transpose) for factor in behind) or any(map(_has_capital, behind)):
        return node
    return replace(node, signs=(*node.signs[:place], OUTER, *node.signs[place + 1 :]))


def _is_scale(factor: Node) -> bool:
    return isinstance(factor, Number | Fraction) or (isinstance(factor, Name) and factor.base in RATES)


def _has_capital(node: Node) -> bool:
    """Whether an array of several samples may stand in a formula: a capital letter, not within a function."""
    if isinstance(node, Apply | Call):
        return any(isinstance(part, Name) and is_capital(part) for part in node.arguments)
    return any(isinstance(part, Name) and is_capital(part) for part in walk(node))

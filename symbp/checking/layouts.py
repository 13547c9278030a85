"""Derivatives of vectors by matrices that a document lays out as a row in one place and as a column in another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

from ..formulas import (
    Derivative,
    Fraction,
    Matrix,
    Name,
    Node,
    Product,
    ReadError,
    Sum,
    Summation,
    Transpose,
    walk,
    without_groups,
)
from .arrays import Mismatch
from .jacobians import Jacobian
from .knowledge import Read
from .limits import Undecided

ROW, COLUMN = "row", "column"


def other_layout(left: Node, right: Node, chains: Sequence[Read], definitions: Iterable[Node]) -> str:
    """Return how a document lays out a derivative elsewhere, where a printed vector lies the other way.

    In ``dL/dW = dL/dz dz/dW = d n^T`` the derivative of ``z = W n`` is the row ``n^T``.
    """
    slope, printed = without_groups(left), _printed(without_groups(right))
    if not printed or not isinstance(slope, Derivative):
        return ""
    if not isinstance(slope.of, Name) or not isinstance(slope.by, Name):
        return ""
    columns = frozenset(_multiplied(slope.by, definitions))
    said = {way for way in _said(slope.of.base, slope.by.base, chains, columns) if way}
    return next(iter(said)) if len(said) == 1 and printed not in said else ""


def has_free_layout(side: Node, value: Callable[[Node], Any]) -> bool:
    """Whether what does not fit in a formula is laid out as anybody likes.

    A derivative of an array by a matrix is, and so is a quotient of arrays, as that of a softmax of many samples.
    """
    with suppress(Undecided, Mismatch):
        value(side)
        return False
    if any(
        isinstance(part, Fraction) and isinstance(without_groups(part.below), Sum | Summation) for part in walk(side)
    ):
        return True
    slopes = (value(part) for part in walk(side) if isinstance(part, Derivative))
    return any(isinstance(slope, Jacobian) and 1 not in slope.by[1] for slope in slopes)


def _printed(node: Node) -> str:
    """Return how a printed vector lies; nothing for what is none, or a list that may lie either way."""
    matrix = node.body if isinstance(node, Transpose) else node
    if not isinstance(matrix, Matrix) or (matrix.listed and matrix is node):
        return ""
    shape = len(matrix.rows), len(matrix.rows[0].entries)
    rows, columns = shape[::-1] if matrix is not node else shape
    return ROW if rows == 1 < columns else COLUMN if columns == 1 < rows else ""


def _multiplied(weights: Name, definitions: Iterable[Node]) -> Iterator[str]:
    """Yield what some weights are multiplied by from the left, and so is a column."""
    for part in (part for body in definitions for part in walk(body) if isinstance(part, Product)):
        for one, other in pairwise(part.factors):
            if isinstance(one, Name) and one.base == weights.base and isinstance(other, Name):
                yield other.base


def _said(of: str, by: str, chains: Sequence[Read], columns: frozenset[str]) -> Iterator[str]:
    for one, other in (pair for chain in chains for pair in pairwise(chain.members)):
        if isinstance(one, ReadError) or isinstance(other, ReadError):
            continue
        slope, factor = _last(one), _last(other)
        if not isinstance(slope, Derivative) or not isinstance(slope.of, Name) or not isinstance(slope.by, Name):
            continue
        if (slope.of.base, slope.by.base) == (of, by) and _count(one) == _count(other):
            name = factor.body if isinstance(factor, Transpose) else factor
            if isinstance(name, Name) and name.base in columns:
                yield COLUMN if name is factor else ROW


def _last(node: Node) -> Node:
    bare = without_groups(node)
    return bare.factors[-1] if isinstance(bare, Product) else bare


def _count(node: Node) -> int:
    bare = without_groups(node)
    return len(bare.factors) if isinstance(bare, Product) else 1

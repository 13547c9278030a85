"""Vectors that were taken for rows, only because nothing said that they are columns."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ..formulas import Name, Node, Product, Transpose, key, walk
from .knowledge import Knowledge


def with_columns(known: Knowledge, right: Node) -> Knowledge | None:
    """Return what a document says with its inferred rows as columns, where one stands before its own transpose.

    As in ``\\text{diag}(p) - p p^T``, which is a matrix for a column, and for a row a matrix less a number.
    """
    rows = {name for name, (down, across) in known.inferred.items() if down == 1 < across} - known.declared.keys()
    pairs = (pair for part in walk(right) if isinstance(part, Product) for pair in pairwise(part.factors))
    outer = {key(one) for one, other in pairs if isinstance(one, Name) and other == Transpose(one)}
    if rows.isdisjoint(outer) or not known.givens.keys().isdisjoint(rows):
        return None
    turned = {name: (across, 1) if name in rows else (down, across) for name, (down, across) in known.inferred.items()}
    return replace(known, inferred=turned)

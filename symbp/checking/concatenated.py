"""Weights of vectors that stand one after another, as in ``W [h, x]``: those of h and those of x."""

from __future__ import annotations

from dataclasses import replace

from ..formulas import Group, Matrix, Name, Node, Product, Sum, key, walk, without_groups
from .knowledge import Read
from .parts import replaced

WEIGHTS = frozenset({"W", "U", "V", "\\Theta"})  # dL(a, y) is none of these


def with_concatenated(chains: list[Read]) -> list[Read]:
    r"""Return chains in which a matrix times vectors one after another is a sum over these, each with its own weights.

    Not where the document says of a matrix what it is, as by its numbers.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, plain
    >>> read = with_concatenated(read_chains(chains("$f_t = W_f \\cdot [h_{t-1}, x_t] + b_f$"), Roles()))
    >>> plain(read[0].members[1])
    '(Wh_f * h_{t-1} + Wx_f * x_t) + b_f'
    """
    parts = [part for chain in chains for node in chain.nodes for part in walk(node)]
    weights = {key(found[0]) for part in parts if (found := _stacked(part)) is not None}
    heads = {key(chain.members[0]) for chain in chains if isinstance(chain.members[0], Name)}
    if not weights - heads:
        return chains

    def split(part: Node) -> Node | None:
        found = _stacked(part)
        if found is None or key(found[0]) in heads or not isinstance(part, Product):
            return None
        matrix, vectors = found
        own = [replace(matrix, marks=(*matrix.marks, vector.base.lstrip("\\"))) for vector in vectors]
        terms = (replace(part, factors=pair) for pair in zip(own, vectors, strict=True))
        return Group(Sum(tuple(terms), span=part.span), "()", span=part.span)

    return [chain.changed(lambda node: replaced(node, split)) for chain in chains]


def _stacked(part: Node) -> tuple[Name, list[Name]] | None:
    """Return the matrix and the vectors of a product of weights and vectors one after another."""
    if not isinstance(part, Product) or len(part.factors) != 2:
        return None
    matrix, stack = part.factors[0], without_groups(part.factors[1])
    if not isinstance(matrix, Name) or matrix.base not in WEIGHTS:
        return None
    if not isinstance(stack, Matrix) or len(stack.rows) != 1 or not stack.listed:
        return None
    vectors = [entry for entry in stack.rows[0].entries if isinstance(entry, Name)]
    bases = {vector.base for vector in vectors}
    alone = len(vectors) == len(stack.rows[0].entries) == len(bases) > 1
    return (matrix, vectors) if alone else None

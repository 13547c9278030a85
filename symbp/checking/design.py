r"""Matrices of all samples, as the ``X`` beside ``\sum_{n=1}^N (y_n - t_n) x_n`` and ``y_n = \sigma(w^T x_n)``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..formulas import (
    Dots,
    Dotted,
    Matrix,
    Name,
    Node,
    Number,
    Product,
    Row,
    Summation,
    Transpose,
    bases_in,
    key,
    walk,
    without_groups,
)
from .indices import is_size
from .knowledge import NOWHERE, Knowledge, Read

FEWEST = 2  # products, which all show the same, one of them with a number a sample
Vote = tuple[bool, bool]  # whether the rows are the samples, and whether that is shown by a vector like these


def with_design_matrices(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    """Return what a document says, with the vectors of the samples for the rows of a matrix, or for its columns.

    Only where the matrix is free, and all products with it show which they are.
    """
    parts = [part for chain in chains for node in chain.nodes for part in walk(node)]
    names = {key(part): part for part in parts if isinstance(part, Name)}
    free = [name for name in names.values() if _is_free(name, knowledge)]
    found: dict[str, Node] = {}
    for whole in free if any(isinstance(part, Summation) for part in parts) else ():
        for letter, last in _ranges(parts):
            sample = Name(whole.base.lower(), sub=(letter,))
            beside = {other for one, other in _pairs(parts) if key(one) == key(sample)}
            features, samples = beside | {sample.base}, {name.base for name in names.values() if name.sub == (letter,)}
            votes = list(_votes(whole, parts, features=features, samples=samples - features))
            ways, kinds = {way for way, _ in votes}, {kind for _, kind in votes}
            if key(sample) in names and beside and len(votes) >= FEWEST and len(ways) == 1 and False in kinds:
                found[key(whole)] = _stacked(sample, last, rows=True in ways)
    if not found:
        return knowledge
    own = {key(part): part for body in found.values() for part in walk(body) if isinstance(part, Name)}
    definitions = {**knowledge.definitions, **found}
    sources = {**knowledge.sources, **dict.fromkeys(found, NOWHERE)}
    return replace(knowledge, definitions=definitions, sources=sources, names={**own, **knowledge.names})


def _is_free(name: Name, knowledge: Knowledge) -> bool:
    """Whether a name is a capital letter of which nothing is said."""
    plain = not name.sub and not name.label and not name.marks
    return plain and len(name.base) == 1 and name.base.isupper() and key(name) not in knowledge.defined


def _ranges(parts: list[Node]) -> set[tuple[Name, Name]]:
    """Return the letters of sums from 1, each with the last."""
    return {
        (part.index, part.high)
        for part in parts
        if isinstance(part, Summation)
        and isinstance(part.index, Name)
        and isinstance(part.high, Name)
        and is_size(part.high)
        and part.low == Number("1")
    }


def _pairs(parts: list[Node]) -> Iterator[tuple[Name, str]]:
    """Yield the vectors of inner products, each with the letter of the other."""
    for part in parts:
        for one, other in pairwise(map(without_groups, part.factors)) if isinstance(part, Product) else ():
            turned = without_groups(one.body) if isinstance(one, Transpose) else None
            if isinstance(turned, Name) and isinstance(other, Name):
                yield from ((other, turned.base), (turned, other.base))


def _votes(whole: Name, parts: list[Node], *, features: set[str], samples: set[str]) -> Iterator[Vote]:
    """Yield what every product with a matrix shows of it."""
    for part in parts:
        for one, other in pairwise(map(without_groups, part.factors)) if isinstance(part, Product) else ():
            turned = isinstance(one, Transpose)
            body = without_groups(one.body) if isinstance(one, Transpose) else one
            bases = bases_in(other) - {whole.base}
            if key(body) == key(whole) and bases and (bases <= features or bases <= samples):
                yield (bases <= features) != turned, bases <= features


def _stacked(sample: Name, last: Name, *, rows: bool) -> Dotted:
    first, final = (replace(sample, sub=(index,)) for index in (Number("1"), last))
    if rows:
        return Dotted(Matrix((Row((Transpose(first),)), Row((Dots(),)), Row((Transpose(final),)))))
    return Dotted(Matrix((Row((first, Dots(), final)),)))

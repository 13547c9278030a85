"""Targets, single names or arrays, that add up to one in every sample."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import reduce
from itertools import chain
from operator import add

from ..formulas import (
    Call,
    Indexed,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    Summation,
    Transpose,
    key,
    walk,
    without_groups,
)
from .arrays import Grid
from .fields import Residues
from .judging import Judge
from .knowledge import Knowledge, Read
from .limits import Undecided
from .shapes import sides
from .shares import is_condition, is_row_of_ones
from .spelling import own_entries


def sharing(knowledge: Knowledge, chains: Iterable[Read] = ()) -> Knowledge:
    """Return what a document says with the targets, single names or arrays, that add up to one in each sample.

    They do where a link says so, and in a cross-entropy ``-y^T \\log p`` of outputs that add up to one.
    """
    judge = Judge(knowledge)
    groups: list[tuple[str, ...]] = []
    for formula in knowledge.definitions.values():
        if any(isinstance(part, Call) and part.function == "log" for part in walk(formula)):
            groups += [group for part in walk(formula) for group in _spelt_out(part, judge)]
    for left, right in sides(chains):
        if isinstance(left, Product) and is_condition(left, right, knowledge):
            [array] = [part for part in left.factors if not is_row_of_ones(part)]
            groups.append((key(array.body if isinstance(array, Transpose) else array),))
    shares = {name: group for group in groups for name in group if name not in knowledge.givens}
    return replace(knowledge, shares={**knowledge.shares, **shares}) if shares else knowledge


def _spelt_out(node: Node, judge: Judge) -> Iterator[tuple[str, ...]]:
    """Yield the free names, or the array, whose products with the logarithms of outputs are added up."""
    if isinstance(node, Product) and (pair := _pair(node)):
        if pair[0] in judge.knowledge.shapes and _adds_up(judge, pair[1]):
            yield _parts(pair[0], judge.knowledge)
    elif isinstance(node, Summation) and (pair := _pair(without_groups(node.body))):
        target = key(_array_of(judge.knowledge.names[pair[0]]))
        if target in judge.knowledge.shapes and _adds_up(judge, _array_of(pair[1])):
            yield _parts(target, judge.knowledge)
    elif isinstance(node, Sum):
        pairs = [pair for term in node.terms if (pair := _pair(_bare(term)))]
        targets = tuple(dict.fromkeys(target for target, _ in pairs))
        if len(node.terms) == len(targets) > 1 and judge.knowledge.shapes.keys().isdisjoint(targets):
            with suppress(Undecided):
                if judge.identical(Sum(tuple(output for _, output in pairs)), Number("1")):
                    yield targets


def _parts(array: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the names of which an array is made; itself, where it is made of none."""
    spelt = knowledge.spelt.get(array)
    entries = walk(spelt) if spelt is not None else chain.from_iterable(own_entries(knowledge.names[array], knowledge))
    return tuple(key(part) for part in entries if isinstance(part, Name)) or (array,)


def _array_of(entry: Node) -> Node:
    """Return what a formula is an entry of, by its form."""
    return replace(entry, sub=()) if isinstance(entry, Name) else entry.body if isinstance(entry, Indexed) else entry


def _bare(node: Node) -> Node:
    inner = without_groups(node)
    return without_groups(inner.body) if isinstance(inner, Negative | Transpose) else inner


def _pair(product: Node) -> tuple[str, Node] | None:
    """Return the target and the output where a product is with the logarithm of one."""
    factors = [_bare(part) for part in product.factors] if isinstance(product, Product) else []
    for place, part in enumerate(factors):
        if isinstance(part, Call) and part.function == "log":
            for other in factors[max(0, place - 1) : place + 2]:
                if isinstance(other, Name):
                    return key(other), part.arguments[0]
    return None


def _adds_up(judge: Judge, output: Node) -> bool:
    """Whether the entries of a vector, or of every sample, add up to one."""
    try:
        value = judge.value(output, Residues())
        if not isinstance(value, Grid):
            return False
        samples = [value.entries] if 1 in value.shape else (value if judge.knowledge.rows else value.transposed).rows
        return all((reduce(add, sample) - 1).n == 0 for sample in samples)
    except Undecided:
        return False

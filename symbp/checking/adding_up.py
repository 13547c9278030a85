"""Targets, single names or arrays, that add up to one in every sample."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import reduce
from itertools import chain
from operator import add
from typing import Any

from flint import arb

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
from ..formulas.ones import is_vector_of_ones
from .arrays import Grid, Mismatch
from .fields import Balls, Residues
from .judging import Judge
from .knowledge import Knowledge, Read
from .leaves import COLUMNS, ROWS
from .limits import Undecided
from .residues import NoResidue, Residue
from .shapes import sides
from .shares import is_condition
from .spelling import own_entries

NEARLY = -40  # bits of what a sum of rounded shares may be off


def sharing(knowledge: Knowledge, chains: Iterable[Read] = ()) -> Knowledge:
    """Return what a document says with the targets, single names or arrays, that add up to one in each sample.

    They do where a link says so, and in a cross-entropy ``-y^T \\log p`` of outputs that add up to one.
    """
    judge = Judge(knowledge)
    shares: dict[str, tuple[str, ...]] = {}
    for formula in knowledge.definitions.values():
        if any(isinstance(part, Call) and part.function == "log" for part in walk(formula)):
            for part in walk(formula):
                shares.update(_spelt_out(part, judge))
    for left, right in sides(chains):
        if isinstance(left, Product) and is_condition(left, right, knowledge):
            [place] = [place for place, part in enumerate(left.factors) if not is_vector_of_ones(part)]
            array, turned = left.factors[place], isinstance(left.factors[place], Transpose)
            shares[key(_bare(array))] = (ROWS if (place == 0) != turned else COLUMNS,)
    shares = {name: group for name, group in shares.items() if name not in knowledge.givens}
    return replace(knowledge, shares={**knowledge.shares, **shares}) if shares else knowledge


def _spelt_out(node: Node, judge: Judge) -> dict[str, tuple[str, ...]]:
    """Return the free names, or the array, whose products with the logarithms of outputs are added up."""
    if isinstance(node, Product) and (pair := _pair(node)):
        return _of_array(pair[0], pair[1], judge)
    if isinstance(node, Summation) and (pair := _pair(without_groups(node.body))):
        return _of_array(key(_array_of(judge.knowledge.names[pair[0]])), _array_of(pair[1]), judge)
    if isinstance(node, Sum):
        pairs = [pair for term in node.terms if (pair := _pair(_bare(term)))]
        targets = tuple(dict.fromkeys(target for target, _ in pairs))
        if len(node.terms) == len(targets) > 1 and judge.knowledge.shapes.keys().isdisjoint(targets):
            with suppress(Undecided):
                if judge.identical(Sum(tuple(output for _, output in pairs)), Number("1")):
                    return dict.fromkeys(targets, targets)
    return {}


def _of_array(target: str, output: Node, judge: Judge) -> dict[str, tuple[str, ...]]:
    if target not in judge.knowledge.shapes or not (axis := _adds_up(judge, output)):
        return {}
    names = _parts(target, judge.knowledge)
    return dict.fromkeys(names, names) if names else {target: (axis,)}


def _parts(array: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the names of which an array is made."""
    spelt = knowledge.spelt.get(array)
    entries = walk(spelt) if spelt is not None else chain.from_iterable(own_entries(knowledge.names[array], knowledge))
    return tuple(key(part) for part in entries if isinstance(part, Name))


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


def _adds_up(judge: Judge, output: Node) -> str:
    """Return whether the entries of every row of an array, or of every column, add up to one."""
    with suppress(Undecided, Mismatch):
        value = _exactly(judge, output)
        if isinstance(value, Grid):
            for axis, grid in ((ROWS, value), (COLUMNS, value.transposed)):
                if grid.shape[1] > 1 and all(_is_nought(reduce(add, row) - 1) for row in grid.rows):
                    return axis
    return ""


def _exactly(judge: Judge, output: Node) -> Any:
    """Return a value in residues; in numbers where one has a root that is no residue."""
    try:
        return judge.value(output, Residues())
    except NoResidue:
        return judge.value(output, Balls(judge.knowledge))


def _is_nought(difference: Any) -> bool:
    return bool(difference.n == 0 if isinstance(difference, Residue) else abs(difference) < arb(2) ** NEARLY)

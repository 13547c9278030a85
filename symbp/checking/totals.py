r"""Sums over entries of arrays that stand elsewhere whole, as ``\sum_k y_{t,k} \log p_{t,k}`` beside ``p_t``."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from ..formulas import (
    Call,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Summation,
    Transpose,
    key,
    map_children,
    walk,
)
from .knowledge import Read
from .samples import entrywise
from .shapes import weighs_right


def with_totals(chains: list[Read]) -> list[Read]:
    r"""Return chains with the sum of all entries for such a sum, where its letter stands nowhere else.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = r"$p_t = \mathrm{softmax}(o_t)$, $L_t = -\sum_k y_{t,k} \log p_{t,k}$"
    >>> latex(with_totals(read_chains(chains(text), Roles()))[-1].members[1])
    '-y_t^T \\ln(p_t)'
    """
    nodes = [node for chain in chains for node in chain.nodes]
    parts = [part for node in nodes for part in walk(node)]
    names = {key(part) for part in parts if isinstance(part, Name)}
    sums = [part for part in parts if isinstance(part, Summation) and isinstance(part.index, Name)]
    letters = {part.index for part in sums if isinstance(part.index, Name)}
    wholes = {letter: [part for part in sums if part.index == letter] for letter in letters}
    lone = {
        letter
        for letter, found in wholes.items()
        if all(_is_of_entries(part, letter, names) for part in found)
        and sum(len(_entries(node, letter)) for node in nodes)
        == sum(len(_entries(part.body, letter)) for part in found)
    }
    rows = weighs_right(nodes)
    return [chain.changed(lambda node: _totalled(node, lone, rows)) for chain in chains] if lone else chains


def _entries(node: Node, letter: Name) -> list[Name]:
    """Return the names with a letter among their indices."""
    return [part for part in walk(node) if isinstance(part, Name) and letter in (*part.sub, *part.label)]


def _is_of_entries(node: Summation, letter: Name, names: Set[str]) -> bool:
    """Whether a sum goes over all entries of arrays with an index of their own, of which one stands whole."""
    entries = _entries(node.body, letter)
    plain = not node.product and node.without is None and node.low in (None, Number("1"))
    own = all(part.sub[1:] and part.sub[-1] == letter and letter not in part.sub[:-1] for part in entries)
    alone = letter not in walk(node.body)
    return plain and own and alone and any(key(_whole(part)) in names for part in entries)


def _whole(entry: Name) -> Name:
    return replace(entry, sub=entry.sub[:-1])


def _totalled(node: Node, letters: Set[Name], rows: bool) -> Node:
    if not isinstance(node, Summation) or not isinstance(node.index, Name) or node.index not in letters:
        return map_children(node, lambda part: _totalled(part, letters, rows))
    wholes = {key(entry): _whole(entry) for entry in _entries(node.body, node.index)}
    return _added_up(entrywise(_totalled(node.body, letters, rows), wholes), rows=rows) or node


def _added_up(array: Node, *, rows: bool) -> Node | None:
    """Return the sum of all entries of an array, as a product or a square of vectors; nothing for others."""
    if isinstance(array, Group):
        return _added_up(array.body, rows=rows)
    if isinstance(array, Negative):
        body = _added_up(array.body, rows=rows)
        return None if body is None else Negative(body)
    if isinstance(array, Sum):
        terms = [_added_up(term, rows=rows) for term in array.terms]
        return Sum(tuple(map(Group, filter(None, terms)))) if None not in terms else None
    if isinstance(array, Power) and array.exponent == Number("2"):
        return Call("square", (array.base,))
    if not isinstance(array, Product) or array.signs.count("@") != 1:
        return None
    place = array.signs.index("@")
    factors = list(array.factors)
    factors[place + rows] = Transpose(factors[place + rows])
    return Product(tuple(factors), (*array.signs[:place], "", *array.signs[place + 1 :]))

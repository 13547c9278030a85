"""Means such as ``\\frac{1}{m} \\sum_i x_i``: the sum is over m things, also where it prints no range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formulas import Fraction, Name, Node, Number, Product, Summation, key, map_children, walk
from .indices import letters_of
from .knowledge import Read

_COUNTS = frozenset({"m", "n", "N", "M", "B", "K", "T", "d", "D"})


def with_ranges(chains: list[Read]) -> list[Read]:
    """Return chains in which a sum has the range that the mean of its terms tells, where no other is printed.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> latex(with_ranges(read_chains(chains("$a = \\\\frac{1}{m} \\\\sum_i x_i$"), Roles()))[0].members[1])
    '\\\\frac{1}{m} \\\\sum_{i=1}^m x_i'
    """
    parts = [part for chain in chains for node in chain.nodes for part in walk(node)]
    found: dict[str, set[Name]] = {}
    for part in parts:
        for letter, count in _means(part):
            found.setdefault(letter, set()).add(count)
    ranged = {key(part.index) for part in parts if isinstance(part, Summation) and part.index and part.high}
    used = set(letters_of([part for part in parts if isinstance(part, Name)]))
    counts = {letter: count.pop() for letter, count in found.items() if len(count) == 1}
    known = {letter: count for letter, count in counts.items() if letter not in ranged and key(count) not in used}
    return [chain.changed(lambda node: _ranged(node, known)) for chain in chains] if known else chains


def _means(part: Node) -> Iterator[tuple[str, Name]]:
    """Yield the letter of a sum without a range, and the number by which it is divided."""
    if isinstance(part, Fraction) and (letter := _open(part.above)) and (count := _count(part.below)):
        yield letter, count
    for one, other in zip(part.factors, part.factors[1:], strict=False) if isinstance(part, Product) else ():
        if isinstance(one, Fraction) and (letter := _open(other)) and (count := _count(one.below)):
            yield letter, count


def _open(node: Node) -> str:
    """Return the letter of a sum that prints no range."""
    bare = isinstance(node, Summation) and not (node.low or node.high or node.without or node.product)
    return key(node.index) if isinstance(node, Summation) and bare and isinstance(node.index, Name) else ""


def _count(below: Node) -> Name | None:
    """Return the number of things by which a mean is divided, perhaps with a 2 before it."""
    factors = below.factors if isinstance(below, Product) else (below,)
    names = [part for part in factors if isinstance(part, Name)]
    plain = len(names) == 1 and all(isinstance(part, Name | Number) for part in factors)
    return names[0] if plain and names[0].base in _COUNTS and key(names[0]) == names[0].base else None


def _ranged(node: Node, known: dict[str, Name]) -> Node:
    node = map_children(node, lambda part: _ranged(part, known))
    if not isinstance(node, Summation) or not (letter := _open(node)) or letter not in known:
        return node
    return replace(node, low=Number("1"), high=known[letter])

"""Kinds of units: the o of ``out_{o1}`` and ``out_{o2}``, over which ``\\sum_o \\delta_o`` is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from ..formulas import Derivative, Group, Name, Node, Number, Row, Sum, Summation, children, key, map_children, walk
from .indices import is_letter, letters, letters_of, names_with_bound, slots
from .knowledge import Read
from .parts import replaced

Units = Mapping[str, tuple[str, ...]]  # the numbers of the units of each kind


def with_units(chains: list[Read]) -> list[Read]:
    """Return chains in which sums over all units of a kind are written out.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = "$E = \\\\sum E_o$, $E_{o1} = 1$, $E_{o2} = 2$"
    >>> latex(with_units(read_chains(chains(text), Roles()))[0].members[1])
    '(E_{o_1} + E_{o_2})'
    """
    units = units_of(part for chain in chains for part in _parts(chain))
    return [_said(chain, units) for chain in chains] if units else chains


def _parts(chain: Read) -> Iterator[Node]:
    return (part for node in chain.nodes for part in walk(node))


def units_of(parts: Iterable[Node]) -> Units:
    """Return the kinds of units of which a document numbers several, and also speaks of them by their letter.

    A letter that is counted, or that stands for an array of the numbered names, is none.
    """
    found: dict[str, dict[str, set[str]]] = {}
    plain: dict[str, set[str]] = {}
    others: set[str] = set()
    for part in parts:
        if isinstance(part, Name):
            for letter, number in _numbered(part):
                found.setdefault(letter, {}).setdefault(part.base, set()).add(number)
            if len(part.sub) == 1 and is_letter(part.sub[0]):
                plain.setdefault(key(part.sub[0]), set()).add(part.base)
            others |= {letter for _, index in slots(part) if isinstance(index, Sum) for letter in letters(index)}
        elif isinstance(part, Row):
            entries = (entry.by if isinstance(entry, Derivative) else entry for entry in part.entries)
            others |= {letter for entry in entries if isinstance(entry, Name) for letter, _ in _numbered(entry)}
        elif isinstance(part, Summation) and part.index is not None:
            inside = (name for name in walk(part.body) if isinstance(name, Name))
            others |= {letter for name in inside for letter, _ in _numbered(name) if letter == key(part.index)}
            others |= {key(part.index)} if part.low is not None or part.high is not None else set()
    kinds = {
        letter: [numbers for base, numbers in bases.items() if len(numbers) > 1 and base in plain.get(letter, ())]
        for letter, bases in found.items()
        if letter not in others
    }
    return {letter: tuple(sorted(set().union(*own))) for letter, own in kinds.items() if own}


def _numbered(name: Name) -> Iterator[tuple[str, str]]:
    """Yield the kinds and numbers in the index of a name: o and 1 in ``out_{o1}``."""
    for place, index in enumerate(name.sub):
        after = name.sub[place + 1] if place + 1 < len(name.sub) else None
        if isinstance(index, Name) and len(index.sub) == 1 and is_letter(Name(index.base)):
            after = index.sub[0]
        elif not is_letter(index):
            continue
        if isinstance(index, Name) and isinstance(after, Number):
            yield index.base, after.text


def _said(chain: Read, units: Units) -> Read:
    joined = chain.changed(lambda node: _joined(node, units))
    free = {letter for node in joined.nodes for letter in _free(node)}
    printed = (part for part in _parts(joined) if isinstance(part, Name))
    numbered = frozenset(key(name) for name in printed if any(map(is_unit, name.sub)))
    written = joined.changed(lambda node: _written_out(node, units, free=free))
    return _of_one(replace(written, numbered=numbered), units)


def is_unit(index: Node) -> bool:
    """Whether an index is a kind with a number, such as o_1."""
    return isinstance(index, Name) and len(index.sub) == 1 and isinstance(index.sub[0], Number)


def _joined(node: Node, units: Units) -> Node:
    """Return a formula in which a kind and a number are one index: ``w_{h1 o2}`` has two."""
    if not isinstance(node, Name):
        return map_children(node, lambda part: _joined(part, units))
    found: list[Node] = []
    for index in node.sub:
        before = found[-1] if found else None
        if isinstance(index, Number) and isinstance(before, Name) and key(before) in units:
            found[-1] = replace(before, sub=(index,))
        else:
            found.append(index)
    return node if len(found) == len(node.sub) else replace(node, sub=tuple(found))


def _free(node: Node) -> Iterator[str]:
    """Yield the letters that stand outside of all sums without an index, and that no other sum binds."""
    if isinstance(node, Name):
        yield from letters_of([node])
    elif not isinstance(node, Summation) or node.index is not None:
        bound = key(node.index) if isinstance(node, Summation) and node.index is not None else ""
        yield from (letter for part in children(node) for letter in _free(part) if letter != bound)


def _written_out(node: Node, units: Units, *, free: set[str]) -> Node:
    node = map_children(node, lambda part: _written_out(part, units, free=free))
    if not isinstance(node, Summation) or node.low is not None or node.high is not None or node.without is not None:
        return node
    names = list(names_with_bound(node.body))
    inside = {letter for name, bound in names for letter in letters_of([name]) if letter not in bound}
    over = [key(node.index)] if node.index is not None else sorted(inside & units.keys() - free)
    if len(over) != 1 or over[0] not in units or node.product:
        return node
    return Group(Sum(tuple(_of_unit(node.body, letter=over[0], number=number) for number in units[over[0]])))


def _of_unit(node: Node, *, letter: str, number: str) -> Node:
    """Return what a formula with the letter of a kind says of one unit of it."""
    unit = Name(letter, sub=(Number(number),))

    def change(part: Node) -> Node | None:
        if not isinstance(part, Name) or letter not in letters_of([part]):
            return None
        return replace(part, sub=tuple(unit if index == Name(letter) else index for index in part.sub))

    return replaced(node, change)


def _of_one(chain: Read, units: Units) -> Read:
    """Return a chain in which a letter is the one unit of its kind that the chain is about."""
    names = [part for part in _parts(chain) if isinstance(part, Name)]
    for letter in units.keys() & letters_of(names):
        numbers = {number for name in names for kind, number in _numbered(name) if kind == letter}
        if len(numbers) == 1:
            one = partial(_of_unit, letter=letter, number=numbers.pop())
            chain = chain.changed(one)
    return chain

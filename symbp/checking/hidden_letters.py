r"""Quantities of one sample without its letter: ``z = w x^{(i)} + b``, and then ``\sum_i L`` of what is made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from ..formulas import Name, Node, Summation, key, map_children, walk
from .indices import is_letter, names_with_bound, slots
from .knowledge import Read, is_closed, names_in


def with_hidden_letters(chains: list[Read]) -> list[Read]:
    r"""Return chains in which such quantities have their letter, where a sum over it would have nothing to add up else.

    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> from symbp.checking.reads import read_chains
    >>> text = r"$a = w x^{(i)}$, $L = (a - y^{(i)})^2$, $J = \sum_i L$"
    >>> latex(with_hidden_letters(read_chains(chains(text), Roles()))[1].members[1])
    '(a^{(i)} - y^{(i)})^2'
    """
    for letter in sorted({key(node.index) for node in _sums(chains) if node.index is not None}):
        found = _of_one(letter, chains)
        if found and _is_added_up(letter, found, chains) and not _has_numbers(found, chains):
            chains = [chain.changed(partial(_with, found=found)) for chain in chains]
    return chains


def _sums(chains: Sequence[Read]) -> Iterator[Summation]:
    """Yield the sums over a letter."""
    parts = (part for chain in chains for node in chain.nodes for part in walk(node))
    return (part for part in parts if isinstance(part, Summation) and part.index is not None and is_letter(part.index))


def _is_added_up(letter: str, names: Collection[str], chains: Sequence[Read]) -> bool:
    """Whether some names stand below a sum over a letter, perhaps behind what has the letter."""
    made = {key(head) for head, body in _definitions(chains) if not names_in(body).isdisjoint(names)}
    bodies = (node.body for node in _sums(chains) if node.index is not None and key(node.index) == letter)
    return any(not names_in(body).isdisjoint({*names, *made}) for body in bodies)


def _definitions(chains: Sequence[Read]) -> Iterator[tuple[Name, Node]]:
    for head, body in (chain.members[:2] for chain in chains):
        if isinstance(head, Name) and isinstance(body, Node):
            yield head, body


def _of_one(letter: str, chains: Sequence[Read]) -> dict[str, Name]:
    """Return the names without a letter that are defined by what has it, each with the letter in the same place."""
    found: dict[str, Name] = {}
    pairs = list(_definitions(chains))
    for _ in pairs:
        before = len(found)
        for head, body in pairs:
            if key(head) not in found and (shown := _shown(letter, head, body, found)) is not None:
                found[key(head)] = shown
        if len(found) == before:
            break
    return found


def _shown(letter: str, head: Name, body: Node, found: dict[str, Name]) -> Name | None:
    """Return the head of a definition with a letter that stands free in its body, or in what that is made of."""
    if any(key(index) == letter for _, index in slots(head)):
        return None
    for name, bound in names_with_bound(body):
        own = found.get(key(name), name)
        for (_, kind, _, _), index in slots(own):
            if key(index) == letter and letter not in bound:
                above = kind == "^"
                return replace(head, label=(*head.label, index)) if above else replace(head, sub=(*head.sub, index))
    return None


def _has_numbers(names: Collection[str], chains: Sequence[Read]) -> bool:
    """Whether one of some names is given a number: then it is of one sample indeed."""
    heads = ((chain.members[0], chain.nodes[1:]) for chain in chains)
    return any(isinstance(head, Name) and key(head) in names and any(map(is_closed, others)) for head, others in heads)


def _with(node: Node, *, found: dict[str, Name]) -> Node:
    if isinstance(node, Name):
        return found.get(key(node), node)
    return map_children(node, lambda part: _with(part, found=found))

"""The softmax printed by component, ``softmax(z_k)``: that of all the z, where a document writes it out so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..formulas import Call, Fraction, Name, Node, ReadError, Summation, key, map_children, walk, without_groups
from .indices import is_letter
from .knowledge import Read

Letters = tuple[Name, Name]  # of a component, and under its sum


def with_softmaxes(chains: list[Read]) -> list[Read]:
    """Return chains in which the softmax of one component is written out, where some line does so.

    A line such as ``softmax(z_k) = e^{z_k} / \\sum_m e^{z_m}`` shows that ``z_k`` is no vector.
    """
    found = dict(_shown(chains))
    if not found:
        return chains
    return [chain.changed(lambda node: _written_out(node, found)) for chain in chains]


def _shown(chains: list[Read]) -> Iterator[tuple[str, Letters]]:
    """Yield the bases of components beside a fraction of their powers."""
    for chain in chains:
        for left, right in pairwise(chain.members):
            argument = None if isinstance(left, ReadError) else _argument(without_groups(left))
            fraction = None if isinstance(right, ReadError) else without_groups(right)
            if argument is None or not isinstance(fraction, Fraction) or not isinstance(fraction.below, Summation):
                continue
            own, index = argument.sub[-1], fraction.below.index
            summed = {part for part in walk(fraction.below.body) if isinstance(part, Name)}
            if isinstance(own, Name) and isinstance(index, Name) and _with(argument, index) in summed:
                yield argument.base, (own, index)


def _argument(node: Node) -> Name | None:
    """Return the component of which a formula is the softmax."""
    if not isinstance(node, Call) or node.function != "softmax" or len(node.arguments) != 1:
        return None
    argument = without_groups(node.arguments[0])
    return argument if isinstance(argument, Name) and argument.sub and is_letter(argument.sub[-1]) else None


def _written_out(node: Node, found: dict[str, Letters]) -> Node:
    argument = _argument(node)
    if argument is None or argument.base not in found:
        return map_children(node, lambda part: _written_out(part, found))
    own, other = found[argument.base]
    index = own if key(argument.sub[-1]) == key(other) else other
    below = Summation(Call("exp", (_with(argument, index),)), index=index)
    return Fraction(Call("exp", (argument,)), below, span=node.span)


def _with(name: Name, letter: Name) -> Name:
    return replace(name, sub=(*name.sub[:-1], replace(letter, span=(0, 0))))

"""Components of a softmax, ``softmax(z)_k`` or ``softmax(z_k)``, written out where the document has those of its input.

``softmax(z)_k`` is one wherever ``z_k`` occurs. ``softmax(z_k)`` may be the whole softmax of the k-th sample or step:
it is a component where some line writes it out so, or tells two apart, as ``\\partial p_k / \\partial z_j`` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..formulas import (
    Call,
    Derivative,
    Dots,
    Fraction,
    Indexed,
    Name,
    Node,
    ReadError,
    Summation,
    key,
    map_children,
    walk,
    without_groups,
)
from ..formulas.tree import Span
from .indices import is_letter
from .knowledge import Read

BOUND = "mnqrsuv"  # letters for the sum of a softmax

Letters = tuple[Name, Name]  # of a component, and under its sum


def with_softmaxes(chains: list[Read]) -> list[Read]:
    """Return chains in which the components of softmaxes are written out.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> read = with_softmaxes(read_chains(chains("$p_k = softmax(z)_k$, $L = f(z_k)$"), Roles()))
    >>> latex(read[0].nodes[1])
    '\\\\frac{e^{z_k}}{\\\\sum_{m} e^{z_m}}'
    """
    if not any(_is_softmax(part) for chain in chains for node in chain.nodes for part in walk(node)):
        return chains
    found = dict(_told_apart(chains)) | dict(_shown(chains))
    names = {part for chain in chains for node in chain.nodes for part in walk(node) if isinstance(part, Name)}
    letter = unused(names)
    wholes = {name.base for name in names if name.sub} if letter is not None else set()
    return [chain.changed(lambda node: _written_out(node, found, wholes, letter)) for chain in chains]


def unused(names: set[Name]) -> Name | None:
    """Return a letter that stands neither alone nor in an index."""
    used = {key(part) for name in names for part in (name, *name.sub)}
    return next((Name(letter) for letter in BOUND if letter not in used), None)


def component(entry: Name, letter: Name, *, span: Span = (0, 0)) -> Fraction:
    """Return the component of a softmax that belongs to one entry of its input, with a letter for those of its sum."""
    below = Summation(Call("exp", (_with(entry, letter),)), letter)
    return Fraction(Call("exp", (entry,)), below, span=span)


def _is_softmax(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "softmax"


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


def _told_apart(chains: list[Read]) -> Iterator[tuple[str, Letters]]:
    """Yield the bases of components by one of which the softmax of another is differentiated."""
    heads: dict[str, Name] = {}  # the letters of what is the softmax of a component
    for chain in chains:
        for left, right in pairwise(chain.nodes):
            argument = _argument(without_groups(right))
            if argument is not None and isinstance(left, Name) and left.sub == argument.sub:
                heads[left.base] = argument
    for slope in (part for chain in chains for node in chain.nodes for part in walk(node)):
        if not isinstance(slope, Derivative) or not isinstance(slope.by, Name) or not slope.by.sub:
            continue
        argument = heads.get(slope.of.base) if isinstance(slope.of, Name) else _argument(without_groups(slope.of))
        if argument is None or slope.by.base != argument.base:
            continue
        own, index = (slope.of if isinstance(slope.of, Name) else argument).sub[-1:], slope.by.sub[-1]
        if own and isinstance(own[0], Name) and isinstance(index, Name) and own[0] != index:
            yield argument.base, (own[0], index)


def _argument(node: Node) -> Name | None:
    """Return the component of which a formula is the softmax."""
    if not isinstance(node, Call) or not _is_softmax(node) or len(node.arguments) != 1:
        return None
    argument = without_groups(node.arguments[0])
    return argument if isinstance(argument, Name) and argument.sub and is_letter(argument.sub[-1]) else None


def _component(node: Node, wholes: set[str]) -> Name | None:
    """Return the component of the input that belongs to one of a softmax with an index: the z_k of ``softmax(z)_k``."""
    call = without_groups(node.body) if isinstance(node, Indexed) else None
    if not isinstance(node, Indexed) or not isinstance(call, Call) or not _is_softmax(call):
        return None
    first = without_groups(call.arguments[0])
    listed = len(call.arguments) > 1 and any(isinstance(part, Dots) for part in call.arguments)
    if not isinstance(first, Name) or first.base not in wholes or len(node.sub) != 1:
        return None
    if bool(first.sub) is not listed or (len(call.arguments) > 1 and not listed):
        return None
    return replace(first, sub=node.sub)


def _written_out(node: Node, found: dict[str, Letters], wholes: set[str], letter: Name | None) -> Node:
    if letter is not None and (own := _component(node, wholes)) is not None:
        return component(own, letter, span=node.span)
    argument = _argument(node)
    if argument is None or argument.base not in found:
        return map_children(node, lambda part: _written_out(part, found, wholes, letter))
    own_letter, other = found[argument.base]
    index = own_letter if key(argument.sub[-1]) == key(other) else other
    return component(argument, index, span=node.span)


def _with(name: Name, letter: Name) -> Name:
    return replace(name, sub=(*name.sub[:-1], replace(letter, span=(0, 0))))

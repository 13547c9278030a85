"""Activations without their argument, ``\\phi'`` or ``d\\phi/dz``: at the one of which a line speaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise

from ..formulas import Apply, Derivative, Name, Node, ReadError, key, walk, without_groups
from ..formulas.functions import ACTIVATION_LETTERS
from .knowledge import Read, names_in
from .parts import replaced

PRIME = "'"
Applied = tuple[str, str, Node]  # a function, the quantity that it gives, and its argument


def with_arguments(chains: list[Read]) -> list[Read]:
    """Return chains in which the derivative of a function that is said to give ``a = \\phi(z)`` has its argument.

    Where there are several such lines, the one of which a chain has both ``a`` and ``z``. In a chain with
    ``d\\phi/dz`` all that is ``\\phi`` has the argument z, where no line says what a quantity of that name is.
    """
    chains = _differentiated(chains)
    applied = list(_applied(chains)) if any(map(_is_bare, _parts(chains))) else []
    return [_said(chain, applied) for chain in chains] if applied else chains


def _differentiated(chains: list[Read]) -> list[Read]:
    functions = {part.function for part in _parts(chains) if isinstance(part, Apply)} & {*map(Name, ACTIVATION_LETTERS)}
    functions -= {chain.members[0] for chain in chains}
    return [_with_variable(chain, functions) for chain in chains] if functions else chains


def _with_variable(chain: Read, functions: Collection[Node]) -> Read:
    slopes = {part for node in chain.nodes for part in walk(node) if isinstance(part, Derivative)}
    by = {slope.of: slope.by for slope in slopes if slope.of in functions and isinstance(slope.by, Name)}
    if not by or len({slope.by for slope in slopes if slope.of in by}) > len(by):
        return chain

    def change(part: Node) -> Node | None:
        if isinstance(part, Apply) and part.function in by:
            return part
        return Apply(part, (by[part],), span=part.span) if isinstance(part, Name) and part in by else None

    return chain.changed(lambda node: replaced(node, change))


def _parts(chains: list[Read]) -> Iterator[Node]:
    return (part for chain in chains for node in chain.nodes for part in walk(node))


def _is_bare(part: Node) -> bool:
    return isinstance(part, Name) and part.marks == (PRIME,) and not part.sub and not part.label


def _applied(chains: list[Read]) -> Iterator[Applied]:
    """Yield what a document says to be a function of a name."""
    for chain in chains:
        for left, right in pairwise(chain.members):
            value = None if isinstance(left, ReadError) else without_groups(left)
            call = None if isinstance(right, ReadError) else without_groups(right)
            if not isinstance(value, Name) or not isinstance(call, Apply) or call.primes or len(call.arguments) > 1:
                continue
            if isinstance(call.arguments[0], Name):
                yield key(call.function), key(value), call.arguments[0]


def _said(chain: Read, applied: list[Applied]) -> Read:
    names = set[str]().union(*map(names_in, chain.nodes))
    here = [line for line in applied if {line[1], key(line[2])} <= names]

    def change(part: Node) -> Node | None:
        if not isinstance(part, Name) or not _is_bare(part):
            return None
        own = {key(argument): argument for base, _, argument in here or applied if base == part.base}
        return Apply(replace(part, marks=()), tuple(own.values()), 1, span=part.span) if len(own) == 1 else None

    return chain.changed(lambda node: replaced(node, change))

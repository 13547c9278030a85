"""Dittos: a member that begins with ``\\sim`` repeats the first factor of the member before it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ..formulas import DITTO, Node, Product, ReadError
from .knowledge import Read


def with_dittos(chains: list[Read]) -> list[Read]:
    """Return chains with what their dittos repeat.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> latex(with_dittos(read_chains(chains(r"$a b = \\sim * c$"), Roles()))[0].members[1])
    'a * c'
    """
    return [_repeated(chain) for chain in chains]


def _repeated(chain: Read) -> Read:
    members = list(chain.members)
    for place, (before, member) in enumerate(pairwise(chain.members), 1):
        if isinstance(member, Product) and member.factors[0] == DITTO:
            members[place] = _again(before, member)
    return replace(chain, members=tuple(members))


def _again(before: Node | ReadError, member: Product) -> Node | ReadError:
    first = before.factors[0] if isinstance(before, Product) else DITTO
    if first == DITTO:
        return ReadError("what a ditto repeats is not understood", member.factors[0].span)
    return replace(member, factors=(first, *member.factors[1:]))

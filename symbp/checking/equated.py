"""Links under the condition that two indices are equal: both are written with one letter."""

from __future__ import annotations

from ..formulas import Name, Node, Summation, key, walk
from .indices import letters_of
from .knowledge import Read
from .parts import indexed


def with_conditions(chains: list[Read]) -> list[Read]:
    """Return chains without what only says that two indices are equal, where the letters stand for nothing else.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> found = with_conditions(read_chains(chains("$a_i b_j = a_i b_i \\\\quad \\\\text{if } i = j$"), Roles()))
    >>> latex(found[0].members[0])
    'a_i b_i'
    """
    return [_equated(chain) for chain in chains]


def _equated(chain: Read) -> Read:
    pair = chain.chain.equal
    parts = [part for node in chain.nodes for part in walk(node)]
    names = [part for part in parts if isinstance(part, Name)]
    if pair is None or not {*pair} <= letters_of(names) or {*pair} & {key(name) for name in names}:
        return chain
    bound = {
        key(part.index) for node in chain.nodes for part in walk(node) if isinstance(part, Summation) and part.index
    }
    kept, other = pair if pair[0] not in bound else pair[::-1]
    if kept in bound:
        return chain
    put: dict[Node, Node] = {Name(other): Name(kept)}
    return chain.changed(lambda node: indexed(node, put))

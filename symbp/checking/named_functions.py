"""Functions that a document names by another, as in ``g = \\tanh``: each is that of any number."""

from __future__ import annotations

from ..formulas import Apply, Name, key, walk
from .knowledge import Read
from .looks import KNOWN

_ANY = (Name("x"),)


def with_functions(chains: list[Read]) -> list[Read]:
    """Return chains in which a function that is said to be a known one is so where it is applied.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> read = with_functions(read_chains(chains("$g = \\\\tanh$, $a = g(z)$"), Roles()))
    >>> [latex(member) for member in read[0].members]
    ['g(x)', '\\\\tanh(x)']
    """
    parts = (part for chain in chains for node in chain.nodes for part in walk(node))
    applied = {key(part.function) for part in parts if isinstance(part, Apply)}
    return [_applied(chain) if _names(chain, applied) else chain for chain in chains]


def _names(chain: Read, applied: set[str]) -> bool:
    first, *rest = chain.members
    known = [isinstance(member, Name) and member.base in KNOWN for member in rest]
    return isinstance(first, Name) and key(first) in applied and len(rest) == 1 and all(known)


def _applied(chain: Read) -> Read:
    return chain.changed(lambda node: Apply(node, _ANY, span=node.span) if isinstance(node, Name) else node)

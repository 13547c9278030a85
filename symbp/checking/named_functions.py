"""Functions that a document names by another, as in ``g = \\tanh``: each is that of any number."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..formulas import Apply, Call, Name, Node, key, walk
from .knowledge import Read
from .looks import KNOWN
from .parts import replaced

_ANY = (Name("x"),)
_SOFTMAX = frozenset({"softmax", "Softmax"})


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
    softmaxes = {key(chain.nodes[0]) for chain in chains if _names(chain, applied, _SOFTMAX)} - set(_others(chains))
    if softmaxes:
        chains = [chain.changed(lambda node: _with_softmax(node, softmaxes)) for chain in chains]
    return [_applied(chain) if _names(chain, applied, KNOWN) else chain for chain in chains]


def _names(chain: Read, applied: set[str], known: Collection[str]) -> bool:
    """Whether a chain says that a function that is applied is one of those that are known."""
    first, *rest = chain.members
    are_known = [isinstance(member, Name) and member.base in known for member in rest]
    return isinstance(first, Name) and key(first) in applied and len(rest) == 1 and all(are_known)


def _others(chains: list[Read]) -> Iterator[str]:
    """Yield the functions that are defined, or said to be no softmax."""
    for chain in chains:
        head = chain.members[0]
        if isinstance(head, Apply):
            yield key(head.function)
        elif isinstance(head, Name) and not _names(chain, {key(head)}, _SOFTMAX):
            yield key(head)


def _with_softmax(node: Node, names: Collection[str]) -> Node:
    """Return a formula with the softmax itself for its names: it is no function of one entry."""

    def named(part: Node) -> Node | None:
        if not isinstance(part, Apply) or part.primes or key(part.function) not in names:
            return None
        return Call("softmax", tuple(_with_softmax(argument, names) for argument in part.arguments), span=part.span)

    return replaced(node, named)


def _applied(chain: Read) -> Read:
    return chain.changed(lambda node: Apply(node, _ANY, span=node.span) if isinstance(node, Name) else node)

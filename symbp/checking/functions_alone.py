"""Functions without their arguments, as in ``\\sigma' = \\sigma (1 - \\sigma)``: it holds for every argument."""

from __future__ import annotations

from collections.abc import Mapping

from ..formulas import Apply, Group, Name, Node, Product, key, map_children
from .knowledge import CONSTANTS, Read, names_in

PRIME = "'"


def at_their_argument(chains: list[Read]) -> list[Read]:
    """Return chains in which functions that stand alone are of the argument with which the document defines them.

    Only in equations about the slope of a function in which nothing else stands.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = "$f(x) = e^x$, $f' = f$"
    >>> latex(at_their_argument(read_chains(chains(text), Roles(functions=frozenset("f"))))[1].members[0])
    "f'(x)"
    """
    heads = (chain.members[0] for chain in chains)
    own = {key(head.function): head.arguments[0] for head in heads if isinstance(head, Apply) and _is_of_name(head)}
    return [_said(chain, own) for chain in chains] if own else chains


def _is_of_name(head: Apply) -> bool:
    return len(head.arguments) == 1 and isinstance(head.arguments[0], Name) and not head.primes


def _said(chain: Read, own: Mapping[str, Node]) -> Read:
    head = chain.members[0]
    if not isinstance(head, Name) or {*head.marks} != {PRIME} or head.sub or head.label or head.base not in own:
        return chain
    names = set[str]().union(*map(names_in, chain.nodes)) - CONSTANTS
    if {name.rstrip(PRIME) for name in names} != {head.base}:
        return chain
    return chain.changed(lambda node: _at(node, Name(head.base), own[head.base]))


def _at(node: Node, function: Name, argument: Node) -> Node:
    """Return a formula with a function at its argument: brackets behind it that hold it again are a factor."""
    if isinstance(node, Name) and node.base == function.base:
        return Apply(function, (argument,), node.marks.count(PRIME), span=node.span)
    if isinstance(node, Apply) and function.base not in names_in(node.arguments[0]):
        return node
    if isinstance(node, Apply) and node.function == function:
        inner = Group(_at(node.arguments[0], function, argument))
        return Product((Apply(function, (argument,), node.primes), inner), ("",), span=node.span)
    return map_children(node, lambda part: _at(part, function, argument))

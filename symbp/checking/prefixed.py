r"""Derivatives written with a delta before a name, as ``\delta h_t`` beside ``\delta c_t``: names of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..formulas import Name, Node, Product, children, map_children
from .knowledge import Read

DELTA = Name("\\delta")
FEWEST = 2  # quantities that are said to be such a derivative, in a document that writes them so


def with_prefixes(chains: list[Read]) -> list[Read]:
    r"""Return chains in which such products are names with a d, where no delta stands otherwise.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = r"$\delta h = \frac{\partial L}{\partial h}, \delta c = \delta h o$"
    >>> [latex(node) for node in with_prefixes(read_chains(chains(text), Roles()))[1].nodes]
    ['dc', 'dh o']
    """
    heads = {chain.nodes[0] for chain in chains if chain.nodes and len(_joined(chain.nodes[0])) == 1}
    found = [chain.changed(_named) for chain in chains]
    if len({_named(head) for head in heads if isinstance(head, Product)}) < FEWEST:
        return chains
    return chains if any(_has_delta(node) for chain in found for node in chain.nodes) else found


def _joined(node: Node) -> Sequence[Node]:
    """Return the factors of a formula, with one for each delta and the name behind it."""
    if not isinstance(node, Product):
        return (node,)
    found: list[Node] = []
    for place, factor in enumerate(node.factors):
        before = found[-1] if found and node.signs[place - 1] == "" else None
        if before == DELTA and isinstance(factor, Name):
            found[-1] = replace(factor, base=f"d{factor.base}")
        else:
            found.append(factor)
    return found


def _named(node: Node) -> Node:
    node = map_children(node, _named)
    factors = _joined(node)
    if not isinstance(node, Product) or len(factors) == len(node.factors):
        return node
    kept = [sign for sign, factor in zip(node.signs, node.factors, strict=False) if factor != DELTA]
    return replace(node, factors=tuple(factors), signs=tuple(kept)) if factors[1:] else factors[0]


def _has_delta(node: Node) -> bool:
    return node == DELTA or any(map(_has_delta, children(node)))

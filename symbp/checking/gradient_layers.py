"""Gradients that leave their layer out, as the ``\\nabla_a C`` in ``\\delta^L = \\nabla_a C \\odot \\sigma'(z^L)``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ..formulas import Gradient, Name, Node, key, map_children, walk
from .knowledge import Read


def with_layers(chains: list[Read]) -> list[Read]:
    """Return chains in which such a gradient is by the quantity in the layer of which the chain is.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = r"$a^{(l)} = f(z^{(l)})$, $\\delta^{(L)} = \\nabla_a C \\odot f'(z^{(L)})$"
    >>> latex(with_layers(read_chains(chains(text), Roles()))[1].members[1])
    "\\\\nabla_{a^{(L)}} C \\\\odot f'(z^{(L)})"
    """
    bodies = (_without_gradients(node) for chain in chains for node in chain.nodes)
    names = {part for body in bodies for part in walk(body) if isinstance(part, Name)}
    bare = {key(name) for name in names if not name.label}
    layered = {name.base for name in names if name.label and not name.sub} - bare
    return [_said(chain, layered) for chain in chains]


def _said(chain: Read, layered: Collection[str]) -> Read:
    head = chain.members[0]
    if not isinstance(head, Name) or not head.label:
        return chain

    def put(node: Node) -> Node:
        if isinstance(node, Gradient) and len(node.by) == 1:
            by = node.by[0]
            if isinstance(by, Name) and by.base in layered and not (by.label or by.sub or by.marks):
                return replace(node, by=(replace(by, label=head.label),))
        return map_children(node, put)

    return chain.changed(put)


def _without_gradients(node: Node) -> Node:
    if isinstance(node, Gradient):
        return node.of
    return map_children(node, _without_gradients)

"""Names without their index: where ``\\gamma \\hat x`` is differentiated by ``\\hat x_k``, that is meant."""

from __future__ import annotations

from dataclasses import replace

from ..formulas import Derivative, Name, Node, key, map_children
from .knowledge import Knowledge


def in_full(node: Node, knowledge: Knowledge) -> Node:
    """Return a formula in which what is differentiated has the index of what it is differentiated by.

    Only names of which the document says nothing else.
    """
    node = map_children(node, lambda part: in_full(part, knowledge))
    if not isinstance(node, Derivative) or not isinstance(node.by, Name) or not node.by.sub:
        return node
    short = replace(node.by, sub=())
    if key(short) in knowledge.defined or isinstance(node.of, Name):
        return node
    return replace(node, of=_put(node.of, short, node.by))


def _put(node: Node, short: Name, full: Name) -> Node:
    return full if node == short else map_children(node, lambda part: _put(part, short, full))


def shortened(left: Node, right: Node, knowledge: Knowledge) -> tuple[Node, Node] | None:
    """Return the sides of a link with their indices in full; nothing where none is left out."""
    found = in_full(left, knowledge), in_full(right, knowledge)
    return None if found == (left, right) else found

r"""Arguments of activations that a document names by a mark only, as the ``\bar z_t`` of ``z_t = \sigma(w x_t)``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formulas import Apply, Call, Derivative, Name, Node, children, key, walk, without_groups
from .knowledge import NOWHERE, Knowledge, Read


def with_preactivations(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    """Return what a document says, where marked names that it only differentiates by are what functions are applied to.

    As ``\\bar z_t`` beside ``z_t = \\sigma(w x_t)``, of which a text says that it is the argument.
    """
    nodes = [node for chain in chains for node in chain.nodes]
    used = {key(name) for node in nodes for name in _outside(node)}
    by = (part.by for node in nodes for part in walk(node) if isinstance(part, Derivative))
    marked = {key(name): name for name in by if isinstance(name, Name) and name.marks}
    found = {name: _argument(node, knowledge) for name, node in marked.items() if name not in used | knowledge.defined}
    known = {name: body for name, body in found.items() if body is not None}
    if not known:
        return knowledge
    sources = {**knowledge.sources, **dict.fromkeys(known, NOWHERE)}
    return replace(knowledge, definitions={**knowledge.definitions, **known}, sources=sources)


def _argument(name: Name, knowledge: Knowledge) -> Node | None:
    """Return what the function is applied to that the same name without its mark is."""
    body = knowledge.definitions.get(key(replace(name, marks=())))
    bare = without_groups(body) if body is not None else None
    applied = isinstance(bare, Apply | Call) and len(bare.arguments) == 1
    argument = without_groups(bare.arguments[0]) if applied and isinstance(bare, Apply | Call) else None
    return None if isinstance(argument, Name) else argument


def _outside(node: Node) -> Iterator[Name]:
    """Yield the names in a formula that nothing is differentiated by, nor are differentiated."""
    if isinstance(node, Name):
        yield node
    inner = () if isinstance(node, Derivative) else children(node)
    for part in inner:
        yield from _outside(part)

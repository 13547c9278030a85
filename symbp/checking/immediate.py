"""Immediate derivatives: of one step of a recurrence by a parameter, with the steps before it held fixed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ..formulas import Derivative, Name, Node, Number, Summation, key, map_children, walk
from .indices import Slot, slots
from .knowledge import Knowledge

AT = Name("at")


def immediate(node: Node, steps: Collection[Slot], bound: frozenset[str] | None = None) -> Node:
    """Return a formula in which derivatives of a step by a parameter are those by its own copy of the parameter.

    With letters that are bound, only of steps that a sum runs over, as ``\\partial h_k / \\partial W`` in a sum over k.
    """
    if isinstance(node, Summation) and node.index is not None and bound is not None:
        inner = bound | {key(node.index)}
        return map_children(node, lambda part: immediate(part, steps, inner))
    if isinstance(node, Derivative) and isinstance(node.of, Name) and isinstance(node.by, Name):
        place = _step(node.of, steps)
        summed = bound is None or (place is not None and key(place) in bound)
        if place is not None and summed and _step(node.by, steps) is None:
            return replace(node, by=_copy(node.by, place))
        return node
    return map_children(node, lambda part: immediate(part, steps, bound))


def _step(name: Name, steps: Collection[Slot]) -> Node | None:
    """Return the index that says which step."""
    return next((index for slot, index in slots(name) if slot in steps), None)


def _copy(name: Name, place: Node) -> Name:
    return replace(name, label=(*name.label, AT, place))


def with_copies(knowledge: Knowledge, steps: Collection[Slot]) -> Knowledge:
    """Return what a document defines, by number, where every step has its own copy of each parameter."""
    definitions: dict[str, Node] = {}
    names: dict[str, Name] = {}
    for name, body in knowledge.definitions.items():
        head = knowledge.names.get(name)
        place = _step(head, steps) if head is not None else None
        if not isinstance(place, Number):
            definitions[name] = body
            continue
        parameters = [
            part
            for part in walk(body)
            if isinstance(part, Name) and key(part) not in knowledge.definitions and _step(part, steps) is None
        ]
        copies = {key(part): _copy(part, place) for part in parameters if part != Name("e")}
        names |= {key(copy): copy for copy in copies.values()}
        definitions |= {key(copies[key(part)]): part for part in parameters if key(part) in copies}
        definitions[name] = _put(body, copies)
    return replace(knowledge, definitions=definitions, names={**knowledge.names, **names})


def _put(node: Node, copies: dict[str, Name]) -> Node:
    if isinstance(node, Name):
        return copies.get(key(node), node)
    return map_children(node, lambda part: _put(part, copies))

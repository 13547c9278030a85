"""Immediate derivatives: of one step of a recurrence by a parameter, with the steps before it held fixed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ..formulas import Derivative, Name, Node, Number, Summation, children, key, map_children, walk
from .indices import Slot, slots
from .knowledge import Knowledge

AT = Name("at")
Pair = tuple[str, str]  # the base of what is differentiated, and of what by


def immediate(
    node: Node, steps: Collection[Slot], pairs: Collection[Pair] | None = None, bound: frozenset[str] = frozenset()
) -> Node:
    """Return a formula in which derivatives of a step by a parameter are those by its own copy of the parameter.

    Of some pairs everywhere; else only of steps that a sum runs over: ``\\partial h_k / \\partial W`` in a sum over k.
    """
    if isinstance(node, Summation) and node.index is not None:
        bound |= {key(node.index)}
    found = _of_step(node, steps)
    if found is None:
        return map_children(node, lambda part: immediate(part, steps, pairs, bound))
    derivative, place, pair = found
    assert isinstance(derivative.by, Name)
    if key(place) in bound if pairs is None else pair in pairs:
        return replace(derivative, by=_copy(derivative.by, place))
    return node


def summed(node: Node, steps: Collection[Slot], bound: frozenset[str] = frozenset()) -> Iterator[Pair]:
    """Yield what is differentiated by what, of the steps that a sum runs over."""
    if isinstance(node, Summation) and node.index is not None:
        bound |= {key(node.index)}
    found = _of_step(node, steps)
    if found is not None and key(found[1]) in bound:
        yield found[2]
    for part in children(node):
        yield from summed(part, steps, bound)


def _of_step(node: Node, steps: Collection[Slot]) -> tuple[Derivative, Node, Pair] | None:
    """Return a derivative of a step by a parameter that all steps share, which step, and of what by what."""
    if not (isinstance(node, Derivative) and isinstance(node.of, Name) and isinstance(node.by, Name)):
        return None
    place = _step(node.of, steps)
    if place is None or _step(node.by, steps) is not None:
        return None
    return node, place, (node.of.base, node.by.base)


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

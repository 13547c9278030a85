"""Immediate derivatives: of one step of a recurrence by a parameter, with the steps before it held fixed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from ..formulas import Derivative, Name, Node, Number, Summation, bases_in, children, key, map_children, walk
from .families import Rule, Survey
from .indices import Slot, letters, names_with_bound, slots
from .knowledge import Knowledge

HELD = "equal where the steps before are held fixed"
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


def meanings(left: Node, right: Node, *, found: Survey, summed: Collection[Pair]) -> Iterator[tuple[Node, Node, str]]:
    """Yield a link as it may be meant where steps are differentiated, and what is other then."""
    steps = found.counted
    own = {pair for side in (left, right) for pair in _explicit(side, found.rules, steps)}
    ways = [(immediate(left, steps, pairs), immediate(right, steps, pairs), HELD) for pairs in (None, summed, own)]
    if not any(node.index is not None and key(node.index) in found.steps for node in found.sums):
        ways.append((share(left, right, steps), right, "equal for the share of one step"))
    yield from (way for way in ways if way[:2] != (left, right))


def _explicit(node: Node, rules: Iterable[Rule], steps: Collection[Slot]) -> Iterator[Pair]:
    """Yield what is differentiated by a parameter in its own formula: of one step, unless it is a state itself.

    Where ``z_t = \\sigma(w x_t + u h_{t-1})``, the derivative of a gate such as z_t by w is that of this formula.
    """
    bodies = [(rule.head.base, bases_in(rule.body)) for rule in rules]
    pairs = (found[2] for part in walk(node) if (found := _of_step(part, steps)) is not None)
    yield from (
        (of, by) for of, by in pairs if any(of == head and by in body and of not in body for head, body in bodies)
    )


def share(left: Node, right: Node, steps: Collection[Slot]) -> Node:
    """Return a derivative by a parameter as that by its copy of the one step of which the other side is.

    As in ``\\partial L / \\partial W = \\delta_t x_t^T``, which is to be added up over the steps.
    """
    if not (isinstance(left, Derivative) and isinstance(left.of, Name) and isinstance(left.by, Name)):
        return left
    places = {
        letter
        for name, bound in names_with_bound(right)
        if (place := _step(name, steps)) is not None
        for letter in {*letters(place)} - bound
    }
    if len(places) != 1 or _step(left.by, steps) is not None or _step(left.of, steps) is not None:
        return left
    return replace(left, by=_copy(left.by, Name(places.pop())))


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

"""Slips that put one quantity for another: its name, or its value.

Each rule yields what a part may be exchanged for; with ``back`` it goes from what stands there to what belongs there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from ..formulas import Derivative, Group, Name, Negative, Node, Number, key
from .digits import changed
from .indices import is_letter, letters
from .known import Context, Known, is_sibling, is_update_of

Change = Callable[[Node, Context], Iterator[tuple[Node, str]]]
Relation = Callable[[Context, Node, Node], bool]  # of what stands there and what belongs there


def updates(context: Context, stands: Node, belongs: Node) -> bool:
    """One is the other before or after a step."""
    del context
    return is_update_of(stands, belongs)


def feeds(context: Context, stands: Node, belongs: Node) -> bool:
    """The input of a unit stands for its output."""
    return context.is_input_of(stands, belongs)


def siblings(context: Context, stands: Node, belongs: Node) -> bool:
    """Both are of one kind."""
    del context
    return is_sibling(stands, belongs)


def unrelated(context: Context, stands: Node, belongs: Node) -> bool:
    """Neither of the above."""
    related = updates, feeds, siblings
    return key(stands) != key(belongs) and not any(relation(context, stands, belongs) for relation in related)


def names(relation: Relation, *, back: bool) -> Change:
    """Return the rule that exchanges names, also those of and by which something is differentiated."""

    def rule(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
        if isinstance(part, Name):
            yield from ((name, "") for name in _others(part, context, relation, back=back))
        elif isinstance(part, Derivative):
            for slot in ("of", "by"):
                inner = getattr(part, slot)
                for name in _others(inner, context, relation, back=back) if isinstance(inner, Name) else ():
                    new = replace(part, **{slot: name})  # type: ignore[arg-type]  # both are nodes
                    if context.leads(new.by, new.of):
                        yield new, ""

    return rule


def _others(part: Name, context: Context, relation: Relation, *, back: bool) -> Iterator[Name]:
    for name in context.names:
        stands, belongs = (part, name) if back else (name, part)
        if relation(context, stands, belongs):
            yield name
    if back and relation is siblings:
        moved = (*shifted(part, context.steps), *relettered(part, context.near_letters))
        yield from (name for name in moved if name not in context.names)


def shifted(name: Name, steps: Collection[Node]) -> Iterator[Name]:
    """Yield a name a step further or back: ``h_t`` as ``h_{t-1}``, where the document writes some name so."""
    for slot in ("sub", "label"):
        own: tuple[Node, ...] = getattr(name, slot)
        for place, index in enumerate(own):
            others = (step for step in steps if step != index and letters(step) == letters(index))
            yield from (replace(name, **{slot: (*own[:place], other, *own[place + 1 :])}) for other in others)  # type: ignore[arg-type]


def relettered(name: Name, others: Collection[Node]) -> Iterator[Name]:
    """Yield a name with another letter for one of its indices: ``p_i`` as ``p_j``."""
    for place, index in enumerate(name.sub):
        if is_letter(index):
            yield from (replace(name, sub=(*name.sub[:place], o, *name.sub[place + 1 :])) for o in others if o != index)


def values(relation: Relation, *, back: bool) -> Change:
    """Return the rule that exchanges printed values of quantities."""

    def rule(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
        if not isinstance(part, Number):
            return
        owners = context.owners(part.text)
        for known in context.known if owners else ():
            for owner in owners:
                stands, belongs = (owner, known) if back else (known, owner)
                if relation(context, stands.node, belongs.node) and known.text.lstrip("-") != part.text:
                    yield signed(known), belongs.name
                    break

    return rule


def settings(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    """Put any number for a learning rate or a target."""
    if isinstance(part, Number):
        for known in context.owners(part.text):
            if context.is_setting(known.node):
                yield from ((Number(text), known.name) for text in changed(part.text))
                others = (other for other in context.known if other.text.lstrip("-") != part.text)
                yield from ((signed(other), known.name) for other in others if not _is_derivative(other))


def reset(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    """Put the learning rate or a target back."""
    if isinstance(part, Number) and "." in part.text:
        for known in context.known:
            if context.is_setting(known.node) and known.text != part.text:
                yield signed(known), known.name


def _is_derivative(known: Known) -> bool:
    return isinstance(known.node, Derivative)


def signed(known: Known) -> Node:
    """Return the printed value of a quantity as a part of a formula."""
    size = Number(known.text.lstrip("-"))
    return Group(Negative(size)) if known.text.startswith("-") else size

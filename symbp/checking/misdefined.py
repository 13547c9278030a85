"""Definitions that contradict what the document says elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ..formulas import Derivative, Gradient, Name, Node, Product, key, walk
from .judgement import Judgement
from .knowledge import names_in
from .laws import broken_law
from .stages import Stages
from .structure import without
from .updates import parameter


def misdefined(number: int, left: Node, right: Node, stages: Stages) -> Judgement | None:
    """Return that the definition in a chain cannot be right; nothing where it may be."""
    indexed = stages.at(number).indexed
    if found := indexed.contradicted(left, right) or in_circle(number, left, right, stages):
        return found
    broken = broken_law(left, right, indexed)
    return broken[2] if broken else None


def in_circle(number: int, left: Node, right: Node, stages: Stages) -> Judgement | None:
    """Return that a chain defines a quantity by what comes of it further on; nothing where it does not.

    ``z = w^+ x`` before ``w^+ = w - c dE/dw``, or ``z = E x`` before ``dE/dz``.
    """
    if not isinstance(left, Name) or any(isinstance(part, Gradient) for part in walk(right)):
        return None
    known, heads = stages.knowledge, stages.heads
    differentiated = {of for of, by in known.differentiated.items() if key(left) in by}
    if not differentiated:
        return None
    later = {name for name in known.names if heads.get(name, number + 1) > number} - {key(left)}
    behind = differentiated & later
    for part in (part for part in walk(right) if isinstance(part, Name) and key(part) in later):
        own = parameter(part)  # of which the value after a step depends on all by which a loss is differentiated too
        stepped = {of for of in behind if own is not None and key(own) in known.differentiated[of]}
        found = sorted(stepped | behind & known.reach(part))
        if found and (meant := next(_meant(part, right, found[0], stages), None)):
            text = f"{key(part)} depends on {key(left)} itself: the text differentiates {found[0]} by it"
            return Judgement("refuted", text, instead=meant)
    return None


def _meant(part: Name, right: Node, of: str, stages: Stages) -> Iterator[tuple[str, Node, Node]]:
    """Yield what belongs there: the parameter before its step, or the one by which the text differentiates in vain."""
    known = stages.knowledge
    parts = [inner for inner in walk(right) if isinstance(inner, Product)]
    for whole in parts:
        slopes = (place for place, one in enumerate(whole.factors) if isinstance(one, Derivative) and one.of == part)
        yield from (("extra factor", whole, without(whole, place)) for place in slopes)
    if (own := parameter(part)) is not None:
        products = (whole.factors for whole in parts if part in whole.factors)
        kin = {other.base for factors in products for other in factors if isinstance(other, Name) and other != part}
        if own.base not in kin:  # no product of two weights is meant
            yield "old or updated value", part, own
        return
    steps = {name for name, node in known.names.items() if parameter(node) is not None}
    used = set().union(*(names_in(formula) for name, formula in known.definitions.items() if name not in steps))
    idle = [name for name in known.differentiated[of] if name not in used and name not in stages.heads]
    if len(idle) == 1 and idle[0] in known.names:
        yield "exchanged symbol", part, known.names[idle[0]]

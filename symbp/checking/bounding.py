"""Links of a convolution, in which what is outside of its range counts as zero."""

from __future__ import annotations

from ..formulas import Derivative, Name, Node, Number, key
from .families import Survey
from .indices import slots
from .instances import kind
from .knowledge import Knowledge
from .parts import replaced


def bounded_by_zero(left: Node, right: Node, numbered: Knowledge, found: Survey) -> tuple[Node, Node] | None:
    """Return a link in which what is outside of its range is zero, as the weights of a convolution; if any is."""
    if not found.shifted:
        return None
    used = numbered.defined_or_used
    kinds = {kind(numbered.names[name]) for name in used & numbered.names.keys()}

    def is_outside(part: Node) -> bool:
        if not isinstance(part, Name) or part.base not in found.shifted or key(part) in used:
            return False
        return kind(part) in kinds and not any(slot in found.counted for slot, _ in slots(part))  # no h_{t-1}

    def bounded(part: Node) -> Node | None:
        slope = isinstance(part, Derivative) and is_outside(part.by)
        return Number("0") if slope or is_outside(part) else None

    sides = replaced(left, bounded), replaced(right, bounded)
    return None if sides == (left, right) else sides

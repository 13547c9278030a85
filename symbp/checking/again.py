"""What a name is said to be once more, where that is no contradiction: for any of its kind, by another scale, anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..formulas import Derivative, Name, Node, has_part, key, map_children, names_in, walk
from .knowledge import Knowledge, Place, Read
from .known import Context
from .places import bare
from .slips import making

SCALES = frozenset({"factor 2 or 1/2", "mean for sum", "sum for mean"})


def said_again(place: Place, left: Name, right: Node, known: Knowledge, chains: Sequence[Read]) -> str:
    """Return why the head of a chain claims nothing though another chain defines it, or an empty string."""
    source, said = known.sources.get(key(left)), known.definitions.get(key(left))
    if said is None or source is None:
        return "a new beginning" if _begins_anew(place, left, right, known, chains) else ""
    if source == place or source[1] > 0 or has_part(right, Derivative):
        return ""
    if bare(right) == bare(_of_any(said)) != bare(said):
        return "a definition for any of its kind"
    return "defined anew further on" if source > place and is_another_scale(said, right, known) else ""


def is_another_scale(formula: Node, other: Node, known: Knowledge) -> bool | None:
    """Whether a formula is another one but for 1/2 or a mean; nothing where no slip makes the one of the other."""
    slips = (making(one, two, Context(known, formulas=(one,))) for one, two in ((formula, other), (other, formula)))
    slip = next(filter(None, slips), None)
    return slip.name in SCALES if slip is not None else None


def _of_any(node: Node) -> Node:
    """Return a formula without the indices and labels of its names."""
    node = map_children(node, _of_any)
    return replace(node, sub=(), label=()) if isinstance(node, Name) else node


def _begins_anew(place: Place, left: Name, right: Node, known: Knowledge, chains: Sequence[Read]) -> bool:
    """Whether what was free is defined by what depends on it: in another example, as ``y`` after ``z = y - t``.

    So if something was differentiated by it before; else the two are a circle.
    """
    name = key(left)
    if name in names_in(right) or name in known.givens or name not in known.reach(right):
        return False
    parts = (part for chain in chains[: place[0]] for node in chain.nodes for part in walk(node))
    return any(isinstance(part, Derivative) and name in names_in(part.by) for part in parts)

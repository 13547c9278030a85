"""One name that stands for another in every place of a member: ``a_j (1 - a_j)`` for ``a_i (1 - a_i)``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..formulas import Derivative, Name, Node, key, walk
from .exchanges import siblings
from .knowledge import names_in
from .places import spliced
from .repaired import Repair
from .work import size

if TYPE_CHECKING:
    from .searching import Search

WORDS = "this is of another unit or index: {old} stands where {new} belongs, each time"
WORDS_ZH = "用了另一个单元（下标）的量：各处的 {old} 应为 {new}"


def exchanged(search: Search) -> Repair | None:
    """Return the repair of a member in which a name stands twice or more, and each time for the same other one."""
    for places in _repeated(search.wrong.node):
        for name in search.context.names:
            if search.work.is_over or not siblings(search.context, places[0], name):
                continue
            text = search.wrong.text
            for place in sorted(places, key=lambda place: -place.span[0]):
                text = spliced(text, place, name, tex=search.wrong.tex)
            search.work.spend(search.effort * size(search.right, search.wrong.node))
            if search.stands(text):
                words = {"old": search.written(places[0]), "new": search.written(name)}
                return Repair(text, "wrong index", WORDS.format(**words), WORDS_ZH.format(**words))
    return None


def _repeated(node: Node) -> Iterator[list[Name]]:
    """Yield the places of each name that stands twice or more, but in no derivative: another one would be 0."""
    found: dict[str, list[Name]] = {}
    for part in walk(node):
        if isinstance(part, Name) and part.sub:
            found.setdefault(key(part), []).append(part)
    inside = {name for part in walk(node) if isinstance(part, Derivative) for name in names_in(part)}
    yield from (places for name, places in found.items() if len(places) > 1 and name not in inside)

"""One name that stands for another in every place of a member: ``a_j (1 - a_j)`` for ``a_i (1 - a_i)``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..formulas import Derivative, Name, Negative, Node, Sum, key, walk, without_groups
from .exchanges import Relation, feeds, shifted, siblings
from .indices import letters_of
from .knowledge import names_in
from .places import spliced
from .repaired import Repair
from .slip_records import Slip
from .slips import NAMED
from .work import size

if TYPE_CHECKING:
    from .searching import Search

EACH, EACH_ZH = ", each time", "（各处）"
WAYS: tuple[tuple[Relation, Slip], ...] = (
    (siblings, NAMED["wrong index"]),
    (feeds, NAMED["input for output"]),
)


def exchanged(search: Search) -> Repair | None:
    """Return the repair of a member in which a name stands twice or more, and each time for the same other one."""
    for places in _repeated(search.wrong.node):
        for relation, slip in WAYS:
            others = (name for name in search.context.names if relation(search.context, places[0], name))
            if found := _written_anew(search, places, others, slip):
                return found
    return None


def otherwise_indexed(search: Search, head: Name) -> Repair | None:
    """Return the repair of a rule for a quantity with letters in which that itself stands for one of another index.

    Where it stands as a term, as in ``w_{ij} = w_{ij} - c``, nothing is wrong.
    """
    whole = without_groups(search.wrong.node)
    terms = whole.terms if isinstance(whole, Sum) else (whole,)
    own = [part for part in walk(search.wrong.node) if part == head and isinstance(part, Name)]
    own_terms = (term.body if isinstance(term, Negative) else term for term in terms)
    if not own or not letters_of([head]) or head in own_terms or not all(place.span[1] for place in own):
        return None
    others = (name for name in search.context.names if siblings(search.context, head, name))
    names = dict.fromkeys((*shifted(head, search.context.steps), *others))
    return _written_anew(search, own, names, NAMED["wrong index"])


def _written_anew(search: Search, places: list[Name], others: Iterable[Name], slip: Slip) -> Repair | None:
    """Return the repair by which one of some other names stands in all of some places."""
    for name in others:
        if search.work.is_over:
            return None
        text = search.wrong.text
        for place in sorted(places, key=lambda place: -place.span[0]):
            text = spliced(text, place, name, tex=search.wrong.tex)
        search.work.spend(search.effort * size(search.right, search.wrong.node))
        if search.stands(text):
            words = {"old": search.written(places[0]), "new": search.written(name)}
            one, other = slip.sentence.format(**words), slip.sentence_zh.format(**words)
            each, each_zh = (EACH, EACH_ZH) if len(places) > 1 else ("", "")
            return Repair(text, slip.name, one + each, other + each_zh)
    return None


def _repeated(node: Node) -> Iterator[list[Name]]:
    """Yield the places of each name that stands twice or more, but in no derivative: another one would be 0."""
    found: dict[str, list[Name]] = {}
    for part in walk(node):
        if isinstance(part, Name):
            found.setdefault(key(part), []).append(part)
    inside = {name for part in walk(node) if isinstance(part, Derivative) for name in names_in(part)}
    for name, places in found.items():
        if len(places) > 1 and name not in inside and all(place.span[1] for place in places):
            yield places

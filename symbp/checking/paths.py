"""The way from the one quantity to the other that a product of derivatives should take, where it takes a wrong one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, pairwise, product

from ..formulas import Derivative, Name, Node, bases_in, key, without_groups
from .knowledge import Knowledge
from .parts import replaced
from .schematic import factors_of

MOST_TRIED = 12  # ways from the one quantity to the other

Steps = dict[Derivative, Derivative]


def right_way(left: Node, right: Node, knowledge: Knowledge, holds: Callable[[Node, Node], bool]) -> Steps | None:
    """Return the steps that a wrong product of derivatives should have; nothing where none or several would do.

    What stands between two steps keeps its word, such as ``net``, and is of another unit: one on which the first
    quantity depends, and which depends on the last.
    """
    whole, steps = without_groups(left), factors_of(right)
    slopes = [step for step in steps if isinstance(step, Derivative)]
    if not isinstance(whole, Derivative) or len(slopes) != len(steps) or len(set(steps)) < len(steps) or len(steps) < 2:
        return None
    found = []
    for way in islice(_ways(whole, slopes, knowledge), MOST_TRIED):
        new = {old: replace(old, of=of, by=by) for old, (of, by) in zip(slopes, pairwise(way), strict=True)}
        meant = replaced(right, lambda part, new=new: new.get(part) if isinstance(part, Derivative) else None)  # type: ignore[misc]
        if meant != right and holds(left, meant):
            found.append({old: other for old, other in new.items() if old != other})
    return found[0] if len(found) == 1 else None


def _ways(whole: Derivative, slopes: list[Derivative], knowledge: Knowledge) -> Iterator[tuple[Node, ...]]:
    """Yield the quantities from the one to the other, between every two steps one of a word that is printed there."""
    between = [
        [name for name in _of_words((before.by, behind.of), knowledge) if _is_between(name, whole, knowledge)]
        for before, behind in pairwise(slopes)
    ]
    for names in product(*between):
        way = (whole.of, *names, whole.by)
        if all(_leads(knowledge, one, other) for one, other in pairwise(way)):
            yield way


def _of_words(printed: tuple[Node, ...], knowledge: Knowledge) -> list[Name]:
    words = bases_in(*printed)
    return [name for _, name in sorted(knowledge.names.items()) if name.base in words]


def _is_between(name: Name, whole: Derivative, knowledge: Knowledge) -> bool:
    return name not in (whole.of, whole.by) and _leads(knowledge, whole.of, name) and _leads(knowledge, name, whole.by)


def _leads(knowledge: Knowledge, one: Node, other: Node) -> bool:
    return key(other) in knowledge.reach(one) and key(one) != key(other)

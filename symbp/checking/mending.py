"""Finds the definition or given value that is itself the mistake, when the links that follow from it are refuted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise

from ..formulas import Name, Node, ReadError, key, latex
from .collecting import Collector
from .judging import Judge
from .knowledge import Knowledge, Place, Read, is_closed, lone_number
from .slips import SLIPS, Context, places

MOST_SECONDS = 2.0
NEAR = 3  # chains after a definition, in which its numbers may be put in
FEWEST = 2  # refuted links that depend on a name, before its definition is doubted
NOWHERE: Place = (-1, -1)


def mended(knowledge: Knowledge, collector: Collector, chains: list[Read]) -> Knowledge:
    """Return what a document means: a slip in a definition or given value is undone where that makes the rest hold."""
    refuted = _refuted(knowledge, chains)
    if len(refuted) < FEWEST:
        return knowledge
    stop = time.monotonic() + MOST_SECONDS
    values, formulas = _other_values(knowledge, collector, refuted), _other_formulas(knowledge, chains, refuted, stop)
    for rival, name in chain(values, formulas):
        if time.monotonic() > stop:
            break
        own = knowledge.sources[name][0]  # the chain that shows the slip is wrong either way
        before, after = (sum(place[0] != own for place, _, _ in links) for links in (refuted, _refuted(rival, chains)))
        if 2 * after < before:
            return replace(rival, sources={**rival.sources, name: NOWHERE})
    return knowledge


def _refuted(knowledge: Knowledge, chains: list[Read]) -> list[tuple[Place, Node, Node]]:
    judge = Judge(knowledge)
    found = []
    for number, read in enumerate(chains):
        for place, (left, right) in enumerate(pairwise(read.members)):
            if isinstance(left, ReadError) or isinstance(right, ReadError):
                continue
            if not _is_source(knowledge, left, (number, place)) and judge.link(left, right).verdict == "refuted":
                found.append(((number, place), left, right))
    return found


def _is_source(knowledge: Knowledge, left: Node, place: Place) -> bool:
    return isinstance(left, Name) and knowledge.sources.get(key(left)) == place


def _other_values(
    knowledge: Knowledge, collector: Collector, refuted: list[tuple[Place, Node, Node]]
) -> Iterator[tuple[Knowledge, str]]:
    """Yield the knowledge in which a given number is what most lines put in for its name."""
    for name, votes in collector.literals.items():
        given = knowledge.givens.get(name)
        if given is None or lone_number(given) is None:
            continue
        depends = sum(name in knowledge.reach(left) | knowledge.reach(right) for _, left, right in refuted)
        other, count = Counter(latex(vote) for vote in votes).most_common(1)[0]
        if depends >= FEWEST and count >= FEWEST and other != latex(given):
            value = next(vote for vote in votes if latex(vote) == other)
            yield replace(knowledge, givens={**knowledge.givens, name: value}), name


def _other_formulas(
    knowledge: Knowledge, chains: list[Read], refuted: list[tuple[Place, Node, Node]], stop: float
) -> Iterator[tuple[Knowledge, str]]:
    """Yield the knowledge in which one slip is undone in a definition whose own chain does not go on from it."""
    context = Context(knowledge, ())
    broken = {place for place, _, _ in refuted}
    for name, (number, place) in knowledge.sources.items():
        if name not in knowledge.definitions or place != 0:
            continue
        going_on = _going_on(name, number, chains, broken)
        if going_on is None:
            continue
        outside = (knowledge.reach(left) | knowledge.reach(right) for (at, _), left, right in refuted if at != number)
        if not any(name in names for names in outside):
            continue
        for slip in SLIPS:
            for part, rebuild in places(knowledge.definitions[name]):
                for new, _ in slip.undo(part, context):
                    if time.monotonic() > stop:
                        return
                    formula = rebuild(new)
                    rival = replace(knowledge, definitions={**knowledge.definitions, name: formula})
                    if name not in rival.needs(name) and _goes_on(rival, formula, going_on):
                        yield rival, name


def _going_on(name: str, number: int, chains: list[Read], broken: set[Place]) -> Node | None:
    """Return the refuted member that a definition should equal: the next one, or its numbers further on."""
    if (number, 1) in broken:
        following = chains[number].members[2]
        return following if isinstance(following, Node) else None
    for other, read in enumerate(chains[number + 1 : number + 1 + NEAR], number + 1):
        head, second = read.members[:2]
        if (other, 0) in broken and isinstance(head, Name) and key(head) == name and isinstance(second, Node):
            return second if is_closed(second) else None
    return None


def _goes_on(rival: Knowledge, formula: Node, following: Node) -> bool:
    return Judge(rival).link(formula, following).verdict in ("proved", "holds")

"""Functions that a document defines anew: a list of activations calls each of them ``g``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..formulas import Apply, Node, key, walk
from .judging import Judge
from .knowledge import CONSTANTS, NOWHERE, Defined, Knowledge, Place, Read, names_in

Turns = Mapping[str, Sequence[tuple[int, Defined]]]  # by the key of a function, from which chain on it is what


def turns(functions: Mapping[str, Sequence[tuple[Defined, Place]]], knowledge: Knowledge, chains: list[Read]) -> Turns:
    """Return what each function is that is said to be several: formulas in nothing but its arguments."""
    found = {name: _own(name, bodies, knowledge, chains) for name, bodies in functions.items() if bodies[1:]}
    return {name: own for name, own in found.items() if own[1:]}


def _own(
    name: str, bodies: Sequence[tuple[Defined, Place]], knowledge: Knowledge, chains: list[Read]
) -> list[tuple[int, Defined]]:
    found = [(place[0], body) for body, place in bodies[:1] if knowledge.functions.get(name) == body]
    for body, (number, link) in bodies[1:] if found else ():
        left, right = chains[number].members[:2]
        if link or not isinstance(left, Apply) or not isinstance(right, Node):
            continue
        judge = Judge(replace(knowledge, functions={**knowledge.functions, name: found[-1][1]}))
        if names_in(right) <= {*body.parameters, *CONSTANTS} and not judge.identical(left, right):
            found.append((number, body))
    return found


def turn_at(events: Sequence[tuple[int, Defined]], number: int, chains: list[Read]) -> int:
    """Return which of them holds at a chain: the last one that its section has said, else the first."""
    section = chains[number].chain.section
    own = (place for place, (at, _) in enumerate(events) if at <= number and chains[at].chain.section == section)
    return max(own, default=0)


def is_before(found: Turns, number: int, *sides: Node, knowledge: Knowledge, chains: list[Read]) -> bool:
    """Whether what stands behind a link was made with a function that its section has defined anew since."""
    behind = [name for side in sides for name in knowledge.reach(side) if name in knowledge.definitions]
    for function, events in found.items():
        since = events[place][0] if (place := turn_at(events, number, chains)) else 0
        early = (knowledge.definitions[name] for name in behind if 0 <= knowledge.sources.get(name, NOWHERE)[0] < since)
        if any(key(part.function) == function for body in early for part in walk(body) if isinstance(part, Apply)):
            return True
    return False

"""Functions that a document defines anew: a list of activations calls each of them ``g``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..formulas import Apply, Node, key, walk
from .judging import Judge
from .knowledge import Defined, Knowledge, Place, Read, names_in

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
        if names_in(right) <= {*body.parameters, "e", "\\pi"} and not judge.identical(left, right):
            found.append((number, body))
    return found


def turn_at(events: Sequence[tuple[int, Defined]], number: int, chains: list[Read]) -> int:
    """Return which of them holds at a chain: the last one that its section has said, else the first."""
    section = chains[number].chain.section
    own = (place for place, (at, _) in enumerate(events) if at <= number and chains[at].chain.section == section)
    return max(own, default=0)


def is_behind(turns: Turns, knowledge: Knowledge, *sides: Node) -> bool:
    """Whether such a function stands behind a link and not in it, so that it may be what it was before."""
    here, behind = (
        {key(part.function) for formula in formulas for part in walk(formula) if isinstance(part, Apply)}
        for formulas in (sides, knowledge.behind(*sides))
    )
    return not turns.keys().isdisjoint(behind - here)

"""Derivatives that a text takes to be a number before it goes on with them, as ``dL/dh = 1``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..formulas import Node, ReadError
from .judgement import Judgement
from .judging import Judge
from .knowledge import Knowledge, Read, lone_number, slope_key

TAKEN = "equal with the derivative that is taken to be a number before it"


def by_upstream(left: Node, right: Node, knowledge: Knowledge, before: Iterable[Read]) -> Judgement | None:
    """Return the verdict on a link about a quantity that is not defined, by its derivatives that are whole numbers.

    Nothing where these leave it open.
    """
    open_ = (knowledge.reach(left) | knowledge.reach(right)) & knowledge.open_quantities
    pairs = {(of, by) for of in open_ for by in knowledge.generic[of]}
    found = ((pair, value) for pair, value in map(_taken, before) if pair in pairs and isinstance(value, Node))
    taken = {pair: value for pair, value in found if pair is not None and pair not in knowledge.stated}
    if not taken or pairs != taken.keys():
        return None
    trial = replace(knowledge, stated={**knowledge.stated, **taken})
    judgement = Judge(trial, trusts=True).link(left, right)
    if judgement.passes:
        return Judgement("holds", TAKEN, judgement.sides)
    return judgement if judgement.verdict == "refuted" else None


def _taken(read: Read) -> tuple[tuple[str, str] | None, Node | ReadError]:
    """Return the derivative of which a chain says no more than that it is a whole number, and the number."""
    head, last = read.members[0], read.members[-1]
    number = lone_number(last) if isinstance(last, Node) and len(read.members) == 2 else None
    whole = number is not None and number.text.isdigit()
    return (slope_key(head) if whole else None), last

"""Definitions that a later line replaces: what follows holds by that, and not by what was said first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from ..formulas import Node
from .again import is_another_scale
from .collecting import Collector
from .knowledge import Knowledge, Place, links
from .looks import LOSSES
from .places import bare
from .rivals import ANEW, is_slope
from .stages import Stages


def renewed(stages: Stages, collector: Collector, stages_of: Callable[[Knowledge], Stages]) -> Stages:
    """Return what a document says where names are defined anew, if more than half of the refuted links hold so.

    Where the first formula is the second with a slip in it, it is that; else each holds from its place on. For a
    loss a single refuted link is enough where no slip leads from the one formula to the other.
    """
    for name, found in collector.candidates.items():
        known = stages.knowledge
        if name not in known.definitions or name in known.several or is_slope(known, name, found):
            continue
        for one, other in _turns(found, stages):
            behind = [link for link in links(stages.chains) if name in known.reach(link[1]) | known.reach(link[2])]
            behind = [link for link in behind if link[0] not in (one[1], other[1])]
            before = {place: stages.link(place[0], *sides).verdict for place, *sides in behind}
            refuted = [place for place, verdict in before.items() if verdict == "refuted" and place > other[1]]
            single = len(refuted) == 1 and name in known.names and known.names[name].base in LOSSES
            if len(refuted) < ANEW and not single:
                continue
            scale = is_another_scale(other[0], one[0], known)
            if single and scale is not None:
                continue
            rival = stages_of(_with(name, other, known, is_slip=scale is False))
            after = {place: rival.link(place[0], *sides).verdict for place, *sides in behind}
            lost = any(after[place] == "refuted" != verdict for place, verdict in before.items())
            if not lost and 2 * sum(after[place] == "refuted" for place in refuted) < len(refuted):
                stages = rival
                break
    return stages


def _turns(found: list[tuple[Node, Place]], stages: Stages) -> Iterator[tuple[tuple[Node, Place], tuple[Node, Place]]]:
    """Yield two formulas for a name that follow each other and differ, each at the head of a chain."""
    judge = stages.at(0).bare
    outright = sorted((one for one in found if one[1][1] == 0), key=lambda one: one[1])
    for one, other in pairwise(outright):
        if bare(one[0]) != bare(other[0]) and not judge.identical(one[0], other[0]):
            yield one, other


def _with(name: str, second: tuple[Node, Place], known: Knowledge, *, is_slip: bool) -> Knowledge:
    """Return what a document says where a name is defined anew; where the first formula is a slip, by the second."""
    if not is_slip:
        return replace(known, several=known.several | {name})
    formula, place = second
    return replace(known, definitions={**known.definitions, name: formula}, sources={**known.sources, name: place})

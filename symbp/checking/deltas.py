r"""Deltas of which a document does not say whose derivative they are: that of its loss by the net input of their layer.

Where ``Z_2 = A_1 W_2 + b_2`` and ``\frac{\partial L}{\partial W_2} = A_1^T \delta_2``, with nothing else said of L,
``\delta_2`` is ``\frac{\partial L}{\partial Z_2}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace

from ..formulas import Name, key
from .knowledge import Knowledge, links, names_in, slope_key
from .looks import LOSSES
from .presumed import Link
from .stages import Stages
from .unsaid import completed

DELTA = "\\delta"


@dataclass(frozen=True, slots=True)
class _Open:
    """A loss that is not defined, a delta, the net input with its index, and the links that have both."""

    loss: Name
    delta: Name
    net: Name
    links: list[Link]


def with_deltas(stages: Stages, stages_of: Callable[[Knowledge], Stages]) -> Stages:
    """Return what a document says, with the meaning of the delta from which others come, where links bear it out."""
    for one in _open(stages):
        rival = stages_of(_with(stages.knowledge, one))
        if any(rival.link(place[0], left, right).passes for place, left, right in one.links):
            return rival
    return stages


def _open(stages: Stages) -> Iterator[_Open]:
    known = stages.knowledge
    named = {name: known.names[name] for name in known.definitions if name in known.names}
    deltas = [node for node in named.values() if node.base == DELTA and not _needs_delta(known, node)]
    if not deltas:
        return
    for of, by in known.differentiated.items():
        loss = known.names.get(of)
        if loss is None or loss.base not in LOSSES or of in known.defined or (loss.sub or loss.label):
            continue
        for delta in deltas:
            nets = [node for node in named.values() if (node.sub, node.label) == (delta.sub, delta.label)]
            for net in (node for node in nets if node != delta and key(node) not in by):
                own = names_in(known.definitions[key(net)]) & by.keys()
                found = list(_between(of, own, key(delta), stages))
                if found:
                    yield _Open(loss, delta, net, found)


def _needs_delta(known: Knowledge, node: Name) -> bool:
    return any(known.names[name].base == DELTA for name in known.needs(key(node)) & known.names.keys())


def _between(of: str, by: Set[str], delta: str, stages: Stages) -> Iterator[Link]:
    """Yield the links that give the derivative of a loss by a parameter in terms of a delta."""
    for place, left, right in links(stages.chains):
        pair = slope_key(left)
        if pair is not None and pair[0] == of and pair[1] in by and delta in names_in(right):
            yield place, left, right


def _with(known: Knowledge, one: _Open) -> Knowledge:
    of, by = key(one.loss), key(one.net)
    differentiated = {**known.differentiated, of: {**known.differentiated[of], by: 1}}
    expansions = {**known.expansions, (of, by): (one.delta,)}
    return completed(replace(known, differentiated=differentiated, expansions=expansions))

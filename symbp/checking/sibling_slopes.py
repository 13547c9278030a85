r"""Names that should be derivatives of a loss, as they are in other layers: ``\delta^1`` beside ``\delta^2``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..formulas import Derivative, Name, Negative, Node, key
from .judgement import Judgement
from .looks import LOSSES
from .stages import Stages


def sibling_slopes(stages: Stages) -> Mapping[str, Node]:
    r"""Return the defined names of which another with the same letter is the derivative of a loss, each with its own.

    Where ``\delta^2`` is that by ``z^2``, ``\delta^1`` should be the one by ``z^1``: what is not has a slip in it.
    """
    known = stages.knowledge
    defined = [known.names[name] for name in known.definitions if name in known.names]
    named = (known.names[name] for name in sorted({*known.definitions, *known.generic} & known.names.keys()))
    losses = [name for name in named if name.base in LOSSES and not (name.sub or name.label)]
    families: dict[str, list[Name]] = {}
    for name in defined:
        if name.sub or name.label:
            families.setdefault(name.base, []).append(name)
    found: dict[str, Node] = {}
    for family in (family for family in families.values() if len(family) > 1):
        own = set(map(key, family))
        for loss in (loss for loss in losses if own.isdisjoint(known.moves(loss))):
            found |= _slopes(family, loss, stages)
    return found


def _slopes(family: list[Name], loss: Name, stages: Stages) -> dict[str, Node]:
    """Return what names with one letter should be, where one of them is: the derivatives by another letter."""
    behind, names = stages.knowledge.moves(loss), stages.knowledge.names
    others = [names[name] for name in sorted(behind & stages.knowledge.definitions.keys() & names.keys())]
    for one in family:
        for by in (name for name in others if (name.sub, name.label) == (one.sub, one.label)):
            own = {key(name): replace(name, base=by.base) for name in family}
            own = {name: part for name, part in own.items() if key(part) in behind}
            for sign in (False, True) if len(own) > 1 else ():
                slopes = {name: _slope(loss, part, sign=sign) for name, part in own.items()}
                if _link(one, slopes[key(one)], stages).passes:
                    return slopes
    return {}


def _slope(loss: Name, by: Name, *, sign: bool) -> Node:
    slope = Derivative(loss, by)
    return Negative(slope) if sign else slope


def _link(name: Name, slope: Node, stages: Stages) -> Judgement:
    number, _ = stages.knowledge.sources.get(key(name), (0, 0))
    return stages.at(max(number, 0)).judge.link(slope, name)

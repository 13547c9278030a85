"""Losses that come out as arrays, as where the index of a sample further on looks like that of a unit."""

from __future__ import annotations

from contextlib import suppress

from ..formulas import Derivative, Name, Node, walk
from .arrays import Grid, Mismatch
from .fields import Balls
from .indexed import Indexed
from .limits import Undecided
from .looks import LOSSES


def has_array_loss(indexed: Indexed, left: Node, right: Node) -> bool:
    """Whether a link is about derivatives of a loss that is no number: what made it one may be misread."""
    formulas = indexed.judge.knowledge.behind(left, right)
    slopes = (part for formula in formulas for part in walk(formula) if isinstance(part, Derivative))
    losses = {slope.of for slope in slopes if isinstance(slope.of, Name) and slope.of.base in LOSSES}
    judge = indexed.numbered if losses and indexed.is_lettered(left, right) else indexed.judge
    with suppress(Undecided, Mismatch):
        return any(isinstance(judge.value(loss, Balls(judge.knowledge)), Grid) for loss in losses)
    return False

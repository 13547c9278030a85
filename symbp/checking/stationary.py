"""Equations to solve for the point where a slope is zero, as the normal equations of least squares."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

from flint import arb, ctx

from ..formulas import Derivative, Gradient, Group, Name, Negative, Node, Sum, key, walk, without_groups
from .arrays import Grid, Mismatch
from .fields import Balls
from .judgement import Judgement
from .knowledge import CONSTANTS, Read, is_closed, lone_number, names_in
from .limits import PRECISION, Undecided
from .looks import LOSSES, RATES, decimals_in
from .stages import Stage

POINTS = 2


def where_stationary(stage: Stage, left: Node, right: Node) -> Judgement | None:
    """Return that a link is a condition: the difference of its sides is a multiple of a slope."""
    if isinstance(without_groups(left), Name) or decimals_in(left) or decimals_in(right):
        return None
    if (is_closed(right) and not _is_zero(right)) or is_closed(left):
        return None
    within = frozenset[str]().union(*map(names_in, _slopes(stage.chains)))
    if not _is_zero(right) and any(_is_of_step(part, within) for side in (left, right) for part in walk(side)):
        return None
    difference = left if _is_zero(right) else Sum((Group(left), Negative(Group(right))))
    same = _is_slope_of_loss(left) and _is_zero(right)
    slopes = [formula for formula in _slopes(stage.chains) if not same and _is_multiple(stage, difference, formula)]
    claimed = difference is not left and slopes and _is_multiple(stage, left, slopes[0])  # a slope with another factor
    return Judgement("given", "a condition") if same or (slopes and not claimed) else None


def _is_of_step(part: Node, within: Collection[str]) -> bool:
    """Whether a part belongs to a claim about slopes, or to a step against one, which is no equation to solve.

    What stands within a slope is no learning rate, as the lambda of a penalty.
    """
    rates = RATES - CONSTANTS.union(within)
    return isinstance(part, Derivative | Gradient) or (isinstance(part, Name) and key(part) in rates)


def _is_zero(node: Node) -> bool:
    number = lone_number(node)
    return number is not None and not number.text.strip("0.")


def _is_slope_of_loss(node: Node) -> bool:
    bare = without_groups(node)
    return isinstance(bare, Derivative | Gradient) and any(
        isinstance(name, Name) and name.base in LOSSES for name in (bare.of, getattr(bare.of, "function", None))
    )


def _slopes(chains: list[Read]) -> Iterator[Node]:
    """Yield what a document says that slopes are."""
    for chain in chains:
        nodes = chain.nodes
        if nodes and isinstance(nodes[0], Derivative | Gradient):
            yield from (one for one, _ in pairwise([*nodes[1:], nodes[0]]) if not is_closed(one))


def _is_multiple(stage: Stage, one: Node, other: Node) -> bool:
    """Whether the entries of two arrays have one ratio."""
    with suppress(Undecided, Mismatch), ctx.workprec(PRECISION):
        for point in range(POINTS):
            numbers = Balls(stage.knowledge, point)
            if not _have_one_ratio(stage.judge.value(one, numbers), stage.judge.value(other, numbers)):
                return False
        return True
    return False


def _have_one_ratio(one: Any, other: Any) -> bool:
    if not isinstance(one, Grid) or not isinstance(other, Grid) or one.shape != other.shape:
        return False
    first, *rest = zip(one.entries, other.entries, strict=True)
    apart = [first[0] * b - first[1] * a for a, b in rest]
    return bool(rest) and not first[1].overlaps(arb(0)) and all(value.overlaps(arb(0)) for value in apart)

"""Agreement that tells nothing: by a reading of numbers that allows almost anything, or because all is zero."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flint import arb, ctx

from ..formulas import Derivative, Name, Node, Number, Product, Sum, children, has_part, walk, without_groups
from .agreeing import is_printed
from .arrays import Mismatch
from .fields import Balls, last_place
from .kinks import is_kink
from .knowledge import lone_number
from .limits import PRECISION, Undecided

if TYPE_CHECKING:
    from .judging import Judge

MOST_UNITS = 10  # of the last printed place, that the rounding of given numbers may make up for
SHARPER = 10  # times, that the numbers printed for the parts must tell more


def says_nothing(judge: Judge, left: Node, right: Node, numbers: Balls) -> bool:
    """Whether two sides agree only because much is left open by the rounding of what lies far behind them.

    Who computes with more digits than are printed still comes near to what follows from those printed last. Or because
    both are 0 with the numbers that a document carries on, as ``2 (y - 5)`` is for ``y = 5``.
    """
    number = lone_number(right)
    if numbers.carries and not (is_printed(left) or is_printed(right)):
        with ctx.workprec(PRECISION):
            return are_zero(judge.side(left, numbers), judge.side(right, numbers))
    if not numbers.rounded or numbers.carries or number is None or "." not in number.text or is_printed(left):
        return False
    carried = replace(numbers, carries=True)
    with suppress(Undecided, Mismatch), ctx.workprec(PRECISION):
        wide, narrow = (judge.side(left, how) for how in (numbers, carried))
        if not isinstance(wide, arb) or not isinstance(narrow, arb):
            return False
        open_ = wide.rad() > MOST_UNITS * arb(f"1e{last_place(number.text)}")
        return bool(open_ and wide.rad() > SHARPER * narrow.rad()) and not judge.agree(left, right, carried)
    return False


def says_nought(side: Node) -> bool:
    """Whether a side, or a factor or term of it, is a printed 0."""
    whole = [part for part in walk(side) if isinstance(part, Sum | Product)]
    return any(without_groups(part) == Number("0") for part in (side, *(p for one in whole for p in children(one))))


def agree_nearby(judge: Judge, left: Node, right: Node) -> bool:
    """Whether two sides agree near the given values, and not by chance."""
    nearby = judge.is_equal_nearby(left, right)
    return nearby and not _vanish(judge, left, right) and not _mix_up(judge, left, right)


def _mix_up(judge: Judge, left: Node, right: Node) -> bool:
    """Whether a derivative agrees only as the output of a kink is equal to its input, not for the slope of this."""
    knowledge = judge.knowledge
    behind = knowledge.reach(left) | knowledge.reach(right)
    kinked = [name for name in behind & knowledge.definitions.keys() if _has_kink(knowledge.definitions[name])]
    if not kinked or not any(has_part(side, Derivative) for side in (left, right)):
        return False
    moved = {name: Sum((knowledge.definitions[name], Name(f"what {name} has more"))) for name in kinked}
    other = replace(judge, knowledge=replace(knowledge, definitions={**knowledge.definitions, **moved}), evaluators={})
    with suppress(Undecided, Mismatch):
        return not other.met(left, right, Balls(other.knowledge, near=True))[2]
    return False


def _has_kink(formula: Node) -> bool:
    return any(map(is_kink, walk(formula)))


def _vanish(judge: Judge, left: Node, right: Node) -> bool:
    """Whether two sides agree near the given values only because both are zero there, which neither of them says."""
    if says_nought(left) or says_nought(right):
        return False
    one, other, _ = judge.met(left, right, Balls(judge.knowledge, near=True))
    return are_zero(one, other)


def are_zero(*values: Any) -> bool:
    return all(isinstance(value, arb) and value == 0 for value in values)

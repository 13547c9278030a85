"""A reading of printed numbers that allows almost anything, where those printed for the parts of a link tell more."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from flint import arb, ctx

from ..formulas import Node
from .agreeing import is_printed
from .arrays import Mismatch
from .fields import Balls, last_place
from .knowledge import lone_number
from .limits import PRECISION, Undecided

if TYPE_CHECKING:
    from .judging import Judge

MOST_UNITS = 10  # of the last printed place, that the rounding of given numbers may make up for
SHARPER = 10  # times, that the numbers printed for the parts must tell more


def says_nothing(judge: Judge, left: Node, right: Node, numbers: Balls) -> bool:
    """Whether two sides agree only because much is left open by the rounding of what lies far behind them.

    Who computes with more digits than are printed still comes near to what follows from those printed last.
    """
    number = lone_number(right)
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

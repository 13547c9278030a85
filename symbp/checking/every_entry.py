"""Arrays all of whose entries are one number, for which a document prints that number, as where all units are alike."""

from __future__ import annotations

from contextlib import suppress

from ..formulas import Node
from .agreeing import fit
from .arrays import Grid, Mismatch
from .judgement import Judgement
from .judging import Judge
from .knowledge import is_closed
from .limits import Undecided


def every_entry(judge: Judge, left: Node, right: Node) -> Judgement | None:
    """Return that a link holds for every entry of its left side, an array beside a number; nothing where it does not.

    >>> from symbp import check
    >>> report = check(text="$d = 0.5$, $a = [1, 1]$, $d a = 0.5$")
    >>> report.equations[-1].links[0].reason
    'equal for every entry'
    """
    if not is_closed(right):
        return None
    for numbers, _ in judge.readings():
        with suppress(Undecided, Mismatch):
            one, other = judge.value(left, numbers), judge.value(right, numbers)
            if not isinstance(one, Grid) or isinstance(other, Grid):
                return None
            if all(fit(entry, other, sides=(right, right), exact=False) for entry in one.entries):
                return Judgement("holds", "equal for every entry", judge.sides(left, right))
    return None

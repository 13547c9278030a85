"""Agreement that tells nothing: by a reading of numbers that allows almost anything, or because all is zero."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flint import arb, ctx

from ..formulas import Derivative, Gradient, Name, Node, Number, Product, Sum, children, key, walk, without_groups
from .agreeing import is_printed
from .arrays import Grid, Mismatch
from .fields import MIXED, Balls, last_place
from .judgement import Judgement
from .knowledge import ROUNDED_DIGITS, Knowledge, is_closed, lone_number, names_in
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
            return _are_zero(judge.side(left, numbers), judge.side(right, numbers))
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


def telling(judge: Judge, left: Node, right: Node, judgement: Judgement) -> Judgement:
    """Return a verdict; undecided where it is so because a derivative is 0 by what is left unsaid.

    Of ``\\partial C / \\partial W`` nothing is known where nothing says how C depends on W. Nor is a link wrong because
    a quantity on the way is only printed as the number that it has.
    """
    closed = is_closed(left) or is_closed(right) or left == right
    if judgement.verdict == "undecided" or closed or _says_nought(left) or _says_nought(right):
        return judgement
    known = judge.knowledge
    slopes = [slope for node in known.behind(left, right) for slope in _slopes(node, known)]
    slopes = [slope for slope in slopes if judgement.passes or _is_broken(slope.of, known)]
    noughts = (_is_nought(judge, side) for side in (left, right))
    if not slopes or not (all(noughts) if judgement.passes else any(noughts)):
        return judgement
    lost = next((slope for slope in slopes if _is_nought(judge, slope)), None)
    text = "" if lost is None else f"how {key(lost.of)} depends on {key(lost.by)} is not said"
    return Judgement("undecided", text) if text else judgement


def _is_broken(of: Node, known: Knowledge) -> bool:
    """Whether something behind a quantity has a computed value, and no formula."""
    formulas = (known.definitions.get(name, known.givens.get(name)) for name in known.reach(of))
    numbers = (lone_number(formula) for formula in formulas if formula is not None and not names_in(formula))
    return any(n is None or len(n.text.strip("-0").replace(".", "")) >= ROUNDED_DIGITS for n in numbers)


def _slopes(node: Node, known: Knowledge) -> Iterator[Derivative]:
    """Yield the derivatives of named quantities by what is not behind them, nor any of its kind."""
    for part in walk(node):
        if not isinstance(part, Derivative | Gradient):
            continue
        by = part.by if isinstance(part, Gradient) else (part.by,)
        for name in (name for name in by if isinstance(name, Name)):
            behind = known.reach(part.of) & known.names.keys()
            if isinstance(part.of, Name) and name.base not in {known.names[one].base for one in behind}:
                yield Derivative(part.of, name)


def _says_nought(side: Node) -> bool:
    """Whether a side, or a factor or term of it, is a printed 0."""
    whole = [part for part in walk(side) if isinstance(part, Sum | Product)]
    return any(without_groups(part) == Number("0") for part in (side, *(p for one in whole for p in children(one))))


def _is_nought(judge: Judge, side: Node) -> bool:
    """Whether a formula is 0 whatever the values of its names are."""
    with suppress(Undecided, Mismatch), ctx.workprec(PRECISION):
        values = (judge.value(side, Balls(judge.knowledge, point)) for point in (*range(3), *MIXED[:3]))
        return all(_are_zero(*(value.entries if isinstance(value, Grid) else (value,))) for value in values)
    return False


def vanish(judge: Judge, left: Node, right: Node) -> bool:
    """Whether two sides agree near the given values only because both are zero there, which neither of them says."""
    if _says_nought(left) or _says_nought(right):
        return False
    one, other, _ = judge.met(left, right, Balls(judge.knowledge, near=True))
    return _are_zero(one, other)


def _are_zero(*values: Any) -> bool:
    return all(isinstance(value, arb) and value == 0 for value in values)

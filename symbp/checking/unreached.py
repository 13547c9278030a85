"""Links that agree or differ only because a derivative is 0 by what a document leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from flint import ctx

from ..formulas import Derivative, Gradient, Name, Node, key, walk
from .arrays import Grid, Mismatch
from .fields import MIXED, Balls
from .judgement import Judgement
from .knowledge import ROUNDED_DIGITS, Knowledge, is_closed, lone_number, names_in
from .limits import PRECISION, Undecided
from .vague import are_zero, says_nought

if TYPE_CHECKING:
    from .judging import Judge


def telling(judge: Judge, left: Node, right: Node, judgement: Judgement) -> Judgement:
    """Return a verdict; undecided where it is so because a derivative is 0 by what is left unsaid.

    Of ``\\partial C / \\partial W`` nothing is known where nothing says how C depends on W. Nor is a link wrong because
    a quantity on the way is only printed as the number that it has.
    """
    closed = is_closed(left) or is_closed(right) or left == right
    if judgement.verdict == "undecided" or closed or says_nought(left) or says_nought(right):
        return judgement
    known = judge.knowledge
    slopes = [slope for node in known.behind(left, right) for slope in _slopes(node, known)]
    slopes = [slope for slope in slopes if judgement.passes or _is_broken(slope.of, known)]
    noughts = (_is_nought(judge, side) for side in (left, right))
    if not slopes or not (all(noughts) if judgement.passes else any(noughts)):
        return judgement
    lost = next((slope for slope in slopes if _is_nought(judge, slope)), None)
    if lost is None:
        return judgement
    return Judgement("undecided", f"how {key(lost.of)} depends on {key(lost.by)} is not said")


def _is_broken(of: Node, known: Knowledge) -> bool:
    """Whether something behind a quantity has a computed value, and no formula."""
    formulas = (known.definitions.get(name, known.givens.get(name)) for name in known.reach(of))
    numbers = (lone_number(formula) for formula in formulas if formula is not None and not names_in(formula))
    return any(n is None or len(n.text.strip("-0").replace(".", "")) >= ROUNDED_DIGITS for n in numbers)


def _slopes(node: Node, known: Knowledge) -> Iterator[Derivative]:
    """Yield the derivatives of named quantities by what is not behind them, nor any of its kind."""
    for part in walk(node):
        if not isinstance(part, Derivative | Gradient) or not isinstance(part.of, Name):
            continue
        kinds = {known.names[name].base for name in known.reach(part.of) & known.names.keys()}
        for name in part.by if isinstance(part, Gradient) else (part.by,):
            if isinstance(name, Name) and name.base not in kinds:
                yield Derivative(part.of, name)


def _is_nought(judge: Judge, side: Node) -> bool:
    """Whether a formula is 0 whatever the values of its names are."""
    with suppress(Undecided, Mismatch), ctx.workprec(PRECISION):
        values = (judge.value(side, Balls(judge.knowledge, point)) for point in (*range(3), *MIXED[:3]))
        return all(are_zero(*(value.entries if isinstance(value, Grid) else (value,))) for value in values)
    return False

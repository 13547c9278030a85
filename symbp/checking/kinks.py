"""Functions with two sides, such as a rectifier: what is equal on one side of its kink may differ on the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flint import arb

from ..formulas import Apply, Call, Indicator, Node, Piecewise, has_part, key, walk
from ..formulas.functions import EXTREMES, RECTIFIERS
from .knowledge import Knowledge
from .limits import Undecided


def refuse_kink(argument: Any) -> None:
    """Refuse to say on which side of a kink a number is that is exactly 0, as the output of rectifiers at rest.

    Raises:
        Undecided: it stands on the kink.
    """
    if isinstance(argument, arb) and argument == 0:
        raise Undecided("a value stands exactly on a kink")


def shows_kink(formulas: Iterable[Node]) -> bool:
    """Whether a derivative is written with its kink, or as that of a function: then it holds on both sides."""
    return any(_is_condition(part) or _is_slope(part) for formula in formulas for part in walk(formula))


def has_condition(*sides: Node) -> bool:
    """Whether a condition stands in a link: then it says what holds on both sides of a kink."""
    return any(has_part(side, Indicator, Piecewise) for side in sides)


def _is_condition(part: Node) -> bool:
    return isinstance(part, Indicator | Piecewise)


def _is_slope(part: Node) -> bool:
    return isinstance(part, Apply) and bool(part.primes)


def has_kink(left: Node, right: Node, knowledge: Knowledge) -> bool:
    """Whether a maximum, a rectifier or a case stands in a link or behind it."""
    formulas = (formula for formula in knowledge.behind(left, right) if has_part(formula, *_KINKED))
    return any(is_kink(part) for formula in formulas for part in walk(formula))


_KINKED = (Apply, Call, Indicator, Piecewise)


def is_kink(part: Node) -> bool:
    """Whether a formula is a maximum, a rectifier, a size or a case."""
    named = isinstance(part, Apply) and key(part.function) in RECTIFIERS
    extreme = isinstance(part, Call) and part.function in ("abs", *EXTREMES.values())
    return named or extreme or _is_condition(part)

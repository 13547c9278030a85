"""Functions with two sides, such as a rectifier: what is equal on one side of its kink may differ on the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flint import arb

from ..formulas import Apply, Call, Indicator, Node, Number, Piecewise, Power, has_part, key, walk, without_groups
from ..formulas.functions import EXTREMES, RECTIFIERS
from .fields import LAST_SMALL
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


def skipped(left: Node, right: Node, knowledge: Knowledge) -> int:
    r"""Return how many random points to leave out: the small ones, where a link is about the root of a square.

    Or about its logarithm: from ``s = \log \sigma^2`` follows ``\sigma = e^{s/2}`` only where sigma is positive.
    """
    formulas = (formula for formula in knowledge.behind(left, right) if has_part(formula, Call))
    calls = (part for formula in formulas for part in walk(formula) if isinstance(part, Call))
    squared = any(c.function in ("log", "sqrt") and _is_square(without_groups(c.arguments[0])) for c in calls)
    return LAST_SMALL + 1 if squared else 0


def _is_square(node: Node) -> bool:
    exponent = without_groups(node.exponent) if isinstance(node, Power) else None
    return isinstance(exponent, Number) and exponent.text.isdigit() and int(exponent.text) % 2 == 0

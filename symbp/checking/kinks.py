"""Functions with two sides, such as a rectifier: what is equal on one side of its kink may differ on the other."""

from __future__ import annotations

from typing import Any

from flint import arb

from ..formulas import Apply, Call, Indicator, Node, Piecewise, key, walk
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


def has_kink(left: Node, right: Node, knowledge: Knowledge) -> bool:
    """Whether a maximum, a rectifier or a case stands in a link or behind it."""
    return any(_is_kink(part) for formula in knowledge.behind(left, right) for part in walk(formula))


def _is_kink(part: Node) -> bool:
    named = isinstance(part, Apply) and key(part.function) in RECTIFIERS
    extreme = isinstance(part, Call) and part.function in EXTREMES.values()
    return named or extreme or isinstance(part, Indicator | Piecewise)

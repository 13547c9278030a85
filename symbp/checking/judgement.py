"""What is found of one link."""

from __future__ import annotations

from dataclasses import dataclass

from ..formulas import Node
from .limits import Beyond, Undecided, Unsaid
from .report import PASSING, Verdict

_RANK = ("refuted", "undecided", "holds", "proved")  # the first that some assignment gives is the verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is found of a link.

    Attributes:
        verdict: one of the six.
        reason: one sentence.
        sides: the values of both sides where they are numbers.
        at: the values of the names at a counter-example.
        loose: the sides differ, but in names that nothing defines.
        guessed: the sides differ only by what is guessed of quantities that are not defined, or have no value by that.
        random: found at random points, so whatever values the document gives.
        near: the sides differ, but not where all values are near the given ones.
        beyond: it would need what lies after the last layer or step, or entry of an array.
        instead: the slip that the form shows, the part of the right side that has it, and what belongs there.
        otherwise: what is found where the text does not say that the indices of the link are different.
    """

    verdict: Verdict
    reason: str
    sides: tuple[str, str] | None = None
    at: tuple[tuple[str, str], ...] = ()
    loose: bool = False
    guessed: bool = False
    random: bool = False
    near: bool = False
    beyond: bool = False
    instead: tuple[str, Node, Node] | None = None
    otherwise: Judgement | None = None

    @classmethod
    def undecided(cls, reason: Undecided) -> Judgement:
        """Return that a link cannot be judged."""
        return cls("undecided", str(reason), guessed=isinstance(reason, Unsaid), beyond=isinstance(reason, Beyond))

    @property
    def misfits(self) -> bool:
        """Whether the sides have no values to compare, as where arrays do not go together."""
        return self.sides is None and not self.random

    @property
    def passes(self) -> bool:
        """Whether the link is right."""
        return self.verdict in PASSING


def worst(found: list[Judgement]) -> Judgement:
    """Return the verdict for all of some assignments; at the ends nothing may be said."""
    if not found:
        return Judgement("undecided", "there is no place where all of it is defined")
    said = [judgement for judgement in found if not judgement.beyond] or found
    return min(said, key=lambda judgement: _RANK.index(judgement.verdict))

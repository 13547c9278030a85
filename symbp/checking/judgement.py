"""What is found of one link."""

from dataclasses import dataclass

from .report import Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is found of a link.

    Attributes:
        verdict: one of the six.
        reason: one sentence.
        sides: the values of both sides where they are numbers.
        at: the values of the names at a counter-example.
        loose: the sides differ, but in names that nothing defines.
        random: found at random points, so whatever values the document gives.
        near: the sides differ, but not where all values are near the given ones.
        beyond: it would need what lies after the last layer or step.
    """

    verdict: Verdict
    reason: str
    sides: tuple[str, str] | None = None
    at: tuple[tuple[str, str], ...] = ()
    loose: bool = False
    random: bool = False
    near: bool = False
    beyond: bool = False

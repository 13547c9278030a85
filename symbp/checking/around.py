"""What the text around a link says of it: a sign, that indices differ, that targets are one-hot."""

from __future__ import annotations

from ..documents import Chain, Member
from ..formulas import Node
from .assuming import AFTER, REACH, assumed, where_different, where_one_hot
from .judgement import Judgement
from .signed import NEAR, where_signed
from .stages import Stage
from .stationary import where_stationary


def by_the_text(judgement: Judgement, stage: Stage, sides: tuple[Node, Node], chain: Chain, text: str) -> Judgement:
    """Return the verdict on a link with what the text before it and after it says."""
    start, end = chain.outer
    before, around = text[max(0, start - REACH) : start], text[max(0, start - REACH) : end + AFTER]
    judgement = where_different(judgement, around)
    if judgement.verdict in ("refuted", "undecided") and (condition := where_stationary(stage, *sides)):
        return condition
    if judgement.verdict != "refuted":
        return judgement
    return assumed(stage.judge, *sides, before) or where_one_hot(stage.indexed, *sides, around) or judgement


def by_its_sign(judgement: Judgement, stage: Stage, sides: tuple[Node, Node], last: Member, text: str) -> Judgement:
    """Return the verdict on a link with the sign that stands right after its last member."""
    return where_signed(judgement, stage.judge, sides, text[last.end :][:NEAR])

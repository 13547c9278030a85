"""What the text around a link says of it: a sign, that indices differ, targets, that a value is that after a step."""

from __future__ import annotations

import re
from dataclasses import replace

from ..documents import Chain, Member
from ..formulas import Name, Node, key
from .assuming import AFTER, REACH, assumed, assumed_of_all, where_different, where_one_hot
from .judgement import Judgement
from .knowledge import lone_number
from .signed import NEAR, where_signed
from .stages import Stage
from .stationary import where_stationary

WORDS = 160  # characters before a printed value in which words may say whose it is
_AFTER_STEP = re.compile(
    r"(?i)\bupdat|\b(?:after|next|second|new) (?:the )?(?:first |one |\d+ )?(?:step|iteration|epoch|round|pass)"
    r"|\bnew (?:prediction|output|error|loss|value)|\bre-?(?:comput|calculat)"
    r"|更新|新的|重新|업데이트|갱신|다시 계산|actualizad|atualizad|nuev[oa]s? (?:error|valor|salida|predic)"
    r"|mis(?:e|es)? à jour|nouvelle (?:erreur|sortie|valeur|prédiction)|aktualisiert|neue[rsn]? (?:Fehler|Ausgabe|Wert)"
    r"|обновл|нов(?:ое|ая|ый) (?:значение|ошибк|выход)|cập nhật|更新後"
)
_TARGET = re.compile(
    r"(?i)\b(?:target|expected|desired|label|ground[- ]truth|true (?:value|output))|期望|目标|真实|标签|목표|정답|기대"
    r"|esperad|desead|desejad|attendue?|souhait|désiré|erwartet|gewünscht|\bSoll|ожидаем|целев|mong muốn|mục tiêu|nhãn"
)


def by_the_text(judgement: Judgement, stage: Stage, sides: tuple[Node, Node], chain: Chain, text: str) -> Judgement:
    """Return the verdict on a link with what the text before it and after it says."""
    start, end = chain.outer
    before, around = text[max(0, start - REACH) : start], text[max(0, start - REACH) : end + AFTER]
    judgement = where_different(judgement, around)
    if judgement.verdict in ("refuted", "undecided") and (condition := where_stationary(stage, *sides)):
        return condition
    if judgement.verdict != "refuted":
        return judgement
    if whose := _whose(sides, before[-WORDS:], chain, stage):
        return replace(judgement, verdict="undecided", reason=whose)
    return (
        assumed(stage.judge, *sides, before)
        or assumed_of_all(stage.indexed, *sides, before)
        or where_one_hot(stage.indexed, *sides, around)
        or judgement
    )


def _whose(sides: tuple[Node, Node], words: str, chain: Chain, stage: Stage) -> str:
    """Return whose value a number is by the words before it, where not that of the name beside it, or nothing."""
    name, number = sides
    if not isinstance(name, Name) or lone_number(number) is None or len(chain.members) > 2:
        return ""
    earlier = (read for read in stage.chains if read.chain.start < chain.outer[0] and read.members[0] == name)
    if _AFTER_STEP.search(words):
        has_value = any(lone_number(member) for read in earlier for member in read.nodes[1:])
        return "it may be the value after a step" if has_value else ""
    computed = key(name) in stage.knowledge.definitions
    if chain.kind != "inline" or not computed or not _TARGET.search(words) or any(earlier):
        return ""
    return "it may be the target, for which the text has the same letter"


def by_its_sign(judgement: Judgement, stage: Stage, sides: tuple[Node, Node], last: Member, text: str) -> Judgement:
    """Return the verdict on a link with the sign that stands right after its last member."""
    return where_signed(judgement, stage.judge, sides, text[last.end :][:NEAR])

"""What the text around a link says of it: a sign, that indices differ, targets, that a value is that after a step."""

from __future__ import annotations

import re
from dataclasses import replace

from ..documents import Chain, Member
from ..formulas import Name, Node, Number, Power, key, walk
from .agreeing import vanishes
from .assuming import AFTER, REACH, assumed, assumed_of_all, where_different, where_one_hot
from .iterates import next_value
from .judgement import Judgement
from .knowledge import Read, lone_number
from .masked import SENTENCE, holds_as_said
from .rivals import is_fuller
from .signed import NEAR, where_signed
from .stages import Stage
from .stationary import where_stationary
from .supposing import where_supposed

APPROXIMATE = frozenset({"\\approx", "≈", "\\simeq", "\\thickapprox"})
WORDS = 160  # characters before a printed value in which words may say whose it is
_AFTER_STEP = re.compile(
    r"(?i)\bupdat|\b(?:after|next|second|new) (?:the )?(?:first |one |\d+ )?(?:step|iteration|epoch|round|pass)"
    r"|\bnew (?:prediction|output|error|loss|value)|\bre-?(?:comput|calculat)"
    r"|更新|新的|重新|업데이트|갱신|다시 계산|actualizad|atualizad|nuev[oa]s? (?:error|valor|salida|predic)"
    r"|mis(?:e|es)? à jour|nouvelle (?:erreur|sortie|valeur|prédiction)|aktualisiert|neue[rsn]? (?:Fehler|Ausgabe|Wert)"
    r"|обновл|нов(?:ое|ая|ый) (?:значение|ошибк|выход)|cập nhật|更新後"
)
_NEW = re.compile(
    r"(?i)\b(?:new|updated|neue[nrs]?|nouveau|nouvelle|nuev[oa]s?|nov[oa]s?|нов(?:ый|ая|ое|ые))\s+(?:[^\W\d_]+\s+){1,2}\Z"
    r"|(?:新的|更新后的?)[^\s$，。]{0,6}\s*\Z"
)
_TARGET = re.compile(
    r"(?i)\b(?:target|expected|desired|label|ground[- ]truth|true (?:value|output))|期望|目标|真实|标签|목표|정답|기대"
    r"|esperad|desead|desejad|attendue?|souhait|désiré|erwartet|gewünscht|\bSoll|ожидаем|целев|mong muốn|mục tiêu|nhãn"
)
_CONVENTION = re.compile(
    r"(?i)\b(?:some|other|many) (?:\w+ )?(?:convention|author|text|book|paper|people|source|framework)"
    r"|\b(?:another|a different|the opposite|alternative) (?:sign )?convention"
    r"|(?:有些|有的|另一种|其他)[^。]{0,12}(?:约定|定义|写|书|文献)"
    r"|einige (?:Autoren|Bücher)|certains (?:auteurs|ouvrages)"
    r"|algun(?:o|a)s (?:autor|libro|text)|alguns (?:autor|livro|text)|некотор\w+ (?:автор|книг|источник)"
    r"|một số (?:tài liệu|sách|tác giả)"
)
_LESS = re.compile(
    r"(?i)\bignor|\bomit|\bdrop|\bwithout\b|\bneglect|\bleav\w+ (?:out|off)|\bsimpl|\babsorb|\bno bias|\bbias-?free"
    r"|\bdenot|\bwrit|\babbrev|\bfor short\b|\bshorthand|\bnotation|\binclud|\bcontain|\bassum|\bfor now\b|\bzero\b"
    r"|\b(?:is|are|=) 0\b"
    r"|忽略|省略|不考虑|略去|简化|简记|记为|记作|写作|写成|并入|吸收|无偏置|没有偏置|\bohne\b|vereinfach|\bkurz"
    r"|\bsans\b|\bsin\b|\bsem\b|\bбез\b|упро|кратк|bỏ qua|viết|생략"
)
_CASE = re.compile(r"\|.*(?:\(|\b(?:at|for|if|when|bei|für|falls|pour|para|si|se|при|если)|若|当)\s*\Z", re.IGNORECASE)
_OR = re.compile(r"(?:\b(?:or|oder|ou|o|или|hoặc)|或者?(?:是)?|또는|または)\s*\Z", re.IGNORECASE)


def by_the_text(judgement: Judgement, stage: Stage, sides: tuple[Node, Node], chain: Chain, text: str) -> Judgement:
    """Return the verdict on a link with what the text before it and after it says."""
    before, around = text[max(0, chain.outer[0] - REACH) : chain.outer[0]], text_around(chain, text)
    judgement = where_supposed(where_different(judgement, around), stage, sides, chain, text)
    if judgement.verdict == "refuted" and _leaves_out(sides, stage, before):
        return replace(judgement, verdict="undecided", reason="the text may leave a term out here")
    if judgement.verdict in ("refuted", "undecided") and (condition := where_stationary(stage, *sides)):
        return condition
    if judgement.verdict != "refuted":
        return judgement
    if (small := _is_dual(sides, stage.chains)) is not None:
        return replace(judgement, verdict="undecided", reason=f"{small}^2 = 0: only what is linear in it counts")
    if holds_as_said(judgement, stage, sides, chain, text):
        return Judgement("holds", "equal with the given values")
    if value := next_value(*sides, stage.knowledge, chain, stage.chains):
        return Judgement("holds", f"equal for {value}, which stands before it")
    if whose := _other(sides, before, chain, stage.chains) or _whose(sides, before[-WORDS:], chain, stage):
        return replace(judgement, verdict="undecided", reason=whose)
    return (
        assumed(stage.judge, *sides, before)
        or assumed_of_all(stage.indexed, *sides, before)
        or where_one_hot(stage.indexed, *sides, around)
        or judgement
    )


def text_around(chain: Chain, text: str) -> str:
    """Return the text in which something may be said of a link, with the link."""
    return text[max(0, chain.outer[0] - REACH) : chain.outer[1] + AFTER]


def _leaves_out(sides: tuple[Node, Node], stage: Stage, before: str) -> bool:
    """Whether a quantity is said again with a term less where words before it say that something is left out."""
    known = stage.knowledge.definitions.get(key(sides[0])) if isinstance(sides[0], Name) else None
    return known is not None and is_fuller(known, sides[1]) and bool(_LESS.search(before[-WORDS:]))


def _is_dual(sides: tuple[Node, Node], chains: list[Read]) -> str | None:
    """Return the name in a link of which the document says that its square is 0, as in dual numbers."""
    named = {part for side in sides for part in walk(side) if isinstance(part, Name)}
    for chain in chains:
        head, *rest = chain.members
        if isinstance(head, Power) and head.base in named and [head.exponent, *rest] == [Number("2"), Number("0")]:
            return key(head.base)
    return None


def _other(sides: tuple[Node, Node], before: str, chain: Chain, chains: list[Read]) -> str:
    """Return that an equation is one that the text does not go by, or one of two that it names, or nothing."""
    sentence = SENTENCE.split(before)[-1]
    if chain.kind == "inline" and _CONVENTION.search(sentence):
        return "it may be another convention, of which the text speaks"
    if chain.kind == "inline" and _CASE.search(before.rpartition("\n")[2]) and not chain.members[2:]:
        return "it may be a condition of its row"
    last = next((read for read in reversed(chains) if read.chain.outer[1] <= chain.outer[0]), None)
    beside = last is not None and _OR.fullmatch(before[last.chain.outer[1] - chain.outer[0] :].strip())
    if last is not None and beside and isinstance(sides[0], Name) and last.members[0] == sides[0]:
        return "it may be the other of two cases that the text names"
    return ""


def _whose(sides: tuple[Node, Node], words: str, chain: Chain, stage: Stage) -> str:
    """Return whose value a number is by the words before it, where not that of the name beside it, or nothing."""
    name, number = sides
    if not isinstance(name, Name) or len(chain.members) > 2:
        return ""
    earlier = (read for read in stage.chains if read.chain.start < chain.outer[0] and read.members[0] == name)
    if lone_number(number) is None:
        return "it may be the value after a step" if _NEW.search(words) and any(earlier) else ""
    if _AFTER_STEP.search(words):
        has_value = any(lone_number(member) for read in earlier for member in read.nodes[1:])
        return "it may be the value after a step" if has_value else ""
    computed = key(name) in stage.knowledge.definitions
    if chain.kind != "inline" or not computed or not _TARGET.search(words) or any(earlier):
        return ""
    return "it may be the target, for which the text has the same letter"


def by_its_sign(judgement: Judgement, stage: Stage, sides: tuple[Node, Node], last: Member, text: str) -> Judgement:
    """Return the verdict on a link with the sign that stands right after its last member, or before it."""
    if judgement.verdict == "refuted" and last.relation not in ("", "=") and vanishes(*sides):
        return Judgement("holds", "so small that it is about 0", judgement.sides)
    if judgement.verdict == "refuted" and judgement.random and last.relation in APPROXIMATE:
        return replace(judgement, verdict="undecided", reason="it is said to be only about equal")
    return where_signed(judgement, stage.judge, sides, text[last.end :][:NEAR])

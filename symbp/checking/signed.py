"""Links for one side of a kink: ``f'(z) = 1 \\quad \\text{if } z > 0``, where the sign is said right after them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace

from ..formulas import Name, Node, ReadError, key, latex, read
from .assuming import SIGNS, holds_where
from .judgement import Judgement
from .judging import Judge

NEAR = 60  # characters after a link in which its condition may stand
_WORDS = "if|when|whenever|for|where|provided|si|wenn|falls|für|se|quando|para|nếu|khi|если|при|当|若|如果"
_SPACING = r"\s|[,;:(&$|]|\\[,;:! (]|\\q?quad(?![a-z])"
_RELATION = "|".join(map(re.escape, sorted(SIGNS, key=len, reverse=True)))
_RAISED = re.compile(r"\^\{?(\w)\}?")  # a label, where it is no exponent
_SAID = re.compile(
    rf"(?:{_SPACING})*(?:\\(?:text|mbox|textrm|mathrm)\{{\s*)?(?:{_WORDS})?[\s}}$]*(?:\\\()?(?:{_SPACING})*"
    rf"(?P<name>\\?[A-Za-z][\w^{{}}\[\]()\\]{{0,16}}?)\s{{0,3}}(?P<sign>{_RELATION})\s{{0,3}}0(?![.\d])"
)


def where_signed(judgement: Judgement, judge: Judge, sides: tuple[Node, Node], after: str) -> Judgement:
    """Return the verdict on a link under the sign that the text after it states; the given one where it states none.

    What the name stands for does not count then: it may be any number of that sign.
    """
    said = _SAID.match(after)
    if said is None or judgement.verdict not in ("undecided", "refuted"):
        return judgement
    for text in (said["name"], _RAISED.sub(r"^{(\1)}", said["name"])):
        with suppress(ReadError):
            name = read(text)
            if isinstance(name, Name) and key(name) in judge.knowledge.reach(sides[0]):
                return _under(judge, sides, name, SIGNS[said["sign"]]) or judgement
    return judgement


def _under(judge: Judge, sides: tuple[Node, Node], name: Name, sign: int) -> Judgement | None:
    known, own = judge.knowledge, key(name)
    definitions = {other: node for other, node in known.definitions.items() if other != own}
    givens = {other: node for other, node in known.givens.items() if other != own}
    alone = replace(judge, knowledge=replace(known, inferred={}, definitions=definitions, givens=givens), evaluators={})
    found = holds_where(alone, *sides, {own: sign})
    where = f"{latex(name)} {'>' if sign > 0 else '<'} 0"
    if found is None:
        return None
    return Judgement("holds", f"equal where {where}") if found else Judgement("refuted", f"it is not so where {where}")

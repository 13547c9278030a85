"""Conditions that a text states beside a link, such as "since z > 0": it may hold only where they do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from ..formulas import Indicator, Name, Node, Piecewise, ReadError, key, latex, read, walk
from .arrays import Grid, Mismatch
from .fields import MIXED, Balls
from .indexed import Indexed
from .instances import kind
from .judgement import Judgement
from .judging import POINTS, Judge
from .knowledge import Knowledge, names_in
from .limits import Undecided

REACH = 600  # characters before a link in which a condition may be stated
AFTER = 120  # characters after a link in which indices may be said to differ
SIGNS = {">": 1, "\\gt": 1, "\\ge": 1, "\\geq": 1, "≥": 1, "<": -1, "\\lt": -1, "\\le": -1, "\\leq": -1, "≤": -1}
_RELATION = "|".join(map(re.escape, sorted(SIGNS, key=len, reverse=True)))
_CONDITION = re.compile(
    rf"(?:(?<!\$)\$(?!\$)|\\\()([^$<>=\n]{{1,24}}?)\s*(?:=[^$<>=\n]{{1,24}})?({_RELATION})\s*0\s*(?:\$(?!\$)|\\\))"
)
_OTHERWISE = re.compile(r"(?i)otherwise|\belse\b|否则")
_SENTENCE = re.compile(r"[.!?](?:\s|\Z)|。")
_SAID = re.compile(r"(?i)\b(?:since|because|as|assum\w+|suppos\w+|let)\W+(?:\w+\W+){0,4}\Z|(?:由于|因为|假设|设)\s*\Z")
_DIFFERENT = re.compile(
    r"(?i)\\{1,2}neq?(?![a-z])|\\{1,2}not\s?=|≠|!=|differ(?!entia)|(?<!an)(?<!each )other(?!\W+(?:words?|hand|side)\b)"
    r"|\belse|unequal|distinct|\bnot (?:equal|the same)|incorrect|diagonal|remaining|\brest\b"
    r"|不同|不等|不相等|其他|其它|其余|否则|\bander|verschieden|sonst|ungleich|autre|différ(?!enti)|sinon"
    r"|\bs[ei] não|otr[oa]|distint|diferen(?!cia)|outr[oa]|khác|ngược lại|друг|различ|иначе"
)
_RIGHT_CLASS = re.compile(
    r"(?i)one[- ]?hot|\b(?:true|correct|right|target|actual|gold|ground[- ]truth)"
    r"\W+(?:\w+\W+)?(?:class|label|word|categor)"
    r"|(?:\b(?:is|be|equals?|to)|=)\s?\$?\s?1\s?\$?\s(?:when|if|iff|only|for the)\b"
    r"|正确(?:的)?类|真实类|目标类|独热|richtige\w* Klasse|wahre\w* Klasse|classe (?:correcte|vraie|correta|verdadeira)"
    r"|clase (?:correcta|verdadera)|lớp đúng|nhãn đúng|правильн\w+ класс"
)


def where_one_hot(indexed: Indexed, left: Node, right: Node, prose: str) -> Judgement | None:
    """Return that a link holds, or may, where the target is one-hot, where the text speaks of the right class."""
    found = indexed.one_hot(left, right) if _RIGHT_CLASS.search(prose) else None
    return None if found is None else where_different(found, prose)


def where_different(judgement: Judgement, prose: str) -> Judgement:
    """Return what is found of a link that holds where its indices are different, by whether the text says so."""
    return judgement if judgement.otherwise is None or says_different(prose) else judgement.otherwise


def says_different(prose: str) -> bool:
    """Whether a text says that something is different from something else, such as one index from another.

    >>> says_different(r"For $i \\ne j$:"), says_different("For all $i$:")
    (True, False)
    """
    return bool(_DIFFERENT.search(prose))


def stated(prose: str) -> tuple[dict[str, int], bool]:
    """Return the signs that the text before a link states of names, and whether these are surely meant for it.

    >>> stated("Since $z > 0$ here,")
    ({'z': 1}, True)
    """
    prose = prose.rpartition("\n#")[2]
    signs: dict[str, set[int]] = {}
    sure = True
    for found in _CONDITION.finditer(prose):
        after = prose[found.end() :]
        sure &= not _OTHERWISE.search(after)
        sure &= bool(_SAID.search(prose[: found.start()])) or not _SENTENCE.search(after)
        for part in found[1].split(","):
            with suppress(ReadError):
                name = read(part.strip())
                if isinstance(name, Name):
                    signs.setdefault(key(name), set()).add(SIGNS[found[2]])
    return {name: min(both) for name, both in signs.items() if len(both) == 1}, sure


def assumed(judge: Judge, left: Node, right: Node, prose: str) -> Judgement | None:
    """Return that a link holds, or may, where what the text before it states is so; nothing where it does not."""
    signs, sure = stated(prose)
    behind = judge.knowledge.reach(left) | judge.knowledge.reach(right)
    signs = {**signs, **_of_wholes(signs, judge.knowledge)}
    signs = {name: sign for name, sign in signs.items() if name in behind and name in judge.knowledge.names}
    said = any(isinstance(part, Indicator | Piecewise) for side in (left, right) for part in walk(side))
    if not signs or said or names_in(right) & signs.keys() or not holds_where(judge, left, right, signs):
        return None
    return _where({latex(judge.knowledge.names[name]): sign for name, sign in signs.items()}, sure)


def _of_wholes(signs: Mapping[str, int], known: Knowledge) -> dict[str, int]:
    """Return the signs of the arrays of which the text states those of all entries, and these are the same."""
    entries: dict[str, list[int]] = {}
    for name, sign in signs.items():
        if (node := known.names.get(name)) is not None and node.sub:
            entries.setdefault(key(replace(node, sub=())), []).append(sign)
    whole = {name: own for name, own in entries.items() if len(own) == max(known.shapes.get(name, (0, 0)))}
    return {name: own[0] for name, own in whole.items() if len(set(own)) == 1}


def _where(signs: Mapping[str, int], sure: bool) -> Judgement:
    """Return that a link holds where what is printed so has some signs, or that it holds only there."""
    where = ", ".join(f"{name} {'>' if sign > 0 else '<'} 0" for name, sign in signs.items())
    return (
        Judgement("holds", f"equal where {where}") if sure else Judgement("undecided", f"it holds only where {where}")
    )


def assumed_of_all(indexed: Indexed, left: Node, right: Node, prose: str) -> Judgement | None:
    """Return that a link with index letters holds, or may, where all of a kind have the sign that the text states."""
    signs, sure = stated(prose)
    names, numbered = indexed.judge.knowledge.names, indexed.numbered.knowledge
    signed = {kind(names[name]): sign for name, sign in signs.items() if name in names}
    if not signed or not indexed.is_lettered(left, right):
        return None
    for expand in indexed.everywhere(left, right):
        with suppress(Undecided):
            one, other = expand(left), expand(right)
            behind = (numbered.reach(one) | numbered.reach(other)) & numbered.names.keys()
            own = {name: sign for name in behind if (sign := signed.get(kind(numbered.names[name])))}
            if own and not names_in(other) & own.keys() and holds_where(indexed.numbered, one, other, own):
                continue
        return None
    return _where({f"all {name}": sign for name, sign in signs.items() if name in names}, sure)


def holds_where(judge: Judge, left: Node, right: Node, signs: Mapping[str, int]) -> bool | None:
    """Return whether a link holds where names have some signs; nothing where that cannot be said."""
    met = 0
    for point in (*MIXED, *range(POINTS)):
        numbers = Balls(judge.knowledge, point)
        try:
            if not all(_has_sign(judge, name, sign, numbers) for name, sign in signs.items()):
                continue
            if not judge.met(left, right, numbers)[2]:
                return False
        except (Undecided, Mismatch):
            return None
        if (met := met + 1) == POINTS:
            return True
    return None


def _has_sign(judge: Judge, name: str, sign: int, numbers: Balls) -> bool:
    value = judge.value(judge.knowledge.names[name], numbers)
    return all(entry * sign > 0 for entry in (value.entries if isinstance(value, Grid) else [value]))

"""Sentences of the checker in Chinese: they are found again in the table of sentences, part by part."""

import re
from functools import cache

from .sentences import AROUND, CHINESE


@cache
def chinese(sentence: str) -> str:
    """Return a sentence of the checker in Chinese; what has no row stays, as names and formulas do.

    >>> chinese("the left side is 6, the right side 5 (for numbered quantities)")
    '左边是 6，右边是 5（以编号的量检验）'
    """
    for pattern, english in [row for row in _rows() if row[1] in AROUND or ";" in row[1]]:
        if match := pattern.fullmatch(sentence):
            return _filled(english, match)
    for gap in re.finditer("; ", sentence):
        head = sentence[: gap.start()]
        if (said := chinese(head)) != head:
            return f"{said}；{chinese(sentence[gap.end() :])}"
    for pattern, english in _rows():
        if match := pattern.fullmatch(sentence):
            return _filled(english, match)
    return sentence


def _filled(english: str, match: re.Match[str]) -> str:
    return CHINESE[english].format(*map(chinese, match.groups()))


@cache
def _rows() -> list[tuple[re.Pattern[str], str]]:
    """Return a pattern for each English sentence, those that say most first."""
    ordered = sorted(CHINESE, key=lambda english: -len(english.replace("{}", "")))
    return [(re.compile("(.+?)".join(map(re.escape, english.split("{}"))), re.DOTALL), english) for english in ordered]

"""Reports in Chinese: sentences of the checker are found again in the table of sentences, part by part."""

import re
from dataclasses import replace
from functools import cache

from .report import Report
from .sentences import AROUND, CHINESE


def in_language(report: Report, lang: str) -> Report:
    """Return a report with its reasons and findings in a language."""
    if lang == "en":
        return report
    equations = tuple(
        replace(equation, links=tuple(replace(link, reason=chinese(link.reason)) for link in equation.links))
        for equation in report.equations
    )
    findings = tuple(replace(finding, text=chinese(finding.text)) for finding in report.findings)
    return replace(report, equations=equations, findings=findings)


@cache
def chinese(sentence: str) -> str:
    """Return a sentence of the checker in Chinese; what has no row stays, as names and formulas do.

    >>> chinese("the left side is 6, the right side 5; 6 should stand there")
    '左边是 6，右边是 5；此处应为 6'
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

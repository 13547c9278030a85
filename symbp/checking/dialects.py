"""How marks and notes are written in Markdown and in TeX."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ..errors import InputError
from .report import Verdict

_SIGNS = {"proved": "\\checkmark", "holds": "\\checkmark", "refuted": "\\times", "undecided": "?", "unread": "??"}
_TEXTS = {"proved": "✓", "holds": "✓", "refuted": "✗", "undecided": "?", "unread": "??", "given": "∘"}
_GIVEN = "\\circ"
_PUNCTUATION = re.compile(r"[`*_{}~^]")
_ENTITIES = {ord(character): f"&#{ord(character)};" for character in "\\$[]<>&|"}  # that begin maths, links or tags
_SPECIAL = {
    "\\": "\\textbackslash{}",
    "{": "\\{",
    "}": "\\}",
    "$": "\\$",
    "&": "\\&",
    "#": "\\#",
    "%": "\\%",
    "_": "\\_",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    "|": "\\textbar{}",
    '"': "''",
}
_DEFINITIONS = (
    "\\providecommand{\\symbpmark}[1]{\\ensuremath{{}^{#1}}}"
    "\\providecommand{\\symbpnote}[1]{\\par\\noindent\\begingroup\\small\\raggedright #1\\par\\endgroup}%\n"
)
_CHINESE = re.compile(r"\\(?:usepackage|documentclass)(?:\[[^\]]*\])?\{[^}]*(?:ctex|CJK)[^}]*\}")


class Dialect(Protocol):
    """What a kind of document needs to be annotated."""

    def check(self, document: str, lang: str) -> None:
        """Refuse a language that the document cannot print."""

    def preamble(self, document: str) -> Iterator[tuple[int, str]]:
        """Yield what is to be put in before anything else, and where."""

    def mark(self, verdict: Verdict, number: int | None, *, in_maths: bool) -> str:
        """Return the mark before a right member."""

    def head(self, verdict: Verdict, number: int, reason: str) -> str:
        """Return what a note says."""

    def line(self, formula: str, label: str, *, in_maths: bool) -> str:
        """Return a line of a note with the repaired formula."""

    def notes(self, texts: list[str], prefix: str) -> str:
        """Return the notes of one place; before each line stands what stands before those of the paragraph."""


@dataclass(frozen=True, slots=True)
class _Markdown:
    def check(self, document: str, lang: str) -> None:
        """Any language can be printed."""

    def preamble(self, document: str) -> Iterator[tuple[int, str]]:
        del document
        yield from ()

    def mark(self, verdict: Verdict, number: int | None, *, in_maths: bool) -> str:
        shown = "" if number is None else f" {number}"
        return f"{{}}^{{{_SIGNS.get(verdict, _GIVEN)}{shown}}} " if in_maths else f" {_TEXTS[verdict]}{shown.strip()} "

    def head(self, verdict: Verdict, number: int, reason: str) -> str:
        return f"**{_TEXTS[verdict]} {number}** {_escaped(' '.join(reason.split()))}"

    def line(self, formula: str, label: str, *, in_maths: bool) -> str:
        if in_maths and is_balanced(formula):
            return f"\n\n$${formula.replace('$', '')}$$"
        ticks = "`" * (1 + max((len(run) for run in re.findall("`+", formula)), default=0))
        return f"\n\n{label} {ticks} {formula} {ticks}"

    def notes(self, texts: list[str], prefix: str) -> str:
        lines = "\n\n".join(texts).split("\n")
        return "\n" + prefix.rstrip() + "".join(f"\n{prefix}> {line}".rstrip() for line in lines)


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\g<0>", text.translate(_ENTITIES))


@dataclass(frozen=True, slots=True)
class _Tex:
    def check(self, document: str, lang: str) -> None:
        if lang == "zh" and not _CHINESE.search(document):
            raise InputError("this TeX document loads no package for Chinese, such as ctex; use --lang en")

    def preamble(self, document: str) -> Iterator[tuple[int, str]]:
        yield max(0, document.find("\\begin{document}")), _DEFINITIONS

    def mark(self, verdict: Verdict, number: int | None, *, in_maths: bool) -> str:
        del in_maths  # the mark finds out by itself
        sign = {"\\checkmark": "\\surd"}.get(_SIGNS.get(verdict, _GIVEN), _SIGNS.get(verdict, _GIVEN))
        return f"\\symbpmark{{{sign}{'' if number is None else f' {number}'}}}"

    def head(self, verdict: Verdict, number: int, reason: str) -> str:
        said = "".join(_SPECIAL.get(character, character) for character in " ".join(reason.split()))
        return f"\\symbpnote{{{self.mark(verdict, number, in_maths=False)} {said}"

    def line(self, formula: str, label: str, *, in_maths: bool) -> str:
        if in_maths and is_balanced(formula):
            return f"\\par {label} $\\displaystyle {formula}$"
        return f"\\par {label} {''.join(_SPECIAL.get(character, character) for character in formula)}"

    def notes(self, texts: list[str], prefix: str) -> str:
        del prefix
        return "\n" + "".join(f"\n{text}}}%" for text in texts)


def is_balanced(formula: str) -> bool:
    r"""Whether braces and sized brackets of a formula are closed, and no sign of a table stands free in it.

    >>> is_balanced(r"\frac{a}{b}"), is_balanced(r"\left( a"), is_balanced("a & b")
    (True, False, False)
    """
    if len(re.findall(r"\\left(?![A-Za-z])", formula)) != len(re.findall(r"\\right(?![A-Za-z])", formula)):
        return False
    depth = 0
    for brace in re.findall(r"\\.|[{}]", formula):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            return False
    rows = re.findall(r"(?<!\\)&|\\\\", formula) and "\\begin" not in formula
    return depth == 0 and not rows and "%" not in formula.replace("\\%", "")


MARKDOWN: Dialect = _Markdown()
TEX: Dialect = _Tex()

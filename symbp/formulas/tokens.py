"""Text into tokens: numbers, letter runs, commands and signs, each with its place; spacing and layout left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ..errors import InputError
from .spellings import ALIKE, BOLD_ONES, FRACTIONS, GREEK, LOWERED, RAISED, fraction, simple

Kind = Literal["number", "word", "command", "sign", "end"]
LOOSEST, OVER, SUM, SIGN, PRODUCT, SCRIPT = 0, 5, 10, 15, 20, 40  # how tightly operators hold their operands
MOST_TOKENS = 20_000  # in one formula
MOST_DIGITS = 400  # in one number


class ReadError(InputError):
    """A formula, or a part of it, is not understood; ``span`` says which characters."""

    def __init__(self, message: str, span: tuple[int, int]) -> None:
        super().__init__(message)
        self.span = span
        self.understood: object = None  # the formula before a sign at its end, which nothing follows


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``tight`` where nothing stands between it and the token before."""

    kind: Kind
    text: str
    start: int
    end: int
    tight: bool = False
    upright: bool = False


_SPACING = (
    r"(?<=[,;])\s*q?quad(?![A-Za-z])|\s+|\u200b|&(?!\w+;)|\\\\(?:\[[^\]\n]{0,20}\])?|\\[,;:!>/ ]|~|%[^\n]*"
    r"|\\(?:left|right)\s*\.|\\(?:[hv]space|[hv]?phantom|textcircled|footnote|cite|label|tag|cline)\*?\s*\{[^{}]*\}"
    r"|\\m?kern\s*-?[\d.]+\s*[a-z]{2}|\\color(?:\[[^\[\]]*\])?\{[^{}]*\}"
    r"|\\(?:q?quad|left|right|middle|[bB]igg?[lrm]?|displaystyle|textstyle|scriptstyle|limits|nolimits|nonumber|notag|hfill"
    r"|therefore|because|space|en(?:space|skip)|(?:thin|med|thick|negthin)space|strut|mathstrut|hline|smash|relax|bf|it|cal|sf|tt"
    r"|tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|(?:math)?[rl]lap|(?:math)?clap|ensuremath|allowbreak"
    r"|boldmath|Box|square|blacksquare|qed|qedsymbol)(?![A-Za-z])|[∎□■]"
)
_TEXT = (
    r"\\(?:text|textrm|textit|textbf|textsf|textnormal|mathrm|mathit|mathsf|operatorname|mbox|hbox|rm)\*?\s*"
    r"\{(?:(?P<upright>(?:[^{}$\\]|\\[,;:! ])*)|(?P<prose>[^{}$]*\$[^{}]*))\}"
)
GRID_BEGIN, GRID_END = "matrix(", ")matrix"  # what the tokens of a matrix environment say
CASES_BEGIN = "cases("  # of an environment of cases; it ends like a matrix
DETERMINANT_BEGIN = "determinant("
_GRIDS = "[bpvBV]?matrix|smallmatrix|array|[dr]?cases"
_PATTERN = re.compile(
    rf"(?P<space>(?:{_SPACING})+)|{_TEXT}"
    rf"|\\begin\{{(?P<begin>{_GRIDS})\*?\}}(?:\[[a-z]\])?(?:\{{(?:[lcr|\s]|@\{{[^{{}}]*\}})*\}})?"
    rf"|(?P<finish>\\end\{{(?:{_GRIDS})\*?\}})"
    r"|(?P<dots>\.(?:\s*\.)+|\\(?:[cl]dots|dots[cbmo]?)(?![A-Za-z]))"
    rf"|(?P<fraction>(?:(?<![\d.])\d{{1,3}})?[{FRACTIONS}])"
    r"|(?P<number>(?:\d{1,3}(?:(?:\{,\}|\\,)\d{3})+(?!\d)(?:\.\d+)?|\d+\{[,.]\}\d+"
    r"|\d+\.(?: \d(?!\d))+(?! *[\d.])|\d+(?:\.\d+)?|\.\d+)"
    r"(?:[eE][+-]?\d+(?![\d.])|\\(?:mathrm|text)\{[eE]\}\{?[+-]?\d+\}?)?)"
    r"|(?P<command>\\not\s*=|\\[A-Za-z]+|\\[^A-Za-z])"
    rf"|(?P<raised>[{RAISED}]+)|(?P<lowered>[{LOWERED}]+)"
    r"|(?P<factor>(?<![A-Za-z\\])[A-Za-z]{1,2}(?=(?:log|ln|exp|tanh)(?![A-Za-z])))"  # the y of ylog(p)
    r"|(?P<else>o\.\s?w\.)"
    rf"|(?P<word>[^\W\d_{RAISED}{LOWERED}{FRACTIONS}]+)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_SAID = re.compile(r"[=<>≤≥≠]|\b(?:if|for|when|where|otherwise|else|and|or|in)\b")
_REMARK = re.compile(  # text that is no part of a formula
    r"[\s\-_.,;:]*|\s*[(\[（].*[)\]）][\s.,;]*|.*[:：]\s*"
    r"|\s*(?:by|since|because|from|using|via|due to|thus|note|as|see|according to|i\.e\.|e\.g\.)\s.*",
    re.DOTALL,
)
_MATHEMATICAL = re.compile(rf"(?![{BOLD_ONES}])[\U0001d400-\U0001d7ff]")
_FIXED = re.compile(r"\d{1,3}(?:(?:\{,\}|\\,)\d{3})+")


def tokens(text: str) -> list[Token]:
    """Return the tokens of one formula, closed by an ``end`` token.

    >>> [token.text for token in tokens(r"\\frac{1}{2}(t - o)^2")][:8]
    ['\\\\frac', '{', '1', '}', '{', '2', '}', '(']

    Raises:
        ReadError: the formula is longer than any that a person writes, or a number has too many digits.
    """
    return list(_tokenized(text))


@lru_cache(maxsize=4096)  # a document is looked through several times
def _tokenized(text: str) -> tuple[Token, ...]:
    text = _MATHEMATICAL.sub(lambda letter: simple(letter.group()), text)
    found: list[Token] = []
    gap = False
    grids = 0  # matrices that are open
    for match in _PATTERN.finditer(text):
        grids += (match.lastgroup == "begin") - (match.lastgroup == "finish")
        if match.lastgroup == "space" or (match.lastgroup == "upright" and _REMARK.fullmatch(match["upright"])):
            gap = True
            found.extend(_separators(match) if grids > 0 else ())
            continue
        found.extend(_tokens(match, tight=not gap and bool(found), grids=grids))
        gap = False
        if len(found) > MOST_TOKENS:
            raise ReadError(f"a formula of more than {MOST_TOKENS} tokens", (0, len(text)))
    found.append(Token("end", "", len(text), len(text)))
    return tuple(found)


def _separators(match: re.Match[str]) -> list[Token]:
    """Return the column and row breaks within what is spacing outside of a matrix."""
    return [
        Token("sign", mark.group()[:2], match.start() + mark.start(), match.start() + mark.end())
        for mark in re.finditer(r"&|\\\\", match.group())
    ]


def _tokens(match: re.Match[str], *, tight: bool, grids: int) -> Iterator[Token]:
    """Yield the tokens of one match: several for raised characters, fractions, and text with maths in it."""
    kind = match.lastgroup or ""
    start, end = match.span()
    if kind == "fraction":
        found = tokens(f"{{{fraction(match.group())}}}")[:-1]
        yield from (replace(token, start=start, end=end, tight=place > 0 or tight) for place, token in enumerate(found))
    elif kind in ("raised", "lowered"):
        yield Token("sign", "^" if kind == "raised" else "_", start, start, tight)
        yield Token("sign", "{", start, start, tight=True)
        yield from _shifted(tokens(simple(match.group())), start)
        yield Token("sign", "}", end, end, tight=True)
    elif kind == "prose" or (kind == "upright" and grids and _SAID.search(match["upright"])):
        start = match.start(kind)
        for place, part in enumerate(re.split(r"(\$)", match[kind])):
            if part != "$":
                yield from (replace(token, upright=place % 4 == 0) for token in _shifted(tokens(part), start))
            start += len(part)
    else:
        yield _token(match, kind, tight=tight)


def _shifted(found: list[Token], by: int) -> Iterator[Token]:
    return (replace(token, start=token.start + by, end=token.end + by) for token in found if token.kind != "end")


def _token(match: re.Match[str], kind: str, *, tight: bool) -> Token:
    start, end = match.span()
    text = match.group()
    if kind == "begin":
        name = match["begin"]
        text = CASES_BEGIN if "cases" in name else DETERMINANT_BEGIN if name in ("vmatrix", "Vmatrix") else GRID_BEGIN
        return Token("command", text, start, end, tight)
    if kind in ("finish", "dots"):
        return Token("command", GRID_END if kind == "finish" else "\\dots", start, end, tight)
    if kind == "upright":
        return Token("word", re.sub(r"\\[,;:! ]|[\s_-]+", "", match["upright"]), start, end, tight, upright=True)
    if kind == "number":
        return _number(text, start, end, tight)
    if kind in ("factor", "else"):
        return Token("word", text if kind == "factor" else "otherwise", start, end, tight)
    if kind == "word" and text in GREEK:
        return Token("command", GREEK[text], start, end, tight)
    text = ALIKE.get(re.sub(r"\s", "", text), text)
    if kind == "sign" and text.startswith("\\"):
        return Token("command", text, start, end, tight)
    return Token(kind, text, start, end, tight)  # type: ignore[arg-type]  # the groups of the pattern are the kinds


def _number(text: str, start: int, end: int, tight: bool) -> Token:
    """Return a number in plain notation: thousands are set off by a comma, and so may be decimals."""
    if text not in BOLD_ONES:
        text = re.sub(r"\d", lambda digit: str(int(digit[0])), text)  # digits of other scripts are digits
    thousands = _FIXED.fullmatch(text.partition(".")[0]) and not text.startswith("0")
    text = re.sub(r"\\\w+\{[eE]\}\{?([+-]?\d+)\}?", r"e\1", text)
    plain = re.sub(r"\{[,.]\}|\\,", "" if thousands else ".", re.sub(r"\s", "", text))
    if len(plain) > MOST_DIGITS or len(plain.lower().partition("e")[2].lstrip("+-0")) > 5:
        raise ReadError(f"a number of more than {MOST_DIGITS} digits", (start, end))
    return Token("number", plain, start, end, tight)

"""Text into tokens: numbers, letter runs, commands and signs, each with its place; spacing and layout left out."""

import re
from dataclasses import dataclass
from typing import Literal

from ..errors import InputError

Kind = Literal["number", "word", "command", "sign", "end"]
MOST_TOKENS = 20_000  # in one formula
MOST_DIGITS = 400  # in one number


class ReadError(InputError):
    """A formula, or a part of it, is not understood; ``span`` says which characters."""

    def __init__(self, message: str, span: tuple[int, int]) -> None:
        super().__init__(message)
        self.span = span


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
    r"\s+|\u200b|&(?!\w+;)|\\\\(?:\[[^\]\n]{0,20}\])?|\\[,;:!> ]|~|%[^\n]*"
    r"|\\(?:left|right)\s*\.|\\[hv]space\*?\{[^{}]*\}|\\color\{[^{}]*\}|\\(?:q?quad|left|right|[bB]igg?[lrm]?|displaystyle|textstyle|limits|nolimits|nonumber|notag|hfill"
    r"|therefore|because)(?![A-Za-z])"
)
_TEXT = (
    r"\\(?:text|textrm|textit|textbf|textsf|mathrm|mathit|mathsf|operatorname|mbox|rm)\*?\s*\{(?P<upright>[^{}$\\]*)\}"
)
GRID_BEGIN, GRID_END = "matrix(", ")matrix"  # what the tokens of a matrix environment say
_GRIDS = "[bpvBV]?matrix|smallmatrix|array"
_PATTERN = re.compile(
    rf"(?P<space>(?:{_SPACING})+)|{_TEXT}"
    rf"|(?P<begin>\\begin\{{(?:{_GRIDS})\*?\}}(?:\{{[lcr|\s]*\}})?)|(?P<finish>\\end\{{(?:{_GRIDS})\*?\}})"
    r"|(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![\d.]))?)"
    r"|(?P<command>\\[A-Za-z]+|\\[^A-Za-z])"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_ALIKE = {"−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "（": "(", "）": ")", "，": ",",
          "′": "'", "∂": "\\partial", "∑": "\\sum", "≤": "\\le", "≥": "\\ge", "⊙": "\\odot"}  # fmt: skip
_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)
_GREEK_LETTERS = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ"
GREEK = {letter: f"\\{name}" for letter, name in zip(_GREEK_LETTERS, _GREEK_NAMES.split(), strict=True)}


def tokens(text: str) -> list[Token]:
    """Return the tokens of one formula, closed by an ``end`` token.

    >>> [token.text for token in tokens(r"\\frac{1}{2}(t - o)^2")][:8]
    ['\\\\frac', '{', '1', '}', '{', '2', '}', '(']

    Raises:
        ReadError: the formula is longer than any that a person writes, or a number has too many digits.
    """
    found: list[Token] = []
    gap = False
    grids = 0  # matrices that are open
    for match in _PATTERN.finditer(text):
        grids += (match.lastgroup == "begin") - (match.lastgroup == "finish")
        if match.lastgroup == "space" or (match.lastgroup == "upright" and not match["upright"].strip(" \t\n-_")):
            gap = True
            found.extend(_separators(match) if grids > 0 else ())
            continue
        found.append(_token(match, tight=not gap and bool(found)))
        gap = False
        if len(found) > MOST_TOKENS:
            raise ReadError(f"a formula of more than {MOST_TOKENS} tokens", (0, len(text)))
    found.append(Token("end", "", len(text), len(text)))
    return found


def _separators(match: re.Match[str]) -> list[Token]:
    """Return the column and row breaks within what is spacing outside of a matrix."""
    return [
        Token("sign", mark.group()[:2], match.start() + mark.start(), match.start() + mark.end())
        for mark in re.finditer(r"&|\\\\", match.group())
    ]


def _token(match: re.Match[str], *, tight: bool) -> Token:
    start, end = match.span()
    kind, text = match.lastgroup, match.group()
    if kind in ("begin", "finish"):
        return Token("command", GRID_BEGIN if kind == "begin" else GRID_END, start, end, tight)
    if kind == "upright":
        return Token("word", re.sub(r"[\s_-]+", "", match["upright"]), start, end, tight, upright=True)
    if kind == "number" and (len(text) > MOST_DIGITS or len(text.lower().partition("e")[2].lstrip("+-0")) > 5):
        raise ReadError(f"a number of more than {MOST_DIGITS} digits", (start, end))
    if kind == "word" and text in GREEK:
        return Token("command", GREEK[text], start, end, tight)
    text = _ALIKE.get(text, text)
    if kind == "sign" and text.startswith("\\"):
        return Token("command", text, start, end, tight)
    return Token(kind, text, start, end, tight)  # type: ignore[arg-type]  # the groups of the pattern are the kinds

"""Systems of equations: environments that only line up what stands in them, and are no matrices or cases."""

import re
from collections.abc import Iterator

_MARK = re.compile(
    r"(?P<brace>\\left\s{0,9}\\(?:\{|lbrace)\s{0,9}|\\(?:\{|lbrace)\s{0,9})?"
    r"\\begin\{(?P<name>array|[dr]?cases|aligned|alignedat|gathered|split|matrix)\*?\}"
    r"(?P<columns>(?:\[[a-z]\])?(?:\{(?:[lcr|\s\d]|@\{[^{}]{0,20}\})*\})?)"
    r"|\\end\{(?P<end>array|[dr]?cases|aligned|alignedat|gathered|split|matrix)\*?\}(?P<right>\s{0,9}\\right\s{0,9}\.)?"
)
_RELATION = re.compile(r"(?<![<>!:])=(?!>)|\\approx|≈|\\le(?:ftarrow|q)?(?![A-Za-z])|:=")
_WORDS = re.compile(r"\{?\\(?:text|mbox|textrm|mathrm|hbox|rm)(?![a-z])")
_INNER = re.compile(r"\{[^{}]*\}")
_BEFORE = re.compile(
    r"(?:[\s&.,;]|\\(?:q?quad|displaystyle|therefore|because|[Rr]ightarrow|implies)(?![A-Za-z])|\\[,;:! ]|\\\\)*"
)
_BRACKET = re.compile(r"(?:\\left\s{0,9}(?:[(\[|]|\\[{|])|[(\[|]|\\[{|])\s{0,9}\Z")


def opened(text: str) -> str:
    r"""Return the text of a passage with the marks of systems of equations blanked, so that places stay.

    >>> opened(r"\begin{array}{rcl} a &=& b \end{array}").split()
    ['a', '&=&', 'b']
    """
    if "\\begin" not in text:
        return text
    parts: list[str] = []
    at = 0
    for start, end in sorted(_marks(text)):
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = max(at, end)
    return "".join(parts) + text[at:]


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where the marks of systems reach."""
    stack: list[re.Match[str]] = []
    for mark in _MARK.finditer(text):
        if mark["name"]:
            stack.append(mark)
        elif stack and stack[-1]["name"] == mark["end"]:
            begin = stack.pop()
            if _is_system(text, begin, mark):
                yield begin.span()
                closes = begin["brace"] is not None and begin["brace"].startswith("\\left")
                yield (mark.start(), mark.end() if closes else mark.end() - len(mark["right"] or ""))


def _is_system(text: str, begin: re.Match[str], end: re.Match[str]) -> bool:
    """Whether equations stand in an environment, and nothing before it that they could be the entries of."""
    if begin["name"] in ("aligned", "alignedat", "gathered", "split") and begin["brace"] is None:
        return False  # these never are anything else
    braced = begin["brace"] is not None or "cases" in begin["name"]
    before = text[max(0, begin.start() - 200) : begin.start()]
    if braced and not _BEFORE.fullmatch(before.rpartition("\\\\")[2]):
        return False
    if not braced and _BRACKET.search(before):
        return False
    inner = text[begin.end() : end.start()]
    rows = [row for row in inner.split("\\\\") if row.strip()]
    first = [_RELATION.search(_INNER.sub("", _WORDS.split(row)[0])) for row in rows]
    return bool(rows) and first[0] is not None

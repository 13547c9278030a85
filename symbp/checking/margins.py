"""Where a note may stand in a text without breaking what is around it: at blank lines, as Markdown or TeX has them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]
_BLANK = re.compile(r"\r?\n(?=[ \t>]*\r?\n)")
_FENCE = re.compile(r"^[ \t>]{0,40}(`{3,}|~{3,})[^\n]*\n.*?^[ \t>]{0,40}\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_TEX = re.compile(
    r"(?P<comment>%[^\n]*)|(?P<escaped>\\[^A-Za-z])|\\(?P<step>begin|end)\s{0,9}\{(?P<name>[^{}\n]{1,40})\}"
    r"|(?P<item>\\item(?![A-Za-z]))|(?P<brace>[{}])|(?P<blank>\r?\n(?=[ \t]*\r?\n))"
)
_VERBATIM = frozenset({"verbatim", "lstlisting", "minted", "comment", "filecontents"})
_CLOSED = frozenset(
    {"tabular", "tabularx", "tabulary", "longtable", "array", "tikzpicture", "picture", "algorithm", "algorithmic"}
)
_LISTS = frozenset({"itemize", "enumerate", "description"})


@dataclass(frozen=True, slots=True)
class Margins:
    """The places in a text, in order, before which a note may be put in; ``last`` when no other follows."""

    places: tuple[int, ...]
    last: int

    def after(self, place: int) -> int:
        """Return the first place for a note at or after another."""
        found = bisect_left(self.places, place)
        return self.places[found] if found < len(self.places) else max(self.last, place)


def markdown_margins(text: str, taken: list[Span]) -> Margins:
    """Return the ends of paragraphs that are not within code or one of the stretches that are taken.

    >>> markdown_margins("a\\n\\nb $$c\\n\\nd$$ e", [(5, 15)])
    Margins(places=(1,), last=15)
    """
    inside = _Spans([*taken, *(match.span() for match in _FENCE.finditer(text))])
    found = [match.start() for match in _BLANK.finditer(text) if not inside.holds(match.start())]
    return Margins(tuple(found), len(text.rstrip()))


def tex_margins(text: str) -> Margins:
    """Return the blank lines of a TeX document between which paragraphs stand, outside of braces and tables.

    >>> tex_margins("a {b\\n\\nc}\\n\\nd").places
    (8,)
    """
    places: list[int] = []
    open_: list[str] = []
    depth, last = 0, len(text.rstrip())
    for step in _steps(text):
        if step["brace"]:
            depth += 1 if step["brace"] == "{" else -1
        elif step["item"] and open_:
            open_[-1] = "item"
        elif step["step"] == "begin":
            open_.append("" if step["name"] == "document" else step["name"].rstrip("*"))
            depth, places = (0, []) if step["name"] == "document" else (depth, places)
        elif step["step"] == "end":
            if step["name"] == "document":
                last = step.start()
                break
            open_ = open_[:-1]
        elif step["blank"] is not None and depth == 0 and not (_CLOSED | _LISTS).intersection(open_):
            places.append(step.start())
    return Margins(tuple(places), last)


def _steps(text: str) -> Iterator[re.Match[str]]:
    """Yield what opens, closes or separates in a TeX document; verbatim text has none of it."""
    at = 0
    while match := _TEX.search(text, at):
        at = match.end()
        if match["step"] == "begin" and match["name"].rstrip("*") in _VERBATIM:
            end = text.find(f"\\end{{{match['name']}}}", at)
            at = len(text) if end < 0 else end + len(f"\\end{{{match['name']}}}")
        elif match["comment"] is None and match["escaped"] is None:
            yield match


class _Spans:
    """Stretches of a text, of which it is asked whether they hold a place."""

    def __init__(self, spans: list[Span]) -> None:
        ordered = sorted(spans)
        self.starts = [start for start, _ in ordered]
        self.ends: list[int] = []
        for _, end in ordered:
            self.ends.append(max(end, self.ends[-1] if self.ends else end))

    def holds(self, place: int) -> bool:
        before = bisect_right(self.starts, place) - 1
        return before >= 0 and place < self.ends[before]

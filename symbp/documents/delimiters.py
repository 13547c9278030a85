"""Where maths stands in a text: between delimiters, in environments, fences and directives, or plain on lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .containers import is_tex
from .seeking import Seeker
from .worked import is_worked

ENVIRONMENTS = (
    "equation|align|aligned|alignat|alignedat|gather|gathered|multline|flalign|eqnarray|displaymath|math|split|cases|dmath"
    "|IEEEeqnarray"
)
SIZES = r"\\(?:LARGE|[Ll]arge|[Hh]uge|normalsize|scriptsize|tiny|displaystyle|textstyle)(?![A-Za-z])"
_OPEN = re.compile(
    r"(?=[`~\\$%:\[.> \t\d*+-])(?:"
    r"^(?P<quote>[ \t>]{0,40})(?:(?:[-*+]|\d{1,3}[.)])[ \t]{1,4})?(?P<fence>`{3,}|~{3,})(?P<info>[^\n`]*)$"
    r"|\\begin\{(?P<verbatim>[a-zA-Z]*[vV]erbatim|lstlisting|comment|tikzpicture|minted|filecontents|python|pycode|code|pyconsole|matlab|alltt|listing|tcblisting)\*?\}"
    r"|\$`(?P<gitlab>[^`\n]{1,2000})`\$"
    r"|:math:`(?P<role>[^`]{1,2000})`"
    r"|(?P<code>`+)"
    r"|(?P<comment>%[^\n]*$)"
    r"|(?P<kramdown>\\\\(?=[\[(]))"
    r"|(?P<escaped>\\[$%\\])"
    r"|(?P<dollars>\$\$)"
    r"|(?P<square>\\\[)"
    r"|(?P<round>\\\()"
    rf"|\\begin\{{(?P<env>(?:{ENVIRONMENTS})\*?)\}}"
    r"|^(?P<indent>[ \t]{0,40})\.\.[ ]"
    r"(?:math::(?P<argument>[^\n]*)|(?P<block>code-block|code|sourcecode|highlight|raw)::[^\n]*)$"
    r"|^(?P<bare>[ \t>]{0,40}\[[ \t]*)$"
    r"|(?P<dollar>\$))",
    re.MULTILINE,
)
_PREAMBLE = re.compile(r"\\begin\{document\}")
_INLINE_END = re.compile(r"\\.|\$|\n[ \t>]{0,40}\n|\n[ \t]{0,40}(?:[-*+]|#{1,6})[ ]", re.DOTALL)
_BARE_END = re.compile(r"^[ \t>]{0,40}\][ \t]*[.,]?[ \t]*$", re.MULTILINE)
_OPTIONS = re.compile(r"\s{0,20}(?:^[ \t]{0,40}:[\w-]{1,40}:[^\n]*$\s{0,20})+", re.MULTILINE)
_PROSE = re.compile(r"[^\W\d_]{2,40},?[ ][^\W\d_]{2,40}")
_SENTENCE = re.compile(r"^[^\\\n$=^]*(?:[^\W\d_]{2,40}[ ,]+){5}[^\\\n$=^]*$", re.MULTILINE)
_LINED = re.compile(r"(\s*)\[([ \t]*\n[^\[\]]+?\n[ \t]*)\](\s*)\Z")
_QUOTED = re.compile(r"^[ \t]{0,40}>[ \t>]{0,40}", re.MULTILINE)
LONGEST_INLINE = 2000


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text that is maths.

    Attributes:
        text: what stands between the delimiters; parts left out are blanked, so that places stay.
        start: the place of its first character in the text.
        kind: ``display``, ``inline`` or ``plain``.
        outer: from where to where it reaches with its delimiters.
        made: whether its text is put together from several places; all of it then stands at its start.
        turn: for the values of a table that is read column by column: where the table stands, and which column.
    """

    text: str
    start: int
    kind: str
    outer: tuple[int, int]
    turn: tuple[int, int] | None = None
    made: bool = False

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.outer[1] if self.made else self.start + len(self.text)

    @property
    def order(self) -> tuple[int, int, int]:
        """What passages are sorted by."""
        return (*(self.turn or (self.start, 0)), self.start)


@dataclass(frozen=True, slots=True)
class Other:
    """A stretch that is certainly no maths: code or a comment."""

    outer: tuple[int, int]


def delimited(text: str) -> Iterator[Passage | Other]:
    """Yield the maths that stands between delimiters, in order, and what is code or a comment.

    >>> [found.text for found in delimited("If $a = b$ then\\n$$b = a$$ but not `$x$`") if isinstance(found, Passage)]
    ['a = b', 'b = a']
    """
    finder = _Finder(text)
    begin = _PREAMBLE.search(text)
    at = begin.end() if begin else 0
    if at:
        yield Other((0, at))
    while match := _OPEN.search(text, at):
        found = finder.at(match)
        at = max(match.end(), found.outer[1]) if found else match.end()
        if found:
            yield found


class _Finder:
    """Reads what one opening mark begins."""

    def __init__(self, text: str) -> None:
        self.text, self.seeker, self.tex = text, Seeker(text), is_tex(text)
        self.bare_end: tuple[int, int, int] = (
            0,
            0,
            0,
        )  # the last closing line found, and up to where it was looked for
        self.closings: set[int] = set()  # where the lines stand that close fences of worked maths

    def at(self, match: re.Match[str]) -> Passage | Other | None:
        """Return what a match of `_OPEN` begins, or nothing if it is no opening mark after all."""
        kind = next(name for name in reversed(_KINDS) if match[name] is not None)
        read = {"fence": self.fence, "verbatim": self.verbatim, "env": self.environment, "indent": self.directive,
                "bare": self.bare, "dollar": self.dollar, "dollars": self.dollars, "kramdown": self.kramdown,
                "code": self.code}  # fmt: skip
        if kind in read:
            return read[kind](match)
        if kind in ("gitlab", "role"):
            return Passage(match[kind], match.start(kind), "inline", match.span())
        if kind in ("square", "round"):
            return self.closed(match, "\\]" if kind == "square" else "\\)")
        if kind == "comment" and not self.tex:
            return None
        return Other(match.span()) if kind == "comment" else None

    def passage(self, start: int, end: int, outer: tuple[int, int], kind: str = "display") -> Passage:
        """Return a passage; the marks of a block quote that it stands in are blanked."""
        inner = _inner(self.text[start:end])
        line = self.text[max(0, outer[0] - 40) : outer[0]].rpartition("\n")[2]
        if ">" in line or (">" in inner and re.match(r"[ \t>]*>", self.text[outer[0] : start])):
            inner = _QUOTED.sub(lambda mark: " " * len(mark.group()), inner)
        return Passage(inner, start, kind, outer)

    def closed(self, match: re.Match[str], close: str, kind: str = "") -> Passage | None:
        end = self.seeker.find(close, match.end())
        kind = kind or ("inline" if close.endswith(")") else "display")
        if end < 0 or (
            kind == "inline" and (end - match.end() > LONGEST_INLINE or "\n\n" in self.text[match.end() : end])
        ):
            return None
        return self.passage(match.end(), end, (match.start(), end + len(close)), kind)

    def kramdown(self, match: re.Match[str]) -> Passage | None:
        square = self.text[match.end()] == "["
        close = "\\\\]" if square else "\\\\)"
        end = self.seeker.find(close, match.end())
        if end < 0 or (not square and end - match.end() > LONGEST_INLINE):
            return None
        kind = "display" if square else "inline"
        return self.passage(match.end() + 1, end, (match.start(), end + len(close)), kind)

    def dollars(self, match: re.Match[str]) -> Passage | None:
        end = self.seeker.find("$$", match.end())
        if end <= match.end():
            return None
        inner = self.text[match.end() : end]
        if "\n\n" in inner and "\\begin" not in inner and _SENTENCE.search(inner):
            return None  # a mark that nothing closes, and the prose after it
        return self.passage(match.end(), end, (match.start(), end + 2))

    def dollar(self, match: re.Match[str]) -> Passage | None:
        for close in _INLINE_END.finditer(self.text, match.end(), match.end() + LONGEST_INLINE):
            if close.group().startswith("\\"):
                continue
            inner = self.text[match.end() : close.start()]
            ends = close.group() == "$" and inner.strip() and not self.text[close.end() : close.end() + 1].isdigit()
            prose = _PROSE.search(inner) and not re.search(r"[\\=_^]", inner)
            return (
                None
                if not ends or prose
                else self.passage(match.end(), close.start(), (match.start(), close.end()), "inline")
            )
        return None

    def environment(self, match: re.Match[str]) -> Passage | None:
        return self.closed(match, f"\\end{{{match['env']}}}", "display")

    def verbatim(self, match: re.Match[str]) -> Other | None:
        end = self.seeker.find(f"\\end{{{match['verbatim']}", match.end())
        return Other((match.start(), end)) if end >= 0 else None

    def code(self, match: re.Match[str]) -> Other | None:
        end = self.text.find(match["code"], match.end(), match.end() + LONGEST_INLINE)
        if end < 0 or "\n" in self.text[match.end() : end]:
            return None
        return Other((match.start(), end + len(match["code"])))

    def fence(self, match: re.Match[str]) -> Passage | Other:
        end = self.seeker.find(match["fence"], match.end())
        while end >= 0 and self.text[self.text.rfind("\n", match.end() - 1, end) + 1 : end].strip(" \t>"):
            end = self.seeker.find(match["fence"], end + 3)
        stop = len(self.text) if end < 0 else end
        outer = (match.start(), min(stop + len(match["fence"]), len(self.text)))
        info = match["info"].strip().split(" ")[0]
        if match.start() in self.closings:
            return Other(match.span())
        if info in ("", "text", "txt", "plain", "plaintext") and is_worked(self.text[match.end() : stop]):
            self.closings.add(self.text.rfind("\n", 0, stop) + 1)
            return Other(match.span())  # its lines are read as those of a plain text
        if info not in ("math", "{math}", "{eval-rst}"):
            return Other(outer)
        return self.optioned(min(match.end(), stop), stop, outer)

    def optioned(self, start: int, end: int, outer: tuple[int, int]) -> Passage:
        """Return a passage without the option lines at its top."""
        options = _OPTIONS.match(self.text, start, end)
        return self.passage(options.end() if options else start, end, outer)

    def directive(self, match: re.Match[str]) -> Passage | Other:
        """Return the indented body of an rst directive, or the formula on its own line."""
        least = len(match["indent"].expandtabs()) + 1
        end = match.end()
        for line in re.compile(r"\n([ \t]*)([^\n]*)").finditer(self.text, match.end()):
            if line[2] and len(line[1].expandtabs()) < least:
                break
            end = line.end() if line[2] else end
        if match["block"]:
            return Other((match.start(), end))
        return self.optioned(match.start("argument"), end, (match.start(), end))

    def bare(self, match: re.Match[str]) -> Passage | None:
        """Return the display between lines that are only brackets, where it looks like maths."""
        start, end, seen = self.bare_end
        if start < match.end():
            close = _BARE_END.search(self.text, max(match.end(), seen), match.end() + LONGEST_INLINE)
            start, end = close.span() if close else (0, 0)
            self.bare_end = (start, end, start or match.end() + LONGEST_INLINE)
        inner = self.text[match.end() : start]
        if not start or '"' in inner or "\n\n" in inner or not re.search(r"\\[A-Za-z]|[=^_]", inner):
            return None
        return self.passage(match.end(), start, (match.start(), end))


def _inner(text: str) -> str:
    """Return what stands between delimiters, with a second pair of delimiters in it blanked."""
    if text.lstrip().startswith("$"):
        text = text.replace("$", " ")
    lines = _LINED.match(text)
    return f"{lines[1]} {lines[2]} {lines[3]}" if lines else text


_KINDS = (
    "code", "comment", "escaped", "kramdown", "round", "square", "indent", "bare", "dollar", "dollars", "gitlab",
    "role", "env", "verbatim", "fence",
)  # fmt: skip

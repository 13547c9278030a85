"""The document itself with a mark at every link and, beneath, what is wrong and the repaired line."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..documents.containers import Source, is_tex, sources
from ..documents.delimiters import Passage, delimited
from ..documents.notebooks import cells
from ..documents.pages import is_page
from ..errors import UnsupportedError
from .dialects import MARKDOWN, TEX, Dialect
from .languages import word
from .margins import Margins, markdown_margins, tex_margins
from .report import EquationReport, LinkReport, Region, Report

_IMAGE_END = re.compile(r'(?:[ \t]+"[^"\n]{0,400}")?\)')
NOTED = ("refuted", "undecided", "unread")


def annotated(report: Report, lang: str = "en") -> str:
    """Return the document of a report with a mark at every link; notes stand at the ends of paragraphs.

    Raises:
        UnsupportedError: it is a kind of document that cannot be annotated.
    """
    return _Annotator(report, lang).text()


@dataclass(frozen=True, slots=True)
class _Maths:
    """Where maths stands in the document; ``whole`` where it does not stand there as it is read."""

    start: int
    end: int
    outer: int
    whole: bool


@dataclass
class _Annotator:
    report: Report
    lang: str

    def text(self) -> str:
        if is_page(self.document) or self.report.document.lower().endswith(".rst"):
            raise UnsupportedError(f"{self.report.document}: only Markdown, TeX and notebooks are annotated")
        self.dialect.check(self.document, self.lang)
        parts, at = [], 0
        for place, text in sorted(self._edits(), key=lambda edit: edit[0]):
            parts += [self.document[at:place], json.dumps(text, ensure_ascii=False)[1:-1] if self.is_notebook else text]
            at = place
        return "".join([*parts, self.document[at:]])

    @cached_property
    def document(self) -> str:
        return "\n".join(self.report.lines)

    @cached_property
    def is_notebook(self) -> bool:
        return cells(self.document) is not None

    @cached_property
    def dialect(self) -> Dialect:
        return TEX if is_tex(self.document) and not self.is_notebook else MARKDOWN

    @cached_property
    def lines(self) -> list[int]:
        starts = [0]
        for line in self.report.lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    @cached_property
    def sources(self) -> list[Source]:
        return list(sources(self.document))

    @cached_property
    def maths(self) -> list[_Maths]:
        return [
            _Maths(
                source.place(item.start), source.end(item.end), source.end(item.outer[1]), self._is_whole(source, item)
            )
            for source in self.sources
            for item in delimited(source.text)
            if isinstance(item, Passage)
        ]

    def _is_whole(self, source: Source, passage: Passage) -> bool:
        """Whether what opens a passage stands elsewhere or otherwise, as for a formula in the address of an image."""
        start, end = source.place(passage.outer[0]), source.place(max(passage.outer[0], passage.end - 1))
        return start == end or self.document[start] != source.text[passage.outer[0]]

    def _edits(self) -> Iterator[tuple[int, str]]:
        yield from self.dialect.preamble(self.document)
        notes: dict[tuple[int, str], list[str]] = {}
        number = 0
        for equation in self.report.equations:
            for link in equation.links:
                number += link.verdict in NOTED
                shown = number if link.verdict in NOTED else None
                place, in_maths = self._spot(self._offset(link.regions[1]))
                yield place, self.dialect.mark(link.verdict, shown, in_maths=in_maths)
                if shown is not None:
                    notes.setdefault(self._margin(equation), []).append(self._note(link, shown))
        for (place, prefix), texts in notes.items():
            yield place, self.dialect.notes(texts, prefix)

    def _offset(self, region: Region) -> int:
        return self.lines[region[0] - 1] + region[1] - 1

    def _spot(self, place: int) -> tuple[int, bool]:
        """Return where the mark of a member stands, and whether that is within maths."""
        starts = [item.start for item in self.maths]
        found = bisect_right(starts, place) - 1
        item = self.maths[found] if found >= 0 else None
        if item is None or place > max(item.end, item.outer - 1):
            return place, False
        closing = _IMAGE_END.match(self.document, item.outer)
        return (closing.end() if closing else item.outer, False) if item.whole else (place, place <= item.end)

    def _note(self, link: LinkReport, number: int) -> str:
        in_maths = self._spot(self._offset(link.region))[1]
        repaired = _repaired(link)
        head = self.dialect.head(link.verdict, number, f"{word(link.verdict, self.lang)}: {link.reason}")
        return head + (self.dialect.line(repaired, word("expected:", self.lang), in_maths=in_maths) if repaired else "")

    def _margin(self, equation: EquationReport) -> tuple[int, str]:
        """Return where the notes on an equation stand, and what stands before each of their lines."""
        start = self._offset(equation.outer)
        end = self._offset((equation.outer[2], equation.outer[3], 1, 1))
        number = max(0, bisect_right([source.place(0) for source in self.sources], start) - 1)
        source = self.sources[number]
        own = source.own
        place = self.margins[number].after(_own(source, end))
        line = own.rfind("\n", 0, _own(source, start)) + 1
        prefix = re.match(r"[ \t>]*", own[line:])
        whole = source.to_document.end(len(own)) if place >= len(own) else source.to_document.start(place)
        return whole, prefix.group() if prefix else ""

    @cached_property
    def margins(self) -> list[Margins]:
        return [self._margins(source) for source in self.sources]

    def _margins(self, source: Source) -> Margins:
        if self.dialect is TEX:
            return tex_margins(source.own)
        outers = [item.outer for item in delimited(source.own) if isinstance(item, Passage)]
        return markdown_margins(source.own, outers)


def _own(source: Source, place: int) -> int:
    """Return where a place of the document is in the text of a source."""
    low, high = 0, len(source.own)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if source.to_document.start(middle) < place else (low, middle)
    return low


def _repaired(link: LinkReport) -> str:
    """Return the link as it should stand; only the member where the other one is laid out in rows."""
    if not link.expected:
        return ""
    other = link.rhs if link.left else link.lhs
    if "\\begin" in other:
        return link.expected
    sides = (link.expected, other) if link.left else (other, link.expected)
    return f"{sides[0]} {link.relation} {sides[1]}"

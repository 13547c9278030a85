"""From a passage to equations: chains of members with the relation signs between them, each with its place."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .containers import Source, sources
from .delimiters import Passage
from .equal import beside
from .finding import passages
from .sections import case_starts, section_starts
from .splitting import Part, blanked, split

_LABEL = re.compile(r"\\tag\*?\{([^{}]{0,200})\}|\\q?quad\s{0,9}\((\d{1,4}[a-z']?(?:[.-]\d{1,4})?)\)\s*(?:\\\\|\Z)")
_GRID = re.compile(r"\\begin\{([a-zA-Z]{0,9}matrix\*?|array|[dr]?cases)\}.*?\\end\{\1\}", re.DOTALL)
_BREAK = re.compile(r"\\\\(?:\[[^\]\n]{0,20}\])?|&")
_DEFINES = {":=", "\\leftarrow", "\\gets", "\\coloneqq", "←", "+=", "-="}


@dataclass(frozen=True, slots=True)
class Member:
    """One formula of a chain.

    Attributes:
        text: as it is to be read: with macros expanded.
        start: where it stands in the document.
        relation: the sign before it; empty for the first.
        row: which row of its passage it stands in, from 0.
        own: as the document has it, where macros make a difference.
        end: where it ends in the document.
    """

    text: str
    start: int
    relation: str = ""
    row: int = 0
    own: str = ""
    end: int = 0

    @property
    def shown(self) -> str:
        """The text as the document has it, without alignment marks and row breaks but for those of matrices."""
        text, shown, at = self.own or self.text, [], 0
        for grid in _GRID.finditer(text):
            shown += [_BREAK.sub(" ", text[at : grid.start()]), grid[0]]
            at = grid.end()
        return " ".join("".join([*shown, _BREAK.sub(" ", text[at:])]).split())


@dataclass(frozen=True, slots=True)
class Chain:
    """Members joined by relation signs.

    Attributes:
        members: at least two.
        label: the number printed beside it, in brackets; empty when there is none.
        kind: of the passage: ``display``, ``inline`` or ``plain``.
        outer: where its passage begins and ends in the document, with the delimiters.
        section: how many headings stand before it.
        case: how many times the text before it says that two indices differ.
        equal: the two letters that stand beside it as equal, as in ``\\quad i = j``.
    """

    members: tuple[Member, ...]
    label: str
    kind: str
    outer: tuple[int, int] = (0, 0)
    section: int = 0
    case: int = 0
    equal: tuple[str, str] | None = None

    @property
    def start(self) -> int:
        """The place of the first member in the document."""
        return self.members[0].start

    @property
    def source(self) -> str:
        """The chain as the document has it."""
        return " ".join(f"{member.relation} {member.shown}".strip() for member in self.members)


def chains(document: str) -> Iterator[Chain]:
    """Yield every chain of a document, in order.

    >>> [[member.text for member in chain.members] for chain in chains("$$a &= b + c \\\\\\\\ &= d$$")]
    [['a', 'b + c', 'd']]
    """
    starts = section_starts(document)
    found = [
        replace(chain, section=bisect_right(starts, chain.start))
        for source in sources(document)
        for passage in passages(source.text)
        for chain in _chains(passage, source)
    ]
    cases = _outside(case_starts(document), found)
    yield from (replace(chain, case=bisect_right(cases, chain.start)) for chain in found)


def _outside(places: list[int], found: list[Chain]) -> list[int]:
    """Return the places that are in no chain."""
    stretches = sorted({chain.outer for chain in found})
    nearest = (bisect_right(stretches, place, key=lambda stretch: stretch[0]) - 1 for place in places)
    return [place for place, at in zip(places, nearest, strict=True) if at < 0 or stretches[at][1] <= place]


def _chains(passage: Passage, source: Source) -> Iterator[Chain]:
    tag = _LABEL.search(passage.text)
    label = f"({tag[1] or tag[2]})" if tag else ""
    outer = source.place(passage.outer[0]), source.end(passage.outer[1])
    seen: set[str] = set()
    found = list(split(passage.text))
    for parts, after in zip(found, [*found[1:], None], strict=False):
        members = tuple(_member(part, passage, source) for part in parts)
        whole = min(outer[0], members[0].start), max(outer[1], members[-1].end)
        chain = Chain(members, label, passage.kind, whole, equal=beside(parts, after, passage.text))
        if chain.source not in seen:
            seen.add(chain.source)
            yield chain


def _member(part: Part, passage: Passage, source: Source) -> Member:
    if passage.made:
        start, end = source.place(passage.start), source.end(passage.end)
        return Member(part.text, start, part.relation, part.row, end=end)
    start, end = passage.start + part.start, passage.start + part.start + len(part.text)
    first, last = source.to_own.start(start), source.to_own.end(end)
    member = Member(part.text, source.place(start), part.relation, part.row, end=source.end(end))
    if source.text is source.own or source.own[first:last] == source.text[start:end]:
        return member
    return replace(member, own=blanked(source.own[first:last]).strip())


def defines(relation: str) -> bool:
    """Whether a relation sign says that its left side is defined or assigned."""
    return relation in _DEFINES

"""Passages that together are one formula: a display continued by the next, a chain that leaves its dollars."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from .delimiters import SIZES, Other, Passage, delimited
from .in_sentences import in_sentences
from .plain import plain
from .rates import rates
from .tables import tables

_SIGNS = r"(?:=(?![>=])|≈|≐|\\(?:approx|simeq|thickapprox|doteq|equiv)(?![A-Za-z]))"
_LEADS = re.compile(
    rf"(?:[\s&~\u200b]|{SIZES}|\\q?quad(?![A-Za-z])|\\[,;:! ]|\\begin\{{[a-z]{{1,20}}\*?\}})*"
    rf"(?:\\(?:Rightarrow|therefore)\s*)?{_SIGNS}"
)
_TRAILS = re.compile(rf"{_SIGNS}(?:[\s&~\u200b.]|\\\\|\\[,;:! ]|\\end\{{[a-z]{{1,20}}\*?\}})*\Z")
_NOTED = re.compile(
    r"\\q?quad\s{0,9}\\text\{\s?(?:where|with|其中|donde|où|wobei|где)\s?\}[^\\=]{1,40}=(?:(?!\\\\|\\q?quad)[^\n])*\s*\Z"
)
_GAP = re.compile(r"(?:[\s>&*]|<br\s?/?>|\\\\|\\)*\Z")
_GLUE = re.compile(r"[ \t*]*[)\]]?[ \t*]*(?:(?:=|≈|[-+·×/])[ \t*]*)?(?:[^\W\d_]{2,20}\d?[ ]?\()?[ \t]*\Z")
_GLUED = re.compile(r"[=≈()\[\]]")
_TAIL = re.compile(r"[ \t*]{0,9}[=≈][ \t*]{0,9}[-−]?[\d.(][\d.\s+\-*/×·()^−eE=≈]*")
_HEAD = re.compile(r"(?<![\w\\])[^\W\d_]{2,20}\d?\(\Z")
_TAGS = re.compile(r"</?(?:span|b|i|u|em|strong|font|mark|ins)\b[^<>\n]{0,120}>")
_GOES_ON = re.compile(r"\s*(?:[-+−*/]|\\(?:cdot|times|odot)(?![A-Za-z]))")
LONGEST_GAP = 400


def passages(text: str) -> Iterator[Passage]:
    """Yield the maths of a text in order, with what belongs together in one passage.

    >>> [passage.text.split() for passage in passages("$$a = b$$\\n\\n$$= c$$ and tanh($x$) = $y$")]
    [['a', '=', 'b', '=', 'c'], ['tanh(', 'x', ')', '=', 'y']]
    """
    found = list(delimited(text))
    taken = [item.outer for item in found]
    maths = [item for item in found if isinstance(item, Passage)]
    rows = [*_outside_of_code(tables(text, maths), found), *rates(text, maths)]
    typed = list(plain(text, taken))
    said = in_sentences(text, taken, typed, bare=not maths)
    outside = _outside_of(rows, [*_joined(text, found), *typed, *said])
    yield from sorted([*outside, *rows], key=lambda passage: passage.order)


def _outside_of_code(rows: Iterator[Passage], found: list[Passage | Other]) -> list[Passage]:
    code = [item.outer for item in found if isinstance(item, Other)]
    starts = [start for start, _ in code]
    before = ((row, bisect_right(starts, row.start) - 1) for row in rows)
    return [row for row, place in before if place < 0 or code[place][1] <= row.start]


def _outside_of(rows: list[Passage], others: list[Passage]) -> Iterator[Passage]:
    """Yield the passages that are not already part of a row of a table."""
    ordered = sorted(rows, key=lambda row: (row.start, row.end))
    starts = [row.start for row in ordered]
    for passage in others:
        place = bisect_right(starts, passage.start) - 1
        if place < 0 or passage.end > ordered[place].end:
            yield passage


def _joined(text: str, found: list[Passage | Other]) -> Iterator[Passage]:
    run: list[Passage] = []
    for item in found:
        if run and not (isinstance(item, Passage) and _continues(text, run[-1], item)):
            yield _whole(text, run)
            run = []
        if run and (noted := _NOTED.search(run[-1].text)):
            last, at = run[-1], noted.start()
            yield Passage(last.text[at:], last.start + at, last.kind, last.outer)
            run[-1] = replace(last, text=last.text[:at].ljust(len(last.text)))  # the formula goes on without its note
        if isinstance(item, Passage):
            run.append(item)
    if run:
        yield _whole(text, run)


def _continues(text: str, last: Passage, item: Passage) -> bool:
    """Whether a passage goes on with the one before it."""
    gap = text[last.outer[1] : item.outer[0]]
    if len(gap) > LONGEST_GAP or gap.count("\n") > 12:
        return False
    leads = _LEADS.match(item.text) is not None
    if (
        item.kind == last.kind == "display"
        and leads
        and not re.search(r"^\s{0,3}#|^\s{0,3}[-*+] |\|", gap, re.MULTILINE)
    ):
        return True
    if _GAP.match(gap) and (leads or _TRAILS.search(last.text[-200:])):
        return True
    if gap and not _TAGS.sub("", gap):  # only the colour changes within a formula
        return item.kind == last.kind == "inline" and (leads or _GOES_ON.match(item.text) is not None)
    if "\n" in gap or item.kind == "display" or last.kind == "display" or not _GLUE.match(gap):
        return False
    return bool(_GLUED.search(gap)) and _balanced(gap, text, last)


def _balanced(gap: str, text: str, last: Passage) -> bool:
    """Whether a bracket that closes in a gap was opened by the name of a function before the passage."""
    opened = _HEAD.search(text[max(0, last.outer[0] - 30) : last.outer[0]]) is not None
    return not gap.lstrip(" \t*").startswith((")", "]")) or opened


def _whole(text: str, run: list[Passage]) -> Passage:
    first, last = run[0], run[-1]
    start = first.start
    parts = [first.text]
    for before, after in zip(run, run[1:], strict=False):
        gap = text[before.end : after.start]
        parts += [_bare(gap, before, after), after.text]
    if first.kind == "inline":
        head, tail = _outside(text, run)
        opening, closing = first.start - first.outer[0], last.outer[1] - last.end
        if head:
            start = first.outer[0] - len(head)
            parts = [head, " " * opening, *parts]
        if tail:
            parts += [" " * closing, tail.replace("**", "  ")]
    return Passage("".join(parts), start, first.kind, (first.outer[0], last.outer[1]))


def _bare(gap: str, before: Passage, after: Passage) -> str:
    """Return the text between two passages as it is to be read: without delimiters, emphasis or prose."""
    left, right = before.outer[1] - before.end, after.start - after.outer[0]
    middle = gap[left : len(gap) - right]
    if "\n" in middle or before.kind == "display" or after.kind == "display":
        middle = " " * len(middle)
    middle = _TAGS.sub(lambda tag: " " * len(tag.group()), middle)
    return " " * left + middle.replace("**", "  ") + " " * right


def _outside(text: str, run: list[Passage]) -> tuple[str, str]:
    """Return what belongs to an inline formula before its first and after its last delimiter."""
    first, last = run[0].outer[0], run[-1].outer[1]
    after = text[last : last + 200]
    between = text[run[0].outer[1] : run[1].outer[0]] if len(run) > 1 else ""
    head = _HEAD.search(text[max(0, first - 30) : first])
    tail = _TAIL.match(after.split("\n")[0])
    if head and not between.lstrip(" \t*").startswith(")"):
        head = None
    if tail and re.match(r"[^\W_]|\$", after[tail.end() :].lstrip(" \t")):
        tail = None  # prose, or another formula, goes on with it
    return head.group() if head else "", tail.group().rstrip(" .*=") if tail else ""

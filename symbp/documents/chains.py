"""From a passage to equations: chains of members with the relation signs between them, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .finding import Passage, passages

_SIGN = re.compile(
    r"(?P<relation>:=|(?<!\^)\+=|(?<!\^)-=|(?<![<>!])=|≈|≐|\\(?:approx|simeq|thickapprox|doteq|equiv|coloneqq|leftarrow|gets)(?![A-Za-z])|←)"
    r"|(?P<arrow>\\(?:Rightarrow|Longrightarrow|implies|iff|Leftrightarrow)(?![A-Za-z])|⇒)"
    r"|(?P<row>\\\\(?:\[[^\]\n]{0,20}\])?)"
    r"|(?P<comma>[,;，；]|\\q?quad(?![A-Za-z]))"
    r"|(?P<open>\\left\s*\\?[(\[{|.]|[({\[]|\\begin\{[a-z]*matrix\*?\}|\\begin\{(?:array|cases)\})"
    r"|(?P<close>\\right\s*\\?[)\]}|.]|[)}\]]|\\end\{[a-z]*matrix\*?\}|\\end\{(?:array|cases)\})"
    r"|\\[A-Za-z]+|\\."
)
_LEFT_OUT = re.compile(
    r"\\(?:tag|label)\*?\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])"
    r"|\\(?:begin|end)\{(?:align(?:ed|at)?|split|gather(?:ed)?|equation|eqnarray|multline|flalign)\*?\}(?:\{[^{}]*\})?(?:\[[a-z]\])?"
    r"|(?:&\s*&|\\q?quad)\s*\\text\{[^{}]*\}(?=\s*(?:\\\\|$|\\end))"
    r"|^[ \t]*>+(?=\s)"
    r"|%[^\n]*$",
    re.MULTILINE,
)
_RELATED_ROW = re.compile(r"[\s&\u200b]*(?:\\(?:quad|therefore)\s*)?(?:=|≈|\\approx|\\simeq)")
_CONTINUED_ROW = re.compile(r"(?:[\s&]|\\quad|\\[,;! ])*(?:[+*/]|-\s|\\cdot|\\times|\\odot)")
_ROW = re.compile(r"\\\\|\Z")
_PIECE = re.compile(r"\\\\|[,;，；]|\Z")
_TAG = re.compile(r"\\tag\*?\{([^{}]*)\}")
_EDGE = " \t\n\r.,;:，。；：&\u200b~"
_DEFINES = {":=", "\\leftarrow", "\\gets", "\\coloneqq", "←", "+=", "-="}


@dataclass(frozen=True, slots=True)
class Member:
    """One formula of a chain: its text, where it stands, and the sign before it."""

    text: str
    start: int
    relation: str = ""
    row: int = 0

    @property
    def shown(self) -> str:
        """The text as the document has it, without alignment marks and row breaks."""
        return re.sub(r"\s+", " ", re.sub(r"\\\\(?:\[[^\]]*\])?|&", " ", self.text)).strip()


@dataclass(frozen=True, slots=True)
class Chain:
    """Members joined by relation signs.

    Attributes:
        members: at least two.
        label: the number printed beside it, in brackets; empty when there is none.
        kind: of the passage: ``display``, ``inline`` or ``plain``.
    """

    members: tuple[Member, ...]
    label: str
    kind: str

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
    for passage in passages(document):
        yield from _chains(passage)


def _chains(passage: Passage) -> Iterator[Chain]:
    tag = _TAG.search(passage.text)
    label = f"({tag[1]})" if tag else ""
    text = _LEFT_OUT.sub(lambda match: " " * len(match.group()), passage.text)
    chain: list[Member] = []
    for member in _members(text):
        if not member.relation and chain:
            yield from _finished(chain, passage, label)
            chain = []
        chain.append(member)
    yield from _finished(chain, passage, label)


def _finished(chain: list[Member], passage: Passage, label: str) -> Iterator[Chain]:
    placed = [_trimmed(member, passage.start) for member in chain]
    while placed and not placed[-1].text:
        placed.pop()
    if placed and not placed[0].text:
        placed = [replace(placed[1], relation=""), *placed[2:]] if len(placed) > 1 else []
    if len(placed) > 1:
        yield Chain(tuple(placed), label, passage.kind)


def _trimmed(member: Member, offset: int) -> Member:
    text = member.text
    while True:
        left = len(text) - len(text.lstrip(_EDGE))
        breaks = re.match(r"(?:\\\\(?:\[[^\]]*\])?|\\therefore|\\because|\\q?quad|\\[,;! ])\s*", text[left:])
        left += breaks.end() if breaks else 0
        shorter = re.sub(
            r"(?:[\s.,;:，。；：&~\u200b]|\\\\(?:\[[^\]\n]{0,20}\])?|\\q?quad|\\[,;! ])+\Z", "", text[left:]
        )
        if shorter == text:
            return replace(member, text=text, start=offset + member.start)
        member = replace(member, start=member.start + left)
        text = shorter


def _members(text: str) -> Iterator[Member]:
    """Cut a text at its outermost relation signs; a member without a relation begins a new chain."""
    depth, start, relation, row = 0, 0, "", 0
    for match in _SIGN.finditer(text):
        sign = match.lastgroup
        if sign in ("open", "close"):
            depth = max(0, depth + (1 if sign == "open" else -1))
        elif sign == "row" and _row_relation(text, match.end()):
            depth = 0
        if depth or sign in ("open", "close", None):
            continue
        if sign == "relation":
            yield Member(text[start : match.start()], start, relation, row)
            start, relation = match.end(), match.group()
        elif _breaks(text, match, sign, empty=not text[start : match.start()].strip(_EDGE)):
            yield Member(text[start : match.start()], start, relation, row)
            start, relation = match.end(), ""
            row += sign == "row"
    yield Member(text[start:], start, relation, row)


def _row_relation(text: str, place: int) -> bool:
    return _RELATED_ROW.match(text, place) is not None


def _breaks(text: str, match: re.Match[str], sign: str | None, *, empty: bool) -> bool:
    """Whether a row break, comma or arrow begins a new chain: what follows must be a chain of its own."""
    place = match.end()
    if empty or _row_relation(text, place) or (sign == "row" and _CONTINUED_ROW.match(text, place)):
        return False
    piece = (_ROW if sign == "row" else _PIECE).search(text, place)
    return _has_relation(text[place : piece.start() if piece else len(text)])


def _has_relation(text: str) -> bool:
    depth = 0
    for match in _SIGN.finditer(text):
        if match.lastgroup == "relation" and depth == 0:
            return True
        depth += (match.lastgroup == "open") - (match.lastgroup == "close")
    return False


def defines(relation: str) -> bool:
    """Whether a relation sign says that its left side is defined or assigned."""
    return relation in _DEFINES

"""Members that are not understood."""

from collections.abc import Iterable

from ..documents import Member
from ..formulas import Node, ReadError
from .judgement import Judgement

MOST_SHOWN = 60  # characters of what is not understood
BEFORE = 12  # characters that are shown where the formula ends too early
NOTHING_FOLLOWS = "without the sign at the end, which nothing follows"


def unread(members: Iterable[tuple[Node | ReadError, Member]]) -> Judgement | None:
    """Return the verdict on a link of which a member is not understood; nothing where both are."""
    for side, member in members:
        if isinstance(side, ReadError):
            start, end = side.span
            if "?" in member.text:
                return Judgement("given", "a placeholder")
            found = member.text[start:end].strip() or member.text[max(0, start - BEFORE) : start].strip()
            return Judgement("unread", f"{side} (near {found[:MOST_SHOWN]!r})")
    return None

"""A wrong member of a chain, its repair, and printed numbers beside the values that they should have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flint import arb, ctx

from ..formulas import Node, Number, Roles, Sum, read
from .fields import last_place
from .knowledge import Read
from .limits import PRECISION
from .places import Rebuild, in_words
from .showing import shown
from .slip_records import Slip


@dataclass(frozen=True, slots=True)
class Repair:
    """What a wrong member should be.

    Attributes:
        expected: the whole member as it should stand, in the document's own words.
        slip: the name of the mistake; empty where it is no known kind.
        sentence: what is wrong.
        sentence_zh: the same in Chinese.
        left: the member is the left one of its link.
    """

    expected: str
    slip: str
    sentence: str
    sentence_zh: str = ""
    left: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong member.

    Attributes:
        node: what stands there.
        text: the same as the document has it.
        tex: whether that is LaTeX.
        roles: by which the document is read.
        before: the members before it, into which numbers may have been put.
        after: the members behind it.
        apart: the text says that its indices are different.
    """

    node: Node
    text: str
    tex: bool
    roles: Roles
    before: tuple[Node, ...] = ()
    after: tuple[Node, ...] = ()
    apart: bool = False

    @classmethod
    def of(cls, read: Read, place: int, roles: Roles, *, apart: bool = False) -> Wrong:
        """Return a member of a chain that could be read."""
        node, member = read.members[place], read.chain.members[place]
        assert isinstance(node, Node)
        before, after = read.members[:place], read.members[place + 1 :]
        one, other = (tuple(part for part in side if isinstance(part, Node)) for side in (before, after))
        tex = read.chain.kind != "plain"
        return cls(node, member.text, tex, replace(roles, plain=not tex), one, other, apart)

    def written(self, node: Node) -> str:
        """Return a formula as the document writes them."""
        return in_words(node, self.text, tex=self.tex)


SIGN_TOO, SIGN_TOO_ZH = "a sign is wrong, and", "正负号错误，而且"


def turned_too(found: Repair, roles: Roles) -> Repair:
    """Return the repair of one slip as that of a slip and a wrong sign."""
    whole = read(found.expected, roles)
    brackets = isinstance(whole, Sum) or found.expected.lstrip()[:1] == "-"
    text = f"-({found.expected})" if brackets else f"-{found.expected}"
    english, chinese = f"{SIGN_TOO} {found.sentence}", f"{SIGN_TOO_ZH}{found.sentence_zh}"
    return replace(found, expected=text, sentence=english, sentence_zh=chinese)


@dataclass(frozen=True, slots=True)
class Undone:
    """One slip undone in one place."""

    slip: Slip
    part: Node
    new: Node
    why: str
    rebuild: Rebuild


def rounded(value: Any, like: Number) -> str:
    """Return a value with as many decimals as a printed number has, or 15 digits where that has none."""
    with ctx.workprec(PRECISION):
        middle = arb(value.mid())
        if like.text.isdigit():
            return shown(middle)
        unit = last_place(like.text)
        scaled = (middle * arb(10) ** -unit + arb("0.5")).floor().unique_fmpz()
        if scaled is None or unit > 0 or "e" in like.text:
            return shown(middle)
        digits = str(abs(int(scaled))).rjust(-unit + 1, "0")
        return ("-" if scaled < 0 else "") + digits[:unit] + "." + digits[unit:] if unit else str(scaled)


def near(value: arb, like: Number) -> Iterator[str]:
    """Yield a value with one decimal more and one less than a printed number has, cut off, and with as many digits."""
    if "." in like.text and "e" not in like.text:
        yield rounded(value, Number(like.text + "0"))
        yield rounded(value, Number(like.text + "00"))[:-2]
        yield shown(value, max(1, len(bare_digits(like.text))))
        if not like.text[:-1].endswith("."):
            yield rounded(value, Number(like.text[:-1]))


def slip_words(slip: Slip | None) -> tuple[str, str]:
    """Return what is said of a slip before the numbers, in both languages."""
    return ("", "") if slip is None else (f"{slip.what}: ", f"{slip.what_zh}：")


def distance(old: str, new: str) -> int:
    """Return how many digits two printed numbers differ in."""
    length = max(len(old), len(new))
    return sum(a != b for a, b in zip(old.ljust(length), new.ljust(length), strict=True))


def bare_digits(text: str) -> str:
    """Return the significant digits of a printed number."""
    return text.replace(".", "").replace("-", "").strip("0")

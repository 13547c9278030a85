"""Digits above a name that say which layer it is of, as in ``z^1 = W^1 x + b^1``, and are no exponents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..formulas.commands import FONTS, LETTERS
from ..formulas.tokens import Token

_FIRST = frozenset({"0", "1"})  # nobody writes these exponents


@dataclass(frozen=True, slots=True)
class Raised:
    """A digit above a name: which, whether it is what a line is about, and whether a derivative is of it or by it."""

    base: str
    digit: str
    heads: bool


def layered(members: Sequence[tuple[list[Token], bool]]) -> frozenset[str]:
    """Return the bases of names with digits for layers; ``members`` are tokens, and whether they begin a chain.

    >>> from symbp.formulas.tokens import tokens
    >>> sorted(layered([(tokens(r"a^1"), True), (tokens(r"\\sigma(W^1 x + b^1) + x^2"), False)]))
    ['W', 'a', 'b']
    """
    found = [raised for tokens, head in members for raised in _raised(tokens, head=head)]
    if not any(raised.heads and raised.digit in _FIRST for raised in found):
        return frozenset()
    first = {raised.base for raised in found if raised.digit in _FIRST}
    bare = {base for tokens, _ in members for base in _bare(tokens)}
    later = {raised.base for raised in found if raised.heads} - bare
    return frozenset(first | later)


def _raised(found: list[Token], *, head: bool) -> Iterator[Raised]:
    for place, start, end in _names(found):
        digit = _digit(found, end)
        if digit:
            about = found[start - 1].text == "\\partial" if start else head and _is_whole(found, end)
            yield Raised(found[place].text, digit, about)


def _bare(found: list[Token]) -> Iterator[str]:
    """Yield the names without anything above them."""
    for place, _, end in _names(found):
        if found[end].text != "^":
            yield found[place].text


def _names(found: list[Token]) -> Iterator[tuple[int, int, int]]:
    """Yield where the letter of each name stands, where the name begins, and where it ends with what is below it."""
    for place, token in enumerate(found):
        letter = (token.kind == "word" and len(token.text) == 1) or (token.kind == "command" and token.text in LETTERS)
        if not letter or (place and found[place - 1].text in ("_", "^")) or token.text == "e":
            continue
        start, end = place, place + 1
        if place > 1 and found[place - 1].text == "{" and found[place - 2].text in FONTS and found[end].text == "}":
            start, end = place - 2, end + 1
        yield place, start, _after(found, end + 1) if found[end].text == "_" else end


def _after(found: list[Token], place: int) -> int:
    """Return the place after one token, or after what stands in braces."""
    depth = 0
    while found[place].kind != "end":
        depth += (found[place].text == "{") - (found[place].text == "}")
        place += 1
        if depth == 0:
            break
    return place


def _digit(found: list[Token], place: int) -> str:
    """Return the one digit above a name that ends at a place."""
    inner = [token.text for token in found[place : place + 4]]
    if inner[:1] == ["^"] and len(inner) > 1:
        text = inner[2] if inner[1] == "{" and inner[3:] == ["}"] else inner[1][:1]
        return text if text.isdigit() and len(text) == 1 else ""
    return ""


def _is_whole(found: list[Token], place: int) -> bool:
    """Whether nothing follows a name but what stands above and below it."""
    while found[place].text in ("^", "_"):
        place = _after(found, place + 1)
    return found[place].kind == "end"

"""The text of a repaired member: what stays is as the document has it, also what the document writes for short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..formulas import (
    Apply,
    Derivative,
    Group,
    Name,
    Node,
    Power,
    Product,
    ReadError,
    Transpose,
    latex,
    map_children,
    read,
    walk,
)
from ..formulas.tree import Span
from .parts import replaced
from .places import places, same, span, spliced
from .repaired import Undone, Wrong

MARKS = ("*", "\\cdot", "\\times", "\\odot")  # of products
MOST_HOLDERS = 4  # parts around one that may be written anew
UNDER = "\ue000"  # for an underscore in text that stands as it is, where one in a name would be written as a sign
Words = Mapping[tuple[Node, Span], str]


def rewritten(found: Undone, wrong: Wrong) -> str:
    """Return the text of a member in which a slip is undone; empty where it would not be read so."""
    short = is_short(wrong)
    own = [(found.part, found.new)] if found.part.span[1] else []
    for part, whole in own if short else (*own, *_around(found, wrong.node)):
        for new in (in_habit(whole, wrong), whole, Group(in_habit(whole, wrong)), Group(whole)):
            text = spliced(wrong.text, part, new, tex=wrong.tex)
            if same(_read(text, wrong), found.rebuild(found.new)):
                return text
    if not short:
        return ""
    words = _words(wrong)
    return next((text for new in (found.new, Group(found.new)) if (text := _beside(found, new, wrong, words))), "")


def _around(found: Undone, node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the parts with a place in the text in which a slip is undone, the least first, and what becomes of each.

    The function in ``tanh^2(x)`` has no place of its own.
    """
    parts = [part for part, _ in places(node) if part.span[1]]
    around = [part for part in reversed(parts) if any(own is found.part for own in walk(part))]
    for part in sorted(around, key=lambda part: part.span[1] - part.span[0])[:MOST_HOLDERS]:
        yield part, replaced(part, lambda own: found.new if own is found.part else None)


def in_habit(node: Node, wrong: Wrong) -> Node:
    """Return a formula with its products as the member has them, where that has no product sign and reads the same."""
    if not wrong.tex or any(mark in wrong.text for mark in MARKS):
        return node
    plain = _unmarked(node)
    return plain if same(_read(latex(plain), wrong), node) else node


def _unmarked(node: Node) -> Node:
    if isinstance(node, Product):
        node = replace(node, signs=tuple("" if sign == "*" else sign for sign in node.signs))
    return map_children(node, _unmarked)


def is_short(wrong: Wrong) -> bool:
    """Whether a member is written for short, so that its text alone does not say what it means."""
    return not same(_read(wrong.text, wrong), wrong.node)


def _beside(found: Undone, new: Node, wrong: Wrong, words: Words) -> str:
    """Return the text with a part written anew, where the rest of it is read as before."""
    put = _in_words(new, words)
    text = spliced(wrong.text, found.part, put, tex=wrong.tex).replace(UNDER, "_")
    before, after = _read(wrong.text, wrong), _read(text, wrong)
    again = _read(wrong.written(put).replace(UNDER, "_"), wrong)
    if isinstance(before, ReadError) or isinstance(after, ReadError) or isinstance(again, ReadError):
        return ""
    here = span(wrong.text, found.part)
    rebuilt = [rebuild(again) for part, rebuild in places(before) if span(wrong.text, part) == here]
    return text if any(same(after, one) for one in rebuilt) else ""


def _read(text: str, wrong: Wrong) -> Node | ReadError:
    try:
        return read(text, wrong.roles)
    except ReadError as error:
        return error


def _words(wrong: Wrong) -> Words:
    """Return how the document writes the names and derivatives of a member."""
    found: dict[tuple[Node, Span], str] = {}
    for part in walk(wrong.node):
        text = wrong.text[slice(*part.span)]
        if isinstance(part, Apply | Name | Derivative | Product) and isinstance(_read(text, wrong), Name | Derivative):
            found[part, part.span] = text
    return found


def _in_words(node: Node, words: Words) -> Node:
    if (text := words.get((node, node.span))) is not None:
        return Name(text.replace("_", UNDER))
    if isinstance(node, Transpose | Power):
        node = map_children(node, lambda part: _raised(_in_words(part, words)))
    return map_children(node, lambda part: _in_words(part, words))


def _raised(node: Node) -> Node:
    """Return a name with an index above in brackets, to have another above."""
    return Group(node) if isinstance(node, Name) and "^" in node.base else node

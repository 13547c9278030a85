"""The parts of a formula with what puts something else in their place, in the tree and in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    ReadError,
    Sum,
    Summation,
    Transpose,
    latex,
    map_children,
    plain,
    without_groups,
)

Rebuild = Callable[[Node], Node]
_BRACKETED = re.compile(r"\^\s*\{?\s*[(\[]")
_LAYER = re.compile(r"\^\{\(((?:[lL]|\\ell)(?: ?[-+] ?\d)?)\)\}")


def places(node: Node) -> Iterator[tuple[Node, Rebuild]]:
    """Yield every part of a formula with the function that puts something else in its place.

    A derivative is one part: what it is of, and by, has no place of its own; neither has a whole exponent, the index
    of a sum, nor the name of a function.
    """
    yield node, lambda new: new
    if isinstance(node, Name | Derivative):
        return
    for slot in fields(node):
        value = getattr(node, slot.name)
        if isinstance(node, Power) and isinstance(value, Number) and value is node.exponent:
            continue
        if isinstance(node, Summation) and slot.name == "index":
            continue
        if isinstance(node, Apply) and slot.name == "function":
            continue
        if isinstance(value, Node):
            yield from _within(node, slot.name, value, lambda new: new)
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if isinstance(item, Node):
                    yield from _within(node, slot.name, item, _putting(value, place))


def _within(node: Node, slot: str, part: Node, put: Callable[[Node], object]) -> Iterator[tuple[Node, Rebuild]]:
    for inner, rebuild in places(part):

        def rebuilt(new: Node, rebuild: Rebuild = rebuild) -> Node:
            return replace(node, **{slot: put(rebuild(new))})  # type: ignore[arg-type]  # a slot of its own class

        yield inner, rebuilt


def _putting(items: tuple[object, ...], place: int) -> Callable[[Node], object]:
    return lambda new: (*items[:place], new, *items[place + 1 :])


def spliced(text: str, old: Node, new: Node, *, tex: bool) -> str:
    """Return the text of a formula with one part written anew; the rest stays as the document has it."""
    start, end = span(text, old)
    before, after = text[:start], text[end:]
    alone = before.rstrip()[-1:] in ("", "{") and after.strip()[:1] in ("", "}")
    if tex and after.lstrip()[:1] == "^" and is_raised(new):
        new = Group(new)
    printed = in_words(new.body if alone and isinstance(new, Group) else new, text, tex=tex)
    gap = " " if re.search(r"\\[A-Za-z]+\Z", before) and printed[:1].isalpha() else ""
    return before + gap + printed + after


def in_words(node: Node, text: str, *, tex: bool) -> str:
    """Return how a formula is written in a text: with its product sign, and layers without brackets where it has none.

    >>> from symbp.formulas import read
    >>> in_words(read(r"\\delta^{l+1}"), r"\\delta^l", tex=True)
    '\\\\delta^{l+1}'
    """
    if not tex:
        return plain(node)
    written = latex(node) if _BRACKETED.search(text) else _LAYER.sub(r"^{\1}", latex(node))
    mark = next((sign for sign in (r"\cdot", r"\times") if sign in text), "*")
    return written.replace(" * ", f" {mark} ") if "*" not in text else written


def is_raised(node: Node) -> bool:
    """Whether something stands above the end of a formula in TeX, so that nothing else may.

    >>> from symbp.formulas import read
    >>> is_raised(read("w^2")), is_raised(read("w_2"))
    (True, False)
    """
    if isinstance(node, Power | Transpose) or (isinstance(node, Call) and node.function in ("square", "exp")):
        return True
    return isinstance(node, Name) and (bool(node.label) or any(mark[0] not in "'\\" for mark in node.marks))


def span(text: str, part: Node) -> tuple[int, int]:
    """Return where a part stands in the text, with the ``\\left`` of its bracket."""
    start, end = part.span
    opening = re.search(r"\\left\s*\Z", text[:start])
    return (opening.start() if opening else start), end


def bracketed(node: Node) -> Node:
    """Return a formula that can stand as a factor: sums and signs get brackets."""
    return Group(node) if isinstance(node, Sum | Negative) else node


def turned(node: Node) -> Node:
    """Return a formula with the other sign."""
    return node.body if isinstance(node, Negative) else Negative(node)


def same(one: Node | ReadError, other: Node) -> bool:
    """Whether two formulas are the same but for printed brackets and zeros that say nothing."""
    return not isinstance(one, ReadError) and bare(one) == bare(other)


def bare(node: Node) -> Node:
    """Return a formula without printed brackets, product signs, and zeros that say nothing."""
    return _plain_numbers(without_groups(node))


def _plain_numbers(node: Node) -> Node:
    if isinstance(node, Number) and "." in node.text and "e" not in node.text:
        return Number(node.text.rstrip("0").rstrip("."))
    if isinstance(node, Product):
        node = replace(node, signs=tuple("@" if sign == "@" else "*" for sign in node.signs))
    return map_children(node, _plain_numbers)

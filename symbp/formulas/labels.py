"""How superscripts that are no exponents are read: labels of layers, steps and samples, and transposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .indices import PASSED, SLICE, index, indices
from .tree import Name, Node, Number

if TYPE_CHECKING:
    from .reader import Reader

_TRANSPOSES = frozenset({"T", "Tr", "\\top", "\\intercal", "\\mathsf"})
_PRIMES = frozenset({"'", "\\prime"})
_UPDATED = ("+", "new", "*")
_LAYERS = {"l", "L", "\\ell"}
MARKS = {"+", "new", "old", "New", "Old", "\\prime", "'", "*", "\\star", "\\ast", "\\dagger"}


def transposes(reader: Reader) -> bool:
    """Read ``^T`` in any of its forms; say whether it stood there. A label before the T is left for the name."""
    steps = 1
    while reader.ahead(steps).text in ("{", "\\mathrm", "\\text", "\\mathsf", "\\boldsymbol"):
        steps += 1
    if reader.ahead(steps).text not in _TRANSPOSES:
        return False
    opened = sum(reader.ahead(step).text == "{" for step in range(1, steps))
    closing = steps + 1
    while reader.ahead(closing).text == "}" and closing - steps <= opened:
        closing += 1
    if closing - steps <= opened:
        return False
    for _ in range(closing):
        reader.take()
    return True


def label(reader: Reader) -> tuple[Node, ...] | None:
    """Read a superscript that says which layer, step or sample; leave an exponent alone."""
    opening = reader.ahead().text
    if reader.here.text == "{" and opening in _OPENING and _closes(reader) and not _is_arithmetic(reader):
        return indices(reader)
    if reader.here.text == "{" and (_lists(reader) or _is_word(reader) or opening in ("\\mathcal", "\\mathscr")):
        return indices(reader)
    labels = _LAYERS | reader.roles.labels
    if reader.here.text in labels and not reader.roles.plain:
        return (_labelled(reader),)
    if reader.here.text == "{" and reader.ahead().text in labels and reader.ahead(2).text in ("}", "+", "-"):
        return indices(reader)
    return None


def layer(reader: Reader) -> tuple[Node, ...] | None:
    """Read the digit above a name that says which layer it is of."""
    braced = reader.here.text == "{"
    token = reader.ahead() if braced else reader.here
    if token.kind != "number" or not token.text[0].isdigit() or (braced and reader.ahead(2).text != "}"):
        return None
    return (reader.argument(),)


_AROUND = frozenset({"^", "{", "}", "\\mathrm", "\\text", "\\mathsf"})


def label_and_transpose(reader: Reader) -> tuple[Node, ...] | None:
    """Read a label in brackets with the sign of a transpose behind it, as in ``^{(l)T}`` or ``^{[l]^T}``."""
    return _label_and(reader, _TRANSPOSES)


def label_and_prime(reader: Reader) -> tuple[Node, ...] | None:
    """Read a label in brackets with the sign of a derivative behind it, as in ``^{(l)\\prime}`` or ``^{[l]'}``."""
    return _label_and(reader, _PRIMES)


def label_and_mark(reader: Reader) -> tuple[tuple[Node, ...], str] | None:
    """Read a label with the mark of an updated value behind it, as in ``^{(l)+}``; after a layer also ``^{2+}``."""
    for mark in _UPDATED:
        if (found := _label_and(reader, frozenset({mark}))) is not None:
            return found, mark
    digit, mark = reader.ahead(), reader.ahead(2).text
    if reader.here.text != "{" or not digit.text.isdigit() or mark not in _UPDATED or reader.ahead(3).text != "}":
        return None
    for _ in range(4):
        reader.take()
    return (Number(digit.text),), mark


def _label_and(reader: Reader, wanted: frozenset[str]) -> tuple[Node, ...] | None:
    if reader.here.text != "{" or reader.ahead().text not in ("(", "["):
        return None
    closed = _closed(reader)
    step, depth, signs = closed, 1, 0
    while depth:
        text = reader.ahead(step).text
        depth += (text == "{") - (text == "}")
        signs += text in wanted - _AROUND
        if text not in _AROUND | wanted:
            return None
        step += 1
    if signs != 1:
        return None
    start = reader.place
    reader.take()
    found: list[Node] = []
    while reader.place < start + closed:
        if not reader.skip(*PASSED, SLICE):
            found.append(index(reader))
    reader.place = start + step
    return tuple(found)


def _closed(reader: Reader) -> int:
    """Return how many tokens ahead the first bracket in the braces is closed."""
    depth, step = 0, 1
    while reader.ahead(step).kind != "end":
        depth += (reader.ahead(step).text in _OPENING) - (reader.ahead(step).text in _CLOSING)
        step += 1
        if depth == 0:
            break
    return step


def _labelled(reader: Reader) -> Node:
    token = reader.take()
    return Number(token.text) if token.kind == "number" else Name(token.text)


_OPENING = ("(", "[", "<", "\\langle", "\\{")
_CLOSING = (")", "]", ">", "\\rangle", "\\}")


def _closes(reader: Reader) -> bool:
    """Whether what stands in the braces is one bracket, or several side by side."""
    depth, step = 0, 1
    while reader.ahead(step).kind != "end":
        text = reader.ahead(step).text
        depth += (text in _OPENING) - (text in _CLOSING)
        step += 1
        if depth == 0 and reader.ahead(step).text not in _OPENING:
            return reader.ahead(step).text == "}"
    return False


def _lists(reader: Reader) -> bool:
    """Whether a comma stands in the braces."""
    depth, step = 0, 0
    while reader.ahead(step).kind != "end":
        text = reader.ahead(step).text
        depth += (text in ("{", "(", "[")) - (text in ("}", ")", "]"))
        if depth == 0 or (depth == 1 and text == ","):
            return depth == 1
        step += 1
    return False


def _is_word(reader: Reader) -> bool:
    """Whether a word of several letters stands in the braces: ``W^{hh}`` or ``y^{pred}``."""
    word = reader.ahead()
    long = word.kind == "word" and len(word.text) > 1 and not word.text.endswith("T")
    return long and word.text.lower() not in MARKS and reader.ahead(2).text == "}"


def _is_arithmetic(reader: Reader) -> bool:
    """Whether what stands in the brackets is an exponent: numbers and signs, or ``1 - y`` as in a likelihood."""
    if reader.ahead(2).text == "1" and reader.ahead(3).text == "-":
        return True
    kinds, step = set(), 2
    while reader.ahead(step).text not in (*_CLOSING, ""):
        kinds.add(reader.ahead(step).kind)
        step += 1
    return kinds == {"number", "sign"}

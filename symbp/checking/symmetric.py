"""Which matrices a text says to be symmetric, in words or as ``A = A^T``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from ..formulas import Name, Node, ReadError, Transpose, key, read, without_groups
from .knowledge import Knowledge, Read
from .leaves import SYMMETRIC
from .shapes import sides

_WORD = re.compile(
    r"(?i)(?<![\w-])(?:symmetri|s[iy]m[eé]tri|simmetri|симметричн)\w+"
    r"|(?<![非反斜])对称|(?<![非反])對稱|(?<![非反])対称|(?<!비)대칭|đối xứng"
)
_NOT = re.compile(
    r"(?i)\b(?:not|never|non|n't|isn't|aren't|without|skew|anti|nicht|kein\w*|pas|non|no|não|не|không)\b\W*(?:\w+\W+){0,2}\Z"
    r"|[不非未]\S{0,3}\Z"
)
_ONE = r"(?:\$[^$=\n]{1,60}\$|\\\([^$=\n]{1,60}?\\\)|(?<![\w\\])[A-Z](?!\w))"
_LIST = rf"({_ONE}(?:\s*(?:,|，|、|&|and|und|et|e|y|и|和|与|與|및|và)\s*{_ONE})*)"
_BEFORE = re.compile(rf"{_LIST}[^$.;:!?。；\n]{{0,40}}(?:\$[^$=\n]{{1,30}}\$[^$.;:!?。；\n]{{0,12}})?\Z")
_MATRIX = r"(?:matri\w+|матриц\w+|矩阵|矩陣|行列|행렬|\bma trận)"
_AFTER = re.compile(rf"[\w\s(),-]{{0,40}}?(?:\$[^$=\n]{{1,30}}\$\s*)?{_MATRIX}\s*{_LIST}")
_PARTS = re.compile(r"\\in\b|∈|[,，]")


def symmetric(text: str, chains: Iterable[Read]) -> frozenset[str]:
    """Return the names of the matrices that a document says to be symmetric.

    >>> sorted(symmetric("Let $A$ and $M$ be real symmetric matrices; $B$ is not symmetric.", []))
    ['A', 'M']
    """
    return frozenset((*_in_words(text), *_as_equations(chains)))


def made_symmetric(knowledge: Knowledge, names: Iterable[str]) -> Knowledge:
    """Return what a document says, with these as symmetric where they are square and free."""
    free = set(names) - knowledge.defined
    found = {name for name in free if (shape := knowledge.shapes.get(name)) and shape[0] == shape[1] > 1}
    return replace(knowledge, shares={**knowledge.shares, **dict.fromkeys(found, (SYMMETRIC,))}) if found else knowledge


def says_symmetric(left: Node, right: Node) -> bool:
    """Whether a link says of a name that it is its own transpose.

    >>> says_symmetric(read("A^T"), read("A")), says_symmetric(read("A^T"), read("B"))
    (True, False)
    """
    one, other = without_groups(left), without_groups(right)
    turned, whole = (one, other) if isinstance(one, Transpose) else (other, one)
    return isinstance(turned, Transpose) and isinstance(whole, Name) and without_groups(turned.body) == whole


def _as_equations(chains: Iterable[Read]) -> Iterator[str]:
    for left, right in sides(chains):
        if says_symmetric(left, right):
            yield from (key(side) for side in map(without_groups, (left, right)) if isinstance(side, Name))


def _in_words(text: str) -> Iterator[str]:
    for word in _WORD.finditer(text):
        before = text[max(0, word.start() - 160) : word.start()]
        if _NOT.search(before):
            continue
        found = _AFTER.match(text, word.end()) or _BEFORE.search(before)
        for formula in re.findall(_ONE, found[1]) if found else ():
            for part in _PARTS.split(formula.strip("$").removeprefix("\\(").removesuffix("\\)")):
                with suppress(ReadError):
                    if isinstance(name := read(part.strip()), Name):
                        yield key(name)

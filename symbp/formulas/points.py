"""Formulas at a point: the bar behind a formula, and below it where it is evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .calculus import script
from .tree import Node, Opaque

if TYPE_CHECKING:
    from .reader import Reader

AT_POINT = "a formula at some point"


def evaluated(reader: Reader, left: Node) -> Node:
    """Read the bar behind a formula that says at what it is evaluated."""
    reader.take()
    parts: list[Node] = []
    while reader.skip("_", "^"):
        parts += reader.attempt(lambda: _point(reader)) or script(reader)
    return Opaque(AT_POINT, (left, *parts))


def _point(reader: Reader) -> list[Node]:
    """Read at which value of what a formula is evaluated, as ``{z = 0.5}``."""
    reader.expect("{", "before a point")
    what = reader.expression()
    reader.expect("=", "in a point")
    value = reader.expression()
    reader.expect("}", "behind a point")
    return [what, value]

"""Vectors that were taken for rows, only because nothing said that they are columns."""

from __future__ import annotations

from dataclasses import replace

from .knowledge import Knowledge


def with_columns(known: Knowledge) -> Knowledge | None:
    """Return what a document says with its inferred rows as columns; nothing where it has none."""
    rows = {name for name, (down, across) in known.inferred.items() if down == 1 < across} - known.declared.keys()
    if not rows or not known.givens.keys().isdisjoint(rows):
        return None
    turned = {name: (across, 1) if name in rows else (down, across) for name, (down, across) in known.inferred.items()}
    return replace(known, inferred=turned)

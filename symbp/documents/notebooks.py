"""The Markdown cells of a Jupyter notebook, unescaped, with their places in the file."""

import json
import re
from collections.abc import Iterator

from .places import Places, Weaver

_STRING = r'"(?:[^"\\]|\\.)*"'
_SOURCE = re.compile(rf'"source"\s*:\s*(\[\s*(?:{_STRING}\s*(?:,\s*)?)*\]|{_STRING})', re.DOTALL)
_LITERAL = re.compile(_STRING, re.DOTALL)
_ESCAPE = re.compile(r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.)")


def cells(document: str) -> list[tuple[str, Places]] | None:
    """Return the Markdown cells of a notebook; None for a document that is none.

    >>> cells('{"cells": [{"cell_type": "markdown", "source": ["$a\\\\n", "$"]}]}')[0][0]
    '$a\\n$'
    """
    if not document.lstrip().startswith("{") or '"cells"' not in document:
        return None
    try:
        whole = json.loads(document)
    except (ValueError, RecursionError):
        return None
    found = whole.get("cells")
    if not isinstance(found, list):
        return None
    sources = [_joined(cell) for cell in found if isinstance(cell, dict) and cell.get("cell_type") == "markdown"]
    return list(_placed(document, [source for source in sources if source]))


def _joined(cell: dict[str, object]) -> str:
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))


def _placed(document: str, wanted: list[str]) -> Iterator[tuple[str, Places]]:
    """Find each text again, in order: the JSON library does not say where its strings stood."""
    rest = iter(wanted)
    following = next(rest, None)
    for match in _SOURCE.finditer(document):
        if following is None:
            return
        text, places = _unescaped(document, match.start(1), match.end(1))
        if text == following:
            yield text, places
            following = next(rest, None)


def _unescaped(document: str, start: int, end: int) -> tuple[str, Places]:
    weaver = Weaver(document)
    for literal in _LITERAL.finditer(document, start, end):
        weaver.skip(literal.start() + 1)
        for escape in _ESCAPE.finditer(document, literal.start() + 1, literal.end() - 1):
            weaver.put(json.loads(f'"{escape.group()}"'), escape.start(), end=escape.end())
        weaver.copy(literal.end() - 1)
    return weaver.taken()

"""What was inferred of a document, told to a person, and as a side file that the person corrects."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..errors import InputError, nearest
from .lines import cells, visible

Explanation = dict[str, Any]
WIDEST = 60  # cells of a column


def telling_for(name: str | None, output: str | None) -> Callable[[Explanation], str]:
    """Return how an explanation is written, by the name of a format, else the ending of a file, else as text.

    Raises:
        InputError: it is not written so, or a side file would be lost.
    """
    if output is not None and output.endswith(".toml") and os.path.exists(output):
        raise InputError(f"{output}: is there already, perhaps with your corrections; name another file")
    wanted = name or (os.path.splitext(output)[1].removeprefix(".") if output else "text")
    if wanted not in _TELLINGS:
        raise InputError(
            f"an explanation is text (.txt), json or toml, not {wanted!r}{nearest(wanted, list(_TELLINGS))}"
        )
    return _TELLINGS[wanted]


def explained_text(found: Explanation) -> str:
    """Return an explanation for a person."""
    return "".join(f"{visible(line)}\n" for line in _lines(found))


def _lines(found: Explanation) -> Iterator[str]:
    network = found["network"]
    yield from (
        (network["lines"] or [f"network: {network['description']}"]) if network else ["network: none was recognised"]
    )
    yield from _table("symbols", [_row(symbol) for symbol in found["symbols"]])
    yield from _table(
        "functions",
        [
            (f"{f['name']}({', '.join(f['parameters'])})", f"= {f['body']}", _where(f["line"]))
            for f in found["functions"]
        ],
    )
    yield from _table("taken to depend on", [(name, ", ".join(others)) for name, others in found["depends"].items()])
    yield from _table("conventions", [(text,) for text in found["conventions"]])
    yield from _table("reading", [(what, ", ".join(words)) for what, words in found["reading"].items() if words])
    if found["undefined"]:
        yield "nothing is said of"
        yield f"  {', '.join(found['undefined'])}"


def _row(symbol: Mapping[str, Any]) -> tuple[str, ...]:
    said = symbol["definition"] or symbol["value"] or "?"
    shape = f"{symbol['shape'][0]} x {symbol['shape'][1]}" if symbol["shape"] else ""
    source = _where(symbol["line"]) if symbol["from"] == "document" else f"{symbol['from']} {_where(symbol['line'])}"
    source += " and again later" if symbol["anew"] else ""
    return symbol["name"], f"= {said}", symbol["role"] or "", shape, source.strip()


def _where(line: int | None) -> str:
    return "" if line is None else f"line {line}"


def _table(title: str, rows: list[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield title
        widths = [min(max(map(cells, column)), WIDEST) for column in zip(*rows, strict=True)]
        for row in rows:
            padded = (text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True))
            yield f"  {'  '.join(padded)}".rstrip()


def explained_toml(found: Explanation) -> str:
    """Return an explanation as a side file: what stands there can be corrected, and then wins over the document."""
    return "\n".join(_toml(found)) + "\n"


def _toml(found: Explanation) -> Iterator[str]:
    yield f"# What symbp takes {json.dumps(found['document'])[1:-1]} to say. What stands here wins over the document:"
    yield "# correct what is wrong, and leave out what is right. Formulas are LaTeX."
    network = found["network"]
    yield f"# network: {network['description']}" if network else '# network = "mazur"  (a preset or a network file)'
    for kind in ("definition", "value"):
        yield from ("", f"[{kind}s]")
        for symbol in found["symbols"]:
            if symbol[kind] is not None:
                mark = "# (given anew from place to place) " if symbol["anew"] else ""
                yield f"{mark}{_quoted(symbol['latex'])} = {_quoted(symbol[kind])}"
    yield from ("", "[functions]")
    yield from (f"{_quoted(_head(f))} = {_quoted(f['body'])}" for f in found["functions"])
    yield from ("", "[shapes]")
    yield from (f"{_quoted(symbol['latex'])} = {symbol['shape']}" for symbol in found["symbols"] if symbol["shape"])
    yield from ("", "[roles]")
    yield from (f"{name} = {json.dumps(words)}" for name, words in found["reading"].items())


def _head(function: Mapping[str, Any]) -> str:
    return f"{function['name']}({', '.join(function['parameters'])})"


def _quoted(text: str) -> str:
    r"""Return a TOML string: literal where it can be, as formulas are full of backslashes.

    >>> _quoted(r"\frac{a}{b}"), _quoted("f'")
    ("'\\frac{a}{b}'", '"f\'"')
    """
    return f"'{text}'" if "'" not in text and text.isprintable() else json.dumps(text, ensure_ascii=False)


_TELLINGS: dict[str, Callable[[Explanation], str]] = {
    "text": explained_text,
    "txt": explained_text,
    "json": lambda found: json.dumps(found, ensure_ascii=False, indent=1) + "\n",
    "toml": explained_toml,
}

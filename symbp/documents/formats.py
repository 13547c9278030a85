"""The formats of a document, one record each: how a page, a heading, a sentence, a name and an equation are set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..errors import InputError, nearest
from ..formulas import Node
from ..formulas.writer import Writer
from .layout import WIDEST, lines


@dataclass(frozen=True, slots=True)
class Row:
    """A member of an equation as it is to be printed, with its reason in words, and the sign before it."""

    formula: Node
    reason: str
    relation: str = "="


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of document.

    Attributes:
        name: what ``--format`` calls it.
        suffixes: the endings of its files.
        page: a whole document from its title, its language and its parts.
        heading: a heading.
        inline: a formula within a sentence.
        equation: a numbered equation from its rows.
        values: a list of given values.
    """

    name: str
    suffixes: tuple[str, ...]
    page: Callable[[str, str, list[str]], str]
    heading: Callable[[str], str]
    inline: Callable[[Node, Writer], str]
    equation: Callable[[list[Row], int, Writer], str]
    values: Callable[[list[list[Row]], Writer], str]
    tex: bool = True


PLAIN = {  # signs in plain text
    **dict.fromkeys(("\\approx", "\\simeq", "\\thickapprox", "\\doteq"), "≈"),
    **dict.fromkeys(("\\leftarrow", "\\gets"), "←"),
    **dict.fromkeys(("\\coloneqq",), ":="),
    "\\equiv": "=",
}
_CJK = "\\usepackage[UTF8,fontset=fandol]{ctex}\n"
_PREAMBLE = """\\documentclass[a4paper]{article}
%s\\usepackage{amsmath}
\\usepackage[margin=18mm]{geometry}
\\allowdisplaybreaks
\\setlength{\\parindent}{0pt}
\\title{%s}
\\author{}
\\date{}
\\begin{document}
\\maketitle
"""


def _tex_page(title: str, language: str, parts: list[str]) -> str:
    head = _PREAMBLE % (_CJK if language == "zh" else "", title)
    head = f"% !TeX program = xelatex\n{head}" if language == "zh" else head
    return head + "\n".join(parts) + "\n\\end{document}\n"


_CONTINUED = "&\\quad"


def _aligned(rows: list[Row], writer: Writer) -> str:
    printed: list[str] = []
    for place, row in enumerate(rows[1:]):
        left = f"{writer(rows[0].formula) if place == 0 else ''} &{row.relation}".lstrip()
        broken = lines(row.formula, writer)
        printed += [f"{left if line == 0 else _CONTINUED} {text}" for line, (text, _) in enumerate(broken)]
        note = rf"\quad \text{{({row.reason})}}"
        if row.reason and broken[-1][1] + len(row.reason) <= WIDEST:
            printed[-1] += f" {note}"
        elif row.reason:
            printed.append(f"& {note}")
    return "\\begin{aligned}\n" + " \\\\\n".join(printed) + "\n\\end{aligned}"


def _tex_equation(rows: list[Row], number: int, writer: Writer) -> str:
    return f"\\begin{{equation}} \\tag{{{number}}}\n{_aligned(rows, writer)}\n\\end{{equation}}\n"


def _markdown_equation(rows: list[Row], number: int, writer: Writer) -> str:
    return f"$$\n{_aligned(rows, writer)} \\tag{{{number}}}\n$$\n"


def _plain_equation(rows: list[Row], number: int, writer: Writer) -> str:
    del number
    left = writer(rows[0].formula)
    printed = [
        f"    {left if place == 0 else ' ' * len(left)} {PLAIN.get(row.relation, row.relation)} {writer(row.formula)}"
        for place, row in enumerate(rows[1:])
    ]
    notes = (f"  # {row.reason}" if row.reason else "" for row in rows[1:])
    return "\n".join(f"{line}{note}" for line, note in zip(printed, notes, strict=True)) + "\n"


def _inline_values(equations: list[list[Row]], writer: Writer) -> str:
    found = [f"${' = '.join(writer(row.formula) for row in rows)}$" for rows in equations]
    return ", ".join(found) + ".\n"


def _plain_values(equations: list[list[Row]], writer: Writer) -> str:
    return "\n".join("    " + " = ".join(writer(row.formula) for row in rows) for rows in equations) + "\n"


def _dollars(node: Node, writer: Writer) -> str:
    return f"${writer(node)}$"


_RECORDS = (
    Format(
        "latex", (".tex",), _tex_page, lambda text: f"\\section*{{{text}}}\n", _dollars, _tex_equation, _inline_values
    ),
    Format(
        "markdown",
        (".md", ".markdown"),
        lambda title, language, parts: f"# {title}\n\n" + "\n".join(parts),
        lambda text: f"## {text}\n",
        _dollars,
        _markdown_equation,
        _inline_values,
    ),
    Format(
        "text",
        (".txt",),
        lambda title, language, parts: f"{title}\n{'=' * len(title)}\n\n" + "\n".join(parts),
        lambda text: f"{text}\n{'-' * len(text)}\n",
        lambda node, writer: writer(node),
        _plain_equation,
        _plain_values,
        tex=False,
    ),
)
FORMATS: Mapping[str, Format] = MappingProxyType({record.name: record for record in _RECORDS})


def format_of(suffix: str) -> Format:
    """Return the format of files with an ending.

    Raises:
        InputError: no format has it.
    """
    for record in _RECORDS:
        if suffix.lower() in record.suffixes:
            return record
    known = [ending for record in _RECORDS for ending in record.suffixes]
    raise InputError(f"no document ends in {suffix or 'nothing'}{nearest(suffix, known)} (known: {', '.join(known)})")


def format_named(name: str) -> Format:
    """Return a format by name.

    Raises:
        InputError: there is none of this name.
    """
    if name not in FORMATS:
        raise InputError(f"format {name!r} is unknown{nearest(name, list(FORMATS))} (known: {', '.join(FORMATS)})")
    return FORMATS[name]

"""Where maths stands in a document: Markdown, TeX and plain text, with code, comments and preambles left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ENVIRONMENTS = "equation|align|alignat|gather|multline|flalign|eqnarray|displaymath|math"
_RULES = re.compile(
    r"(?P<fence>^(?P<bar>[ \t>]*(?:```+|~~~+))(?!\s*math\b).*?(?:^[ \t>]*(?:```+|~~~+)[ \t]*$|\Z))"
    r"|(?P<verbatim>\\begin\{(?P<kind>verbatim|lstlisting|comment|tikzpicture)\}.*?\\end\{(?P=kind)\})"
    r"|(?P<code>(?<!`)`[^`\n]{1,200}`(?!`))"
    r"|(?P<comment>(?<!\\)%[^\n]*$)"
    r"|(?P<escaped>\\[$%\\])"
    r"|\$\$(?P<dollars>.+?)\$\$"
    r"|\\\[(?P<square>.+?)\\\]"
    r"|\\\((?P<round>[^\n]+?)\\\)"
    rf"|\\begin\{{(?P<env>(?:{ENVIRONMENTS})\*?)\}}(?P<body>.+?)\\end\{{(?P=env)\}}"
    r"|\$(?!\s*\n\s*\n)(?P<inline>(?:[^$\\\n]|\\.|\n(?!\s*\n)){1,2000}?)\$(?!\d)",
    re.DOTALL | re.MULTILINE,
)
_GROUPS = ("dollars", "square", "round", "body", "inline")
_PREAMBLE = re.compile(r"\A.*?\\begin\{document\}", re.DOTALL)
_NAME = r"[^\W\d_]\w*(?:\^?\{[^{}\n]*\}|\^\+|['(]\w*\)?)*"
_WORDS = re.compile(r"[^\W\d_]{2,}[ \t]+[^\W\d_]{2,}")
_MATHS = re.compile(r"[\w\s+\-−*/^=().,'{}\[\]<>≤≥≈·×|]+\Z")
_LINE = re.compile(r"^[^\n]+$", re.MULTILINE)
_NOTE = re.compile(r"(?<=\s)#.*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is maths.

    Attributes:
        text: what stands between the delimiters; parts left out are blanked, so that places stay.
        start: the place of its first character in the document.
        kind: ``display``, ``inline`` or ``plain``.
    """

    text: str
    start: int
    kind: str


def passages(document: str) -> Iterator[Passage]:
    """Yield the maths of a document in order.

    >>> [passage.text for passage in passages("If $a = b$ then\\n$$b = a$$")]
    ['a = b', 'b = a']
    """
    tex = _PREAMBLE.match(document)
    place = tex.end() if tex else 0
    for match in _RULES.finditer(document, place):
        yield from _plain(document, place, match.start())
        place = match.end()
        group = next((name for name in _GROUPS if match[name] is not None), None)
        if group is not None:
            kind = "inline" if group in ("inline", "round") else "display"
            yield Passage(match[group], match.start(group), kind)
        elif match["escaped"] or match["code"] or match["comment"]:
            continue
    yield from _plain(document, place, len(document))


def _plain(document: str, start: int, end: int) -> Iterator[Passage]:
    """Yield whole lines of arithmetic that stand without delimiters, with the lines that continue them."""
    block: list[tuple[int, str]] = []
    for line in _LINE.finditer(document, start, end):
        if line.end() == end < len(document) and document[end] != "\n":
            continue  # the line goes on with something else
        text = _NOTE.sub(lambda note: " " * len(note.group()), line.group())
        continues = bool(block) and text.lstrip().startswith(("=", "+", "-", "*", "/", "≈"))
        if block and not continues:
            yield _joined(document, block)
            block = []
        if continues or is_arithmetic(text):
            block.append((line.start(), text))
    if block:
        yield _joined(document, block)


def _joined(document: str, block: list[tuple[int, str]]) -> Passage:
    first, last = block[0][0], block[-1][0] + len(block[-1][1])
    text = document[first:last]
    for place, line in block:
        text = text[: place - first] + line + text[place - first + len(line) :]
    return Passage(text, first, "plain")


def is_arithmetic(line: str) -> bool:
    """Whether a line without delimiters is an equation and not prose.

    >>> is_arithmetic("net_o1 = w_5 * out_h1 + b_2"), is_arithmetic("so the error = small here")
    (True, False)
    """
    if not re.search(r"(?<![<>!=:])=(?!=)|≈", line) or not _MATHS.match(line) or _WORDS.search(line):
        return False
    left = line.split("=")[0].strip(" \t-")
    named = re.fullmatch(r"[\w^+'{},/()\s*.\-]+", left) is not None
    return named and bool(re.search(r"[\d_*/+]", line)) and not line.lstrip().startswith(("|", "#", "-  "))

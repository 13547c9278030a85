"""Lines of arithmetic that stand in a text without delimiters."""

import re
from collections.abc import Iterator

from ..formulas.spellings import FRACTIONS
from .delimiters import Passage

LONGEST = 2000  # characters of a line that can be a formula
_MATHS = re.compile(r"[\w\s+\-−–*/^=().,'’′{}\[\]<>≤≥≈·×⋅∗÷∂∇√⊙∘⁄∕@‖|⁺⁻⁽⁾₊₋₍₎]+\Z")
_WORDS = re.compile(r"[^\W\d_]{2,}[ \t]+[^\W\d_]{2,}")
_NOTE = re.compile(
    r"(?<=\s)(?:#|<--|//|✓).*|(?<=\s\s)\((?=[^()]*[^\W\d_]{3})[^()]*\)[ \t]*\Z"
    r"|(?<=\s)\((?:because|since|as|by|from|using|via|weil|porque|car|因为|由于)\s(?:[^()]|\([^()]*\))*\)[ \t]*\Z"
)
_CONNECTIVES = (
    "let|so|then|thus|hence|therefore|now|also|finally|similarly|likewise|where|with|and|since|because|given|that is"
    "|sei|also|somit|damit|daher|dann|wobei|mit|und|soit|donc|alors|ainsi|où|avec|et|sea|entonces|luego|así|donde|con"
    "|seja|então|logo|onde|com|sia|quindi|dunque|dove|пусть|тогда|значит|отсюда|где|и"
)
_BETWEEN = re.compile(rf"[\s,;](?:{_CONNECTIVES}|is|as|by|for|if|or|of|to|when|from|gives|yields|using)[\s,;:]")
_LEAD = re.compile(
    r"[ \t>]*(?:(?:[-*+•–—▪◦‣]|\d{1,3}[.)])[ \t]+)?(?:\*\*)?"
    rf"(?i:(?:{_CONNECTIVES})(?:,[ \t]*|[ \t]+)){{0,2}}"
    r"(?:[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,20}[ \t，,：:]{1,3}(?=[^\W\d_]|∂))?"
    r"(?:[^\W\d_][^\n:=≈$|`]{0,60}[:：](?!=)(?:\*\*)?[ \t]+)?"
)
_ITEM = re.compile(r"[ \t>]*(?:[-*+•–—▪◦‣]|\d{1,3}[.)])[ \t]+(?:\*\*|[^\W\d])")
_ITEM_MARK = re.compile(r"[ \t>]*(?:[-*+•–—▪◦‣]|\d{1,3}[.)])[ \t]+")
_BRACKETED = re.compile(r"[ \t]*\((?P<inner>(?:[^()]|\([^()]*\))+)\)[ \t]*")
_END = re.compile(r"(?:[。；，;]|\s[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,8})[ \t]*\Z")
_CALL = re.compile(r"[^\W\d_]\w*\.[^\W\d_]\w*\(|;\s*$|==|\bdef\b|\breturn\b|\bimport\b")
_FORMULA = re.compile(
    rf"[\d_*/+^₀-₉²³{FRACTIONS}]|=\s*(?:σ|φ|ψ|softmax|relu|ReLU|tanh|sigmoid|exp|ln|log|sqrt|max|min|sin|cos)\("
)
_COLUMN = re.compile(  # a wide gap, and behind it a name with a sign of equality: an item of another column
    r"(?<=[^\s=+\-−–*/^×·⋅÷(,;:<>≤≥≈])"
    r"(?:(?:[ ]{4,}|[ ]*\t[ \t]*)(?:[•▪◦‣][ \t]+)?(?=(?:[^\W\d_]|∂)[\w'’′^/∂⁺₊]*[ \t]*(?:=(?!=)|≈))"
    r"|(?:[ ]{6,}|[ ]*\t[ \t]*)[-–—][ ](?=(?:[^\W\d_]|∂)[\w'’′^/∂⁺₊]*[ ]?(?:=(?!=)|≈)))"
)
_MARKDOWN = re.compile(r"^(?:#{1,6} |```|~~~)|\$", re.MULTILINE)
_CONTINUES = ("=", "+", "-", "*", "/", "≈")


def plain(text: str, taken: list[tuple[int, int]]) -> Iterator[Passage]:
    """Yield lines of arithmetic outside of what is taken, each with the lines that continue it."""
    markdown = _MARKDOWN.search(text) is not None
    block: list[tuple[int, str]] = []
    indented, blank, item = False, True, False
    for start, line in free_lines(text, taken):
        code = markdown and line.startswith(("    ", "\t")) and (blank or indented)
        indented, blank = code, not line.strip()
        line, columns = (line, []) if code else _columns(line)
        yield from (_joined(text, [(start + at, column)]) for at, column in columns)
        lead = _LEAD.match(line)
        bare = _NOTE.sub(lambda note: " " * len(note.group()), line)
        bare = _END.sub(lambda mark: " " * len(mark.group()), bare)
        whole = _unbracketed(bare)
        continues = whole == bare and bool(block) and bare.lstrip().startswith(_CONTINUES) and len(line) <= LONGEST
        continues = continues and not (item and _ITEM.match(line))
        bare = whole
        if block and not continues:
            yield _joined(text, block)
            block = []
        cut = lead.end() if lead and not continues and not code and is_arithmetic(bare[lead.end() :]) else 0
        if continues or cut or (not code and is_arithmetic(bare)):
            item = item if continues else _ITEM.match(line) is not None
            block.append((start + cut, bare[cut:]))
    if block:
        yield _joined(text, block)


def _unbracketed(line: str) -> str:
    """Return a line without the brackets around all of it, which lost their backslashes: ``(e^2 = 7.389)``."""
    item = _ITEM_MARK.match(line)
    start = item.end() if item else 0
    whole = _BRACKETED.fullmatch(line, start)
    if whole is None or "=" not in whole["inner"]:
        return line
    return f"{line[: whole.start('inner') - 1]} {whole['inner']} {line[whole.end('inner') + 1 :]}"


def _columns(line: str) -> tuple[str, list[tuple[int, str]]]:
    """Return a line without the columns beside its first, and those that are equations, with their places in it."""
    if len(line) > LONGEST:
        return line, []
    marks = list(_COLUMN.finditer(line))
    if not marks:
        return line, []
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    columns = [(mark.end(), line[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    left = line[: marks[0].start()]
    listed = is_arithmetic(left) or marks[0].group().strip()  # and not prose with a gap in it
    return left.ljust(len(line)), [column for column in columns if listed and is_arithmetic(column[1])]


def free_lines(text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Yield the lines that nothing taken reaches into, with their places."""
    spans = iter([*taken, (len(text) + 1, len(text) + 1)])
    start, end = next(spans)
    for line in re.finditer(r"[^\n]*\n?", text):
        while end <= line.start():
            start, end = next(spans)
        yield line.start(), "" if start < line.end() else line.group().rstrip("\n")


def _joined(text: str, block: list[tuple[int, str]]) -> Passage:
    first, last = block[0][0], block[-1][0] + len(block[-1][1])
    parts: list[str] = []
    at = first
    for place, line in block:
        parts += [text[at:place], line]
        at = place + len(line)
    return Passage("".join(parts), first, "plain", (first, last))


def is_arithmetic(line: str) -> bool:
    """Whether a line without delimiters is an equation and not prose.

    >>> is_arithmetic("net_o1 = w_5 * out_h1 + b_2"), is_arithmetic("so the error = small here")
    (True, False)
    """
    return is_computed(line) and not _BETWEEN.search(line)


def is_computed(line: str) -> bool:
    """Whether a line without delimiters has equations and hardly a word."""
    if (
        len(line) > LONGEST
        or not re.search(r"(?<![<>!=:])=(?!=)|≈", line)
        or not _MATHS.match(line)
        or _WORDS.search(line)
    ):
        return False
    if _CALL.search(line):
        return False
    left = line.split("=")[0].strip(" \t-")
    named = re.fullmatch(r"[\w^+'’′{},/()\s*.\-−∂∇⁺⁻₊₋|]+", left) is not None
    return named and _FORMULA.search(line) is not None and not line.lstrip().startswith(("|", "#", "-  "))

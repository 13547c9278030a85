"""Lines of a document for a person's eyes: nothing in them acts on a terminal, and columns are counted in cells."""

import unicodedata

from .report import Region

FEWEST_CELLS = 24  # of a source line that are shown on however narrow a terminal
_MORE = "…"
_CONTROLS = {code: 0x2400 + code for code in range(32)} | {0x7F: 0x2421, 0x09: 0x20, 0x0D: 0x20}
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # characters that do something instead of being seen


def visible(text: str) -> str:
    """Return a text in which every character is seen, each in the place of the one that was there.

    >>> visible("a" + chr(27) + "[31m")
    'a␛[31m'
    """
    shown = text.translate(_CONTROLS)
    if shown.isascii():
        return shown
    return "".join("\ufffd" if unicodedata.category(character) in _HIDDEN else character for character in shown)


def cells(text: str) -> int:
    """Return how many columns a text takes on a terminal.

    >>> cells("w_1 = 权重")
    10
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Me":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def excerpt(line: str, region: Region, room: int) -> tuple[str, str]:
    """Return what of a line fits on a terminal, and a line that marks a region of it beneath.

    >>> excerpt("误差 E = 0.31", (1, 8, 1, 12), 60)
    ('误差 E = 0.31', '         ^~~~')
    """
    room = max(room, FEWEST_CELLS) - 2 * len(_MORE)
    base = max(0, region[1] - 1 - room)
    near = visible(line[base : region[1] - 1 + room])
    start = min(region[1] - 1 - base, len(near))
    end = region[3] - 1 - base if region[2] == region[0] else len(near.rstrip())
    low = start - _fitting(near[:start][::-1], max(room // 3, room - cells(near[start:])))
    high = low + _fitting(near[low:], room)
    head = _MORE if base + low else ""
    tail = _MORE if base + high < len(line) else ""
    marked = cells(near[start : min(end, high)])
    indent = cells(head + near[low:start])
    return f"{head}{near[low:high]}{tail}", " " * indent + "^" + "~" * (marked - 1)


def _fitting(text: str, room: int) -> int:
    """Return how many characters of a text fit in so many cells."""
    for place, character in enumerate(text):
        room -= _cells(character)
        if room < 0:
            return place
    return len(text)

"""From places in a text to lines and columns."""

from bisect import bisect_right

from .report import Region


class Lines:
    """The lines of a text.

    >>> Lines("one\\ntwo").of(5)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]

    def before(self, place: int) -> str:
        """Return the text of a line up to a place."""
        return self.text[self.starts[bisect_right(self.starts, place) - 1] : place]

    def of(self, place: int) -> tuple[int, int]:
        """Return the line and column of a place, from 1."""
        line = bisect_right(self.starts, place)
        return line, place - self.starts[line - 1] + 1

    def region(self, start: int, end: int) -> Region:
        """Return the line and column of the begin and of the end of a stretch."""
        return (*self.of(start), *self.of(end))

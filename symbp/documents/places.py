"""Text made from other text (unescaped, expanded, put together), with the way back to where each part came from."""

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Places:
    """Where the stretches of a text stand in the text that it was made from.

    Attributes:
        offsets: where each stretch begins; the first is 0.
        starts: where it begins in the other text.
        widths: 0 for a stretch that is copied; else how many characters there it stands for.
    """

    offsets: tuple[int, ...] = (0,)
    starts: tuple[int, ...] = (0,)
    widths: tuple[int, ...] = (0,)

    def start(self, offset: int) -> int:
        """Return the place of the character at an offset."""
        stretch = bisect_right(self.offsets, offset) - 1
        copied = 0 if self.widths[stretch] else offset - self.offsets[stretch]
        return self.starts[stretch] + copied

    def is_put(self, offset: int) -> bool:
        """Whether the character at an offset is not simply copied."""
        return self.widths[bisect_right(self.offsets, offset) - 1] > 0

    def end(self, offset: int) -> int:
        """Return the place after the character before an offset."""
        if offset == 0:
            return self.start(0)
        stretch = bisect_right(self.offsets, offset - 1) - 1
        return self.starts[stretch] + (self.widths[stretch] or offset - self.offsets[stretch])


SAME = Places()


@dataclass(slots=True)
class Weaver:
    """Makes a text from stretches of another.

    Example:
        >>> weaver = Weaver("a &lt; b")
        >>> weaver.put("<", 2, end=6)
        >>> text, places = weaver.woven()
        >>> text, places.start(4), places.start(2), places.end(3)
        ('a < b', 7, 2, 6)
    """

    source: str
    _at: int = 0
    _length: int = 0
    _parts: list[str] = field(default_factory=list)
    _stretches: list[tuple[int, int, int]] = field(default_factory=list)

    def skip(self, place: int) -> None:
        """Leave out the source up to a place."""
        self._at = place

    def copy(self, end: int) -> None:
        """Copy the source up to a place."""
        self._add(self.source[self._at : end], self._at, 0)
        self._at = max(self._at, end)

    def put(self, text: str, start: int, *, end: int) -> None:
        """Copy the source up to a start, then put a text in the place of what stands there up to an end."""
        self.copy(start)
        self._add(text, start, max(1, end - start))
        self._at = end

    def woven(self) -> tuple[str, Places]:
        """Return the text, with what is left of the source copied, and its places."""
        self.copy(len(self.source))
        return self.taken()

    def taken(self) -> tuple[str, Places]:
        """Return the text so far, and its places."""
        if not self._stretches:
            return "", SAME
        offsets, starts, widths = zip(*self._stretches, strict=True)
        return "".join(self._parts), Places(offsets, starts, widths)

    def _add(self, text: str, start: int, width: int) -> None:
        if text:
            self._parts.append(text)
            self._stretches.append((self._length, start, width))
            self._length += len(text)

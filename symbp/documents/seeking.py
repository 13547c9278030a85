"""Looking for closing marks in a text, in linear time."""


class Seeker:
    """Finds closing marks from left to right; a mark that is nowhere after a place is not looked for again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._none_after: dict[str, int] = {}

    def find(self, mark: str, place: int) -> int:
        """Return where a mark stands first after a place, or -1."""
        if place >= self._none_after.get(mark, len(self.text) + 1):
            return -1
        found = self.text.find(mark, place)
        if found < 0:
            self._none_after[mark] = place
        return found

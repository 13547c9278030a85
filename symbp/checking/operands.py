"""By how much what a printed number stands for may be off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flint import arb

MIDDLE, WIDE = "0.2499995", "0.7499995"  # of a unit: from half a one that was added to almost one that was cut off


@dataclass(frozen=True, slots=True)
class Owners:
    """The values of the quantities that a document prints, by what it prints for them."""

    known: Mapping[str, tuple[arb, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, printed: Iterable[tuple[str, arb]]) -> Owners:
        """Sort printed numbers and the values for which they stand.

        >>> Owners.of([("0.33", arb(1) / 3), ("0.33", arb("0.325"))]).known.keys()
        dict_keys(['0.33'])
        """
        known: dict[str, tuple[arb, ...]] = {}
        for text, value in printed:
            known[text] = (*known.get(text, ()), abs(value))
        return cls(known)

    def off(self, text: str, unit: arb) -> arb:
        """Return by how much what a number stands for differs from it: rounded or cut off, but no further than known.

        >>> bool(Owners.of([("0.33", arb(1) / 3)]).off("0.33", arb("0.01")).contains(arb("0.008")))
        False
        """
        number = arb(text)
        lost = beyond(unit)
        own = [off for value in self.known.get(text, ()) if (off := value - number).overlaps(lost)]
        if not own:
            return lost
        low, high = -unit / 2, max(unit / 2, *own)
        return arb(((low + high) / 2).mid(), ((high - low) / 2).upper())


NOT_SAID = Owners()


def beyond(unit: arb) -> arb:
    """Return by how much a value exceeds its printed digits: half a unit less where rounded, up to one where cut off.

    >>> bool(beyond(arb(1)).contains(arb("-0.5"))), bool(beyond(arb(1)).contains(arb(1)))
    (True, False)
    """
    return unit * arb(arb(MIDDLE), arb(WIDE))

r"""Index letters that run over the entries of arrays: as far as these are printed, and alike over square ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from ..formulas import Name, key
from .families import Families, Survey
from .indices import Slot, is_letter, size_key
from .knowledge import Knowledge


def fitted(families: Families, found: Survey, knowledge: Knowledge) -> Families:
    """Return the index letters with ranges that fit the arrays in whose entries they stand.

    The n of ``\\sum_{n,k} (Y_{nk} - T_{nk})^2`` runs over the rows of a T that is printed, and so over no more;
    where S has as many rows as columns, the letters of ``S_{ij}`` run over the same.
    """
    sizes = {letter: size for letter, size in _sizes(families, found, knowledge) if letter in families.ranges}
    if not sizes:
        return families
    ranges = {letter: tuple(range(1, size + 1)) for letter, size in sizes.items()}
    ends = {
        size_key(node.high): sizes[key(node.index)]
        for node in found.sums
        if node.index is not None and isinstance(node.high, Name) and key(node.index) in sizes
    }
    bounds = {symbol: ends.get(symbol, size) for symbol, size in families.bounds.items()}
    return replace(families, ranges={**families.ranges, **ranges}, bounds=bounds)


def _sizes(families: Families, found: Survey, knowledge: Knowledge) -> Iterator[tuple[str, int]]:
    """Yield letters with how many entries there are for each: as is printed; else the most of those that are alike."""
    said: dict[str, set[int]] = defaultdict(set)
    alike: list[set[str]] = []
    for slot, letters in _lettered(found).items():
        base, _, place, _ = slot
        for letter in letters if base in knowledge.printed_shapes else ():
            said[letter].add(knowledge.printed_shapes[base][place])
        rows, columns = knowledge.inferred.get(base, (0, 1))
        if rows == columns > 1:
            alike.append(letters | _lettered(found).get((base, "_", 1 - place, 2), set()))
    for group in alike:
        counts = [len(families.ranges[letter]) for letter in group & families.ranges.keys()]
        yield from ((letter, max(counts)) for letter in group if len(set(counts)) > 1)
    yield from ((letter, counts.pop()) for letter, counts in said.items() if len(counts) == 1)


def _lettered(found: Survey) -> dict[Slot, set[str]]:
    """Return the letters for each of two indices of the entries of arrays, where no other index stands there."""
    places = {slot: indices for slot, indices in found.slots.items() if slot[1] == "_" and slot[3] == 2}
    return {slot: {key(i) for i in indices} for slot, indices in places.items() if all(map(is_letter, indices))}

"""The delta of Kronecker, ``\\delta_{ij}``: 1 where both letters stand for the same, else 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..formulas import Derivative, Name, Node, Product, key, walk
from .families import Survey
from .indices import letters
from .knowledge import Knowledge, Read
from .looks import LOSSES

Pair = tuple[str, str]


def kronecker(found: Survey, knowledge: Knowledge, chains: Iterable[Read]) -> set[str]:
    """Return the deltas that are Kronecker's: with two letters of which the document takes a derivative.

    Or with a letter of what is differentiated, also in ``\\log p_k``, and one of what it is differentiated by; the
    first may be that of a factor beside it, as in ``\\sum_k dL/dy_k \\delta_{ki} x_j``, but not that of a loss.
    """
    if any(rule.head.base == "\\delta" and len(rule.head.sub) == 2 for rule in found.rules):
        return set()
    pairs = {
        (_letter(knowledge.names[of]), _letter(knowledge.names[by]))
        for of, found_by in knowledge.differentiated.items()
        for by in found_by
    }
    units = {tuple(key(index) for index in name.sub) for name in found.names if name.base == "\\delta" and name.sub}
    said = any(pair in pairs or pair[::-1] in pairs for pair in units if len(pair) == 2)
    shown = {pair for chain in chains for pair in _beside(chain)}
    return {"\\delta"} if said or units == shown != set() else set()


def _beside(chain: Read) -> Iterator[Pair]:
    """Yield the letters of the deltas that a formula for a derivative shows to be Kronecker's."""
    head, *others = chain.members
    if not isinstance(head, Derivative):
        return
    single = isinstance(head.of, Name) and isinstance(head.by, Name) and _letter(head.of) and _letter(head.by)
    is_loss = isinstance(head.of, Name) and head.of.base in LOSSES
    of, by = set() if is_loss else _letters(head.of), _letters(head.by)
    parts = [part for member in others if isinstance(member, Node) for part in walk(member)]
    factors = dict(_factors_beside(parts, head.of))
    for name in parts:
        if isinstance(name, Name) and name.base == "\\delta" and len(name.sub) == 2:
            one, other = map(key, name.sub)
            first = of | factors.get(name, set())
            apart = (one in first and other in by) or (other in first and one in by)
            if one != other and (apart or single in (one, other)):
                yield one, other


def _factors_beside(parts: Iterable[Node], of: Node) -> Iterator[tuple[Name, set[str]]]:
    """Yield names with the letters of what a quantity is differentiated by in a factor beside each."""
    for product in parts:
        if isinstance(product, Product):
            slopes = (part for part in product.factors if isinstance(part, Derivative) and part.of == of)
            found = set().union(*(_letters(slope.by) for slope in slopes))
            yield from ((part, found) for part in product.factors if isinstance(part, Name))


def _letters(node: Node) -> set[str]:
    """Return the letters in the indices of the names of a formula."""
    names = (part for part in walk(node) if isinstance(part, Name))
    return {letter for name in names for index in name.sub for letter in letters(index)}


def _letter(name: Name) -> str:
    """Return the one letter in the index of a name, or nothing."""
    found = [letter for index in name.sub for letter in letters(index)]
    return found[0] if len(found) == 1 else ""

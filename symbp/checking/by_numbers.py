"""Definitions that are printed with numbers alone, such as ``out_1 = 1/(1 + e^{-0.195})`` after ``net_1 = 0.195``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from ..formulas import Apply, Call, Matrix, Name, Negative, Node, Number, Power, Sum, has_part, walk, without_groups
from .arrays import Mismatch
from .fields import Balls
from .judging import Judge
from .knowledge import NOWHERE, Knowledge, is_closed, lone_number
from .limits import Undecided
from .looks import bare
from .parts import replaced


def with_names(knowledge: Knowledge) -> Knowledge:
    """Return what a document says with the name for the one number of a formula, where it depends on that.

    It is the only quantity of the same index by which it is differentiated, or else that is computed before it, and
    whose printed value the number is. And the formula gives the value that is printed for it: one with a slip is none.
    """
    found = dict(_named(knowledge))
    if not found:
        return knowledge
    givens = {name: given for name, given in knowledge.givens.items() if name not in found}
    return replace(knowledge, definitions={**knowledge.definitions, **found}, givens=givens)


def _named(knowledge: Knowledge) -> Iterator[tuple[str, Node]]:
    for name, given in knowledge.givens.items():
        if not is_closed(given) or lone_number(given) is not None or has_part(given, Matrix):
            continue
        numbers = [part for part in walk(given) if isinstance(part, Number) and "." in part.text]
        by = knowledge.differentiated.get(name, ()) or _before(name, given, knowledge)
        owners = [other for other in by if len(numbers) == 1 and _owns(other, name, numbers[0], knowledge)]
        if len(owners) == 1 and _gives(given, name, knowledge):
            own = knowledge.names[owners[0]]
            put = replaced(given, lambda part, own=own: _put(part, own, knowledge))  # type: ignore[misc]
            yield name, replaced(put, lambda part, own=own: _compared(part, own, knowledge))  # type: ignore[misc]


def _before(name: str, given: Node, knowledge: Knowledge) -> list[str]:
    """Return the quantities that are computed in chains before that of a function of a number."""
    number = knowledge.sources.get(name, NOWHERE)[0]
    applied = any(has_part(given, kind) for kind in (Power, Call, Apply))
    return [other for other, (place, _) in knowledge.sources.items() if applied and 0 <= place < number]


def _compared(part: Node, own: Name, knowledge: Knowledge) -> Node | None:
    """Return the difference of a name and a number with the one name for which that is given, as its target."""
    terms = part.terms if isinstance(part, Sum) else ()
    places = [place for place, term in enumerate(terms) if bare(term) != own]
    if len(terms) != 2 or len(places) != 1 or not isinstance(number := bare(terms[places[0]]), Number):
        return None
    names = [name for name, given in knowledge.givens.items() if without_groups(given) == number]
    if len(names) != 1 or names[0] not in knowledge.names:
        return None
    target = knowledge.names[names[0]]
    put = Negative(target) if isinstance(terms[places[0]], Negative) else target
    return Sum((*terms[: places[0]], put, *terms[places[0] + 1 :]))


def _gives(formula: Node, name: str, knowledge: Knowledge) -> bool:
    """Whether a formula of numbers has the value that is printed for a name."""
    printed = knowledge.printed.get(name)
    with suppress(Undecided, Mismatch):
        return printed is not None and Judge(knowledge).agree(formula, printed, Balls(knowledge, instance=True))
    return False


def _owns(other: str, name: str, number: Number, knowledge: Knowledge) -> bool:
    """Whether a number is the printed value of a computed quantity with the index of a name."""
    one, two = knowledge.names.get(other), knowledge.names.get(name)
    printed = knowledge.printed.get(other)
    value = lone_number(printed) if printed is not None else None
    if one is None or two is None or value is None or other not in knowledge.definitions:
        return False
    return (one.sub, one.label) == (two.sub, two.label) and float(value.text) == float(number.text)


def _put(part: Node, own: Name, knowledge: Knowledge) -> Node | None:
    """Return the name for its number, with the sign that this has where it is printed as a value."""
    negative = isinstance(knowledge.printed[own.spelt], Negative)
    number = part.body if negative and isinstance(part, Negative) else None if negative else part
    return own if isinstance(number, Number) and "." in number.text else None

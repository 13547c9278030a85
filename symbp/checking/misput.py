"""Numbers that do not belong where they are put in or printed, though not all of the link can be computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..formulas import Derivative, Name, Negative, Node, Number, ReadError, walk
from .digits import changed, dropped, inserted, transposed
from .fields import Balls, last_place
from .judging import Judge
from .knowledge import Read, is_closed, lone_number
from .known import Known, called
from .parts import replaced
from .putting import belonging, quantities_in

FEWEST_DIGITS = 3  # that tell whose value a number is
FEWEST_SURE = 5  # of a printed value that a slip of the pen may have changed


@dataclass(frozen=True, slots=True)
class Misput:
    """A number that is the value of one quantity, and the quantity that belongs in its place."""

    number: Node
    belongs: Known


def misput(left: Node, right: Node, known: Sequence[Known]) -> Misput | None:
    """Return the number that was put in for a quantity but is the value of one that does not stand there.

    Only where the value of the quantity stands nowhere else among the numbers: factors may be written in any order.
    """
    pairs = list(belonging(left, right).values()) if is_closed(right) and not is_closed(left) else []
    values = {value.name: value for value in known}
    own = {called(quantity) for quantity in quantities_in(left)}
    numbers = [part for part in walk(right) if isinstance(part, Number | Negative) and lone_number(part) is not None]
    for quantity, number in pairs if len(pairs) > 1 else ():
        belongs = values.get(called(quantity))
        if belongs is None or any(belongs.is_put(other) for other in numbers):
            continue
        if any(value.name not in own and _is_value(number, value) for value in known):
            return Misput(number, belongs)
    return None


def _is_value(number: Node, known: Known) -> bool:
    printed = lone_number(number)
    return printed is not None and len(_digits(printed.text)) >= FEWEST_DIGITS and known.is_put(number)


def misprinted(place: tuple[int, int], chains: Sequence[Read], judge: Judge) -> Node | None:
    """Return the number that is put in further on for the quantity that a link gives a number, where that is a slip.

    It is one where the two differ by a slip of the pen, and only the other number gives the result that is printed.
    """
    left, right = chains[place[0]].members[place[1] : place[1] + 2]
    number = lone_number(right) if isinstance(right, Node) else None
    if not isinstance(left, Name | Derivative) or number is None or len(_digits(number.text)) < FEWEST_SURE:
        return None
    assert isinstance(right, Node)
    for put, formula, result in _put_in(called(left), chains[place[0] + 1 :]):
        other = lone_number(put)
        if other is None or not _is_slip(number, other) or isinstance(put, Negative) != isinstance(right, Negative):
            continue
        numbers = Balls(judge.knowledge, instance=True)
        stale = replaced(formula, lambda part, old=put: right if part == old else None)  # type: ignore[misc]
        if judge.agree(formula, result, numbers) and not judge.agree(stale, result, replace(numbers, rounded=True)):
            return put
    return None


def _put_in(name: str, chains: Sequence[Read]) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the numbers that are put in for a quantity, with the computation in which they stand and its result."""
    for chain in chains:
        for (left, right), result in zip(pairwise(chain.members), chain.members[2:], strict=False):
            if isinstance(left, ReadError) or isinstance(right, ReadError) or isinstance(result, ReadError):
                continue
            if is_closed(right) and lone_number(right) is None and lone_number(result) is not None:
                pairs = belonging(left, right).values()
                yield from ((number, right, result) for quantity, number in pairs if called(quantity) == name)


def _is_slip(one: Number, other: Number) -> bool:
    """Whether one number is the other with a digit lost, added, changed or exchanged with the next."""
    near = abs(float(one.text) - float(other.text)) < 10.0 ** max(last_place(one.text), last_place(other.text))
    writes = (dropped, inserted, changed, transposed)
    return not near and any(other.text == text for write in writes for text in write(one.text))


def _digits(text: str) -> str:
    return text.partition("e")[0].replace(".", "").lstrip("0")

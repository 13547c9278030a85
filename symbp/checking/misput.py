"""Numbers that do not belong where they are put in or printed, though not all of the link can be computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from ..formulas import Derivative, Name, Negative, Node, Number, ReadError, key, latex, walk
from .digits import changed, doubled, dropped, inserted, shifted, transposed
from .fields import Balls, last_place
from .judgement import Judgement
from .judging import Judge
from .knowledge import Read, is_closed, lone_number
from .known import Known, called
from .parts import replaced
from .putting import belonging, quantities_in

FEWEST_DIGITS = 3  # that tell whose value a number is
FEWEST_SURE = 5  # of a printed value that a slip of the pen may have changed
WRITES = {
    "transposed digits": transposed,
    "doubled digit": doubled,
    "dropped digit": dropped,
    "shifted decimal point": shifted,
    "wrong digit": changed,
    "": inserted,
}
FEWEST_TIMES = 2  # that another number is put in for a quantity, and never its own


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


def unlike_given(left: Node, right: Node, chains: Sequence[Read], judge: Judge) -> Judgement | None:
    """Return the verdict where the number put in for a given one is that with a slip of the pen, without any effect.

    Nothing where it is put in every time, that is not all that is odd, or the link does not hold with the given number.
    """
    if is_closed(left) or not is_closed(right):
        return None
    givens = judge.knowledge.givens
    pairs = [(key(name), put) for name, put in belonging(left, right).values() if isinstance(name, Name)]
    odd = {
        name: (slip, put) for name, put in pairs if name in givens and (slip := _slip(put, givens[name])) is not None
    }
    if len(odd) != 1:
        return None
    ((name, (slip, put)),) = odd.items()
    given = givens[name]
    meant = replaced(right, lambda part: given if part == put else None)
    always = _always([use for use, _, _ in _put_in(name, chains)], given) is not None
    if always or not judge.link(left, meant).passes or not judge.link(left, right).passes:
        return None
    text = f"{latex(put)} is put in for {name} = {latex(given)}; the result is the same here"
    return Judgement("refuted", text, instead=(slip, put, given))


def _is_value(number: Node, known: Known) -> bool:
    printed = lone_number(number)
    return printed is not None and len(_digits(printed.text)) >= FEWEST_DIGITS and known.is_put(number)


def misprinted(place: tuple[int, int], chains: Sequence[Read], judge: Judge) -> Judgement | None:
    """Return the verdict where a link gives a number to what has another further on, and that is no slip of the pen.

    That is so where only the other number gives the result that is printed there, or it stands there throughout.
    """
    left, right = chains[place[0]].members[place[1] : place[1] + 2]
    number = lone_number(right) if isinstance(right, Node) else None
    if not isinstance(left, Name | Derivative) or number is None or len(_digits(number.text)) < FEWEST_DIGITS:
        return None
    assert isinstance(right, Node)
    uses = list(_put_in(called(left), chains[place[0] + 1 :]))
    if (slip := _always([put for put, _, _ in uses], right)) is not None:
        text = "another number is put in further on, every time"
        return Judgement("refuted", text, instead=(slip, right, uses[0][0]))
    for put, formula, result in uses if len(_digits(number.text)) >= FEWEST_SURE else ():
        slip = _slip(right, put)
        if slip is None or result is None:
            continue
        numbers = Balls(judge.knowledge, instance=True)
        stale = replaced(formula, lambda part, old=put: right if part == old else None)  # type: ignore[misc]
        if judge.agree(formula, result, numbers) and not judge.agree(stale, result, replace(numbers, rounded=True)):
            text = "another number is put in further on, and only that gives the result there"
            return Judgement("refuted", text, instead=(slip, right, put))
    return None


def _always(puts: Sequence[Node], right: Node) -> str | None:
    """Return the slip in what a quantity is said to be, where another number is put in for it throughout."""
    same = len(puts) >= FEWEST_TIMES and all(put == puts[0] for put in puts)
    return _slip(right, puts[0]) if same else None


def _put_in(name: str, chains: Sequence[Read]) -> Iterator[tuple[Node, Node, Node | None]]:
    """Yield the numbers that are put in for a quantity, with the computation in which they stand and its result."""
    for chain in chains:
        for (left, right), result in zip_longest(pairwise(chain.members), chain.members[2:]):
            if isinstance(left, ReadError) or isinstance(right, ReadError) or isinstance(result, ReadError):
                continue
            if is_closed(right) and lone_number(right) is None:
                done = result if result is not None and lone_number(result) is not None else None
                pairs = belonging(left, right).values()
                yield from ((number, right, done) for quantity, number in pairs if called(quantity) == name)


def _slip(wrong: Node, meant: Node) -> str | None:
    """Return the slip of the pen that makes one number of another, an empty one if it has no name; else nothing."""
    one, other = lone_number(wrong), lone_number(meant)
    if one is None or other is None or isinstance(wrong, Negative) != isinstance(meant, Negative):
        return None
    places = max(last_place(one.text), last_place(other.text))
    if abs(float(one.text) - float(other.text)) < 10.0**places:
        return None
    return next((name for name, write in WRITES.items() if one.text in write(other.text)), None)


def _digits(text: str) -> str:
    return text.partition("e")[0].replace(".", "").lstrip("0")

"""What a document takes for granted: its loss, its biases, the order of its indices, the sign of its deltas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx

from ..formulas import Derivative, Name
from ..networks import LOSSES, losses
from .arrays import Mismatch
from .fields import Balls
from .judging import Judge
from .knowledge import Knowledge
from .limits import PRECISION, Undecided
from .recognised import Recognised, Unit

MOST_DELTAS = 12  # names whose sign is looked at
_ENTRY = re.compile(r"(.+)\[(\d+),(\d+)\]")


@dataclass(frozen=True, slots=True)
class Convention:
    """Something that a document takes for granted: the name at whose definition it is seen, and a sentence."""

    name: str
    text: str
    wavers: bool = False


def conventions(recognised: Recognised, knowledge: Knowledge) -> Iterator[Convention]:
    """Yield the conventions of a document whose network is recognised."""
    yield from _loss(recognised)
    yield from _biases(recognised)
    yield from _layout(recognised)
    yield from _order(recognised, knowledge)
    yield from _deltas(recognised, knowledge)


def _loss(recognised: Recognised) -> Iterator[Convention]:
    if recognised.loss is None or recognised.error is None:
        return
    record, outputs = LOSSES[recognised.loss], len(recognised.layers[-1])
    squares = record.formula / (losses.t - losses.o) ** 2
    joined = f", added up over the {outputs} outputs" if outputs > 1 else ""
    if not squares.is_number:
        yield Convention(recognised.error, f"{recognised.error} is {recognised.loss}{joined}")
        return
    share = recognised.factor * Fraction(int(squares.p), int(squares.q))
    what = "the squared difference of output and target" if share == 1 else f"{share} of the squared difference"
    if share == Fraction(1, outputs) and outputs > 2:
        what, joined = "the mean of the squared differences", f" of the {outputs} outputs"
    yield Convention(recognised.error, f"{recognised.error} is {what}{joined}")


def _biases(recognised: Recognised) -> Iterator[Convention]:
    """Say whether biases are shared, where some layer has more than one unit to tell from."""
    names = [unit.bias for layer in recognised.layers[1:] if len(layer) > 1 for unit in layer if unit.bias]
    if recognised.bias == "shared" and names:
        each = sorted({unit.bias for layer in recognised.layers[1:] for unit in layer if unit.bias})
        yield Convention(names[0], f"the units of a layer share one bias: {', '.join(each)}")
    elif recognised.bias == "mixed" and names:
        text = "the units of one layer share a bias, those of another have their own"
        yield Convention(names[0].partition("[")[0], text)
    elif recognised.bias == "unit" and names:
        yield Convention(names[0].partition("[")[0], "each unit has a bias of its own")


def _layout(recognised: Recognised) -> Iterator[Convention]:
    """Say whether the rows of a weight matrix are its units or its inputs."""
    for before, layer in zip(recognised.layers, recognised.layers[1:], strict=False):
        places = [
            (found[1], (int(found[2]), int(found[3])), (to, origin))
            for to, unit in enumerate(layer, 1)
            for origin, source in enumerate(before, 1)
            if (found := _ENTRY.fullmatch(dict(unit.weights).get(source.name, "")))
        ]
        if not places or len({name for name, _, _ in places}) > 1:
            continue
        rows_are_units = all(entry == place for _, entry, place in places)
        if rows_are_units != all(entry == place[::-1] for _, entry, place in places):
            row, column = ("unit", "input") if rows_are_units else ("input", "unit")
            yield Convention(places[0][0], f"{places[0][0]} has a row for each {row} and a column for each {column}")


def _order(recognised: Recognised, knowledge: Knowledge) -> Iterator[Convention]:
    """Say whether the first index of a weight is where it leads to or where it comes from."""
    found: dict[bool, list[str]] = {}
    for before, layer in zip(recognised.layers, recognised.layers[1:], strict=False):
        for to, unit in enumerate(layer, 1):
            for name, place in _two_indices(unit, before, to, knowledge):
                found.setdefault(place, []).append(name)
    if len(found) == 1:
        first, names = next(iter(found.items()))
        which = "leads to" if first else "comes from"
        yield Convention(names[0], f"the first index of a weight is the unit that it {which}: {names[0]}")
    elif found:
        one, other = found[True][0], found[False][0]
        text = f"{one} has the unit that it leads to as its first index, {other} as its second"
        yield Convention(one, text, wavers=True)


def _two_indices(unit: Unit, before: tuple[Unit, ...], to: int, knowledge: Knowledge) -> Iterator[tuple[str, bool]]:
    for origin, source in enumerate(before, 1):
        name = dict(unit.weights).get(source.name, "")
        node = knowledge.names.get(name)
        digits = "".join(part.text if hasattr(part, "text") else "?" for part in node.sub) if node else ""
        if origin != to and digits in (f"{to}{origin}", f"{origin}{to}"):
            yield name, digits == f"{to}{origin}"


def _deltas(recognised: Recognised, knowledge: Knowledge) -> Iterator[Convention]:
    """Say which sign the deltas have: that of the derivative of the loss by the net input, or the other one."""
    signs = dict(_signs(recognised, knowledge))
    for name, sign in list(signs.items())[:1]:
        other = next((rival for rival, its in signs.items() if its != sign), None)
        what = "" if sign > 0 else "minus "
        text = f"{name} is {what}the derivative of {recognised.error} by the net input"
        against = f", but {other} has the other sign" if other else ""
        yield Convention(name, f"{text}{against}", wavers=bool(other))


def _signs(recognised: Recognised, knowledge: Knowledge) -> Iterator[tuple[str, int]]:
    named = [name for name in knowledge.definitions if name.startswith("\\delta") and name in knowledge.names]
    error = knowledge.names.get(recognised.error or "")
    nets = [unit.net for layer in recognised.layers[1:] for unit in layer if unit.net in knowledge.names]
    if error is None or not nets:
        return
    judge = Judge(knowledge)
    for name in named[:MOST_DELTAS]:
        for net in nets[:MOST_DELTAS]:
            sign = _sign(judge, knowledge.names[name], Derivative(error, knowledge.names[net or ""]))
            if sign:
                yield name, sign
                break


def _sign(judge: Judge, delta: Name, slope: Derivative) -> int:
    """Return 1 or -1 where a delta is a derivative or its negative at a random point, else 0."""
    numbers = Balls(judge.knowledge)
    try:
        with ctx.workprec(PRECISION):
            one, other = judge.value(delta, numbers), judge.value(slope, numbers)
            if not isinstance(one, arb) or not isinstance(other, arb):
                return 0
            tiny = arb(0, arb(2) ** -100)
            return 1 if (one - other).overlaps(tiny) else -1 if (one + other).overlaps(tiny) else 0
    except (Undecided, Mismatch):
        return 0

"""Where every result of a line of operations is kept: few arrays, made once, written over as soon as they are free."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sympy import Symbol

from .layered import Shape
from .lowering import Operation

Kind = tuple[Shape, bool]  # the shape, and whether it holds truth values


@dataclass(slots=True)
class Allocation:
    """The array of every operation that has one, and the shapes of the arrays that are to be made.

    Attributes:
        places: for each operation the symbol of the array that holds its result, or None for a plain number.
        buffers: the arrays to make, in order.
    """

    places: list[Symbol | None] = field(default_factory=list)
    buffers: dict[Symbol, Kind] = field(default_factory=dict)


def allocate(
    operations: Sequence[Operation], *, consumed: Mapping[Symbol, Shape] | None = None, keep: Iterable[Symbol] = ()
) -> Allocation:
    """Give every result an array: that of an operand which is not needed any more, a free one, or a new one.

    Args:
        operations: in order; a symbol that none of them defines is given, and is not written over.
        consumed: given arrays, with their shapes, that are written over in the end, and so may be before, once nothing
            reads them.
        keep: results that are read after the last operation.
    """
    last = {symbol: k for k, operation in enumerate(operations) for symbol in operation.used}
    last |= dict.fromkeys(keep, len(operations))
    rewritten = {op.into: k for k, op in enumerate(operations) if op.into is not None}
    holds: dict[Symbol, Symbol] = {symbol: symbol for symbol in consumed or {}}
    kinds: dict[Symbol, Kind] = {symbol: (shape, False) for symbol, shape in (consumed or {}).items()}
    free: dict[Kind, list[Symbol]] = {}
    found = Allocation()
    for k, op in enumerate(operations):
        kind = (op.shape, op.truth)
        dying = [s for s in op.operands if s in holds and last[s] == k]
        placeless = op.function in ("scalar", "watch")
        place = None if placeless else op.into
        if not placeless and place is None:
            place = _over(op, dying, holds, kinds, until=last.get(op.result, k), rewritten=rewritten)
            place = place or _free(kind, free, found)
        found.places.append(place)
        if place is not None:
            holds[op.result], kinds[op.result] = place, kind
        for symbol in dict.fromkeys(dying):
            if holds[symbol] != place and holds[symbol] in found.buffers:
                free.setdefault(kinds[symbol], []).append(holds[symbol])
    return found


def _over(
    op: Operation,
    dying: Sequence[Symbol],
    holds: Mapping[Symbol, Symbol],
    kinds: Mapping[Symbol, Kind],
    *,
    until: int,
    rewritten: Mapping[Symbol, int],
) -> Symbol | None:
    """Return the array of an operand over which the result may be written, if there is one."""
    able = [s for s in dying if op.elementwise and (op.function != "select" or s == op.operands[0])]
    for symbol in able:
        place = holds[symbol]
        if kinds[symbol] == (op.shape, op.truth) and until <= rewritten.get(place, until):
            return place
    return None


def _free(kind: Kind, free: dict[Kind, list[Symbol]], found: Allocation) -> Symbol:
    if free.get(kind):
        return free[kind].pop()
    place = Symbol(f"buffer_{len(found.buffers) + 1}", real=True)
    found.buffers[place] = kind
    return place

"""The value of what selects: cases by their conditions, and an entry by its index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..formulas import Dotted, Indexed, Indicator, Name, Node, Number, Piecewise, Transpose, key, without_groups
from .arrays import Grid, Spread, times, together
from .dual import value_of
from .kinks import refuse_kink
from .limits import Beyond, Undecided
from .numbers import Field
from .parts import counted
from .sizes import Shape, Sizes
from .spelling import own_entries

if TYPE_CHECKING:
    from .evaluation import Evaluator


def choice(node: Piecewise, evaluator: Evaluator) -> Any:
    """Return the value of the first case that holds."""
    for place, (value, condition) in enumerate(zip(node.values, node.conditions, strict=True)):
        holds = _holds(condition, evaluator)
        if holds is True:
            return evaluator.value(value)
        if holds is not False:
            rest = replace(node, values=node.values[place + 1 :], conditions=node.conditions[place + 1 :])
            return times(evaluator.value(value), holds, "*") + times(choice(rest, evaluator), 1 - holds, "*")
    raise Undecided("no case that holds")


def _holds(condition: Node, evaluator: Evaluator) -> Any:
    """Return whether a condition holds: for sure, or as a number that is 1 or 0."""
    if condition == Number("1"):
        return True
    if isinstance(condition, Indicator) and condition.relation in ("=", "!="):
        left, right = counted(condition.left), counted(condition.right)
        if left is None or right is None:
            raise Undecided("which case it is, is open")
        return (left == right) == (condition.relation == "=")
    holds = evaluator.value(condition)
    return holds if holds not in (0, 1) else bool(holds == 1)


def compared(left: Any, right: Any, *, relation: str, field: Field) -> Any:
    """Return 1 where a comparison holds, else 0; entry by entry where a side is an array."""
    one, other = (side if isinstance(side, Grid | Spread) else None for side in (left, right))

    def join(a: Any, b: Any) -> Any:
        return compared(a, b, relation=relation, field=field)

    if isinstance(one, Spread):
        return one.joined(right, join)
    if isinstance(other, Spread):
        return other.joined(left, lambda b, a: join(a, b))
    if one is not None and other is not None:
        return together(one, other, join)
    if one is not None:
        return one.map(lambda entry: join(entry, right))
    if other is not None:
        return other.map(lambda entry: join(left, entry))
    difference = value_of(left) - value_of(right)
    if relation == "!=":
        return 1 - compared(left, right, relation="=", field=field)
    if relation == "=":
        return field.positive(difference, strict=False) * field.positive(-difference, strict=False)
    if not field.instance:
        refuse_kink(difference)
    if relation.startswith("<"):
        return 1 - field.positive(difference, strict="=" in relation)
    return field.positive(difference, strict="=" not in relation)


def entry(node: Indexed, evaluator: Evaluator) -> Any:
    """Return an entry of an array, counted from 1."""
    value = evaluator.value(node.body)
    i, j = cell_place(value, node)
    return value.rows[i][j]


def cell_place(value: Any, node: Indexed) -> tuple[int, int]:
    """Return the row and column, counted from 0, of an entry of an array.

    Raises:
        Undecided: there is no array, or it has no such entry.
    """
    places = [place for index in node.sub if (place := counted(index)) is not None]
    if len(places) < len(node.sub):
        raise Undecided("an index on something that is no array")
    return _cell(value, places)


def entry_of(name: Name, evaluator: Evaluator) -> Any:
    """Return the entry of an array that a name with indices means, as ``x_{12}`` of ``X``; nothing for other names."""
    found = part_of(name, evaluator)
    if found is None:
        return None
    whole = found.body
    try:
        return entry(found, evaluator)
    except Undecided:
        if key(whole) in evaluator.knowledge.inferred.keys() - evaluator.knowledge.givens.keys():
            raise
    return None


def part_of(name: Name, evaluator: Evaluator) -> Indexed | None:
    """Return the entry of which array a name with indices means, by its indices; nothing for other names."""
    places = [place for index in name.sub if (place := counted(index)) is not None]
    if len(places) < len(name.sub):
        return None
    knowledge = evaluator.knowledge
    if 0 in places and max(knowledge.shapes.get(key(name), (1, 1))) > 1:  # an array of its own, as the h_0 before h
        return None
    for base in (name.base, name.base.upper()):
        whole = replace(name, base=base, sub=())
        own = key(whole)
        shape = knowledge.shapes.get(own) if own in knowledge.names else None
        if shape is None or own in knowledge.spelt:  # its entries have their definitions, what is beyond is none
            continue
        another = base != name.base and len(places) == 1 and 1 not in shape
        listed = own in knowledge.listed and len(places) > 1  # numbers in a row, and no matrix
        unknown = another or listed or own in knowledge.placeholders or own in evaluator.active
        if not (unknown or own_entries(whole, knowledge) or _has_dots(knowledge.definitions.get(own))):
            return Indexed(whole, name.sub)
    return None


def largest_places(names: Iterable[Name], shapes: Mapping[str, Shape], sizes: Sizes) -> dict[int, int]:
    """Return for each size of arrays the largest index of an entry that stands in a document."""
    found: dict[int, int] = {}
    for node in names:
        places = [place for index in node.sub if (place := counted(index)) is not None]
        wholes = [key(replace(node, base=base, sub=())) for base in (node.base, node.base.upper())]
        shape = next((shapes[whole] for whole in wholes if whole in shapes), None)
        if shape is None or len(places) < len(node.sub):
            continue
        long = [size for size in map(sizes.first, shape) if sizes.is_many(size)]
        if len(places) == len(long):
            found |= {size: max(place, found.get(size, 0)) for size, place in zip(long, places, strict=True)}
    return found


def _has_dots(definition: Node | None) -> bool:
    """Whether an array is printed with dots, so that nothing but its entries, which are named, has a value."""
    bare = without_groups(definition) if definition is not None else None
    return isinstance(bare, Dotted) or (isinstance(bare, Transpose) and _has_dots(bare.body))


def _cell(value: Any, places: list[int]) -> tuple[int, int]:
    if not isinstance(value, Grid):
        raise Undecided("an index on something that is no array")
    if len(places) == 1 and 1 in value.shape:
        places = [1, *places] if value.shape[0] == 1 else [*places, 1]
    if len(places) == 1 and 1 not in value.shape and 10 < places[0] < 100:
        places = [*divmod(places[0], 10)]  # two digits are two indices of a matrix
    if len(places) != 2 or not all(1 <= place <= size for place, size in zip(places, value.shape, strict=True)):
        raise Beyond("an index beyond an array")
    return places[0] - 1, places[1] - 1

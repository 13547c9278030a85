"""Judging by instantiation: formulas with index letters become formulas about numbered quantities of a small size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from ..formulas import (
    Dotted,
    Indicator,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Piecewise,
    Product,
    Sum,
    Summation,
    children,
    key,
    map_children,
    walk,
)
from .dotted import written_out
from .families import Families, Survey, Value
from .indices import Slot, is_letter, is_place, letters, letters_of, size_key, slots, without_index
from .knowledge import Knowledge
from .layers import Layers
from .limits import MOST_PARTS, MOST_TERMS, Undecided
from .parts import counted

MOST_ASSIGNMENTS = 81  # of numbers to the open letters of a definition
MOST_CHOICES = 6  # assignments at which a link is judged
Assignment = Mapping[str, Value]


@dataclass(frozen=True)
class Indexing:
    """The index letters of a document, and the expansion of formulas by them.

    Attributes:
        families: what the letters run over.
        quantities: names that are no indices where they stand as factors, such as the loss L.
        ruled: the bases of the names that definitions with letters define.
        layers: the layer of each letter in a net without layer labels.
        places: the indices that say which unit of a layer, such as the u_t of ``w_{u_t v}``.
        shift: by how many layers what is said is moved.
        unit: whether a name with two indices is 1 where these are the same, else 0.
        alike: letters for things of which one is like another, such as the samples in a sum over these.
        implied: names that are printed without the letter of a step, each with the letter.
    """

    families: Families
    quantities: frozenset[str] = frozenset()
    ruled: frozenset[str] = frozenset()
    unit: frozenset[str] = frozenset()
    layers: Layers | None = None
    places: frozenset[Name] = frozenset()
    shift: int = 0
    alike: frozenset[str] = frozenset()
    implied: Mapping[str, Name] = field(default_factory=dict)

    @cached_property
    def ranges(self) -> Mapping[str, tuple[Value, ...]]:
        """For each letter what it runs over."""
        if self.layers is None:
            return self.families.ranges
        units = {letter: self.layers.units(layer + self.shift) for letter, layer in self.layers.of.items()}
        places = {key(place): units[place.base] for place in self.places if place.base in units}
        return {**self.families.ranges, **units, **places}

    @cached_property
    def chosen(self) -> Mapping[str, int]:
        """The letters that stand for one number, such as that of the right class."""
        layered = self.layers.of if self.layers is not None else {}
        return {letter: number for letter, number in self.families.chosen.items() if letter not in layered}

    def of_alike(self, letters: Mapping[str, Node], count: int) -> Indexing:
        """Return this where letters, each with the last one, stand for so many things of which all are alike."""
        sizes = {size_key(last): count for last in letters.values() if isinstance(last, Name)}
        families = replace(self.families, bounds={**self.families.bounds, **sizes})
        return replace(self, families=families, alike=frozenset(letters))

    def _fixed(self, name: Name) -> int | None:
        """Return the number that a name always stands for: that of a chosen one, or of the last."""
        return self.families.bounds.get(size_key(name), self.chosen.get(key(name)))

    def layer(self, index: Node) -> int | None:
        """Return the layer of an index, where the document has layers and no labels for them."""
        found = self.layers.of_index(index) if self.layers is not None else None
        return None if found is None else found + self.shift

    def shifts(self, *nodes: Node) -> Iterator[Indexing]:
        """Yield this for every way to move what some formulas say to other layers, the nearest first."""
        yield self
        if self.layers is None:
            return
        names = [part for node in nodes for part in walk(node) if isinstance(part, Name)]
        own = self._layers(*nodes)
        fixed = {thing.base for thing in self.layers.things} & letters_of(names)
        for shift in sorted(range(-self.layers.last, self.layers.last + 1), key=abs) if own and not fixed else ():
            if shift and min(own) + shift >= 0 and max(own) + shift <= self.layers.last:
                yield replace(self, shift=shift)

    def _layers(self, *nodes: Node) -> list[int]:
        """Return the layers of the indices in some formulas, before anything is moved."""
        assert self.layers is not None
        names = (part for node in nodes for part in walk(node) if isinstance(part, Name))
        found = (self.layers.of_index(index) for name in names for _, index in slots(name))
        return [layer for layer in found if layer is not None]

    def fitted(self, *nodes: Node) -> Indexing:
        """Return this, moved to layers that there are for all letters in some formulas, and with no others implied."""
        if self.implied and (bare := replace(self, implied={})).letters(*nodes) != self.letters(*nodes):
            return bare
        if self.layers is None or not (own := self._layers(*nodes)) or max(own) + self.shift <= self.layers.last:
            return self
        return next((way for way in self.shifts(*nodes) if max(own) + way.shift <= self.layers.last), self)

    def letters(self, *nodes: Node) -> list[str]:
        """Return the letters that are open in some formulas, in order."""
        return sorted({letter for node in nodes for letter in self._open(node)})

    def _open(self, node: Node) -> set[str]:
        if isinstance(node, Name):
            return self._in_name(node)
        found: set[str] = set().union(*map(self._open, children(node)))
        if isinstance(node, Summation) and node.index is not None:
            found.discard(key(node.index))
        return found

    def _in_name(self, name: Name) -> set[str]:
        if name not in self._in_names:
            name = self.implied.get(key(name), name)
            own = {key(name)} & self.ranges.keys() - self.quantities
            places = {key(index) for _, index in slots(name) if is_place(index)} & self.ranges.keys()
            single = ((slot, letter) for slot, index in slots(name) for letter in letters(index))
            self._in_names[name] = own | places | {letter for slot, letter in single if self._varies(slot, letter)}
        return self._in_names[name]

    @cached_property
    def _in_names(self) -> dict[Name, set[str]]:
        """The letters that are open in names."""
        return {}

    def _varies(self, slot: Slot, letter: str) -> bool:
        known = letter in self.ranges and (slot, letter) not in self.families.named
        return known and self.ranges[letter] != (Name(letter),)

    def assignments(self, names: list[str]) -> Iterator[dict[str, Value]]:
        """Yield values for letters: every combination, up to a limit."""
        for count, values in enumerate(product(*(self.ranges[name] for name in names))):
            if count == MOST_ASSIGNMENTS:
                return
            yield dict(zip(names, values, strict=True))

    def expand(self, node: Node, values: Assignment) -> Node:
        """Return a formula with letters replaced by what they stand for, and sums written out.

        Raises:
            Undecided: a sum is too long, or over something that is no range.
        """
        if isinstance(node, Summation) and node.index is not None:
            return self._terms(node, values)
        if isinstance(node, Name):
            return self._name(node, values)
        expanded = map_children(node, lambda part: self.expand(part, values))
        if isinstance(expanded, Indicator):
            return _compared(expanded)
        if isinstance(expanded, Dotted) and isinstance(expanded.body, Matrix):
            return written_out(expanded.body) or expanded
        return _chosen(expanded) if isinstance(expanded, Piecewise) else expanded

    def _terms(self, node: Summation, values: Assignment) -> Node:
        assert node.index is not None
        letter = key(node.index)
        if letter in self.alike and node.high is not None:
            parts = (node.high, without_index(node.body, node.index))
            return Product(tuple(self.expand(part, values) for part in parts), ("*",))
        places = list(self._places(node, values))
        if node.without is not None:
            left_out = self._index(node.without, values)
            places = [place for place in places if printed(place) != left_out]
        if len(places) > MOST_TERMS:
            raise Undecided(f"a sum of {len(places)} terms")
        first = sum(1 for place in places[:1] for _ in walk(self.expand(node.body, {**values, letter: place})))
        if first * len(places) > MOST_PARTS:
            raise Undecided(f"a sum of {len(places)} terms with {first} parts each")
        terms = tuple(self.expand(node.body, {**values, letter: place}) for place in places)
        if len(terms) > 1:
            return Product(terms, ("*",) * (len(terms) - 1)) if node.product else Sum(terms)
        return terms[0] if terms else Number("1" if node.product else "0")

    def _places(self, node: Summation, values: Assignment) -> tuple[Value, ...] | range:
        """Return what a sum runs over: as it is printed, else as its letter does elsewhere."""
        assert node.index is not None
        if (width := self._width(node)) is not None:
            return range(1, width + 1)
        if self.layers is not None and key(node.index) in self.layers.of:
            return self.layers.connected(node, values) or self.ranges[key(node.index)]
        default = self.ranges.get(key(node.index), (1, 2, 3))
        low, high = (counted(self.expand(end, values)) if end is not None else None for end in (node.low, node.high))
        numbers = [value for value in default if isinstance(value, int)]
        if not numbers or (low is None and high is None):
            return default
        return range(numbers[0] if low is None else low, (numbers[-1] if high is None else high) + 1)

    def _width(self, node: Summation) -> int | None:
        """Return how many units a sum is over, where its letter is the place of a unit in a layer."""
        names = (part for part in walk(node.body) if isinstance(part, Name))
        for index in (index for name in names for _, index in slots(name) if is_place(index)):
            if isinstance(index, Name) and index.sub[0] == node.index and index.base in self.ranges:
                return len(self.ranges[index.base])
        return None

    def _name(self, name: Name, values: Assignment) -> Node:
        place = name, *values.items()
        if (known := self._numbered.get(place)) is None:
            known = self._numbered[place] = self._with_numbers(name, values)
        return known

    @cached_property
    def _numbered(self) -> dict[tuple[object, ...], Node]:
        """What names with letters are at some values of these."""
        return {}

    def _with_numbers(self, name: Name, values: Assignment) -> Node:
        name = self.implied.get(key(name), name)
        own = key(name)
        if own not in self.quantities:
            if own in values:
                return printed(values[own])
            if (number := self._fixed(name)) is not None:
                return Number(str(number))
        if not name.sub and not name.label:
            return name
        found = iter([self._index(index, self._free(slot, values)) for slot, index in slots(name)])
        sub = tuple(next(found) for _ in name.sub)
        expanded = replace(name, sub=sub, label=tuple(found))
        return self._kronecker(expanded)

    def _free(self, slot: Slot, values: Assignment) -> Assignment:
        """Return the values of the letters that do not name one thing in a slot."""
        named = self._named.get(slot)
        return values if named is None else {letter: value for letter, value in values.items() if letter not in named}

    @cached_property
    def _named(self) -> dict[Slot, set[str]]:
        """The letters that name one thing in a slot."""
        found: dict[Slot, set[str]] = {}
        for slot, letter in self.families.named:
            found.setdefault(slot, set()).add(letter)
        return found

    def _kronecker(self, name: Name) -> Node:
        if name.base in self.unit and len(name.sub) == 2 and not name.label:
            return Number("1" if name.sub[0] == name.sub[1] else "0")
        return name

    def _index(self, index: Node, values: Assignment) -> Node:
        expanded = self._replaced(index, values)
        value = counted(expanded)
        return expanded if value is None else printed(value)

    def _replaced(self, index: Node, values: Assignment) -> Node:
        if isinstance(index, Name):
            own = key(index)
            if own in values:
                return printed(values[own])
            if is_place(index) and (unit := self._unit(index, values)) is not None:
                return printed(unit)
            bound = self._fixed(index)
            return index if bound is None else Number(str(bound))
        return map_children(index, lambda part: self._replaced(part, values))

    def _unit(self, index: Name, values: Assignment) -> Value | None:
        """Return the unit at a place that is a number, such as that of the u_1 in ``w_{u_1 v}``."""
        place = counted(self._replaced(index.sub[0], values))
        units = self.ranges.get(index.base, ()) if self.layers is not None and index.base in self.layers.of else ()
        return units[place - 1] if place is not None and 0 < place <= len(units) else None


def printed(value: Value) -> Node:
    """Return what a letter stands for as an index."""
    if isinstance(value, Name):
        return value
    return Number(str(value)) if value >= 0 else Negative(Number(str(-value)))


def _compared(node: Indicator) -> Node:
    """Return 1 or 0 for a comparison of whole numbers."""
    left, right = counted(node.left), counted(node.right)
    if left is None or right is None:
        return node
    holds = {
        "=": left == right,
        "!=": left != right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }
    return Number("1" if holds[node.relation] else "0")


def _chosen(node: Piecewise) -> Node:
    """Return the first of some cases whose condition is known to hold, where all before it are known not to."""
    for value, condition in zip(node.values, node.conditions, strict=True):
        if condition == Number("1"):
            return value
        if condition != Number("0"):
            break
    return node


def open_places(found: Survey) -> Iterator[Name]:
    """Yield the indices that say which unit of a layer, where that is left open."""
    for index in found.indices:
        if (
            isinstance(index, Name)
            and is_place(index)
            and is_letter(index.sub[0])
            and key(index.sub[0]) not in found.bound
        ):
            yield index


def quantities(found: Survey, knowledge: Knowledge) -> frozenset[str]:
    """Return the names that are no indices where they stand as factors, though such a letter may also be an index."""
    computed = ({*knowledge.definitions} - found.shared | {*knowledge.differentiated}) - found.bound
    return frozenset(computed | {slot[0] for slot in found.slots})

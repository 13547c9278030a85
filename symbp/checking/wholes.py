"""Arrays that stand beside their entries, as ``a^l`` beside ``a^l_j``: what is said of one is said of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

from ..formulas import Call, Derivative, Indexed, Matrix, Name, Node, Number, Row, key, without_groups
from .families import Survey
from .indexing import Indexing
from .indices import is_letter, letters, size_key, step
from .knowledge import Knowledge, names_in
from .lettered import multiplied
from .parts import counted
from .shapes import shaped
from .shaping import Equation
from .spelling import own_entries
from .unsaid import completed

MOST_ENTRIES = 36  # of an array that is written out
INDICES = (2, 1)  # of an entry; where both occur, those with one are rows
Kin = tuple[str, tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Whole:
    """An array with as many entries as their indices run over: one size for a row or a column, two for a matrix."""

    name: Name
    entry: Name
    sizes: tuple[int, ...]

    @property
    def kin(self) -> Kin:
        """What arrays of several layers have in common."""
        return self.name.base, self.name.marks, len(self.name.label)

    @property
    def spelt(self) -> Matrix:
        """The array as the names of its entries; those with one index in a row that may as well be a column."""
        m, n = self.sizes if len(self.sizes) == 2 else (1, self.sizes[0])
        rows = tuple(Row(tuple(self._entry(i, j) for j in range(1, n + 1))) for i in range(1, m + 1))
        return Matrix(rows, listed=len(self.sizes) == 1)

    def _entry(self, i: int, j: int) -> Name:
        places = (i, j) if len(self.sizes) == 2 else (j,)
        return replace(self.name, base=self.entry.base, sub=tuple(Number(str(place)) for place in places))


def with_wholes(knowledge: Knowledge, found: Survey, *, indexing: Indexing, equations: list[Equation]) -> Knowledge:
    """Return what a document says with the shapes of its arrays, each beside its entries.

    An array of which nothing else is said is made of its entries, as one whose entries are defined; else an entry is
    what stands in its place.

    Args:
        knowledge: what the document says of its numbered quantities.
        found: what it says of its indices.
        indexing: its index letters.
        equations: the links from which shapes are inferred.
    """
    shape = partial(shaped, equations=equations, letters=indexing.ranges)
    first = shape(knowledge)
    known = [whole for whole in wholes(found, indexing) if _is_known(whole, first)]
    sides = _gradients({key(whole.name) for whole in known if not whole.sizes[1:]}, knowledge, equations=equations)
    sides |= {key(name) for pair in _products(known, found) for name in pair}
    said = {key(whole.name) for whole in known if key(whole.name) in sides or _is_softmax(whole, knowledge)}
    arrays, sized = _alike(known, first, said), first
    before = 0
    while before < len(arrays):
        before = len(arrays)
        sized = shape(_spelt(knowledge, arrays))
        arrays |= _alike(known, sized, said)
    if not arrays:
        return first
    spelt = {name: whole.spelt for name, whole in arrays.items()}
    turned = {
        name: matrix if sized.inferred.get(name) == _shape(matrix) else _column(matrix)
        for name, matrix in spelt.items()
        if sized.inferred.get(name) in (_shape(matrix), _shape(_column(matrix)))
    }
    return replace(
        completed(_joined(knowledge, turned, names={name: whole.name for name, whole in arrays.items()})),
        entries=_spelt(knowledge, {name: arrays[name] for name in turned}).entries,
        inferred=sized.inferred,
        numerator=sized.numerator,
        rows=sized.rows,
        unsure=sized.unsure,
    )


def _products(known: list[Whole], found: Survey) -> Iterator[tuple[Name, Name]]:
    """Yield the arrays that are multiplied though nothing else shows that they are some: a matrix and a vector."""
    sizes = {(whole.name.base, whole.name.marks): len(whole.sizes) for whole in known}
    for one, other in multiplied(found.rules):
        if {sizes.get((one.base, one.marks)), sizes.get((other.base, other.marks))} == {1, 2}:
            yield one, other


def _alike(known: list[Whole], sized: Knowledge, said: set[str]) -> dict[str, Whole]:
    """Return the arrays of the kinds of which some are known to be arrays, by their shape or as it is said."""
    found = [whole for whole in known if sized.inferred.get(key(whole.name), (1, 1)) != (1, 1)]
    kin = {whole.kin for whole in (*found, *(whole for whole in known if key(whole.name) in said))}
    return {key(whole.name): whole for whole in known if whole.kin in kin}


def _spelt(knowledge: Knowledge, arrays: Mapping[str, Whole]) -> Knowledge:
    """Return what a document says, where each array stands for the names of its entries, which are numbers."""
    spelt = {name: whole.spelt for name, whole in arrays.items()}
    entries = {key(entry) for matrix in spelt.values() for row in matrix.rows for entry in row.entries}
    return replace(knowledge, spelt={**knowledge.spelt, **spelt}, entries=knowledge.entries | entries)


def _is_softmax(whole: Whole, knowledge: Knowledge) -> bool:
    """Whether an array is defined as the softmax of a name, which then is an array as well."""
    body = knowledge.definitions.get(key(whole.name))
    bare = without_groups(body) if body is not None else None
    return isinstance(bare, Call) and bare.function == "softmax" and isinstance(bare.arguments[0], Name)


def _gradients(vectors: set[str], knowledge: Knowledge, *, equations: list[Equation]) -> set[str]:
    """Return the vectors of links that state a gradient by one of them: nothing else stands in these, or is said of it.

    As ``\\frac{\\partial L}{\\partial z} = p - y`` where a document is about ``z_i``, ``p_i`` and ``y_i``.
    """
    formulas = knowledge.definitions.values()
    free = vectors - knowledge.defined - {name for formula in formulas for name in names_in(formula)}
    found = set()
    for left, right in equations:
        of = key(left.of) if isinstance(left, Derivative) and isinstance(left.by, Name) and key(left.by) in free else ""
        if of and names_in(right) and names_in(right) <= free:
            found |= {*names_in(right), *names_in(left)} - {of}
    return found


def _shape(matrix: Matrix) -> tuple[int, int]:
    return len(matrix.rows), len(matrix.rows[0].entries)


def _column(matrix: Matrix) -> Matrix:
    """Return a row as a column; a matrix as it is."""
    return Matrix(tuple(Row((entry,)) for entry in matrix.rows[0].entries)) if matrix.listed else matrix


def _is_known(whole: Whole, knowledge: Knowledge) -> bool:
    """Whether an array may stand beside its entries: these are numbers, and nothing is printed of it."""
    name = key(whole.name)
    if name in {*knowledge.printed_shapes, *knowledge.placeholders, *knowledge.spelt}:
        return False
    entries = {key(entry) for row in whole.spelt.rows for entry in row.entries}
    printed = not entries.isdisjoint(knowledge.givens.keys() | knowledge.spelt.keys())
    return not printed and all(knowledge.inferred.get(entry, (1, 1)) == (1, 1) for entry in entries)


def wholes(found: Survey, indexing: Indexing) -> Iterator[Whole]:
    """Yield the arrays that a document names beside their entries, by number."""
    bare = {replace(name, span=(0, 0)) for name in found.names if not name.sub}
    for name in sorted(bare, key=key):
        if (whole := _whole(name, found, indexing=indexing)) is not None:
            for values in indexing.assignments(indexing.letters(name)):
                numbered = indexing.expand(name, values)
                if isinstance(numbered, Name):
                    yield replace(whole, name=numbered)


def _whole(name: Name, found: Survey, *, indexing: Indexing) -> Whole | None:
    """Return an array whose entries have indices of known ranges; nothing for a name of which there are none."""
    for count, base in product(INDICES, dict.fromkeys((name.base, name.base.lower()))):
        if base != name.base and any(not other.sub and _is_like(other, name, base=base) for other in found.names):
            continue
        entries = [other for other in found.names if len(other.sub) == count and _is_like(other, name, base=base)]
        sizes = tuple(_size([entry.sub[place] for entry in entries], indexing) for place in range(count))
        long = 1
        for size in sizes:
            long *= size
        if entries and 1 < long <= MOST_ENTRIES:
            return Whole(name, entries[0], sizes)
    return None


def _is_like(entry: Name, whole: Name, *, base: str) -> bool:
    return entry.base == base and entry.marks == whole.marks and len(entry.label) == len(whole.label)


def _size(indices: list[Node], indexing: Indexing) -> int:
    """Return how far some indices in one place run; 0 where that is not known, or where they do not begin with 1."""
    bounds: Mapping[str, int] = indexing.families.bounds
    numbers: set[int] = set()
    ranged = False
    for index in indices:
        if isinstance(index, Name) and size_key(index) in bounds:
            numbers.add(bounds[size_key(index)])
            ranged = True
        elif (place := counted(index)) is not None:
            numbers.add(place)
        elif (run := _run(index, indexing)) is not None:
            numbers |= set(run)
            ranged = True
        else:
            return 0
    return max(numbers) if ranged and min(numbers) == 1 else 0


def _run(index: Node, indexing: Indexing) -> list[int] | None:
    if not is_letter(index) or step(index) is None:
        return None
    run = [value for letter in letters(index) for value in indexing.ranges.get(letter, ()) if isinstance(value, int)]
    return run or None


def _joined(knowledge: Knowledge, arrays: Mapping[str, Matrix], *, names: Mapping[str, Name]) -> Knowledge:
    """Return what a document says, where each array and its entries have one definition."""
    definitions = dict(knowledge.definitions)
    known = {**knowledge.names, **names}
    for whole, spelt in arrays.items():
        cells = [(place, entry) for place, entry in _cells(spelt) if isinstance(entry, Name)]
        defined = [key(entry) in knowledge.definitions for _, entry in cells]
        if knowledge.defined_or_used.isdisjoint({whole, *(key(entry) for _, entry in cells)}):
            continue  # nothing is said of it
        if all(defined) or whole not in definitions:
            definitions[whole] = replace(spelt, listed=False)
        elif not any(defined):
            definitions |= {key(entry): Indexed(names[whole], place) for place, entry in cells}
        known |= {key(entry): entry for _, entry in cells}
    return replace(knowledge, definitions=definitions, names=known)


def _cells(spelt: Matrix) -> Iterator[tuple[tuple[Node, ...], Node]]:
    for i, row in enumerate(spelt.rows, 1):
        for j, entry in enumerate(row.entries, 1):
            yield (Number(str(i)), Number(str(j))), entry


def unreached(left: Node, right: Node, knowledge: Knowledge) -> set[str]:
    """Return the arrays of free entries on one side of a link with which the other side has nothing to do."""
    found = set()
    for side, other in ((left, right), (right, left)):
        names = (knowledge.names[name] for name in names_in(side) & knowledge.names.keys())
        for name in names:
            own = {key(entry) for line in own_entries(name, knowledge) for entry in line}
            if own and own.isdisjoint(knowledge.defined) and own.isdisjoint(knowledge.reach(other)):
                found.add(key(name))
    return found

"""Arrays that a document spells out, entry by entry: the entries are then names for places of the array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..formulas import Group, Indexed, Matrix, Name, Node, Number, Transpose, key, without_groups
from .knowledge import Knowledge, Place, Read, names_in

Spelt = tuple[int, str, Node]  # in which chain, of which name, and the array
FEWEST_ENTRIES = 2
MOST_MISPRINTED = 1  # entries that are printed with the place of another


def spelling(whole: Name, node: Node) -> Matrix | Transpose | None:
    """Return an array in which each entry is a name with its place: ``X`` of ``x_{11}`` and so on; else nothing.

    An entry that alone has the place of another stands for its own: a slip, but it is plain what is meant.

    >>> from symbp.formulas import read
    >>> spelling(read("x"), read("[x_1, x_2]")) is not None
    True
    """
    bare = without_groups(node)
    body = bare.body if isinstance(bare, Transpose) else bare
    if not isinstance(body, Matrix):
        return None
    alone = 1 in (len(body.rows), len(body.rows[0].entries))
    found = (_as_meant(body, whole, lone=lone) for lone in ((True, False) if alone else (False,)))
    matrix = next((matrix for matrix in found if matrix is not None), None)
    return replace(bare, body=matrix) if isinstance(bare, Transpose) and matrix is not None else matrix


def _as_meant(body: Matrix, whole: Name, *, lone: bool) -> Matrix | None:
    """Return an array with the places of its entries as their last indices; ``lone`` if these have a single one."""
    first = body.rows[0].entries[0]
    start = 0 if isinstance(first, Name) and key(first).endswith("0") else 1
    rows = tuple(
        replace(row, entries=tuple(_entry(first, _place(i + start, j + start, lone)) for j in range(len(row.entries))))
        for i, row in enumerate(body.rows)
    )
    entries, own = ([entry for row in found for entry in row.entries] for found in (body.rows, rows))
    wrong = sum(key(one) != key(other) for one, other in zip(entries, own, strict=True))
    if len(own) < FEWEST_ENTRIES or wrong > MOST_MISPRINTED or 2 * wrong >= len(own) or not _belongs(first, whole):
        return None
    return replace(body, rows=rows)


def _place(i: int, j: int, lone: bool) -> tuple[Node, ...]:
    return tuple(Number(str(number)) for number in ((max(i, j),) if lone else (i, j)))


def _entry(model: Node, place: tuple[Node, ...]) -> Node:
    """Return the entry at a place, named as another one; a vector may have both indices, of which one is always 1."""
    if not isinstance(model, Name) or not model.sub:
        return model
    together = isinstance(model.sub[-1], Number) and len(model.sub[-1].text) == len(place)
    kept = model.sub[: -1 if together else -len(place)]
    return replace(model, sub=(*kept, *place), span=(0, 0))


def _belongs(entry: Node, whole: Name) -> bool:
    same = isinstance(entry, Name) and entry.base.lower() == whole.base.lower() and entry.marks == whole.marks
    return same and isinstance(entry, Name) and entry.label in ((), whole.label)


def entry_names(node: Node) -> list[Name]:
    """Return the names in an array that is spelt out."""
    return [entry for _, entry in _places(node)]


def entry_keys(node: Node) -> set[str]:
    """Return the keys of the names in an array that is spelt out."""
    return {key(entry) for entry in entry_names(node)}


def with_spelt(knowledge: Knowledge, spelt: Mapping[str, Node]) -> Knowledge:
    """Return what a document says with other arrays spelt out: ``x_{12}`` is the entry of ``X`` in row 1, column 2."""
    before = {key(entry) for node in knowledge.spelt.values() for entry in entry_names(node)}
    kept = {name: formula for name, formula in knowledge.definitions.items() if name not in before}
    entries: dict[str, Node] = {}
    names: dict[str, Name] = {}
    for whole, node in spelt.items():
        entries |= {key(entry): Indexed(knowledge.names[whole], place) for place, entry in _places(node)}
        names |= {key(entry): entry for entry in entry_names(node)}
    return replace(knowledge, definitions=kept | entries, spelt=dict(spelt), names=names | dict(knowledge.names))


def entry_place(name: Name, knowledge: Knowledge) -> Indexed | None:
    """Return of which array a name is an entry, and which; nothing for other names."""
    definition = knowledge.definitions.get(key(name))
    return definition if isinstance(definition, Indexed) and isinstance(definition.body, Name) else None


def _places(node: Node) -> Iterator[tuple[tuple[Node, ...], Name]]:
    """Yield the entries of an array that is spelt out, each with its place, counted from 1."""
    turned = isinstance(node, Transpose)
    body = node.body if isinstance(node, Transpose) else node
    assert isinstance(body, Matrix)
    alone = 1 in (len(body.rows), len(body.rows[0].entries))
    for i, row in enumerate(body.rows, 1):
        for j, entry in enumerate(row.entries, 1):
            place = (max(i, j),) if alone else (j, i) if turned else (i, j)
            assert isinstance(entry, Name)
            yield tuple(Number(str(number)) for number in place), entry


def own_entries(name: Name, knowledge: Knowledge) -> list[list[Name]]:
    """Return the entries of an array that is defined by nothing but their names; nothing for any other name."""
    definition = knowledge.definitions.get(key(name))
    if not isinstance(definition, Group | Matrix | Transpose):
        return []
    bare = without_groups(definition)
    matrix = bare.body if isinstance(bare, Transpose) else bare
    if not isinstance(matrix, Matrix):
        return []
    rows = [[entry for entry in row.entries if isinstance(entry, Name)] for row in matrix.rows]
    if any(len(row) != len(printed.entries) for row, printed in zip(rows, matrix.rows, strict=True)):
        return []
    return [list(column) for column in zip(*rows, strict=True)] if isinstance(bare, Transpose) else rows


def whole_spelt(knowledge: Knowledge) -> Knowledge:
    """Return what a document says, where an array that is defined by the names of its entries is spelt out."""
    found = {
        name: spelt
        for name, formula in knowledge.definitions.items()
        if name in knowledge.names and (spelt := spelling(knowledge.names[name], formula)) is not None
    }
    free = {name: node for name, node in found.items() if entry_keys(node).isdisjoint(knowledge.defined)}
    if not free:
        return knowledge
    kept = {name: formula for name, formula in knowledge.definitions.items() if name not in free}
    return with_spelt(replace(knowledge, definitions=kept), {**knowledge.spelt, **free})


def spelt_differently(spelt: Mapping[str, list[tuple[Node, Place]]], chains: list[Read]) -> set[str]:
    """Return the arrays that different sections spell in different sizes: each section is about its own."""
    found = set()
    for name, events in spelt.items():
        shapes = {chains[place[0]].chain.section: Knowledge(spelt={"": node}).printed_shapes for node, place in events}
        found |= {name} if len({shape[""] for shape in shapes.values()}) > 1 else set()
    return found


def spelt_anew(known: Knowledge, events: list[Spelt], last: int, *, later: set[str], near: Iterable[Read]) -> Knowledge:
    """Return what is known with the arrays as they were last spelt, and without those of other sections.

    An entry is one of the last array that has it; of an array that is to be spelt later nothing is known yet.

    Args:
        known: what the document says.
        events: all that it spells, in order.
        last: how many of these have come.
        later: the names of which a definition is still to come.
        near: the chains for which this holds.
    """
    spelt: dict[str, Node] = {}
    for _, name, node in events[:last]:
        own = entry_keys(node)
        spelt = {other: kept for other, kept in spelt.items() if own.isdisjoint(entry_keys(kept))} | {name: node}
    wholes = {name for _, name, _ in events}
    gone = {name for _, name, _ in events[:last]} - spelt.keys() | later
    gone |= {name for name in wholes & known.definitions.keys() if spelling(known.names[name], known.definitions[name])}
    definitions = {name: node for name, node in known.definitions.items() if name not in gone}
    sources = {name: (number, 0) for number, name, _ in events[:last] if name not in definitions}
    own = {entry for node in spelt.values() for entry in entry_keys(node)}
    own |= {name for chain in near for node in chain.nodes for name in names_in(node)} & wholes
    absent = {name for _, whole, node in events for name in (whole, *entry_keys(node))} - own
    known = replace(known, definitions=definitions, sources={**known.sources, **sources})
    return _without(with_spelt(known, spelt), absent)


def _without(known: Knowledge, absent: set[str]) -> Knowledge:
    """Return what is known without what is said of the derivatives of some names, or by these."""
    return replace(
        known,
        differentiated={
            of: {other: count for other, count in by.items() if other not in absent}
            for of, by in known.differentiated.items()
            if of not in absent
        },
        expansions={
            pair: tuple(formula for formula in formulas if absent.isdisjoint(names_in(formula)))
            for pair, formulas in known.expansions.items()
        },
    )

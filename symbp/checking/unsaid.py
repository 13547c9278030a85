"""Quantities that a document differentiates but does not define: on what they depend, and how, as far as it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formulas import (
    Apply,
    Derivative,
    Indexed,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Opaque,
    Sum,
    Summation,
    key,
    walk,
    without_groups,
)
from .indices import of_any
from .knowledge import MANY_UNREACHED, Knowledge, names_in, slope_key
from .schematic import factors_of, square_of, stray_term
from .spelling import entry_place, own_entries

MATRIX_INDICES = 2  # of an entry of a matrix


def completed(knowledge: Knowledge) -> Knowledge:
    """Return what a document says, with what its undefined quantities depend on."""
    knowledge = _without_hollow(knowledge)
    bare = replace(knowledge, generic={}, stated={}, targets=_targets(knowledge))
    known = replace(bare, generic=_generic(bare))
    return replace(known, stated=_stated(known))


def _without_hollow(knowledge: Knowledge) -> Knowledge:
    """Leave out definitions of a loss as the sum of those of samples, ``E = \\sum_n E^n``, of which nothing is said.

    Where a document takes several derivatives of E, but not by what stands in the sum, these say more.
    """
    hollow = {
        name
        for name, by in knowledge.differentiated.items()
        if name in knowledge.names
        and _sums_own_parts(knowledge.names[name], knowledge.definitions.get(name))
        and (
            name in knowledge.needs(name)
            or (len(by) >= MANY_UNREACHED and knowledge.needs(name).isdisjoint({*by, *knowledge.definitions}))
        )
    }
    definitions = {name: body for name, body in knowledge.definitions.items() if name not in hollow}
    return replace(knowledge, definitions=definitions) if hollow else knowledge


def _sums_own_parts(name: Name, definition: Node | None) -> bool:
    """Whether a definition is a sum over quantities with the letter of its head, whatever these are printed with."""
    sums = [part for part in walk(definition) if isinstance(part, Summation)] if definition is not None else []
    bodies = [without_groups(part.body) for part in sums]
    terms = [body.function if isinstance(body, Apply) else body for body in bodies]
    return bool(terms) and all(isinstance(term, Name) and term.base == name.base for term in terms)


def _generic(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Take what is differentiated but nowhere defined to depend on what it is differentiated by most directly.

    Where a document takes the derivatives of L by o and by w, and o depends on w, L is a function of o.
    """
    uses = _differentiated(knowledge)
    trial = replace(knowledge, generic={name: tuple(by) for name, by in uses.items()})
    return {
        name: tuple(sorted(by - {name} - set().union(*(trial.needs(other) - {other} for other in by))))
        for name, by in uses.items()
        if name not in set().union(*(trial.needs(other) for other in by))
    }


def _chosen(knowledge: Knowledge) -> set[str]:
    """Return the names that are given and not computed: all but numbers that are terms of what is defined."""
    by = {other for found in knowledge.differentiated.values() for other in found}
    sums = (part for body in knowledge.definitions.values() for part in walk(body) if isinstance(part, Sum))
    terms = {_bare(term) for part in sums for term in part.terms} - by
    return {name for name in knowledge.givens if name not in terms or is_matrix(knowledge.givens[name])}


def is_matrix(node: Node) -> bool:
    """Whether a formula is a printed array."""
    return isinstance(without_groups(node), Matrix)


def _targets(knowledge: Knowledge) -> frozenset[str]:
    """Return what a definition subtracts a computed quantity from, or the other way round: it depends on nothing.

    One that more than one chain differentiates is no target.
    """
    terms = (part.terms for body in knowledge.definitions.values() for part in walk(body) if isinstance(part, Sum))
    pairs = (tuple(_bare(term) for term in pair) for pair in terms if len(pair) == 2)
    beside = [set(pair) for pair in pairs if all(pair) and not knowledge.definitions.keys().isdisjoint(pair)]
    found = {name for pair in beside for name in pair - knowledge.defined}
    return frozenset(name for name in found if max(knowledge.differentiated.get(name, {"": 0}).values()) < 2)


def _bare(term: Node) -> str:
    """Return the name that a term is, but for its sign; nothing for any other term."""
    term = term.body if isinstance(term, Negative) else term
    return key(term) if isinstance(term, Name) else ""


def _differentiated(knowledge: Knowledge) -> dict[str, set[str]]:
    """Return by what the quantities that are nowhere defined are differentiated."""
    known = knowledge.definitions.keys() | knowledge.targets | _chosen(knowledge) | knowledge.spelt.keys()
    uses = {
        name: {part for other in by for part in _parts(other, knowledge)}
        for name, by in knowledge.differentiated.items()
        if name not in known
    }
    uses = {name: {other for other in by if not _alike(knowledge, name, other)} for name, by in uses.items()}
    uses = {name: _in_use(by, knowledge) for name, by in uses.items() if by}
    return {name: by for name, by in uses.items() if not any(knowledge.needs(other) & {name} for other in by)}


def _in_use(by: set[str], knowledge: Knowledge) -> set[str]:
    """Leave out names that stand in no definition, but with a layer: people write ``w`` for ``w[L]``."""
    used = {*by, *(other for name in by for other in knowledge.needs(name))} & knowledge.defined_or_used
    layered = {(name.base, name.marks) for name in map(knowledge.names.get, used) if name and name.label}
    short = {
        name
        for name in by - knowledge.defined_or_used
        if (node := knowledge.names.get(name)) and not node.label and (node.base, node.marks) in layered
    }
    return by - short or by


def freed(knowledge: Knowledge) -> Knowledge:
    """Return what a document says, where what it does not define may depend on all that it is differentiated by."""
    uses = _differentiated(replace(knowledge, generic={}, stated={}))
    free = {name: tuple(sorted(uses[name])) for name in knowledge.open_quantities & uses.keys()}
    return replace(knowledge, generic={**knowledge.generic, **free})


def unmoved(knowledge: Knowledge, *sides: Node) -> set[str]:
    """Return the open quantities that have a value and do not depend on what some formulas differentiate by."""
    by = {key(part.by) for side in sides for part in walk(side) if isinstance(part, Derivative)}
    found = knowledge.open_quantities & knowledge.givens.keys()
    return {name for name in found if by.isdisjoint(knowledge.needs(name))}


def half_said(knowledge: Knowledge, *sides: Node) -> set[str]:
    """Return the quantities that are differentiated by what stands only in a derivative that is stated of them."""
    found: set[str] = set()
    for slope in (part for side in sides for part in walk(side) if isinstance(part, Derivative) and knowledge.stated):
        reach = knowledge.reach(slope.of)
        if isinstance(slope.by, Name) and key(slope.by) in reach - knowledge.moves(slope.of):
            found |= reach & {of for of, _ in knowledge.stated}
    return found


def _parts(name: str, knowledge: Knowledge) -> set[str]:
    """Return the array of which a name is an entry, the entries of which an array is made, or the name."""
    node = knowledge.names.get(name)
    if node is None:
        return {name}
    entry = entry_place(node, knowledge)
    whole = of_any(node) if len(node.sub) == MATRIX_INDICES else None
    if whole is not None and key(whole) in knowledge.definitions:
        return {key(whole)}
    own = {key(part) for row in own_entries(node, knowledge) for part in row}
    return {key(entry.body)} if entry is not None else own or {name}


def _alike(knowledge: Knowledge, name: str, other: str) -> bool:
    """Whether two names are of one family, as ``x_k`` and ``x_i``: independent of each other, or the same."""
    one, two = knowledge.names.get(name), knowledge.names.get(other)
    return one is not None and two is not None and bool(one.sub) and replace(one, sub=()) == replace(two, sub=())


def _stated(knowledge: Knowledge) -> dict[tuple[str, str], Node]:
    """Return the first formula that a document gives for the derivative of an undefined quantity."""
    pairs = {(of, by) for of, arguments in knowledge.generic.items() for by in arguments}
    found = {pair: [body for body in knowledge.expansions.get(pair, ()) if not is_in_words(body)][:1] for pair in pairs}
    said = {pair: formulas[0] for pair, formulas in found.items() if formulas and _states(formulas[0], pair, knowledge)}
    return dict(_entrywise(pairs - said.keys(), knowledge)) | said | dict(_squares(knowledge))


def _entrywise(pairs: set[tuple[str, str]], knowledge: Knowledge) -> Iterator[tuple[tuple[str, str], Node]]:
    """Yield what a document says of the derivative by a vector, for those by its entries."""
    vectors = {
        key(entry): (whole, Number(str(place)))
        for whole, name in knowledge.names.items()
        for lines in (own_entries(name, knowledge),)
        if lines and 1 in (len(lines), len(lines[0]))
        for place, entry in enumerate((entry for line in lines for entry in line), 1)
    }
    for of, by in pairs:
        whole, place = vectors.get(by, ("", Number("0")))
        for formula in knowledge.expansions.get((of, whole), ())[:1]:
            if _states(formula, (of, whole), knowledge):
                yield (of, by), Indexed(formula, (place,))


def is_in_words(formula: Node) -> bool:
    """Whether something in a formula has no value, as a condition in words."""
    return any(isinstance(part, Opaque) and part.what.startswith("a ") for part in walk(formula))


def _squares(knowledge: Knowledge) -> Iterator[tuple[tuple[str, str], Node]]:
    """Yield the derivatives of undefined errors that a document works out as those of half a squared difference.

    Where ``1/2 * 2 * (t - o)`` stands for the derivative by o, the error is ``1/2 (t - o)^2``, whatever the sign.
    """
    for pair, formulas in knowledge.expansions.items():
        steps = {slope_key(part) for formula in formulas for part in factors_of(formula)} | {pair}
        for of, by in ((of, by) for of, arguments in knowledge.generic.items() for by in arguments):
            differences = (square_of(formula, by) for formula in formulas if (of, by) in steps)
            if (difference := next((found for found in differences if found is not None), None)) is not None:
                yield (of, by), difference


def _states(formula: Node, pair: tuple[str, str], knowledge: Knowledge) -> bool:
    """Whether a formula says what a derivative is, rather than what other derivatives of its quantity it is made of."""
    if stray_term(Derivative(knowledge.names[pair[0]], knowledge.names[pair[1]]), formula):
        return False
    differentiated = {
        key(part.of)
        for definition in knowledge.behind(formula)
        for part in walk(definition)
        if isinstance(part, Derivative) and isinstance(part.of, Name)
    }
    return pair[0] not in knowledge.reach(formula) | differentiated


def unplaced(left: Node, right: Node, knowledge: Knowledge) -> set[str]:
    """Return what a link differentiates by a quantity of which no formula says how it comes about, nor what of it.

    Such as ``\\bar z`` where the text says that it is the argument of a function: no other link tells of it.
    """
    lone = names_in(left) ^ names_in(right)
    used = set().union(*map(names_in, knowledge.definitions.values()))
    slopes = (slope_key(part) for side in (left, right) for part in walk(side))
    pairs = [pair for pair in slopes if pair is not None and pair[1] in lone and pair not in knowledge.stated]
    return {of for of, by in pairs if by in knowledge.generic.get(of, ()) and by not in used | knowledge.defined}

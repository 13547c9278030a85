"""Derivatives that a section states by what nothing defines: its quantities may be others of the same names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..formulas import Derivative, Name, Negative, Node, Number, Sum, key, names_in, walk
from .indices import letters_of
from .knowledge import CONSTANTS, Knowledge, Read


def of_another_net(number: int, left: Node, right: Node, known: Knowledge, chains: Sequence[Read]) -> str:
    """Return by what a link differentiates that its section may mean anew; empty where that is not so.

    Where ``z_2`` was a unit, and a later section says ``\\partial L / \\partial z_2 = p - y`` with a new p.
    """
    section = chains[number].chain.section
    slopes = {part for side in (left, right) for part in walk(side) if isinstance(part, Derivative)}
    stated = [chain.nodes for chain in chains if chain.chain.section == section and {*chain.nodes[:1]} & slopes]
    earlier = (node for chain in chains if stated and chain.chain.section < section for node in chain.nodes)
    before = frozenset[str]().union(*map(names_in, earlier))
    for head, *rest in stated if before else ():
        if isinstance(head, Derivative):
            new = frozenset[str]().union(*map(names_in, rest)) - before - known.defined - CONSTANTS
            whole = any(not (known.names[name].sub or known.names[name].label) for name in new & known.names.keys())
            unit = head.by if isinstance(head.by, Name) and not letters_of([head.by]) else None
            if whole and unit is not None and key(unit) in known.definitions.keys() & before:
                return key(unit)
    return ""


def of_an_example(left: Node, right: Node, known: Knowledge) -> tuple[str, Knowledge] | None:
    """Return a name that a link subtracts and that may be another than is said of it, and what is said but for that.

    Only that has some name of its own. Where ``y = a^T x`` was an example, and a later loss ``\\|h - y\\|^2`` has y for
    its target.
    """
    sums = [part.terms for formula in known.behind(left, right) for part in walk(formula) if isinstance(part, Sum)]
    taken = {key(term.body) for terms in sums for term in terms if isinstance(term, Negative)}
    by = {key(part.by) for side in (left, right) for part in walk(side) if isinstance(part, Derivative)}
    for name in sorted(taken & known.definitions.keys() & names_in(right)):
        others = (names_in(body) for other, body in known.definitions.items() if other != name)
        own = names_in(known.definitions[name]) - known.defined - by - CONSTANTS
        if own.difference(*others, names_in(left), names_in(right)) and by & known.needs(name):
            rest = {other: body for other, body in known.definitions.items() if other != name}
            return name, replace(known, definitions=rest)
    return None


def same_point(left: Node, right: Node, known: Knowledge) -> str:
    """Return a name with index 1 that may be what stands behind a link by its letter alone: the one of its kind."""
    one, other = ((known.reach(side) - known.definitions.keys()) & known.names.keys() for side in (left, right))
    for name in sorted(one ^ other):
        node = known.names[name]
        alike = {key(found) for found in known.names.values() if (found.base, found.marks) == (node.base, node.marks)}
        plain = key(replace(node, sub=()))
        if node.sub == (Number("1"),) and not node.label and alike == {name, plain} and plain in one | other:
            return name
    return ""

"""Formulas that stand in others: where ``z = w x + b`` is said beside ``y = f(w x + b)``, y is computed from z."""

from __future__ import annotations

from dataclasses import replace

from ..formulas import Derivative, Gradient, Name, Node, Product, Sum, walk
from .knowledge import Knowledge
from .parts import replaced
from .places import bare

MOST_PARTS = 300  # of a definition


def folded(knowledge: Knowledge) -> Knowledge:
    """Return what a document says with the names of formulas that it differentiates, where these stand in others."""
    wanted = {*knowledge.differentiated, *(by for found in knowledge.differentiated.values() for by in found)}
    formulas = {name: knowledge.definitions[name] for name in sorted(wanted & knowledge.definitions.keys())}
    known = {bare(formula): name for name, formula in formulas.items() if isinstance(bare(formula), Sum | Product)}
    definitions = dict(knowledge.definitions)
    for name, formula in knowledge.definitions.items() if known else ():
        small = sum(1 for _ in walk(formula)) <= MOST_PARTS
        if name in knowledge.names and small and known.get(bare(formula), name) == name:
            definitions[name] = _folded(formula, name, known, knowledge)
    return replace(knowledge, definitions=definitions)


def _folded(formula: Node, name: str, known: dict[Node, str], knowledge: Knowledge) -> Node:
    def named(part: Node) -> Node | None:
        if isinstance(part, Derivative | Gradient):
            return part
        found = known.get(bare(part)) if isinstance(part, Sum | Product) else None
        step = knowledge.names.get(found) if found is not None else None
        return None if step is None or found == name or name in knowledge.needs(str(found)) else step

    if isinstance(formula, Name):
        return formula
    return replaced(formula, named)

"""Quantities that a document differentiates but does not define: any function of what they depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..formulas import Number
from .arrays import Grid
from .slopes import along
from .smooth import cubic, entries_of

if TYPE_CHECKING:
    from .evaluation import Evaluator


def undefined(name: str, evaluator: Evaluator) -> Any:
    """Return a quantity that is only differentiated: with the derivatives that are stated, else any function."""
    knowledge, above = evaluator.knowledge, evaluator.above or evaluator
    printed = knowledge.printed if evaluator.field.instance else {}
    stated = {by: knowledge.stated.get((name, by), printed.get((name, by))) for by in knowledge.generic[name]}
    if evaluator.field.instance and (not evaluator.seeds or None in stated.values()):
        return None
    unstated = [evaluator.name(knowledge.names[by]) for by, formula in stated.items() if formula is None]
    total = evaluator.number(Number("0")) if evaluator.field.instance else _generic(name, unstated, evaluator)
    for by, formula in stated.items():
        if formula is not None and evaluator.seeds:
            total = total + along(above.value(formula), evaluator.name(knowledge.names[by]))
    return total


def _generic(name: str, values: list[Any], evaluator: Evaluator) -> Any:
    """Return a function of which only the arguments are known: every entry of an array is one of its own."""
    numbers, kept = entries_of(values), (evaluator.above or evaluator).kept
    shape = evaluator.knowledge.shapes.get(name)
    if shape is None:
        return cubic(evaluator.field, name, values=numbers, kept=kept)
    rows, columns = range(shape[0]), range(shape[1])
    cells = (
        tuple(cubic(evaluator.field, f"{name}[{i},{j}]", values=numbers, kept=kept) for j in columns) for i in rows
    )
    return Grid(tuple(cells))

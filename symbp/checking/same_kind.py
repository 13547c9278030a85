"""Numbers printed for one unit where the formula stands for another of its kind: ``out_{h2}`` beside ``out_{h1}``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from ..formulas import Name, Node, Number, key, walk
from .arrays import Mismatch
from .fields import Balls
from .judging import Judge
from .knowledge import CONSTANTS, Knowledge, lone_number
from .limits import Undecided
from .parts import replaced

FEWEST_DIGITS = 4  # of a number that is a result


def of_the_same_kind(knowledge: Knowledge) -> Knowledge:
    """Return what a document says with the formula of a unit for those of its kind of which it prints the result only.

    Where units are told apart by a number alone, which may be that of a layer, only if the result is a copy.
    """
    for name in sorted(knowledge.givens.keys() & knowledge.names.keys() - knowledge.definitions.keys()):
        number = lone_number(knowledge.givens[name])
        if number is None or len(number.text.replace(".", "").strip("0")) < FEWEST_DIGITS:
            continue
        own = knowledge.names[name]
        for model in _models(own, knowledge):
            copied = lone_number(knowledge.printed[key(model)]) == number
            formula = _moved(knowledge.definitions[key(model)], model, own, knowledge)
            if formula is not None and (copied or isinstance(own.sub[0], Name)) and _prints_its_value(model, knowledge):
                knowledge = _with(knowledge, name, formula)
                break
    return knowledge


def _models(name: Name, knowledge: Knowledge) -> Iterator[Name]:
    """Yield the defined names with printed values that differ from a name in the number of their unit only."""
    for other in sorted(knowledge.definitions.keys() & knowledge.names.keys() & knowledge.printed.keys()):
        model = knowledge.names[other]
        if name.sub and replace(model, sub=()) == replace(name, sub=()) and _kind(model) == _kind(name):
            yield model


def _kind(name: Name) -> tuple[Node, ...]:
    """Return the indices of a name without their numbers."""
    return tuple(replaced(index, lambda part: Number("0") if isinstance(part, Number) else None) for index in name.sub)


def _moved(formula: Node, model: Name, own: Name, knowledge: Knowledge) -> Node | None:
    """Return the formula of one unit for another; nothing where a name in it is of neither, or not defined for both."""
    names = {part for part in walk(formula) if isinstance(part, Name) and key(part) not in CONSTANTS}
    moved = {name: replace(name, sub=own.sub) for name in names}
    if not names or any(name.sub != model.sub or key(moved[name]) not in knowledge.definitions for name in names):
        return None
    return replaced(formula, lambda part: moved.get(part) if isinstance(part, Name) else None)


def _prints_its_value(name: Name, knowledge: Knowledge) -> bool:
    with suppress(Undecided, Mismatch):
        return Judge(knowledge).agree(name, knowledge.printed[key(name)], Balls(knowledge, instance=True))
    return False


def _with(knowledge: Knowledge, name: str, formula: Node) -> Knowledge:
    """Return what is said with a formula for a name, where that has a value: its number is then a claim."""
    givens = {other: node for other, node in knowledge.givens.items() if other != name}
    sources = {other: place for other, place in knowledge.sources.items() if other != name}
    trial = replace(knowledge, definitions={**knowledge.definitions, name: formula}, givens=givens, sources=sources)
    with suppress(Undecided, Mismatch):
        Judge(trial).value(formula, Balls(trial, instance=True))
        return trial
    return knowledge

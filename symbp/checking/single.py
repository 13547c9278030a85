"""Links about one variable alone, such as the derivative of a function: they hold for any number, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    walk,
)
from .judgement import Judgement
from .judging import Judge
from .knowledge import CONSTANTS, names_in

T = TypeVar("T")
_OF_NUMBERS = (Apply, Call, Derivative, Fraction, Group, Name, Negative, Number, Power, Product, Sum)
_OF_ARRAYS = ("softmax", "norm", "set")  # functions of an array as a whole


def of_one_number(judge: Judge, left: Node, right: Node) -> Judgement | None:
    """Return the verdict on a link about one variable that is an array elsewhere, and here stands for any number.

    In ``d/dx 1/(1 + e^{-x}) = ...`` the x may also be the input of a net.
    """
    names = (names_in(left) | names_in(right)) - CONSTANTS
    knowledge = judge.knowledge
    if len(names) != 1 or not names <= knowledge.shapes.keys() | knowledge.defined:
        return None
    if not all(_is_of_numbers(part) for side in (left, right) for part in walk(side)):
        return None
    if knowledge.open_functions(left) or knowledge.open_functions(right):
        return None
    (name,) = names
    bare = replace(
        knowledge,
        definitions=_without(knowledge.definitions, name),
        givens=_without(knowledge.givens, name),
        spelt=_without(knowledge.spelt, name),
        inferred=_without(knowledge.inferred, name),
        turned=knowledge.turned - names,
    )
    judgement = replace(judge, knowledge=bare, evaluators={}).link(left, right)
    return judgement if judgement.verdict != "undecided" else None


def _without(known: Mapping[str, T], name: str) -> dict[str, T]:
    return {other: found for other, found in known.items() if other != name}


def _is_of_numbers(part: Node) -> bool:
    array = isinstance(part, Product) and "@" in part.signs
    return isinstance(part, _OF_NUMBERS) and not array and not (isinstance(part, Call) and part.function in _OF_ARRAYS)

"""Settles what collecting left open: which definition of several holds, and which names are second names."""

from dataclasses import replace

from flint import arb, ctx

from ..formulas import Name, Node
from .collecting import Collector
from .fields import Balls, last_place
from .judging import PRECISION, Judge
from .knowledge import Knowledge, lone_number
from .limits import Undecided

FEWEST_DIGITS = 4  # that a value must share with a quantity of the same index to be taken for it


def settle(collector: Collector) -> Knowledge:
    """Return what a document defines, with second names and unusable definitions replaced."""
    knowledge = _second_names(collector.knowledge(), collector)
    return _usable(knowledge, collector)


def _usable(knowledge: Knowledge, collector: Collector) -> Knowledge:
    """Take the next definition of a name where the first has no value, as a sum that does not say over what."""
    for name, found in collector.candidates.items():
        for formula, place in found if len(found) > 1 else ():
            trial = replace(
                knowledge,
                definitions={**knowledge.definitions, name: formula},
                sources={**knowledge.sources, name: place},
            )
            if _has_value(trial, formula):
                knowledge = trial
                break
    return knowledge


def _has_value(knowledge: Knowledge, formula: Node) -> bool:
    try:
        Judge(knowledge).value(formula, Balls(knowledge))
    except Undecided:
        return False
    return True


def _second_names(knowledge: Knowledge, collector: Collector) -> Knowledge:
    """Take a name whose number is that of a defined quantity with the same index for a second name of it."""
    judge = Judge(knowledge)
    aliases = {}
    for name in knowledge.givens:
        number = lone_number(knowledge.givens[name])
        if (
            name in collector.votes
            and number is not None
            and len(number.text.replace(".", "").strip("0")) >= FEWEST_DIGITS
        ):
            for other in _same_index(knowledge, name):
                if _is_value(judge, other, knowledge.givens[name], last_place(number.text)):
                    aliases[name] = other
                    break
    if not aliases:
        return knowledge
    givens = {name: node for name, node in knowledge.givens.items() if name not in aliases}
    return replace(knowledge, definitions={**knowledge.definitions, **aliases}, givens=givens)


def _same_index(knowledge: Knowledge, name: str) -> list[Name]:
    place = name.partition("_")[2]
    return [
        knowledge.names[other]
        for other in knowledge.definitions
        if other in knowledge.names and other.partition("_")[2] == place and not knowledge.names[other].marks
    ]


def _is_value(judge: Judge, name: Name, printed: Node, unit: int) -> bool:
    numbers = Balls(judge.knowledge, instance=True)
    try:
        with ctx.workprec(PRECISION):
            return bool(abs(judge.value(name, numbers) - judge.value(printed, numbers)) < arb(f"1e{unit}"))
    except Undecided:
        return False

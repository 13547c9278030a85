"""Links that are judged by their form where what stands behind them is not said in full."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..formulas import Apply, Derivative, Name, Negative, Node, Number, Sum, key, latex, walk, without_groups
from .gradients import gradient_rule
from .judgement import Judgement
from .knowledge import Knowledge, is_closed, lone_number, names_in, slope_key
from .misput import misput
from .schematic import broken_path, chain_rule, delta_rule, stray_term, times_itself, total_differential
from .unfolding import same_unfolded

if TYPE_CHECKING:
    from .stages import Stage


def by_form(left: Node, right: Node, stage: Stage, whole: Knowledge) -> Judgement | None:
    """Return the verdict that the form of an undecided link gives; nothing where it gives none.

    Args:
        stage: what holds at the place of the link.
        whole: what the whole document says.
    """
    of, by = broken_path(left, right, stage.knowledge)
    if of:
        return Judgement("refuted", f"the right side is 0, for {of} does not depend on {by}")
    if through := chain_rule(left, right):
        if beside := _beside(stage.knowledge, left, right):
            return Judgement("undecided", f"there is another path through {beside}")
        return Judgement("holds", f"the chain rule through {through}; what these are is not said in full")
    if total_differential(left, right):
        return Judgement("holds", "the total differential; what these are is not said in full")
    if written_out := gradient_rule(left, right):
        return written_out
    if constant := _constant(left, right, stage):
        return constant
    if times_itself(left, right):
        return Judgement("refuted", "the left side stands on the right once more, times other derivatives")
    if stray := stray_term(left, right):
        text = f"one term is a derivative by {key(stray[0])}, where the others and the whole are by {key(stray[1])}"
        return Judgement("refuted", text)
    if other := _other_argument(left, right, stage.knowledge):
        return other
    if is_closed(right) and (put := misput(left, right, stage.repairer.printed)):
        name, text = put.belongs.name, put.belongs.text
        return Judgement("refuted", f"the number put in for {name} = {text} is the value of another quantity")
    if name := same_unfolded(left, right, stage.indexed):
        return Judgement("holds", f"the same, with {name} written out")
    if delta_rule(left, right, whole.definitions.values()):
        return Judgement("holds", "the delta rule; what is differentiated is not said in full")
    return None


def _other_argument(left: Node, right: Node, knowledge: Knowledge) -> Judgement | None:
    """Return that a rule for a function has it of something else: ``f'(x) = 1 - f(z)^2``, where x is nothing else."""
    own = left.arguments[0] if isinstance(left, Apply) and len(left.arguments) == 1 else None
    if not isinstance(left, Apply) or not isinstance(own, Name):
        return None
    if key(own) in names_in(right) | knowledge.defined:
        return None
    calls = (part for part in walk(right) if isinstance(part, Apply) and part.function == left.function)
    other = next((call.arguments[0] for call in calls if len(call.arguments) == 1), None)
    if not isinstance(other, Name):
        return None
    text = f"the left side is of {key(own)}, the right side of {key(other)}"
    return Judgement("refuted", text, instead=("wrong argument", other, own))


def _constant(left: Node, right: Node, stage: Stage) -> Judgement | None:
    """Return that a derivative is another number than is said, whatever the values are: dz/db = 0 of z = w x + b."""
    if not isinstance(left, Derivative) or not isinstance(left.by, Name) or lone_number(right) is None:
        return None
    for number in (one for one in (Number("0"), Number("1"), Negative(Number("1"))) if one != right):
        found = stage.indexed.link(Sum((left, left.by)), Sum((number, left.by)))
        if found.passes and found.otherwise is None:
            text, sides = f"whatever the values are, it is {latex(number)}", (latex(number), latex(right))
            return Judgement("refuted", text, sides, instead=("", right, number))
    return None


def _beside(knowledge: Knowledge, *sides: Node) -> str:
    """Return another quantity through which a whole depends on what it is differentiated by, past those of a link."""
    slopes = [part for side in sides for part in walk(side) if isinstance(part, Derivative)]
    pairs = [pair for slope in slopes if (pair := slope_key(slope)) is not None]
    wholes = [pair for side in sides if (pair := slope_key(without_groups(side))) is not None]
    passed = {name for pair in pairs for name in pair}
    others = [(other, by) for of, by in wholes for other in knowledge.generic.get(of, ()) if other not in passed]
    known = len(pairs) == len(slopes)
    return next((other for other, by in others if known and _leads(knowledge, other, by, passed - {by})), "")


def _leads(knowledge: Knowledge, name: str, by: str, passed: set[str]) -> bool:
    """Whether a name depends on another through definitions, but for those of some names."""
    if name not in knowledge.definitions or name in passed:
        return False
    rest = {other: body for other, body in knowledge.definitions.items() if other not in passed}
    generic = {other: by for other, by in knowledge.generic.items() if other not in passed}
    return by in replace(knowledge, definitions=rest, generic=generic, stated={}).needs(name)

r"""Updates as steps of gradient descent: from a parameter goes the learning rate times the slope of the loss by it.

``w \leftarrow w + \eta \frac{\partial L}{\partial w}`` goes uphill, and ``w_1^{new} = 0.5 - 0.5 * (-0.32)`` goes down
the slope, but with the weight in the place of the learning rate.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ..formulas import (
    Apply,
    Derivative,
    Fraction,
    Gradient,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    key,
    walk,
    without_groups,
)
from .arrays import Mismatch
from .evident import put_instead
from .fields import Balls
from .judgement import Judgement
from .judging import ARRAYS
from .knowledge import CONSTANTS, Knowledge, Read, is_closed, lone_number
from .limits import Undecided
from .looks import COUNTS, LOSSES, RATES
from .repaired import Repair, Wrong
from .scopes import Scopes
from .stages import Stage
from .stepping import CHANGE, Step, step, without_step

Found = tuple[Judgement, Repair]

_ASCENT = re.compile(
    r"ascen[dts]|maximi[sz]|likelihood|reward|utility|\bhill|aufstieg|maximier|vraisemblance|verosimil|verossimil"
    r"|上升|最大|似然|尤度|우도|подъ[её]м|максими|правдоподоб",
    re.IGNORECASE,
)
_OTHER_RULES = re.compile(r"perceptron|perzeptron|персептрон|перцептрон|感知|hebb", re.IGNORECASE)
_PLAIN = frozenset({"sign", "learning rate or target", "old or updated number"})  # slips that no chance explains


@dataclass(frozen=True, eq=False)
class Descents:
    """Tells which updates of a document are no steps of gradient descent, by their form or by their values."""

    read: list[Read]
    scopes: Scopes
    text: str
    wrong: Callable[[int], Wrong]  # the second member of a chain, as what is to be repaired
    found: dict[int, Found | None] = field(default_factory=dict)

    def stray(self, number: int) -> Found | None:
        """Return what is wrong with the update at the head of a chain; nothing where it may be right, or is none."""
        if number not in self.found:
            chain = self.read[number]
            head, rule = chain.members[:2]
            readable = isinstance(head, Node) and isinstance(rule, Node)
            one = step(head, rule, chain.chain.members[1].relation) if readable else None  # type: ignore[arg-type]
            self.found[number] = None if one is None else self._stray(number, one)
        return self.found[number]

    def _stray(self, number: int, one: Step) -> Found | None:
        if (slope := _slope(one.change)) is not None:
            return self._by_form(number, one, slope)
        sloped = any(isinstance(part, Derivative | Gradient) for part in walk(one.change))
        return None if sloped or self._has_other_rules else self._by_value(number, one)

    def _by_form(self, number: int, one: Step, slope: Derivative) -> Found | None:
        """Judge an update in which the slope itself stands."""
        stage = self.scopes.stage(number)
        if not _is_loss(slope.of) or not isinstance(slope.by, Name) or not isinstance(one.parameter, Name):
            return None
        by = without_step(slope.by)
        if by != one.own:
            if (slip := _another(one.own, by, stage.knowledge)) is None:
                return None
            reason = f"the step of {key(one.own)} goes along the slope by {key(by)}"
            meant = replace(slope, by=one.parameter)
            return Judgement("refuted", reason), put_instead((slip, slope, meant), self.wrong(number))
        if one.down is not self._subtracts(one):
            return None
        wrong = self.wrong(number)
        reason = f"gradient descent goes down the slope of {key(_bare(slope.of))}, and this goes up"
        return Judgement("refuted", reason), stage.repairer.named(one.turned, wrong, wrong.written(one.turned))

    def _by_value(self, number: int, one: Step) -> Found | None:
        """Judge an update into which the slope was put, by the slope of the loss that the document defines."""
        stage, wrong = self.scopes.stage(number), self.wrong(number)
        known = stage.knowledge
        own = known.names.get(key(one.own))
        loss = None if own is None or key(own) in known.definitions else _loss(own, known)
        rate = None if own is None or loss is None else _rate(one, wrong.node, loss, known)
        if own is None or loss is None or rate is None or not self._is_differentiated(loss, known):
            return None
        slope = Derivative(loss, own)
        change: Node = Product((rate, slope), ("*",))
        uphill = self._subtracts(one)
        turned = bool(one.alone and uphill)  # what is subtracted is the slope itself
        meant = one._replace(own=own).along(Negative(change) if turned else change)
        judgement = self.scopes.link(number, meant, wrong.node)
        if judgement.verdict != "refuted":
            return None
        if self.scopes.link(number, meant, one.turned).passes:
            repair = None if uphill is None else stage.repairer.named(one.turned, wrong, wrong.written(one.turned))
        else:
            repair = stage.repairer.repair(meant, wrong)
        if repair is None or not repair.slip:
            return None
        if is_closed(wrong.node) and repair.slip not in _PLAIN and (key(loss), key(own)) not in known.printed:
            return None
        if not is_closed(wrong.node) and _is_along(one._replace(down=one.down is not turned), change, stage):
            return None
        return replace(judgement, reason=f"this is no step of gradient descent on {key(loss)}"), repair

    def _is_differentiated(self, loss: Name, known: Knowledge) -> bool:
        """Whether the document takes derivatives of a loss, be it in another update only."""
        parts = (part for chain in self.read for node in chain.nodes for part in walk(node))
        slopes = (part for part in parts if isinstance(part, Derivative | Gradient))
        return key(loss) in known.differentiated or any(_bare(slope.of) == loss for slope in slopes)

    def _subtracts(self, one: Step) -> bool | None:
        """Whether the text subtracts what is given as a change; nothing where it may well go uphill."""
        if self._climbs:
            return None
        changes = self._changes.get(CHANGE + one.own.base, set())
        return (changes == {True} if len(changes) == 1 else None) if one.alone else False

    @cached_property
    def _climbs(self) -> bool:
        """Whether the text speaks of going uphill."""
        return _ASCENT.search(self.text) is not None

    @cached_property
    def _has_other_rules(self) -> bool:
        """Whether the text speaks of rules of learning that are no gradient descent."""
        return _OTHER_RULES.search(self.text) is not None

    @cached_property
    def _changes(self) -> dict[str, set[bool]]:
        """Which changes with a name of their own are added, and which are subtracted."""
        found: dict[str, set[bool]] = {}
        sums = (node for chain in self.read for node in chain.nodes[1:] if isinstance(node, Sum))
        for term in (term for node in sums for term in node.terms):
            change = term.body if isinstance(term, Negative) else term
            if isinstance(change, Name) and change.base.startswith(CHANGE):
                found.setdefault(change.base, set()).add(isinstance(term, Negative))
        return found


def _slope(change: Node) -> Derivative | None:
    """Return the derivative in a change that is nothing else but the learning rate."""
    factors = change.factors if isinstance(change, Product) else (change,)
    found = [part for part in map(without_groups, factors) if isinstance(part, Derivative)]
    rest = (part for part in map(without_groups, factors) if not isinstance(part, Derivative))
    return found[0] if len(found) == 1 and all(map(_is_rate, rest)) else None


def _is_rate(factor: Node) -> bool:
    if isinstance(factor, Fraction):
        return _is_rate(factor.above) and _is_rate(factor.below)
    return isinstance(factor, Number) or (isinstance(factor, Name) and factor.base in {*RATES, *COUNTS})


def _bare(loss: Node) -> Node:
    return loss.function if isinstance(loss, Apply) else loss


def _is_loss(node: Node) -> bool:
    bare = _bare(node)
    return isinstance(bare, Name) and bare.base in LOSSES


def _another(own: Name, by: Name, known: Knowledge) -> str | None:
    """Return the slip by which the slope is that by another parameter; nothing where it may be the same one."""
    if own.base == by.base:
        shape = [(len(name.sub), len(name.label)) for name in (own, by)]
        numbered = all(isinstance(index, Number) for name in (own, by) for index in (*name.sub, *name.label))
        return "wrong index" if numbered and shape[0] == shape[1] else None
    used = any(key(own) in others for others in known.differentiated.values())
    return "exchanged symbol" if used and {key(own), key(by)}.isdisjoint(known.definitions) else None


def _loss(own: Name, known: Knowledge) -> Name | None:
    """Return the one loss that a document defines, behind which a parameter stands."""
    named = [name for name in known.definitions if name in known.names and known.names[name].base in LOSSES]
    behind = [name for name in named if key(own) in known.needs(name)]
    tops = [name for name in behind if not any(name in known.needs(other) for other in behind if other != name)]
    return known.names[tops[0]] if len(tops) == 1 else None


def _rate(one: Step, rule: Node, loss: Name, known: Knowledge) -> Node | None:
    """Return the learning rate of a step: the one name in it of which the loss is free, or the number given for it."""
    if is_closed(rule):
        given = [name for name in sorted(RATES - CONSTANTS) if name in known.givens and name in known.names]
        start, value = lone_number(one.parameter), known.givens.get(key(one.own))
        same = start is not None and value is not None and lone_number(value) is not None and one.parameter == value
        return known.names[given[0]] if same and len(given) == 1 and given[0] not in known.needs(key(loss)) else None
    said = known.needs(key(loss)) | CONSTANTS | known.definitions.keys()
    free = {part for part in walk(one.change) if isinstance(part, Name) and key(part) not in said}
    if free:
        rate = free.pop()
        return rate if not free and key(rate) in RATES | known.givens.keys() else None
    factors = one.change.factors if isinstance(one.change, Product) else ()
    numbers = [part for part in factors if isinstance(part, Number)]
    return numbers[0] if len(numbers) == 1 else None


def _is_along(one: Step, down: Node, stage: Stage) -> bool:
    """Whether a change is a positive number of times a step, the same at all points: a matter of rates."""
    found: list[Any] = []
    with suppress(Undecided, Mismatch):
        for point in range(2):
            pair = [stage.judge.value(node, Balls(stage.knowledge, point)) for node in (one.change, down)]
            changes, slopes = (value.entries if isinstance(value, ARRAYS) else (value,) for value in pair)
            found += [change / by for change, by in zip(changes, slopes, strict=False)]
        return all(found[0].overlaps(other) for other in found) and bool(found[0] > 0) == one.down
    return False

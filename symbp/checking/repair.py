"""What should stand where a link is refuted: every slip is undone in turn until the link holds."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import arb, ctx

from ..formulas import Derivative, Node, Number, ReadError, Roles, latex, plain, read, without_groups
from .arrays import Grid, Mismatch
from .dual import Dual
from .evaluation import Evaluator
from .fields import Balls, last_place
from .judging import PRECISION, Judge, shown
from .knowledge import Knowledge, is_closed, lone_number
from .limits import Undecided
from .slips import SLIPS, Context, Slip, places

MOST_SECONDS = 1.5  # for one link
ALL_SECONDS = 8.0  # for all links of a document


@dataclass(frozen=True, slots=True)
class Repair:
    """What a wrong member should be.

    Attributes:
        expected: the whole member as it should stand, in the document's own words.
        slip: the name of the mistake; empty where it is no known kind.
        sentence: what is wrong.
        left: the member is the left one of its link.
    """

    expected: str
    slip: str
    sentence: str
    left: bool = False


@dataclass
class Repairer:
    """Finds repairs by what one document says."""

    judge: Judge
    left: float = ALL_SECONDS

    @property
    def knowledge(self) -> Knowledge:
        """What the document says."""
        return self.judge.knowledge

    def repair(self, right: Node, wrong: Node, text: str, *, tex: bool) -> Repair | None:
        """Return what the wrong member should be, given a member that is right."""
        number = lone_number(wrong)
        if number is not None:
            return self._number(right, number)
        start = time.monotonic()
        try:
            return self._searched(right, wrong, text, stop=start + min(MOST_SECONDS, self.left), tex=tex)
        finally:
            self.left -= time.monotonic() - start

    def _searched(self, right: Node, wrong: Node, text: str, *, stop: float, tex: bool) -> Repair | None:
        for numbers in (Balls(self.knowledge, instance=True), Balls(self.knowledge, instance=True, rounded=True)):
            for slip in SLIPS:
                for old, new, why, whole in self._candidates(slip, wrong):
                    if time.monotonic() > stop:
                        return None
                    if self._fits(right, whole, numbers):
                        repair = _repair(slip, old, new, why, text, tex=tex)
                        if self._stands(right, repair.expected, text, numbers, tex=tex):
                            return repair
        return self._digits(right, wrong, text)

    def _stands(self, right: Node, expected: str, text: str, numbers: Balls, *, tex: bool) -> bool:
        """Whether a repaired text, read again, says something new that holds."""
        try:
            again = read(expected, Roles(plain=not tex))
        except ReadError:
            return False
        return expected != text and without_groups(again) != without_groups(right) and self._fits(right, again, numbers)

    def _candidates(self, slip: Slip, wrong: Node) -> Iterator[tuple[Node, Node, str, Node]]:
        context = Context(self.knowledge, self.values)
        for part, rebuild in places(wrong):
            for new, why in slip.undo(part, context):
                yield part, new, why, rebuild(new)

    def _fits(self, right: Node, candidate: Node, numbers: Balls) -> bool:
        try:
            if self.judge.identical(right, candidate):
                return True
            if not is_closed(candidate) and not _has_decimals(candidate):
                return False
            return self.judge.agree(right, candidate, numbers)
        except (Undecided, Mismatch):
            return False

    @cached_property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The known quantities and derivatives with their values to 15 digits."""
        knowledge = self.knowledge
        named: list[tuple[str, Node]] = [
            (name, knowledge.names[name]) for name in knowledge.defined if name in knowledge.names
        ]
        for printed in knowledge.printed:
            if isinstance(printed, tuple) and printed[0] in knowledge.names and printed[1] in knowledge.names:
                of, by = (knowledge.names[name] for name in printed)
                named.append((f"d{printed[0]}/d{printed[1]}", Derivative(of, by)))
        found = []
        for name, node in named:
            try:
                value = self.judge.value(node, Balls(knowledge, instance=True))
                if not isinstance(value, Grid):
                    found.append((name, shown(value)))
            except Undecided:
                continue
        return tuple(found)

    def _number(self, right: Node, number: Number) -> Repair | None:
        try:
            value = self.judge.value(right, Balls(self.knowledge, instance=True))
        except Undecided:
            return None
        if isinstance(value, Grid):
            return None
        expected = rounded(value, number)
        longer = shown(value, len(_bare(number.text)))
        expected = longer if _bare(longer) == _bare(number.text) else expected
        return Repair(expected, _digit_slip(number.text, expected), f"{expected} should stand there")

    def _digits(self, right: Node, wrong: Node, text: str) -> Repair | None:
        """Solve for each printed number in turn; take the one that changes least."""
        found = []
        for part, _ in places(wrong):
            if isinstance(part, Number) and (value := self._solved(right, wrong, part)) is not None:
                expected = rounded(value, part)
                found.append((_distance(part.text, expected), part, expected))
        if not found:
            return None
        distance, part, expected = min(found, key=lambda candidate: candidate[0])
        if distance > max(2, len(part.text) // 3):
            return None
        repaired = text[: part.span[0]] + expected + text[part.span[1] :]
        return Repair(repaired, _digit_slip(part.text, expected), f"{part.text} stands where {expected} belongs")

    def _solved(self, right: Node, wrong: Node, literal: Number) -> Any | None:
        """Return the number that makes both sides equal, by Newton's method."""
        with ctx.workprec(PRECISION):
            try:
                balls = Balls(self.knowledge, instance=True)
                target = self.judge.value(right, balls)
                if isinstance(target, Grid):
                    return None
                target = target.mid()
                guess = arb(literal.text)
                for _ in range(30):
                    value = Evaluator(self.knowledge, _Unknown(literal, Dual(guess, arb(1)), balls)).value(wrong)
                    if not isinstance(value, Dual) or value.slope.contains(0):
                        return None
                    step = ((value.value - target) / value.slope).mid()
                    guess = (guess - step).mid()
                    if abs(step) <= abs(guess) * arb(2) ** -80:
                        return guess
            except Undecided:
                return None
        return None


@dataclass(frozen=True)
class _Unknown:
    """The document's numbers, of which one, known by its place, is unknown."""

    literal: Number
    guess: Any
    balls: Balls
    instance: bool = True
    carries: bool = False

    def number(self, node: Number) -> Any:
        return self.guess if node is self.literal else self.balls.number(node)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.balls, name)


def rounded(value: Any, like: Number) -> str:
    """Return a value with as many decimals as a printed number has, or 15 digits where that has none."""
    with ctx.workprec(PRECISION):
        middle = arb(value.mid())
        if like.text.isdigit():
            return shown(middle)
        unit = last_place(like.text)
        scaled = (middle * arb(10) ** -unit + arb("0.5")).floor().unique_fmpz()
        if scaled is None or unit > 0 or "e" in like.text:
            return shown(middle)
        digits = str(abs(int(scaled))).rjust(-unit + 1, "0")
        return ("-" if scaled < 0 else "") + digits[:unit] + "." + digits[unit:] if unit else str(scaled)


def _distance(old: str, new: str) -> int:
    """Return how many digits two printed numbers differ in."""
    length = max(len(old), len(new))
    return sum(a != b for a, b in zip(old.ljust(length), new.ljust(length), strict=True))


def _bare(text: str) -> str:
    """Return the significant digits of a printed number."""
    return text.replace(".", "").replace("-", "").strip("0")


def _digit_slip(old: str, new: str) -> str:
    if old.lstrip("-") == new.lstrip("-"):
        return "sign"
    bare_old, bare_new = _bare(old), _bare(new)
    if bare_old == bare_new:
        return "shifted decimal point"
    if sorted(bare_old) == sorted(bare_new) and _distance(bare_old, bare_new) == 2:
        return "transposed digits"
    if len(bare_old) == len(bare_new) and _distance(bare_old, bare_new) == 1:
        return "wrong digit"
    return ""


def _has_decimals(node: Node) -> bool:
    return any(isinstance(part, Number) and "." in part.text for part, _ in places(node))


def _repair(slip: Slip, old: Node, new: Node, why: str, text: str, *, tex: bool) -> Repair:
    write = latex if tex else plain
    printed = write(new)
    start, end = old.span
    opening = re.search(r"\\left\s*\Z", text[:start])
    start = opening.start() if opening else start
    sentence = slip.sentence.format(old=text[start:end].strip(), new=printed, why=why)
    return Repair(text[:start] + printed + text[end:], slip.name, sentence)

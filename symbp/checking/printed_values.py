"""What a printed value should be where no slip of the pen explains it: that of an array, or of a function left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb

from ..formulas import Apply, Call, Matrix, Name, Negative, Node, Number, key, plain, without_groups
from .arrays import Grid, Mismatch
from .fields import Balls
from .knowledge import Knowledge, lone_number
from .limits import Undecided
from .places import spliced
from .repaired import Repair, Wrong, bare_digits, rounded
from .slips import SLIPS

if TYPE_CHECKING:
    from .judging import Judge

FEWEST_DIGITS = 2  # of a value that tells that it is that of the argument
_FORGOTTEN = next(slip for slip in SLIPS if slip.name == "value of the input for the output")


def without_function(right: Node, wrong: Wrong, judge: Judge) -> Repair | None:
    """Return that the printed value is that of the argument, where the function of it belongs.

    Args:
        right: what the value should be of: ``\\tanh(z)``, or a quantity that is defined so.
        wrong: the member with the value.
        judge: gives the values of what the document defines.
    """
    whole = _defined(right, judge.knowledge)
    if not isinstance(whole, Apply | Call) or len(whole.arguments) != 1 or (isinstance(whole, Apply) and whole.primes):
        return None
    balls = Balls(judge.knowledge, instance=True)
    printed = _numbers(wrong.node)
    if not printed or any(len(bare_digits(plain(number))) < FEWEST_DIGITS for number in printed):
        return None
    try:
        if not judge.agree(whole.arguments[0], wrong.node, balls):
            return None
    except (Undecided, Mismatch):
        return None
    text = _corrected(whole, wrong, judge)
    if text is None or text == wrong.text:
        return None
    words = {"old": wrong.text.strip(), "new": text.strip(), "why": wrong.written(right)}
    return Repair(text, _FORGOTTEN.name, _FORGOTTEN.sentence.format(**words), _FORGOTTEN.sentence_zh.format(**words))


def entry_by_entry(right: Node, wrong: Wrong, judge: Judge) -> Repair | None:
    """Return a printed array with the right numbers in place of those that are wrong."""
    text = _corrected(right, wrong, judge) if isinstance(without_groups(wrong.node), Matrix) else None
    if text is None or text == wrong.text:
        return None
    return Repair(text, "", f"{text} should stand there", f"此处应为 {text}")


def _corrected(right: Node, wrong: Wrong, judge: Judge) -> str | None:
    """Return the text of a printed value, each number that is not the right one rounded as it is printed."""
    try:
        value = judge.value(right, Balls(judge.knowledge, instance=True))
    except (Undecided, Mismatch):
        return None
    printed = _numbers(wrong.node)
    values = list(value.entries) if isinstance(value, Grid) else [value]
    if len(values) != len(printed) or not all(isinstance(entry, arb) for entry in values):
        return None
    text = wrong.text
    for node, entry in sorted(zip(printed, values, strict=True), key=lambda pair: -pair[0].span[0]):
        new = _as_printed(entry, node)
        text = text if new == node else spliced(text, node, new, tex=wrong.tex)
    return text


def _as_printed(value: arb, node: Node) -> Node:
    """Return a value with as many decimals as the number has in whose place it belongs."""
    number = lone_number(node)
    assert number is not None
    expected = rounded(value, number)
    return Negative(Number(expected[1:])) if expected.startswith("-") else Number(expected)


def _numbers(node: Node) -> list[Node]:
    """Return the numbers of a printed value, row by row; none where something else stands in it."""
    bare = without_groups(node)
    entries = [entry for row in bare.rows for entry in row.entries] if isinstance(bare, Matrix) else [bare]
    return entries if all(map(lone_number, entries)) else []


def _defined(node: Node, knowledge: Knowledge) -> Node:
    bare = without_groups(node)
    if isinstance(bare, Name) and key(bare) in knowledge.definitions:
        return without_groups(knowledge.definitions[key(bare)])
    return bare

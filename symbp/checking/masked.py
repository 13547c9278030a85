"""Links of symbols that hold only for the values of an example, as one without its factor ``x`` does where x is 1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice, product

from ..documents import Chain
from ..formulas import Derivative, Name, Node, Number, key, map_children
from .arrays import Mismatch
from .fields import Balls
from .indexed import Indexed
from .judgement import Judgement
from .judging import Judge
from .kinks import has_kink
from .knowledge import Knowledge, assigned, is_closed, names_in
from .limits import Undecided
from .looks import decimals_in
from .stages import Stage
from .vague import agree_nearby

OF_VALUES = (
    "equal to the last printed digit",
    "equal within what the rounded operands allow",
    "equal with the given values",
)
GENERAL = "without the numbers of the examples"
SENTENCE = re.compile(r"[.!?](?:\s|\Z)|。|\n\s*\n")  # where one ends
MOST_WAYS = 100  # in which the numbers of a link may be values


def is_by_values(judgement: Judgement, left: Node, right: Node) -> bool:
    """Whether a link of symbols, with no decimal and no lone value, was found to hold for given values only."""
    symbols = not any(is_closed(side) or decimals_in(side) for side in (left, right))
    return symbols and judgement.verdict == "holds" and judgement.reason.startswith(OF_VALUES)


def is_on_one_side(indexed: Indexed, left: Node, right: Node) -> bool:
    """Whether a link holds near the given values, where these say on which side of a kink they are."""
    judge, pairs = _instances(indexed, left, right)
    kinked = any(has_kink(*pair, judge.knowledge) for pair in pairs)
    with suppress(Undecided, Mismatch):
        return kinked and all(agree_nearby(judge, *pair) for pair in pairs)
    return False


def holds_for(indexed: Indexed, left: Node, right: Node, names: frozenset[str]) -> bool:
    """Whether a link holds where some names have their given values, whatever those of the others are."""
    judge, pairs = _instances(indexed, left, right)
    with suppress(Mismatch):
        return bool(names and pairs) and all(
            judge.holds_for(*pair, Balls(judge.knowledge, given=names)) for pair in pairs
        )
    return False


def holds_as_said(judgement: Judgement, stage: Stage, sides: tuple[Node, Node], chain: Chain, text: str) -> bool:
    """Whether a link that does not hold for all values does for those that stand in its sentence."""
    if not judgement.reason.endswith(GENERAL):
        return False
    near = (read for read in stage.chains if _is_in_sentence(read.chain, chain, text))
    said = (key(name) for read in near for name, _ in assigned(read))
    return holds_for(stage.indexed, *sides, frozenset(said) & frozenset(stage.knowledge.givens))


def _is_in_sentence(one: Chain, other: Chain, text: str) -> bool:
    """Whether no sentence ends between two chains."""
    start, end = sorted((one.outer, other.outer))
    return one is not other and not SENTENCE.search(text[start[1] : end[0]])


def _instances(indexed: Indexed, left: Node, right: Node) -> tuple[Judge, list[tuple[Node, Node]]]:
    """Return a link as those of numbered quantities that are judged for it, and what judges them."""
    if not indexed.is_lettered(left, right):
        return indexed.judge, [(left, right)]
    with suppress(Undecided):
        return indexed.numbered, [(expand(left), expand(right)) for expand in indexed.everywhere(left, right)]
    return indexed.numbered, []


def with_values(left: Node, right: Node, knowledge: Knowledge) -> Iterator[tuple[Node, Node]]:
    """Yield a link as it is meant where it puts values in: names that one side has alone are numbers there too.

    And whole numbers in it are names that have these values.
    """
    sides = [knowledge.definitions.get(key(side), side) if isinstance(side, Name) else side for side in (left, right)]
    lone = names_in(sides[0]) ^ names_in(sides[1])
    numbers = {name: knowledge.givens[name] for name in lone & knowledge.givens.keys()}
    names: dict[Node, list[Node]] = {}
    for name in knowledge.givens.keys() & knowledge.names.keys():
        names.setdefault(knowledge.givens[name], []).append(knowledge.names[name])

    def choices(part: Node) -> list[Node]:
        number = numbers.get(key(part)) if isinstance(part, Name) else None
        return [part, *([number] if number is not None else names.get(part, []))]

    leaves: list[Node] = []
    for side in sides:
        _changed(side, lambda part: leaves.append(part) or part)  # type: ignore[func-returns-value]
    for chosen in islice(product(*map(choices, leaves)), MOST_WAYS):
        waiting = iter(chosen)
        one, other = (_changed(side, lambda _, waiting=waiting: next(waiting)) for side in sides)  # type: ignore[misc]
        yield one, other


def _changed(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return a formula with its numbers and names changed, but for those of derivatives and of indices."""
    if isinstance(node, Number | Name):
        return change(node)
    return node if isinstance(node, Derivative) else map_children(node, lambda part: _changed(part, change))

"""Guesses that the links of a document bear out: on what a quantity depends that it does not define."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Protocol

from ..formulas import Node
from .judgement import Judgement
from .knowledge import Knowledge
from .report import PASSING

FEWEST = 2  # links that bear out a guess, before another link is refuted by it
MOST_EXAMPLES = 60  # links that are asked
Examples = Callable[[], Iterable[Sequence[tuple[Node, Node]]]]


class Judging(Protocol):
    """What judges links by what a document says."""

    knowledge: Knowledge

    def link(self, left: Node, right: Node) -> Judgement:
        """Return the verdict on a link."""


def confirmed(examples: Examples, guessed: Judging, *, free: Judging) -> frozenset[str]:
    """Return the quantities whose dependencies are borne out by links that hold with them, and not without.

    At least twice as many links must speak for a guess as against it.

    Args:
        examples: the links of a document, each in several instances.
        guessed: judges by the guesses.
        free: judges where the same quantities may depend on more.
    """
    bearing, against = Counter[str](), Counter[str]()
    knowledge = guessed.knowledge
    for instances in islice(examples(), MOST_EXAMPLES):
        sides = [side for pair in instances for side in pair]
        behind = frozenset[str]().union(*map(knowledge.reach, sides)) & knowledge.open_quantities
        if behind:
            verdicts = {guessed.link(*pair).verdict for pair in instances}
            if "refuted" in verdicts:
                against.update(behind)
            elif not verdicts.isdisjoint(PASSING) and any(free.link(*pair).verdict == "refuted" for pair in instances):
                bearing.update(behind)
    return frozenset(name for name, count in bearing.items() if count >= max(FEWEST, 2 * against[name]))

"""How much work a search may do, counted in parts of formulas: the same on every machine and under any load."""

from __future__ import annotations

from dataclasses import dataclass

from ..formulas import Node, walk

LOOK = 2  # parts that a look at one candidate counts for


@dataclass
class Work:
    """What is left of the work for one search.

    >>> work = Work(3)
    >>> work.spend(4)
    >>> work.is_over
    True
    """

    left: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is left."""
        return self.left < 0

    def spend(self, parts: int = LOOK) -> None:
        """Count some work."""
        self.left -= parts


def size(*formulas: Node) -> int:
    """Return how many parts some formulas have."""
    return sum(len(list(walk(formula))) for formula in formulas)

"""Which member of a link that does not hold is the wrong one: that which does not fit the head of its chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..formulas import Node
from .arrays import Mismatch
from .knowledge import Read, is_closed
from .limits import Undecided
from .stages import Stages


@dataclass(frozen=True, slots=True)
class Sides:
    """Compares the members of chains with the heads of these."""

    chains: Sequence[Read]
    stages: Stages

    def is_left_wrong(self, number: int, left: Node, right: Node) -> bool:
        """Whether the left side of a link does not fit the head of its chain, and the right one does."""
        head = self.chains[number].members[0]
        if self.strays(number, left) and not self.strays(number, right):
            return True
        return isinstance(head, Node) and self.passes(number, head, right) and not self.passes(number, head, left)

    def reference(self, number: int, place: int) -> Node:
        """Return what a member should equal: the head of its chain, or its neighbour where they differ."""
        members = self.chains[number].members
        head, left = members[0], members[place]
        assert isinstance(left, Node)
        follows = isinstance(head, Node) and self.passes(number, head, left)
        if not isinstance(head, Node) or not follows:
            return left
        return left if is_closed(left) and not self.is_right(number, head, left) else head

    def is_right(self, number: int, head: Node, member: Node) -> bool | None:
        """Whether a member is what it should be also where nothing wrong is carried on; None where that is open."""
        judge = self.stages.at(number).judge
        try:
            return any(judge.agree(head, member, numbers) for numbers, _ in judge.readings() if not numbers.carries)
        except (Undecided, Mismatch):
            return None

    def strays(self, number: int, member: Node) -> bool:
        head = self.chains[number].members[0]
        return isinstance(head, Node) and self.stages.at(number).judge.link(head, member).verdict == "refuted"

    def passes(self, number: int, left: Node, right: Node) -> bool:
        return self.stages.at(number).indexed.link(left, right, number).passes

r"""Definitions of what a line before them uses: ``= x_k \delta_k``, where ``\delta_k = ...`` stands after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..formulas import Fraction, Group, Name, Negative, Node, Product, key, without_groups
from .judgement import Judgement
from .knowledge import Place, Read, names_in
from .repaired import Repair

NEAR = 2  # chains after a line, in which what it uses is defined


@dataclass(frozen=True, slots=True)
class Foretold:
    """A link that uses a name, the chain that defines the name after it, and what the link says that the name is."""

    link: Place
    definition: int
    meant: Node


class Foretelling:
    """Finds the slip in a definition that contradicts the line before it, where that line has none itself.

    Args:
        chains: the document.
        judge: judges a link in a chain.
        repair: repairs a member of a chain, given what it should equal and by what chain's part of the document.
    """

    def __init__(
        self,
        chains: Sequence[Read],
        judge: Callable[[int, Node, Node], Judgement],
        repair: Callable[[int, int, Node, int], Repair | None],
    ) -> None:
        self.chains, self.judge, self.repair = chains, judge, repair
        self.found = foretold(chains)
        self.known: dict[int, Repair | None] = {}

    def is_right(self, link: Place) -> bool:
        """Whether a refuted link holds with the definition after it as this should be."""
        return any(self.correction(found.definition) is not None for found in self.found if found.link == link)

    def correction(self, definition: int) -> Repair | None:
        """Return what the definition in a chain should be; nothing where no slip in it is found."""
        for found in (found for found in self.found if found.definition == definition):
            if definition not in self.known:
                self.known[definition] = self._corrected(found)
        return self.known.get(definition)

    def _corrected(self, found: Foretold) -> Repair | None:
        number, place = found.link
        left, right = self.chains[number].members[place : place + 2]
        if not isinstance(left, Node) or not isinstance(right, Node):
            return None
        if self.judge(number, left, right).verdict != "refuted":
            return None
        meant = self.repair(found.definition, 1, found.meant, number)
        return meant if meant and meant.slip and self.repair(number, place + 1, left, number) is None else None


def foretold(chains: Sequence[Read]) -> list[Foretold]:
    """Return what a document uses for the first time right before it is defined."""
    found = []
    seen: set[str] = set()
    first: dict[str, int] = {}  # the chain where a name stands first
    for number, chain in enumerate(chains):
        for spelt in frozenset[str]().union(*map(names_in, chain.nodes)):
            first.setdefault(spelt, number)
        name = _defined(chain)
        if name is None or key(name) in seen:
            continue
        seen.add(key(name))
        for place in range(max(0, number - NEAR), number):
            meant = _said(name, chains[place])
            if meant is not None and first[key(name)] >= place:
                found.append(Foretold((place, len(chains[place].members) - 2), number, meant))
    return found


def _defined(chain: Read) -> Name | None:
    """Return the name that a chain does nothing but define."""
    head, *others = chain.members
    alone = len(others) == 1 and isinstance(head, Name) and bool(head.sub or head.label)
    return head if alone and isinstance(head, Name) and isinstance(others[0], Node) else None


def _said(name: Name, chain: Read) -> Node | None:
    """Return what a name is by the last link of a chain, which has it nowhere else."""
    *earlier, last = chain.members
    if any(isinstance(node, Node) and key(name) in names_in(node) for node in earlier) or not earlier:
        return None
    before = earlier[-1]
    return _solved(last, name, before) if isinstance(last, Node) and isinstance(before, Node) else None


def _solved(node: Node, name: Name, value: Node) -> Node | None:
    """Return what a name is where a formula with it has some value; only where it is a factor of the formula."""
    node = without_groups(node)
    if isinstance(node, Name) and key(node) == key(name):
        return value
    if isinstance(node, Negative):
        return _solved(node.body, name, Negative(Group(value)))
    own = [factor for factor in node.factors if key(name) in names_in(factor)] if isinstance(node, Product) else []
    if len(own) != 1 or not isinstance(node, Product):
        return None
    rest = tuple(factor for factor in node.factors if factor is not own[0])
    below = Product(rest, ("*",) * (len(rest) - 1)) if len(rest) > 1 else rest[0]
    return _solved(own[0], name, Fraction(value, below))

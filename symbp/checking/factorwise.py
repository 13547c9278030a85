"""A chain rule whose factors a document states one by one, in letters of another case too: each factor is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from ..formulas import Derivative, Name, Node, Product, Transpose, key, latex, without_groups
from .judgement import Judgement
from .knowledge import Knowledge, Read
from .parts import replaced
from .schematic import factors_of

MOST = 5  # derivatives in the product, and three times as many factors


def factorwise(
    left: Node, right: Node, *, link: Callable[[Node, Node], Judgement], knowledge: Knowledge, chains: list[Read]
) -> Judgement | None:
    """Return that a product of derivatives stands beside their values, but one of them without its transpose.

    Every other derivative is that of the factors in its place, read in the letters of the document where their case
    differs. Nothing else is judged here.
    """
    slopes, factors = factors_of(left), factors_of(right)
    if not 1 < len(slopes) <= MOST or not all(isinstance(slope, Derivative) for slope in slopes):
        return None
    known = _Letters(knowledge)
    for groups in _groups(factors, len(slopes)):
        pairs = list(zip(slopes, groups, strict=True))
        lost = {pair: stated for pair in pairs if (stated := _stated_transpose(*pair, known, chains))}
        if len(lost) == 1 and all(pair in lost or _passes(*pair, link, known) for pair in pairs):
            ((slope, part), stated) = lost.popitem()
            text = f"the document has {latex(stated)} for {latex(slope)}, and no transpose is here"
            return Judgement("refuted", text, instead=("lost transpose", part, Transpose(part)))
    return None


class _Letters:
    """The names that a document defines or puts into definitions, by their spelling without regard to case."""

    def __init__(self, knowledge: Knowledge) -> None:
        used = {name for defined in knowledge.definitions for name in (defined, *knowledge.needs(defined))}
        self.known = frozenset(used)
        self.meant: dict[str, list[Name]] = {}
        for name in sorted(used & knowledge.names.keys()):
            self.meant.setdefault(name.casefold(), []).append(knowledge.names[name])

    def read(self, node: Node) -> Node:
        """Return a formula with the names of the document for those that differ from one of them by case only."""
        return replaced(node, self._name)

    def _name(self, part: Node) -> Node | None:
        if not isinstance(part, Name) or key(part) in self.known:
            return None
        meant = self.meant.get(key(part).casefold(), [])
        return meant[0] if len(meant) == 1 else None


def _groups(factors: list[Node], count: int) -> Iterator[list[Node]]:
    """Yield the ways to put factors, in their order, into as many products as there are derivatives."""
    if not count <= len(factors) <= 3 * MOST:
        return
    for cuts in combinations(range(1, len(factors)), count - 1):
        ends = (0, *cuts, len(factors))
        yield [_product(factors[start:end]) for start, end in zip(ends, ends[1:], strict=False)]


def _product(factors: list[Node]) -> Node:
    return factors[0] if len(factors) == 1 else Product(tuple(factors), ("",) * (len(factors) - 1))


def _passes(slope: Node, group: Node, link: Callable[[Node, Node], Judgement], letters: _Letters) -> bool:
    return link(slope, group).passes or link(letters.read(slope), letters.read(group)).passes


def _stated_transpose(slope: Node, group: Node, letters: _Letters, chains: list[Read]) -> Node | None:
    """Return what the document states for a derivative, where this is the transpose of what stands here."""
    of, here = without_groups(letters.read(slope)), key(letters.read(group)).casefold()
    for chain in chains:
        first, stated = (without_groups(letters.read(chain.nodes[end])) for end in (0, -1))
        if first == of and isinstance(stated, Transpose) and key(stated.body).casefold() == here:
            return stated
    return None

"""Whether some links hold with another formula for one definition: cheaper than to judge the document anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flint import arb

from ..formulas import Apply, Derivative, Name, Node, children, key, names_in, walk
from .arrays import Grid, Mismatch
from .fields import Balls
from .indexed import Indexed
from .instances import said_anew
from .jacobians import Jacobian
from .judging import Judge
from .knowledge import Knowledge, Place, Read, links
from .limits import Undecided
from .shapes import shaped
from .source import Meant

Link = tuple[Place, Node, Node]
MOST_PLACES = 2  # numbers of the letters of a link


def named(link: Link) -> frozenset[str]:
    """Return the names and functions that stand in a link."""
    return names_in(link[1]) | names_in(link[2]) | applied_in(link[1:])


def applied_in(formulas: Sequence[Node]) -> set[str]:
    """Return the functions that are applied in some formulas."""
    return {key(part.function) for formula in formulas for part in walk(formula) if isinstance(part, Apply)}


@dataclass(frozen=True)
class Suspect:
    """A definition that may be the mistake.

    Attributes:
        name: what it defines, of a function with ``()`` behind it.
        formula: what stands there.
        number: of its chain.
        links: those that do not hold and need it, outside of its chain and right behind it; most about it first.
    """

    name: str
    formula: Node
    number: int
    links: list[Link]

    @cached_property
    def is_lone(self) -> bool:
        """Whether all links that do not hold stand in one chain, which may as well be the mistake."""
        return len({number for (number, _), _, _ in self.links}) == 1


@dataclass(frozen=True)
class Trial:
    """Tries what a definition may mean.

    Attributes:
        knowledge: what the document says.
        chains: the document.
        links: those that have to hold.
        indexed: what the document says of quantities with letters.
        reshapes: the shapes of arrays follow from what a definition means.
    """

    knowledge: Knowledge
    chains: list[Read]
    links: Sequence[Link]
    indexed: Indexed
    reshapes: bool = False

    def holds(self, meant: Meant) -> bool:
        """Whether all the links hold with that."""
        judge = Judge(self._put(meant))
        if hold(judge, [link[1:] for link in self.links]):
            return True
        plain = [link[1:] for link in self.links if link not in self._lettered]
        return bool(self._lettered) and hold(*self._numbered(meant)) and (not plain or hold(judge, plain))

    def _put(self, meant: Meant) -> Knowledge:
        known = meant.put(self.knowledge)
        if not self.reshapes:
            return known
        return shaped(known, ((left, right) for (at, _), left, right in links(self.chains) if at != meant.number))

    @cached_property
    def _lettered(self) -> list[Link]:
        """The links that are judged for numbered quantities."""
        return [link for link in self.links if self.indexed.is_lettered(*link[1:])]

    @cached_property
    def _expanded(self) -> list[tuple[Node, Node]]:
        """The links as those of numbered quantities, at a few numbers of their letters."""
        places = [(expand, link) for link in self._lettered for expand in self._expansions(link)]
        return [(expand(left), expand(right)) for expand, (_, left, right) in places]

    def _expansions(self, link: Link) -> list[Callable[[Node], Node]]:
        return list(self.indexed.everywhere(*link[1:]))[:MOST_PLACES]

    def _numbered(self, meant: Meant) -> tuple[Judge, list[tuple[Node, Node]]]:
        """Return what judges numbered quantities where a definition means that, and the links of these."""
        judge, rules = self.indexed.numbered, {key(rule.head): rule for rule in self.indexed.rules}
        if meant.name in rules:
            known = said_anew(judge.knowledge, rules[meant.name], meant.formula, indexing=self.indexed.indexing)
        else:
            known = meant.put(judge.knowledge)
        return replace(judge, knowledge=known, evaluators={}), self._expanded


def hold(judge: Judge, pairs: Sequence[tuple[Node, Node]]) -> bool:
    """Whether links hold, and not because all of them say that nothing is nothing."""
    with suppress(Undecided, Mismatch):
        values = []
        for left, right in pairs:
            one, _, equal = judge.met(left, right, Balls(judge.knowledge))
            if not equal:
                return False
            values.append(one)
        if not all(map(_is_nothing, values)):
            return all(judge.link(left, right).passes for left, right in pairs)
    return False


def _is_nothing(value: Any) -> bool:
    """Whether a value is zero in all its entries, as far as can be told."""
    if isinstance(value, Jacobian):
        entries = [cell for row in value.cells for cell in row]
    else:
        entries = list(value.entries) if isinstance(value, Grid) else [value]
    return all(isinstance(entry, arb) and 0 in entry for entry in entries)


def stands_in(name: str, node: Node) -> bool:
    """Whether a quantity stands in a formula itself, and not only a derivative of it."""
    if isinstance(node, Derivative):
        return False
    return (isinstance(node, Name) and key(node) == name) or any(stands_in(name, part) for part in children(node))

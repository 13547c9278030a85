"""Which name of one document is which of another that is about the same network, by the definitions of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from ..formulas import (
    Apply,
    Derivative,
    Fraction,
    Name,
    Node,
    Number,
    Product,
    Sum,
    Summation,
    Transpose,
    children,
    key,
    map_children,
    walk,
)
from ..formulas.ones import is_ones
from ..formulas.tree import without_groups
from .knowledge import Knowledge

_CONSTANTS = {Name("e"), Name("\\pi")}
MOST_TERMS = 6  # of a sum or product whose terms may stand in another order

Kind = tuple[str, tuple[str, ...], int, int]


@dataclass(frozen=True, slots=True)
class Pairs:
    """What the names of the other document are in this one.

    Attributes:
        lettered: names have indices and labels that stand for any; else every name stands for itself.
        names: for a whole name, or for all of a kind, the name here and the order of its indices.
        labels: for a letter that stands for a layer or step, that here.
        letters: the same for the indices of one formula.
        turned: every array of the other document is the transpose of that here: samples are rows in one of them.
    """

    lettered: bool
    turned: bool = False
    names: Mapping[object, tuple[Name, tuple[int, ...]]] = field(default_factory=dict)
    labels: Mapping[str, Node] = field(default_factory=dict)
    letters: Mapping[str, Node] = field(default_factory=dict)

    def of(self, name: Name) -> object:
        """Return what is paired: the kind of a name, or the name."""
        return kind(name) if self.lettered else key(name)

    def renamed(self, node: Node) -> Node | None:
        """Return a formula of the other document in the names of this one; nothing where a name has none."""
        missing: list[Name] = []
        free = {part.index for part in walk(node) if isinstance(part, Summation)} | _CONSTANTS

        def name(part: Name) -> Name:
            if self.of(part) in self.names:
                return self._in_place(part)
            missing.extend(() if part in free else (part,))
            return part

        def change(part: Node) -> Node:
            return name(part) if isinstance(part, Name) else map_children(part, change)

        changed = change(turned(node) if self.turned else node)
        return None if missing else changed

    def _in_place(self, name: Name) -> Name:
        here, order = self.names[self.of(name)]
        if not self.lettered:
            return here
        label = tuple(_exchanged(part, self.labels) for part in name.label)
        return replace(here, sub=tuple(name.sub[place] for place in order), label=label)


def kind(name: Name) -> Kind:
    """Return what names that differ in their indices only have in common."""
    return name.base, name.marks, len(name.sub), len(name.label)


def is_lettered(knowledge: Knowledge) -> bool:
    """Whether the definitions of a document are those of any unit: some sum runs over a letter."""
    bodies = knowledge.definitions.values()
    return any(isinstance(part, Summation) and part.index is not None for body in bodies for part in walk(body))


def paired(here: Knowledge, there: Knowledge, losses: tuple[str, str]) -> Pairs | None:
    """Return the names of the one document for those of the other, from both losses on; nothing where they differ."""
    if is_lettered(here) != is_lettered(there):
        return None
    heads = [knowledge.names.get(loss) for knowledge, loss in zip((here, there), losses, strict=True)]
    if None in heads:
        return None
    straight = Pairs(is_lettered(here))
    ways = (straight, replace(straight, turned=True))[: 1 if straight.lettered else 2]
    found = (_followed(here, there, next(unify(heads[0], heads[1], way))) for way in ways)  # type: ignore[arg-type]
    return next((pairs for pairs in found if pairs is not None), None)


def _followed(here: Knowledge, there: Knowledge, pairs: Pairs | None) -> Pairs | None:
    """Return the pairs that those of two losses lead to."""
    done: set[object] = set()
    while pairs is not None and (left := [of for of in pairs.names if of not in done]):
        done.add(left[0])
        pairs = _by_definition(left[0], here, there, pairs)
    return _by_slopes(here, there, pairs) if pairs is not None else None


def _by_definition(of: object, here: Knowledge, there: Knowledge, pairs: Pairs) -> Pairs | None:
    """Return the pairs that the definitions of a pair give as well; nothing where only their forms differ."""
    own = [(name, body) for name, body in _definitions(here) if pairs.of(name) == pairs.of(pairs.names[of][0])]
    others = [(name, body) for name, body in _definitions(there) if pairs.of(name) == of]
    if not own or not others:
        return pairs if bool(own) == bool(others) else None
    return next(_both(own, others, pairs), None)


def _both(own: Sequence[tuple[Name, Node]], others: Sequence[tuple[Name, Node]], pairs: Pairs) -> Iterator[Pairs]:
    for name, body in own:
        for other, other_body in others:
            for found in unify(name, other, replace(pairs, letters={})):
                yield from unify(body, turned(other_body) if pairs.turned else other_body, found)


def _by_slopes(here: Knowledge, there: Knowledge, pairs: Pairs) -> Pairs:
    """Return the pairs with those of the names for derivatives, such as a delta."""
    own, others = ([(n, b) for n, b in _definitions(k) if isinstance(b, Derivative)] for k in (here, there))
    for other, body in others:
        if pairs.of(other) not in pairs.names and not other.marks:
            found = next(_both(own, [(other, body)], pairs), None)
            pairs = found if found is not None else pairs
    return pairs


def _definitions(knowledge: Knowledge) -> Iterator[tuple[Name, Node]]:
    known = ((knowledge.names.get(name), body) for name, body in knowledge.definitions.items())
    return ((name, without_groups(body)) for name, body in known if name is not None)


def unify(one: Node, other: Node, pairs: Pairs) -> Iterator[Pairs]:
    """Yield the pairs of names with which two formulas are the same, but for the order of terms and factors."""
    if isinstance(one, Name) and isinstance(other, Name):
        yield from _names(one, other, pairs)
    elif isinstance(one, Summation) and isinstance(other, Summation) and one.index and other.index:
        if _bare(one) == _bare(other):
            for found in _index(one.index, other.index, pairs, "letters"):
                yield from unify(one.body, other.body, found)
    elif isinstance(one, Apply) and isinstance(other, Apply) and one.primes == other.primes:
        for found in _names(one.function, other.function, pairs):
            yield from _all(one.arguments, other.arguments, found)
    elif isinstance(one, Sum | Product) and type(one) is type(other) and len(children(one)) <= MOST_TERMS:
        in_order = isinstance(one, Product) and not pairs.lettered  # the order of arrays counts
        for parts in [children(other)] if in_order else permutations(children(other)):
            yield from _all(children(one), parts, pairs)
    elif _shell(one) == _shell(other):
        yield from _all(children(one), children(other), pairs)


def _all(ones: tuple[Node, ...], others: tuple[Node, ...], pairs: Pairs) -> Iterator[Pairs]:
    if len(ones) != len(others):
        return
    if not ones:
        yield pairs
        return
    for found in unify(ones[0], others[0], pairs):
        yield from _all(ones[1:], others[1:], found)


def _names(one: Name, other: Name, pairs: Pairs) -> Iterator[Pairs]:
    """Yield the pairs with that of two names, where neither is paired with a third."""
    of, before = pairs.of(other), pairs.names.get(pairs.of(other))
    taken = {pairs.of(name) for name, _ in pairs.names.values()}
    if pairs.of(one) in taken if before is None else pairs.of(before[0]) != pairs.of(one):
        return
    if not pairs.lettered:
        yield replace(pairs, names={**pairs.names, of: (one, ())})
        return
    if (len(one.sub), len(one.label), one.marks) != (len(other.sub), len(other.label), other.marks):
        return
    for order in [before[1]] if before is not None else permutations(range(len(one.sub))):
        found = replace(pairs, names={**pairs.names, of: (one, order)})
        for subs in _indices(one.sub, tuple(other.sub[place] for place in order), found, "letters"):
            yield from _indices(one.label, other.label, subs, "labels")


def _indices(ones: tuple[Node, ...], others: tuple[Node, ...], pairs: Pairs, which: str) -> Iterator[Pairs]:
    if not ones:
        yield pairs
        return
    for found in _index(ones[0], others[0], pairs, which):
        yield from _indices(ones[1:], others[1:], found, which)


def _index(one: Node, other: Node, pairs: Pairs, which: str) -> Iterator[Pairs]:
    """Yield the pairs with which an index is the same: a letter for a letter, and what is added to it."""
    if isinstance(one, Name) and isinstance(other, Name):
        table: Mapping[str, Node] = getattr(pairs, which)
        known = table.get(key(other))
        if known == one or (known is None and one not in table.values()):
            new = {**table, key(other): one}
            yield replace(pairs, labels=new) if which == "labels" else replace(pairs, letters=new)
    elif _shell(one) == _shell(other):
        yield from _indices(children(one), children(other), pairs, which)


def turned(node: Node) -> Node:
    """Return the transpose of a formula in which every array is transposed: its products run the other way.

    >>> from symbp.formulas import plain, read
    >>> plain(turned(read("a^T c + b")))
    'c * a^T + b'
    """
    if is_ones(node):
        return Transpose(node)
    changed = map_children(node, turned)
    if isinstance(changed, Transpose) and isinstance(changed.body, Transpose):
        return changed.body.body
    if isinstance(changed, Product) and "@" not in changed.signs:
        first = [factor for factor in changed.factors if isinstance(factor, Number | Fraction)]
        rest = [factor for factor in changed.factors[::-1] if not isinstance(factor, Number | Fraction)]
        return Product((*first, *rest), changed.signs[::-1])
    return changed


def _shell(node: Node) -> Node:
    """Return a formula without what is below it, which shows what kind it is."""
    return map_children(node, lambda part: Name("."))


def _bare(node: Summation) -> Node:
    return replace(node, body=Name("."), index=None)


def _exchanged(node: Node, letters: Mapping[str, Node]) -> Node:
    if isinstance(node, Name):
        return letters.get(key(node), node)
    return map_children(node, lambda part: _exchanged(part, letters))

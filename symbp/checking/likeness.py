"""Formulas that stand out: like no other of the document, where with one slip undone they would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from ..formulas import (
    Name,
    Node,
    Number,
    Product,
    ReadError,
    Sum,
    bases_in,
    key,
    map_children,
    names_in,
    read,
    walk,
    without_groups,
)
from .knowledge import Read
from .parts import replaced
from .places import bare as plain
from .repaired import Repair, Undone, Wrong
from .slips import SPECIAL
from .work import Work, size

if TYPE_CHECKING:
    from .repair import Repairer
    from .searching import Search

MORE = 5_000  # of work, for another slip
ANY = Number("0.")  # stands for all decimals
FEW = 6  # other slips that explain a member
FEWEST_PARTS = 4  # of formulas whose likeness says something
Terms = frozenset[tuple[Node, int]]


def odd_one(chains: Sequence[Read], number: int, wrong: Wrong, repairer: Repairer) -> Repair | None:
    """Return the repair of the first formula of a chain, where that stands out and does not equal the second."""
    others = [chain.members[1] for other, chain in enumerate(chains) if other != number]
    formulas = [node for node in others if isinstance(node, Node)]
    second = chains[number].members[2]
    if not isinstance(second, Node) or terms(wrong.node) in map(terms, formulas):
        return None
    repair = repairer.repair(second, wrong)
    if repair is None or not repair.slip:
        return None
    try:
        meant = read(repair.expected, wrong.roles)
    except ReadError:
        return None
    return repair if stands_out(wrong.node, meant, set(map(terms, formulas))) else None


class Likes:
    """Tells which formulas of a document are like others."""

    def __init__(self, formulas: Sequence[Node]) -> None:
        self.counts = Counter(terms(formula) for formula in formulas if size(formula) >= FEWEST_PARTS)
        self.letters = {bases_in(*(term for term, _ in found)) for found in self.counts}
        names = (part for formula in formulas for part in walk(formula) if isinstance(part, Name))
        self.bases = {key(name): name.base for name in names}
        self.parts = Counter(part for formula in formulas for part in parts_of(formula))

    def is_lone(self, formula: Node) -> bool:
        """Whether a formula of the document is like no other in it."""
        return self.counts[terms(formula)] < 2

    def familiar(self, formula: Node, member: Node) -> tuple[int, int]:
        """Return how few parts of what may stand in place of a member stand in no other, and how many do."""
        own, parts = Counter(parts_of(member)), list(parts_of(formula))
        known = sum(self.parts[part] > own[part] for part in parts)
        return known - len(parts), known

    def __contains__(self, formula: Node) -> bool:
        bases = frozenset(map(self.bases.get, names_in(formula)))  # with other letters it is like none
        return (None in bases or bases in self.letters) and self.counts[terms(formula)] > 0


def liked(search: Search, first: Undone) -> Undone:
    """Return another slip with which a member is like others of the document, if a little more search finds one.

    Else that of the first few that leaves the least that stands in no other member.
    """
    likes, own = search.repairer.likes, search.wrong.node
    if search.numeric or first.slip.name in SPECIAL or first.rebuild(first.new) in likes:
        return first
    more = copy(search)
    more.work = Work(min(MORE, search.work.left))
    others = list(islice((found for found in more.candidates() if more.fits(found, None)), FEW))
    alike = (found for found in others if likes.is_lone(own) and found.rebuild(found.new) in likes)
    rivals = (first, *(found for found in others if found.slip != first.slip))
    return next(alike, max(rivals, key=lambda found: likes.familiar(found.rebuild(found.new), own)))


def parts_of(formula: Node) -> Iterator[Node]:
    """Yield the parts of a formula that are no mere names or numbers, and every two factors that stand side by side.

    >>> from symbp.formulas import read
    >>> len(list(parts_of(read("a b c + d"))))
    4
    """
    for part in walk(plain(formula)):
        if not isinstance(part, Name | Number):
            yield part
        if isinstance(part, Product) and len(part.signs) > 1:
            yield from (Product(pair, (sign,)) for pair, sign in zip(pairwise(part.factors), part.signs, strict=True))


def stands_out(formula: Node, meant: Node, others: Container[Terms]) -> bool:
    """Whether what is meant by a formula is like another one, or its terms are like each other, and it is not so.

    Of the others just the `terms` are given.
    """
    own, its = terms(formula), terms(meant)
    return own not in others if its in others else len(its) < len(own) and _count(formula) == _count(meant)


@lru_cache(maxsize=20_000)
def terms(formula: Node) -> Terms:
    """Return the terms of a formula without the indices of their names, with how many there are of lone names.

    Of others each with how often it stands there with the same indices.

    >>> from symbp.formulas import read
    >>> len(terms(read("w_1 x_1 + w_2 x_2 + b")))
    2
    >>> terms(read("w x + b_1 + b_2")) == terms(read("w x + b")), terms(read("w x + w x")) == terms(read("w x"))
    (False, False)
    """
    whole = _sorted(plain(formula))
    exact = Counter(whole.terms if isinstance(whole, Sum) else (whole,))
    kinds = [(_sorted(bare(term)), count) for term, count in exact.items()]
    lone = Counter[Node](kind for kind, count in kinds for _ in range(count) if isinstance(kind, Name))
    return frozenset((kind, lone[kind] or count) for kind, count in kinds)


def form(head: Node, formula: Node) -> tuple[Node, Node]:
    """Return a definition with its indices numbered as they come, which is that of others with other letters.

    >>> from symbp.formulas import read
    >>> form(read("z_j"), read("w_{ij} x_i + b_j")) == form(read("z_k"), read("w_{jk} x_j + b_k"))
    True
    >>> form(read("z_j"), read("w_{ij} x_i + b_k")) == form(read("z_k"), read("w_{jk} x_j + b_k"))
    False
    """
    seen: dict[Node, Node] = {}

    def numbered(part: Node) -> Node | None:
        if not isinstance(part, Name):
            return ANY if isinstance(part, Number) and "." in part.text else None
        sub, label = (tuple(seen.setdefault(i, Number(str(len(seen)))) for i in own) for own in (part.sub, part.label))
        return Name(part.base, sub, label, part.marks)

    return replaced(head, numbered), replaced(plain(formula), numbered)


def bare(formula: Node) -> Node:
    """Return a formula whose names have no index, layer or mark, and in which one decimal is like another."""
    return replaced(formula, _kind)


def _kind(part: Node) -> Node | None:
    if isinstance(part, Name):
        return Name(part.base)
    return ANY if isinstance(part, Number) and "." in part.text else None


def _sorted(node: Node) -> Node:
    """Return a formula with the factors of its products in one order."""
    node = map_children(node, _sorted)
    return replace(node, factors=tuple(sorted(node.factors, key=repr))) if isinstance(node, Product) else node


def _count(formula: Node) -> int:
    whole = without_groups(formula)
    return len(whole.terms) if isinstance(whole, Sum) else 1

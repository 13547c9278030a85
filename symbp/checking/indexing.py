"""Judging by instantiation: formulas with index letters become formulas about numbered quantities of a small size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from ..formulas import (
    Name,
    Negative,
    Node,
    Number,
    Product,
    ReadError,
    Sum,
    Summation,
    children,
    key,
    map_children,
    walk,
)
from .knowledge import Knowledge, Read
from .limits import MOST_TERMS, Undecided
from .parts import counted

SIZE = 3  # of every range that the document leaves open
MOST_ASSIGNMENTS = 27  # of numbers to the open letters of a definition
Assignment = Mapping[str, int]


@dataclass(frozen=True)
class Indexing:
    """The index letters of a document with their ranges, and the symbols that bound those.

    Attributes:
        ranges: for each letter the numbers that it runs over.
        bounds: the size behind each symbol that ends a range, such as n.
        steps: letters that are counted up or down, such as the l of ``l + 1``.
    """

    ranges: Mapping[str, range]
    bounds: Mapping[str, int]
    steps: frozenset[str]

    def letters(self, *nodes: Node) -> list[str]:
        """Return the letters that are open in some formulas, in order."""
        return sorted({letter for node in nodes for letter in self._open(node)})

    def _open(self, node: Node) -> set[str]:
        if isinstance(node, Name):
            inner = (self._open(index) for index in (*node.sub, *node.label))
            return set().union({key(node)} & self.ranges.keys(), *inner)
        found: set[str] = set().union(*map(self._open, children(node)))
        if isinstance(node, Summation) and isinstance(node.index, Name):
            found.discard(key(node.index))
        return found

    def assignments(self, letters: list[str]) -> Iterator[dict[str, int]]:
        """Yield numbers for letters: every combination."""
        for numbers in product(*(self.ranges[letter] for letter in letters)):
            yield dict(zip(letters, numbers, strict=True))

    def choices(self, letters: list[str]) -> Iterator[dict[str, int]]:
        """Yield the few assignments at which a link is judged: letters all different, all the same, and shifted."""
        for first, step in ((0, 1), (0, 0), (1, 1)):
            numbers = {}
            for place, letter in enumerate(letters):
                values = self.ranges[letter]
                middle = letter in self.steps and len(values) > 2
                numbers[letter] = values[1] if middle else values[(first + step * place) % len(values)]
            yield numbers

    def expand(self, node: Node, numbers: Assignment) -> Node:
        """Return a formula with letters replaced by numbers and sums written out.

        Raises:
            Undecided: a sum is too long, or over something that is no range.
        """
        if isinstance(node, Summation) and node.index is not None:
            return self._terms(node, numbers)
        if isinstance(node, Name):
            return self._name(node, numbers)
        return map_children(node, lambda part: self.expand(part, numbers))

    def _terms(self, node: Summation, numbers: Assignment) -> Node:
        assert node.index is not None
        letter = key(node.index)
        places = list(self._range(node, numbers))
        if node.without is not None:
            places = [place for place in places if place != self._count(node.without, numbers)]
        if len(places) > MOST_TERMS:
            raise Undecided(f"a sum of {len(places)} terms")
        terms = tuple(self.expand(node.body, {**numbers, letter: place}) for place in places)
        if len(terms) > 1:
            return Product(terms, ("*",) * (len(terms) - 1)) if node.product else Sum(terms)
        return terms[0] if terms else Number("1" if node.product else "0")

    def _range(self, node: Summation, numbers: Assignment) -> range:
        assert node.index is not None
        default = self.ranges.get(key(node.index), range(1, SIZE + 1))
        low = default.start if node.low is None else self._count(node.low, numbers)
        high = default.stop - 1 if node.high is None else self._count(node.high, numbers)
        return range(low, high + 1)

    def _count(self, node: Node, numbers: Assignment) -> int:
        value = counted(self.expand(node, numbers))
        if value is None:
            raise Undecided("a sum whose range is not known")
        return value

    def _name(self, name: Name, numbers: Assignment) -> Node:
        own = key(name)
        if own in numbers:
            return _printed(numbers[own])
        if own in self.bounds:
            return Number(str(self.bounds[own]))
        if not name.sub and not name.label:
            return name
        sub, label = (tuple(self._index(index, numbers) for index in part) for part in (name.sub, name.label))
        return replace(name, sub=sub, label=label)

    def _index(self, index: Node, numbers: Assignment) -> Node:
        expanded = self.expand(index, numbers)
        value = counted(expanded)
        return expanded if value is None else _printed(value)

    def instantiated(self, knowledge: Knowledge) -> Knowledge:
        """Return what a document defines, said of every numbered quantity."""
        definitions: dict[str, Node] = {}
        makers: dict[str, int] = {}  # how many letters the name has from whose definition one is made
        rivals: set[str] = set()
        names: dict[str, Name] = dict(knowledge.names)
        ordered = sorted(knowledge.definitions.items(), key=lambda item: len(self._head(knowledge, item[0])))
        for name, formula in ordered:
            head = knowledge.names.get(name)
            if head is None:
                definitions.setdefault(name, formula)
                continue
            letters = self.letters(head)
            for numbers in self._few(letters):
                try:
                    numbered, body = self.expand(head, numbers), self.expand(formula, numbers)
                except Undecided:
                    continue
                if isinstance(numbered, Name) and key(numbered) not in knowledge.givens:
                    if definitions.get(key(numbered), body) != body and makers.get(key(numbered)) == len(letters) > 0:
                        rivals |= {key(numbered)} if name in knowledge.sources else set()
                    if name in knowledge.sources:
                        makers.setdefault(key(numbered), len(letters))
                    definitions.setdefault(key(numbered), body)
                    names |= {key(part): part for part in (numbered, *walk(body)) if isinstance(part, Name)}
        differentiated = self._pairs(knowledge, names)
        several = knowledge.several | rivals
        return replace(
            knowledge, definitions=definitions, others={}, names=names, differentiated=differentiated, several=several
        )

    def _head(self, knowledge: Knowledge, name: str) -> list[str]:
        return self.letters(knowledge.names[name]) if name in knowledge.names else []

    def _few(self, letters: list[str]) -> Iterator[dict[str, int]]:
        for count, numbers in enumerate(self.assignments(letters)):
            if count == MOST_ASSIGNMENTS:
                return
            yield numbers

    def _pairs(self, knowledge: Knowledge, names: dict[str, Name]) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for of, by_names in knowledge.differentiated.items():
            for by in by_names:
                one, other = knowledge.names[of], knowledge.names[by]
                for numbers in self._few(self.letters(one, other)):
                    pair = self.expand(one, numbers), self.expand(other, numbers)
                    names |= {key(part): part for part in pair if isinstance(part, Name)}
                    found.setdefault(key(pair[0]), {})[key(pair[1])] = by_names[by]
        return found


def _printed(value: int) -> Node:
    return Number(str(value)) if value >= 0 else Negative(Number(str(-value)))


def indexing(knowledge: Knowledge, chains: Iterable[Read]) -> Indexing:
    """Return the index letters of a document: those under sums, and those that a definition has on both sides."""
    sums = [
        part
        for chain in chains
        for member in chain.members
        if not isinstance(member, ReadError)
        for part in walk(member)
        if isinstance(part, Summation) and isinstance(part.index, Name)
    ]
    bounds = {
        key(part): SIZE for node in sums if node.high is not None for part in walk(node.high) if isinstance(part, Name)
    }
    ranges: dict[str, range] = {}
    for node in sums:
        assert node.index is not None
        start = counted(node.low) if node.low is not None else 1
        first = start if start is not None else 1
        ranges.setdefault(key(node.index), range(first, first + SIZE))
    steps: set[str] = set()
    for name, formula in knowledge.definitions.items():
        head = knowledge.names.get(name)
        if head is None:
            continue
        for letter in _letters(head) & set().union(
            *(_letters(part) for part in walk(formula) if isinstance(part, Name))
        ):
            ranges.setdefault(letter, range(1, SIZE + 1))
        steps |= {letter for part in (head, *walk(formula)) if isinstance(part, Name) for letter in _stepped(part)}
    fixed = {*bounds, *_designations(knowledge)}
    return Indexing({letter: ranges[letter] for letter in ranges if letter not in fixed}, bounds, frozenset(steps))


def _designations(knowledge: Knowledge) -> set[str]:
    """Return the letters in names that have a number, such as the h of ``out_h``: they name one thing, not any."""
    valued = {*knowledge.givens, *(name for name in knowledge.printed if isinstance(name, str))}
    return {letter for name in valued if name in knowledge.names for letter in _letters(knowledge.names[name])}


def _letters(name: Name) -> set[str]:
    """Return the single letters in the indices and labels of a name."""
    found = set()
    for index in (*name.sub, *name.label):
        parts = index.terms if isinstance(index, Sum) else (index,)
        found |= {key(p) for p in parts if isinstance(p, Name) and len(p.base.lstrip("\\")) == 1 and not p.sub}
    return found


def _stepped(name: Name) -> set[str]:
    sums = (index for index in (*name.sub, *name.label) if isinstance(index, Sum))
    return {key(term) for index in sums for term in index.terms if isinstance(term, Name)}

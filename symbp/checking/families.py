"""What the index letters of a document run over, as far as its own formulas tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import cycle

from ..formulas import Call, Dotted, Name, Node, Number, Power, Sum, Summation, key, walk
from .dotted import ends
from .indices import (
    Slot,
    is_equality,
    is_letter,
    is_place,
    is_renaming,
    letters,
    letters_of,
    names_with_bound,
    size_key,
    slots,
    step,
)
from .knowledge import NOWHERE, Knowledge, Read
from .lettered import naming, of_entries
from .parts import counted, indexed
from .unit_letters import units_of

SIZES = (3, 4, 2)  # of the ranges that a document leaves open: different ones, so that 1/n is not 1/m
MOST_SIZE = 6  # of a range that the document gives in numbers
DEPTH = 3  # layers or time steps
MOST_BEHIND = 6  # rules that are applied one after the other
Value = int | Name


@dataclass(frozen=True, slots=True)
class Rule:
    """A definition with letters: it holds for all that they run over."""

    head: Name
    body: Node

    def of(self, name: Name) -> Node | None:
        """Return what the rule says of a name; nothing where it is not about it."""
        own, other = (*self.head.sub, *self.head.label), (*name.sub, *name.label)
        alike = (self.head.base, len(self.head.sub), self.head.marks) == (name.base, len(name.sub), name.marks)
        if not alike or len(own) != len(other):
            return None
        if any(a != b and not is_letter(a) for a, b in zip(own, other, strict=True)):
            return None
        return indexed(self.body, dict(zip(own, other, strict=True)))


@dataclass
class Survey:
    """What a document says of its indices.

    Attributes:
        rules: its definitions.
        names: every name that occurs.
        sums: every sum over an index.
        valued: the names that have numbers.
        dotted: the letters that are the last index of an array with dots, each with the least that it may be.
        mended: for a name whose definition has another letter than its head, that letter.
    """

    rules: list[Rule]
    names: list[Name]
    sums: list[Summation]
    valued: list[Name]
    dotted: Mapping[str, int] = field(default_factory=dict)
    mended: Mapping[str, str] = field(default_factory=dict)
    slots: dict[Slot, list[Node]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.names:
            for slot, index in slots(name):
                self.slots.setdefault(slot, []).append(index)

    @property
    def indices(self) -> Iterator[Node]:
        """Every index that occurs."""
        return (index for found in self.slots.values() for index in found)

    @cached_property
    def bound(self) -> set[str]:
        """Letters under sums."""
        return {key(node.index) for node in self.sums if node.index is not None}

    @cached_property
    def shared(self) -> set[str]:
        """Letters that a definition has on both sides."""
        pairs = ((letters_of([rule.head]), _names(rule.body)) for rule in self.rules)
        return set().union(*(own & letters_of(names) for own, names in pairs))

    @cached_property
    def steps(self) -> set[str]:
        """Letters that are counted up or down, such as the l of ``l + 1``."""
        indices = (index for found in self.slots.values() for index in found)
        return {letter for index in indices if step(index) for letter in letters(index)}

    @cached_property
    def counted(self) -> set[Slot]:
        """Slots in which a counted letter stands."""
        return {slot for slot, found in self.slots.items() if any(self.steps & set(letters(i)) for i in found)}

    @cached_property
    def ends(self) -> set[str]:
        """Capital letters that stand where a counted letter does elsewhere: the last layer or step."""
        steps = self.steps
        counted = [found for found in self.slots.values() if any(steps & set(letters(index)) for index in found)]
        return {letter for found in counted for index in found for letter in letters(index) if letter.isupper()}

    @cached_property
    def said(self) -> set[Slot]:
        """Slots in which a definition has a letter of its head or under a sum."""
        return self.summed | {
            slot
            for rule in self.rules
            for name in (rule.head, *_names(rule.body))
            for slot, index in slots(name)
            if set(letters(index)) & letters_of([rule.head])
        }

    @cached_property
    def summed(self) -> set[Slot]:
        """Slots in which a definition has a letter under a sum."""
        found = (pair for rule in self.rules for pair in names_with_bound(rule.body))
        return {slot for name, bound in found for slot, index in slots(name) if set(letters(index)) & bound}

    def things(self, single: set[str], lone: set[tuple[Slot, str]]) -> set[str]:
        """Return the letters that name one thing which no sum counts, or which stands beside the counted ones."""
        counted = {letter for slot, letter in lone if slot in self.summed}
        beside = {letter for rule in self.rules for letter in _beside(rule)}
        return {letter for letter in single if letter not in counted or letter in beside}

    def named_like(self, letter: str, things: set[str]) -> tuple[Value, ...]:
        """Return the things for which a letter stands in the heads of definitions; nothing for one under a sum."""
        own = {slot for rule in self.rules for slot, index in slots(rule.head) if letter in letters(index)}
        found = {other for slot, other in self.lone() if slot in own and other in things}
        return () if letter in self.bound else tuple(map(Name, sorted(found)))

    @cached_property
    def shifted(self) -> frozenset[str]:
        """Names with an index of several letters, such as the x of ``x_{i+a}``."""
        indices = ((slot, index) for slot, found in self.slots.items() for index in found)
        return frozenset(slot[0] for slot, index in indices if isinstance(index, Sum) and step(index) is None)

    @property
    def symbols(self) -> set[str]:
        """Names that end sums, such as the n of ``\\sum_{i=1}^n``, or arrays with dots."""
        return self.dotted.keys() | {
            size_key(part)
            for node in self.sums
            if node.high is not None
            for part in walk(node.high)
            if isinstance(part, Name)
        }

    @property
    def general(self) -> set[str]:
        """Letters in the heads of definitions with sums that stand in these as well: they hold for any."""
        summed = (rule for rule in self.rules if any(isinstance(part, Summation) for part in walk(rule.body)))
        return {letter for rule in summed for letter in letters_of([rule.head]) & letters_of(_names(rule.body))}

    def chosen(self, things: set[str]) -> set[str]:
        """Return the only name for one of the things that a sum counts, as the right class c of ``-\\log p_c``."""
        powers = [node for node in self.sums if any(map(_is_power, walk(node.body)))]
        counted = {slot for node in powers for name in _names(node.body) for slot, i in slots(name) if i == node.index}
        counted |= {slot for rule in self.rules for slot, i in slots(rule.head) if is_letter(i)}
        heads = {key(index) for rule in self.rules for _, index in slots(rule.head)}
        used = {key(name) for rule in self.rules for name in _names(rule.body)}
        found = {(slot, index) for slot, own in self.slots.items() for index in own if slot in counted}
        labels = {key(index) for _, index in found if is_place(index) or key(index) in things}
        return labels - heads - used if len(labels) == 1 else set()

    def lone(self) -> Iterator[tuple[Slot, str]]:
        """Yield the letters that a definition uses without saying for which: they name one thing, not any."""
        for rule in self.rules:
            own = letters_of([rule.head])
            for name, bound in names_with_bound(rule.body):
                for slot, index in slots(name):
                    yield from ((slot, letter) for letter in letters(index) if letter not in own | bound)


def _is_power(node: Node) -> bool:
    """Whether a node is a power of e, of which a softmax has a sum."""
    return (isinstance(node, Call) and node.function == "exp") or (isinstance(node, Power) and node.base == Name("e"))


def _names(node: Node) -> list[Name]:
    return [part for part in walk(node) if isinstance(part, Name)]


def survey(knowledge: Knowledge, chains: Iterable[Read]) -> Survey:
    """Return what a document says of its indices."""
    members = [node for chain in chains for node in chain.nodes]
    members += [body for name, body in knowledge.definitions.items() if knowledge.sources.get(name) == NOWHERE]
    parts = [part for member in members for part in walk(member)]
    names = [part for part in parts if isinstance(part, Name)]
    sums = [part for part in parts if isinstance(part, Summation) and part.index is not None]
    rules = [
        Rule(knowledge.names[name], body)
        for name, body in knowledge.definitions.items()
        if name in knowledge.names
        and name in knowledge.sources
        and not is_equality(knowledge.names[name], body)
        and not is_renaming(knowledge.names[name], body)
    ]
    valued = {*knowledge.givens, *(name for name in knowledge.printed if isinstance(name, str))}
    dotted: dict[str, int] = {}
    for end, least in (end for part in parts if isinstance(part, Dotted) for end in ends(part)):
        dotted[size_key(end)] = max(least, dotted.get(size_key(end), 0))
    found = Survey(rules, names, sums, [knowledge.names[name] for name in valued if name in knowledge.names], dotted)
    mended = {rule.head.base: letter for rule in rules if (letter := _foreign_letter(rule, found))}
    return replace(found, rules=[_with_own_letter(rule, mended) for rule in rules], mended=mended)


def _with_own_letter(rule: Rule, mended: Mapping[str, str]) -> Rule:
    own = letters_of([rule.head])
    if rule.head.base not in mended or len(own) != 1:
        return rule
    return Rule(rule.head, indexed(rule.body, {Name(mended[rule.head.base]): Name(own.pop())}))


def _foreign_letter(rule: Rule, found: Survey) -> str:
    """Return the letter that stands for that of the head in a definition such as ``p_j = e^{a_i} / c``."""
    own = letters_of([rule.head])
    if any(isinstance(index, Number) for index in rule.head.sub):
        return ""  # the o of o_1 says which kind of unit it is, and the h beside it another
    names = list(names_with_bound(rule.body))
    lone = {letter for name, bound in names for letter in letters_of([name]) if letter not in own | bound}
    if len(own) != 1 or len(lone) != 1 or own & letters_of(name for name, _ in names):
        return ""
    mine, other = own.pop(), lone.pop()
    kin = {slot for slot, indices in found.slots.items() if any(mine in letters(index) for index in indices)}
    stands = (slot for slot, indices in found.slots.items() if any(other in letters(index) for index in indices))
    return other if not kin.isdisjoint(stands) else ""


def behind(name: Name, rules: Iterable[Rule]) -> set[str]:
    """Return what stands behind a name by rules with letters, a few layers or steps deep."""
    rules = [rule for rule in rules if letters_of([rule.head])]
    found: dict[str, Name] = {}
    new = [name]
    for _ in range(MOST_BEHIND):
        bodies = [body for other in new for rule in rules if (body := rule.of(other)) is not None]
        new = [part for body in bodies for part in _names(body) if key(part) not in found]
        found |= {key(part): part for part in new}
    return set(found)


@dataclass(frozen=True, slots=True)
class Families:
    """What is known of the index letters of a document.

    Attributes:
        ranges: for each letter what it runs over.
        bounds: the size behind each symbol that ends a range, such as n, and the last layer or step.
        steps: letters that are counted up or down.
        named: letters that in one slot name one thing, such as the o of ``b_o``.
        chosen: the number of what names one of those that a sum counts, such as the class c of ``-\\log p_c``.
    """

    ranges: Mapping[str, tuple[Value, ...]]
    bounds: Mapping[str, int]
    steps: frozenset[str]
    named: frozenset[tuple[Slot, str]]
    chosen: Mapping[str, int] = field(default_factory=dict)


def families(found: Survey) -> Families:
    """Return the index letters: those under sums, counted, on both sides of a definition, or where such ones stand."""
    steps, ends = found.steps, found.ends
    known = (found.bound | found.shared | steps | of_entries(found)) - ends
    open_slots = {slot for slot, indices in found.slots.items() if any(known & set(letters(i)) for i in indices)}
    every = {letter for slot in open_slots for index in found.slots[slot] for letter in letters(index)}
    lone = {(slot, letter) for slot, letter in found.lone() if slot in open_slots} - _pairs(steps | ends, open_slots)
    valued = letters_of(found.valued)
    any_of = found.bound | {letter for letter in found.general if letter.islower()}  # the B of a batch is no index
    single = {letter for _, letter in lone if letter not in any_of} - valued
    heads = {letter for letter in letters_of(rule.head for rule in found.rules) if not letter.isupper()}
    symbols = found.symbols - found.bound - steps - heads
    classes = _Classes(found, symbols | ends)
    things = found.things(single, lone)
    chosen = {label: classes.middle(label) for label in sorted(found.chosen(things))}
    things -= chosen.keys()
    names = naming(found)
    runs = sorted((every | known) - ends - symbols - valued - chosen.keys() - names)
    ranges = {
        letter: found.named_like(letter, things) or classes.values(letter) for letter in runs if letter not in things
    }
    ranges |= {
        letter: tuple(Name(letter, sub=(Number(number),)) for number in numbers)
        for letter, numbers in units_of([*found.names, *found.sums]).items()
        if letter not in names
    }
    bounds = {symbol: classes.size(f"end {symbol}") for symbol in sorted(symbols | ends)}
    several = {slot for slot, letter in lone if any(at == slot and other != letter for at, other in lone)}
    named = frozenset(pair for pair in lone if pair[1] not in single and pair[0] in several - found.said)
    return Families(ranges, bounds, frozenset(steps), named, chosen)


def _pairs(found: set[str], open_slots: set[Slot]) -> set[tuple[Slot, str]]:
    return {(slot, letter) for slot in open_slots for letter in found}


class _Classes:
    """Letters, slots and ends of sums that run over the same things."""

    def __init__(self, found: Survey, symbols: set[str]) -> None:
        self.above: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        self.firsts: dict[str, int] = {}
        self.fresh = cycle(SIZES)
        self.letters: set[str] = set()
        for slot, indices in found.slots.items():
            for index in indices:
                if is_place(index):
                    self._join(key(index), str(slot))
                if isinstance(index, Name) and not is_letter(index) and (size := size_key(index)) in symbols:
                    self._join(f"end {size}", str(slot))
                for letter in letters(index) if step(index) is not None else ():
                    self._join(f"end {letter}" if letter in symbols else letter, str(slot))
        for node in found.sums:
            self._sum(node)
        for letter, least in sorted(found.dotted.items()):
            root = self.root(f"end {letter}")
            self.sizes[root] = max(least, self.sizes.get(root) or next(self.fresh))
        for letter in sorted(found.steps):
            self.sizes.setdefault(self.root(letter), DEPTH)
        for name in (*found.valued, *(rule.head for rule in found.rules)):
            self._printed(name)
        self.bound = {self.root(letter) for letter in found.bound}

    def root(self, item: str) -> str:
        """Return the one item that stands for a class."""
        while item in self.above:
            item = self.above[item]
        return item

    def _join(self, one: str, other: str) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self.above[first] = second

    def _sum(self, node: Summation) -> None:
        assert node.index is not None
        letter = key(node.index)
        ends = (
            {size_key(part) for part in walk(node.high) if isinstance(part, Name)} if node.high is not None else set()
        )
        if len(ends) == 1:
            self._join(letter, f"end {ends.pop()}")
        low = counted(node.low) if node.low is not None else None
        high = counted(node.high) if node.high is not None else None
        if low is not None:
            self.firsts.setdefault(letter, low)
        if low is not None and high is not None and 0 < high - low < MOST_SIZE:
            self.sizes.setdefault(self.root(letter), high - low + 1)

    def _printed(self, name: Name) -> None:
        """Take the numbers in the indices of what has a value or a definition for places that there are."""
        for slot, index in slots(name):
            place = counted(index)
            if place is not None and 0 < place <= MOST_SIZE:
                root = self.root(str(slot))
                self.sizes[root] = max(place, self.sizes.get(root, 2))

    def size(self, item: str) -> int:
        """Return how many things a class has."""
        root = self.root(item)
        if root not in self.sizes:
            self.sizes[root] = next(self.fresh)
        return self.sizes[root]

    def first(self, letter: str) -> int:
        """Return where a letter starts: as under its sum, or under one of its class."""
        root = self.root(letter)
        found = [self.firsts[other] for other in sorted(self.firsts) if self.root(other) == root]
        return self.firsts.get(letter, found[0] if found else 1)

    def values(self, letter: str) -> tuple[int, ...]:
        """Return the numbers that a letter runs over."""
        first = self.first(letter)
        return tuple(range(first, first + self.size(letter)))

    def middle(self, letter: str) -> int:
        """Return one of the numbers of a class, which is neither the first nor, where there are more, the last."""
        values = self.values(letter)
        return values[len(values) // 2]


def _beside(rule: Rule) -> set[str]:
    """Return the letters that a definition has in one slot with a letter under a sum, outside of that sum."""
    found = list(names_with_bound(rule.body))
    summed = {slot for name, bound in found for slot, index in slots(name) if set(letters(index)) & bound}
    pairs = ((slot, letter, bound) for name, bound in found for slot, i in slots(name) for letter in letters(i))
    return {letter for slot, letter, bound in pairs if slot in summed and letter not in bound}

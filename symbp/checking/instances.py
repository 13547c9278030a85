"""What a document defines, said of every numbered quantity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from ..formulas import Derivative, Dots, Dotted, Group, Indexed, Name, Node, Opaque, key, walk
from .families import Rule, Survey
from .indexing import Assignment, Indexing
from .indices import is_equality, letters, slots, step
from .knowledge import Knowledge, Read
from .limits import Undecided
from .parts import replaced
from .spelling import whole_spelt
from .unsaid import completed

Kind = tuple[str, int, int, tuple[str, ...]]
Rank = tuple[bool, bool, int, bool, int]


@dataclass(frozen=True, slots=True)
class Instances:
    """The numbered quantities of a document.

    Attributes:
        knowledge: what it defines, by number.
        beyond: quantities whose definition would need a layer or a step after the last.
    """

    knowledge: Knowledge
    beyond: frozenset[str]


def instances(knowledge: Knowledge, indexing: Indexing, found: Survey) -> Instances:
    """Return what a document defines, said of every numbered quantity."""
    lettered = [rule for rule in found.rules if indexing.letters(rule.head)]
    known = {key(rule.head) for rule in found.rules}
    definitions: dict[str, Node] = {}
    ranks: dict[str, Rank] = {}
    rivals: set[str] = set()
    beyond: set[str] = set()
    names: dict[str, Name] = dict(knowledge.names)
    said = [(_rank(rule, lettered, moved), rule, moved) for rule in found.rules for moved in _moved(rule, indexing)]
    for rank, rule, moved in sorted(said, key=lambda item: item[0]):
        for numbered, body in _instances(rule, moved, beyond):
            if key(numbered) in knowledge.givens:
                continue
            if definitions.get(key(numbered), body) != body and ranks[key(numbered)] == rank:
                rivals.add(key(numbered))
            if key(numbered) not in definitions:
                definitions[key(numbered)], ranks[key(numbered)] = body, rank
                names |= {key(part): part for part in (numbered, *walk(body)) if isinstance(part, Name)}
    bodies = {name: knowledge.definitions[name] for name in indexing.implied}  # where nothing says at which step
    definitions = {**_others(knowledge, indexing, known), **bodies, **definitions}
    bare = replace(
        knowledge,
        definitions=definitions,
        others={},
        names=names,
        differentiated={},
        expansions={},
        generic={},
        stated={},
        several=knowledge.several | rivals,
    )
    differentiated, paired = _differentiated(knowledge, indexing, bare)
    expansions, spelt = _expansions(knowledge, indexing)
    names |= spelt | paired
    full = replace(bare, differentiated=differentiated, expansions=expansions, names=names)
    return Instances(completed(whole_spelt(full)), frozenset(beyond - definitions.keys()))


def said_anew(known: Knowledge, old: Rule, body: Node, *, indexing: Indexing) -> Knowledge:
    """Return what is defined by number, where a definition with letters has another formula."""
    before, after = (
        {key(name): own for moved in _moved(rule, indexing) for name, own in _instances(rule, moved, set())}
        for rule in (old, replace(old, body=body))
    )
    anew = {name: after.get(name) for name, own in before.items() if known.definitions.get(name) == own}
    kept = {name: own for name, own in known.definitions.items() if name not in anew}
    return replace(known, definitions=kept | {name: own for name, own in anew.items() if own is not None})


def given_anew(found: Survey, before: Knowledge, *, after: Knowledge) -> Survey:
    """Return what a document says of its indices, where other definitions of some names hold than before."""
    new = {
        name: after.definitions[name]
        for name in before.definitions.keys() & after.definitions.keys()
        if before.definitions[name] is not after.definitions[name]
    }
    rules = [replace(rule, body=new.get(key(rule.head), rule.body)) for rule in found.rules]
    return replace(found, rules=rules, slots={}) if new else found


def _others(knowledge: Knowledge, indexing: Indexing, known: set[str]) -> dict[str, Node]:
    """Return the definitions that no rule stands for, but for those with letters, which are said of one rule."""
    found = {}
    for name, formula in knowledge.definitions.items():
        head = knowledge.names.get(name)
        if name not in known and (head is None or not indexing.letters(head)):
            with suppress(Undecided):
                found[name] = indexing.expand(formula, {})
    return found


def _moved(rule: Rule, indexing: Indexing) -> Iterator[Indexing]:
    """Yield the layers for which a definition holds: any but that of the inputs, unless it is given for these."""
    for moved in indexing.shifts(rule.head, rule.body):
        own = [layer for _, index in slots(rule.head) if (layer := moved.layer(index)) is not None]
        if not moved.shift or not own or min(own) > 0:
            yield moved


def _rank(rule: Rule, rules: list[Rule], indexing: Indexing) -> Rank:
    """Sort definitions: those with letters and a value first, of its own layer, derivatives, special ones."""
    derivative = isinstance(rule.body, Derivative)
    rivals = any(other.head.base == rule.head.base and other is not rule for other in rules)
    valueless = any(isinstance(part, Indexed | Opaque | Dots | Dotted) for part in walk(rule.body))
    letters = len(indexing.letters(rule.head))
    return not letters, valueless, abs(indexing.shift), not (derivative and rivals), letters


def _instances(rule: Rule, indexing: Indexing, beyond: set[str]) -> Iterator[tuple[Name, Node]]:
    for values in indexing.assignments(indexing.letters(rule.head)):
        try:
            numbered, body = indexing.expand(rule.head, values), indexing.expand(rule.body, values)
        except Undecided:
            continue
        if not isinstance(numbered, Name) or outside(rule.head, indexing, values, start=0):
            continue
        if _reaches(rule, indexing, values):
            beyond.add(key(numbered))
        else:
            yield numbered, body


def _reaches(rule: Rule, indexing: Indexing, values: Assignment) -> bool:
    """Whether a definition needs a quantity of a layer or a step after the last."""
    names = (part for part in walk(rule.body) if isinstance(part, Name) and part.base in indexing.ruled)
    return any(outside(name, indexing, values) > 0 for name in names)


def outside(name: Name, indexing: Indexing, values: Assignment, *, start: int = 1) -> int:
    """Return 1 where a counted index of a name is after the last, -1 where it is before the first or its start."""
    for _, index in slots(name):
        for letter in letters(index)[:1] if step(index) else ():
            value, run = values.get(letter), indexing.ranges.get(letter, ())
            numbers = [number for number in run if isinstance(number, int)]
            if isinstance(value, int) and numbers:
                place = value + (step(index) or 0)
                if not numbers[0] - start <= place <= numbers[-1]:
                    return 1 if place > numbers[-1] else -1
    return 0


def kind(name: Name) -> Kind:
    """Return what names that differ in the values of their indices have in common."""
    return name.base, len(name.sub), len(name.label), name.marks


def spoken(node: Node, rules: list[Rule], indexing: Indexing) -> Node:
    """Return a formula with what the document says of quantities of which there are several kinds by letters.

    Where ``\\delta_{ij}`` is defined, and ``\\delta_{ki}`` otherwise, the letters tell which of them is meant.
    """
    heads = Counter(kind(rule.head) for rule in rules if indexing.letters(rule.head))
    bodies = {rule.head: rule.body for rule in rules if heads[kind(rule.head)] > 1}
    return replaced(node, lambda part: Group(bodies[part]) if isinstance(part, Name) and part in bodies else None)


def _expansions(
    knowledge: Knowledge, indexing: Indexing
) -> tuple[dict[tuple[str, str], tuple[Node, ...]], dict[str, Name]]:
    """Return the formulas for derivatives, by number, and the names in them."""
    found: dict[tuple[str, str], tuple[Node, ...]] = {}
    names: dict[str, Name] = {}
    for (of, by), formulas in knowledge.expansions.items():
        if not {of, by} <= knowledge.names.keys():
            continue  # of a function
        one, other = knowledge.names[of], knowledge.names[by]
        for values in indexing.assignments(indexing.letters(one, other)):
            with suppress(Undecided):
                upper, lower = indexing.expand(one, values), indexing.expand(other, values)
                expanded = (indexing.expand(formula, values) for formula in formulas)
                bodies = tuple(body for body in expanded if not indexing.letters(body))
                names |= {key(part): part for body in bodies for part in walk(body) if isinstance(part, Name)}
                found.setdefault((key(upper), key(lower)), bodies)
    return found, names


def _differentiated(
    knowledge: Knowledge, indexing: Indexing, numbered: Knowledge
) -> tuple[dict[str, dict[str, int]], dict[str, Name]]:
    """Return the pairs that are differentiated, by number, and their names; of one kind those that are not always 0."""
    found: dict[str, dict[str, int]] = {}
    names: dict[str, Name] = {}
    ruled = {kind(numbered.names[name]) for name in numbered.definitions if name in numbered.names}
    for of, by_names in knowledge.differentiated.items():
        for by, count in by_names.items():
            one, other = knowledge.names[of], knowledge.names[by]
            pairs = []
            for upper, lower in _pairs(one, other, indexing):
                if not (isinstance(upper, Name) and isinstance(lower, Name)):
                    continue
                if key(upper) in numbered.definitions or kind(upper) not in ruled:
                    pairs.append((key(upper), key(lower)))
                    names |= {key(upper): upper, key(lower): lower}
            pairs = [pair for pair in pairs if pair[1] in numbered.defined_or_used] or pairs
            reached = [pair for pair in pairs if pair[1] in numbered.needs(pair[0])]
            for above, below in reached or pairs:
                found.setdefault(above, {})[below] = count
    return found, names


def _pairs(one: Name, other: Name, indexing: Indexing) -> Iterator[tuple[Node, Node]]:
    for moved in indexing.shifts(one, other):
        for values in moved.assignments(moved.letters(one, other)):
            yield moved.expand(one, values), moved.expand(other, values)


def conditions(chains: list[Read]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the chains that begin with a condition on indices, such as ``i = j``, with the two."""
    for number, chain in enumerate(chains):
        left, right = chain.members[:2]
        if isinstance(left, Node) and isinstance(right, Node) and is_equality(left, right):
            yield number, (key(left), key(right))


def heads(chains: list[Read]) -> set[str]:
    """Return the bases of the names that some chain begins with: they are computed, not chosen."""
    heads = (chain.members[0] for chain in chains)
    return {head.base for head in heads if isinstance(head, Name)}

"""Nets without layer labels: which layer each index letter stands for, where definitions lead from layer to layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..formulas import Derivative, Name, Node, Number, Summation, key, walk
from .families import Rule, Survey, Value
from .indices import is_letter, is_place, letters, letters_of, names_with_bound, slots, step
from .unit_letters import units_of

WIDTHS = (2, 3)  # of the layers in turn
FEWEST_LAYERS = 2  # of weights
INPUTS = 1  # layers before all those that have letters, so that none of these is that of the inputs
Marked = tuple[str, tuple[str, ...]]  # the base of a name and its marks
APART = 10  # units of different layers have different tens


@dataclass(frozen=True, slots=True)
class Layers:
    r"""The layer that each letter stands for.

    Attributes:
        of: the layer of a letter; the inputs are layer 0. Of one after the last are letters such as the k of
            ``\sum_k \delta_k w_{kj}``, where the outputs are called j as well: what is said with it is of other layers.
        last: the layer of the outputs.
        things: the only units of the last layer, where the document names them.
        ways: for each kind of weights, which of its two indices is of the unit that a connection comes from.
    """

    of: Mapping[str, int]
    last: int
    things: tuple[Name, ...] = ()
    ways: Mapping[str, int] = field(default_factory=dict)

    def connected(self, node: Summation, values: Mapping[str, Value]) -> tuple[Value, ...]:
        r"""Return what a sum runs over by the weights in it, whatever its letter stands for elsewhere; else nothing.

        In ``\sum_k w_{jk} o_k`` that is the layer before that of j.
        """
        assert node.index is not None
        for name in (part for part in walk(node.body) if isinstance(part, Name)):
            ends = list(map(key, name.sub))
            if name.base in self.ways and len(ends) == 2 and key(node.index) in ends:
                own = ends.index(key(node.index))
                other = values.get(ends[1 - own])
                if isinstance(other, int) and ends[0] != ends[1]:
                    return self.units(other // APART + (-1 if own == self.ways[name.base] else 1))
        return ()

    def units(self, layer: int) -> tuple[Value, ...]:
        """Return the units of a layer; none where there is no such layer."""
        if layer == self.last and self.things:
            return self.things
        width = WIDTHS[layer % len(WIDTHS)]
        return tuple(APART * layer + place for place in range(1, width + 1)) if 0 <= layer <= self.last else ()

    def of_index(self, index: Node) -> int | None:
        """Return the layer of an index: a letter, or a letter with a place."""
        if is_place(index) and isinstance(index, Name):
            return self.of.get(index.base)
        return self.of.get(key(index))


def layers(found: Survey) -> Layers | None:
    """Return the layers of a document whose definitions lead from unit to unit; nothing where there is no such net.

    In ``z_q = \\sum_p w_{pq} o_p, o_q = f(z_q)`` the units p are in the layer before q.
    """
    bodies: dict[Marked, list[Node]] = {}
    for rule in found.rules:
        bodies.setdefault(_marked(rule.head), []).append(rule.body)
    uses = {base: _used(own) for base, own in bodies.items()}
    net = {base for base, marks in uses if (base, marks) in _reached((base, marks), uses)}
    of_base = {base: [body for head, own in bodies.items() if head[0] == base for body in own] for base in net}
    ways = _ways({base for base in net if not _is_backward(base, of_base[base], uses)}, found)
    units = _units(ways, found, uses)
    if not ways or _numbered(units, found) or units_of(found.names):
        return None
    parts, votes = _Parts(), Counter(_pairs(ways, found))
    outputs = _outputs(found, {letter for pair in votes for letter in pair})
    for before, after in sorted(votes, key=lambda pair: (-votes[pair], pair[0] in outputs)):
        parts.join(before, after)
    outputs &= parts.offsets.keys()
    for letter in _letters_in(units, found):
        parts.offsets.setdefault(letter, (letter, 0))
    return replace(parts.placed(outputs, _things(outputs, found)), ways=ways)


def _marked(name: Name) -> Marked:
    return name.base, name.marks


def _used(bodies: list[Node]) -> set[Marked]:
    """Return the bases on which quantities with some definitions depend, at no other layer or time that is printed."""
    names = (part for body in bodies for part in walk(body) if isinstance(part, Name))
    return {
        _marked(name) for name in names if (name.sub or name.label) and not any(step(index) for _, index in slots(name))
    }


def _reached(base: Marked, uses: Mapping[Marked, set[Marked]]) -> set[Marked]:
    found: set[Marked] = set()
    stack = list(uses.get(base, ()))
    while stack:
        other = stack.pop()
        if other not in found:
            found.add(other)
            stack.extend(uses.get(other, ()))
    return found


def _is_backward(base: str, bodies: list[Node], uses: Mapping[Marked, set[Marked]]) -> bool:
    """Whether quantities are computed from the outputs: errors, which depend on one another or are derivatives."""
    derived = any(isinstance(part, Derivative) for body in bodies for part in walk(body))
    return base == "\\delta" or derived or ((base, ()) in uses.get((base, ()), ()) and len(bodies) > 1)


def _ways(net: set[str], found: Survey) -> dict[str, int]:
    """Return for each kind of weights in which of its two indices the unit stands that a connection comes from."""
    votes: dict[str, Counter[int]] = {}
    for rule in found.rules:
        own = letters_of([rule.head])
        for name, bound in names_with_bound(rule.body) if rule.head.base in net and len(own) == 1 else ():
            ends = [letters(index) for index in name.sub] if len(name.sub) == 2 and not name.label else []
            for place, (one, other) in enumerate((ends, ends[::-1]) if ends else ()):
                if len(one) == len(other) == 1 and one[0] in bound and other[0] in own:
                    votes.setdefault(name.base, Counter())[place] += 1
    return {base: count.most_common(1)[0][0] for base, count in votes.items()}


def _units(ways: Mapping[str, int], found: Survey, uses: Mapping[Marked, set[Marked]]) -> set[str]:
    """Return the bases of what such weights make of one another: the nets and outputs of units."""
    heads = {_marked(rule.head) for rule in found.rules if any(name.base in ways for name in _names(rule.body))}
    reached = {head: _reached(head, uses) for head in uses}
    return {base for head in heads for base, marks in reached[head] if head in reached.get((base, marks), ())}


def _pairs(ways: Mapping[str, int], found: Survey) -> Iterator[tuple[str, str]]:
    """Yield the letters of two layers, one right before the other, for every weight that is printed."""
    for name in found.names:
        if name.base in ways and len(name.sub) == 2 and not name.label:
            before, after = name.sub if ways[name.base] == 0 else name.sub[::-1]
            one, other = _root(before), _root(after)
            if one and other and one != other:
                yield one, other


def _root(index: Node) -> str:
    if isinstance(index, Name) and is_place(index):
        return index.base
    return key(index) if is_letter(index) else ""


def _numbered(net: set[str], found: Survey) -> bool:
    """Whether some units have numbers of their own, so that letters do not stand for whole layers."""
    named = (index for slot, indices in found.slots.items() if slot[0] in net for index in indices)
    return any(isinstance(index, Number) for index in named)


def _outputs(found: Survey, letters: Collection[str]) -> set[str]:
    """Return the letters of what the loss is computed from, which has none of the letters of units itself."""
    ends = [rule for rule in found.rules if letters_of([rule.head]).isdisjoint(letters)]
    return {letter for rule in ends for letter in letters_of(_names(rule.body))}


def _things(outputs: set[str], found: Survey) -> tuple[Name, ...]:
    ends = [rule for rule in found.rules if not letters_of([rule.head])]
    lone = {letter for rule in ends for letter in outputs if not _is_bound(letter, rule)}
    return tuple(Name(letter) for letter in sorted(lone & outputs - found.bound))


def _is_bound(letter: str, rule: Rule) -> bool:
    return any(letter in bound for _, bound in names_with_bound(rule.body))


def _letters_in(net: set[str], found: Survey) -> set[str]:
    indices = (index for slot, found_here in found.slots.items() if slot[0] in net for index in found_here)
    return {root for index in indices if (root := _root(index))}


def _names(node: Node) -> Iterable[Name]:
    return (part for part in walk(node) if isinstance(part, Name))


class _Parts:
    """Letters whose layers are known relative to one another."""

    def __init__(self) -> None:
        self.offsets: dict[str, tuple[str, int]] = {}  # which group, and how far after its first letter

    def join(self, before: str, after: str) -> None:
        """Note that one letter stands for the layer right before that of another, unless that contradicts others."""
        first, at = self.offsets.setdefault(before, (before, 0))
        second, there = self.offsets.setdefault(after, (after, 0))
        if first != second:
            moved = at + 1 - there
            self.offsets |= {
                letter: (first, offset + moved) for letter, (group, offset) in self.offsets.items() if group == second
            }

    def placed(self, outputs: set[str], things: tuple[Name, ...]) -> Layers:
        """Return the layers: groups with outputs end at the last, others begin at the inputs."""
        groups: dict[str, dict[str, int]] = {}
        for letter, (group, offset) in self.offsets.items():
            groups.setdefault(group, {})[letter] = offset
        pinned = {
            group: max(found[letter] for letter in outputs & found.keys())
            for group, found in groups.items()
            if outputs & found.keys()
        }
        last = FEWEST_LAYERS
        for group, found in groups.items():
            span = pinned[group] if group in pinned else max(found.values()) + bool(pinned)
            last = max(last, INPUTS + span - min(found.values()))
        of: dict[str, int] = {}
        for group, found in groups.items():
            begin = last - pinned[group] if group in pinned else INPUTS - min(found.values())
            of |= {letter: offset + begin for letter, offset in found.items()}
        return Layers({letter: layer for letter, layer in of.items() if 0 <= layer <= last + 1}, last, things)

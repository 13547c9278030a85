"""Derivatives with something held fixed, as people mean them who list the paths of a chain rule one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from ..formulas import Apply, Derivative, Name, Node, Number, Power, key, walk, without_groups
from .knowledge import Knowledge, names_in
from .looks import KNOWN


@dataclass(frozen=True, slots=True)
class Held:
    """What stays as it is while a quantity is differentiated.

    In ``dL/dx = dL/dv dv/dx + dL/dm dm/dx`` the m does not change within ``dv/dx``: it has a path of its own.

    Attributes:
        names: the quantities that have a path of their own; each is held fixed in the derivatives of the others.
        direct: only in derivatives by what stands in the definition of the quantity itself.
        state: in the derivative of a step by one part of the step before, the other parts of that step; in that of what
            nothing defines as well, where it is also differentiated by that part of the step after, one of the names.
        written: only in derivatives of formulas that are written out, in which they stand beside what is varied.
        curly: in derivatives with a curly d, all else in the definition; those with an upright one are total.
    """

    names: frozenset[str] = frozenset()
    direct: bool = False
    state: bool = False
    written: bool = False
    curly: bool = False

    def beside(self, of: Node, by: Name, knowledge: Knowledge, *, upright: bool) -> frozenset[str]:
        """Return what is held fixed in one derivative: of all that lies between, what has a path of its own."""
        if self.curly:
            return frozenset() if upright else _defining(of, knowledge) - {key(by)}
        listed = knowledge.arguments.get(key(of), frozenset()) if isinstance(of, Name) else frozenset()
        if key(by) in listed:
            return listed - {key(by)}
        if self.state:
            after = (knowledge.names[name] for name in sorted(self.names) if key(by) in knowledge.needs(name))
            whole = next((name for name in after if _is_step(name, by)), of) if self.names else of
            return _state_beside(whole, by, knowledge)
        if self.written:
            beside = names_in(of) & self.names if differentiated(of) is None and key(by) in names_in(of) else ()
            return frozenset(name for name in beside if key(by) in knowledge.needs(name))
        own = names_in(of) & self.names
        if not own or (self.direct and not _stands_in(by, of, knowledge)):
            return frozenset()
        between = (self.names - own - {key(by)}) & knowledge.reach(of)
        return frozenset(name for name in between if key(by) in knowledge.needs(name))


def _defining(of: Node, knowledge: Knowledge) -> frozenset[str]:
    """Return what stands in the definition of a quantity and has one itself."""
    own = differentiated(of)
    body = knowledge.definitions.get(key(own)) if own is not None else of
    return frozenset(names_in(body) & knowledge.definitions.keys()) if body is not None else frozenset()


NOTHING_HELD = Held()


def held(left: Node, right: Node, knowledge: Knowledge) -> Iterator[Held]:
    """Yield what a link may hold fixed: what stands between in its own paths, what has some, the state of a step."""
    if _writes_both(left, right):
        yield Held(curly=True)
    pairs = [pair for side in (left, right) for pair in _derivatives(side)]
    inner = frozenset(of for of, _ in pairs) & {by for _, by in pairs}
    if len(inner) > 1:
        yield Held(inner)
    listed = _listed(knowledge)
    if len(listed) > 1 and not listed.isdisjoint(of for of, _ in pairs):
        yield Held(listed, direct=True)
    between = knowledge.differentiated.keys() & _union(knowledge.differentiated.values())
    if any(
        differentiated(part.of) is None for side in (left, right) for part in walk(side) if isinstance(part, Derivative)
    ):
        yield Held(frozenset(between), written=True)
    names = knowledge.names
    onward = frozenset(_onward(pairs, knowledge))
    if onward or any(of in names and by in names and _is_step(names[of], names[by]) for of, by in pairs):
        yield Held(onward, state=True)


def _onward(pairs: list[tuple[str, str]], knowledge: Knowledge) -> Iterator[str]:
    """Yield by what a quantity that nothing defines is differentiated, and by the same of the step before as well."""
    by_step = [(of, knowledge.names[by]) for of, by in pairs if of in knowledge.generic and by in knowledge.names]
    for (one, after), (other, before) in product(by_step, repeat=2):
        if one == other and _is_step(after, before) and key(before) in knowledge.needs(key(after)):
            yield key(after)


def _writes_both(left: Node, right: Node) -> bool:
    """Whether a link has a derivative with an upright d beside the same one with a curly d, as its first path."""
    slopes = {part for side in (left, right) for part in walk(side) if isinstance(part, Derivative)}
    return any(slope.upright and replace(slope, upright=False) in slopes for slope in slopes)


def _is_step(of: Node, by: Name) -> bool:
    """Whether a quantity is differentiated by itself at another step."""
    return isinstance(of, Name) and of.base == by.base and (of.sub, of.label) != (by.sub, by.label)


def _state_beside(of: Node, by: Name, knowledge: Knowledge) -> frozenset[str]:
    """Return the other quantities of a step through which it goes on, as the ``h_{t-1}`` beside a ``c_{t-1}``."""
    if not _is_step(of, by):
        return frozenset()
    between = knowledge.reach(of) & knowledge.names.keys() - {key(by)}
    same = (name for name in between if (knowledge.names[name].sub, knowledge.names[name].label) == (by.sub, by.label))
    return frozenset(name for name in same if key(by) in knowledge.needs(name))


def arguments_beside(node: Derivative, by: Name, knowledge: Knowledge) -> frozenset[str]:
    """Return the other arguments of a function in its partial derivative: with ``f(x, y)`` y."""
    quantity = differentiated(node.of)
    known = knowledge.functions.get(key(quantity)) if quantity is not None and not node.upright else None
    own = frozenset(known.parameters) if known is not None and key(by) in known.parameters else frozenset[str]()
    return frozenset(name for name in own - {key(by)} if name in knowledge.names and key(by) in knowledge.needs(name))


def differentiated(node: Node) -> Name | None:
    """Return the quantity itself where it is printed with its arguments or as a square, such as a variance."""
    bare = without_groups(node)
    if isinstance(bare, Apply) and not bare.primes:
        return None if key(bare.function) in KNOWN else bare.function
    if isinstance(bare, Power) and isinstance(bare.base, Name) and bare.exponent == Number("2"):
        return bare.base
    return bare if isinstance(bare, Name) else None


def _derivatives(side: Node) -> Iterator[tuple[str, str]]:
    for part in walk(side):
        if isinstance(part, Derivative):
            of, by = differentiated(part.of), differentiated(part.by)
            if of is not None and by is not None:
                yield key(of), key(by)


def _listed(knowledge: Knowledge) -> frozenset[str]:
    """Return by what the outermost quantities are differentiated, such as a loss."""
    inner = _union(knowledge.differentiated.values())
    return frozenset(_union(found for name, found in knowledge.differentiated.items() if name not in inner))


def _union(found: Iterable[Iterable[str]]) -> set[str]:
    return {name for names in found for name in names}


def _stands_in(by: Name, of: Node, knowledge: Knowledge) -> bool:
    quantity = differentiated(of)
    definition = knowledge.definitions.get(key(quantity)) if quantity is not None else None
    return definition is not None and key(by) in names_in(definition)

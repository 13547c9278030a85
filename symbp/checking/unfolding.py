"""Links whose sides are the same formula once a name is written out, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..formulas import Name, Node, key, walk
from .families import Rule
from .indexed import Indexed
from .parts import replaced
from .places import same


def same_unfolded(left: Node, right: Node, indexed: Indexed) -> str:
    """Return the same by what a document defines, but for what it defines with another index than its own."""
    known, mended = indexed.judge.knowledge, indexed.mended
    named = {name: body for name, body in known.definitions.items() if name in known.names}
    sure = {name: body for name, body in named.items() if known.names[name].base not in mended}
    return unfolded(left, right, sure, [rule for rule in indexed.rules if rule.head.base not in mended])


def unfolded(left: Node, right: Node, definitions: Mapping[str, Node], rules: Iterable[Rule]) -> str:
    """Return the name within a formula that is written out on the other side, where these differ in nothing else.

    >>> from symbp.formulas import read
    >>> sides = read("a * dL/dz"), read("a * d")
    >>> unfolded(*sides, {"d": read("dL/dz")}, ()), unfolded(*sides, {"d": read("dL/dy")}, ())
    ('d', '')
    """
    for one, other in ((left, right), (right, left)):
        for name in dict.fromkeys(part for part in walk(one) if isinstance(part, Name) and part != one):
            for body in _bodies(name, definitions, rules):
                if same(replaced(one, lambda part, name=name, body=body: body if part == name else None), other):  # type: ignore[misc]
                    return key(name)
    return ""


def _bodies(name: Name, definitions: Mapping[str, Node], rules: Iterable[Rule]) -> Iterator[Node]:
    if key(name) in definitions:
        yield definitions[key(name)]
    yield from (body for rule in rules if (body := rule.of(name)) is not None)

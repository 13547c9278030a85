"""Letters that name one thing and run over nothing: the layer l of a unit ``h_l``, the o of ``Z_o`` beside ``Z_h``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..formulas import Name, Node, Number, Product, Transpose, key, walk, without_groups
from .indices import is_letter, is_place, letters, step

if TYPE_CHECKING:
    from .families import Rule, Survey

COUNTING = frozenset("ijklmnpqrst") | {"\\ell"}  # letters that count things by custom


def naming(found: Survey) -> set[str]:
    """Return the letters that name one thing: they stand under no sum, and nothing counts them."""
    places = {index.base for index in found.indices if isinstance(index, Name) and is_place(index)}
    sizes = places | {name.base for node in found.sums for name in _names(node.high)}
    labels = {letter for slot, own in found.slots.items() if slot[1] == "^" for i in own for letter in letters(i)}
    counted = {
        letter
        for slot, own in found.slots.items()
        if slot[0] not in sizes
        for index in own
        if step(index)
        for letter in letters(index)
    }
    named = set(_layers(found)) - labels | set(_rivals(found.rules)) | _kinds(found)
    return named - found.bound - counted - (sizes - places)


def _kinds(found: Survey) -> set[str]:
    """Return the letters that stand nowhere but before a number, as o and h in ``out_{o1} = f(w out_{h1})``."""
    numbered: set[str] = set()
    plain: set[str] = set()
    for indices in (own for name in found.names for own in (name.sub, name.label)):
        for place, index in enumerate(indices):
            followed = isinstance(index, Name) and place + 1 < len(indices) and isinstance(indices[place + 1], Number)
            (numbered if followed and is_letter(index) else plain).update(letters(index))
    return numbered - plain


def of_entries(found: Survey) -> set[str]:
    """Return the letters of the entries of arrays that are multiplied: j of ``w_j`` and ``x_j`` beside ``w^T x``.

    And of those of matrices that are defined as a whole, as of ``S_{ij}`` beside ``S = Q K^T``.
    """
    entries: dict[str, set[str]] = {}
    for name in found.names:
        if name.sub and not name.label and not name.marks and all(map(is_letter, name.sub)):
            entries.setdefault(name.base, set()).update(map(key, name.sub))
    pairs = ((entries.get(a.base, set()), entries.get(b.base, set())) for a, b in multiplied(found.rules))
    wholes = {(rule.head.base, rule.head.marks) for rule in found.rules if not (rule.head.sub or rule.head.label)}
    matrices = (name for name in found.names if len(name.sub) == len("ij") and all(map(is_letter, name.sub)))
    own = {key(i) for name in matrices if (name.base, name.marks) in wholes and not name.label for i in name.sub}
    return own | {letter for one, other in pairs if one & other for letter in one | other}


def multiplied(rules: Iterable[Rule]) -> Iterator[tuple[Name, Name]]:
    """Yield the names without an index that definitions multiply as matrices are, perhaps transposed."""
    for product in (part for rule in rules for part in walk(rule.body) if isinstance(part, Product)):
        for one, sign, other in zip(product.factors, product.signs, product.factors[1:], strict=False):
            pair = [without_groups(side.body if isinstance(side, Transpose) else side) for side in (one, other)]
            a, b = pair
            if sign != "@" and isinstance(a, Name) and isinstance(b, Name) and not (a.sub or b.sub):
                yield a, b


def _names(node: Node | None) -> list[Name]:
    return [part for part in walk(node) if isinstance(part, Name)] if node is not None else []


def _layers(found: Survey) -> Iterator[str]:
    """Yield the letters of the layers of units, such as the l of ``h_l``."""
    for index in found.indices:
        if isinstance(index, Name) and is_place(index) and is_letter(index.sub[0]):
            yield key(index.sub[0])


def _rivals(rules: list[Rule]) -> Iterator[str]:
    """Yield the letters in the heads of definitions that would be two definitions of one thing if they were any."""
    heads: dict[tuple[object, ...], set[str]] = {}
    for rule in rules:
        name = rule.head
        if len(name.sub) == 1 and is_letter(name.sub[0]) and key(name.sub[0]) not in COUNTING and not name.label:
            heads.setdefault((name.base, name.marks), set()).add(letters(name.sub[0])[0])
    for own in heads.values():
        if len(own) > 1:
            yield from own

"""Definitions of one layer that contradict what the document says of all layers."""

from __future__ import annotations

from collections.abc import Iterator

from ..formulas import Apply, Call, Name, Node, bases_in, key, latex, names_in, without_groups
from .aligning import align
from .families import Rule
from .indexed import Indexed
from .indices import is_letter, slots
from .judgement import Judgement
from .limits import Undecided
from .parts import counted


def broken_law(left: Node, right: Node, indexed: Indexed) -> tuple[Node, Node, Judgement] | None:
    """Return where the input of a layer is used for its output, what belongs there, and the verdict.

    Where ``z^{(k)} = W^{(k)} n^{(k-1)}`` and ``n^{(k)} = f(z^{(k)})``, ``z^{(2)} = W^{(2)} z^{(1)}`` contradicts both.
    """
    for law, values in _laws(left, indexed):
        try:
            general = indexed.indexing.expand(law.body, values)
        except Undecided:
            continue
        for name, node in align(without_groups(general), without_groups(right)):
            base = law.head.base
            if key(name) not in names_in(node) and bases_in(node) == {base} and base in _fed(name, indexed):
                text = f"it contradicts {latex(law.head)} = {latex(law.body)}, which is said of all of them"
                return node, name, Judgement("refuted", text)
    return None


def _laws(left: Node, indexed: Indexed) -> Iterator[tuple[Rule, dict[str, int]]]:
    """Yield the definitions with a letter where a name has a number, and the number for each letter."""
    laws = indexed.laws.get(left.base, ()) if isinstance(left, Name) else ()
    if not laws or not isinstance(left, Name) or indexed.indexing.letters(left):
        return
    places = dict(slots(left))
    numbers = {slot: counted(index) for slot, index in places.items()}
    for rule in laws:
        own = dict(slots(rule.head))
        if own.keys() != places.keys() or rule.head.marks != left.marks:
            continue
        open_ = {key(index): numbers[slot] for slot, index in own.items() if is_letter(index)}
        fixed = all(is_letter(index) or index == places[slot] for slot, index in own.items())
        if open_ and fixed and None not in open_.values():
            yield rule, {letter: number for letter, number in open_.items() if number is not None}


def _fed(name: Name, indexed: Indexed) -> set[str]:
    """Return the bases of what the outputs of a kind are functions of."""
    found: set[str] = set()
    for rule in indexed.rules:
        body = without_groups(rule.body)
        kin = rule.head.base == name.base and len(rule.head.label) == len(name.label)
        if kin and isinstance(body, Apply | Call) and not getattr(body, "primes", False):
            found |= bases_in(body.arguments[0])
    return found - {name.base}

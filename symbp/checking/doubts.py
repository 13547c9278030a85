"""Why a link with index letters whose sides differ may be right all the same: it may mean other things by its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from ..formulas import Apply, Derivative, Name, Node, Number, Summation, bases_in, key, walk
from .again import SCALES
from .indexing import Assignment, Indexing
from .indices import is_letter, letters, letters_of, names_with_bound, slots, step
from .instances import kind
from .knowledge import Knowledge, Read, names_in
from .known import Context
from .limits import Undecided
from .parts import without_arguments
from .slips import making

TASTE = SCALES | {"wrong index", "lost transpose"}


@dataclass(frozen=True, eq=False)
class Doubts:
    """What leaves a link open whose sides differ.

    Attributes:
        knowledge: what the document says.
        numbered: the same of every numbered quantity.
        indexing: what its letters run over.
        mended: for a name whose definition has another letter than its head, that letter.
        chains: the document.
    """

    knowledge: Knowledge
    numbered: Knowledge
    indexing: Indexing
    mended: Mapping[str, str]
    chains: Sequence[Read]

    def about(self, left: Node, right: Node, values: Assignment, number: int = -1) -> str:
        """Return why a link that differs is open, which stands in a chain; nothing where it is refuted."""
        if whole := self._wholes(left, right):
            return f"{', '.join(sorted(whole))} stands for all its parts at once"
        if short := self._short(left, right) or self._short(right, left):
            return f"for which index {short} stands is not said"
        if entry := self._entry(left, right):
            return f"{entry[0]} may be an entry of {entry[1]}"
        if letter := self._idle(left) or self._idle(right):
            return f"a sum over {letter} of what has no index"
        if chosen := self._chosen(left, right, values):
            return f"which of its kind {chosen} is, is not said"
        if multiple := self._multiple(left, right, values):
            return f"which entry {multiple} is, is not clear"
        if self._rival(left, right) and not self._is_said_wrong(left, right, number):
            return f"{key(left)} is defined anew from place to place"
        if mended := self._mended(left, right):
            return f"the definition of {mended} has another index on its right side"
        if free := self._free(left, right):
            return f"for which index {free} stands is not said"
        if applied := self._applied(left, right):
            return f"{applied} is printed with arguments, so what it is of them is not known"
        return ""

    def _wholes(self, left: Node, right: Node) -> set[str]:
        """Return the names without an index of which parts with an index letter occur: vectors, not numbers."""
        knowledge = self.knowledge
        indexed = {node.base for node in knowledge.names.values() if node.sub and self.indexing.letters(node)}
        one, other = (without_arguments(side, knowledge) for side in (left, right))
        behind = knowledge.reach(one) | knowledge.reach(other)
        found = behind & indexed & knowledge.names.keys() - knowledge.defined
        formulas = knowledge.behind(one, other) if found else []
        counts = {name for name in found if _is_count(name, formulas)}
        return {name for name in found - counts if not self._is_array_of_numbers(name)}

    def _entry(self, *sides: Node) -> tuple[str, str] | None:
        """Return an undefined name with an index, and an array with a label that is differentiated by: its entry?"""
        parts = [part for side in sides for part in walk(side)]
        arrays = [part.by for part in parts if isinstance(part, Derivative) and isinstance(part.by, Name)]
        arrays = [array for array in arrays if array.label and not array.sub]
        names = (part for part in parts if isinstance(part, Name) and part.sub and not part.label)
        free = (name for name in names if key(name) not in self.knowledge.defined)
        pairs = ((name, array) for name in free for array in arrays if name.base == array.base)
        return next(((key(name), key(array)) for name, array in pairs if name.marks == array.marks), None)

    def _is_array_of_numbers(self, name: str) -> bool:
        """Whether a name is an array, and what has an index beside it its entries."""
        names = self.numbered.names.items()
        parts = [other for other, node in names if node.sub and key(replace(node, sub=())) == name]
        inferred = self.numbered.inferred
        return name in self.numbered.shapes and all(inferred.get(part, (1, 1)) == (1, 1) for part in parts)

    def _short(self, one: Node, other: Node) -> str:
        """Return a free name that stands behind one side only, where the other has it with a label: ``x_i^m``."""
        free, labelled = (
            {
                name
                for name in map(self.knowledge.names.get, self.knowledge.reach(side) - self.knowledge.defined)
                if name
            }
            for side in (one, other)
        )
        others = {(name.base, name.marks, len(name.sub)) for name in labelled - free if name.label and name.sub}
        plain = (name for name in free - labelled if not name.label)
        return next((key(name) for name in plain if (name.base, name.marks, len(name.sub)) in others), "")

    def _idle(self, side: Node) -> str:
        """Return the letter of a sum in which no name has an index letter: arrays may be meant, entry by entry."""
        sums = (part for part in walk(side) if isinstance(part, Summation) and part.index is not None)
        idle = (part for part in sums if names_in(part.body) and not self.indexing.letters(part.body))
        return next((key(part.index) for part in idle if part.index is not None), "")

    def _chosen(self, left: Node, right: Node, values: Assignment) -> str:
        """Return a quantity behind a link that is some one of several, such as the z of the right class."""
        names = self.numbered.names
        sides = (self._put(side, values) for side in (left, right))
        behind = frozenset[str]().union(*map(self.numbered.reach, sides)) & names.keys()
        found = [names[name] for name in sorted(behind)]
        kinds = {kind(name) for name in found if any(isinstance(index, Number) for _, index in slots(name))}
        marked = (name for name in found if kind(name) in kinds)
        single = (n for n in marked if any(isinstance(i, Name) and (i.sub or i.label) for _, i in slots(n)))
        return next(map(key, single), "")

    def _put(self, side: Node, values: Assignment) -> Node:
        with suppress(Undecided):
            return self.indexing.expand(side, values)
        return side

    def _multiple(self, left: Node, right: Node, values: Assignment) -> str:
        """Return a name such as ``x_{2i}``, which may be the 2i-th entry, where x never has two other indices."""
        names = [name for name in self.knowledge.names.values() if name.sub and not name.label]
        found = {name.base: name for name in names if _is_multiple(name)}
        single = {name.base for name in names if len(name.sub) == 1 or (_is_multiple(name) and step(name.sub[1]))}
        others = {name.base for name in names if len(name.sub) > 1 and not _is_multiple(name)}
        behind = (name for side in (left, right) for name in self.numbered.reach(self._put(side, values)))
        bases = {self.numbered.names[name].base for name in behind if name in self.numbered.names}
        return next((key(found[base]) for base in sorted(bases & found.keys()) if base in single - others), "")

    def _rival(self, left: Node, right: Node) -> bool:
        """Whether a link is another definition, by no derivative, of what the document defines by none."""
        known = self.knowledge.definitions.get(key(left)) if isinstance(left, Name) else None
        rivals = self.knowledge.others.get(key(left), ()) if known is not None else ()
        said = [part for node in (right, known) if node is not None for part in walk(node)]
        errors = any(
            isinstance(part, Derivative) or (isinstance(part, Name) and part.base == "\\delta") for part in said
        )
        return right in rivals and not errors and not any(isinstance(part, Apply) and part.primes for part in said)

    def _is_said_wrong(self, left: Node, right: Node, number: int) -> bool:
        """Whether a line says with a slip in it what is said before or after it, rather than something else.

        What it lacks is of use further on, and it has nothing of its own; 1/2 or a mean may be a matter of taste.
        """
        known = self.knowledge.definitions[key(left)]
        if self.knowledge.sources.get(key(left), (number, 0))[0] == number or not bases_in(right) <= bases_in(known):
            return False
        later = bases_in(*(node for chain in self.chains[number + 1 :] for node in chain.nodes))
        slip = making(known, right, Context(self.knowledge, formulas=(known,)))
        return slip is not None and slip.name not in TASTE and bases_in(known) - bases_in(right) <= later

    def _mended(self, left: Node, right: Node) -> str:
        """Return a quantity in whose definition another letter was taken for its own, where both stand in a link.

        Only where that matters: in a derivative, or beside what it is defined by.
        """
        parts = [part for side in (left, right) for part in walk(side)]
        names = [part for part in parts if isinstance(part, Name)]
        found = next((name.base for name in names if self.mended.get(name.base, "") in letters_of(names)), "")
        heads = (name for name in self.knowledge.definitions if name.partition("_")[0] == found)
        behind = {name.partition("_")[0] for head in heads for name in names_in(self.knowledge.definitions[head])}
        beside = any(name.sub and name.base in behind for name in names)
        return found if beside or any(isinstance(part, Derivative) for part in parts) else ""

    def meant(self, left: Node, right: Node) -> Node | None:
        """Return a derivative of what its definition calls ``p_j`` and the other side of a link ``p_i``, as that."""
        of = left.of if isinstance(left, Derivative) else None
        foreign = self.mended.get(of.base, "") if isinstance(of, Name) else ""
        names = [part for part in walk(right) if isinstance(part, Name)]
        if not isinstance(left, Derivative) or not isinstance(of, Name) or foreign not in letters_of(names):
            return None
        return replace(left, of=replace(of, sub=tuple(Name(foreign) if is_letter(i) else i for i in of.sub)))

    def _free(self, left: Node, right: Node) -> str:
        """Return what a loss is of, with a letter for one layer above it, where what is of another layer is varied."""
        for part in (part for side in (left, right) for part in walk(side)):
            if isinstance(part, Derivative) and isinstance(part.of, Name) and isinstance(part.by, Name):
                definition = self.knowledge.definitions.get(key(part.of), Number("0"))
                for name, bound in names_with_bound(definition):
                    lone = {key(index) for index in name.label if key(index).islower()} - bound - letters_of([part.of])
                    if kind(name) == kind(part.by) and name.label != part.by.label and lone & letters_of([name]):
                        return key(name)
        return ""

    def _applied(self, left: Node, right: Node) -> str:
        """Return a quantity that is applied to indexed arguments, as a loss to the output of one sample."""
        parts = (part for side in (left, right) for part in walk(side) if isinstance(part, Apply))
        quantities = self.knowledge.quantities
        found = (part for part in parts if key(part.function) in quantities and self.indexing.letters(*part.arguments))
        return next((key(part.function) for part in found), "")


def _is_multiple(name: Name) -> bool:
    first, *others = name.sub
    return isinstance(first, Number) and first.text not in ("0", "1") and len(others) == 1 and bool(letters(others[0]))


def _is_count(name: str, formulas: list[Node]) -> bool:
    """Whether a name is a letter that a sum runs over, and stands nowhere as a quantity."""
    around = [bound for formula in formulas for part, bound in names_with_bound(formula) if key(part) == name]
    return bool(around) and all(name in bound for bound in around)

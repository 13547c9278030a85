"""The indices of names: in which slot of which name they stand, which letters they have, and by how much these step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..formulas import Name, Negative, Node, Sum, Summation, children, key, map_children
from .looks import UPRIGHT
from .parts import counted

Slot = tuple[str, str, int, int]  # the base of a name, below or above, which of its indices, of how many


def slots(name: Name) -> Iterator[tuple[Slot, Node]]:
    """Yield every index of a name with the slot that it stands in.

    >>> from symbp.formulas import read
    >>> [slot for slot, index in slots(read("w^{(2)}_{jk}"))]
    [('w', '_', 0, 2), ('w', '_', 1, 2), ('w', '^', 0, 1)]
    """
    for kind, indices in (("_", name.sub), ("^", name.label)):
        for place, index in enumerate(indices):
            yield (name.base, kind, place, len(indices)), index


def is_letter(index: Node) -> bool:
    """Whether an index is a single letter, such as j or k'."""
    if not isinstance(index, Name) or index.sub or index.label or UPRIGHT in index.marks:
        return False
    return index.base == "\\ell" or len(index.base.lstrip("\\")) == 1


def of_any(name: Name) -> Name | None:
    """Return a name without its indices where these are letters, so that it is of any; else nothing."""
    return replace(name, sub=()) if name.sub and all(map(is_letter, name.sub)) else None


def without_index(node: Node, *letters: Node) -> Node:
    """Return a formula whose names do not have some letters among their indices.

    >>> from symbp.formulas import latex, read
    >>> latex(without_index(read(r"\\delta_{x j} a_{x k}"), read("x")))
    '\\\\delta_j a_k'
    """
    node = map_children(node, lambda part: without_index(part, *letters))
    if not isinstance(node, Name):
        return node
    sub, label = (tuple(index for index in own if index not in letters) for own in (node.sub, node.label))
    return node if (sub, label) == (node.sub, node.label) else replace(node, sub=sub, label=label)


def is_equality(left: Node, right: Node) -> bool:
    """Whether both sides are single letters: a condition such as ``i = j`` and no definition."""
    return is_letter(left) and is_letter(right)


def is_size(index: Node) -> bool:
    """Whether an index may be how many there are: a letter such as n, or one with a note, such as ``n_l``."""
    return is_letter(index) or (isinstance(index, Name) and bool(index.sub or index.label))


def size_key(name: Name) -> str:
    """Return one text for a size however it was typeset: ``d_{out}^{[L]}``, ``d_{out}[L]`` and ``d^{(L)}_{out}`` agree.

    >>> size_key(Name("d", (Name("out"),), (Name("L"),)))
    'd L out'
    """
    return " ".join([name.base, *sorted(key(index) for index in (*name.sub, *name.label))])


def is_place(index: Node) -> bool:
    """Whether an index is a letter with a place, such as the u_t of ``w_{u_t v}``: the t-th unit of its layer."""
    return isinstance(index, Name) and bool(index.sub) and is_letter(Name(index.base)) and not index.label


def letters(index: Node) -> list[str]:
    """Return the letters of an index: those of its terms, where it is a sum."""
    terms = index.terms if isinstance(index, Sum) else (index,)
    plain = (term.body if isinstance(term, Negative) else term for term in terms)
    return [key(term) for term in plain if is_letter(term)]


def step(index: Node) -> int | None:
    """Return by how much an index with one letter goes beyond it; nothing where it is no letter with a number.

    >>> from symbp.formulas import read
    >>> [step(index) for _, index in slots(read("a^{l-1}_{i+j}"))]
    [None, -1]
    """
    terms = index.terms if isinstance(index, Sum) else (index,)
    numbers = [counted(term) for term in terms if not is_letter(term)]
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) == len(terms) - 1 else None


def names_with_bound(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[tuple[Name, frozenset[str]]]:
    """Yield every name in a formula with the letters that sums bind around it."""
    if isinstance(node, Name):
        yield node, bound
        return
    if isinstance(node, Summation) and node.index is not None:
        bound |= {key(node.index)}
    for child in children(node):
        yield from names_with_bound(child, bound)


def letters_of(names: Iterable[Name]) -> set[str]:
    """Return the letters in the indices of some names."""
    return {letter for name in names for _, index in slots(name) for letter in letters(index)}


def is_renaming(left: Node, right: Node) -> bool:
    """Whether a link only says that one index stands for another, as ``z_k = z_{n_L}``."""
    if not isinstance(left, Name) or not isinstance(right, Name) or left == right:
        return False
    alike = (left.base, left.marks, len(left.sub), len(left.label)) == (
        right.base,
        right.marks,
        len(right.sub),
        len(right.label),
    )
    return alike and bool(letters_of([left])) and letters_of([left]).isdisjoint(letters_of([right]))

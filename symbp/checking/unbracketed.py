"""Labels without their brackets: ``b^{k+1}`` beside ``b^{(k)}``, and ``W^3`` beside ``W^{(3)}``."""

from __future__ import annotations

from dataclasses import replace

from ..formulas import Name, Negative, Node, Number, Power, Sum, walk
from .knowledge import Read
from .parts import replaced


def with_labels(chains: list[Read]) -> list[Read]:
    """Return chains with the labels of names in brackets.

    A letter that is counted above a name is one where the name has that letter in brackets elsewhere; so is a zero, and
    another number where a whole definition is of the name with it.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> read = read_chains(chains("$$z^{(k)} = b^{(k)}$$ $$z^{(k+1)} = b^{k+1}$$"), Roles())
    >>> latex(with_labels(read)[1].members[1])
    'b^{(k+1)}'
    """
    parts = (part for chain in chains for node in chain.nodes for part in walk(node))
    labelled = {(part.base, part.label[0]) for part in parts if isinstance(part, Name) and len(part.label) == 1}
    return [_labelled(chain, labelled) for chain in chains] if labelled else chains


def _labelled(chain: Read, labelled: set[tuple[str, Node]]) -> Read:
    def label(part: Node) -> Node | None:
        return _with_label(part, labelled) if _letter(part) is not None or _is_first(part) else None

    found = chain.changed(lambda node: replaced(node, label))
    head = found.members[0]
    if not isinstance(head, Power) or not isinstance(head.exponent, Number):
        return found
    return replace(found, members=(_with_label(head, labelled) or head, *found.members[1:]))


def _is_first(part: Node) -> bool:
    """Whether the number above a name is zero, which no exponent is."""
    return isinstance(part, Power) and part.exponent == Number("0")


def _letter(part: Node) -> Node | None:
    """Return the letter that is counted in an exponent, as the k of ``k + 1``."""
    if not isinstance(part, Power) or not isinstance(part.exponent, Sum) or len(part.exponent.terms) != 2:
        return None
    letter, step = part.exponent.terms
    counted = isinstance(step.body if isinstance(step, Negative) else step, Number)
    return letter if isinstance(letter, Name) and counted else None


def _with_label(part: Node, labelled: set[tuple[str, Node]]) -> Node | None:
    if not isinstance(part, Power) or not isinstance(part.base, Name) or part.base.label or part.base.marks:
        return None
    known = (part.base.base, _letter(part) or part.exponent) in labelled
    return replace(part.base, label=(part.exponent,), span=part.span) if known else None

r"""Special cases of targets of which ``\sum_i q_i = 1`` is said, as ``q_i = (1 - \epsilon) y_i + \epsilon / K``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formulas import Name, Node, Number, Summation, walk
from .indices import letters_of
from .instances import Kind, kind
from .knowledge import NOWHERE, Knowledge, Place, Read, links


def without_special_cases(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    """Return what a document says without such definitions: what stands before them holds for any targets.

    They are of free quantities alone, come after the sum, and something is said of the targets between the two.
    """
    if not knowledge.definitions:
        return knowledge
    sums = dict(_sums(chains))
    special = {name for name in knowledge.definitions if _is_special(name, sums, knowledge, chains)}
    definitions = {name: body for name, body in knowledge.definitions.items() if name not in special}
    return replace(knowledge, definitions=definitions) if special else knowledge


def _sums(chains: list[Read]) -> Iterator[tuple[Kind, Place]]:
    """Yield the kinds of names that are said to add up to one, and where."""
    for place, left, right in links(chains):
        if isinstance(left, Summation) and right == Number("1") and left.index is not None:
            body = left.body
            if isinstance(body, Name) and left.index in body.sub:
                yield kind(body), place


def _is_special(name: str, sums: dict[Kind, Place], knowledge: Knowledge, chains: list[Read]) -> bool:
    head = knowledge.names.get(name)
    if head is None or kind(head) not in sums or not letters_of([head]):
        return False
    said, defined = sums[kind(head)][0], knowledge.sources.get(name, NOWHERE)[0]
    by = {other for found in knowledge.differentiated.values() for other in found}
    if knowledge.needs(name) & (knowledge.defined | by):
        return False
    return any(_speaks_of(node, head) for chain in chains[said + 1 : defined] for node in chain.nodes)


def _speaks_of(node: Node, head: Name) -> bool:
    return any(isinstance(part, Name) and kind(part) == kind(head) for part in walk(node))

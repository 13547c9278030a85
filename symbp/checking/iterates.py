r"""Values after a step, to which a text gives a number: ``p = \sigma(2)`` after ``w_1 = 1``, where p was that of w."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..documents import Chain
from ..formulas import Name, Node, Number, key
from .judging import Judge
from .knowledge import Knowledge, Read, lone_number
from .parts import is_of_numbers


def next_value(left: Node, right: Node, known: Knowledge, chain: Chain, chains: list[Read]) -> str:
    r"""Return the iterate for which a link with numbers holds that does not for the given value; empty if none is.

    Of ``w`` that is the last ``w_n`` with a number before the link, where nothing is defined by any ``w_n``.

    >>> from symbp import check
    >>> report = check(text=r"$q = 3 w + 1$. At $w = 2$ it is $q = 7$. A step gives $w_1 = 1$. Now $q = 3 + 1 = 4$.")
    >>> [link.verdict for link in report.equations[-1].links]
    ['holds', 'proved']
    """
    before = [read for read in chains if read.chain.start < chain.start]
    if not isinstance(left, Name) or not is_of_numbers(right, known) or key(left) not in known.definitions:
        return ""
    for name in sorted(known.reach(left) & known.givens.keys() & known.names.keys()):
        if (found := _last(known.names[name], known, before)) is None:
            continue
        iterate, value = found
        definitions = {other: node for other, node in known.definitions.items() if other != name}
        judge = Judge(replace(known, definitions=definitions, givens={**known.givens, name: value}))
        if judge.link(left, right).passes:
            return f"{name} = {key(iterate)}"
    return ""


def _last(name: Name, known: Knowledge, chains: list[Read]) -> tuple[Name, Node] | None:
    """Return the last iterate of a quantity with its number."""
    if name.sub or name.label or any(_is_iterate(known.names[other], name) for other in _behind(known)):
        return None
    for chain in reversed(chains):
        head, last = chain.members[0], chain.members[-1]
        if isinstance(head, Name) and isinstance(last, Node) and _is_iterate(head, name) and lone_number(last):
            return head, last
    return None


def _behind(known: Knowledge) -> Iterator[str]:
    """Yield the names that stand in definitions of other kinds than their own."""
    for name, formula in known.definitions.items():
        base = known.names[name].base if name in known.names else name
        found = known.reach(formula) & known.names.keys()
        yield from (other for other in found if known.names[other].base != base)


def _is_iterate(name: Name, of: Name) -> bool:
    numbered = len(name.sub) == 1 and isinstance(name.sub[0], Number)
    return numbered and replace(name, sub=()) == of

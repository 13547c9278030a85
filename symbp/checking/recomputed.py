"""Names of which two lines work out different numbers, as ``w_2`` once with one optimiser and once with another."""

from __future__ import annotations

from ..formulas import Node
from .judging import Judge
from .knowledge import Knowledge, Read, is_closed, lone_number

_WITH_RESULT = 3  # members of a chain that has a formula and its result


def has_other_results(chains: list[Read]) -> bool:
    r"""Whether chains work their formulas out, and not all of them come to the same result.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles
    >>> text = "$u = a - c = 3 - 1 = 2$, $u = a - v = 3 - 2 = 1$, $u = a - v = 3 - 2 = 2$"
    >>> first, second, third = read_chains(chains(text), Roles())
    >>> has_other_results([first, second]), has_other_results([first, third])
    (True, False)
    """
    results = [*map(_result, chains)]
    return None not in results and len({*results}) > 1


def _result(chain: Read) -> Node | None:
    """Return the number to which a chain comes; nothing where that does not follow from the numbers before it."""
    before, last = chain.members[-2:]
    if len(chain.members) < _WITH_RESULT or not isinstance(before, Node) or not isinstance(last, Node):
        return None
    follows = not is_closed(before) or Judge(Knowledge()).link(before, last).passes
    return last if lone_number(last) is not None and follows else None

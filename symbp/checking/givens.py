"""Given numbers: for which names a document has one, and whether a link puts them in."""

from collections import Counter

from ..formulas import Name, Node, Number, key, walk
from .knowledge import Knowledge, lone_number, names_in


def given_elsewhere(name: str, knowledge: Knowledge) -> bool:
    """Whether a document gives a number for all of a kind, as for ``f_t``, of which a name is one, as ``f_3``."""
    node = knowledge.names.get(name)
    if node is None or name in knowledge.defined:
        return False
    kinds = (knowledge.names[given] for given in knowledge.givens if given in knowledge.names)
    return any(
        kind.base == node.base and kind != node and any(isinstance(index, Name) for index in (*kind.label, *kind.sub))
        for kind in kinds
    )


def puts_givens_in(left: Node, right: Node, knowledge: Knowledge) -> bool:
    """Whether all given numbers in a formula, or in the definition of a name, stand on the other side of a link."""
    formula = knowledge.definitions.get(key(left), left) if isinstance(left, Name) else left
    behind = names_in(formula) & knowledge.givens.keys() - names_in(right)
    given = Counter(number.text for name in behind if (number := lone_number(knowledge.givens[name])))
    printed = Counter(part.text for part in walk(right) if isinstance(part, Number))
    return bool(behind) and given.total() == len(behind) and not given - printed


def numbers_behind(left: Node, right: Node, knowledge: Knowledge) -> bool:
    """Whether something behind a link has a given value, and all that has is a number."""
    behind = (knowledge.reach(left) | knowledge.reach(right)) & knowledge.givens.keys()
    return bool(behind) and all(lone_number(knowledge.givens[name]) is not None for name in behind)

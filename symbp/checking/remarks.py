"""What stands in a document beside its definitions: conditions, words for quantities, functions without arguments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..formulas import Apply, Name, Node, ReadError, Sum, Summation, key, walk, without_groups
from .indices import is_equality
from .knowledge import Read, is_closed, lone_number, names_in
from .parts import stripped

SHORTEST_WORD = 5  # letters of what is no name
_STEPS = frozenset({"\\eta", "\\alpha", "eta", "alpha", "lr", "learning_rate"})  # rates by which parameters step
_GENERAL = frozenset("fghuF")  # letters of functions of which a document may say nothing else


def says_equal(chain: Read) -> bool:
    """Whether a chain says of two letters that they are equal: a condition, where they are the indices of others."""
    left, right = stripped(chain)[:2]
    return left is not None and right is not None and is_equality(left, right) and not chain.members[2:]


def whole_names(chain: Read) -> Iterator[Name]:
    """Yield the names of a chain that are no indices."""
    return (part for node in chain.nodes for part in walk(node) if isinstance(part, Name))


def varies(body: Node) -> tuple[str, ...]:
    """Return the one name in the formula of a function that is printed without its argument; else nothing."""
    found = tuple(names_in(body) - {"e"})
    return found if len(found) == 1 else ()


def described(chains: list[tuple[int, Read]]) -> set[str]:
    """Return the words that only say what a quantity is, as in ``x = input``: they stand nowhere but at an end."""
    ends = {key(last) for _, chain in chains if isinstance(last := chain.members[-1], Name) and not last.sub}
    inner = {key(part) for _, chain in chains for part in whole_names(chain) if part is not chain.members[-1]}
    return {word for word in ends - inner if len(word) >= SHORTEST_WORD and word.isalpha()}


def is_step(node: Node) -> bool:
    """Whether a formula is a step from a printed number, as ``2 - alpha * 0.3``, to a new value of a parameter."""
    rule = without_groups(node)
    names = names_in(rule) if isinstance(rule, Sum) and is_closed(rule.terms[0]) else frozenset()
    return bool(names) and names <= _STEPS


def is_word(node: Node) -> bool:
    """Whether a formula is a single word such as ``input``."""
    return isinstance(node, Name) and not node.sub and len(node.base) >= SHORTEST_WORD and node.base.isalpha()


def is_composition(node: Node) -> bool:
    """Whether a formula only says that functions are applied one to another's result, as ``f(g(x))``."""
    bare = without_groups(node)
    applied = isinstance(bare, Apply) and bare.function.base in _GENERAL and len(bare.arguments) == 1
    inner = without_groups(bare.arguments[0]) if isinstance(bare, Apply) and applied else None
    return isinstance(inner, Apply) and inner.function.base in _GENERAL and bool(inner.arguments)


def instead(members: list[Node]) -> list[Node]:
    r"""Return what stands behind a sum that does not say over what, as ``\sum (t - o)^2 = E_1 + E_2``."""
    vague = any(isinstance(part, Summation) and part.index is None for part in walk(members[0]))
    return [member for member in members[1:2] if vague and not is_closed(member)]


def of_one_value(members: Sequence[Node | ReadError]) -> list[Name]:
    """Return the names that have one number for their value, as in ``a = b = 0.5``, which makes neither the other."""
    *others, last = members
    names = [other for other in others if isinstance(other, Name)]
    valued = isinstance(last, Node) and lone_number(last) is not None
    return names if valued and len(names) == len(others) > 1 else []

"""Small questions to a formula, and replacements in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Group,
    Name,
    Negative,
    Node,
    Number,
    ReadError,
    Sum,
    has_part,
    key,
    map_children,
    names_in,
    walk,
    without_groups,
)
from .knowledge import CONSTANTS, Knowledge, Read
from .limits import MOST_EXPONENT, Undecided


def indexed(node: Node, values: Mapping[Node, Node]) -> Node:
    """Return a formula with index letters replaced, in the indices and labels of its names and as factors."""
    return _reckoned(replaced(node, lambda part: values.get(part) if isinstance(part, Name) else None))


def _reckoned(node: Node) -> Node:
    """Return a formula in which the numbers of every index are added up: ``h_{3 - 1}`` is ``h_2``."""
    node = map_children(node, _reckoned)
    if not isinstance(node, Name) or not (node.sub or node.label):
        return node
    return replace(node, sub=tuple(map(_added, node.sub)), label=tuple(map(_added, node.label)))


def _added(index: Node) -> Node:
    if not isinstance(index, Sum):
        return index
    terms = [part for term in index.terms for part in (term.terms if isinstance(term, Sum) else (term,))]
    numbers = {place: value for place, term in enumerate(terms) if (value := counted(term)) is not None}
    if len(numbers) < 2:
        return index
    total, rest = sum(numbers.values()), [term for place, term in enumerate(terms) if place not in numbers]
    number: Node = Number(str(total)) if total >= 0 else Negative(Number(str(-total)))
    added = (*rest, number) if total or not rest else tuple(rest)
    return Sum(added) if len(added) > 1 else added[0]


def bare(node: Node) -> Node:
    """Return a formula without the brackets around it."""
    return bare(node.body) if isinstance(node, Group) else node


def quantity(node: Node, knowledge: Knowledge) -> Node:
    """Return the quantity itself where it is printed with what it depends on, as in ``J(W, b)``."""
    inner = bare(node)
    return inner.function if isinstance(inner, Apply) and is_quantity(inner, knowledge) else inner


def is_quantity(node: Apply, knowledge: Knowledge) -> bool:
    """Whether a function is a quantity, printed with names on which it depends."""
    name = key(node.function)
    known, own = knowledge.functions.get(name), knowledge.definitions.get(name)
    if node.primes or known is None or own is None:
        return not node.primes and name in knowledge.quantities
    if own == known.body:
        return len(node.arguments) != len(known.parameters)
    names = tuple(key(part) for part in node.arguments if isinstance(part, Name))
    return len(names) == len(node.arguments) and names != known.parameters


def without_arguments(node: Node, knowledge: Knowledge) -> Node:
    """Return a formula in which quantities stand without what is printed after them."""
    if not has_part(node, Apply):
        return node
    if isinstance(node, Apply) and is_quantity(node, knowledge):
        return node.function
    return map_children(node, lambda part: without_arguments(part, knowledge))


def whole(node: Node) -> int | None:
    """Return a printed whole number; nothing for any other formula.

    Raises:
        Undecided: it is beyond the limit.
    """
    if isinstance(node, Negative):
        below = whole(node.body)
        return None if below is None else -below
    if isinstance(node, Group):
        return whole(node.body)
    if isinstance(node, Number) and node.text.isdigit():
        if len(node.text) > len(str(MOST_EXPONENT)) or int(node.text) > MOST_EXPONENT:
            raise Undecided(f"{node.text} as an exponent or bound is beyond the limit of {MOST_EXPONENT}")
        return int(node.text)
    return None


def replaced(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """Return a formula with every part replaced for which ``change`` gives another."""
    changed = change(node)
    return changed if changed is not None else map_children(node, lambda part: replaced(part, change))


def is_of_numbers(node: Node, knowledge: Knowledge) -> bool:
    r"""Whether a formula has numbers only, perhaps in functions of which letters stand, as ``\sigma(7)``."""
    functions = {key(part.function) for part in walk(node) if isinstance(part, Apply)}
    if not functions:
        return names_in(node) <= CONSTANTS and not has_part(node, Derivative)
    behind = knowledge.reach(node) if names_in(node) <= CONSTANTS | functions else {""}
    return behind <= CONSTANTS | functions and not has_part(node, Derivative)


def counted(node: Node) -> int | None:
    """Return the whole number that a sum of printed whole numbers makes; nothing for any other formula."""
    if isinstance(node, Number):
        return int(node.text) if node.text.isdigit() and len(node.text) < 6 else None
    if isinstance(node, Negative):
        value = counted(node.body)
        return None if value is None else -value
    if isinstance(node, Sum):
        values = [counted(term) for term in node.terms]
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None
    if isinstance(node, Call) and node.function in ("max", "min"):
        ends = [counted(argument) for argument in node.arguments]
        whole = [end for end in ends if end is not None]
        return (max if node.function == "max" else min)(whole) if whole and len(whole) == len(ends) else None
    return None


def stripped(chain: Read) -> list[Node | None]:
    """Return the members of a chain without printed brackets; unread ones as nothing."""
    return [None if isinstance(member, ReadError) else without_groups(member) for member in chain.members]


def is_short(knowledge: Knowledge, *sides: Node | ReadError) -> bool:
    """Whether a name without its index stands for one that has it, as authors write for short."""
    names = knowledge.names.values()
    free = [
        part
        for side in sides
        if isinstance(side, Node)
        for part in walk(side)
        if isinstance(part, Name) and not part.sub and key(part) not in knowledge.defined
    ]
    return any(other.sub and replace(other, sub=()) == name for name in free for other in names)


def is_shorter(name: str, others: Iterable[str], names: Mapping[str, Name]) -> bool:
    """Whether a name has fewer indices or labels than another with its letter, for which it may be short."""
    own = names.get(name)
    alike = (names[other] for other in others if own is not None and other in names and names[other].base == own.base)
    return own is not None and any(len(other.sub) + len(other.label) > len(own.sub) + len(own.label) for other in alike)

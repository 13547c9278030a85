"""Results of printed numbers of which none is rounded: they are the exact value of what stands before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ..formulas import Name, Node, Number, ReadError, key
from .judgement import Judgement
from .judging import Judge
from .knowledge import Knowledge, Read, is_closed, lone_number
from .looks import decimals_in
from .putting import belonging

FEW_DIGITS = 2  # of a number that is taken as it stands where nothing is computed from which it may be rounded

Linked = Callable[[Node, Node], Judgement]


def of_exact_numbers(left: Node, right: Node, read: Read, judge: Judge, link: Linked) -> Judgement | None:
    """Return the verdict on a result of numbers where these are the exact value of a formula before them in the chain.

    Nothing where they may be rounded.
    """
    before = _formulas(left, right, read.members)
    if not before or not _has_short_values(before[-1], judge.knowledge) or link(before[-1], left).verdict != "proved":
        return None
    return _exactly(left, right, judge)


def exact_numbers(chains: Iterable[Read], judge: Judge) -> frozenset[str]:
    """Return the decimals of a document that are no rounding: short given ones, and what comes exactly of them."""
    known = judge.knowledge
    exact, rounded = set(known.exact), set[str]()
    for left, right in (pair for chain in chains for pair in pairwise(chain.members)):
        if not isinstance(left, Node) or not isinstance(right, Node) or not is_closed(right):
            continue
        short = exact.issuperset(decimals_in(left)) if is_closed(left) else _has_short_values(left, known)
        if short and judge.identical(left, right):
            exact.update(decimals_in(right))
        elif is_closed(left) and lone_number(right) is not None:
            rounded.update(decimals_in(right))
    return frozenset(exact - rounded - known.doubtful)


def of_exact_results(left: Node, right: Node, exact: frozenset[str], judge: Judge) -> Judgement | None:
    """Return the verdict on a result of numbers that are no rounding; nothing where they may be one."""
    if lone_number(right) is None or lone_number(left) is not None or not is_closed(left):
        return None
    return _exactly(left, right, judge) if exact.issuperset(decimals_in(left)) else None


def of_givens_put_in(left: Node, right: Node, read: Read, judge: Judge) -> Judgement | None:
    """Return the verdict where numbers that may be rounded are put in for given ones with the same digits."""
    named, numbers = (_last_formula(left, read.members), left) if is_closed(left) else (left, right)
    if named is None or not is_closed(numbers):
        return None
    givens = judge.knowledge.givens
    own = {key(name): number for name, number in belonging(named, numbers).values() if isinstance(name, Name)}
    texts = {number.text for name in own.keys() & givens.keys() if (number := _same(givens[name], own[name]))}
    sure = texts & judge.knowledge.doubtful
    return Judge(replace(judge.knowledge, doubtful=judge.knowledge.doubtful - sure)).link(left, right) if sure else None


def _same(given: Node, put: Node) -> Number | None:
    one, other = lone_number(given), lone_number(put)
    return one if one is not None and other is not None and one.text == other.text else None


def _last_formula(member: Node, members: Sequence[Node | ReadError]) -> Node | None:
    """Return the last formula with names before a member of a chain."""
    before = members[: members.index(member)] if member in members else ()
    return next((one for one in reversed(before) if isinstance(one, Node) and not is_closed(one)), None)


def of_numbers_alone(left: Node, right: Node, chains: Iterable[Read], judge: Judge) -> Judgement | None:
    """Return the verdict on a result of short numbers in a document that computes none of them; nothing elsewhere."""
    known = judge.knowledge
    if known.definitions or known.functions or known.printed or not is_closed(left):
        return None
    results = {number.text for chain in chains for node in chain.nodes if (number := lone_number(node)) is not None}
    numbers = decimals_in(left)
    if any(len(text.replace(".", "").strip("0")) > FEW_DIGITS or text in results for text in numbers):
        return None
    return _exactly(left, right, judge)


def _formulas(left: Node, right: Node, members: Sequence[Node | ReadError]) -> list[Node]:
    """Return the formulas with names before the numbers of which a lone one is the result."""
    if lone_number(right) is None or lone_number(left) is not None or not is_closed(left):
        return []
    before = members[: members.index(left)] if left in members else ()
    return [member for member in before if isinstance(member, Node) and not is_closed(member)]


def _has_short_values(formula: Node, knowledge: Knowledge) -> bool:
    """Whether the given numbers behind a formula have so few digits that they are exact."""
    givens = (knowledge.givens[name] for name in knowledge.reach(formula) & knowledge.givens.keys())
    return all(text in knowledge.exact for given in givens for text in decimals_in(given))


def _exactly(left: Node, right: Node, judge: Judge) -> Judgement:
    known = replace(judge.knowledge, computed=judge.knowledge.computed | {*decimals_in(left)}, doubtful=frozenset())
    return Judge(known).link(left, right)

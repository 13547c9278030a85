"""Which of several formulas for one name a document means: the one that fits the rest, or each from its place on."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Name,
    Negative,
    Node,
    Power,
    ReadError,
    Sum,
    Summation,
    has_part,
    key,
    latex,
    walk,
)
from .collecting import Collector
from .fields import LAST_SMALL, Balls
from .indices import letters_of, names_with_bound
from .judging import Judge
from .knowledge import Knowledge, Place, Read, links, names_in
from .limits import Undecided
from .looks import KNOWN
from .places import bare
from .work import Work, size

MOST_RIVALS = 8  # of the formulas for one name
MOST_WORK = 200_000  # for weighing all of them
ANEW = 2  # refuted links that a further definition has to explain, before it is taken for one and not for a slip


def fitting(knowledge: Knowledge, collector: Collector, chains: list[Read]) -> Knowledge:
    """Where formulas for one name contradict one another, take the one with which the fewest links are refuted.

    Where even fewer are when every formula holds from its place on, the name is defined anew from place to place.
    """
    work, whole = Work(MOST_WORK), document_size(knowledge, chains)
    common = _counts(chains)
    for name, found in collector.candidates.items():
        if name not in knowledge.definitions or len(found) < 2 or work.is_over:
            continue
        rivals = _rivals(knowledge, name, found)
        if len(rivals) < 2 or is_slope(knowledge, name, found):
            continue
        work.spend(len(rivals) * whole)
        struck = [_struck(rival, name, chains) for rival in rivals]
        fuller = [any(_says_more(rival, other, name, chains) for other in rivals) for rival in rivals]
        foreign = [sum(common[used] < 2 for used in names_in(rival.definitions[name])) for rival in rivals]
        foreign = [0 if full else count for full, count in zip(fuller, foreign, strict=True)]
        odd = [has_foreign_index(name, rival) for rival in rivals]
        best = min(range(len(rivals)), key=lambda n: (odd[n], len(struck[n]), foreign[n], not fuller[n]))
        knowledge = rivals[best]
        outright = [which for which, rival in enumerate(rivals) if rival.sources[name][1] == 0]
        if len(outright) > 1:
            starts = [rivals[which].sources[name][0] for which in outright]
            cost = ANEW * (len(outright) - 1) + _in_turn([struck[which] for which in outright], starts)
            if cost < len(struck[best]):
                knowledge = replace(knowledge, several=knowledge.several | {name})
    return knowledge


def standard(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    """Take a known function for what it is where the formula that a document has for it was damaged.

    So if with that formula more than one link is refuted that is not refuted with the function as everybody knows it.
    """
    for name in knowledge.functions.keys() & KNOWN.keys():
        functions = {other: body for other, body in knowledge.functions.items() if other != name}
        sources = {other: place for other, place in knowledge.sources.items() if other != f"{name}()"}
        plain = replace(knowledge, functions=functions, sources=sources)
        parameter = Name(knowledge.functions[name].parameters[0])
        head = Apply(knowledge.names.get(name, Name(name)), (parameter,))
        if Judge(plain).link(head, knowledge.functions[name].body).verdict != "refuted":
            continue
        own, other = (sum(_refuted(known, name, chains)) for known in (knowledge, plain))
        knowledge = plain if own - other >= ANEW else knowledge
    return knowledge


def _refuted(knowledge: Knowledge, function: str, chains: list[Read]) -> Iterator[bool]:
    """Yield for the links in which a function is applied whether they are refuted."""
    judge = Judge(knowledge)
    for place, left, right in links(chains):
        parts = (part for side in (left, right) for part in walk(side))
        applied = any(isinstance(part, Apply) and key(part.function) == function for part in parts)
        if applied and place != knowledge.sources.get(f"{function}()"):
            yield judge.link(left, right).verdict == "refuted"


def finest(knowledge: Knowledge, collector: Collector) -> Knowledge:
    """Of formulas that say the same of a name, take the one with the most steps: ``h = f(z)`` beside ``h = f(w x)``."""
    for name, found in collector.candidates.items():
        if name not in knowledge.definitions or len(found) < 2:
            continue
        for formula, _ in found[:MOST_RIVALS]:
            steps = knowledge.reach(formula)
            if name not in steps and steps > knowledge.reach(knowledge.definitions[name]):
                with suppress(Undecided):
                    if Judge(knowledge).identical(knowledge.definitions[name], formula):
                        knowledge = replace(knowledge, definitions={**knowledge.definitions, name: formula})
    return knowledge


def has_foreign_index(name: str, knowledge: Knowledge) -> bool:
    """Whether a definition of what has letters for indices has another one, over which it does not sum."""
    head = knowledge.names.get(name)
    own = letters_of([head]) if head is not None and head.sub else set()
    formula = knowledge.definitions[name]
    ends = {part.high for part in walk(formula) if isinstance(part, Summation)}
    used = [(part, bound) for part, bound in names_with_bound(formula) if part not in ends]
    return bool(own) and any(letters_of([replace(part, label=())]) - bound - own for part, bound in used)


def document_size(knowledge: Knowledge, chains: list[Read]) -> int:
    """Return how many parts the formulas of a document have, and its definitions once more."""
    members = (node for chain in chains for node in chain.nodes)
    return size(*members, *knowledge.definitions.values())


def _counts(chains: list[Read]) -> Counter[str]:
    """Return in how many chains each name stands."""
    count: Counter[str] = Counter()
    for chain in chains:
        count.update(set().union(*(names_in(m) for m in chain.members if not isinstance(m, ReadError))))
    return count


def _rivals(knowledge: Knowledge, name: str, found: list[tuple[Node, Place]]) -> list[Knowledge]:
    """Return what the document says with each of the formulas, in their order; equal ones once."""
    judge = Judge(knowledge)
    own = knowledge.definitions[name]
    rivals = [
        replace(
            knowledge,
            definitions={**knowledge.definitions, name: formula},
            sources={**knowledge.sources, name: place},
        )
        for formula, place in {latex(formula): (formula, place) for formula, place in reversed(found)}.values()
        if formula is not own and not judge.identical(own, formula) and has_value(knowledge, formula)
    ]
    return [knowledge, *sorted(rivals, key=lambda rival: rival.sources[name])[:MOST_RIVALS]]


def is_slope(knowledge: Knowledge, name: str, found: list[tuple[Node, Place]]) -> bool:
    """Whether what a name with letters means is said by a derivative: ``\\delta^l = \\partial C / \\partial z^l``.

    What is said of it further on is judged for numbered quantities, and does not define it.
    """
    own, known = knowledge.definitions[name], knowledge.definitions.keys()
    if not isinstance(own, Derivative) or not isinstance(own.of, Name) or not isinstance(own.by, Name):
        return False
    if any(isinstance(formula, Negative) for formula, _ in found):
        return False  # the sign is in doubt
    return {key(own.of), key(own.by)} <= known and bool(letters_of([own.by]) - letters_of([own.of]))


def _struck(knowledge: Knowledge, name: str, chains: list[Read]) -> list[int]:
    """Return the chains of the refuted links that depend on a name, each as often as it has such links."""
    judge = Judge(knowledge)
    return [
        place[0]
        for place, left, right in links(chains)
        if place != knowledge.sources.get(name)
        and name in knowledge.reach(left) | knowledge.reach(right)
        and (judge.link(left, right).verdict == "refuted" or _is_more(knowledge, name, (place, left, right), chains))
    ]


def _is_more(knowledge: Knowledge, name: str, link: tuple[Place, Node, Node], chains: list[Read]) -> bool:
    """Whether a link says the same as a definition behind it, with more terms."""
    place, left, right = link
    again = place[1] == 0 and isinstance(left, Name) and key(left) == name
    return (
        again and is_fuller(right, knowledge.definitions[name]) and _is_before(place, knowledge.sources[name], chains)
    )


def _is_before(place: Place, other: Place, chains: list[Read]) -> bool:
    """Whether a link stands before another in the same section."""
    return place < other and chains[place[0]].chain.section == chains[other[0]].chain.section


def _says_more(rival: Knowledge, other: Knowledge, name: str, chains: list[Read]) -> bool:
    """Whether a definition has more terms than one of the same that stands behind it."""
    fuller = is_fuller(rival.definitions[name], other.definitions[name])
    return fuller and _is_before(rival.sources[name], other.sources[name], chains)


def is_fuller(formula: Node, other: Node) -> bool:
    """Whether a sum has all the terms of another formula, and more; they are quantities and products of such.

    >>> from symbp.formulas import read
    >>> is_fuller(read("w x + b"), read("w x")), is_fuller(read("w x + b"), read("w x + c"))
    (True, False)
    """
    whole, part = (bare(side) for side in (formula, other))
    terms = {*part.terms} if isinstance(part, Sum) else {part}
    return isinstance(whole, Sum) and terms < {*whole.terms} and not has_part(whole, Power, Fraction, Call, Apply)


def _in_turn(struck: list[list[int]], starts: list[int]) -> int:
    """Return how many links are refuted when each formula holds from its place to the next."""
    chosen = [max(0, bisect_right(starts, number) - 1) for numbers in struck for number in numbers]
    owners = [which for which, numbers in enumerate(struck) for _ in numbers]
    return sum(one == other for one, other in zip(chosen, owners, strict=True))


def has_value(knowledge: Knowledge, formula: Node) -> bool:
    """Whether a formula can be evaluated at a random point."""
    for point in (0, LAST_SMALL + 1):
        with suppress(Undecided):
            Judge(knowledge).value(formula, Balls(knowledge, point))
            return True
    return False

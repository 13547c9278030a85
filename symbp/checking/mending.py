"""Finds the definition or given value that is itself the mistake, when the links that follow from it are refuted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from ..formulas import Apply, Call, Name, Node, key, latex, walk
from ..formulas.tree import Span
from .collecting import Collector
from .fields import Balls
from .judgement import Judgement
from .judging import Judge
from .kinks import has_kink
from .knowledge import NOWHERE, Knowledge, Place, Read, is_closed, links, lone_number
from .known import Context, as_printed, is_sibling
from .needed import Needed, Sight
from .parts import replaced
from .places import places
from .putting import belonging
from .rivals import document_size
from .slips import SLIPS
from .work import Work, size

MOST_WORK = 30_000  # for finding one slip
NEAR = 3  # chains after a definition, in which its numbers may be put in
CIRCULAR = ("is defined by itself", "a derivative within a derivative")  # what is said of a name behind itself
FEWEST = 2  # refuted links that depend on a name, before its definition is doubted


def mended(knowledge: Knowledge, collector: Collector, chains: list[Read]) -> Knowledge:
    """Return what a document means: a slip in a definition or given value is undone where that makes the rest hold."""
    for name, formula in _put_otherwise(knowledge, chains):
        meant, nowhere = {**knowledge.definitions, name: formula}, {**knowledge.sources, name: NOWHERE}
        knowledge = replace(knowledge, definitions=meant, sources=nowhere)
    refuted, held = _refuted(knowledge, chains)
    if len(refuted) < FEWEST:
        return knowledge
    work, whole = Work(MOST_WORK), document_size(knowledge, chains)
    values, formulas = _other_values(knowledge, collector, refuted), _other_formulas(knowledge, chains, refuted, work)
    for rival, name in chain(values, formulas):
        work.spend(whole)
        own = knowledge.sources[name][0]  # the chain that shows the slip is wrong either way
        outside = [link for link in refuted if link[0][0] != own]
        if _fewer(_again(rival, outside), outside) and _fewer(_struck(rival, chains, own, held), outside):
            return replace(rival, sources={**rival.sources, name: NOWHERE})
        if work.is_over:
            break
    return knowledge


def _put_otherwise(knowledge: Knowledge, chains: list[Read]) -> Iterator[tuple[str, Node]]:
    """Yield the definitions in which one quantity stands twice where the numbers put in are of it and another unit."""
    for name, (number, place) in knowledge.sources.items():
        formula = knowledge.definitions.get(name)
        count = Counter(key(part) for part in walk(formula) if isinstance(part, Name)) if formula is not None else {}
        numbers = _numbers_of(name, number, place, chains) if any(often > 1 for often in count.values()) else None
        if formula is None or numbers is None:
            continue
        pairs = [(quantity, n) for quantity, n in belonging(formula, numbers).values() if isinstance(quantity, Name)]
        odd = [(quantity, put) for quantity, put in pairs if not _is_value_of(quantity, put, knowledge)]
        if len(pairs) < 2 or len(odd) != 1 or count[key(odd[0][0])] < 2:
            continue
        wrong, put = odd[0]
        for other in knowledge.names.values():
            if key(other) not in count and is_sibling(other, wrong) and _is_value_of(other, put, knowledge):
                yield name, _with(formula, other, span=wrong.span)
                break


def _numbers_of(name: str, number: int, place: int, chains: list[Read]) -> Node | None:
    """Return the numbers that are put in for a definition: the next member, or a line on the same name further on."""
    own = chains[number].members[place + 2 : place + 3]
    lines = (chain.members for chain in chains[number + 1 : number + 1 + NEAR])
    later = (m[1] for m in lines if isinstance(m[0], Name) and key(m[0]) == name)
    return next((m for m in (*own, *later) if isinstance(m, Node) and is_closed(m)), None)


def _is_value_of(name: Name, put: Node, knowledge: Knowledge) -> bool:
    printed = knowledge.givens.get(key(name)) or knowledge.printed.get(key(name))
    known = None if printed is None else as_printed(name, printed)
    return known is not None and known.is_put(put)


def _with(formula: Node, name: Name, *, span: Span) -> Node:
    return replaced(formula, lambda part: name if isinstance(part, Name) and part.span == span else None)


Link = tuple[Place, Node, Node]
Links = list[Link]


def _fewer(after: Iterable[Link], before: Links) -> bool:
    most = (len(before) + 1) // 2
    return len(list(islice(after, most))) < most


def _again(rival: Knowledge, links: Links) -> Iterator[Link]:
    """Yield the links that do not hold even so."""
    judge = Judge(rival)
    return (link for link in links if not judge.link(link[1], link[2]).passes)


def _refuted(knowledge: Knowledge, chains: list[Read]) -> tuple[Links, set[Place]]:
    """Return the links that are refuted, and the places of those that hold."""
    judge = Judge(knowledge)
    refuted, held = [], set()
    for place, left, right in links(chains):
        if not _is_source(knowledge, left, place):
            found = judge.link(left, right)
            refuted += [(place, left, right)] if _is_wrong(found) else []
            held |= {place} if found.passes else set()
    return refuted, held


def _struck(rival: Knowledge, chains: list[Read], own: int, held: set[Place]) -> Links:
    """Return the links outside of one chain that are refuted, or held before and no longer do."""
    refuted, still = _refuted(rival, chains)
    lost = [link for link in links(chains) if link[0] in held - still - {place for place, _, _ in refuted}]
    return [link for link in (*refuted, *lost) if link[0][0] != own]


def _is_wrong(found: Judgement) -> bool:
    """Whether a link is refuted, or has a name behind it that is defined by itself."""
    circular = any(words in found.reason for words in CIRCULAR)
    return found.verdict == "refuted" or (found.verdict == "undecided" and circular)


def _is_source(knowledge: Knowledge, left: Node, place: Place) -> bool:
    return isinstance(left, Name) and knowledge.sources.get(key(left)) == place


def _other_values(knowledge: Knowledge, collector: Collector, refuted: Links) -> Iterator[tuple[Knowledge, str]]:
    """Yield the knowledge in which a given number is what most lines put in for its name."""
    for name, votes in collector.literals.items():
        given = knowledge.givens.get(name)
        if given is None or lone_number(given) is None:
            continue
        depends = sum(name in knowledge.reach(left) | knowledge.reach(right) for _, left, right in refuted)
        other, count = Counter(latex(vote) for vote in votes).most_common(1)[0]
        if depends >= FEWEST and count >= FEWEST and other != latex(given):
            value = next(vote for vote in votes if latex(vote) == other)
            yield replace(knowledge, givens={**knowledge.givens, name: value}), name


def _other_formulas(
    knowledge: Knowledge, chains: list[Read], refuted: Links, work: Work
) -> Iterator[tuple[Knowledge, str]]:
    """Yield the knowledge in which one slip is undone in a definition that does not go on to its next member.

    A definition that stands alone is doubted where all refuted links follow from it.
    """
    formulas = tuple(node for read in chains for node in read.nodes)
    context = Context(knowledge, formulas=formulas)
    broken = {place for place, _, _ in refuted}
    lone = []
    for name, (number, place) in knowledge.sources.items():
        if name not in knowledge.definitions or place != 0:
            continue
        outside = [(left, right) for (at, _), left, right in refuted if at != number]
        depends = [name in knowledge.reach(left) | knowledge.reach(right) for left, right in outside]
        if not any(depends) or len({at for (at, _), _, _ in refuted}) < FEWEST:
            continue
        following = _going_on(name, number, chains, broken)
        if following is not None:
            yield from _rivals(knowledge, name, context, (knowledge.names[name], following), work)
        elif all(depends) and len(chains[number].members) == 2 and _is_doubtful(knowledge, name, outside):
            lone.append((name, outside[0]))
    for name, sides in sorted(
        lone, key=lambda found: -len(knowledge.needs(found[0]))
    ):  # the last of a computation first
        yield from _rivals(knowledge, name, context, sides, work)


def _is_doubtful(knowledge: Knowledge, name: str, links: list[tuple[Node, Node]]) -> bool:
    """Whether a definition may be what is wrong: not where it only applies a function, nor for what a kink explains."""
    formula = knowledge.definitions[name]
    applied = isinstance(formula, Call) or (isinstance(formula, Apply) and not formula.primes)
    return not applied and not any(has_kink(left, right, knowledge) for left, right in links)


def _rivals(
    knowledge: Knowledge, name: str, context: Context, sides: tuple[Node, Node], work: Work
) -> Iterator[tuple[Knowledge, str]]:
    """Yield the knowledge in which one slip is undone in a definition, where that makes two sides equal."""
    following = sides[1] if sides[0] == knowledge.names[name] else None
    for formula in _undone(knowledge, name, context, following, work):
        rival = replace(knowledge, definitions={**knowledge.definitions, name: formula})
        work.spend(size(*rival.behind(*sides)))
        if name not in rival.needs(name) and Judge(rival).link(*sides).passes:
            yield rival, name


def _going_on(name: str, number: int, chains: list[Read], broken: set[Place]) -> Node | None:
    """Return the refuted member that a definition should equal: the next one, or its numbers further on."""
    if (number, 1) in broken:
        following = chains[number].members[2]
        return following if isinstance(following, Node) else None
    for other, read in enumerate(chains[number + 1 : number + 1 + NEAR], number + 1):
        head, second = read.members[:2]
        if (other, 0) in broken and isinstance(head, Name) and key(head) == name and isinstance(second, Node):
            return second if is_closed(second) else None
    return None


def _undone(knowledge: Knowledge, name: str, context: Context, following: Node | None, work: Work) -> Iterator[Node]:
    """Yield a definition with one slip undone; only what fits the member that should equal it, where there is one."""
    wrong = knowledge.definitions[name]
    needed = None if following is None else _needed(knowledge, following, wrong)
    for slip in SLIPS:
        for part, rebuild in places(wrong):
            for new, _ in slip.undo(part, context):
                if work.is_over:
                    return
                work.spend()
                if needed is None or needed.fits(part, rebuild, new) is not False:
                    yield rebuild(new)


def _needed(knowledge: Knowledge, right: Node, wrong: Node) -> Needed:
    judge, instance = Judge(knowledge), is_closed(right)
    exact = Sight(judge, Balls(knowledge, instance=instance))
    rounded = Sight(judge, Balls(knowledge, instance=True, rounded=True)) if instance else None
    return Needed(right, wrong, exact, rounded)

"""Given values that are the inputs of units where their outputs belong: the activation was forgotten in print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from flint import arb, ctx

from ..formulas import Apply, Call, Name, Negative, Node, Number, key, walk, without_groups
from .agreeing import is_printed
from .arrays import Mismatch
from .fields import Balls
from .judging import Judge
from .knowledge import NOWHERE, Knowledge, Place, Read, links, lone_number
from .limits import PRECISION, Undecided
from .looks import KNOWN
from .parts import replaced
from .repaired import rounded
from .report import PASSING
from .stages import Stages

ACTIVATIONS = ("tanh", "sigmoid")
FEWEST_DIGITS = 4  # of a number that was computed
FEWEST = 2  # refuted links behind which a given value stands, before it is doubted


def activated(stages: Stages, stages_of: Callable[[Knowledge], Stages]) -> Stages:
    """Return what a document means: the output of a unit for its printed input, where all that follows needs that."""
    knowledge, chains = stages.knowledge, stages.chains
    functions = _applied(knowledge, chains)
    for name, given in knowledge.givens.items() if functions else ():
        if name in knowledge.definitions or not _is_computed(given):
            continue
        behind = [link for link in links(chains) if name in knowledge.reach(link[1]) | knowledge.reach(link[2])]
        behind = [link for link in behind if link[0] != knowledge.sources.get(name)]
        verdicts = _verdicts(stages, behind) if len(behind) >= FEWEST else []
        if verdicts.count("refuted") < FEWEST:
            continue
        for function in functions:
            with suppress(Undecided, Mismatch):
                givens = {**knowledge.givens, name: _outputs(given, function, Judge(knowledge))}
                rival = stages_of(replace(knowledge, givens=givens, sources={**knowledge.sources, name: NOWHERE}))
                if _is_better(verdicts, _verdicts(rival, behind)):
                    return rival
    return stages


def _is_computed(given: Node) -> bool:
    """Whether printed numbers have the many digits of something computed."""
    numbers = [part for part in walk(given) if isinstance(part, Number)]
    digits = (part.text.partition("e")[0].replace(".", "").strip("0") for part in numbers)
    return is_printed(without_groups(given)) and bool(numbers) and all(len(text) >= FEWEST_DIGITS for text in digits)


def _verdicts(stages: Stages, found: Sequence[tuple[Place, Node, Node]]) -> list[str]:
    return [stages.link(place[0], left, right).verdict for place, left, right in found]


def _is_better(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether all that was refuted holds, and all that held still does."""
    return all(new in PASSING for old, new in zip(before, after, strict=True) if old in ("refuted", *PASSING))


def _applied(knowledge: Knowledge, chains: Sequence[Read]) -> tuple[Call | Apply, ...]:
    """Return the activations that the document applies somewhere, each as it is applied."""
    found: dict[str, Call | Apply] = {}
    for part in (part for chain in chains for node in chain.nodes for part in walk(node)):
        if isinstance(part, Call) and part.function in ACTIVATIONS:
            found.setdefault(part.function, part)
        elif isinstance(part, Apply) and not part.primes and len(part.arguments) == 1:
            name = key(part.function)
            if name in knowledge.functions or KNOWN.get(name) in ACTIVATIONS:
                found.setdefault(name, part)
    return tuple(found.values())


def _outputs(given: Node, function: Call | Apply, judge: Judge) -> Node:
    def output(part: Node) -> Node | None:
        number = None if isinstance(part, Name) else lone_number(part)
        if number is None:
            return None
        with ctx.workprec(PRECISION):
            value = judge.value(replace(function, arguments=(part,)), Balls(judge.knowledge, instance=True))
        if not isinstance(value, arb):
            raise Undecided("an activation that gives no number")
        text = rounded(value, number)
        return Negative(Number(text[1:])) if text.startswith("-") else Number(text)

    return replaced(given, output)

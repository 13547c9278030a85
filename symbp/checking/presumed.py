"""Outputs of units that a document differentiates by their inputs, and nowhere defines: they are activated inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..formulas import Derivative, Name, Node, Number, Power, key, walk
from .families import Rule
from .identified import CANDIDATES
from .indices import letters_of, slots
from .knowledge import NOWHERE, Knowledge, Place, Read, links
from .parts import indexed, replaced
from .stages import Stages

Link = tuple[Place, Node, Node]


@dataclass(frozen=True, slots=True)
class _Open:
    """An output that is not defined, the input that it is differentiated by, and the links that speak of both."""

    output: Name
    input: Name
    links: list[Link]


def presumed(stages: Stages, stages_of: Callable[[Knowledge], Stages]) -> Stages:
    """Return what a document says, with what the outputs of its hidden units are.

    Where ``y_j = f(S_j)`` and the text takes the derivative of ``x_i`` by ``S_i``, ``x_i = f(S_i)``. What holds for any
    function, as a chain rule does, does not tell which one it is.
    """
    for unit in list(_open_units(stages)):
        fewest = len(unit.links)
        other = stages_of(_with(stages.knowledge, unit, Power(unit.input, Number("3"))))
        if other.at(0).indexed.indexing.layers is None:
            continue
        idle = _passing(unit, other)
        for body in _bodies(unit, stages):
            rival = stages_of(_with(stages.knowledge, unit, body))
            refuted = sum(rival.link(place[0], *sides).verdict == "refuted" for place, *sides in unit.links)
            if refuted < fewest and _passing(unit, rival) - idle:
                stages, fewest = rival, refuted
            if not fewest:
                break
    return stages


def _passing(unit: _Open, stages: Stages) -> set[Place]:
    return {place for place, *sides in unit.links if stages.link(place[0], *sides).passes}


def _open_units(stages: Stages) -> Iterator[_Open]:
    knowledge = stages.knowledge
    rules = {rule.head.base for rule in stages.at(0).indexed.rules}
    bases = {knowledge.names[name].base for name in knowledge.defined & knowledge.names.keys()}
    done: set[str] = set()
    for of, by_names in knowledge.differentiated.items():
        for by in by_names:
            one, other = knowledge.names[of], knowledge.names[by]
            alike = [index for _, index in slots(one)] == [index for _, index in slots(other)]
            if alike and letters_of([one]) and one.base not in bases | done and other.base in rules:
                done.add(one.base)
                yield _Open(one, other, list(_speaking(one.base, other.base, stages.chains)))


def _speaking(output: str, source: str, chains: list[Read]) -> Iterator[Link]:
    """Yield the links of the chains in which an output is differentiated by an input."""

    def is_slope(part: Node) -> bool:
        if not (isinstance(part, Derivative) and isinstance(part.of, Name) and isinstance(part.by, Name)):
            return False
        return (part.of.base, part.by.base) == (output, source)

    for place, left, right in links(chains):
        if any(is_slope(part) for side in (left, right) for part in walk(side)):
            yield place, left, right


def _bodies(unit: _Open, stages: Stages) -> Iterator[Node]:
    """Yield what an output may be: what the document makes of inputs elsewhere, then the usual activations."""
    for rule in stages.at(0).indexed.rules:
        if (body := _made(rule, unit.input)) is not None:
            yield body
    for body in CANDIDATES.values():
        yield replaced(body, lambda part: unit.input if part == Name("x") else None)


def _made(rule: Rule, source: Name) -> Node | None:
    """Return what a rule makes of an input alone, said of another one."""
    inputs = {part for part in walk(rule.body) if isinstance(part, Name) and (part.sub or part.label)}
    own = replace(source, sub=rule.head.sub, label=rule.head.label)
    if inputs != {own} or own == rule.body:
        return None
    pairs = zip((*own.sub, *own.label), (*source.sub, *source.label), strict=True)
    return indexed(rule.body, dict(pairs))


def _with(knowledge: Knowledge, unit: _Open, body: Node) -> Knowledge:
    name = key(unit.output)
    definitions = {**knowledge.definitions, name: body}
    return replace(knowledge, definitions=definitions, sources={**knowledge.sources, name: NOWHERE})

r"""What a document says once for every sample: ``\hat y = w x + b``, and then ``\sum_i (\hat y_i - y_i)^2``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..formulas import Call, Gradient, Name, Node, Number, Sum, Summation, Transpose, key, walk
from .indices import is_letter
from .judging import Judge
from .knowledge import NOWHERE, Knowledge, Read
from .looks import is_capital
from .parts import replaced


def of_each_sample(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    """Return what a document says, with what is said of a quantity for that of any sample, over which it sums.

    ``\\hat y_i = w x_i + b`` where ``\\hat y = w x + b``: what else has the letter is of the sample, the rest weights.
    """
    parts = [part for chain in chains for node in chain.nodes for part in walk(node)]
    names = {key(part): part for part in parts if isinstance(part, Name)}
    samples = _Samples(knowledge, frozenset(names))
    defined = map(knowledge.names.get, knowledge.definitions)
    lettered = {(name.base, name.marks) for name in defined if name and _is_lettered(name)}
    found: dict[str, Node] = {}
    for name in _summed(parts):
        if (name.base, name.marks) not in lettered:
            found |= samples.said(name)
    said = _with(knowledge, found, names) if found else knowledge
    compared = {name for name in found if _is_target(names.get(name), parts, said)}
    return _with(knowledge, {name: body for name, body in found.items() if name not in compared}, names)


def _with(knowledge: Knowledge, found: dict[str, Node], names: dict[str, Name]) -> Knowledge:
    if not found:
        return knowledge
    own = {key(part): part for body in found.values() for part in walk(body) if isinstance(part, Name)}
    return replace(
        knowledge,
        definitions={**knowledge.definitions, **found},
        sources={**knowledge.sources, **dict.fromkeys(found, NOWHERE)},
        names={**own, **names, **knowledge.names},
    )


def _is_target(name: Name | None, parts: list[Node], said: Knowledge) -> bool:
    """Whether a quantity is compared with what is said of it, as the y of ``y = w x`` in ``\\sum_i (y_i - w x_i)^2``.

    Then its letter stands for two things, and that of a sample is its target.
    """
    sums = {part for part in parts if isinstance(part, Sum) and name in part.terms and len(part.terms) > 1}
    return any(Judge(said).identical(part, Number("0")) for part in sums)


def _is_lettered(name: Name) -> bool:
    """Whether a name has a letter for its index, so that it is of any."""
    return any(map(is_letter, (*name.sub, *name.label)))


def _summed(parts: list[Node]) -> Iterator[Name]:
    """Yield the names with one letter for an index below a sum over that."""
    for node in parts:
        if isinstance(node, Summation) and node.index is not None and is_letter(node.index):
            inner = (part for part in walk(node.body) if isinstance(part, Name))
            yield from (part for part in inner if (*part.sub, *part.label) == (node.index,))


@dataclass(frozen=True, eq=False)
class _Samples:
    """What a document says of any sample: its definitions without a letter, and the names that it uses."""

    knowledge: Knowledge
    names: frozenset[str]
    known: dict[str, dict[str, Node]] = field(default_factory=dict)

    def said(self, name: Name) -> dict[str, Node]:
        """Return the definition of a quantity of one sample, and of those of that sample behind it."""
        if key(name) not in self.known:
            self.known[key(name)] = {}
            self.known[key(name)] = self._said(name)
        return self.known[key(name)]

    def _said(self, name: Name) -> dict[str, Node]:
        bare = key(replace(name, sub=(), label=()))
        body = self.knowledge.definitions.get(bare) if key(name) not in self.knowledge.defined else None
        if body is None or bare in self.knowledge.needs(bare) or any(map(_is_of_arrays, walk(body))):
            return {}
        own = {part for part in walk(body) if isinstance(part, Name)}
        lettered = {part: replace(part, sub=name.sub, label=name.label) for part in own if not (part.sub or part.label)}
        behind = {part: self.said(other) for part, other in lettered.items()}
        of_sample = {part for part, other in lettered.items() if key(other) in self.names or behind[part]}
        if not of_sample or (of_sample == own and not any(behind.values())):  # entries of arrays
            return {}
        found = {other: formula for part in of_sample for other, formula in behind[part].items()}
        moved = replaced(body, lambda part: lettered[part] if isinstance(part, Name) and part in of_sample else None)
        return {**found, key(name): moved}


def _is_of_arrays(part: Node) -> bool:
    """Whether a part of a definition shows that it is about arrays, whose entries have letters too."""
    if isinstance(part, Name):
        return is_capital(part)
    return isinstance(part, Transpose | Gradient | Summation) or (isinstance(part, Call) and part.function == "softmax")

"""Quantities that add up to one: targets that a document says so of, and those in the cross-entropy with a softmax."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..formulas import Call, Name, Negative, Node, Number, Product, Sum, Summation, key, walk, without_groups
from .families import Survey
from .indexing import Indexing
from .judging import Judge
from .knowledge import Knowledge, Read, stripped
from .limits import Undecided


def is_condition(left: Node, right: Node, knowledge: Knowledge) -> bool:
    """Whether a link says that something free adds up to one, as ``\\sum_k y_k = 1``."""
    summed = without_groups(left)
    if not isinstance(summed, Summation) or without_groups(right) != Number("1"):
        return False
    return isinstance(summed.body, Name) and knowledge.needs(key(summed.body)) == frozenset() and _has_index(summed)


def _has_index(node: Summation) -> bool:
    return node.index is not None and isinstance(node.body, Name) and node.index in (*node.body.sub, *node.body.label)


def shared_out(numbered: Knowledge, indexing: Indexing, found: Survey, chains: Iterable[Read]) -> Knowledge:
    """Return what a document defines, with the last of every such quantity as what the others leave of one."""
    definitions: dict[str, Node] = {}
    for shares in (*_stated(chains, numbered), *_targets(numbered, indexing, found)):
        assert shares.index is not None
        name, letter = shares.body, key(shares.index)
        for values in indexing.assignments([other for other in indexing.letters(name) if other != letter]):
            terms = indexing.expand(replace(shares, without=None), values)
            if isinstance(terms, Sum) and all(isinstance(term, Name) for term in terms.terms):
                *others, last = terms.terms
                if not {key(term) for term in terms.terms} & numbered.defined:
                    definitions[key(last)] = Sum((Number("1"), *map(Negative, others)))
    return replace(numbered, definitions={**definitions, **numbered.definitions}) if definitions else numbered


def _stated(chains: Iterable[Read], knowledge: Knowledge) -> Iterator[Summation]:
    for chain in chains:
        left, right = stripped(chain)[:2]
        if isinstance(left, Summation) and right is not None and is_condition(left, right, knowledge):
            yield left


def _targets(knowledge: Knowledge, indexing: Indexing, found: Survey) -> Iterator[Summation]:
    """Yield the sums of the targets in cross-entropies ``\\sum_k y_k \\log p_k`` where the outputs add up to one."""
    judge = Judge(knowledge)
    for node in (part for rule in found.rules for part in walk(rule.body) if isinstance(part, Summation)):
        for target, output in _entropies(node):
            outputs = replace(node, body=output)
            values = next(indexing.assignments(indexing.letters(outputs)))
            try:
                if judge.identical(indexing.expand(outputs, values), Number("1")):
                    yield replace(node, body=target)
            except Undecided:
                continue


def _entropies(node: Summation) -> Iterator[tuple[Name, Name]]:
    """Yield the target and the output where a sum is over products ``y_k \\log p_k``."""
    for part in walk(without_groups(node.body)):
        if isinstance(part, Product) and len(part.factors) == 2:
            target, logarithm = part.factors
            if isinstance(target, Name) and isinstance(logarithm, Call) and logarithm.function == "log":
                output = logarithm.arguments[0]
                indices = (*target.sub, *target.label)
                if isinstance(output, Name) and node.index in indices and node.index in (*output.sub, *output.label):
                    yield target, output

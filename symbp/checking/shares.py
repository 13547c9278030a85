"""Quantities that add up to one: targets that a document says so of, and those in the cross-entropy with a softmax."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..formulas import Call, Name, Negative, Node, Number, Product, Sum, Summation, Transpose, key, walk, without_groups
from ..formulas.ones import is_vector_of_ones
from .families import Rule, Survey, Value
from .givens import whole_given
from .indexing import Indexing
from .indices import letters_of, slots
from .judging import Judge
from .knowledge import Knowledge, Read
from .limits import Undecided
from .parts import stripped
from .symmetric import says_symmetric


def is_condition(left: Node, right: Node, knowledge: Knowledge) -> bool:
    """Whether a link says of something free that it adds up to one, as ``1^T y = 1``, or is its own transpose."""
    summed, whole = without_groups(left), without_groups(right)
    if says_symmetric(summed, whole):
        return _is_free(whole, knowledge)
    if isinstance(summed, Product) and len(summed.factors) == 2:
        rest = [part for part in summed.factors if not is_vector_of_ones(part)]
        return len(rest) == 1 and (whole == Number("1") or is_vector_of_ones(whole)) and _is_free(rest[0], knowledge)
    if not isinstance(summed, Summation) or whole != Number("1"):
        return False
    return _is_free(summed.body, knowledge) and _has_index(summed)


def _is_free(node: Node, knowledge: Knowledge) -> bool:
    name = node.body if isinstance(node, Transpose) else node
    return isinstance(name, Name) and key(name) not in knowledge.defined and not knowledge.needs(key(name))


def _has_index(node: Summation) -> bool:
    return node.index is not None and isinstance(node.body, Name) and node.index in (*node.body.sub, *node.body.label)


def shared_out(numbered: Knowledge, indexing: Indexing, found: Survey, chains: Iterable[Read]) -> Knowledge:
    """Return what a document defines, with the last of every such quantity as what the others leave of one."""
    definitions: dict[str, Node] = {}
    targets = list(targets_of(numbered, indexing, found))
    for label, number in indexing.chosen.items() if _is_right_class(indexing.chosen, chains) else ():
        definitions = {} if label in numbered.defined else one_hot(targets, indexing, number)
    for shares in (*_stated(chains, numbered), *targets):
        assert shares.index is not None
        name, letter = shares.body, key(shares.index)
        for values in indexing.assignments([other for other in indexing.letters(name) if other != letter]):
            terms = indexing.expand(replace(shares, without=None), values)
            if isinstance(terms, Sum) and all(isinstance(term, Name) for term in terms.terms):
                *others, last = terms.terms
                wholes = {whole_given(term, numbered) for term in terms.terms if isinstance(term, Name)}
                if not wholes & (numbered.defined | definitions.keys()):
                    definitions[key(last)] = Sum((Number("1"), *map(Negative, others)))
    return replace(numbered, definitions={**definitions, **numbered.definitions}) if definitions else numbered


def _is_right_class(chosen: Mapping[str, int], chains: Iterable[Read]) -> bool:
    """Whether a document says, as by ``-\\log p_c``, that one class is the right one."""
    parts = (part for chain in chains for node in chain.nodes for part in walk(node))
    logarithms = (part.arguments[0] for part in parts if isinstance(part, Call) and part.function == "log")
    return any(
        key(index) in chosen
        for output in map(without_groups, logarithms)
        if isinstance(output, Name)
        for _, index in slots(output)
    )


def one_hot(targets: Iterable[Summation], indexing: Indexing, right: Value) -> dict[str, Node]:
    """Return the targets that are 1 for the right class, and 0 for all others."""
    found: dict[str, Node] = {}
    for shares in targets:
        assert shares.index is not None
        for values in indexing.assignments(indexing.letters(shares.body)):
            target = indexing.expand(shares.body, values)
            found[key(target)] = Number("1" if values[key(shares.index)] == right else "0")
    return found


def classes(left: Node, right: Node, indexing: Indexing, rules: Iterable[Rule]) -> list[str]:
    """Return the letters of a link that may be a class: of no formula, or of any of a kind, and on one side only."""
    both = {*indexing.letters(left)} & {*indexing.letters(right)}
    said = [_letters(rule) - (letters_of([rule.head]) - both) for rule in rules]
    return [letter for letter in indexing.letters(left, right) if not any(letter in own for own in said)]


def _letters(rule: Rule) -> set[str]:
    return letters_of(part for part in (rule.head, *walk(rule.body)) if isinstance(part, Name))


def _stated(chains: Iterable[Read], knowledge: Knowledge) -> Iterator[Summation]:
    for chain in chains:
        left, right = stripped(chain)[:2]
        if isinstance(left, Summation) and right is not None and is_condition(left, right, knowledge):
            yield left


def targets_of(knowledge: Knowledge, indexing: Indexing, found: Survey) -> Iterator[Summation]:
    """Yield the sums of the targets in cross-entropies ``\\sum_k y_k \\log p_k`` where the outputs add up to one."""
    judge = Judge(knowledge)
    for node in dict.fromkeys(found.sums):
        for target, output in _entropies(node):
            outputs = replace(node, body=output)
            values = next(indexing.assignments(indexing.letters(outputs)))
            try:
                if judge.identical(indexing.expand(outputs, values), Number("1")):
                    yield replace(node, body=target)
            except Undecided:
                continue


def compared(found: Survey) -> Iterator[Summation]:
    """Yield the sums of the targets in cross-entropies, whatever the outputs are."""
    for node in dict.fromkeys(found.sums):
        if isinstance(without_groups(node.body), Product):
            yield from (replace(node, body=target) for target, _ in _entropies(node))


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

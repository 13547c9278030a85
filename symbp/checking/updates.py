"""The update rule of a document: what most of its updates have in common, and the updates that stray from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..formulas import (
    Derivative,
    Name,
    Negative,
    Node,
    Product,
    ReadError,
    Sum,
    key,
    latex,
    map_children,
    walk,
    without_groups,
)
from .judgement import Judgement
from .knowledge import CONSTANTS, Knowledge, Read, lone_number, names_in
from .looks import RATES
from .parts import replaced
from .places import same
from .stepping import parted

FEWEST = 3  # updates of one form, before another form is taken for a slip
_ITSELF = Name("itself")


class Updates:
    """The rules by which a document updates its parameters, such as ``w_5^+ = w_5 - c dE/dw_5``."""

    def __init__(self, chains: list[Read]) -> None:
        self.common: Node | None = None
        self.rules: dict[str, tuple[Name, Node]] = {}
        forms: dict[str, Node] = {}
        counts: Counter[str] = Counter()
        for chain in chains:
            head, rule = chain.members[:2]
            if isinstance(head, Name) and not isinstance(rule, ReadError) and (own := parameter(head)) is not None:
                self.rules.setdefault(key(head), (head, rule))
                form = _swapped(without_groups(rule), own, _ITSELF)
                text = latex(form)
                forms.setdefault(text, form)
                counts[text] += 1
        for text, count in counts.most_common(1):
            if count >= FEWEST and 2 * count > counts.total():
                self.common = forms[text]

    def rule(self, head: Name) -> Node | None:
        """Return the common rule, said of one parameter."""
        own = parameter(head)
        return None if self.common is None or own is None else _swapped(self.common, _ITSELF, own)

    def expected(self, head: Name, rule: Node) -> Node | None:
        """Return what an update should be: the common rule, or its own with the value before the step."""
        own = parameter(head)
        if own is None or self.common is not None:
            return self.rule(head)
        itself = any(isinstance(part, Name) and key(part) == key(head) for part in walk(rule))
        return _swapped(without_groups(rule), head, own) if itself else None

    def odd(self, head: Name, rule: Node) -> Judgement | None:
        """Return that an update strays from the common rule; nothing where it follows it or has only numbers."""
        expected = self.expected(head, rule)
        if expected is None or without_groups(rule) == expected or not _has_names(rule):
            return None
        own = key(replace(head, marks=()))
        if self.common is None:
            return Judgement("refuted", f"the value of {own} after the step stands on both sides")
        return Judgement("refuted", f"this update of {own} is not like the others")

    def corrected(self, knowledge: Knowledge) -> Knowledge:
        """Return what a document defines, with the common rule for every update that strays from it."""
        rules = dict(knowledge.definitions)
        for name, (head, rule) in self.rules.items():
            if self.odd(head, rule) and (expected := self.expected(head, rule)) and name not in knowledge.givens:
                rules[name] = expected
        return replace(knowledge, definitions=rules)


def parameter(updated: Name) -> Name | None:
    """Return the parameter behind its updated name.

    >>> from symbp.formulas import read
    >>> key(parameter(read("w_5^+")))
    'w_5'
    """
    return replace(updated, marks=()) if {"+", "new"} & set(updated.marks) else None


def is_next_round(right: Node, said: Node, chains: Sequence[Read]) -> bool:
    """Whether a formula is what was said before with the value after its step for every parameter that has one."""
    back = replaced(right, lambda part: parameter(part) if isinstance(part, Name) else None)
    if back == right or not same(back, said):
        return False
    heads = (chain.members[0] for chain in chains)
    updated = {key(own) for head in heads if isinstance(head, Name) and (own := parameter(head)) is not None}
    return updated.isdisjoint(names_in(right))


def descent(head: Node, knowledge: Knowledge) -> Node | None:
    """Return one step of gradient descent for an updated parameter, in the document's own names of rate and loss."""
    own = parameter(head) if isinstance(head, Name) else None
    rates = sorted(RATES & knowledge.names.keys() - {*CONSTANTS, "\\lambda"})
    losses = [of for of, by in knowledge.differentiated.items() if own is not None and key(own) in by]
    losses = [
        of for of in losses if of in knowledge.names and not any(of in knowledge.needs(other) for other in losses)
    ]
    whole = [of for of in losses if not (knowledge.names[of].sub or knowledge.names[of].label)]
    losses = whole or losses  # the loss has no index, where the net inputs of units are differentiated as well
    if own is None or len(rates) != 1 or len(losses) != 1:
        return None
    slope = Derivative(knowledge.names[losses[0]], own)
    return Sum((own, Negative(Product((knowledge.names[rates[0]], slope), ("*",)))))


@dataclass(frozen=True, slots=True)
class Step:
    """One update of one parameter: what it is multiplied by, and whether that is added instead of subtracted."""

    parameter: Name
    rate: Node
    factors: tuple[Node, ...]
    added: bool


def steps(chains: list[Read]) -> Iterator[Step]:
    """Yield the updates of a document: ``w^+ = w - c g`` in whatever names.

    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles
    >>> from symbp.checking.reads import read_chains
    >>> [key(step.rate) for step in steps(read_chains(chains("$w' = w - 0.1 g$"), Roles()))]
    ['0.1']
    """
    for chain in chains:
        head = chain.members[0]
        for member in chain.members[1:]:
            found = None if isinstance(head, ReadError) or isinstance(member, ReadError) else _step(head, member)
            if found is not None:
                yield found


def _step(head: Node, rule: Node) -> Step | None:
    terms = parted(rule)
    if not isinstance(head, Name) or terms is None:
        return None
    own, product, down = terms
    if not isinstance(own, Name) or (own.base, own.sub) != (head.base, head.sub) or not isinstance(product, Product):
        return None
    return Step(own, product.factors[0], product.factors[1:], not down)


def learning_rate(chains: list[Read], knowledge: Knowledge) -> Decimal | None:
    """Return the number by which most updates of a document multiply the gradient."""
    found: Counter[str] = Counter()
    for step in steps(chains):
        rate = knowledge.givens.get(key(step.rate), step.rate) if isinstance(step.rate, Name) else step.rate
        number = lone_number(rate)
        if number is not None and rate == number:
            found[number.text] += 1
    return next((Decimal(text) for text, _ in found.most_common(1)), None)


def _swapped(node: Node, old: Name, new: Name) -> Node:
    return new if node == old else map_children(node, lambda part: _swapped(part, old, new))


def _has_names(node: Node) -> bool:
    return any(isinstance(part, Name) for part in walk(node))

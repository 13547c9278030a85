"""Differentials that stand alone, as in ``dy = W dx``: what moves on the right moves the left, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from ..formulas import Apply, Differential, Fraction, Indexed, Name, Node, Number, Product, key, map_children, walk
from .arrays import Grid, Mismatch
from .dual import Dual
from .evaluation import Evaluator
from .fields import Balls
from .judgement import Judgement
from .judging import Judge
from .knowledge import Knowledge, Read, names_in
from .limits import Undecided
from .looks import KNOWN

Moves = Mapping[str, Node]  # what the differential of each is, by the name that stands for it
_D = Name("d")


def with_differentials(chains: list[Read]) -> list[Read]:
    """Return chains in which a d before a name is that of a differential, where it stands nowhere else.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles
    >>> read = with_differentials(read_chains(chains("$d \\\\mathbf{y} = W d \\\\mathbf{x}$"), Roles()))
    >>> type(read[0].members[0]).__name__
    'Differential'
    """
    nodes = [node for chain in chains for node in chain.nodes]
    heads = [chain.members[0] for chain in chains]
    if not any(isinstance(head, Product) and _places(head) == [0] for head in heads):
        return chains
    stands = sum(part == _D for node in nodes for part in walk(node))
    before = sum(len(_places(part)) for node in nodes for part in walk(node) if isinstance(part, Product))
    return chains if stands > before else [chain.changed(_with) for chain in chains]


def _places(node: Product) -> list[int]:
    """Return which factors of a product are a d right before a name."""
    pairs = zip(node.factors, node.signs, node.factors[1:], strict=False)
    return [
        place for place, (a, sign, b) in enumerate(pairs) if a == _D and not sign and isinstance(b, Name) and b != _D
    ]


def _with(node: Node) -> Node:
    node = map_children(node, _with)
    while isinstance(node, Product) and (places := _places(node)):
        at = places[0]
        moved = Differential(node.factors[at + 1])
        factors, signs = (*node.factors[:at], moved, *node.factors[at + 2 :]), node.signs[:at] + node.signs[at + 1 :]
        node = replace(node, factors=factors, signs=signs) if len(factors) > 1 else moved
    return node


def by_differentials(judge: Judge, left: Node, right: Node) -> Judgement | None:
    """Return the verdict on a link between differentials; nothing where they do not say what moves."""
    own, others = _differentials(left), _differentials(right)
    movers = {key(part.body): part.body for part in others if isinstance(part.body, Name)}
    if not own or not others or len(movers) < len(others) or _has_quotient(left) or _has_quotient(right):
        return None
    names = {part: Name(f"\\differential{place}") for place, part in enumerate(dict.fromkeys((*own, *others)))}
    moves = {key(name): part.body for part, name in names.items()}
    moving = MovingJudge(judge.knowledge, held=judge.held, moves=moves, movers=movers)
    one, other = (_named(side, names=names) for side in (left, right))
    with suppress(Undecided, Mismatch):
        shapes = {name: _shape(moving.value(Name(name), Balls(judge.knowledge))) for name in moves}
        inferred = {**judge.knowledge.inferred, **shapes} if judge.knowledge.inferred else {}
        known = replace(judge.knowledge, inferred=inferred)
        judgement = replace(moving, knowledge=known, evaluators={}).link(one, other)
        unsure = judgement.verdict == "refuted" and any(_is_open(side, judge.knowledge) for side in (left, right))
        moved = not unsure and moving.moves_all(names_in(one) & moves.keys())
        return judgement if moved and judgement.verdict != "undecided" else None
    return None


def _is_open(side: Node, knowledge: Knowledge) -> bool:
    """Whether something in a formula, or behind it, is any function of what it depends on."""
    known = knowledge.functions.keys() | KNOWN.keys()
    formulas = knowledge.behind(side)
    applied = {key(part.function) for formula in formulas for part in walk(formula) if isinstance(part, Apply)}
    return not applied <= known or not knowledge.reach(side).isdisjoint(knowledge.generic)


def _differentials(node: Node) -> list[Differential]:
    found = (part for part in walk(node) if isinstance(part, Differential))
    return list(dict.fromkeys(found))


def _has_quotient(node: Node) -> bool:
    """Whether a differential stands in a quotient or has an index: a derivative that is written in another way."""
    return any(_differentials(part) for part in walk(node) if isinstance(part, Fraction | Indexed))


def _shape(value: Any) -> tuple[int, int]:
    return value.shape if isinstance(value, Grid) else (1, 1)


def _named(node: Node, *, names: Mapping[Differential, Name]) -> Node:
    if isinstance(node, Differential):
        return names[node]
    return map_children(node, partial(_named, names=names))


@dataclass
class MovingJudge(Judge):
    """Judges links in which names stand for differentials.

    Attributes:
        moves: what these are the differentials of.
        movers: the quantities that move, each in a direction of its own.
    """

    moves: Moves = field(default_factory=dict)
    movers: Moves = field(default_factory=dict)

    def evaluator(self, numbers: Any) -> Evaluator:
        """Return the one evaluation in these numbers, in which the differentials have their values."""
        if numbers not in self.evaluators:
            found = super().evaluator(numbers)
            seeds = {name: _seed(name, found.value(node), found) for name, node in self.movers.items()}
            seeded = Evaluator(self.knowledge, numbers, seeds, above=found, spent=found.spent)
            found.known |= {name: _slope(seeded.value(body), found) for name, body in self.moves.items()}
        return self.evaluators[numbers]

    def loose(self, left: Node, right: Node) -> set[str]:
        """Return the names that nothing defines and that stand on one side only: a differential has its value."""
        return super().loose(left, right) - self.moves.keys()

    def moves_all(self, names: frozenset[str]) -> bool:
        """Whether some differentials are not zero, which would say that nothing is known of how they move."""
        values = (self.value(Name(name), Balls(self.knowledge)) for name in names)
        entries = [list(value.entries) if isinstance(value, Grid) else [value] for value in values]
        return all(any(not entry.contains(0) for entry in own) for own in entries)


def _seed(name: str, value: Any, evaluator: Evaluator) -> Any:
    """Return a value that moves in a direction of its own."""
    if not isinstance(value, Grid):
        return Dual(value, evaluator.field.leaf(f"moving {name}"))
    rows = tuple(
        tuple(Dual(cell, evaluator.field.leaf(f"moving {name}[{i},{j}]")) for j, cell in enumerate(row))
        for i, row in enumerate(value.rows)
    )
    return Grid(rows, value.free)


def _slope(value: Any, evaluator: Evaluator) -> Any:
    """Return how a value moves."""
    if isinstance(value, Grid):
        return value.map(lambda entry: _slope(entry, evaluator))
    return value.slope if isinstance(value, Dual) else evaluator.number(Number("0"))

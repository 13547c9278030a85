"""A Derivation: sections of equations, each a chain of formulas with the reason of every link."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sympy import Expr, Symbol

from ..formulas import Name, Node
from ..graphs import Graph, LayerGraph
from ..networks import Network
from .keys import Bar, Key

Reason = Literal[
    "",
    "given",
    "definition",
    "substitution",
    "numbers",
    "arithmetic",
    "chain rule",
    "sum over paths",
    "local derivatives",
    "power rule",
    "simplified",
    "gradient descent",
    "definition of delta",
    "cancelled",
    "rearranged",
    "targets add up to 1",
    "one term is left",
    "put together",
    "as given",
]


@dataclass(frozen=True, slots=True)
class Step:
    """A member of a chain, and why it equals the member before it."""

    reason: Reason
    formula: Node


@dataclass(frozen=True, slots=True)
class Equation:
    """A chain ``steps[0] = steps[1] = ...`` about one quantity.

    Attributes:
        topic: what kind of statement it is: ``net``, ``out``, ``gradient``, ``update``, ...
        subject: what it is about.
        steps: its members.
    """

    topic: str
    subject: Key | Name
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Equations under one heading; ``layer`` where they belong to one."""

    topic: str
    equations: tuple[Equation, ...]
    layer: int = 0


@dataclass(frozen=True, slots=True)
class Derivation:
    """What `derive` gives: notation-free equations of a graph, and the numbers of its worked instance."""

    graph: Graph | LayerGraph
    sections: tuple[Section, ...]
    network: Network | None = None
    values: Mapping[Key, Expr] = field(default_factory=dict)
    given: frozenset[Symbol] = frozenset()
    about: str = ""  # what the graph is, where it is no network
    names: Mapping[Symbol, Name | Bar] = field(default_factory=dict)  # of quantities that bring their own

    @property
    def equations(self) -> Iterator[Equation]:
        """All equations in order."""
        return (equation for section in self.sections for equation in section.equations)


def chain(topic: str, subject: Key | Name, steps: Iterable[tuple[Reason, Node] | None]) -> Equation:
    """Return an equation without the steps that change nothing."""
    kept: list[Step] = []
    for step in steps:
        if step is not None and (not kept or step[1] != kept[-1].formula):
            kept.append(Step(*step))
    return Equation(topic, subject, tuple(kept))

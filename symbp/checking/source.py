"""What some chains of a document say, from their formulas to what judges their links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..formulas import Node, names_in
from ..networks import Network
from .adding_up import sharing
from .collecting import collect
from .deltas import with_deltas
from .knowledge import MEANT, Defined, Knowledge, Read
from .looks import LOSSES, RATES
from .mending import mended
from .presumed import presumed
from .renewed import renewed
from .repaired import Undone
from .scopes import Scopes
from .settling import settle
from .shapes import shaped, sides
from .side import NO_SIDE, Side
from .sloped import integrated
from .special_cases import without_special_cases
from .stages import Stages, defined_anew
from .supplied import supply, with_said
from .symmetric import made_symmetric
from .unactivated import activated
from .unsaid import completed
from .updates import Updates


@dataclass(frozen=True)
class Meant:
    """What a definition with a slip in it means.

    Attributes:
        name: what is defined, of a function with ``()`` behind it.
        number: of the chain where it stands.
        undone: the slip, and what is meant.
    """

    name: str
    number: int
    undone: Undone

    @cached_property
    def formula(self) -> Node:
        """What it means."""
        return self.undone.rebuild(self.undone.new)

    def put(self, knowledge: Knowledge) -> Knowledge:
        """Return what a document says with that for the definition, which is a claim then."""
        sources = {**knowledge.sources, self.name: (self.number, MEANT)}
        function = self.name.removesuffix("()")
        if function == self.name:
            return replace(knowledge, definitions={**knowledge.definitions, self.name: self.formula}, sources=sources)
        known = Defined(knowledge.functions[function].parameters, self.formula)
        return replace(knowledge, functions={**knowledge.functions, function: known}, sources=sources)

    def gains_rate(self, stands: Node) -> bool:
        """Whether it gives a loss the rate of a step for a factor, which the step lacks."""
        gained = (names_in(self.formula) - names_in(stands)) & RATES - {"\\lambda"}
        return self.name.partition("_")[0] in LOSSES and bool(gained)


@dataclass(frozen=True)
class Source:
    """A document, and what is known of it from elsewhere.

    Attributes:
        chains: the document.
        shapes: the shapes that it states.
        network: what completes it.
        side: what its user says of it.
        meant: what a definition means that is itself the mistake.
        symmetric: the matrices that it says to be symmetric.
        layout: how it says that gradients are laid out.
        functions: what it says in words that its functions are.
    """

    chains: list[Read]
    shapes: Mapping[str, tuple[str, str]]
    network: Network | None = None
    side: Side = NO_SIDE
    meant: Meant | None = None
    symmetric: frozenset[str] = frozenset()
    layout: str = ""
    functions: Mapping[str, Defined] = field(default_factory=dict)

    @property
    def scopes(self) -> Scopes:
        """What judges the links of the document."""
        return Scopes(self.whole, self.chains, self.stages)

    @cached_property
    def whole(self) -> Stages:
        """What all chains say."""
        return self.stages(self.chains)

    def stages(self, chains: list[Read]) -> Stages:
        """Return what some chains say by themselves."""
        collector = self.side.supplied(with_said(supply(collect(chains), self.network), self.functions))
        settled = defined_anew(settle(collector, chains), collector, chains)
        settled = self.side.imposed(mended(Updates(chains).corrected(settled), collector, chains))
        if self.meant is not None and chains is self.chains:
            settled = self.meant.put(settled)
        settled = without_special_cases(integrated(settled, chains), chains)
        settled = replace(settled, declared=self.shapes, layout=self.layout)
        whole = sharing(shaped(settled, sides(chains)), chains)
        whole = made_symmetric(whole, self.symmetric)
        stated = activated(Stages(whole, collector, chains), lambda known: Stages(known, collector, chains))
        stated = presumed(stated, lambda known: Stages(completed(known), collector, chains))
        stated = with_deltas(stated, lambda known: Stages(known, collector, chains))
        return renewed(stated, collector, lambda known: Stages(known, collector, chains))

r"""Derivatives written for short, ``dW = dz x^T`` or ``\bar W``: each is that of the loss by what has no d or bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from ..formulas import Apply, Derivative, Fraction, Name, Node, Number, Product, key, map_children, walk
from ..graphs.graph import reached
from .indices import letters_of, of_any
from .instances import kind
from .knowledge import Place, Read, links, names_in
from .looks import COUNTS, LOSSES

FEWEST = 2  # quantities whose derivatives are written so, in a document that does
PARAMETERS = frozenset("WwbBUVθ")
_ONE = Number("1")


def with_slopes(chains: list[Read]) -> list[Read]:
    """Return chains in which such names are the derivatives that they stand for.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = "$z = w x$, $a = f(z)$, $L = (a - y)^2$, $dz = da f'(z)$, $dw = dz x$"
    >>> latex(with_slopes(read_chains(chains(text), Roles()))[-1].members[1])
    '\\\\frac{\\\\partial L}{\\\\partial z} x'
    """
    found = _Short(chains)
    if not found.heads or found.runs_forward:
        return chains
    return [chain if found.is_other(chain) else chain.changed(found.written_out) for chain in chains]


@dataclass(frozen=True, eq=False)
class _Short:
    """The derivatives that a document writes for short."""

    chains: list[Read]

    @cached_property
    def names(self) -> dict[str, Name]:
        """All names of the document."""
        parts = (part for chain in self.chains for node in chain.nodes for part in walk(node))
        return {key(part): part for part in parts if isinstance(part, Name)}

    @cached_property
    def said(self) -> frozenset[str]:
        r"""How the document says that they are written: the d, or the mark of ``\bar W = \partial L / \partial W``."""
        slopes = ((left, right.by) for _, left, right in links(self.chains) if isinstance(right, Derivative))
        pairs = [(left, by) for left, by in slopes if isinstance(left, Name) and isinstance(by, Name)]
        marks = {mark for left, by in pairs for mark in left.marks if _unmarked(left, mark) == by}
        return frozenset(marks | {"d" for left, by in pairs if _by(left) == by})

    def _by(self, name: Name) -> Name | None:
        """Return by what such a name is the derivative."""
        bare = (_unmarked(name, mark) for mark in name.marks if mark in self.said)
        return next(bare, None) or _by(name)

    @cached_property
    def of(self) -> dict[str, Name]:
        """For each such name what the derivative is by."""
        stepped = {kind(node) for node in self.names.values() if letters_of([node])}
        known = {name: by for name, node in self.names.items() if (by := self._by(node)) is not None}
        short = {
            name: by
            for name, by in known.items()
            if key(by) in self.names
            or (letters_of([by]) and kind(by) in stepped)
            or ((whole := of_any(by)) and key(whole) in self.names)
        }
        return {name: by for name, by in short.items() if _by(by) is None or key(by) not in short}

    @cached_property
    def heads(self) -> list[tuple[str, Node]]:
        """What is said of each of them, in TeX."""
        said = ((left, right) for _, left, right in links(c for c in self.chains if c.chain.kind != "plain"))
        found = [(key(left), right) for left, right in said if isinstance(left, Name) and key(left) in self.of]
        return found if self.said or len({name for name, _ in found}) >= FEWEST else []

    @cached_property
    def needs(self) -> Mapping[str, frozenset[str]]:
        """For each name that something computes, all on which it depends."""
        direct: dict[str, set[str]] = {}
        for place, left, right in links(self.chains):
            used = names_in(right)
            if isinstance(left, Name) and self._is_head(place, left) and key(left) not in self.of.keys() | used:
                used |= {key(whole) for name in used if (whole := self._whole(name)) is not None}
                for head in filter(None, (left, self._whole(key(left)))):
                    direct.setdefault(key(head), set()).update(used - self.of.keys() - {key(head)})
        return {name: reached(used, direct) for name, used in direct.items()}

    def _is_head(self, place: Place, name: Name) -> bool:
        """Whether a chain says there what a name is: at its start, or a new one behind names as in ``y = a = f(z)``."""
        number, link = place
        named = all(isinstance(member, Name) for member in self.chains[number].members[:link])
        return link == 0 or (named and not any(name in walk(node) for c in self.chains[:number] for node in c.nodes))

    def _whole(self, name: str) -> Name | None:
        """Return the array of which a name with letters is any entry, as S for ``S_{ij}``, where it stands anywhere."""
        whole = of_any(self.names[name]) if name in self.names else None
        return whole if whole is not None and key(whole) in self.names else None

    @property
    def runs_forward(self) -> bool:
        """Whether these are differentials: that of a result from those of what it is computed from."""
        return any(
            key(self.of[other]) in self.needs.get(key(self.of[head]), ())
            for head, right in self.heads
            for other in names_in(right) & self.of.keys()
        )

    @cached_property
    def loss(self) -> Name:
        """What is differentiated: as is said, or the innermost loss that depends on most, else an unknown one."""
        by = {key(name) for name in self.of.values()}
        for _, slope in self.heads:
            of = slope.of if isinstance(slope, Derivative) else None
            of = of.function if isinstance(of, Apply) else of
            if isinstance(of, Name) and of.base in LOSSES:
                return of
        losses = [name for name in self.names.values() if name.base in LOSSES and key(name) in self.needs]
        reaching = [name for name in losses if self.needs[key(name)] & by]
        most = max(reaching, key=lambda n: (len(self.needs[key(n)] & by), -len(self.needs[key(n)])), default=None)
        return most or Name("L")

    @cached_property
    def count(self) -> Name | None:
        """The number of samples, where only the derivatives by parameters are means over these."""
        means = {name: _counts(right) for name, right in self.heads}
        counts = [count for name, found in means.items() for count in found if self._is_parameter(name)]
        others = [count for name, found in means.items() for count in found if not self._is_parameter(name)]
        return counts[0] if counts and not others and not self._means else None

    @cached_property
    def _means(self) -> set[str]:
        """The derivatives that are said of one sample, and as means over several; not where all are of a mean."""
        if self._loss_is_mean and any(_counts(right) for name, right in self.heads if not self._is_parameter(name)):
            return set()
        of_several = {name for name, right in self.heads if _counts(right)}
        return of_several & {name for name, right in self.heads if name in of_several and not _counts(right)}

    def is_other(self, chain: Read) -> bool:
        """Whether a chain is about something else: where a sum of such starts, means beside those of one sample, or
        what the loss does not depend on.
        """
        members = chain.nodes
        used = {key(self.of[name]) for member in members for name in names_in(member) & self.of.keys()}
        if not used <= self.needs.get(key(self.loss), used):
            return True
        if any(isinstance(member, Number) and member.text == "0" for member in members):
            return True
        return bool(self._means) and any(map(_counts, members))

    @cached_property
    def _loss_is_mean(self) -> bool:
        said = (right for _, left, right in links(self.chains) if isinstance(left, Name) and left == self.loss)
        return any(map(_counts, said))

    def _is_parameter(self, name: str) -> bool:
        by = self.of[name]
        return by.base[0] in PARAMETERS and key(by) not in self.needs

    def written_out(self, node: Node) -> Node:
        """Return a formula with the derivatives for their short names."""
        if isinstance(node, Product) and "d" in self.said:
            node = self._of_marked(node)
        if not isinstance(node, Name) or key(node) not in self.of:
            return map_children(node, self.written_out)
        slope = Derivative(self.loss, replace(self.of[key(node)], span=(0, 0)), span=node.span)
        if self.count is None:
            return slope
        if self._is_parameter(key(node)):
            return slope if self._loss_is_mean else Product((Fraction(_ONE, self.count), slope), ("",), span=node.span)
        return Product((self.count, slope), ("",), span=node.span) if self._loss_is_mean else slope

    def _of_marked(self, node: Product) -> Node:
        r"""Return a product with the derivatives for a d and a name with a mark after it, as in ``d\tilde h_t``."""
        for place, (one, other) in enumerate(pairwise(node.factors)):
            if one == Name("d") and isinstance(other, Name) and other.marks and not node.signs[place]:
                slope = Derivative(self.loss, replace(other, span=(0, 0)), span=(one.span[0], other.span[1]))
                factors = (*node.factors[:place], slope, *node.factors[place + 2 :])
                signs = (*node.signs[:place], *node.signs[place + 1 :])
                return self._of_marked(Product(factors, signs, span=node.span)) if signs else slope
        return node


def _by(name: Name) -> Name | None:
    """Return what follows the d of a name."""
    return replace(name, base=name.base[1:]) if name.base.startswith("d") and len(name.base) > 1 else None


def _unmarked(name: Name, mark: str) -> Name:
    return replace(name, marks=tuple(other for other in name.marks if other != mark))


def _counts(formula: Node) -> list[Name]:
    """Return the counts by which a formula is divided."""
    below = (part.below for part in walk(formula) if isinstance(part, Fraction) and part.above == _ONE)
    return [count for count in below if isinstance(count, Name) and count.base in COUNTS]

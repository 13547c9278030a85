"""Sums over the samples of a batch, ``\\sum_i f(a^{(i)})``, where the samples are columns of matrices such as A."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..formulas import (
    Derivative,
    Group,
    Name,
    Node,
    Opaque,
    Product,
    Summation,
    Transpose,
    key,
    map_children,
    walk,
    without_groups,
)
from ..formulas.ones import ONES
from .knowledge import Read, links

_ONES = Opaque(ONES)


def with_batches(chains: list[Read]) -> list[Read]:
    """Return chains in which such a sum is that of all entries of the matrices, or of their columns.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = "$A = W X$, $J = \\\\sum_{i=1}^m (a^{(i)} - y^{(i)})^2$, $D = A - Y$"
    >>> latex(with_batches(read_chains(chains(text), Roles()))[1].members[1])
    '\\\\mathbf{1}^T ((A - Y)^2) \\\\mathbf{1}'
    """
    parts = (part for chain in chains for node in chain.nodes for part in walk(node))
    names = {key(part): part for part in parts if isinstance(part, Name)}
    defined = {key(left) for place, left, _ in links(chains) if place[1] == 0 and isinstance(left, Name)}
    batches = _Batches(names, frozenset(defined))
    return [chain.changed(batches.put) for chain in chains]


@dataclass(frozen=True, slots=True)
class _Batches:
    """The matrices of a document whose columns are samples."""

    names: Mapping[str, Name]
    defined: frozenset[str]

    def put(self, node: Node) -> Node:
        """Return a formula with matrices for the samples that it adds up."""
        if not isinstance(node, Summation) or not isinstance(node.index, Name) or node.product:
            return map_children(node, self.put)
        body, units = _inner(node.body)
        samples = [part for part in walk(body) if isinstance(part, Name) and part.label[-1:] == (node.index,)]
        wholes = {key(sample): whole for sample in samples if (whole := self._whole(sample, units)) is not None}
        turned = any(isinstance(part, Transpose) for part in walk(body))
        if not samples or turned or len(wholes) < len(set(samples)) or _uses(node, samples):
            return map_children(node, self.put)
        made = entrywise(body, wholes)
        if isinstance(made, Name | Derivative):
            return Product((made, _ONES), ("",))
        return Product((Transpose(_ONES), Group(made), _ONES), ("", ""))

    def _whole(self, sample: Name, units: tuple[Node, ...]) -> Name | None:
        """Return the matrix of which a name is a column, or an entry; nothing where something computes it by itself."""
        if key(sample) in self.defined or sample.sub not in ((), units):
            return None
        bare = replace(sample, label=sample.label[:-1], sub=())
        spelt = (bare.base.upper(), bare.base[0] + bare.base[1:].upper(), bare.base)  # of dz also dZ
        known = (replace(bare, base=base) for base in spelt if base[-1].isupper())
        return next((name for name in known if key(name) in self.names), None)


def _uses(node: Summation, samples: list[Name]) -> bool:
    """Whether the letter of a sum stands elsewhere than on its samples."""
    return sum(1 for part in walk(node.body) if part == node.index) > len(samples)


def _inner(node: Node) -> tuple[Node, tuple[Node, ...]]:
    """Return what the sums within a sum add up, and their letters."""
    bare = without_groups(node)
    if not isinstance(bare, Summation) or not isinstance(bare.index, Name) or bare.product:
        return node, ()
    body, letters = _inner(bare.body)
    return body, (bare.index, *letters)


def entrywise(node: Node, wholes: Mapping[str, Name]) -> Node:
    """Return what is computed of one sample, or entry, as what is computed of every entry of these arrays.

    >>> from symbp.formulas import read
    >>> entrywise(read("a y_k z_k"), {"y_k": Name("y"), "z_k": Name("z")}).signs
    ('', '@')
    """
    if isinstance(node, Name):
        return wholes.get(key(node), node)
    if isinstance(node, Product):
        holds = [any(isinstance(part, Name) and key(part) in wholes for part in walk(f)) for f in node.factors]
        signs = tuple("@" if any(holds[: k + 1]) and holds[k + 1] else sign for k, sign in enumerate(node.signs))
        return Product(tuple(entrywise(factor, wholes) for factor in node.factors), signs)
    return map_children(node, lambda child: entrywise(child, wholes))

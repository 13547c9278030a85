r"""Letters that only name a size, as the k of ``QK^T / \sqrt{d_k}``: it is no index, whatever k is elsewhere."""

from __future__ import annotations

from dataclasses import replace

from ..formulas import Call, Name, Node, key, map_children, walk
from .indices import of_any
from .knowledge import Read
from .looks import UPRIGHT, bare, is_root_of_count


def with_named_sizes(chains: list[Read]) -> list[Read]:
    r"""Return chains in which the letter of a size below a root is upright, so that it stands for no number.

    Only where the document has this size with no other letter.

    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> from symbp.checking.reads import read_chains
    >>> [read] = with_named_sizes(read_chains(chains(r"$S = Q K^T / \sqrt{d_k}$"), Roles()))
    >>> latex(read.members[1])
    'Q K^T / \\sqrt{d_{\\mathrm{k}}}'
    """
    parts = [part for chain in chains for node in chain.nodes for part in walk(node)]
    roots = (bare(part.arguments[0]) for part in parts if isinstance(part, Call) and is_root_of_count(part))
    sizes = {key(name): name for name in roots if isinstance(name, Name) and len(name.sub) == 1}
    kin = {key(part): part.base for part in parts if isinstance(part, Name) and part.base in _bases(sizes)}
    lone = {name for name, size in sizes.items() if of_any(size) and list(kin.values()).count(size.base) == 1}
    if not lone:
        return chains

    def upright(node: Node) -> Node:
        if isinstance(node, Name) and key(node) in lone and isinstance(letter := node.sub[0], Name):
            return replace(node, sub=(replace(letter, marks=(UPRIGHT,)),))
        return map_children(node, upright)

    return [chain.changed(upright) for chain in chains]


def _bases(sizes: dict[str, Name]) -> set[str]:
    return {size.base for size in sizes.values()}

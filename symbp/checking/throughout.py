"""Names that are meant otherwise throughout: by what a document else calls its quantities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..formulas import Derivative, Name, Node, Product, key, walk
from .indices import is_letter
from .looks import bare
from .parts import replaced

Formulas = Sequence[Sequence[Node]]  # of chains


def joined(member: Node) -> Node:
    """Return a member where what is differentiated by has an index again that slipped out of it.

    >>> from symbp.formulas import latex, read
    >>> latex(joined(read(r"\\frac{\\partial L}{\\partial w_{u_1} v}")))
    '\\\\frac{\\\\partial L}{\\\\partial w_{u_1 v}}'
    """
    return replaced(member, lambda part: _with_index(part) if isinstance(part, Derivative) else None)


def _with_index(slope: Derivative) -> Node | None:
    by = bare(slope.by)
    match by.factors if isinstance(by, Product) else ():
        case (Name(sub=(_, *_)) as name, Name(sub=(), label=(), marks=()) as index) if len(index.base) == 1:
            return replace(slope, by=replace(name, sub=(*name.sub, index)))
    return None


def renamings(chains: Formulas, defined: Iterable[str]) -> Iterator[Mapping[str, Name]]:
    """Yield what may be meant throughout: a label for an index, where a quantity that is not defined has a twin.

    As ``b_k`` where a definition has ``b^{(k)}``: all such, then each.
    """
    names = {key(part): part for one in chains for node in one for part in walk(node) if isinstance(part, Name)}
    known = set(defined)
    twins = {
        name: names[twin]
        for name, own in names.items()
        if name not in known
        and len(own.sub) == 1
        and is_letter(own.sub[0])
        and not own.label
        and (twin := key(_labelled(own))) in names
    }
    if twins:
        yield twins
    yield from ({name: other} for name, other in twins.items() if len(twins) > 1)


def _labelled(name: Name) -> Name:
    return replace(name, sub=(), label=name.sub)


def renamed_throughout(node: Node, meant: Mapping[str, Name]) -> Node:
    """Return a formula with other names for some."""
    return replaced(node, lambda part: meant.get(key(part)) if isinstance(part, Name) else None)

"""Names that are meant otherwise throughout: by what a document else calls its quantities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..formulas import Derivative, Name, Node, Number, Product, children, key, map_children, walk
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


def misread(chains: Formulas) -> dict[str, str]:
    """Return the numbers in definitions for which another stands wherever numbers are put in, in several chains.

    As an ``i_1`` that was scanned as 11: ``h = w 11 = 0.1 * 5``, ``g = v 11 = 0.2 * 5``.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for _, definition, instance, *_ in (chain for chain in chains if len(chain) > 2):
        for old, new in numbers_beside(definition, instance) or ():
            found[old].append(new)
    return {old: new[0] for old, new in found.items() if len(new) > 1 and set(new) == {new[0]} != {old}}


def numbers_beside(formula: Node, instance: Node) -> list[tuple[str, str]] | None:
    """Return the numbers of a formula, each with that in its place where numbers are put in for names.

    >>> from symbp.formulas import read
    >>> numbers_beside(read("w * 11 + b * 1"), read("0.1 * 5 + 0.35 * 1"))
    [('11', '5'), ('1', '1')]
    """
    if isinstance(formula, Name) and isinstance(instance, Number):
        return []
    if isinstance(formula, Number) and isinstance(instance, Number):
        return [(formula.text, instance.text)]
    parts, others = list(children(formula)), list(children(instance))
    if type(formula) is not type(instance) or len(parts) != len(others) or not parts:
        return None
    pairs = [numbers_beside(*pair) for pair in zip(parts, others, strict=True)]
    return None if None in pairs else [pair for one in pairs for pair in one or ()]


def with_numbers(formula: Node, meant: Mapping[str, str]) -> Node:
    """Return a formula with other numbers for some."""
    if isinstance(formula, Number):
        return Number(meant.get(formula.text, formula.text))
    return formula if isinstance(formula, Name) else map_children(formula, lambda part: with_numbers(part, meant))

"""Sums with a term in common: the rest of them decides, where that term has no value."""

from __future__ import annotations

from ..formulas import Node, Sum, names_in, without_groups
from .judgement import Judgement
from .judging import Judge


def without_common_terms(judge: Judge, left: Node, right: Node) -> Judgement | None:
    """Return the verdict on what two sums do not have in common; nothing where that gives none.

    ``t_0 - a b = t_0 - 0.1 \\cdot 0.5`` is about ``-a b`` where nothing is said of ``t_0``.
    """
    one, other = (list(side.terms) if isinstance(side, Sum) else [side] for side in map(without_groups, (left, right)))
    known = judge.knowledge.defined
    common = [term for term in one if term in other and names_in(term) and names_in(term).isdisjoint(known)]
    if len(common) != 1 or min(one.count(common[0]), other.count(common[0])) != 1:
        return None
    rest = [[term for term in terms if term != common[0]] for terms in (one, other)]
    if not all(rest):
        return None
    found = judge.link(*(Sum(tuple(terms)) if terms[1:] else terms[0] for terms in rest))
    return None if found.verdict == "undecided" else found

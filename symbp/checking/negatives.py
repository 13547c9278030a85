r"""Sums over negative examples, ``\sum_k \log \sigma(-u_k^T v)`` beside ``\log \sigma(u_o^T v)``: the k are not o."""

from __future__ import annotations

from dataclasses import replace

from ..formulas import Apply, Call, Group, Name, Negative, Node, Sum, Summation, map_children, walk
from .knowledge import Read


def with_negatives(chains: list[Read]) -> list[Read]:
    r"""Return chains in which such a sum leaves out the positive example that stands beside it.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = r"$J = -\log f(u_o v) - \sum_k \log f(-u_k v)$"
    >>> latex(with_negatives(read_chains(chains(text), Roles()))[0].members[1])
    '-\\ln(f(u_o v)) - \\sum_{k \\neq o} \\ln(f(-u_k v))'
    """
    return [chain.changed(_put) for chain in chains]


def _put(node: Node) -> Node:
    node = map_children(node, _put)
    if not isinstance(node, Sum):
        return node
    positives = [term for term in node.terms if not any(isinstance(part, Summation) for part in walk(term))]
    return replace(node, terms=tuple(_without(term, positives) for term in node.terms))


def _without(term: Node, positives: list[Node]) -> Node:
    if isinstance(term, Negative | Group):
        return replace(term, body=_without(term.body, positives))
    if not isinstance(term, Summation) or not isinstance(term.index, Name) or term.without or term.product:
        return term
    others = (other for positive in positives if (other := _letter(_bare(term.body), _bare(positive), term.index)))
    found = next(others, None)
    return term if found is None else replace(term, without=found)


def _letter(negative: Node, positive: Node, index: Name) -> Name | None:
    """Return the index in whose place the letter of a sum stands, where the arguments differ but in it and a sign."""
    one, other = _argument(negative), _argument(positive)
    if one is None or other is None or not isinstance(one, Negative):
        return None
    names = [(a, b) for a, b in zip(walk(one.body), walk(other), strict=False) if a != b and isinstance(a, Name)]
    letters = {b.sub[0] for a, b in names if isinstance(b, Name) and a.sub == (index,) and len(b.sub) == 1}
    letter = next(iter(letters), None)
    if len(letters) != 1 or not isinstance(letter, Name):
        return None
    same = _renamed(one.body, index, letter) == other
    return letter if same else None


def _renamed(node: Node, old: Name, new: Name) -> Node:
    if isinstance(node, Name) and node.sub == (old,):
        return replace(node, sub=(new,))
    return map_children(node, lambda part: _renamed(part, old, new))


def _argument(node: Node) -> Node | None:
    """Return the argument of the function within a logarithm."""
    inner = _bare(node.arguments[0]) if isinstance(node, Call) and node.function == "log" else None
    is_function = isinstance(inner, Apply | Call) and len(inner.arguments) == 1
    return _bare(inner.arguments[0]) if is_function and isinstance(inner, Apply | Call) else None


def _bare(node: Node) -> Node:
    if isinstance(node, Group):
        return _bare(node.body)
    return _bare(node.body) if isinstance(node, Negative) and isinstance(node.body, Call) else node

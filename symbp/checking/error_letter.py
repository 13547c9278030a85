"""An error that is called e, as in ``e = t - y`` and ``E = e^2 / 2``: it is not the base of the exponential."""

from __future__ import annotations

from dataclasses import replace

from ..formulas import Call, Name, Node, Number, Power, map_children
from .knowledge import CONSTANTS, Read, names_in

_CONSTANT = Name("e")
_ERROR = Name("e", marks=("\\mathit",))  # key and latex tell it from the constant


def with_error_letter(chains: list[Read]) -> list[Read]:
    """Return chains in which the letter e is a quantity where a document defines it; of powers only the square.

    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> from symbp.checking.reads import read_chains
    >>> latex(with_error_letter(read_chains(chains("$e = t - y$, $E = e^2$"), Roles()))[1].members[1])
    '(\\\\mathit{e})^2'
    """
    heads = (chain.members[:2] for chain in chains)
    said = (body for head, body in heads if head == _CONSTANT and isinstance(body, Node))
    if not any(names_in(body) - CONSTANTS for body in said):
        return chains
    return [chain.changed(_with) for chain in chains]


def _with(node: Node) -> Node:
    if node == _CONSTANT:
        return replace(_ERROR, span=node.span)
    if isinstance(node, Call) and node.function == "exp" and node.arguments[0] == Number("2"):
        return Power(_ERROR, node.arguments[0], span=node.span)
    return map_children(node, _with)

"""A gradient written out: ``\\nabla J = (\\partial J / \\partial w_1, ..., \\partial J / \\partial w_n)``."""

from __future__ import annotations

from ..formulas import Derivative, Dots, Dotted, Gradient, Group, Matrix, Name, Node, Product, Transpose, key
from .holding import differentiated
from .judgement import Judgement


def gradient_rule(left: Node, right: Node) -> Judgement | None:
    """Return the verdict on a gradient that does not say by what, and the vector of derivatives that it stands for.

    >>> from symbp.formulas import Roles, read
    >>> vector = read("[\\\\frac{\\\\partial J}{\\\\partial x}, \\\\frac{\\\\partial J}{\\\\partial x}]", Roles())
    >>> gradient_rule(read("\\\\nabla J", Roles()), vector).verdict
    'refuted'
    """
    of, entries = _nabla(left), _derivatives(right)
    if of is None or len(entries) < 2:
        return None
    quantities = [differentiated(entry.of) for entry in entries]
    by = [key(entry.by) for entry in entries]
    if any(found is None or found.base != of.base for found in quantities):
        return Judgement("refuted", f"one entry is no derivative of {key(of)}")
    if len(set(by)) < len(by):
        return Judgement("refuted", "two entries are derivatives by the same variable")
    if any(found != of for found in quantities):
        return None
    return Judgement("holds", "the vector of the derivatives is the gradient")


def _nabla(node: Node) -> Name | None:
    """Return of what a gradient is, perhaps printed with its argument, where it does not say by what."""
    if isinstance(node, Product) and len(node.factors) == 2 and isinstance(node.factors[1], Group):
        node = node.factors[0]
    if not isinstance(node, Gradient) or node.by:
        return None
    return differentiated(node.of)


def _derivatives(node: Node) -> list[Derivative]:
    """Return the entries of a vector if all are derivatives by names; dots among them are left out."""
    node = node.body if isinstance(node, Transpose) else node
    node = node.body if isinstance(node, Dotted) else node
    if not isinstance(node, Matrix) or (len(node.rows) > 1 and len(node.rows[0].entries) > 1):
        return []
    entries = [entry for row in node.rows for entry in row.entries if not isinstance(entry, Dots)]
    found = [entry for entry in entries if isinstance(entry, Derivative) and isinstance(entry.by, Name)]
    return found if len(found) == len(entries) else []

"""Gradients of a loss that nothing says: along the sum over the samples, or along their mean."""

from __future__ import annotations

from collections.abc import Callable

from ..formulas import Derivative, Fraction, Gradient, Node, Number, Product, key, without_groups
from .judgement import Judgement
from .knowledge import Knowledge

Link = Callable[[Node, Node], Judgement]


def as_mean(own: Judgement, left: Node, right: Node, known: Knowledge, link: Link) -> Judgement:
    """Return a verdict; that a gradient holds as a mean where the loss may as well be the mean over the samples.

    After ``dZ = A - Y`` for two columns, ``dW = 1/2 dZ X^T`` is as right as ``dW = dZ X^T``.
    """
    if own.verdict != "refuted" or not isinstance(left, Derivative | Gradient) or key(left.of) in known.defined:
        return own
    count, whole = _mean(without_groups(right))
    sizes = {str(size) for shape in known.shapes.values() for size in shape}
    if whole is None or count not in sizes or not link(left, whole).passes:
        return own
    return Judgement("holds", f"equal for the mean over {count} samples; the loss is not said")


def _mean(right: Node) -> tuple[str, Node | None]:
    """Return by what a formula is divided as a whole, and the formula without that; no formula where it is not."""
    if isinstance(right, Product) and isinstance(right.factors[0], Fraction):
        share, rest = right.factors[0], right.factors[1:]
        whole: Node = rest[0] if len(rest) == 1 else Product(rest, right.signs[1:])
        if without_groups(share.above) == Number("1") and isinstance(share.below, Number):
            return share.below.text, whole
    if isinstance(right, Fraction) and isinstance(right.below, Number):
        return right.below.text, right.above
    return "", None

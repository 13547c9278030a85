"""Second derivatives: that of the formula which a document gives for the first, where that is the first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flint import arb

from ..formulas import Derivative, Node, has_part, walk, without_groups
from .agreeing import meets
from .arrays import Mismatch
from .jacobians import pairings
from .knowledge import slope_key
from .limits import Undecided

if TYPE_CHECKING:
    from .evaluation import Evaluator


def is_second(formula: Node) -> bool:
    """Whether a derivative of a derivative stands in a formula."""
    slopes = (part for part in walk(formula) if isinstance(part, Derivative))
    return any(isinstance(without_groups(slope.of), Derivative) for slope in slopes)


def second_derivative(node: Derivative, evaluator: Evaluator) -> Any:
    """Return a derivative of a derivative: in whichever order, by the formula of the document for the first of them.

    Raises:
        Undecided: no formula of the document is that derivative.
    """
    inner = without_groups(node.of)
    assert isinstance(inner, Derivative)
    for first, by in ((inner, node.by), (Derivative(inner.of, node.by, inner.upright), inner.by)):
        for formula in _stated(first, evaluator):
            return evaluator.derivative(Derivative(formula, by, node.upright))
    raise Undecided("no formula is known for a first derivative")


def _stated(first: Derivative, evaluator: Evaluator) -> Iterator[Node]:
    """Yield the formulas without derivatives that a document gives for one, and that have its value."""
    pair = slope_key(first)
    for formula in evaluator.knowledge.expansions.get(pair, ()) if pair is not None else ():
        if not has_part(formula, Derivative):
            with suppress(Undecided, Mismatch):
                if _agree(evaluator.derivative(first), evaluator.value(formula)):
                    yield formula


def _agree(one: Any, other: Any) -> bool:
    ways = pairings(one, other)
    return any(all(meets(a, b) if isinstance(a, arb) else a == b for a, b in pairs) for pairs in ways)

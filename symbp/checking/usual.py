"""Formulas that everybody knows: activations, and the sum of squares."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from flint import arb

from ..formulas import Apply, Group, Name, Negative, Node, Number, Power, Summation, key, without_groups
from ..networks import ACTIVATIONS
from .arrays import Mismatch
from .fields import Balls
from .judging import Judge
from .knowledge import Defined, Knowledge
from .limits import Undecided

POINTS, TINY = ("0.3", "0.9", "1.7"), 1e-9  # where a function is compared with those that are known


def is_activation(parameters: Sequence[str], body: Node) -> bool:
    """Whether a formula of one parameter is that of an activation that is known."""
    function = Knowledge(functions={"f": Defined(tuple(parameters), body)})
    judge, at = Judge(function), Balls(function, instance=True)
    with suppress(Undecided, Mismatch, ValueError):
        arguments = [Group(Negative(Number(text))) for text in POINTS] + [Number(text) for text in POINTS]
        found = [judge.value(Apply(Name("f"), (argument,)), at) for argument in arguments]
        if not all(isinstance(value, arb) for value in found):
            return False
        values = [float(value.mid()) for value in found]
        places = [-float(text) for text in POINTS] + [float(text) for text in POINTS]
        return _is_leaky(places, values) or any(
            all(abs(activation.at(x) - y) < TINY for x, y in zip(places, values, strict=True))
            for activation in ACTIVATIONS.values()
        )
    return False


def _is_leaky(places: Sequence[float], values: Sequence[float]) -> bool:
    """Whether values are those of a rectifier, whatever part it lets through of what is below zero."""
    leak = values[0] / places[0]
    pairs = zip(places, values, strict=True)
    return TINY < leak < 1 and all(abs((x if x > 0 else leak * x) - y) < TINY for x, y in pairs)


def is_applied(formula: Node, functions: Collection[str]) -> bool:
    """Whether a formula is that of an output: one of some functions, of one name.

    >>> from symbp.formulas import read
    >>> is_applied(read("f(z)"), {"f"}), is_applied(read("f(2 z)"), {"f"}), is_applied(read("f'(z)"), {"f"})
    (True, False, False)
    """
    whole = without_groups(formula)
    if not isinstance(whole, Apply) or whole.primes:
        return False
    return key(whole.function) in functions and isinstance(without_groups(whole.arguments[0]), Name)


def is_sum_of_squares(formula: Node) -> bool:
    """Whether a formula is a sum of squares over an index: a usual loss, whose derivatives as easily lack the 2.

    >>> from symbp.formulas import read
    >>> is_sum_of_squares(read(r"\\sum_j (y_j - t_j)^2")), is_sum_of_squares(read(r"\\sum_j (y_j - t_j)^3"))
    (True, False)
    """
    whole = without_groups(formula)
    body = without_groups(whole.body) if isinstance(whole, Summation) and whole.index is not None else None
    return isinstance(body, Power) and body.exponent == Number("2")

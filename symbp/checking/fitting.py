"""What an expression is: a weighted sum, an activation of one, a loss of an output and its target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache

import sympy
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef

from ..networks import ACTIVATIONS, LOSSES, VECTOR_ACTIVATIONS

POINTS = (0.31, -0.73, 1.7)  # where two activations are compared
PAIRS = ((0.31, 0.17), (0.73, 0.59))  # outputs and targets at which two losses are
CLOSE = 1e-9
MOST_SHARE = 1000


def without_second_names(definitions: Mapping[Symbol, Expr]) -> dict[Symbol, Expr]:
    """Return the definitions with what is only another name for something replaced by that."""
    same = {symbol: expression for symbol, expression in definitions.items() if expression.is_Symbol}
    for symbol in same:
        chain = [symbol]
        while same.get(chain[-1]) is not None and same[chain[-1]] not in chain:
            chain.append(same[chain[-1]])
        same[symbol] = chain[-1]
    return {symbol: formula.xreplace(same) for symbol, formula in definitions.items() if symbol not in same}


def terms(formula: Expr) -> tuple[tuple[tuple[Symbol, Symbol], ...], tuple[Symbol, ...]] | None:
    """Return the products of two symbols and the single symbols that a weighted sum adds up."""
    if not formula.is_polynomial() or formula.is_Pow:
        return None
    products, singles = [], []
    for term in sympy.Add.make_args(formula if formula.is_Add else sympy.expand_mul(formula)):
        factors = sympy.Mul.make_args(term)
        if not all(factor.is_Symbol for factor in factors) or len(factors) > 2:
            return None
        if len(factors) == 2:
            products.append((factors[0], factors[1]))
        else:
            singles.append(factors[0])
    return (tuple(products), tuple(singles)) if products else None


def arguments(formula: Expr) -> Iterator[Expr]:
    """Yield what a formula may be a function of: its only symbol, or what stands in its functions."""
    if len(formula.free_symbols) == 1:
        yield next(iter(formula.free_symbols))
        return
    for function in sorted(formula.atoms(sympy.Function, sympy.Max), key=sympy.default_sort_key):
        for argument in function.args:
            if isinstance(argument, Expr) and argument.free_symbols:
                yield argument
                yield -argument


def activation(formula: Expr, argument: Expr) -> str | None:
    """Return the name of an activation that a formula applies to an argument; ``unknown`` for a function left open."""
    net = sympy.Symbol("net", real=True)
    of_net = formula.xreplace({-argument: -net}).xreplace({argument: net})
    if of_net.free_symbols != {net}:
        return None
    if isinstance(of_net, AppliedUndef):
        return "unknown"
    try:
        found = [float(of_net.subs(net, point)) for point in POINTS]
    except TypeError:
        return None
    same = (name for name, values in _values() if max(abs(a - b) for a, b in zip(found, values, strict=True)) < CLOSE)
    return next(same, None)


@cache
def _values() -> list[tuple[str, list[float]]]:
    """Return the values of every activation but the identity at a few points."""
    records = (record for record in ACTIVATIONS.values() if record.name != "identity")
    return [(record.name, [record.at(point) for point in POINTS]) for record in records]


@cache
def _slopes() -> list[tuple[str, list[float]]]:
    """Return the slopes of every loss at a few outputs and targets."""
    return [(record.name, [record.slope_at(aim, out) for out, aim in PAIRS]) for record in LOSSES.values()]


def joint_activation(formula: Expr, nets: list[Symbol]) -> tuple[str, Symbol] | None:
    """Return the activation that joins several net inputs to the output of one of them, with that one."""
    points = {net: sympy.Float(POINTS[0] + place / 7) for place, net in enumerate(nets)}
    try:
        found = float(formula.xreplace(points))
    except TypeError:
        return None
    for name, record in VECTOR_ACTIVATIONS.items():
        for place, net in enumerate(nets):
            if abs(float(record.unit(place, nets).xreplace(points)) - found) < CLOSE:
                return name, net
    return None


def target(loss: Expr, output: Symbol) -> Symbol | None:
    """Return the one other symbol on which the slope of the loss by an output depends, if it depends on both."""
    slope = sympy.diff(loss, output).free_symbols
    return next(iter(slope - {output})) if output in slope and len(slope) == 2 else None


def fits(loss: Expr, output: Symbol, aim: Symbol) -> dict[str, Fraction]:
    """Return the losses whose slope by an output that of a formula is a multiple of, with the factor."""
    found: dict[str, Fraction] = {}
    slope = sympy.diff(loss, output)
    if slope.has(AppliedUndef):
        return found
    try:
        own = [float(slope.subs({output: out, aim: given})) for out, given in PAIRS]
    except TypeError:
        return found
    for name, slopes in _slopes():
        try:
            ratios = [one / other for one, other in zip(own, slopes, strict=True)]
        except ZeroDivisionError:
            continue
        factor = Fraction(ratios[0]).limit_denominator(MOST_SHARE)
        if max(abs(ratio - factor) for ratio in ratios) < CLOSE and factor > 0:
            found[name] = factor
    return found

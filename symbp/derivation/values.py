"""The numbers of a worked instance: exact where they are rational, else to many digits."""

from collections.abc import Mapping
from decimal import Context, Decimal

import sympy
from sympy import Expr, Symbol

from ..errors import ImpossibleError
from ..graphs import Backward, Graph
from .keys import Key, Path, Slope, Updated

DIGITS = 50  # carried; more than any notation prints


def values(walked: Backward, output: Symbol, given: Mapping[Symbol, Decimal]) -> dict[Key, Expr]:
    """Return the number behind every quantity, every derivative of the loss, every path and every update.

    Raises:
        ImpossibleError: a definition has no finite value at this instance; the text names it.
    """
    graph = walked.graph
    found: dict[Key, Expr] = {symbol: sympy.Rational(str(number)) for symbol, number in given.items()}
    for definition in graph.definitions:
        found[definition.symbol] = _number(definition.expression, found, definition.symbol)
    for symbol, adjoint in walked.adjoints.items():
        found[Slope(output, symbol)] = found[adjoint]
        for user in graph.users[symbol]:
            if user in walked.adjoints:
                slope = _number(graph.by_symbol[user].partials[symbol], found, user)
                found[Slope(user, symbol)] = found.get(Slope(user, symbol), slope)
                found[Path(symbol, user)] = found[walked.adjoints[user]] * slope
    return found | _updates(graph, output, found)


def _updates(graph: Graph, output: Symbol, found: Mapping[Key, Expr]) -> dict[Key, Expr]:
    rates = [symbol for symbol in graph.role("learning_rate") if symbol in found]
    return {
        Updated(symbol): found[symbol] - found[rate] * found[Slope(output, symbol)]
        for rate in rates
        for symbol in graph.role("weight", "bias")
        if Slope(output, symbol) in found
    }


def _number(expression: Expr, found: Mapping[Key, Expr], where: Symbol) -> Expr:
    if expression.is_Symbol:
        return found[expression]
    number = expression.xreplace({symbol: found[symbol] for symbol in expression.free_symbols})
    if not number.is_Rational:
        number = number.evalf(DIGITS)
    if not (number.is_Number and number.is_finite):
        at = ", ".join(f"{symbol} = {printed(found[symbol], 6)}" for symbol in sorted(expression.free_symbols, key=str))
        raise ImpossibleError(f"{where} = {expression} has no finite real value at {at}: give other numbers")
    return number


def printed(number: Expr, digits: int, *, given: bool = False) -> str:
    """Return a number in plain decimal notation, in full where it is given or has no more than ``digits`` digits.

    >>> printed(sympy.Rational(3775, 10000), 4), printed(sympy.Rational(1, 3), 4), printed(sympy.Rational(1, 99999), 2)
    ('0.3775', '0.3333', '1.0e-5')
    """
    if number.is_Rational and _terminates(number):
        full = format((Decimal(int(number.p)) / Decimal(int(number.q))).normalize(), "f")
        if given or len(full.replace(".", "").replace("-", "").strip("0")) <= digits:
            return full
    decimal = Decimal(str(number.evalf(DIGITS)))
    rounded = Context(prec=digits).create_decimal(decimal)
    if rounded and not -5 < rounded.adjusted() <= digits:
        return format(rounded, "e").replace("e+", "e").replace("E+", "e").lower()
    return format(rounded, "f")


def _terminates(number: Expr) -> bool:
    below = int(number.q)
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    return below == 1 and len(str(number.q)) <= 28 and len(str(abs(number.p))) <= 28

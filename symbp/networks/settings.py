"""Records with parameters, by one text: ``leaky_relu(alpha=0.2)`` is the record and the number that differs."""

import re
from collections.abc import Callable, Mapping
from functools import cache

import sympy
from sympy import Expr, Rational, Symbol

from ..errors import InputError, nearest

_CALL = re.compile(r"(?P<name>\w+)\s*\((?P<inside>[^()]*)\)\s*$")
_SETTING = re.compile(r"\s*(?P<name>\w+)\s*=\s*(?P<number>[+-]?\d{1,30}(?:\.\d{1,30})?)\s*$")


def settings(text: str) -> tuple[str, dict[str, Rational]]:
    """Return the name of a record and the parameters that are set.

    >>> settings("elu(alpha=0.5)"), settings("tanh")
    (('elu', {'alpha': 1/2}), ('tanh', {}))

    Raises:
        InputError: what stands in the brackets is not ``name=number``.
    """
    call = _CALL.match(text)
    if call is None:
        return text, {}
    found: dict[str, Rational] = {}
    for part in filter(str.strip, call["inside"].split(",")):
        setting = _SETTING.match(part)
        if setting is None:
            raise InputError(f"{text!r}: {part.strip()!r} is no parameter: write name=number")
        found[setting["name"]] = Rational(setting["number"])
    return call["name"], found


def with_settings(what: str, *, known: Mapping[str, Rational], given: Mapping[str, Rational]) -> dict[Symbol, Rational]:
    """Return the number of every parameter of a record, as symbols to be replaced.

    Raises:
        InputError: the record has no such parameter (the text names the nearest), or it is not above 0.
    """
    for name in given.keys() - known.keys():
        allowed = f" (known: {', '.join(known)})" if known else ": it has none"
        raise InputError(f"{what} has no parameter {name!r}{nearest(name, list(known))}{allowed}")
    for name, number in given.items():
        if number <= 0:
            raise InputError(f"{what}: {name} = {number}: a number above 0 is needed")
    return {parameter(name): given.get(name, number) for name, number in known.items()}


@cache
def compiled(formula: Expr, *of: Symbol) -> Callable[..., float]:
    """Return a formula as a function in floating point.

    >>> compiled(parameter("alpha") ** 2, parameter("alpha"))(3.0)
    9.0
    """
    found: Callable[..., float] = sympy.lambdify(of, formula, "math")
    return found


def parameter(name: str) -> Symbol:
    """Return the symbol of a parameter in the formulas of a record."""
    return Symbol(name, positive=True)

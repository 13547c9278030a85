"""The optimisers: one record each. The update as a formula is the truth; all code is generated from it."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import sympy
from sympy import Symbol, sqrt

from ..errors import InputError
from ..programs import SGD, Rule
from ..programs.rules import g, p, rate, t
from .spelling import spelled

mu = Symbol("momentum", nonnegative=True)
rho = Symbol("decay", nonnegative=True)
beta_1, beta_2 = sympy.symbols("beta_1 beta_2", nonnegative=True)
epsilon = Symbol("epsilon", positive=True)
penalty = Symbol("weight_decay", nonnegative=True)
v, m, s = sympy.symbols("velocity mean square", real=True)  # the states

_moments = MappingProxyType({m: beta_1 * m + (1 - beta_1) * g, s: beta_2 * s + (1 - beta_2) * g**2})
_adam = rate * (m / (1 - beta_1**t)) / (sqrt(s / (1 - beta_2**t)) + epsilon)
_ADAM = MappingProxyType({beta_1: 0.9, beta_2: 0.999, epsilon: 1e-8})

_RECORDS = (
    SGD,
    Rule(
        name="momentum",
        states=MappingProxyType({v: mu * v + g}),
        update=p - rate * v,
        constants=MappingProxyType({mu: 0.9}),
        source="Polyak 1964; Sutskever, Martens, Dahl, Hinton 2013",
    ),
    Rule(
        name="nesterov",
        states=MappingProxyType({v: mu * v + g}),
        update=p - rate * (g + mu * v),
        constants=MappingProxyType({mu: 0.9}),
        source="Nesterov 1983; Sutskever, Martens, Dahl, Hinton 2013",
    ),
    Rule(
        name="adagrad",
        states=MappingProxyType({s: s + g**2}),
        update=p - rate * g / (sqrt(s) + epsilon),
        constants=MappingProxyType({epsilon: 1e-10}),
        source="Duchi, Hazan, Singer 2011",
    ),
    Rule(
        name="rmsprop",
        states=MappingProxyType({s: rho * s + (1 - rho) * g**2}),
        update=p - rate * g / (sqrt(s) + epsilon),
        constants=MappingProxyType({rho: 0.99, epsilon: 1e-8}),
        source="Tieleman, Hinton 2012, lecture 6.5",
    ),
    Rule(
        name="adam",
        states=_moments,
        update=p - _adam,
        constants=_ADAM,
        source="Kingma, Ba 2015, algorithm 1",
    ),
    Rule(
        name="adamw",
        states=_moments,
        update=p - rate * penalty * p - _adam,
        constants=MappingProxyType({**_ADAM, penalty: 0.01}),
        source="Loshchilov, Hutter 2019, algorithm 2",
    ),
)

OPTIMISERS: Mapping[str, Rule] = MappingProxyType({record.name: record for record in _RECORDS})


def optimiser(spelling: str | Rule, *, l1: float = 0.0, l2: float = 0.0) -> Rule:
    """Return an update rule by name, perhaps with other constants, and with penalties on the weights.

    Example:
        >>> optimiser("momentum:momentum=0.5").update
        parameter - rate*velocity

    Raises:
        InputError: no optimiser or constant has this name, or a number is out of its range.
    """
    for name, number in (("l1", l1), ("l2", l2)):
        if not 0 <= number < float("inf"):
            raise InputError(f"{name} = {number!r}: give a finite number of at least 0")
    if isinstance(spelling, Rule):
        return replace(spelling, l1=l1, l2=l2)
    name, given = spelled(spelling, OPTIMISERS, "optimizer")
    rule = OPTIMISERS[name]
    known = {symbol.name: symbol for symbol in rule.constants}
    changed = {known[key]: number for key, number in given(known).items()}
    for symbol, number in changed.items():
        if number < 0 or (symbol in (mu, rho, beta_1, beta_2) and number >= 1):
            raise InputError(f"{symbol} = {number:g} of optimizer {name!r} is out of its range")
    return replace(rule, constants=MappingProxyType({**rule.constants, **changed}), l1=l1, l2=l2)

"""Schedules: what becomes of the learning rate from epoch to epoch; one record each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import sympy
from sympy import Expr, Symbol

from ..errors import InputError
from ..programs import Array
from .spelling import spelled

epoch = Symbol("epoch", nonnegative=True)  # from 0
epochs = Symbol("epochs", positive=True)  # in all
every = Symbol("every", positive=True)
factor = Symbol("factor", positive=True)


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the learning rate is multiplied by in an epoch, and the constants of the formula."""

    name: str
    formula: Expr
    constants: Mapping[Symbol, float]

    def factors(self, first: int, last: int, *, total: int) -> Array:
        """Return the factors of the epochs ``first`` to ``last - 1``.

        >>> schedule("step:every=2,factor=0.1").factors(0, 4, total=4).tolist()
        [1.0, 1.0, 0.1, 0.1]
        """
        given = {**self.constants, epochs: float(total)}  # as floats: printed with 15 digits, 3 * (1/3) is below 1
        of = sympy.lambdify([epoch, *given], self.formula, "numpy")
        found: Array = np.ones(last - first) * of(np.arange(first, last, dtype=np.float64), *given.values())
        return found


_RECORDS = (
    Schedule("constant", sympy.Integer(1), MappingProxyType({})),
    Schedule("step", factor ** sympy.floor(epoch / every), MappingProxyType({factor: 0.5, every: 100.0})),
    Schedule("exponential", factor**epoch, MappingProxyType({factor: 0.99})),
    Schedule("inverse", 1 / (1 + factor * epoch), MappingProxyType({factor: 0.01})),
    Schedule("cosine", (1 + sympy.cos(sympy.pi * epoch / epochs)) / 2, MappingProxyType({})),
)

SCHEDULES: Mapping[str, Schedule] = MappingProxyType({record.name: record for record in _RECORDS})


def schedule(spelling: str) -> Schedule:
    """Return a schedule by name, perhaps with other constants: ``step:every=50,factor=0.1``.

    Raises:
        InputError: no schedule or constant has this name, or a constant is not above 0.
    """
    name, given = spelled(spelling, SCHEDULES, "schedule")
    record = SCHEDULES[name]
    known = {symbol.name: symbol for symbol in record.constants}
    changed = {known[key]: number for key, number in given(known).items()}
    for symbol, number in changed.items():
        if number <= 0:
            raise InputError(f"{symbol} = {number:g} of schedule {name!r}: give a number above 0")
    return replace(record, constants=MappingProxyType({**record.constants, **changed}))

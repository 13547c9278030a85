"""The losses: one record each, as the error of one output unit and how the errors of the units are joined."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import sympy
from sympy import Expr, Max, Min, Rational, log

from .activations import EVERYWHERE, Interval, step
from .settings import compiled, parameter, with_settings

t = sympy.Symbol("t", real=True)  # the target of an output unit
o = sympy.Symbol("o", real=True)  # its output


@dataclass(frozen=True, slots=True)
class Loss:
    """The error of one output unit, and the reduction over the units; over a batch the mean is taken.

    Attributes:
        name: what a network file calls it.
        formula: the error of one unit, an expression in the target ``t``, the output ``o`` and the parameters.
        derivative: d formula / d o as it is taught.
        over_units: ``sum`` or ``mean``: how the errors of the output units become the loss of a sample.
        source: where the definition is found.
        domain: the open interval in which outputs must lie.
        targets: the interval in which targets lie.
        distribution: whether the targets of a sample add up to 1.
        kink: where the derivative does not exist, an expression that is 0 there, and what is taken; empty for nowhere.
        parameters: their numbers, where none are given.
    """

    name: str
    formula: Expr
    derivative: Expr
    over_units: str
    source: str
    domain: Interval = EVERYWHERE
    targets: Interval = EVERYWHERE
    distribution: bool = False
    kink: str = ""
    parameters: Mapping[str, Rational] = field(default_factory=dict, hash=False)

    def of(self, target: Expr, out: Expr) -> Expr:
        """Return the error of one unit.

        >>> LOSSES["half_squared_error"].of(*sympy.symbols("t o"))
        (-o + t)**2/2
        """
        return self._put(self.formula, {t: target, o: out})

    def slope(self, target: Expr, out: Expr) -> Expr:
        """Return d error / d out of one unit.

        >>> LOSSES["half_squared_error"].slope(*sympy.symbols("t o"))
        o - t
        """
        return self._put(self.derivative, {t: target, o: out})

    def slope_at(self, target: float, out: float) -> float:
        """Return d error / d out of one unit in floating point.

        >>> LOSSES["squared_error"].slope_at(1.0, 0.5)
        -1.0
        """
        numbers = with_settings(self.name, known=self.parameters, given={})
        return float(compiled(self.derivative.xreplace(numbers), t, o)(target, out))

    def _put(self, formula: Expr, at: dict[Expr, Expr]) -> Expr:
        numbers = with_settings(self.name, known=self.parameters, given={})
        return formula.subs(numbers | at, simultaneous=True)


_UNIT: Interval = (0.0, 1.0)
_delta = parameter("delta")
_distance = sympy.Abs(t - o)
_RECORDS = (
    Loss("half_squared_error", (t - o) ** 2 / 2, o - t, "sum", source="Rumelhart, Hinton, Williams 1986, eq. 3"),
    Loss("squared_error", (t - o) ** 2, 2 * (o - t), "sum", source="Bishop 2006, section 1.1"),
    Loss("mean_squared_error", (t - o) ** 2, 2 * (o - t), "mean", source="Bishop 2006, section 1.1"),
    Loss("quadratic_cost", (t - o) ** 2 / 2, o - t, "sum", source="Nielsen 2015, eq. 6: over n samples 1/(2n)"),
    Loss(
        "mean_absolute_error",
        _distance,
        step(o > t) - step(o < t),
        "mean",
        source="Bishop 2006, section 1.5.5",
        kink="0 where o = t",
    ),
    Loss(
        "huber",
        Min(_distance, _delta) ** 2 / 2 + _delta * Max(0, _distance - _delta),
        Max(-_delta, Min(_delta, o - t)),
        "sum",
        source="Huber 1964",
        parameters={"delta": sympy.Integer(1)},
    ),
    Loss(
        "hinge",
        Max(0, 1 - t * o),
        -t * step(t * o < 1),
        "sum",
        source="Cortes, Vapnik 1995; targets are -1 and 1",
        targets=(-1.0, 1.0),
        kink="0 where t o = 1",
    ),
    Loss(
        "binary_cross_entropy",
        -(t * log(o) + (1 - t) * log(1 - o)),
        (o - t) / (o * (1 - o)),
        "sum",
        source="Bishop 2006, eq. 4.90",
        domain=_UNIT,
        targets=_UNIT,
    ),
    Loss(
        "categorical_cross_entropy",
        -t * log(o),
        -t / o,
        "sum",
        source="Bishop 2006, eq. 4.108",
        domain=(0.0, float("inf")),
        targets=_UNIT,
        distribution=True,
    ),
    Loss(
        "kl_divergence",
        t * log(t / o),
        -t / o,
        "sum",
        source="Kullback, Leibler 1951; targets are positive",
        domain=(0.0, float("inf")),
        targets=_UNIT,
        distribution=True,
    ),
)

LOSSES: Mapping[str, Loss] = MappingProxyType({record.name: record for record in _RECORDS})

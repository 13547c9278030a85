"""The activations of one unit: one record each. The formula is the truth; everything else is verified against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import sympy
from sympy import Expr, Max, Min, Rational, Symbol, erf, exp, log, pi, sqrt, tanh
from sympy.codegen.cfunctions import expm1, log1p

from .settings import compiled, parameter, with_settings

x = sympy.Symbol("x", real=True)  # the net input of a unit
y = sympy.Symbol("y", real=True)  # its output
Interval = tuple[float, float]
EVERYWHERE = (float("-inf"), float("inf"))


@dataclass(frozen=True, slots=True)
class Activation:
    """A function of the net input ``x`` with output ``y``.

    Attributes:
        name: what a network file calls it.
        formula: the output, an expression in ``x`` and the parameters.
        derivative: d formula / d x as it is taught, an expression in ``x`` and, where that is shorter, in ``y``.
        stable: the formula in a form that neither overflows nor cancels in floating point.
        source: where the definition is found.
        range: the open interval in which the outputs lie; ``closed`` where its ends are reached.
        closed: whether an end of the range is an output.
        kinks: the net inputs where the derivative does not exist.
        convention: what is taken there.
        parameters: their numbers, where none are given.
    """

    name: str
    formula: Expr
    derivative: Expr
    stable: Expr
    source: str
    range: Interval = EVERYWHERE
    closed: bool = False
    kinks: tuple[int, ...] = ()
    convention: str = ""
    parameters: Mapping[str, Rational] = field(default_factory=dict, hash=False)

    def of(self, net: Expr) -> Expr:
        """Return the output for a net input.

        >>> ACTIVATIONS["sigmoid"].of(sympy.Symbol("z"))
        1/(1 + exp(-z))
        """
        return self._put(self.formula, {x: net})

    def at(self, net: float) -> float:
        """Return the output for a net input in floating point.

        >>> ACTIVATIONS["softsign"].at(1.0)
        0.5
        """
        numbers = with_settings(self.name, known=self.parameters, given={})
        return float(compiled(self.formula.xreplace(numbers), x)(net))

    def slope(self, net: Expr, out: Expr) -> Expr:
        """Return the derivative at a net input whose output is ``out``.

        >>> ACTIVATIONS["sigmoid"].slope(sympy.Symbol("z"), sympy.Symbol("o"))
        o*(1 - o)
        """
        return self._put(self.derivative, {x: net, y: out})

    def stable_of(self, net: Expr) -> Expr:
        """Return the output for a net input in the stable form."""
        return self._put(self.stable, {x: net})

    def unit(self, place: int, nets: Sequence[Symbol]) -> Expr:
        """Return the output of one unit of a layer."""
        return self.of(nets[place])

    def slopes(self, place: int, nets: Sequence[Symbol], outs: Sequence[Symbol]) -> dict[Symbol, Expr]:
        """Return the derivative of the output of one unit by its net input, which is the only one that it needs."""
        return {nets[place]: self.slope(nets[place], outs[place])}

    def _put(self, formula: Expr, at: dict[Expr, Expr]) -> Expr:
        numbers = with_settings(self.name, known=self.parameters, given={})
        return formula.subs(numbers | at, simultaneous=True)


def step(condition: sympy.core.relational.Relational) -> Expr:
    """Return 1 where a comparison holds, else 0.

    >>> step(x > 0).subs(x, 3)
    1
    """
    return sympy.Piecewise((1, condition), (0, True))


_ONE = sympy.Integer(1)
_HALF = Rational(1, 2)
_A, _B, _alpha = parameter("A"), parameter("B"), parameter("alpha")
_sigmoid = 1 / (1 + exp(-x))
_softplus = Max(0, x) + log1p(exp(-sympy.Abs(x)))
_SCALE, _SATURATION = Rational("1.0507009873554805"), Rational("1.6732632423543772")  # the fixed point (0, 1)
_inner = sqrt(2 / pi) * (x + Rational("0.044715") * x**3)


def _logistic(at: Expr, above: Expr = _ONE) -> Expr:
    """Return ``above / (1 + e^-at)`` without overflow: e^700 is still a number in double precision."""
    return sympy.Piecewise((above / (1 + exp(-at)), at >= -700), (above * exp(at) / (1 + exp(at)), True))


_RECORDS = (
    Activation("identity", x, _ONE, stable=x, source="the linear unit"),
    Activation(
        "sigmoid",
        _sigmoid,
        y * (1 - y),
        stable=_logistic(x),
        source="Rumelhart, Hinton, Williams 1986, eq. 2",
        range=(0.0, 1.0),
    ),
    Activation(
        "scaled_sigmoid",
        _A / (1 + exp(-x / _B)),
        y * (_A - y) / (_A * _B),
        stable=_logistic(x / _B, _A),
        source="the logistic function with height A and width B",
        range=(0.0, float("inf")),
        parameters={"A": _ONE, "B": _ONE},
    ),
    Activation(
        "hard_sigmoid",
        Max(0, Min(1, x / 6 + _HALF)),
        step(x > -3) * step(x < 3) / 6,
        stable=Max(0, Min(1, x / 6 + _HALF)),
        source="Howard et al. 2019, section 5.2",
        range=(0.0, 1.0),
        closed=True,
        kinks=(-3, 3),
        convention="0 at x = -3 and x = 3",
    ),
    Activation("tanh", tanh(x), 1 - y**2, stable=tanh(x), source="LeCun et al. 1998, section 4.4", range=(-1.0, 1.0)),
    Activation(
        "hard_tanh",
        Max(-1, Min(1, x)),
        step(x > -1) * step(x < 1),
        stable=Max(-1, Min(1, x)),
        source="Collobert 2004",
        range=(-1.0, 1.0),
        closed=True,
        kinks=(-1, 1),
        convention="0 at x = -1 and x = 1",
    ),
    Activation(
        "relu",
        Max(0, x),
        step(x > 0),
        stable=Max(0, x),
        source="Nair, Hinton 2010",
        kinks=(0,),
        convention="0 at x = 0",
    ),
    Activation(
        "relu6",
        Min(6, Max(0, x)),
        step(x > 0) * step(x < 6),
        stable=Min(6, Max(0, x)),
        source="Krizhevsky 2010, convolutional deep belief networks",
        range=(0.0, 6.0),
        closed=True,
        kinks=(0, 6),
        convention="0 at x = 0 and x = 6",
    ),
    Activation(
        "leaky_relu",
        Max(0, x) + _alpha * Min(0, x),
        step(x > 0) + _alpha * step(x <= 0),
        stable=Max(0, x) + _alpha * Min(0, x),
        source="Maas, Hannun, Ng 2013",
        kinks=(0,),
        convention="alpha at x = 0",
        parameters={"alpha": Rational(1, 100)},
    ),
    Activation(
        "elu",
        Max(0, x) + _alpha * (exp(Min(0, x)) - 1),
        step(x > 0) + (y + _alpha) * step(x <= 0),
        stable=Max(0, x) + _alpha * expm1(Min(0, x)),
        source="Clevert, Unterthiner, Hochreiter 2016, eq. 15",
        kinks=(0,),
        convention="alpha at x = 0",
        parameters={"alpha": _ONE},
    ),
    Activation(
        "selu",
        _SCALE * (Max(0, x) + _SATURATION * (exp(Min(0, x)) - 1)),
        _SCALE * step(x > 0) + (y + _SCALE * _SATURATION) * step(x <= 0),
        stable=_SCALE * (Max(0, x) + _SATURATION * expm1(Min(0, x))),
        source="Klambauer et al. 2017, eq. 2",
        kinks=(0,),
        convention="the slope from below at x = 0",
    ),
    Activation(
        "gelu",
        x * (1 + erf(x / sqrt(2))) / 2,
        (1 + erf(x / sqrt(2))) / 2 + x * exp(-(x**2) / 2) / sqrt(2 * pi),
        stable=x * sympy.erfc(-x / sqrt(2)) / 2,
        source="Hendrycks, Gimpel 2016",
    ),
    Activation(  # beyond 40 the logistic function is 0 or 1 in floating point, and no power of x overflows
        "gelu_tanh",
        x * (1 + tanh(_inner)) / 2,
        (1 + tanh(_inner)) / 2 + x * (1 - tanh(_inner) ** 2) * sympy.diff(_inner, x) / 2,
        stable=_logistic(2 * _inner.subs(x, Max(-40, Min(40, x))), x),
        source="Hendrycks, Gimpel 2016, the approximation",
    ),
    Activation(
        "silu",
        x / (1 + exp(-x)),
        y + (1 - y) / (1 + exp(-x)),
        stable=_logistic(x, x),
        source="Elfwing, Uchibe, Doya 2018, eq. 5 and 6",
    ),
    Activation(
        "mish",
        x * tanh(log(1 + exp(x))),
        tanh(log(1 + exp(x))) + x * (1 - tanh(log(1 + exp(x))) ** 2) / (1 + exp(-x)),
        stable=x * tanh(_softplus),
        source="Misra 2020",
    ),
    Activation(
        "softplus",
        log(1 + exp(x)),
        _sigmoid,
        stable=_softplus,
        source="Dugas et al. 2001",
        range=(0.0, float("inf")),
    ),
    Activation(
        "softsign",
        x / (1 + sympy.Abs(x)),
        1 / (1 + sympy.Abs(x)) ** 2,
        stable=x / (1 + sympy.Abs(x)),
        source="Bergstra et al. 2009",
        range=(-1.0, 1.0),
    ),
    Activation(
        "log_sigmoid",
        -log(1 + exp(-x)),
        1 - exp(y),
        stable=Min(0, x) - log1p(exp(-sympy.Abs(x))),
        source="the logarithm of the sigmoid",
        range=(float("-inf"), 0.0),
    ),
)

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType({record.name: record for record in _RECORDS})

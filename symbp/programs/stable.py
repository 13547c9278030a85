"""Stable forms: the same functions, written so that nothing overflows or cancels in floating point."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import sympy
from sympy import Expr, Symbol
from sympy.codegen.cfunctions import expm1, log1p

from ..graphs import Definition, Graph
from ..networks import ACTIVATIONS, LOSSES, VECTOR_ACTIVATIONS, Activation, Loss, VectorActivation
from ..networks.activations import x, y
from ..networks.settings import parameter, with_settings
from ..networks.softmax import m, s

t, o, z = sympy.symbols("t o z", real=True)  # target, output and net input of an output unit
Row = tuple[VectorActivation, int, tuple[Symbol, ...], tuple[Symbol, ...]]
all_targets = Symbol("all_targets", real=True)  # the sum of the targets of a sample
all_units = Symbol("all_units", positive=True)  # the number of output units
r = Symbol("r", real=True)  # log of the sum of exp(z - m) over the other units of the layer
_LOG_T = sympy.log(t + sympy.Float(sys.float_info.min, 60))  # a target of 0 times its logarithm is 0


@dataclass(frozen=True, slots=True)
class FromNet:
    """A loss of an activation, taken from the net input ``z``: the logarithm meets no rounded output.

    Attributes:
        activation: the name of the activation of the output layer.
        loss: the name of the loss.
        formula: loss(t, activation(z)), an expression in ``t`` and ``z``.
        slope: d formula / d z, an expression in ``t``, ``z`` and the output ``o``; of a whole layer the sum over its
            units, with ``r`` held fixed.
        source: where the identity is found.
        by_others: d formula / d r of one unit.
    """

    activation: str
    loss: str
    formula: Expr
    slope: Expr
    source: str
    by_others: Expr = sympy.S.Zero

    def formula_at(self, target: Expr, net: Expr) -> Expr:
        """Return the loss for a target and a net input."""
        return self.formula.xreplace({t: target, z: net})

    def slope_at(self, target: Expr, net: Expr, out: Expr) -> Expr:
        """Return the derivative of the loss by the net input."""
        return self.slope.xreplace({t: target, z: net, o: out})


@dataclass(frozen=True, slots=True)
class Logarithm:
    """The logarithm of an activation, which meets no output that was rounded to 0.

    Attributes:
        activation: its name.
        formula: log(activation(z)), an expression in ``z`` and the parameters of the activation.
        slope: d formula / d z, an expression in ``z``, the output ``o`` and the parameters.
        source: where the identity is found.
    """

    activation: str
    formula: Expr
    slope: Expr
    source: str


def _softplus_of(net: Expr) -> Expr:
    return ACTIVATIONS["softplus"].stable_of(net)


_A, _B = parameter("A"), parameter("B")
LOGARITHMS = (
    Logarithm(
        activation="sigmoid",
        formula=-_softplus_of(-z),
        slope=1 - o,
        source="Goodfellow, Bengio, Courville 2016, section 6.2.2.2",
    ),
    Logarithm(
        activation="scaled_sigmoid",
        formula=sympy.log(_A) - _softplus_of(-z / _B),
        slope=(_A - o) / (_A * _B),
        source="the logarithm of the sigmoid, with height A and width B",
    ),
    Logarithm(
        activation="softplus",
        formula=sympy.Piecewise((sympy.log(_softplus_of(z)), z > -20), (z - sympy.exp(z) / 2, True)),
        slope=sympy.Piecewise((-expm1(-o) / o, z > -20), (1 - o / 2, True)),
        source="log(1 + e^z) is e^z - e^2z/2 where e^3z is beyond the digits",
    ),
)
ON_LOGARITHMS = {  # losses of log o, times the target: what is added to -log o
    "categorical_cross_entropy": sympy.Integer(0),
    "kl_divergence": _LOG_T,
}
FROM_NET = (
    FromNet(
        activation="sigmoid",
        loss="binary_cross_entropy",
        formula=sympy.Max(0, z) - t * z + log1p(sympy.exp(-sympy.Abs(z))),
        slope=o - t,
        source="Goodfellow, Bengio, Courville 2016, section 6.2.2.2",
    ),
    *(
        FromNet(row.activation, loss, t * (more - row.formula), -t * row.slope, row.source)
        for row in LOGARITHMS
        for loss, more in ON_LOGARITHMS.items()
    ),
)
FROM_ROW = (  # besides z and r, from the largest net input m of the layer and the sum s of exp(z - m) over it
    FromNet(
        activation="softmax",
        loss="binary_cross_entropy",
        formula=t * (m + sympy.log(s) - z) + (1 - t) * (sympy.log(s) - r),
        slope=o * all_units - t,
        source="1 - p of a unit is the sum over the others divided by that over all",
        by_others=t - 1,
    ),
    FromNet(
        activation="softmax",
        loss="categorical_cross_entropy",
        formula=t * (m + sympy.log(s) - z),
        slope=o * all_targets - t,
        source="Goodfellow, Bengio, Courville 2016, section 6.2.2.3",
    ),
    FromNet(
        activation="softmax",
        loss="kl_divergence",
        formula=t * (_LOG_T + m + sympy.log(s) - z),
        slope=o * all_targets - t,
        source="the cross-entropy less that of the targets with themselves",
    ),
)
ON_TARGETS = {"kl_divergence": t * (_LOG_T - sympy.log(o))}  # where targets may be 0

_sigmoid, _softplus, _relu = (ACTIVATIONS[name] for name in ("sigmoid", "softplus", "relu"))
ON_ARRAYS = (  # where every element takes the same way: an overflow to infinity gives the right limit, and no warning
    replace(_sigmoid, stable=_sigmoid.formula),
    replace(_relu, derivative=sympy.Piecewise((1, y > 0), (0, True))),  # out > 0 where net > 0: net is not kept
)


def array_form(record: Activation) -> Activation:
    """Return the record with the forms that are fast on arrays, as ``formula`` and ``derivative``."""
    found = next((row for row in ON_ARRAYS if row.name == record.name), record)
    return replace(found, formula=_in_floats(found.stable), derivative=_in_floats(found.derivative))


def _in_floats(expression: Expr) -> Expr:
    """Return the expression with constants such as the root of pi and the logarithm of 2 as floats."""
    constants = [part for part in expression.atoms(sympy.Pow, sympy.log) if part.is_number and not part.is_Rational]
    return expression.xreplace({part: part.evalf(17) for part in constants})


def from_net(record: Activation | VectorActivation, loss: str) -> FromNet | None:
    """Return the record of a loss that is taken from the net input of an activation, if there is one."""
    rows = (*FROM_NET, *FROM_ROW)
    row = next((row for row in rows if (row.activation, row.loss) == (record.name, loss)), None)
    if row is None or isinstance(record, VectorActivation) or not record.parameters:
        return row
    numbers = with_settings(record.name, known=record.parameters, given={})
    return replace(row, formula=_in_floats(row.formula.subs(numbers)), slope=row.slope.subs(numbers))


def loss_form(record: Loss, target: Expr, out: Expr) -> Expr:
    """Return the loss of one output, for targets at the ends of their range too.

    >>> loss_form(LOSSES["kl_divergence"], sympy.Integer(0), o)
    0
    """
    formula = ON_TARGETS.get(record.name)
    return record.of(target, out) if formula is None else formula.subs({t: target, o: out}, simultaneous=True)


_net = sympy.Wild("net")
_PATTERNS = {  # those that are one function or one power are looked for within larger formulas
    record: record.of(_net)
    for record in ACTIVATIONS.values()
    if record.stable != record.formula and not record.parameters and isinstance(record.formula, sympy.Pow | sympy.log)
}

_FUNCTIONS = {node.func for pattern in _PATTERNS.values() for node in pattern.atoms(sympy.Function)}


def stable(graph: Graph) -> Graph:
    """Return the graph with a stable form wherever the catalogue gives one; the values are the same.

    Example:
        >>> y, x = sympy.symbols("y x", real=True)
        >>> stable(Graph([(y, 1 / (1 + sympy.exp(-x)))])).definitions[0].expression
        Piecewise((1/(1 + exp(-x)), x >= -700), (exp(x)/(exp(x) + 1), True))
    """
    definitions = [part for definition in graph.definitions for part in _apart(definition)]
    outs = {d.symbol: found for d in definitions if (found := _activation(d))}
    rows = _rows(definitions)
    return Graph([_stable(definition, outs, rows) for definition in definitions], graph.quantities)


def _apart(definition: Definition) -> list[Definition]:
    """Give every activation inside a larger formula definitions of its own: its net input, then its output."""
    parts: list[Definition] = []

    def lift(expression: Expr) -> Expr:
        args = [lift(arg) if isinstance(arg, Expr) else arg for arg in expression.args]
        node = expression.func(*args) if args else expression
        for record, pattern in _PATTERNS.items():
            if node.func is pattern.func and (match := node.match(pattern)) and not match[_net].is_Number:
                inner, outer = (
                    Symbol(f"inner_{kind}_{len(parts)}_{definition.symbol.name}", real=True) for kind in ("net", "out")
                )
                parts.extend([Definition(inner, match[_net]), Definition(outer, record.of(inner))])
                return outer
        return node

    if definition.taught or not definition.expression.has(*_FUNCTIONS) or _activation(definition):
        return [definition]
    expression = lift(definition.expression)
    if parts and expression == parts[-1].symbol:  # the whole formula is an activation
        expression = parts.pop().expression
    return [*parts, Definition(definition.symbol, expression)]


def _activation(definition: Definition) -> tuple[Activation, Symbol] | None:
    """Return the catalogue's record that a definition is an instance of, and the net input."""
    if len(definition.operands) != 1:
        return None
    (net,) = definition.operands
    for record in ACTIVATIONS.values():
        if definition.expression == record.of(net):
            return record, net
        own = _with_numbers(record, definition.expression, net) if record.parameters else None
        if own is not None and definition.expression == own.of(net):
            return own, net
    return None


def _with_numbers(record: Activation, expression: Expr, net: Symbol) -> Activation | None:
    """Return the record with the parameters that an expression has; nothing where these are not to be found."""
    wild = {parameter(name): sympy.Wild(name, properties=[_is_number]) for name in record.parameters}
    formula = record.formula.subs({x: net, **wild}, simultaneous=True)
    found = expression.match(formula) if expression.func is formula.func else None
    if found is None or len(found) < len(wild):
        return None
    return replace(record, parameters={str(one): found[other] for one, other in wild.items()})


def _is_number(expression: Expr) -> bool:
    return bool(expression.is_number)


def _stable(
    definition: Definition, outs: Mapping[Symbol, tuple[Activation, Symbol]], rows: Mapping[Symbol, Row]
) -> Definition:
    if definition.symbol in outs:
        record, net = outs[definition.symbol]
        inner = {one.of(net): one.stable_of(net) for one in (_sigmoid, _softplus)}
        slope = record.slope(net, definition.symbol).xreplace(inner)
        return Definition(definition.symbol, record.stable_of(net), {net: slope})
    if definition.symbol in rows:
        whole, place, nets, _ = rows[definition.symbol]
        return Definition(definition.symbol, whole.stable_unit(place, nets), definition.taught)
    return _loss_of_output(definition, outs, rows) or definition


def _loss_of_output(
    definition: Definition, outs: Mapping[Symbol, tuple[Activation, Symbol]], rows: Mapping[Symbol, Row]
) -> Definition | None:
    """Return the loss of one output in its stable form."""
    for out in definition.operands if len(definition.operands) == 2 else ():
        (target,) = definition.operands - {out}
        for name in (name for name, record in LOSSES.items() if definition.expression == record.of(target, out)):
            if out in rows and (row := from_net(rows[out][0], name)):
                return _from_row(definition.symbol, row, target, rows[out])
            if out in outs and (row := from_net(outs[out][0], name)):
                net = outs[out][1]
                return Definition(definition.symbol, row.formula_at(target, net), {net: row.slope_at(target, net, out)})
            if name in ON_TARGETS:
                return Definition(definition.symbol, loss_form(LOSSES[name], target, out))
    return None


def _from_row(symbol: Symbol, record: FromNet, target: Symbol, row: Row) -> Definition:
    """Return the loss of one output of a softmax by the net inputs of its layer."""
    softmax, place, nets, units = row
    known = {all_targets: target, all_units: sympy.Integer(1)}
    formula = softmax.stable_at(record.formula_at(target, x), place=place, nets=nets)
    slopes = {
        net: record.slope.subs({**known, t: target * int(other == place), o: unit}, simultaneous=True)
        for other, (net, unit) in enumerate(zip(nets, units, strict=True))
    }
    if record.by_others != 0:
        others = [net for net in nets if net != nets[place]]
        weight = record.by_others.subs(t, target)
        of_others = softmax.stable_at(m + sympy.log(s), place=0, nets=others)
        formula = formula.subs(r, of_others - sympy.Max(*nets))
        for number, net in enumerate(others):
            slopes[net] += weight * softmax.stable_unit(number, others)
    return Definition(symbol, formula, slopes)


def _rows(definitions: Sequence[Definition]) -> dict[Symbol, Row]:
    """Return for each unit of a softmax layer its record, its place, the net inputs, and the units of the layer."""
    found: dict[tuple[str, tuple[Symbol, ...]], dict[int, Symbol]] = {}
    for definition in definitions:
        if (whole := _whole_layer(definition)) is not None:
            record, place, nets = whole
            found.setdefault((record.name, nets), {})[place] = definition.symbol
    return {
        unit: (VECTOR_ACTIVATIONS[name], place, nets, tuple(units.get(other, unit) for other in range(len(nets))))
        for (name, nets), units in found.items()
        for place, unit in units.items()
    }


def _whole_layer(definition: Definition) -> tuple[VectorActivation, int, tuple[Symbol, ...]] | None:
    """Return of which softmax a definition is a unit, which one, and the net inputs of the layer."""
    nets = tuple(sorted(definition.operands, key=lambda symbol: symbol.name))
    if len(nets) < 2 or not definition.expression.has(sympy.exp):
        return None
    units = ((record, place) for record in VECTOR_ACTIVATIONS.values() for place in range(len(nets)))
    return next(((r, place, nets) for r, place in units if definition.expression == r.unit(place, nets)), None)

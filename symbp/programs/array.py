"""The array form: NumPy on whole layers, every result in an array that was made before the loop."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sympy
from sympy import Expr, Function, Symbol

from ..graphs import Definition
from .allocation import allocate
from .execute import code_lines
from .layered import SAMPLES, Layered, Shape, Y, count, seed
from .lines import Line
from .lowering import Lowering, Operation
from .printer import ArrayPrinter
from .rules import Rule, g, p, rate, t

_WEIGHT_RATE, _BIAS_RATE = sympy.symbols("weight_rate bias_rate", positive=True)
_CHUNK = 1024  # samples that are looked at together where nothing is learned from them

_SELECT = '''
def select(other, condition, one, out):
    """Return ``one`` where the condition holds, else ``other``."""
    if out is not other:
        copyto(out, other)
    copyto(out, one, where=condition)
    return out
'''
_ERF = '''
erf_of_each = frompyfunc(math.erf, 1, 1)


def erf(x, out):
    """The error function; NumPy has none."""
    copyto(out, erf_of_each(x), casting="unsafe")
    return out
'''
_HELPERS = {
    "select": (_SELECT, ("copyto",)),
    "erf": (_ERF, ("copyto", "frompyfunc")),
    "erfc": (_ERF.replace("erf", "erfc").replace("The error", "The complementary error"), ("copyto", "frompyfunc")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """The code of one batch: its lines, and the arrays that it needs."""

    lines: tuple[str, ...]
    buffers: Mapping[Symbol, tuple[Shape, bool]]
    functions: frozenset[str]


def array_source(
    net: Layered, rule: Rule, title: str, *, fixed_biases: bool = False, separate_rates: bool = False
) -> str:
    """Return the text of a module that computes a network on arrays: losses, outputs, gradients and training.

    Args:
        net: the layer level.
        rule: the update of a parameter.
        title: one line of our own words; it becomes a comment.
        fixed_biases: leave the biases as they are.
        separate_rates: biases have a learning rate of their own.
    """
    error = _written(_errors(net), keep=[net.errors.symbol, *(cost.symbol for cost in net.costs)])
    forward = _written(_forward(net), keep=_watch(net).operands)
    result = _written(_forward(net, into=Symbol("found", real=True)))
    slopes = _written(_slopes(net))
    training = _training(net, rule, fixed_biases=fixed_biases, separate_rates=separate_rates)
    step = _written(training.lowering, consumed={s: net.shapes[s] for s in net.slopes} | training.states)
    parts = [
        _views(net),
        _batch_loss(net, error),
        _mean_loss(net, forward),
        _outputs(net, result),
        _gradients(net, slopes),
        _descend(net, rule, step),
    ]
    used = frozenset().union(*(part.functions for part in (error, forward, result, slopes, step)))
    return _head(title, used) + "".join(f"\n{part}" for part in parts)


def _head(title: str, used: frozenset[str]) -> str:
    helpers = [_HELPERS[name] for name in sorted(used & _HELPERS.keys())]
    names = (
        used - _HELPERS.keys() | {name for _, more in helpers for name in more} | {"empty", "errstate", "take", "add"}
    )
    lines = textwrap.wrap(f"from numpy import {', '.join(sorted(names))}", 110)
    imports = " \\\n    ".join(lines)
    return f"# {title}\n{'import math' if used & {'erf', 'erfc'} else ''}\n{imports}\n" + "".join(
        f"\n{text}" for text, _ in helpers
    )


def _forward(net: Layered, into: Symbol | None = None) -> Lowering:
    lowering = Lowering(net.shapes)
    for definition in net.forward:
        last = definition.symbol == net.output
        lowering.define(definition.symbol, definition.expression, into=into if last else None)
    return lowering


def _errors(net: Layered) -> Lowering:
    lowering = Lowering(net.shapes)
    for definition in (net.errors, *net.costs):
        lowering.define(definition.symbol, definition.expression)
    return lowering


def _slopes(net: Layered) -> Lowering:
    lowering = _forward(net)
    lowering.shapes |= {seed: (), count: ()}
    for definition in net.backward:
        is_slope = definition.symbol in net.slopes.values()
        expression = definition.expression.subs(seed, 1)
        lowering.define(definition.symbol, expression, into=_into(definition.symbol) if is_slope else None)
    return lowering


def _into(slope: Symbol) -> Symbol:
    return Symbol(f"found_{slope.name.removeprefix('adjoint_')}", real=True)


@dataclass(frozen=True, slots=True)
class _Training:
    """Forward, backward, and each parameter rewritten as soon as nothing else reads its old value."""

    net: Layered
    rule: Rule
    separate_rates: bool
    lowering: Lowering
    states: dict[Symbol, Shape] = field(default_factory=dict)

    @property
    def seed(self) -> Expr:
        """What all slopes are scaled by: where the update subtracts rate times slope and no more, the rate."""
        return _WEIGHT_RATE if _is_linear(self.rule) else sympy.Integer(1)

    def write(self, skipped: set[Symbol]) -> None:
        """Append everything; the slopes in ``skipped`` are not computed."""
        of = {slope: parameter for parameter, slope in self.net.slopes.items()}
        waiting: list[Symbol] = []
        for k, definition in enumerate(self.net.backward):
            if definition.symbol in skipped:
                continue
            self.lowering.define(definition.symbol, definition.expression.subs(seed, self.seed))
            waiting += [of[definition.symbol]] if definition.symbol in of else []
            later = {s for other in self.net.backward[k + 1 :] for s in other.operands}
            for parameter in [w for w in waiting if w not in later]:
                waiting.remove(parameter)
                self._rewrite(parameter)

    def _rewrite(self, parameter: Symbol) -> None:
        lowering, shape = self.lowering, self.net.shapes[parameter]
        weight = parameter.name.startswith("weight")
        memory = {state: Symbol(f"{state.name}_{parameter.name}", real=True) for state in self.rule.states}
        for symbol in memory.values():
            lowering.shapes[symbol] = self.states[symbol] = shape
        own_rate = _WEIGHT_RATE if weight or not self.separate_rates else _BIAS_RATE
        values = {p: parameter, g: self.net.slopes[parameter] / self.seed, rate: own_rate, **memory}
        for symbol, formula in self.rule.formulas(weight=weight):
            target, new = values[symbol], formula.xreplace(values)
            values[symbol] = Symbol(f"new_{target.name}", real=True)
            lowering.define(values[symbol], new if self.seed == 1 else sympy.expand_mul(new), into=target)


def _training(net: Layered, rule: Rule, *, fixed_biases: bool, separate_rates: bool) -> _Training:
    lowering = _forward(net)
    lowering.operations.append(_watch(net))
    lowering.shapes |= dict.fromkeys((_WEIGHT_RATE, _BIAS_RATE, count, t), ())
    training = _Training(net, rule, separate_rates, lowering)
    biases = {slope for parameter, slope in net.slopes.items() if parameter.name.startswith("bias")}
    training.write(biases if fixed_biases else set())
    return training


def _is_linear(rule: Rule) -> bool:
    """Tell whether the update is minus the rate times the slope, and no more of it: then all slopes carry the rate."""
    return not rule.states and sympy.diff(rule.update, g) == -rate


def _watch(net: Layered) -> Operation:
    operands = tuple(s for d in (net.errors, *net.costs) for s in d.operands if s != Y)
    return Operation(Symbol("watched", real=True), "watch", operands, ())


def _written(lowering: Lowering, consumed: Mapping[Symbol, Shape] | None = None, keep: Sequence[Symbol] = ()) -> Step:
    operations = lowering.operations
    found = allocate(operations, consumed=consumed, keep=keep)
    line = Line(tuple(map(_definition, operations, found.places)), (operations[-1].result,))
    leaves = sorted({s for d in line.definitions for s in d.operands}, key=str)
    rows = code_lines(line, leaves, ArrayPrinter())
    used = {op.function for op in operations} - {"scalar", "sums", "total", "row_sums", "row_maxima", "watch"}
    used |= {"maximum"} if any(op.function == "row_maxima" for op in operations) else set()
    return Step(tuple(_conditional(row) for row in rows), found.buffers, frozenset(used))


def _definition(op: Operation, place: Symbol | None) -> Definition:
    if op.function == "scalar":
        return Definition(op.result, op.operands[0])
    out = [Function("out")(place)] if place is not None else []
    return Definition(op.result, Function(op.function)(*op.operands, *out))


def _conditional(row: str) -> str:
    """Where an epoch is one batch, its loss before the update is that after the epoch before: nothing is run twice."""
    head = "watched = watch("
    if not row.startswith(head):
        return row
    return f"if watching and epoch:\n    history[epoch - 1] = batch_loss({row[len(head) : -1]}, Y)"


def _views(net: Layered) -> str:
    rows, start = [], 0
    for symbol in net.slopes:
        shape = net.shapes[symbol]
        size = sympy.prod(shape)
        rows.append(f"{symbol} = flat[{start}:{start + size}].reshape{shape}")
        start += size
    return f'''
def views(flat):
    """The parameters in a flat array, as arrays: all weights [to, from], then all biases."""
{_indent(rows, 4)}
    return {_list(net.slopes)}
'''


def _batch_loss(net: Layered, error: Step) -> str:
    given = [str(s) for s in _watch(net).operands]
    costs = "".join(f" + float({cost.symbol}.sum())" for cost in net.costs)
    return f'''
def batch_loss({", ".join([*given, "Y"])}):
    """The mean over the samples of the loss."""
{_indent(_made(error, "len(Y)", "Y.dtype"), 4)}
{_indent(error.lines, 4)}
    return {_share(net)}float({net.errors.symbol}.sum()) / len(Y){costs}
'''


def _share(net: Layered) -> str:
    return "" if net.share == 1 else f"{float(net.share)!r}*"


def _mean_loss(net: Layered, forward: Step) -> str:
    given = ", ".join(str(s) for s in _watch(net).operands)
    return f'''
def mean_loss(flat, inputs, targets):
    """The mean over the samples of the loss, some samples at a time."""
    {_list(net.slopes)} = views(flat)
    total = 0.0
    for first in range(0, len(inputs), {_CHUNK}):
        X, Y = inputs[first:first + {_CHUNK}], targets[first:first + {_CHUNK}]
        samples = len(X)
{_indent(_made(forward, "samples", "flat.dtype"), 8)}
{_indent(forward.lines, 8)}
        total += batch_loss({given}, Y) * samples
    return total / len(inputs)
'''


def _outputs(net: Layered, result: Step) -> str:
    return f'''
def outputs(flat, inputs):
    """The outputs of every sample."""
    {_list(net.slopes)} = views(flat)
    all_found = empty((len(inputs), {net.network.layers[-1]}), flat.dtype)
    for first in range(0, len(inputs), {_CHUNK}):
        X, found = inputs[first:first + {_CHUNK}], all_found[first:first + {_CHUNK}]
        samples = len(X)
{_indent(_made(result, "samples", "flat.dtype"), 8)}
{_indent(result.lines, 8)}
    return all_found
'''


def _gradients(net: Layered, slopes: Step) -> str:
    return f'''
def mean_gradients(flat, X, Y):
    """The mean over the samples of the derivative of the loss by every parameter."""
    {_list(net.slopes)} = views(flat)
    found = empty(flat.shape, flat.dtype)
    {_list(_into(slope) for slope in net.slopes.values())} = views(found)
    samples = count = len(X)
{_indent(_made(slopes, "samples", "flat.dtype"), 4)}
{_indent(slopes.lines, 4)}
    return found
'''


def _descend(net: Layered, rule: Rule, step: Step) -> str:
    names = list(map(str, step.buffers))
    parts = [f"{b}[:rest]" if shape[:1] == (SAMPLES,) else str(b) for b, (shape, _) in step.buffers.items()]
    memory = [
        f"{_list(f'{state}_{symbol}' for symbol in net.slopes)} = views(memory[{k}])"
        for k, state in enumerate(rule.states)
    ]
    return f'''
def descend(flat, memory, step, inputs, targets, orders, rates, batch, history):
    """Epochs of training in place, one update a batch; return the number of updates so far.

    Orders (a permutation of the samples an epoch) may be None; rates has a row an epoch: for weights, for biases.
    History takes the loss over all samples after each epoch, unless it is empty.
    """
    {_list(net.slopes)} = views(flat)
{_indent(memory, 4)}
    size = min(batch, len(inputs))
    rest = len(inputs) % size
    whole = {_list(_empty(kind, "size", "flat.dtype") for kind in step.buffers.values())}
    {_list(names)} = whole
    part = {_list(parts)}
    X_batch, Y_batch = (empty((size, *data.shape[1:]), flat.dtype) for data in (inputs, targets))
    watching = len(history) > 0 and size == len(inputs)
    for epoch, (weight_rate, bias_rate) in enumerate(rates):
        for first in range(0, len(inputs), size):
            count = min(size, len(inputs) - first)
            {_list(names)} = whole if count == size else part
            if orders is None:
                X, Y = inputs[first:first + size], targets[first:first + size]
            else:
                order = orders[epoch, first:first + size]
                X = take(inputs, order, 0, out=X_batch[:count], mode="clip")
                Y = take(targets, order, 0, out=Y_batch[:count], mode="clip")
            step += 1
{_indent(step.lines, 12)}
        if len(history) and (not watching or epoch == len(rates) - 1):
            history[epoch] = mean_loss(flat, inputs, targets)
    return step
'''


def _made(step: Step, samples: str, dtype: str) -> list[str]:
    return [f"{buffer} = {_empty(kind, samples, dtype)}" for buffer, kind in step.buffers.items()]


def _empty(kind: tuple[Shape, bool], samples: str, dtype: str) -> str:
    shape, truth = kind
    sizes = ", ".join(samples if size == SAMPLES else str(size) for size in shape)
    return f"empty(({sizes},), {'bool' if truth else dtype})"


def _list(names: Iterable[object]) -> str:
    return f"[{', '.join(map(str, names))}]"


def _indent(rows: Sequence[str], spaces: int) -> str:
    return textwrap.indent("\n".join(rows), " " * spaces)

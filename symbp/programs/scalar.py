"""The scalar form: straight-line Python on floats, one loop over the samples; for nets of some tens of weights."""

import textwrap
from collections.abc import Iterable, Sequence

from sympy import Expr, Symbol

from .execute import code_lines
from .plan import Line, Plan
from .printer import ScalarPrinter

_BY_BATCH = '''
def descend_by_batch(P, samples, rates, epochs, batch):
    """Epochs of gradient descent, one update a batch; return the parameters and the loss after each epoch."""
    batches = [samples[k:k + batch] for k in range(0, len(samples), batch)]
    history = []
    for _ in range(epochs):
        for part in batches:
            P = [p - rate*slope for p, rate, slope in zip(P, rates, mean_gradients(P, part))]
        history.append(mean_loss(P, samples))
    return P, history
'''


def scalar_source(plan: Plan, title: str) -> str:
    """Return the text of a module that computes a plan: losses, outputs, gradients and the loops of training.

    Args:
        plan: of a graph with safe names.
        title: one line of our own words; it becomes a comment.
    """
    printer = ScalarPrinter()
    parts = [
        _mean_loss(plan, printer),
        _outputs(plan, printer),
        _mean_gradients(plan, printer),
        _by_sample(plan, printer),
        _BY_BATCH,
    ]
    used = ", ".join(sorted(printer.module_imports["math"]))
    head = f"# {title}\n" + (f"from math import {used}\n" if used else "")
    return head + "".join(f"\n{part}" for part in parts)


def _mean_loss(plan: Plan, printer: ScalarPrinter) -> str:
    return f'''
def mean_loss(P, samples):
    """The mean over the samples of the loss."""
{_unpack(plan)}
    total = 0.0
    for {_columns(plan.inputs)}, {_columns(plan.targets)} in samples:
{_body(plan.loss, plan, printer)}
        total += {printer.doprint(plan.loss.results[0])}
    return total / len(samples)
'''


def _outputs(plan: Plan, printer: ScalarPrinter) -> str:
    return f'''
def outputs(P, rows):
    """The outputs of every row."""
{_unpack(plan)}
    found = []
    for {_columns(plan.inputs)} in rows:
{_body(plan.outputs, plan, printer)}
        found.append({_tuple(plan.outputs.results, printer)})
    return found
'''


def _mean_gradients(plan: Plan, printer: ScalarPrinter) -> str:
    sums = [f"sum_{parameter.name}" for parameter in plan.parameters]
    slopes = zip(sums, plan.gradients.results, strict=True)
    adds = _indent((f"{name} += {printer.doprint(slope)}" for name, slope in slopes), 8)
    return f'''
def mean_gradients(P, samples):
    """The mean over the samples of the derivative of the loss by every parameter."""
{_unpack(plan)}
{_indent((f"{name} = 0.0" for name in sums), 4)}
    for {_columns(plan.inputs)}, {_columns(plan.targets)} in samples:
{_body(plan.gradients, plan, printer)}
{adds}
    count = len(samples)
    return [{", ".join(f"{name} / count" for name in sums)}]
'''


def _by_sample(plan: Plan, printer: ScalarPrinter) -> str:
    slopes = dict(zip(plan.parameters, plan.gradients.results, strict=True))
    old = [f"old_{p.name} = {p.name}" for p in plan.parameters if p in slopes.values()]
    rows = [f"{p.name} -= rate*{_factor(slope, plan, printer)}" for p, slope in slopes.items()]
    updates = [row for row, fixable in zip(rows, plan.fixable, strict=True) if not fixable]
    biases = [f"    {row}" for row, fixable in zip(rows, plan.fixable, strict=True) if fixable]
    return f'''
def descend_by_sample(P, samples, rate, epochs, biases):
    """Epochs of gradient descent, one update a sample; return the parameters and the loss after each epoch."""
{_unpack(plan)}
    history = []
    for _ in range(epochs):
        for {_columns(plan.inputs)}, {_columns(plan.targets)} in samples:
{_body(plan.gradients, plan, printer, 12)}
{_indent([*old, *updates, *["if biases:"][: len(biases)], *biases], 12)}
        P = {_names(plan.parameters)}
        history.append(mean_loss(P, samples))
    return P, history
'''


def _body(line: Line, plan: Plan, printer: ScalarPrinter, spaces: int = 8) -> str:
    return _indent(code_lines(line, plan.leaves, printer) or ["pass"], spaces)


def _factor(slope: Expr, plan: Plan, printer: ScalarPrinter) -> str:
    """Return a slope as a factor; where it is itself a parameter, its value before the update."""
    if slope in plan.parameters:
        return f"old_{slope.name}"
    return slope.name if isinstance(slope, Symbol) else f"({printer.doprint(slope)})"


def _unpack(plan: Plan) -> str:
    return _indent([f"{_names(plan.parameters)} = P"], 4)


def _columns(symbols: Sequence[Symbol]) -> str:
    return f"[{', '.join(symbol.name for symbol in symbols)}]"


def _names(symbols: Sequence[Symbol]) -> str:
    """Return a list of names, over several lines where it is long."""
    text = f"[{', '.join(symbol.name for symbol in symbols)}]"
    return "\n    ".join(textwrap.wrap(text, 100, break_long_words=False))


def _tuple(results: Iterable[Expr], printer: ScalarPrinter) -> str:
    return f"({''.join(f'{printer.doprint(result)}, ' for result in results).rstrip()})"


def _indent(rows: Iterable[str], spaces: int) -> str:
    return textwrap.indent("\n".join(rows), " " * spaces)

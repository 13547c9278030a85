"""The scalar form: straight-line Python on floats, one loop over the samples; for nets of some tens of weights."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sympy
from sympy import Expr, Symbol

from ..graphs import Definition
from .execute import code_lines
from .lines import Line
from .plan import Plan
from .printer import ScalarPrinter
from .rules import Rule, g, p, rate, t

_JIT = '@njit(nogil=True, error_model="numpy", fastmath={"contract"})'


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be written: a plan, its training, and how samples are gone through.

    Attributes:
        plan: of a graph with safe names.
        rule: the update of a parameter.
        fixed_biases: leave the biases as they are.
        lists: whether samples are lists, as plain Python wants them, or rows of arrays.
    """

    plan: Plan
    rule: Rule
    fixed_biases: bool = False
    lists: bool = True

    @property
    def learned(self) -> tuple[Symbol, ...]:
        """The parameters that change."""
        return self.plan.parameters[: self.plan.weights] if self.fixed_biases else self.plan.parameters


def scalar_source(plan: Plan, rule: Rule, title: str, *, fixed_biases: bool = False, lists: bool = True) -> str:
    """Return the text of a module that computes a plan: losses, outputs, gradients and the loops of training.

    Args:
        plan: of a graph with safe names.
        rule: the update of a parameter.
        title: one line of our own words; it becomes a comment.
        fixed_biases: leave the biases as they are.
        lists: write for lists of floats; else for arrays, to be compiled by numba.
    """
    work, printer = Work(plan, rule, fixed_biases, lists), ScalarPrinter()
    parts = [
        _mean_loss(work, printer),
        _outputs(work, printer),
        _mean_gradients(work, printer),
        _by_sample(work, printer),
        _by_batch(work, printer),
    ]
    used = ", ".join(sorted(printer.module_imports["math"]))
    head = f"# {title}\n" + (f"from math import {used}\n" if used else "")
    if not lists:
        head += "from numba import njit\n"
        parts = [part.replace("\ndef ", f"\n{_JIT}\ndef ", 1) for part in parts]
    return head + "".join(f"\n{part}" for part in parts)


def _mean_loss(work: Work, printer: ScalarPrinter) -> str:
    return f'''
def mean_loss(P, inputs, targets):
    """The mean over the samples of the loss."""
{_indent(_unpacked(work.plan.parameters, "P", lists=work.lists), 4)}
    total = 0.0
{_each(work, 4)}
{_body(work.plan.loss, printer, 8)}
        total += {printer.doprint(work.plan.loss.results[0])}
    return total / len(inputs)
'''


def _outputs(work: Work, printer: ScalarPrinter) -> str:
    results = [printer.doprint(result) for result in work.plan.outputs.results]
    keep = (
        f"found.append([{', '.join(results)}])"
        if work.lists
        else "\n        ".join(f"found[k, {j}] = {text}" for j, text in enumerate(results))
    )
    return f'''
def outputs(P, inputs{"" if work.lists else ", found"}):
    """The outputs of every sample."""
{_indent(_unpacked(work.plan.parameters, "P", lists=work.lists), 4)}
{_indent(["found = []"] if work.lists else [], 4)}
{_each(work, 4, targets=False)}
{_body(work.plan.outputs, printer, 8)}
        {keep}
    return found
'''


def _mean_gradients(work: Work, printer: ScalarPrinter) -> str:
    sums = [f"sum_{parameter.name}" for parameter in work.plan.parameters]
    means = [f"{name} / count" for name in sums]
    result = [f"return [{', '.join(means)}]"] if work.lists else _stored(means, "found")
    return f'''
def mean_gradients(P, inputs, targets{"" if work.lists else ", found"}):
    """The mean over the samples of the derivative of the loss by every parameter."""
{_indent(_unpacked(work.plan.parameters, "P", lists=work.lists), 4)}
{_zeros(sums, 4)}
{_each(work, 4)}
{_body(work.plan.gradients, printer, 8)}
{_adds(work, printer, 8)}
    count = len(inputs)
{_indent(result, 4)}
'''


_DOC = """Epochs of training in place, one update a {}; return the number of updates so far.

    Orders has a permutation of the samples an epoch, rates the learning rates of weights and of biases; history takes
    the loss over all samples after each epoch, unless it is empty.
"""


def _by_sample(work: Work, printer: ScalarPrinter) -> str:
    plan = work.plan
    slopes = dict(zip(plan.parameters, plan.gradients.results, strict=True))
    old = [f"old_{w.name} = {w.name}" for w in work.learned if w in slopes.values()]
    olds = {w: Symbol(f"old_{w.name}", real=True) for w in work.learned}
    updates = _updates({w: slopes[w].xreplace(olds) for w in work.learned}, work, printer)
    return f'''
def descend_by_sample(P, memory, step, inputs, targets, orders, rates, history):
    """{_DOC.format("sample")}    """
{_start(work)}
    watching = len(history) > 0 and len(inputs) == 1
    looking = len(history) > 0 and not watching
{_epochs(work)}
{_each(work, 8, order=True)}
{_indent(_counted(work), 12)}
{_body(plan.gradients, printer, 12)}
            if watching and epoch:
{_loss_too(work, printer, 16)}
                history[epoch - 1] = {printer.doprint(plan.loss.results[0])}
{_indent([*old, *updates], 12)}
        if looking:
{_indent(_stored(plan.parameters, "P"), 12)}
            history[epoch] = mean_loss(P, inputs, targets)
{_end(work)}
    if watching:
        history[-1] = mean_loss(P, inputs, targets)
    return step{"" if _counted(work) else " + len(rates) * len(inputs)"}
'''


def _by_batch(work: Work, printer: ScalarPrinter) -> str:
    plan = work.plan
    sums = [f"sum_{parameter.name}" for parameter in plan.parameters]
    means = {w: Symbol(f"sum_{w.name}", real=True) / Symbol("count", positive=True) for w in work.learned}
    return f'''
def descend_by_batch(P, memory, step, inputs, targets, orders, rates, batch, history):
    """{_DOC.format("batch")}    """
{_start(work)}
    size = min(batch, len(inputs))
    watching = len(history) > 0 and size == len(inputs)
    looking = len(history) > 0 and not watching
{_epochs(work)}
        for first in range(0, len(inputs), size):
            count = min(size, len(inputs) - first)
            step += 1
            total = 0.0
{_zeros(sums, 12)}
{_each(work, 12, order=True, part=True)}
{_body(plan.gradients, printer, 16)}
{_adds(work, printer, 16)}
                if watching and epoch:
{_loss_too(work, printer, 20)}
                    total += {printer.doprint(plan.loss.results[0])}
            if watching and epoch:
                history[epoch - 1] = total / count
{_indent(_updates(means, work, printer), 12)}
        if looking:
{_indent(_stored(plan.parameters, "P"), 12)}
            history[epoch] = mean_loss(P, inputs, targets)
{_end(work)}
    if watching:
        history[-1] = mean_loss(P, inputs, targets)
    return step
'''


def _epochs(work: Work) -> str:
    if work.lists:
        return "    for epoch, [weight_rate, bias_rate] in enumerate(rates):"
    return "    for epoch in range(len(rates)):\n        weight_rate, bias_rate = rates[epoch, 0], rates[epoch, 1]"


def _counted(work: Work) -> list[str]:
    """Return the line that counts the updates, where the rule asks for their number."""
    formulas = (*work.rule.states.values(), work.rule.update)
    return ["step += 1"] if any(t in formula.free_symbols for formula in formulas) else []


def _updates(slopes: Mapping[Symbol, Expr], work: Work, printer: ScalarPrinter) -> list[str]:
    """Return the lines that rewrite every learned parameter and its states."""
    weights = set(work.plan.parameters[: work.plan.weights])
    definitions: list[Definition] = []
    powers: dict[Expr, Symbol] = {}
    for parameter, slope in slopes.items():
        own_rate = Symbol("weight_rate" if parameter in weights else "bias_rate", positive=True)
        states = {state: Symbol(f"{state.name}_{parameter.name}", real=True) for state in work.rule.states}
        values = {p: parameter, g: slope, rate: own_rate, **states}
        for symbol, formula in work.rule.formulas(weight=parameter in weights):
            for power in sorted((a for a in formula.atoms(sympy.Pow) if a.free_symbols == {t}), key=str):
                powers.setdefault(power, Symbol(f"power_{len(powers) + 1}", positive=True))
            definitions.append(Definition(values[symbol], formula.xreplace(powers).xreplace(values)))
    once = [Definition(symbol, power) for power, symbol in powers.items()]
    return _lines(Line((*once, *definitions), ()), printer)


def _start(work: Work) -> str:
    memory = [
        row
        for k, state in enumerate(work.rule.states)
        for row in _unpacked([f"{state.name}_{w.name}" for w in work.plan.parameters], f"memory[{k}]", lists=work.lists)
    ]
    samples = ["samples = list(zip(inputs, targets))"] if work.lists else []
    return _indent([*_unpacked(work.plan.parameters, "P", lists=work.lists), *memory, *samples], 4)


def _end(work: Work) -> str:
    rows = _stored(work.plan.parameters, "P")
    for k, state in enumerate(work.rule.states):
        rows += _stored([f"{state.name}_{w.name}" for w in work.plan.parameters], f"memory[{k}]")
    return _indent(rows, 4)


def _each(work: Work, spaces: int, *, order: bool = False, part: bool = False, targets: bool = True) -> str:
    """Return the head of a loop over samples, with a name for every column."""
    plan = work.plan
    pairs = [("inputs", plan.inputs), *([("targets", plan.targets)] if targets else [])]
    if not work.lists:
        k = "orders[epoch, place] if len(orders) else place"
        span = "first, first + count" if part else "len(inputs)"
        head = [f"for place in range({span}):", f"    k = {k}"] if order else ["for k in range(len(inputs)):"]
        return _indent(
            [*head, *(f"    {s} = {name}[k, {j}]" for name, row in pairs for j, s in enumerate(row))], spaces
        )
    names = ", ".join(_list(row) for _, row in pairs)
    if not order:
        return _indent([f"for {names} in {'zip(inputs, targets)' if targets else 'inputs'}:"], spaces)
    cut = "[first:first + size]" if part else ""
    these = f"samples{cut} if orders is None else [samples[k] for k in orders[epoch]{cut}]"
    return _indent([f"for {names} in {these}:"], spaces)


def _loss_too(work: Work, printer: ScalarPrinter, spaces: int) -> str:
    """Return the lines of the loss that those of the gradients do not have."""
    known = {d.symbol for d in work.plan.gradients.definitions}
    rest = tuple(d for d in work.plan.loss.definitions if d.symbol not in known)
    return _indent(_lines(Line(rest, ()), printer) or ["pass"], spaces)


def _adds(work: Work, printer: ScalarPrinter, spaces: int) -> str:
    slopes = zip(work.plan.parameters, work.plan.gradients.results, strict=True)
    return _indent((f"sum_{w.name} += {printer.doprint(slope)}" for w, slope in slopes), spaces)


def _body(line: Line, printer: ScalarPrinter, spaces: int) -> str:
    return _indent(_lines(line, printer) or ["pass"], spaces)


def _lines(line: Line, printer: ScalarPrinter) -> list[str]:
    known = {s for d in line.definitions for s in d.operands}
    return code_lines(line, sorted(known, key=str), printer)


def _zeros(names: Iterable[str], spaces: int) -> str:
    return _indent((f"{name} = 0.0" for name in names), spaces)


def _stored(values: Iterable[object], where: str) -> list[str]:
    return [f"{where}[{k}] = {value}" for k, value in enumerate(values)]


def _unpacked(names: Sequence[object], where: str, *, lists: bool) -> list[str]:
    """Return assignments of the parts of a list, over several lines where they are many."""
    if not lists:
        return [f"{name} = {where}[{k}]" for k, name in enumerate(names)]
    rows = textwrap.wrap(_list(names), 100, break_long_words=False, subsequent_indent="    ")
    return [*rows[:-1], f"{rows[-1]} = {where}"]


def _list(names: Iterable[object]) -> str:
    return f"[{', '.join(map(str, names))}]"


def _indent(rows: Iterable[str], spaces: int) -> str:
    return textwrap.indent("\n".join(rows), " " * spaces)

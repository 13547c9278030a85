"""The jit form: the layer level as loops that numba compiles, by sample or by blocks of samples side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

import sympy

from .layered import Layered, X, Y
from .loops import Loops, Statement, python_rows, updates
from .printer import ScalarPrinter
from .rules import Rule, t

BLOCK = 64  # samples side by side; measured: more gain nothing, and large batches stay in the cache
FROM_BATCH = 8  # measured: smaller batches go faster sample by sample
JIT = '@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})'
assert (str(X), str(Y), str(t)) == ("X", "Y", "step")  # names that the text below uses

_QUICK_EXP = f'''

{JIT}
def quick_exp(x):
    """e^x to 2 units in the last place, without a call, so that loops become vector instructions (Cephes, exp.c)."""
    x = min(max(x, -708.0), 709.0)
    n = floor(1.4426950408889634*x + 0.5)
    r = (x - n*0.693145751953125) - n*1.42860682030941723212e-6
    s = r*r
    p = r*((1.26177193074810590878e-4*s + 3.02994407707441961300e-2)*s + 9.99999999999999999910e-1)
    q = ((3.00198505138664455042e-6*s + 2.52448340349684104192e-3)*s + 2.27265548208155028766e-1)*s + 2.0
    return (1.0 + 2.0*(p/(q - p)))*int64((int64(n) + 1023) << 52).view(float64)
'''
_QUICK_TANH = f'''

{JIT}
def quick_tanh(x):
    """tanh(x) to 2 units in the last place, without a call (Cephes, tanh.c)."""
    s = x*x
    p = ((-9.64399179425052238628e-1*s - 9.92877231001918586564e1)*s - 1.61468768441708447952e3)*s
    q = ((s + 1.12811678491632931402e2)*s + 2.23548839060100448583e3)*s + 4.84406305325125486048e3
    far = 1.0 - 2.0/(quick_exp(2.0*abs(x)) + 1.0)
    return x + x*(p/q) if abs(x) < 0.625 else far if x > 0.0 else -far
'''


class QuickPrinter(ScalarPrinter):
    """Prints the exponential and tanh as functions of the generated module, which compilers vectorise.

    >>> QuickPrinter().doprint(sympy.exp(-sympy.Symbol("x")))
    'quick_exp(-x)'
    """

    def _print_exp(self, call: sympy.exp) -> str:
        return f"quick_exp({self._print(call.args[0])})"

    def _print_tanh(self, call: sympy.tanh) -> str:
        return f"quick_tanh({self._print(call.args[0])})"


def jit_source(net: Layered, rule: Rule, title: str, *, fixed_biases: bool = False) -> str:
    """Return the text of a module of loops for numba: losses, outputs, gradients and training.

    Args:
        net: the layer level.
        rule: the update of a parameter.
        title: one line of our own words; it becomes a comment.
        fixed_biases: leave the biases as they are.
    """
    loops, blocks = Loops(net), Loops(net, block=True)
    plain, quick = _Rows(ScalarPrinter()), _Rows(QuickPrinter())
    spans = loops.parameters()
    total = spans[-1][2]
    weights = max(end for symbol, _, end in spans if symbol.name.startswith("weight"))
    inputs, width = net.network.layers[0], net.network.layers[-1]
    arrays = [(symbol.name, size) for symbol, size in loops.buffers()]
    error = net.errors.expression
    X_block, Y_block = ("X", inputs), ("Y", width)
    text = _TEXT.format(
        jit=JIT,
        block=BLOCK,
        inputs=inputs,
        total=total,
        width=width,
        output=net.output,
        views=_indented([f"{symbol} = flat[{start}:{end}]" for symbol, start, end in spans], 4),
        slopes=_indented([f"{net.slopes[symbol]} = slopes[{start}:{end}]" for symbol, start, end in spans], 4),
        arrays=_indented([f"{name} = empty({n})" for name, n in arrays], 4),
        blocks=_blocks([X_block, Y_block, *arrays]),
        loss_blocks=_blocks([X_block, Y_block, *blocks.buffers(error)]),
        output_blocks=_blocks([X_block, *blocks.buffers(net.output)]),
        loss_forward=quick.of(blocks.forward(error), 8),
        output_forward=quick.of(blocks.forward(net.output), 8),
        sample=plain.of([*loops.forward(), *loops.backward()], 16),
        forward=quick.of(blocks.forward(), 8),
        backward=quick.of(blocks.backward(), 8),
        step=quick.of([*blocks.forward(), *blocks.backward()], 16),
        loss=quick.of(blocks.loss(), 8),
        costs=f"    punished = 0.0\n{plain.of(blocks.costs('punished'), 4)}\n" if net.costs else "",
        mean="total / len(inputs)" + " + punished" * bool(net.costs),
        update=plain.of(updates(rule, weights=weights, total=total, fixed_biases=fixed_biases), 12),
    )
    return _head(title, text, plain.functions | quick.functions) + text


@dataclass(frozen=True, slots=True)
class _Rows:
    """Writes statements with one printer."""

    printer: ScalarPrinter

    def of(self, statements: Iterable[Statement], spaces: int) -> str:
        return _indented(python_rows(statements, self.printer.doprint), spaces)

    @property
    def functions(self) -> set[str]:
        """Those of the module `math` that were printed."""
        return set(self.printer.module_imports["math"])


def _head(title: str, text: str, functions: set[str]) -> str:
    """Return what stands before the functions of a network: imports, and the quick functions that they call."""
    tanh = "quick_tanh(" in text
    exp = tanh or "quick_exp(" in text
    math, numpy = (
        functions | {"floor"} if exp else functions,
        ["empty", *(["float64", "int64"] if exp else []), "zeros"],
    )
    imports = [f"from math import {', '.join(sorted(math))}"] if math else []
    imports += ["from numba import njit", f"from numpy import {', '.join(numpy)}"]
    return "\n".join([f"# {title}", *imports, ""]) + _QUICK_EXP * exp + _QUICK_TANH * tanh


def _blocks(arrays: Iterable[tuple[object, int]]) -> str:
    return _indented([f"{name} = empty(({size}, {BLOCK}))" for name, size in arrays], 4)


def _indented(rows: Iterable[str], spaces: int) -> str:
    return "\n".join(" " * spaces + row for row in rows)


def _descend(name: str, batches: str, *, arrays: str, samples: str) -> str:
    """Return the template of a loop of training, from those of its arrays and of how it goes through a batch."""
    return f'''

{{jit}}
def descend_by_{name}(flat, memories, step, inputs, targets, orders, rates, batch, history):
    """Epochs of training in place, one update a batch; return the number of updates so far. For {batches} batches."""
    memory, slopes = memories.reshape(-1), zeros({{total}})
{{views}}
{{slopes}}
{arrays}
    size = min(batch, len(inputs))
    for epoch in range(len(rates)):
        weight_rate, bias_rate = rates[epoch, 0], rates[epoch, 1]
        for first in range(0, len(inputs), size):
            count = min(size, len(inputs) - first)
            step += 1
            slopes[:] = 0.0
{samples}
{{update}}
        if len(history):
            history[epoch] = mean_loss(flat, inputs, targets)
    return step
'''


_BY_SAMPLE = """            for place in range(first, first + count):
                k = orders[epoch, place] if len(orders) else place
                X, Y = inputs[k], targets[k]
{sample}"""
_BY_BLOCK = """            for begin in range(first, first + count, {block}):
                samples = min({block}, first + count - begin)
                for k in range(samples):
                    place = orders[epoch, begin + k] if len(orders) else begin + k
                    for i in range({inputs}):
                        X[i, k] = inputs[place, i]
                    for i in range({width}):
                        Y[i, k] = targets[place, i]
{step}"""
_FILL = """        samples = min({block}, len(inputs) - first)
        for k in range(samples):
            for i in range({inputs}):
                X[i, k] = inputs[first + k, i]
"""
_TARGETS = """            for i in range({width}):
                Y[i, k] = targets[first + k, i]
"""
_TEXT = (
    '''

{jit}
def mean_loss(flat, inputs, targets):
    """The mean over the samples of the loss."""
{views}
{loss_blocks}
    total = 0.0
    for first in range(0, len(inputs), {block}):
'''
    + _FILL
    + _TARGETS
    + '''{loss_forward}
{loss}
{costs}    return {mean}


{jit}
def outputs(flat, inputs, found):
    """The outputs of every sample."""
{views}
{output_blocks}
    for first in range(0, len(inputs), {block}):
'''
    + _FILL
    + '''{output_forward}
        for k in range(samples):
            for j in range({width}):
                found[first + k, j] = {output}[j, k]
    return found


{jit}
def mean_gradients(flat, inputs, targets, slopes):
    """The mean over the samples of the derivative of the loss by every parameter."""
    slopes[:] = 0.0
{views}
{slopes}
{blocks}
    for first in range(0, len(inputs), {block}):
'''
    + _FILL
    + _TARGETS
    + """{forward}
{backward}
    for j in range({total}):
        slopes[j] /= len(inputs)
"""
    + _descend("sample", "small", arrays="{arrays}", samples=_BY_SAMPLE)
    + _descend("block", "larger", arrays="{blocks}", samples=_BY_BLOCK)
)

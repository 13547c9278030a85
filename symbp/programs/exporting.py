"""Stand-alone programs: one file that needs nothing of ours, in NumPy, JAX, PyTorch or C."""
# ruff: noqa: N802, N815 - sympy calls a printer by the name of the node's class

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import sympy

from ..errors import InputError, UnsupportedError, nearest
from ..graphs import unit_graph
from ..networks import Network
from .latex import source_to_latex
from .layered import Layered, X, Y, count, layered, seed
from .loops import CPrinter, Loops, c_rows, updates
from .parameters import NetworkLayout, Parameters
from .plan import plan
from .printer import ScalarPrinter
from .rules import SGD
from .scalar import scalar_source
from .stable import stable

_MOST_NUMBERS = 200_000  # parameters that are written into a file


@dataclass(frozen=True, slots=True)
class Library:
    """How a library of arrays is written.

    Attributes:
        name: what a user calls it.
        imports: the first lines.
        prefix: before its functions.
        names: of functions that are called in another way.
        array: how numbers become an array of float64; ``{}`` stands for them.
    """

    name: str
    imports: str
    prefix: str
    names: Mapping[str, str]
    array: str


LIBRARIES = (
    Library(
        "numpy",
        'import numpy as np\n\nnp.seterr(over="ignore")  # 1/(1 + inf) is the right limit',
        "np.",
        MappingProxyType({}),
        "np.array({}, dtype=float)",
    ),
    Library(
        "jax",
        'import jax\nimport jax.numpy as jnp\n\njax.config.update("jax_enable_x64", True)',
        "jnp.",
        MappingProxyType({"erf": "jax.scipy.special.erf"}),
        "jnp.array({}, dtype=float)",
    ),
    Library(
        "torch",
        "import torch\n\ntorch.set_default_dtype(torch.float64)",
        "torch.",
        MappingProxyType({"maximum": "torch.clamp_min", "minimum": "torch.clamp_max"}),
        "torch.tensor({}, dtype=torch.float64)",
    ),
)
TARGETS = (*(library.name for library in LIBRARIES), "c", "latex")


class LibraryPrinter(ScalarPrinter):
    """Prints definitions of the layer level as expressions of a library."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    def _call(self, name: str, *args: Any) -> str:
        texts = ", ".join(str(self._print(arg)) for arg in args)
        return f"{self.library.names.get(name, self.library.prefix + name)}({texts})"

    def _print_Function(self, call: sympy.Function) -> str:
        name, texts = call.func.__name__, [str(self._print(arg)) for arg in call.args]
        if name == "matmul":
            return f"({texts[0]} @ {texts[1]})"
        if name in ("row_sums", "row_maxima"):
            torch = self.library.name == "torch"
            function = {"row_sums": "sum", "row_maxima": "amax" if torch else "max"}[name]
            return f"{self.library.prefix}{function}({texts[0]}, 1, {'keepdim' if torch else 'keepdims'}=True)"
        if name in ("transposed", "sums", "total"):
            return texts[0] + {"transposed": ".T", "sums": ".sum(0)", "total": ".sum().reshape(1)"}[name]
        if name == "erf" and self.library.name == "numpy":
            raise UnsupportedError("NumPy has no error function: export to jax, torch or c")
        return self._call({"Abs": "abs", "log1p": "log1p"}.get(name, name), *call.args)

    _print_exp = _print_log = _print_tanh = _print_log1p = _print_Abs = _print_sign = _print_erf = _print_Function
    _print_sin = _print_cos = _print_tan = _print_sinh = _print_cosh = _print_Function

    def _print_Pow(self, power: sympy.Pow, rational: bool = False) -> str:
        if power.exp == sympy.Rational(1, 2):
            return self._call("sqrt", power.base)
        return str(super()._print_Pow(power, rational))

    def _choose(self, name: str, loses: str, args: tuple[sympy.Expr, ...]) -> str:  # noqa: ARG002 - the parent's words
        ordered = sorted(args, key=lambda arg: arg.is_number)  # a number comes last: PyTorch wants an array first
        return self._call({"max": "maximum", "min": "minimum"}[name], *ordered)

    def _print_Piecewise(self, cases: sympy.Piecewise) -> str:
        *some, last = cases.args
        text = str(self._print(last.expr))
        for case in reversed(some):
            text = f"{self.library.prefix}where({self._print(case.cond)}, {self._print(case.expr)}, {text})"
        return text


def export(network: Network, target: str, parameters: Parameters) -> str:
    """Return the text of a file that computes outputs, loss and gradients, and trains, without symbp.

    The target latex gives the formulas of the generated code instead, without the numbers of the parameters.

    Args:
        network: the network.
        target: numpy, jax, torch, c or latex.
        parameters: written into the file.

    Raises:
        InputError: no such target, or too many parameters.
        UnsupportedError: the library lacks a function of the formulas.
    """
    if target not in TARGETS:
        raise InputError(f"target {target!r} is unknown{nearest(target, list(TARGETS))} (known: {', '.join(TARGETS)})")
    if network.parameter_count > _MOST_NUMBERS:
        raise InputError(f"{network.parameter_count} parameters: at most {_MOST_NUMBERS} are written into a file")
    NetworkLayout(network).flatten(parameters)
    if target == "c":
        return _c(network, parameters)
    if target == "latex":
        return source_to_latex(scalar_source(plan(stable(unit_graph(network))), SGD, ""))
    return _library(layered(network), next(row for row in LIBRARIES if row.name == target), parameters)


def slopes_source(net: Layered) -> str:
    """Return the text of ``gradients(parameters, X, Y)`` in NumPy; the backward definitions may have been changed."""
    write = LibraryPrinter(LIBRARIES[0]).doprint
    rows = [f"    {d.symbol} = {write(d.expression.subs(seed, 1))}" for d in (*net.forward, *net.backward)]
    names, slopes = ", ".join(map(str, net.slopes)), ", ".join(map(str, net.slopes.values()))
    head = f"import numpy as np\n\n\ndef gradients(parameters, X, Y):\n    {names}, = parameters\n    count = len(X)\n"
    return head + "\n".join(rows) + f"\n    return [{slopes}]\n"


def _library(net: Layered, library: Library, parameters: Parameters) -> str:
    write: Callable[[Any], str] = LibraryPrinter(library).doprint
    forward = [f"    {d.symbol} = {write(d.expression)}" for d in net.forward]
    backward = [f"    {d.symbol} = {write(d.expression.subs(seed, 1))}" for d in net.backward]
    names = ", ".join(map(str, net.slopes))
    share = "" if net.share == 1 else f"{float(net.share)!r} * "
    shapes = [net.shapes[symbol] for symbol in net.slopes]
    numbers = [
        f"    {library.array.format(_literal(array.reshape(shape)))},"
        for array, shape in zip((*parameters.weights, *parameters.biases), shapes, strict=True)
    ]
    return _LIBRARY_TEXT.format(
        title=f"{net.network.description}; exported by symbp",
        imports=library.imports,
        names=names,
        numbers="\n".join(numbers),
        forward="\n".join(forward),
        output=net.output,
        loss=write(net.errors.expression),
        share=share,
        costs=costs_of(net, write),
        backward="\n".join(backward),
        slopes=", ".join(map(str, net.slopes.values())),
    )


def costs_of(net: Layered, write: Callable[[Any], str]) -> str:
    """Return what is added to the mean loss for the size of the weights; empty without a penalty."""
    return "".join(f" + ({write(cost.expression)}).sum()" for cost in net.costs)


def _literal(array: Any) -> str:
    text: str = np.array2string(array, separator=", ", threshold=_MOST_NUMBERS, floatmode="unique", max_line_width=110)
    return text


assert (str(X), str(Y), str(count)) == ("X", "Y", "count")  # names that the texts below use

_LIBRARY_TEXT = '''"""{title}.

Rows of X and Y are samples. Parameters are a list: all weights [to, from], then all biases.
"""

{imports}

PARAMETERS = [
{numbers}
]


def outputs(parameters, X):
    """The outputs of every sample."""
    {names}, = parameters
{forward}
    return {output}


def loss(parameters, X, Y):
    """The mean over the samples of the loss."""
    {names}, = parameters
{forward}
    return {share}({loss}).sum() / len(X){costs}


def gradients(parameters, X, Y):
    """The mean over the samples of the derivative of the loss by every parameter."""
    {names}, = parameters
    count = len(X)
{forward}
{backward}
    return [{slopes}]


def train(parameters, X, Y, rate, epochs, batch=None):
    """Gradient descent, one update a batch; return the new parameters."""
    size = batch or len(X)
    for _ in range(epochs):
        for first in range(0, len(X), size):
            slopes = gradients(parameters, X[first:first + size], Y[first:first + size])
            parameters = [p - rate * slope for p, slope in zip(parameters, slopes)]
    return parameters
'''


def _c(network: Network, parameters: Parameters) -> str:
    loops, printer = Loops(layered(network)), CPrinter()
    write = printer.doprint
    spans = loops.parameters()
    total = spans[-1][2]
    weights = max(end for symbol, _, end in spans if symbol.name.startswith("weight"))
    flat = NetworkLayout(network).flatten(parameters)

    def block(rows: list[str], spaces: int) -> str:
        return "\n".join(" " * spaces + row for row in rows)

    return _C_TEXT % {
        "title": f"{network.description}; exported by symbp",
        "total": total,
        "inputs": network.layers[0],
        "outputs": network.layers[-1],
        "numbers": ",\n    ".join(map(repr, flat.tolist())),
        "views": block([f"const double *{symbol} = flat + {start};" for symbol, start, _ in spans], 4),
        "slopes": block([f"double *{loops.net.slopes[s]} = slopes + {start};" for s, start, _ in spans], 4),
        "buffers": block([f"double {symbol}[{size}];" for symbol, size in loops.buffers()], 4),
        "ahead": block([f"double {d.symbol}[{loops.net.shapes[d.symbol][-1]}];" for d in loops.net.forward], 4),
        "unread": "" if loops.net.output in loops.net.errors.operands else f"    (void){loops.net.output};\n",
        "forward": block(c_rows(loops.forward(), write), 4),
        "backward": block(c_rows(loops.backward(), write), 4),
        "loss": block(c_rows([*loops.loss(), *loops.costs("total")], write), 4),
        "update": block(c_rows(updates(SGD, weights=weights, total=total), write), 12),
        "output": loops.net.output,
    }


_C_TEXT = """/* %(title)s.

   cc -O3 -march=native FILE.c -lm -o net
   ./net EPOCHS RATE [BATCH] < samples      one sample a line: inputs, then targets; prints loss and parameters
   All weights [to][from] stand in front, then all biases. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARAMETERS = %(total)d, INPUTS = %(inputs)d, OUTPUTS = %(outputs)d };

double parameters[PARAMETERS] = {
    %(numbers)s
};

/* The outputs of a sample. */
void outputs(const double *flat, const double *X, double *found)
{
%(views)s
%(ahead)s
%(forward)s
    memcpy(found, %(output)s, sizeof %(output)s);
}

/* The loss of a sample. */
double loss(const double *flat, const double *X, const double *Y)
{
%(views)s
%(ahead)s
    double total = 0;
%(forward)s
%(unread)s%(loss)s
    return total;
}

/* Add the derivatives of the loss of a sample. */
void add_gradients(const double *flat, const double *X, const double *Y, double *slopes)
{
%(views)s
%(slopes)s
%(buffers)s
%(forward)s
%(backward)s
}

/* Gradient descent, one update a batch; samples are rows of inputs and targets. */
void train(double *flat, const double *samples, int n, int epochs, int batch, double rate)
{
    static double slopes[PARAMETERS];
    const double weight_rate = rate, bias_rate = rate;
    (void)bias_rate;
    for (int epoch = 0; epoch < epochs; epoch++)
        for (int first = 0; first < n; first += batch) {
            int count = n - first < batch ? n - first : batch;
            memset(slopes, 0, sizeof slopes);
            for (int k = first; k < first + count; k++) {
                const double *row = samples + (size_t)k * (INPUTS + OUTPUTS);
                add_gradients(flat, row, row + INPUTS, slopes);
            }
%(update)s
        }
}

int main(int argc, char **argv)
{
    double *samples = NULL, number, rate = 0, total = 0;
    int epochs = 0, batch = 0;
    size_t read = 0, room = 0;
    if (argc < 3 || argc > 4 || sscanf(argv[1], "%%d", &epochs) != 1 || sscanf(argv[2], "%%lf", &rate) != 1
        || (argc > 3 && (sscanf(argv[3], "%%d", &batch) != 1 || batch < 1))) {
        fprintf(stderr, "usage: %%s EPOCHS RATE [BATCH] < samples\\n", argv[0]);
        return 2;
    }
    while (scanf(" %%lf%%*[,;]", &number) == 1) {
        if (read == room)
            samples = realloc(samples, (room = 2 * room + 1024) * sizeof *samples);
        if (!samples)
            return 1;
        samples[read++] = number;
    }
    int n = (int)(read / (INPUTS + OUTPUTS));
    if (n == 0 || read %% (INPUTS + OUTPUTS)) {
        fprintf(stderr, "%%zu numbers: a sample has %%d\\n", read, INPUTS + OUTPUTS);
        return 2;
    }
    train(parameters, samples, n, epochs, batch > 0 ? batch : n, rate);
    for (int k = 0; k < n; k++)
        total += loss(parameters, &samples[k * (INPUTS + OUTPUTS)], &samples[k * (INPUTS + OUTPUTS) + INPUTS]);
    printf("%%.17g\\n", total / n);
    for (int k = 0; k < PARAMETERS; k++)
        printf("%%.17g\\n", parameters[k]);
    free(samples);
    return 0;
}
"""

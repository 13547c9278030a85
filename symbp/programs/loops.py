"""The layer level as loops over units, one sample at a time: what compilers take, as Python for numba or as C."""
# ruff: noqa: N802 - sympy calls a printer by the name of the node's class

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import sympy
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef
from sympy.printing.c import C99CodePrinter

from ..graphs import Definition
from .layered import SAMPLES, Layered, Shape, X, Y, count, seed
from .printer import ScalarPrinter
from .rules import Rule, g, p, rate, t


@dataclass(frozen=True, slots=True)
class Set:
    """``target = expression``; with ``add``, ``target += expression``."""

    target: str
    expression: Expr
    add: bool = False


@dataclass(frozen=True, slots=True)
class For:
    """A loop of ``variable`` from 0 to below ``end``."""

    variable: str
    end: int
    body: tuple["Set | For", ...]


Statement = Set | For
j, i = "j", "i"


def at(symbol: Symbol, index: str) -> Symbol:
    """Return an entry of an array as a symbol: its name is its code."""
    return Symbol(f"{symbol}[{index}]", real=True)


@dataclass(frozen=True, slots=True)
class Loops:
    """Writes the definitions of a network as statements of one sample."""

    net: Layered

    def forward(self) -> list[Statement]:
        """Return net inputs and outputs."""
        return [statement for definition in self.net.forward for statement in self.of(definition)]

    def backward(self) -> list[Statement]:
        """Return the adjoints; slopes of parameters are added up over the samples."""
        ones = {seed: sympy.Integer(1), count: sympy.Integer(1)}
        parts = [Definition(d.symbol, d.expression.xreplace(ones)) for d in self.net.backward]
        return [statement for definition in parts for statement in self.of(definition)]

    def loss(self) -> list[Statement]:
        """Return what adds the loss of a sample to ``total``."""
        error = self._elementwise(self.net.share * self.net.errors.expression)
        return [For(j, self.net.network.layers[-1], (Set("total", error, add=True),))]

    def of(self, definition: Definition) -> list[Statement]:
        """Return the loops of one definition."""
        symbol, expression = definition.symbol, definition.expression
        products = [a for a in expression.atoms(AppliedUndef) if a.func.__name__ != "transposed"]
        if not products:
            body = Set(f"{symbol}[j]", self._elementwise(expression))
            return [For(j, self._width(symbol), (body,))]
        (product,) = products
        return self._product(symbol, product, expression - product)

    def _product(self, symbol: Symbol, product: AppliedUndef, rest: Expr) -> list[Statement]:
        first, second = (*product.args, None)[:2]
        if product.func.__name__ == "row_sums":
            add = Set(f"{symbol}[0]", at(first, j), add=True)
            return [Set(f"{symbol}[0]", sympy.Integer(0)), For(j, self._width(first), (add,))]
        if product.func.__name__ == "row_maxima":
            larger = Set(f"{symbol}[0]", sympy.Max(at(symbol, "0"), at(first, j)))
            return [Set(f"{symbol}[0]", at(first, "0")), For(j, self._width(first), (larger,))]
        if product.func.__name__ == "total":
            return [For(j, self._width(first), (Set(f"{symbol}[0]", at(first, j), add=True),))]
        if product.func.__name__ == "sums":
            return [For(j, self._width(first), (Set(f"{symbol}[j]", at(first, j), add=True),))]
        if isinstance(first, AppliedUndef):  # transposed(delta) out: added up over the samples
            rows, columns = self._width(first.args[0]), self._width(second)
            entry = Set(f"{symbol}[j*{columns} + i]", at(first.args[0], j) * at(second, i), add=True)
            return [For(j, rows, (For(i, columns, (entry,)),))]
        if isinstance(second, AppliedUndef):  # out transposed(weight)
            rows, columns = self.net.shapes[second.args[0]]
            term = Set("s", at(first, i) * at(second.args[0], f"j*{columns} + i"), add=True)
            start = Set("s", self._elementwise(rest))
            return [For(j, rows, (start, For(i, columns, (term,)), Set(f"{symbol}[j]", Symbol("s"))))]
        rows, columns = self.net.shapes[second]  # delta weight
        zero = For(i, columns, (Set(f"{symbol}[i]", sympy.Integer(0)),))
        term = Set(f"{symbol}[i]", at(first, j) * at(second, f"j*{columns} + i"), add=True)
        return [zero, For(j, rows, (For(i, columns, (term,)),))]

    def _width(self, symbol: Symbol) -> int:
        return self.net.shapes[symbol][-1]

    def _elementwise(self, expression: Expr) -> Expr:
        """Return an expression for unit j; a bias that a layer shares has one entry."""
        found = {
            s: at(s, "0" if self.net.shapes[s][-1] == 1 else j) for s in expression.free_symbols if s in self.net.shapes
        }
        return expression.xreplace(found)

    def buffers(self) -> list[tuple[Symbol, int]]:
        """Return the arrays of one sample with their sizes."""
        used = [d.symbol for d in (*self.net.forward, *self.net.backward) if d.symbol not in self.net.slopes.values()]
        return [(symbol, self._width(symbol)) for symbol in dict.fromkeys(used)]

    def parameters(self) -> list[tuple[Symbol, int, int]]:
        """Return the parameters with their places in the flat array."""
        found, start = [], 0
        for symbol in self.net.slopes:
            size = size_of(self.net.shapes[symbol])
            found.append((symbol, start, start + size))
            start += size
        return found


def size_of(shape: Shape) -> int:
    """Return the number of entries."""
    return int(sympy.prod(size for size in shape if size != SAMPLES))


def updates(rule: Rule, *, weights: int, total: int, fixed_biases: bool = False) -> list[Statement]:
    """Return the loops that rewrite all parameters ``flat`` from the sums of their slopes."""
    spans = [(True, 0, weights), *([] if fixed_biases else [(False, weights, total)])]
    found: list[Statement] = []
    for weight, start, end in spans:
        place = f"{start} + j" if start else "j"
        values: dict[Symbol, Expr] = {
            p: Symbol(f"flat[{place}]", real=True),
            g: Symbol(f"slopes[{place}]", real=True) / count,
            rate: Symbol("weight_rate" if weight else "bias_rate", positive=True),
        }
        values |= {state: Symbol(f"memory[{k}*{total} + {place}]", real=True) for k, state in enumerate(rule.states)}
        formulas = rule.formulas(weight=weight)
        body = tuple(Set(str(values[symbol]), formula.xreplace(values)) for symbol, formula in formulas)
        found += [For(j, end - start, body)] if end > start else []
    return found


Print = Callable[[Expr], str]


def python_rows(statements: Iterable[Statement], write: Print) -> list[str]:
    """Return statements as lines of Python."""
    rows: list[str] = []
    for statement in statements:
        if isinstance(statement, For):
            rows.append(f"for {statement.variable} in range({statement.end}):")
            rows += [f"    {row}" for row in python_rows(statement.body, write)]
        else:
            rows.append(f"{statement.target} {'+=' if statement.add else '='} {write(statement.expression)}")
    return rows


def c_rows(statements: Sequence[Statement], write: Print) -> list[str]:
    """Return statements as lines of C."""
    rows: list[str] = []
    for statement in statements:
        if isinstance(statement, For):
            v = statement.variable
            rows.append(f"for (int {v} = 0; {v} < {statement.end}; {v}++) {{")
            rows += [f"    {row}" for row in c_rows(statement.body, write)]
            rows.append("}")
        else:
            kind = "double " if statement.target == "s" and not statement.add else ""
            rows.append(f"{kind}{statement.target} {'+=' if statement.add else '='} {write(statement.expression)};")
    return rows


class CPrinter(C99CodePrinter):  # type: ignore[misc]  # sympy has no types
    """C on doubles; the sign of 0 is 0."""

    def _print_sign(self, call: sympy.sign) -> str:
        text = self._print(call.args[0])
        return f"(({text} > 0) - ({text} < 0))"

    def _print_Max(self, call: sympy.Max) -> str:
        first, second = (self._print(arg) for arg in call.args)
        return f"({first} > {second} ? {first} : {second})"


def jit_source(net: Layered, rule: Rule, title: str, *, fixed_biases: bool = False) -> str:
    """Return the text of a module of loops for numba: losses, outputs, gradients and training.

    Args:
        net: the layer level.
        rule: the update of a parameter.
        title: one line of our own words; it becomes a comment.
        fixed_biases: leave the biases as they are.
    """
    loops, printer = Loops(net), ScalarPrinter()
    write = printer.doprint
    spans = loops.parameters()
    total = spans[-1][2]
    weights = max(end for symbol, _, end in spans if symbol.name.startswith("weight"))
    text = _JIT_TEXT.format(
        jit=JIT,
        views=_block([f"{symbol} = flat[{start}:{end}]" for symbol, start, end in spans], 4),
        slopes=_block([f"{net.slopes[symbol]} = slopes[{start}:{end}]" for symbol, start, end in spans], 4),
        buffers=_block([f"{symbol} = empty({size})" for symbol, size in loops.buffers()], 4),
        inputs=net.network.layers[0],
        total=total,
        width=net.network.layers[-1],
        output=net.output,
        forward=_block(python_rows(loops.forward(), write), 8),
        forward_deep=_block(python_rows(loops.forward(), write), 16),
        backward=_block(python_rows(loops.backward(), write), 8),
        backward_deep=_block(python_rows(loops.backward(), write), 16),
        loss=_block(python_rows(loops.loss(), write), 8),
        update=_block(python_rows(updates(rule, weights=weights, total=total, fixed_biases=fixed_biases), write), 12),
    )
    used = ", ".join(sorted(printer.module_imports["math"]))
    head = f"# {title}\n" + (f"from math import {used}\n" if used else "")
    return head + "from numba import njit\nfrom numpy import empty, zeros\n" + text


JIT = '@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})'
assert (str(X), str(Y), str(t)) == ("X", "Y", "step")  # names that the text below uses

_JIT_TEXT = '''

{jit}
def mean_loss(flat, inputs, targets):
    """The mean over the samples of the loss."""
{views}
{buffers}
    total = 0.0
    for k in range(len(inputs)):
        X, Y = inputs[k], targets[k]
{forward}
{loss}
    return total / len(inputs)


{jit}
def outputs(flat, inputs, found):
    """The outputs of every sample."""
{views}
{buffers}
    for k in range(len(inputs)):
        X = inputs[k]
{forward}
        for j in range({width}):
            found[k, j] = {output}[j]
    return found


{jit}
def mean_gradients(flat, inputs, targets, slopes):
    """The mean over the samples of the derivative of the loss by every parameter."""
    slopes[:] = 0.0
{views}
{slopes}
{buffers}
    for k in range(len(inputs)):
        X, Y = inputs[k], targets[k]
{forward}
{backward}
    for j in range({total}):
        slopes[j] /= len(inputs)


{jit}
def descend(flat, memories, step, inputs, targets, orders, rates, batch, history):
    """Epochs of training in place, one update a batch; return the number of updates so far."""
    memory, slopes = memories.reshape(-1), zeros({total})
{views}
{slopes}
{buffers}
    size = min(batch, len(inputs))
    for epoch in range(len(rates)):
        weight_rate, bias_rate = rates[epoch, 0], rates[epoch, 1]
        for first in range(0, len(inputs), size):
            count = min(size, len(inputs) - first)
            step += 1
            slopes[:] = 0.0
            for place in range(first, first + count):
                k = orders[epoch, place] if len(orders) else place
                X, Y = inputs[k], targets[k]
{forward_deep}
{backward_deep}
{update}
        if len(history):
            history[epoch] = mean_loss(flat, inputs, targets)
    return step
'''


def _block(rows: Iterable[str], spaces: int) -> str:
    return "\n".join(" " * spaces + row for row in rows)

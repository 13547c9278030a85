"""The layer level as loops over units, of one sample or of a block of samples: what compilers take, as Python or C."""
# ruff: noqa: N802 - sympy calls a printer by the name of the node's class

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import sympy
from sympy import Expr, Symbol
from sympy.core.function import AppliedUndef
from sympy.printing.c import C99CodePrinter

from ..graphs import Definition
from .layered import SAMPLES, Layered, Shape, count, seed
from .lines import needed
from .rules import Rule, g, p, rate


@dataclass(frozen=True, slots=True)
class Set:
    """``target = expression``; with ``add``, ``target += expression``."""

    target: str
    expression: Expr
    add: bool = False


@dataclass(frozen=True, slots=True)
class For:
    """A loop of ``variable`` from 0 to below ``end``, a number or a name."""

    variable: str
    end: int | str
    body: tuple["Set | For", ...]


Statement = Set | For
j, i = "j", "i"


@dataclass(frozen=True, slots=True)
class Loops:
    """Writes the definitions of a network as statements of one sample, or of a block of samples.

    Attributes:
        net: the layer level.
        block: whether arrays have a second index ``k`` for the samples of a block. Every innermost loop then runs over
            samples that stand side by side, which compilers turn into vector instructions.
    """

    net: Layered
    block: bool = False

    def forward(self, *results: Expr) -> list[Statement]:
        """Return net inputs and outputs; with results, only those that they need."""
        return [statement for definition in self.ahead(*results) for statement in self.of(definition)]

    def ahead(self, *results: Expr) -> list[Definition]:
        """Return the definitions of the way forward; with results, only those that they need."""
        wanted = needed(self.net.forward, results)
        return [definition for definition in self.net.forward if not results or definition.symbol in wanted]

    def backward(self) -> list[Statement]:
        """Return the adjoints; slopes of parameters are added up over the samples."""
        ones = {seed: sympy.Integer(1), count: sympy.Integer(1)}
        parts = [Definition(d.symbol, d.expression.xreplace(ones)) for d in self.net.backward]
        return [statement for definition in parts for statement in self.of(definition)]

    def loss(self) -> list[Statement]:
        """Return what adds the losses to ``total``."""
        error = self._elementwise(self.net.share * self.net.errors.expression)
        return [For(j, self.net.network.layers[-1], self._over(Set("total", error, add=True)))]

    def costs(self, target: str) -> list[Statement]:
        """Return what adds the penalty of every weight to a sum."""
        found: list[Statement] = []
        for cost in self.net.costs:
            size = size_of(self.net.shapes[cost.symbol])
            each = cost.expression.xreplace({s: Symbol(f"{s}[{i}]", real=True) for s in cost.operands})
            found.append(For(i, size, (Set(target, each, add=True),)))
        return found

    def of(self, definition: Definition) -> list[Statement]:
        """Return the loops of one definition."""
        symbol, expression = definition.symbol, definition.expression
        products = [a for a in expression.atoms(AppliedUndef) if a.func.__name__ != "transposed"]
        if not products:
            return [For(j, self._width(symbol), self._set(symbol, j, self._elementwise(expression)))]
        (product,) = products
        return self._product(symbol, product, expression - product)

    def _product(self, symbol: Symbol, product: AppliedUndef, rest: Expr) -> list[Statement]:
        first, second = (*product.args, None)[:2]
        if product.func.__name__ == "row_sums":
            add = self._set(symbol, "0", self._at(first, j), add=True)
            return [*self._set(symbol, "0", sympy.Integer(0)), For(j, self._width(first), add)]
        if product.func.__name__ == "row_maxima":
            larger = self._set(symbol, "0", sympy.Max(self._at(symbol, "0"), self._at(first, j)))
            return [*self._set(symbol, "0", self._at(first, "0")), For(j, self._width(first), larger)]
        if product.func.__name__ in ("total", "sums"):
            place = "0" if product.func.__name__ == "total" else j
            return [For(j, self._width(first), self._added(f"{symbol}[{place}]", self._at(first, j)))]
        if isinstance(first, AppliedUndef):  # transposed(delta) out: added up over the samples
            rows, columns = self._width(first.args[0]), self._width(second)
            punished = rest.xreplace({s: self._at(s, f"j*{columns} + i") for s in rest.free_symbols})
            term = self._at(first.args[0], j) * self._at(second, i) + punished
            return [For(j, rows, (For(i, columns, self._added(f"{symbol}[j*{columns} + i]", term)),))]
        if isinstance(second, AppliedUndef):  # out transposed(weight)
            return [self._net_inputs(symbol, first, second.args[0], rest)]
        rows, columns = self.net.shapes[second]  # delta weight
        zero = For(i, columns, self._set(symbol, i, sympy.Integer(0)))
        weighted = self._at(first, j) * self._at(second, f"j*{columns} + i")
        return [zero, For(j, rows, (For(i, columns, self._set(symbol, i, weighted, add=True)),))]

    def _net_inputs(self, symbol: Symbol, out: Symbol, weight: Symbol, bias: Expr) -> For:
        rows, columns = self.net.shapes[weight]
        term, start = self._at(out, i) * self._at(weight, f"j*{columns} + i"), self._elementwise(bias)
        if self.block:
            add = For(i, columns, self._set(symbol, j, term, add=True))
            return For(j, rows, (*self._set(symbol, j, start), add))
        add = For(i, columns, (Set("s", term, add=True),))
        return For(j, rows, (Set("s", start), add, Set(f"{symbol}[j]", Symbol("s"))))

    def _at(self, symbol: Symbol, index: str) -> Symbol:
        """Return an entry of an array as a symbol: its name is its code."""
        sample = ", k" if self.block and self.net.shapes[symbol][0] == SAMPLES else ""
        return Symbol(f"{symbol}[{index}{sample}]", real=True)

    def _over(self, *body: Statement) -> tuple[Statement, ...]:
        """Return statements for every sample of the block, or for the one."""
        return (For("k", "samples", body),) if self.block else body

    def _set(self, symbol: Symbol, index: str, expression: Expr, *, add: bool = False) -> tuple[Statement, ...]:
        return self._over(Set(str(self._at(symbol, index)), expression, add))

    def _added(self, target: str, term: Expr) -> tuple[Statement, ...]:
        """Return what adds a term of every sample to a sum over the samples."""
        if not self.block:
            return (Set(target, term, add=True),)
        return (Set("s", sympy.Float(0)), *self._over(Set("s", term, add=True)), Set(target, Symbol("s"), add=True))

    def _width(self, symbol: Symbol) -> int:
        return self.net.shapes[symbol][-1]

    def _elementwise(self, expression: Expr) -> Expr:
        """Return an expression for unit j; a bias that a layer shares has one entry."""
        used = (symbol for symbol in expression.free_symbols if symbol in self.net.shapes)
        return expression.xreplace({s: self._at(s, "0" if self.net.shapes[s][-1] == 1 else j) for s in used})

    def buffers(self, *results: Expr) -> list[tuple[Symbol, int]]:
        """Return the arrays of one sample with their sizes; with results, of the way forward to them."""
        definitions = self.ahead(*results) if results else (*self.net.forward, *self.net.backward)
        used = [d.symbol for d in definitions if d.symbol not in self.net.slopes.values()]
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

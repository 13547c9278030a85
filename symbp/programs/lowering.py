"""Formulas on arrays as single operations: each names its result, which the next ones use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sympy
from sympy import Basic, Expr, Symbol
from sympy.codegen.cfunctions import expm1, log1p
from sympy.core.function import AppliedUndef

from ..errors import UnsupportedError
from .layered import SAMPLES, Shape

_SAME = ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sign")
_ARC = ("sin", "cos", "tan", "sinh", "cosh", "tanh")
UFUNCS: Mapping[type, str] = {
    **{getattr(sympy, name): name for name in _SAME},
    **{getattr(sympy, f"a{name}"): f"arc{name}" for name in _ARC},
    expm1: "expm1",
    log1p: "log1p",
    sympy.Abs: "absolute",
    sympy.Max: "maximum",
    sympy.Min: "minimum",
    sympy.erf: "erf",
    sympy.erfc: "erfc",
    sympy.Gt: "greater",
    sympy.Ge: "greater_equal",
    sympy.Lt: "less",
    sympy.Le: "less_equal",
    sympy.Eq: "equal",
    sympy.Ne: "not_equal",
    sympy.Heaviside: "heaviside",
    sympy.And: "logical_and",
    sympy.Or: "logical_or",
    sympy.Not: "logical_not",
}
_TRUTHS = frozenset({"greater", "greater_equal", "less", "less_equal", "equal", "not_equal"}) | frozenset(
    {"logical_and", "logical_or", "logical_not"}
)


@dataclass(frozen=True, slots=True)
class Operation:
    """``result = function(operands)``, of one shape; ``scalar`` is an expression of plain numbers.

    Attributes:
        into: the array that must hold the result; None: any.
        truth: whether the result is an array of truth values.
    """

    result: Symbol
    function: str
    operands: tuple[Basic, ...]
    shape: Shape
    into: Symbol | None = None
    truth: bool = False

    @property
    def elementwise(self) -> bool:
        """Whether the result may be written over an operand."""
        whole = ("matmul", "sums", "total", "row_sums", "row_maxima", "scalar", "watch")
        return self.function not in whole

    @property
    def used(self) -> frozenset[Symbol]:
        """The symbols that it reads."""
        return frozenset(s for operand in self.operands for s in operand.free_symbols)


class Lowering:
    """Takes definitions one by one and writes down their operations.

    >>> x, y = sympy.symbols("x y")
    >>> lowering = Lowering({x: (SAMPLES, 3)})
    >>> lowering.define(y, 1 - x**2)
    >>> [(step.function, *map(str, step.operands)) for step in lowering.operations]
    [('square', 'x'), ('subtract', '1', 't1')]
    """

    def __init__(self, shapes: Mapping[Symbol, Shape]) -> None:
        self.shapes = dict(shapes)
        self.operations: list[Operation] = []

    def define(self, symbol: Symbol, expression: Expr, *, into: Symbol | None = None) -> None:
        """Append the operations that compute ``symbol``."""
        start = len(self.operations)
        found = self._lower(expression)
        if not isinstance(found, Symbol) or len(self.operations) == start or self.operations[-1].result != found:
            found = self._emit("positive", [found], shape=self.shapes.get(symbol))
        last = self.operations[-1]
        self.operations[-1] = replace(last, result=symbol, into=into)
        self.shapes[symbol] = self.shapes.pop(found)

    def _lower(self, e: Basic) -> Basic:
        if not self._arrays(e):
            return e if e.is_Atom else self._emit("scalar", [e], shape=())
        if e.is_Symbol:
            return e
        if isinstance(e, AppliedUndef):
            return self._product(e)
        for kind, method in self._METHODS.items():
            if isinstance(e, kind):
                return method(self, e)
        if type(e) not in UFUNCS:
            raise UnsupportedError(f"{type(e).__name__} in a formula cannot be turned into code on arrays yet")
        return self._fold(UFUNCS[type(e)], [self._lower(arg) for arg in e.args])

    def _fold(self, function: str, operands: Sequence[Basic]) -> Basic:
        """Apply a function of one or two operands; more are taken pair by pair."""
        if len(operands) == 1:
            return self._emit(function, operands)
        found = operands[0]
        for other in operands[1:]:
            found = self._emit(function, [found, other])
        return found

    def _product(self, e: AppliedUndef) -> Basic:
        """matmul(a, b), with transposed(a) as an operand; sums(a) over the samples; total(a) over everything."""
        operands = [a if isinstance(a, AppliedUndef) else self._lower(a) for a in e.args]
        first, last = self._shape(operands[0]), self._shape(operands[-1])
        if e.func.__name__ == "matmul":
            return self._emit("matmul", operands, shape=(first[0], last[1]))
        if e.func.__name__ in ("row_sums", "row_maxima"):
            return self._emit(e.func.__name__, operands, shape=(first[0], 1))
        columns = self._emit("sums", operands, shape=first[1:])
        return columns if e.func.__name__ == "sums" else self._emit("total", [columns], shape=(1,))

    def _add(self, e: sympy.Add) -> Basic:
        terms = sorted(e.args, key=lambda term: (not term.has(AppliedUndef), not self._arrays(term)))
        arrays = [term for term in terms if self._arrays(term)]
        numbers = sympy.Add(*(term for term in terms if not self._arrays(term)))
        minus = [term for term in arrays if term.as_coeff_Mul()[0].is_negative]
        plus: list[Basic] = [self._lower(term) for term in arrays if term not in minus]
        plus += [self._lower(numbers)] if numbers != 0 else []
        rest = [self._lower(-term) for term in minus]
        if not plus:
            return self._emit("negative", [self._fold("add", rest)])
        found = self._fold("add", plus) if len(plus) > 1 else plus[0]
        for term in rest:
            found = self._emit("subtract", [found, term])
        return found

    def _multiply(self, e: sympy.Mul) -> Basic:
        number = sympy.Mul(*(factor for factor in e.args if not self._arrays(factor)))
        below = [f for f in e.args if self._arrays(f) and f.is_Pow and f.exp.is_negative]
        above = [f for f in e.args if self._arrays(f) and f not in below]
        above.sort(key=lambda f: f.is_Atom)  # what needs work first, then what stands ready
        negative = number == -1 and bool(above)
        operands = [self._lower(factor) for factor in above]
        if not negative and (number != 1 or not above):
            operands.insert(1, self._lower(number))
        found = self._fold("multiply", operands) if len(operands) > 1 else operands[0]
        for factor in below:
            found = self._emit("divide", [found, self._lower(1 / factor)])
        return self._emit("negative", [found]) if negative else found

    def _power(self, e: sympy.Pow) -> Basic:
        base, exponent = e.args
        if exponent.is_negative:
            return self._emit("reciprocal", [self._lower(1 / e)])
        names = {sympy.Integer(2): "square", sympy.Rational(1, 2): "sqrt"}
        if exponent in names:
            return self._emit(names[exponent], [self._lower(base)])
        return self._emit("power", [self._lower(base), self._lower(exponent)])

    def _piecewise(self, e: sympy.Piecewise) -> Basic:
        *cases, last = e.args
        if last.cond != sympy.true:
            raise UnsupportedError("a Piecewise without a last case for everything else cannot be turned into code")
        if [case.expr for case in e.args] == [1, 0]:  # a truth value is the number
            found = self._lower(cases[0].cond)
            self.operations[-1] = replace(self.operations[-1], truth=False)
            return found
        found = self._lower(last.expr)
        for case in reversed(cases):
            found = self._emit("select", [found, self._lower(case.cond), self._lower(case.expr)])
        return found

    _METHODS = {sympy.Add: _add, sympy.Mul: _multiply, sympy.Pow: _power, sympy.Piecewise: _piecewise}

    def _emit(self, function: str, operands: Iterable[Basic], *, shape: Shape | None = None) -> Symbol:
        operands = tuple(operands)
        shape = self._broadcast(operands) if shape is None else shape
        result = Symbol(f"t{len(self.operations) + 1}", real=True)
        self.operations.append(Operation(result, function, operands, shape, truth=function in _TRUTHS))
        self.shapes[result] = shape
        return result

    def _arrays(self, e: Basic) -> bool:
        return any(self.shapes.get(symbol, ()) for symbol in e.free_symbols)

    def _shape(self, operand: Basic) -> Shape:
        if isinstance(operand, AppliedUndef):
            return tuple(reversed(self._shape(operand.args[0])))
        found: Shape = self.shapes.get(operand, ())
        return found

    def _broadcast(self, operands: Iterable[Basic]) -> Shape:
        shapes = [self._shape(operand) for operand in operands]
        size = max(map(len, shapes), default=0)
        padded = [(1,) * (size - len(shape)) + shape for shape in shapes]
        return tuple(SAMPLES if SAMPLES in column else max(column) for column in zip(*padded, strict=True))

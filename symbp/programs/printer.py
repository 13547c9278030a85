"""The printer of the scalar form: sympy expressions as Python on floats, with functions of the `math` module."""
# ruff: noqa: N802, N815 - sympy calls a printer by the name of the node's class

from typing import Any

import sympy
from sympy import Expr
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.pycode import PythonCodePrinter

from ..errors import UnsupportedError

_WIDE = 100  # longer sums are printed as sums of sums: Python's compiler nests one level a term


class ScalarPrinter(PythonCodePrinter):  # type: ignore[misc]  # sympy has no types
    """Prints float literals, products for squares, conditionals for the larger one; ReLU lets nan through.

    >>> x, y = sympy.symbols("x y", real=True)
    >>> ScalarPrinter().doprint(sympy.Max(0, x) / 3 + (x - y) ** 2)
    '((x - y)*(x - y)) + 0.3333333333333333*(0.0 if x <= 0.0 else x)'
    """

    def __init__(self) -> None:
        super().__init__({"fully_qualified_modules": False, "allow_unknown_functions": False, "strict": True})

    def parenthesize(self, item: Expr, level: int, strict: bool = False) -> str:
        """Put brackets where they are needed; a positive number is one literal."""
        if item.is_Number and item.is_positive:
            return str(self._print(item))
        return str(super().parenthesize(item, level, strict))

    def _print_Rational(self, number: sympy.Rational) -> str:
        try:
            return repr(int(number.p) / int(number.q))
        except OverflowError:
            raise UnsupportedError(f"a number with {len(str(number.p))} digits does not fit a float") from None

    _print_Integer = _print_Rational
    _print_Half = _print_Rational

    def _print_Float(self, number: sympy.Float) -> str:
        return repr(float(number))

    _print_Pi = _print_Float
    _print_Exp1 = _print_Float

    def _print_Add(self, sum_: sympy.Add, order: Any = None) -> str:
        if len(sum_.args) <= _WIDE:
            return str(super()._print_Add(sum_, order))
        terms = self._as_ordered_terms(sum_, order)
        parts = [sympy.Add(*terms[k : k + _WIDE]) for k in range(0, len(terms), _WIDE)]
        return self._balanced([f"({self._print(part)})" for part in parts])

    def _as_ordered_terms(self, expr: Expr, order: Any = None) -> list[Expr]:
        """Return the terms, one without a minus sign first: Python takes time for the sign of a first term."""
        terms = list(super()._as_ordered_terms(expr, order))
        first = next((term for term in terms if not term.could_extract_minus_sign()), terms[0])
        return [first, *(term for term in terms if term is not first)]

    def _balanced(self, parts: list[str]) -> str:
        if len(parts) == 1:
            return parts[0]
        half = len(parts) // 2
        return f"({self._balanced(parts[:half])} + {self._balanced(parts[half:])})"

    def _print_Pow(self, power: sympy.Pow, rational: bool = False) -> str:  # noqa: ARG002 - sympy's signature
        base, exponent = power.args
        if exponent == sympy.Rational(1, 2):
            return f"{self._module_format('math.sqrt')}({self._print(base)})"
        if exponent.is_negative and exponent.is_Rational:
            return f"(1.0/{self.parenthesize(sympy.Pow(base, -exponent), PRECEDENCE['Pow'])})"
        if exponent == 2 and _short(base):
            factor = self.parenthesize(base, PRECEDENCE["Mul"])
            return f"({factor}*{factor})"
        if exponent.is_Integer:
            return f"{self.parenthesize(base, PRECEDENCE['Pow'] + 1)}**{int(exponent)}"
        return f"{self._module_format('math.pow')}({self._print(base)}, {self._print(exponent)})"

    def _print_Max(self, function: sympy.Max) -> str:
        return self._choose("max", "<=", function.args)

    def _print_Min(self, function: sympy.Min) -> str:
        return self._choose("min", ">=", function.args)

    def _choose(self, name: str, loses: str, args: tuple[Expr, ...]) -> str:
        texts = [self._print(arg) for arg in args]
        if len(args) == 2 and all(map(_short, args)):
            return f"({texts[0]} if {texts[1]} {loses} {texts[0]} else {texts[1]})"
        return f"{name}({', '.join(texts)})"

    def _print_Heaviside(self, step: sympy.Heaviside) -> str:
        x, middle = self._print(step.args[0]), self._print(step.args[1])
        return f"(0.0 if {x} < 0.0 else {middle} if {x} == 0.0 else 1.0)"

    def _print_Piecewise(self, cases: sympy.Piecewise) -> str:
        if cases.args[-1].cond != sympy.true:
            raise UnsupportedError("a Piecewise without a last case for everything else cannot be turned into code")
        *some, last = cases.args
        text = "".join(f"{self._print(case.expr)} if {self._print(case.cond)} else " for case in some)
        return f"({text}{self._print(last.expr)})"


_REDUCTIONS = {
    "sums": ("add.reduce", "0"),
    "total": ("add.reduce", "0, keepdims=True"),
    "row_sums": ("add.reduce", "1, keepdims=True"),
    "row_maxima": ("maximum.reduce", "1, keepdims=True"),
}


class ArrayPrinter(ScalarPrinter):
    """Prints operations on arrays as calls of NumPy that write into a given array.

    >>> x, y = sympy.symbols("x y", real=True)
    >>> ArrayPrinter().doprint(sympy.Function("add")(x, 1, sympy.Function("out")(y)))
    'add(x, 1.0, out=y)'
    """

    def _print_Function(self, call: sympy.Function) -> str:
        name = call.func.__name__
        texts = [self._print(arg) for arg in call.args]
        if name == "out":
            return f"out={texts[0]}"
        if name == "transposed":
            return f"{texts[0]}.T"
        if name in _REDUCTIONS:
            name, how = _REDUCTIONS[name]
            texts.insert(1, how)
        return f"{name}({', '.join(texts)})"


def _short(expression: Expr) -> bool:
    """Tell whether an expression may be printed twice: nested ones would double at every level."""
    return bool(expression.is_Atom or sum(1 for _ in sympy.preorder_traversal(expression)) <= 6)

"""Generated code turned back to LaTeX by latexify, read by our reader, and evaluated: what runs is what is printed."""

import ast
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import flint
from sympy import Symbol

from ..errors import InputError, UnsupportedError
from ..formulas import FUNCTIONS, Name, Node, Number, Power, key, read
from ..formulas.meaning import evaluate
from ..formulas.tree import Piecewise

_ADJOINT = "adjoint_"
_LARGEST_BOTTOM = 16  # of a fraction that is printed as such
_FORMULAS = {"log1p": r"\ln \left( 1 + {} \right)", "expm1": r"\exp \left( {} \right) - 1"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of code as a formula: the name that Python has for it, and both sides in LaTeX."""

    name: str
    left: str
    right: str


def source_to_latex(source: str) -> str:
    """Return the formulas of one sample in a module of the scalar form, as equations. Raises as `rows` does."""
    text = " \\\\\n".join(f"{row.left} &= {row.right}" for row in rows(source))
    return f"\\begin{{align*}}\n{text}\n\\end{{align*}}\n"


def rows(source: str) -> list[Row]:
    """Return the formulas of one sample in a generated module of the scalar form, through `latexify`.

    Raises:
        InputError: latexify is not installed.
        UnsupportedError: the code has a construct without a formula.
    """
    functions = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    forward = list(_steps(functions["mean_loss"]))
    total = next(value for name, value in forward if name == "total")
    if not isinstance(total, ast.Name):
        raise UnsupportedError("the loss is a number")
    writer = _writer(total.id)
    found = {name: value for name, value in forward if name != "total"}
    for name, value in _steps(functions["mean_gradients"]):
        name = name.replace("sum_", "adjoint_", 1)
        if not (isinstance(value, ast.Name) and value.id == name):
            found.setdefault(name, value)
    return [Row(name, writer.identifier(name), writer.formula(name, value)) for name, value in found.items()]


def _steps(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    """Give the names and values of the straight line in the loop over the samples."""
    loop = next((statement for statement in function.body if isinstance(statement, ast.For)), function)
    for statement in loop.body:
        if isinstance(statement, ast.Assign | ast.AugAssign):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            if isinstance(target, ast.Name):
                yield target.id, statement.value


def _writer(loss: str) -> Any:
    """Return latexify's writer of expressions, with names as this project writes them."""
    try:
        from latexify.codegen.expression_codegen import ExpressionCodegen
        from latexify.exceptions import LatexifyError
    except ImportError:
        raise InputError("LaTeX from code needs latexify: pip install latexify-py") from None

    class Writer(ExpressionCodegen):  # type: ignore[misc]  # latexify has no types
        def identifier(self, name: str) -> str:
            if name.startswith(_ADJOINT):
                return rf"\frac{{\partial {_identifier(loss)}}}{{\partial {_identifier(name.removeprefix(_ADJOINT))}}}"
            return _identifier(name)

        def visit_Name(self, node: ast.Name) -> str:  # noqa: N802 - the visitor's words
            return self.identifier(node.id)

        def visit_Constant(self, node: ast.Constant) -> str:  # noqa: N802
            top, bottom = node.value.as_integer_ratio() if isinstance(node.value, int | float) else (0, math.inf)
            if bottom > _LARGEST_BOTTOM:
                return str(super().visit_Constant(node))
            return str(top) if bottom == 1 else rf"\frac{{{top}}}{{{bottom}}}"

        def visit_Call(self, node: ast.Call) -> str:  # noqa: N802
            formula = _FORMULAS.get(getattr(node.func, "id", ""))
            if formula is None:
                return str(super().visit_Call(node))
            return rf"\left( {formula.format(self.visit(node.args[0]))} \right)"

        def formula(self, name: str, value: ast.expr) -> str:
            try:
                return str(self.visit(value)).replace(r"\mathopen{}", "").replace(r"\mathclose{}", "")
            except LatexifyError as error:
                raise UnsupportedError(f"{name}: the code has no formula ({error})") from None

    return Writer()


def _identifier(name: str) -> str:
    r"""Return the LaTeX of a name in code.

    >>> print(_identifier("weight_1_1_2"), _identifier("loss"))
    \mathrm{weight}_{1,1,2} \mathrm{loss}
    """
    stem, *numbers = re.split(r"_(?=[0-9]+(?:_|$))", name)
    escaped = stem.replace("_", r"\_")
    index = f"_{{{','.join(numbers)}}}" if numbers else ""
    return rf"\mathrm{{{escaped}}}{index}"


def values_of(formulas: Sequence[Row], leaves: Mapping[Symbol, float]) -> dict[str, float]:
    """Return the values that formulas give, one after the other, from the numbers of the leaves."""
    known = {key(read(_identifier(symbol.name))): flint.arb(number) for symbol, number in leaves.items()}
    found: dict[str, float] = {}
    for row in formulas:
        value = evaluate(read(row.right), _Values(known))
        known[key(read(row.left))] = value
        found[row.name] = float(value.mid())
    return found


@dataclass(frozen=True, slots=True)
class _Values:
    """Formulas of scalars in balls."""

    known: Mapping[Any, Any]

    def number(self, node: Number) -> Any:
        return flint.arb(node.text)

    def name(self, node: Name) -> Any:
        return self.known[key(node)]

    def product(self, factors: list[Any], signs: tuple[str, ...]) -> Any:  # noqa: ARG002 - the protocol's words
        return math.prod(factors)

    def power(self, base: Any, exponent: Any, node: Power) -> Any:  # noqa: ARG002 - the protocol's words
        return base**exponent

    def function(self, name: str, value: Any) -> Any:
        return FUNCTIONS[name].of(value)

    def extreme(self, function: str, values: list[Any]) -> Any:
        return abs(values[0]) if function == "abs" else {"max": max, "min": min}[function](values)

    def indicator(self, left: Any, relation: str, right: Any) -> Any:
        return flint.arb(
            int({">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right}[relation])
        )

    def _refuse(self, node: Node) -> NoReturn:
        raise UnsupportedError(f"a {type(node).__name__.lower()} does not stand in generated code")

    def choice(self, node: Piecewise) -> Any:
        for value, condition in zip(node.values, node.conditions, strict=False):
            if evaluate(condition, self) != 0:
                return evaluate(value, self)
        return evaluate(node.values[-1], self)

    def derivative(self, node: Any) -> Any:
        return self.known[key(node)]

    summation = apply = entry = transpose = gradient = operator = _refuse

    def matrix(self, rows: list[list[Any]], *, listed: bool) -> NoReturn:  # noqa: ARG002 - the protocol's words
        raise UnsupportedError("a matrix does not stand in generated code")

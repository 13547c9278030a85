"""Generated code turned back to LaTeX by latexify, read by our reader, and evaluated: what runs is what is printed."""

import ast
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import flint
from sympy import Symbol

from ..errors import InputError, UnsupportedError
from ..formulas import FUNCTIONS, Name, Node, Number, Power, key, read
from ..formulas.meaning import evaluate
from ..formulas.tree import Piecewise
from .execute import code_lines
from .plan import Line
from .printer import ScalarPrinter


class _Plain(ScalarPrinter):
    """Prints the larger of two as a call, which has a formula; a conditional has none."""

    def _choose(self, name: str, loses: str, args: Sequence[Any]) -> str:  # noqa: ARG002 - the parent's words
        return f"{name}({', '.join(self._print(arg) for arg in args)})"


def code_to_latex(line: Line) -> list[tuple[str, str]]:
    """Return names and formulas of a straight line of generated code, through `latexify`.

    Raises:
        InputError: latexify is not installed.
        UnsupportedError: the code has a construct without a formula.
    """
    try:
        from latexify.codegen.expression_codegen import ExpressionCodegen
        from latexify.exceptions import LatexifyError
    except ImportError:
        raise InputError("LaTeX from code needs latexify: pip install latexify-py") from None
    leaves = sorted({s for d in line.definitions for s in d.operands}, key=str)
    writer, found = ExpressionCodegen(), []
    for row in code_lines(line, leaves, _Plain()):
        name, _, code = row.partition(" = ")
        try:
            text = writer.visit(ast.parse(code, mode="eval").body)
            found.append((name, text.replace(r"\mathopen{}", "").replace(r"\mathclose{}", "")))
        except LatexifyError as error:
            raise UnsupportedError(f"{name}: the code has no formula ({error})") from None
    return found


def values_of_latex(rows: Sequence[tuple[str, str]], leaves: Mapping[Symbol, float]) -> dict[str, float]:
    """Return the values that formulas give, one after the other, from the numbers of the leaves."""
    known = {key(_name(symbol.name)): flint.arb(number) for symbol, number in leaves.items()}
    found: dict[str, float] = {}
    for name, formula in rows:
        value = evaluate(read(formula), _Values(known))
        known[key(_name(name))] = value
        found[name] = float(value.mid())
    return found


def _name(identifier: str) -> Name:
    escaped = identifier.replace("_", r"\_")
    node = read(rf"\mathrm{{{escaped}}}")
    if not isinstance(node, Name):
        raise UnsupportedError(f"{identifier} is not read as one name")
    return node


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
        return {"max": max, "min": min}[function](values)

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

    derivative = summation = apply = entry = transpose = gradient = operator = _refuse

    def matrix(self, rows: list[list[Any]], *, listed: bool) -> NoReturn:  # noqa: ARG002 - the protocol's words
        raise UnsupportedError("a matrix does not stand in generated code")

"""The one place where generated text becomes functions. The text holds only names that this room made."""

import linecache
from collections.abc import Callable, Sequence
from typing import Any

import sympy
from sympy import Expr, Symbol

from ..errors import UnsupportedError
from .lines import Line
from .names import check_nodes
from .printer import ArrayPrinter, ScalarPrinter


def code_lines(line: Line, leaves: Sequence[Symbol], printer: ScalarPrinter) -> list[str]:
    """Return ``name = expression`` lines: `sympy.lambdify` with the graph's own definitions as common subexpressions.

    Raises:
        UnsupportedError: the formulas are too large for Python's compiler.
    """

    def definitions(results: Sequence[Expr]) -> tuple[list[tuple[Symbol, Expr]], Sequence[Expr]]:
        return [(definition.symbol, definition.expression) for definition in line.definitions], results

    if not isinstance(printer, ArrayPrinter):  # there, the operations are a table
        for definition in line.definitions:
            check_nodes(definition.expression)  # derivatives may bring nodes that the formulas did not have
    try:
        function = sympy.lambdify(
            leaves, list(line.results), modules=["math"], printer=printer, cse=definitions, docstring_limit=0
        )
    except (RecursionError, MemoryError):
        raise UnsupportedError("a formula is nested too deeply for Python's compiler") from None
    text = linecache.getlines(function.__code__.co_filename)
    return [row.strip() for row in text[1:-1]]


def execute(source: str) -> dict[str, Callable[..., Any]]:
    """Run generated source in a namespace of its own and return its functions by name."""
    namespace: dict[str, Any] = {"__name__": "symbp_program"}
    exec(compile(source, "<symbp program>", "exec"), namespace)
    return {name: value for name, value in namespace.items() if callable(value)}

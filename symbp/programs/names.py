"""Safe names: a graph whose every symbol is named by us, and that is made only of functions that we print ourselves."""

import re
from collections.abc import Mapping
from typing import get_args

import sympy
from sympy import Basic, Expr, Symbol
from sympy.codegen.cfunctions import expm1, log1p
from sympy.functions.elementary.piecewise import ExprCondPair
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from ..errors import UnsupportedError
from ..graphs import Definition, Graph
from ..graphs.quantity import Role

_ROLES = [role for role in get_args(Role) if role != "adjoint"]  # these names are made by the backward walk
_OURS = re.compile(rf"(?:{'|'.join(_ROLES)})(?:_[0-9]+){{0,3}}")
_NODES = frozenset(
    {sympy.Add, sympy.Mul, sympy.Pow, sympy.Max, sympy.Min, sympy.Abs, sympy.sign, sympy.Heaviside}
    | {sympy.Piecewise, ExprCondPair, sympy.And, sympy.Or, sympy.Not, BooleanTrue, BooleanFalse}
    | {sympy.Lt, sympy.Le, sympy.Gt, sympy.Ge, sympy.Eq, sympy.Ne, type(sympy.pi), type(sympy.E)}
    | {sympy.exp, sympy.log, expm1, log1p, sympy.erf, sympy.erfc}
    | {sympy.sin, sympy.cos, sympy.tan, sympy.asin, sympy.acos, sympy.atan}
    | {sympy.sinh, sympy.cosh, sympy.tanh, sympy.asinh, sympy.acosh, sympy.atanh}
)
_ENDLESS = frozenset({sympy.nan, sympy.oo, -sympy.oo})


def safe_names(graph: Graph) -> tuple[Graph, Mapping[Symbol, Symbol]]:
    """Return the graph with safe names, and for each of its symbols the new one; generated code executes names.

    Example:
        >>> graph, renamed = safe_names(Graph([(Symbol("y"), 2 * Symbol("__import__('os')"))]))
        >>> list(renamed.values())
        [v1_import_os, v2_y]

    Raises:
        UnsupportedError: an expression holds something that is not printed as Python; the text names it.
    """
    for definition in graph.definitions:
        for expression in (definition.expression, *definition.taught.values()):
            check_nodes(expression)
    symbols = dict.fromkeys((*graph.quantities, *graph.order))
    renamed = {symbol: _safe(symbol, number) for number, symbol in enumerate(symbols, 1)}
    quantities = {renamed[symbol]: quantity for symbol, quantity in graph.quantities.items()}
    return Graph([_rename(definition, renamed) for definition in graph.definitions], quantities), renamed


def check_nodes(expression: Basic) -> None:
    """Refuse an expression that holds a node which no printer of ours knows."""
    for node in sympy.preorder_traversal(expression):
        leaf = isinstance(node, Symbol | sympy.Rational | sympy.Float) and node not in _ENDLESS
        if not leaf and type(node) not in _NODES:
            raise UnsupportedError(f"{type(node).__name__} in a formula cannot be turned into code yet")


def _safe(symbol: Symbol, number: int) -> Symbol:
    if _OURS.fullmatch(symbol.name) and symbol == Symbol(symbol.name, real=True):
        return symbol
    stem = re.sub(r"[^A-Za-z0-9]+", "_", symbol.name).strip("_")[:24]
    return Symbol(f"v{number}_{stem}", real=True)


def _rename(definition: Definition, renamed: Mapping[Symbol, Symbol]) -> Definition:
    def new(expression: Expr) -> Expr:
        return expression.xreplace(renamed)

    taught = {renamed[symbol]: new(slope) for symbol, slope in definition.taught.items()}
    return Definition(renamed[definition.symbol], new(definition.expression), taught)

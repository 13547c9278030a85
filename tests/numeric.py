"""Numbers for the tests, found without the engine: values of formula trees, total derivatives by differences."""

import math
from collections.abc import Callable, Mapping

import mpmath
import sympy

from symbp.formulas import Call, Fraction, Group, Indicator, Name, Negative, Node, Number, Power, Product, Sum
from symbp.graphs import Graph

mpmath.mp.dps = 50
STEP = mpmath.mpf(10) ** -18
COMPARE = {">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b}
FUNCTIONS = {
    "max": max,
    "min": min,
    "sigmoid": lambda a: 1 / (1 + mpmath.exp(-a)),
    **{name: getattr(mpmath, name) for name in ("exp", "log", "tanh", "sqrt", "sin", "cos", "sinh", "cosh", "erf")},
    "abs": abs,
}


def value(node: Node, leaf: Callable[[Node], object]):
    """Return the value of a formula; ``leaf`` gives that of names, quantities and derivatives."""

    def of(part: Node):
        return value(part, leaf)

    match node:
        case Number():
            return mpmath.mpf(node.text)
        case Group():
            return of(node.body)
        case Negative():
            return -of(node.body)
        case Sum():
            return sum(map(of, node.terms))
        case Product():
            return math.prod(map(of, node.factors))
        case Fraction():
            return of(node.above) / of(node.below)
        case Power():
            return of(node.base) ** of(node.exponent)
        case Call():
            return FUNCTIONS[node.function](*map(of, node.arguments))
        case Name("\\pi"):
            return +mpmath.pi
        case Indicator():
            return int(COMPARE[node.relation](of(node.left), of(node.right)))
    return leaf(node)


class Point:
    """A graph with numbers for its leaves."""

    def __init__(self, graph: Graph, leaves: Mapping[sympy.Symbol, object]) -> None:
        self.graph = graph
        self.leaves = {symbol: mpmath.mpf(str(number)) for symbol, number in leaves.items()}
        self.functions = []
        for definition in graph.definitions:
            operands = sorted(definition.operands, key=str)
            function = sympy.lambdify(operands, definition.expression, "mpmath")
            self.functions.append((definition.symbol, operands, function))
        self.values = self.forward({})

    def forward(self, fixed: Mapping[sympy.Symbol, object]) -> dict[sympy.Symbol, object]:
        """Return the value of every quantity, with some of them held fixed."""
        found = self.leaves | dict(fixed)
        for symbol, operands, function in self.functions:
            if symbol not in fixed:
                found[symbol] = mpmath.mpf(function(*(found[operand] for operand in operands)))
        return found

    def total(self, of: sympy.Symbol, by: sympy.Symbol):
        """Return the total derivative by central differences."""
        high, low = (self.forward({by: self.values[by] + step})[of] for step in (STEP, -STEP))
        return (high - low) / (2 * STEP)


def close(a, b, tolerance=1e-12) -> bool:
    """Whether two numbers agree, relative to the larger, or both are next to nothing."""
    return abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-9)

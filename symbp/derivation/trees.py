"""Small builders of formula trees over quantities, shared by the forward and the backward steps."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import sympy
from sympy import Expr, Symbol

from ..formulas import Derivative, Group, Node, Number, Product, Quantity, Sum, map_children
from ..formulas.meaning import from_sympy, product
from ..graphs import Graph
from .keys import Slope


def beside(factors: Sequence[Node]) -> Node:
    """Return a product written without signs; one factor is itself."""
    return factors[0] if len(factors) == 1 else Product(tuple(factors), ("",) * (len(factors) - 1))


class Trees:
    """Formulas of one graph, each built once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.definition = lru_cache(maxsize=None)(self._definition)
        self.taught = lru_cache(maxsize=None)(self._taught)

    def of(self, expression: Expr) -> Node:
        """Return an expression in the order of the graph."""
        return from_sympy(expression, order=self.graph.order)

    def _definition(self, symbol: Symbol) -> Node:
        return self.of(self.graph.by_symbol[symbol].expression)

    def _taught(self, of: Symbol, by: Symbol) -> Node:
        """Return the local derivative in the form in which it is taught."""
        return self.of(self.graph.by_symbol[of].partials[by])

    def written_out(self, of: Symbol, by: Symbol) -> Node:
        """Return the local derivative with the output of a unit replaced by its definition."""
        return replaced(self.taught(of, by), {of: self.definition(of)})

    def by_rule(self, of: Symbol, by: Symbol) -> Node:
        """Return the local derivative as the power rule gives it, before anything is simplified."""
        expression = self.graph.by_symbol[of].expression
        scale, power = expression.as_coeff_Mul()
        if not power.is_Pow or not power.exp.is_Integer or by not in power.base.free_symbols or power.base == by:
            return self.written_out(of, by)
        inner = sympy.diff(power.base, by)
        front = [self.of(power.exp)] + ([] if scale == 1 else [self.of(scale)])
        rest = power.base ** (power.exp - 1)
        return Group(product([*front, self.of(rest), self.of(inner)]))


def slope(of: Symbol, by: Symbol) -> Node:
    """Return the derivative of one quantity by another as it is written."""
    return Derivative(Quantity(of), Quantity(by))


def replaced(node: Node, by: Mapping[Symbol, Node]) -> Node:
    """Return a formula with quantities replaced by other formulas."""
    if isinstance(node, Quantity):
        return by.get(node.key, node)
    return map_children(node, lambda child: replaced(child, by))


def with_numbers(node: Node, known: Mapping[object, object]) -> Node:
    """Return a formula with the number of every quantity whose value is known."""
    if isinstance(node, Quantity):
        return number(node.key) if node.key in known else node
    if isinstance(node, Derivative) and isinstance(node.of, Quantity) and isinstance(node.by, Quantity):
        of_by = Slope(node.of.key, node.by.key)
        return number(of_by) if of_by in known else node
    return map_children(node, lambda child: with_numbers(child, known))


def number(key: object) -> Node:
    """Return the printed value of something."""
    return Quantity(key, valued=True)


def put(node: Node, old: Node, new: Node) -> Node:
    """Return a formula with one part in the place of another, wherever that stands."""
    return new if node == old else map_children(node, lambda child: put(child, old, new))


def times(*factors: Node) -> Node:
    """Return a product in which factors that are one multiply nothing, and products lie flat."""
    flat: list[Node] = []
    for factor in factors:
        if factor == Number("1"):
            continue
        flat.extend(factor.factors if isinstance(factor, Product) else (factor,))
    return product(flat) if flat else Number("1")


def added(terms: list[Node]) -> Node:
    """Return a sum; a single term stands alone, and a negative one is subtracted."""
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))

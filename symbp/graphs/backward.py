"""The backward walk: for each quantity its adjoint (the derivative of the output by it), from its users' adjoints."""

from collections.abc import Iterable
from dataclasses import dataclass

import sympy
from sympy import Symbol

from ..errors import ImpossibleError
from .graph import Definition, Graph


@dataclass(frozen=True, slots=True)
class Backward:
    """A graph with the adjoints of its output appended as definitions.

    Attributes:
        graph: the forward definitions, then the adjoints from the output back.
        adjoints: for each quantity on which the output depends, the symbol of its adjoint.
    """

    graph: Graph
    adjoints: dict[Symbol, Symbol]


def backward(graph: Graph, wrt: Iterable[Symbol] | None = None) -> Backward:
    """Append to a graph the derivatives of its output, walked backwards once; the cost is linear in the edges.

    Example:
        >>> w, x, z, y = sympy.symbols("w x z y")
        >>> walked = backward(Graph([(z, w * x), (y, z**2)]), wrt=[w])
        >>> [(str(d.symbol), d.expression) for d in walked.graph.definitions[2:]]
        [('adjoint_y', 1), ('adjoint_z', 2*adjoint_y*z), ('adjoint_w', adjoint_z*x)]

    Args:
        graph: the forward definitions; the last one is differentiated.
        wrt: the leaves whose adjoints are wanted; all of them by default.

    Raises:
        ImpossibleError: the output does not depend on a wanted leaf.
    """
    wanted = graph.leaves if wrt is None else tuple(wrt)
    reached = _reaching(graph)
    for symbol in wanted:
        if symbol not in reached:
            raise ImpossibleError(f"{graph.output} does not depend on {symbol}: its derivative is 0 everywhere")
    needed = _needed(graph, wanted)
    adjoints: dict[Symbol, Symbol] = {}
    definitions: list[Definition] = []
    for symbol in (*(d.symbol for d in reversed(graph.definitions)), *wanted):
        if symbol in reached and symbol in needed and symbol not in adjoints:
            paths = [
                adjoints[user] * graph.by_symbol[user].partials[symbol]
                for user in graph.users[symbol]
                if user in adjoints
            ]
            adjoints[symbol] = sympy.Symbol(f"adjoint_{symbol.name}", real=True)
            definitions.append(Definition(adjoints[symbol], sympy.Add(*paths) if paths else sympy.Integer(1)))
    return Backward(Graph([*graph.definitions, *definitions], graph.quantities), adjoints)


def _reaching(graph: Graph) -> set[Symbol]:
    """Return every symbol on which the output depends, and the output."""
    found = {graph.output}
    for definition in reversed(graph.definitions):
        if definition.symbol in found:
            found |= definition.operands
    return found


def _needed(graph: Graph, wanted: Iterable[Symbol]) -> set[Symbol]:
    """Return every symbol that depends on a wanted one, and those."""
    found = set(wanted)
    for definition in graph.definitions:
        if definition.operands & found:
            found.add(definition.symbol)
    return found

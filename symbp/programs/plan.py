"""What a program computes, before any code: results, and the definitions that lead to them in a straight line."""

from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from sympy import Symbol

from ..errors import UnsupportedError
from ..graphs import Backward, Definition, Graph, backward
from .lines import Line, named_once, needed, straight


@dataclass(frozen=True, slots=True)
class Plan:
    """The leaves of a graph by what they are, and its straight lines.

    Attributes:
        inputs, targets: one symbol a column of X and of Y.
        parameters: every other leaf: first those that are no biases, then the biases, in the order of the graph.
        weights: how many of the parameters are no biases.
        loss, outputs, gradients: the three straight lines of one sample; one gradient a parameter.
    """

    inputs: tuple[Symbol, ...]
    targets: tuple[Symbol, ...]
    parameters: tuple[Symbol, ...]
    weights: int
    loss: Line
    outputs: Line
    gradients: Line

    @property
    def leaves(self) -> tuple[Symbol, ...]:
        """Everything that is given to the code of one sample."""
        return (*self.parameters, *self.inputs, *self.targets)


def plan(graph: Graph) -> Plan:
    """Return the plan of a graph whose last definition is the loss.

    Leaves of the roles ``input`` and ``target`` are columns of X and Y, every other leaf is a parameter. The outputs
    are the quantities of role ``out`` in the last layer that has any, else the last definition.

    Example:
        >>> w, x, y = sympy.symbols("w x y", real=True)
        >>> [str(slope) for slope in plan(Graph([(y, w * x)])).gradients.results]
        ['x', 'w']

    Raises:
        UnsupportedError: the outputs depend on a target.
    """
    inputs, targets = graph.role("input"), graph.role("target")
    biases = {*graph.role("bias")}
    parameters = tuple(
        sorted((leaf for leaf in graph.leaves if leaf not in {*inputs, *targets}), key=lambda leaf: leaf in biases)
    )
    outputs = straight(graph.definitions, _outputs(graph))
    if used := {s for d in outputs.definitions for s in d.operands} & set(targets):
        raise UnsupportedError(f"the outputs depend on the target {min(map(str, used))}: name them by the role 'out'")
    loss, outputs, gradients = named_once(
        [straight(graph.definitions, [graph.output]), outputs, _gradients(graph, parameters)]
    )
    weights = sum(leaf not in biases for leaf in parameters)
    return Plan(inputs, targets, parameters, weights, loss, outputs, gradients)


def _outputs(graph: Graph) -> tuple[Symbol, ...]:
    outs = [symbol for symbol in graph.role("out") if symbol in graph.by_symbol]
    last = max((graph.quantities[symbol].layer for symbol in outs), default=0)
    return tuple(symbol for symbol in outs if graph.quantities[symbol].layer == last) or (graph.output,)


def _gradients(graph: Graph, parameters: Sequence[Symbol]) -> Line:
    reached = needed(graph.definitions, [graph.output])
    walked = backward(graph, [leaf for leaf in parameters if leaf in reached])
    renamed = _same(walked)
    definitions = [
        Definition(renamed.get(d.symbol, d.symbol), d.expression.xreplace(renamed))
        for d in walked.graph.definitions
        if d.symbol not in renamed.values()
    ]
    zero = sympy.Integer(0)
    return straight(definitions, [walked.adjoints.get(leaf, zero) for leaf in parameters])


def _same(walked: Backward) -> dict[Symbol, Symbol]:
    """Return the adjoints of second names, such as the output of an identity, and the equal ones of the first."""
    names = {d.symbol: d.expression for d in walked.graph.definitions if isinstance(d.expression, Symbol)}
    pairs = ((walked.adjoints.get(second), walked.adjoints.get(first)) for second, first in names.items())
    return {
        second: first for second, first in pairs if first in names and second is not None and names[first] == second
    }

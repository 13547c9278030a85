"""What a network adds to a document that leaves definitions to its reader."""

from ..derivation import Derivation
from ..formulas import Number, Quantity, key
from ..formulas.meaning import from_sympy
from ..graphs import instance, unit_graph
from ..networks import Network
from ..notations import Naming, notation
from .collecting import Collector

ELSEWHERE = (-1, -1)


def supply(collector: Collector, network: Network | None) -> Collector:
    """Add the definitions and values of a network for names that the document does not define."""
    if network is None:
        return collector
    graph = unit_graph(network)
    naming = Naming(notation(network.style or "net-out"), Derivation(graph, (), network))
    for symbol in (*graph.order, *graph.role("learning_rate")):
        collector.names.setdefault(key(naming.name(symbol)), naming.name(symbol))
    for definition in graph.definitions:
        formula = naming.render(from_sympy(definition.expression, leaf=Quantity, order=graph.order))
        collector.candidates.setdefault(key(naming.name(definition.symbol)), []).append((formula, ELSEWHERE))
    for symbol, number in instance(network).items():
        collector.givens.setdefault(key(naming.name(symbol)), (Number(str(number)), ELSEWHERE))
    return collector

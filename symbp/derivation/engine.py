"""From a network or a graph to its Derivation."""

from collections.abc import Iterable

from sympy import Symbol

from ..errors import ImpossibleError
from ..graphs import Graph, backward, instance, unit_graph
from ..networks import Network
from .derivation import Derivation
from .forward import forward, given
from .gradients import Walk, backward_sections
from .trees import Trees
from .values import values


def derivation(source: Network | Graph, wrt: Iterable[Symbol] | None = None) -> Derivation:
    """Derive the gradients of a network's loss, or of a graph's last definition.

    Example:
        >>> from symbp.networks import load
        >>> [equation.topic for equation in derivation(load("mazur")).equations].count("gradient")
        10

    Args:
        source: a network, or a graph made by hand.
        wrt: the quantities to differentiate by; all weights and biases of a network, all leaves of a graph.

    Raises:
        ImpossibleError: the output does not depend on one of them.
    """
    network = source if isinstance(source, Network) else None
    graph = unit_graph(source) if isinstance(source, Network) else source
    wanted = tuple(wrt) if wrt is not None else graph.role("weight", "bias") or graph.leaves
    numbers = instance(network) if network is not None else {}
    walked = backward(graph, (*graph.role("weight", "bias"), *wanted) if wrt is None else wanted)
    known = values(walked, graph.output, numbers) if numbers else {}
    trees = Trees(graph)
    walk = Walk(trees, known)
    for symbol in wanted:
        if symbol not in walk.reaching:
            raise ImpossibleError(f"{graph.output} does not depend on {symbol}")
    sections = [*([given(graph, known)] if known else []), *forward(trees, network, known)]
    return Derivation(graph, (*sections, *backward_sections(walk, wanted)), network, known, frozenset(numbers))

"""From a network or a graph to its Derivation."""

from collections.abc import Iterable, Mapping

from sympy import Expr, Symbol

from ..errors import ImpossibleError
from ..graphs import Graph, backward, instance, unit_graph
from ..networks import Network, VectorActivation, activation, loss
from .deltas import Deltas, delta_sections
from .derivation import Derivation
from .forward import forward, given
from .gradients import Walk, backward_sections
from .keys import Delta, Key, Slope
from .trees import Trees
from .values import values


def derivation(
    source: Network | Graph, wrt: Iterable[Symbol] | None = None, *, deltas: bool = False, minus: bool = False
) -> Derivation:
    """Derive the gradients of a network's loss, or of a graph's last definition.

    Example:
        >>> from symbp.networks import load
        >>> [equation.topic for equation in derivation(load("mazur")).equations].count("gradient")
        10

    Args:
        source: a network, or a graph made by hand.
        wrt: the quantities to differentiate by; all weights and biases of a network, all leaves of a graph.
        deltas: go from net input to net input, each derivative of the loss under a name of its own, where these exist.
        minus: those are minus the derivatives.

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
    by_deltas = deltas and network is not None and set(wanted) <= set(graph.role("weight", "bias", "input"))
    computed = _computed(graph, network) if by_deltas and network is not None else None
    sections = [*([given(graph, known, computed)] if known else []), *forward(trees, network, known, computed)]
    if by_deltas and network is not None:
        known |= _deltas(graph, known, minus=minus)
        found = Deltas(trees, known, minus, distribution=computed is not None)
        backwards = tuple(delta_sections(found, wanted))
    else:
        backwards = tuple(backward_sections(walk, wanted))
    return Derivation(graph, (*sections, *backwards), network, known, frozenset(numbers))


def _deltas(graph: Graph, known: Mapping[Key, Expr], *, minus: bool) -> dict[Key, Expr]:
    slopes = {net: known.get(Slope(graph.output, net)) for net in graph.role("net")}
    return {Delta(net): -slope if minus else slope for net, slope in slopes.items() if slope is not None}


def _computed(graph: Graph, network: Network) -> Symbol | None:
    """Return the target that follows from the others: those of a softmax add up to 1, in a worked instance too."""
    whole = isinstance(activation(network.activations[-1]), VectorActivation)
    one = network.values is None or sum(network.values.target) == 1
    return graph.role("target")[-1] if whole and one and loss(network.loss).distribution else None

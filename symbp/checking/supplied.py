"""What a network adds to a document that leaves definitions or values to its reader."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..derivation import Derivation
from ..formulas import Number, Quantity, key
from ..formulas.meaning import from_sympy
from ..graphs import instance, unit_graph
from ..networks import Network, Values, load, presets
from ..notations import Naming, notation
from .collecting import Collector
from .knowledge import Defined
from .recognised import Recognised

ELSEWHERE = (-1, -1)
FEWEST_SAME = 6  # printed values, before they are taken for those of a preset


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


def with_said(collector: Collector, functions: Mapping[str, Defined]) -> Collector:
    """Add the functions that a document says in words, and does not define by a formula."""
    for name, defined in functions.items():
        collector.functions.setdefault(name, [(defined, ELSEWHERE)])
    return collector


def preset_of(recognised: Recognised) -> tuple[str, Network] | None:
    """Return the preset whose values are those that a document prints, where it prints most of them."""
    for name in presets():
        network = load(name)
        if network.values is not None and _fits(recognised, network, network.values):
            return name, network
    return None


def _fits(recognised: Recognised, network: Network, values: Values) -> bool:
    sizes = tuple(map(len, recognised.layers))
    known = (sizes, recognised.activations, recognised.loss or network.loss)
    if known != (network.layers, network.activations, network.loss):
        return False
    pairs = [
        (recognised.values[name], number)
        for name, number in _named(recognised, values)
        if name is not None and name in recognised.values
    ]
    return len(pairs) >= FEWEST_SAME and all(printed == number for printed, number in pairs)


def _named(recognised: Recognised, values: Values) -> Iterator[tuple[str | None, Decimal]]:
    """Yield each name of a document with the number that a preset has in its place."""
    yield from zip((unit.name for unit in recognised.layers[0]), values.input, strict=True)
    yield from zip(recognised.targets, values.target, strict=False)
    for before, layer, matrix in zip(recognised.layers, recognised.layers[1:], values.weights, strict=False):
        for unit, row in zip(layer, matrix, strict=True):
            weights = dict(unit.weights)
            yield from ((weights.get(source.name), number) for source, number in zip(before, row, strict=True))

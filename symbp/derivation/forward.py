"""The forward part: what is given, net and out of every unit, the errors, the loss written out."""

from collections.abc import Iterator, Mapping

from sympy import Expr, Symbol

from ..formulas import Fraction, Negative, Node, Number, Quantity, Sum, Summation, depth, walk
from ..formulas.meaning import from_sympy
from ..graphs import Graph
from ..networks import Network, loss, losses
from .derivation import Equation, Reason, Section, chain
from .keys import Family, Key
from .trees import Trees, added, number, replaced, times, with_numbers

MOST_NODES, MOST_LEVELS = 400, 50  # in the loss written out; larger ones help nobody


def given(graph: Graph, values: Mapping[Key, Expr], computed: Symbol | None = None) -> Section:
    """Return what the worked instance starts from, but for what is computed from the rest of it."""
    known = [s for s in (*graph.leaves, *graph.role("learning_rate")) if s in values and s != computed]
    return Section(
        "given", tuple(chain("given", s, [("", Quantity(s)), ("given", number(s))]) for s in dict.fromkeys(known))
    )


def distribution(graph: Graph, target: Symbol, values: Mapping[Key, Expr]) -> Equation:
    """Return that the targets add up to 1, as the last of them from the others."""
    others = [symbol for symbol in graph.role("target") if symbol != target]
    rest = Sum((Number("1"), *(Negative(Quantity(symbol)) for symbol in others)))
    steps: list[tuple[Reason, Node]] = [("", Quantity(target)), ("targets add up to 1", rest)]
    if target in values:
        steps += [("numbers", with_numbers(rest, values)), ("arithmetic", number(target))]
    return chain("condition", target, steps)


def forward(
    trees: Trees, network: Network | None, values: Mapping[Key, Expr], computed: Symbol | None = None
) -> Iterator[Section]:
    """Yield a section a layer, then the errors and the loss; first the target that is computed from the others."""
    graph = trees.graph
    layers: dict[int, list[Equation]] = {}
    errors: list[Equation] = []
    for definition in graph.definitions:
        quantity = graph.quantities.get(definition.symbol)
        if quantity is not None and quantity.role in ("error", "penalty", "loss"):
            errors.append(_defined(trees, quantity.role, definition.symbol, values))
        else:
            topic = quantity.role if quantity else "named"
            layers.setdefault(quantity.layer if quantity else 0, []).append(
                _defined(trees, topic, definition.symbol, values)
            )
    yield from (Section("forward", tuple(equations), layer) for layer, equations in layers.items())
    if network is not None:
        errors = [_schematic(network, graph), *errors, *_written_out(trees)]
    if computed is not None:
        errors.insert(0, distribution(graph, computed, values))
    if errors:
        yield Section("errors", tuple(errors))


def _defined(trees: Trees, topic: str, symbol: Symbol, values: Mapping[Key, Expr]) -> Equation:
    formula = trees.definition(symbol)
    steps: list[tuple[Reason, Node]] = [("", Quantity(symbol)), ("definition", formula)]
    if topic == "out":
        formula = replaced(formula, {net: trees.definition(net) for net in trees.graph.by_symbol[symbol].operands})
        steps.append(("substitution", formula))
    if symbol in values:
        steps.append(("numbers", with_numbers(formula, values)))
        if topic == "out":
            steps.append(("arithmetic", with_numbers(trees.definition(symbol), values)))
        steps.append(("arithmetic", number(symbol)))
    return chain(topic, symbol, steps)


def _schematic(network: Network, graph: Graph) -> Equation:
    """Return the loss with a sum sign over the output units."""
    record = loss(network.loss)
    families = {losses.t: Family("target"), losses.o: Family("out")}
    order = {losses.t: 0, losses.o: 1}
    body: Node = Summation(from_sympy(record.of(losses.t, losses.o), leaf=lambda s: Quantity(families[s]), order=order))
    if record.over_units == "mean" and network.layers[-1] > 1:
        body = times(Fraction(Number("1"), Number(str(network.layers[-1]))), body)
    total = added([body, *map(Quantity, graph.role("penalty"))])
    return chain("schematic", graph.output, [("", Quantity(graph.output)), ("definition", total)])


def _written_out(trees: Trees) -> list[Equation]:
    """Return the loss with definitions put into one another, from the errors down to the inputs."""
    graph = trees.graph
    formula = trees.definition(graph.output)
    steps: list[tuple[Reason, Node]] = [("", Quantity(graph.output)), ("definition", formula)]
    outputs = max((graph.quantities[s].layer for s in graph.role("out")), default=0)
    rounds = [graph.role("error"), _role_in(graph, "out", outputs)]
    for layer in range(outputs - 1, 0, -1):
        rounds += [_role_in(graph, "out", layer), _role_in(graph, "net", layer)]
    for symbols in rounds:
        definitions = {symbol: trees.definition(symbol) for symbol in symbols}
        formula = replaced(formula, definitions)
        if symbols and graph.quantities[symbols[0]].layer == outputs:
            formula = replaced(formula, {net: trees.definition(net) for net in _role_in(graph, "net", outputs)})
        if sum(1 for _ in walk(formula)) > MOST_NODES or depth(formula) > MOST_LEVELS:
            break
        steps.append(("substitution", formula))
    return [chain("written out", graph.output, steps)] if len(steps) > 2 else []


def _role_in(graph: Graph, role: str, layer: int) -> tuple[Symbol, ...]:
    return tuple(symbol for symbol in graph.role(role) if graph.quantities[symbol].layer == layer)

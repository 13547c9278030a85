"""The backward part: for each parameter the chain rule, its factors in closed form, the numbers, the update."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sympy import Expr, Symbol

from ..formulas import Negative, Node, Quantity, Sum
from ..graphs import Graph
from .derivation import Equation, Reason, Section, chain
from .keys import Key, Path, Slope, Updated
from .trees import Trees, added, beside, number, slope, times, with_numbers

Steps = list[tuple[Reason, Node]]


@dataclass(frozen=True)
class Route:
    """One way from a quantity to the loss, or to the next quantity whose own derivative is an equation of its own."""

    nodes: tuple[Symbol, ...]
    ends: bool  # at the loss; else at a shared intermediate


@dataclass(frozen=True)
class Walk:
    """The equations of one graph's gradients."""

    trees: Trees
    values: Mapping[Key, Expr]

    @property
    def graph(self) -> Graph:
        """The forward definitions."""
        return self.trees.graph

    @property
    def output(self) -> Symbol:
        """What is differentiated."""
        return self.graph.output

    @cached_property
    def shared(self) -> frozenset[Symbol]:
        """The quantities whose derivative several others need: hidden outputs, and whatever has several users."""
        hidden = {s for s in self.graph.role("out") if not set(self.graph.users[s]) & set(self.graph.role("error"))}
        branching = {d.symbol for d in self.graph.definitions if len(self.graph.users[d.symbol]) > 1}
        return frozenset(hidden | branching) - {self.output}

    def routes(self, start: Symbol) -> tuple[Route, ...]:
        """Return the ways from a quantity, one for each of its users that reaches the output."""
        return tuple(self._route(start, user) for user in self.graph.users[start] if user in self.reaching)

    @cached_property
    def reaching(self) -> frozenset[Symbol]:
        """Everything on which the output depends, and the output."""
        found = {self.output}
        for definition in reversed(self.graph.definitions):
            found |= definition.operands if definition.symbol in found else frozenset()
        return frozenset(found)

    def _route(self, start: Symbol, user: Symbol) -> Route:
        nodes = [start, user]
        while nodes[-1] != self.output and nodes[-1] not in self.shared:
            following = next(u for u in self.graph.users[nodes[-1]] if u in self.reaching)
            if following == self.output and self.graph.by_symbol[following].partials[nodes[-1]] == 1:
                return Route(tuple(nodes), ends=True)
            nodes.append(following)
        return Route(tuple(nodes), ends=nodes[-1] == self.output)

    def factors(self, route: Route) -> list[Node]:
        """Return the derivatives along a route, from the loss down."""
        found = [self._factor(of, by) for of, by in _edges(route)]
        return found if route.ends else [slope(self.output, route.nodes[-1]), *found]

    def _factor(self, of: Symbol, by: Symbol) -> Node:
        """Return the derivative of one quantity by the next, in closed form where it is not the total one."""
        others = self.graph.by_symbol[of].operands - {by}
        whole = not any(by in self.ancestors[other] for other in others if other in self.ancestors)
        return slope(of, by) if whole else self.trees.taught(of, by)

    @cached_property
    def ancestors(self) -> Mapping[Symbol, frozenset[Symbol]]:
        """Everything on which each definition depends."""
        found: dict[Symbol, frozenset[Symbol]] = {}
        for definition in self.graph.definitions:
            above = (found[symbol] for symbol in definition.operands if symbol in found)
            found[definition.symbol] = definition.operands.union(*above)
        return found

    def closed(self, route: Route, *, form: str = "taught") -> Node:
        """Return the product of the local derivatives along a route, in one of their forms."""
        pairs = _edges(route)
        found: list[Node] = [] if route.ends else [slope(self.output, route.nodes[-1])]
        for place, (of, by) in enumerate(pairs):
            if form == "taught" or place == len(pairs) - 1 or not route.ends:
                found.append(self.trees.taught(of, by))
            elif form == "rule" and place == 0:
                found.append(self.trees.by_rule(of, by))
            else:
                found.append(self.trees.taught(of, by) if place == 0 else self.trees.written_out(of, by))
        return times(*found)

    def gradient(self, subject: Symbol) -> Equation:
        """Return the derivative of the output by a quantity, step by step."""
        routes = self.routes(subject)
        steps: Steps = [("", slope(self.output, subject))]
        steps += self._single(routes[0]) if len(routes) == 1 else self._several(routes)
        if Slope(self.output, subject) in self.values:
            steps.append(("numbers", with_numbers(self.total(routes), self.values)))
            if len(routes) > 1:
                steps.append(("arithmetic", added([number(Path(subject, route.nodes[1])) for route in routes])))
            steps.append(("arithmetic", number(Slope(self.output, subject))))
        topic = "shared" if subject in self.shared else "gradient"
        return chain(topic, subject, steps)

    def _single(self, route: Route) -> Steps:
        steps: Steps = [("chain rule", beside(self.factors(route)))]
        if route.ends:
            steps += [
                ("power rule", self.closed(route, form="rule")),
                ("simplified", self.closed(route, form="written out")),
            ]
        return [*steps, ("local derivatives", self.closed(route))]

    def _several(self, routes: tuple[Route, ...]) -> Steps:
        start = routes[0].nodes[0]
        full = [self.factors(route) for route in routes]
        tops = [self._top(route) for route in routes]
        steps: Steps = []
        meet = len({top for _, top in tops}) < len(tops)
        if not meet and all(route.ends and top != self.output for route, (_, top) in zip(routes, tops, strict=True)):
            steps.append(("sum over paths", added([beside([*above, slope(top, start)]) for above, top in tops])))
        if all(top not in (route.nodes[1], start) for route, (_, top) in zip(routes, tops, strict=True)):
            parts = [
                beside([*above, slope(top, route.nodes[1]), factors[-1]])
                for route, factors, (above, top) in zip(routes, full, tops, strict=True)
            ]
            steps.append(("chain rule", added(parts)))
        steps.append(("chain rule", added([beside(factors) for factors in full])))
        inner = [self.trees.taught(route.nodes[1], start) for route in routes]
        closed = [beside([*factors[:-1], last]) for factors, last in zip(full, inner, strict=True)]
        return [*steps, ("local derivatives", added(closed)), ("local derivatives", self.total(routes))]

    def _top(self, route: Route) -> tuple[list[Node], Symbol]:
        """Return what a route leads to, and the factor that stands before it: for a mean, the share of an error."""
        end = route.nodes[-1]
        if not route.ends:
            return [], self.output
        if end == self.output and len(route.nodes) > 2:
            return [slope(end, route.nodes[-2])], route.nodes[-2]
        return [], end

    def total(self, routes: tuple[Route, ...], *, form: str = "taught") -> Node:
        """Return the whole derivative in closed form."""
        return added([self.closed(route, form=form) for route in routes])

    def update(self, parameter: Symbol, rate: Symbol) -> Equation:
        """Return one step of gradient descent."""
        routes = self.routes(parameter)
        here: Node = Quantity(parameter)
        pace: Node = Quantity(rate)
        if Updated(parameter) in self.values:
            here, pace = number(parameter), number(rate)

        def step(of: Node) -> Node:
            return Sum((here, Negative(times(pace, of))))

        steps: Steps = [
            ("", Quantity(Updated(parameter))),
            (
                "gradient descent",
                Sum((Quantity(parameter), Negative(times(Quantity(rate), slope(self.output, parameter))))),
            ),
        ]
        if len(routes) == 1:
            form = "written out" if Updated(parameter) in self.values else "taught"
            steps.append(("local derivatives", step(self.total(routes, form=form))))
        if Updated(parameter) in self.values:
            if len(routes) == 1:
                steps.append(("numbers", with_numbers(step(self.total(routes)), self.values)))
            steps.append(("arithmetic", with_numbers(step(slope(self.output, parameter)), self.values)))
            steps.append(("arithmetic", number(Updated(parameter))))
        return chain("update", parameter, steps)


def _edges(route: Route) -> list[tuple[Symbol, Symbol]]:
    """Return the steps of a route from its end back to its start, each as (of, by)."""
    return [(of, by) for by, of in pairwise(route.nodes)][::-1]


def backward_sections(walk: Walk, wanted: tuple[Symbol, ...]) -> Iterator[Section]:
    """Yield a section a layer, from the output back: shared derivatives first, then each parameter with its update."""
    graph = walk.graph
    rates = graph.role("learning_rate")
    layers: dict[int, list[Equation]] = {}
    needed = _needed(walk, wanted)
    asked = frozenset(wanted)
    for symbol in [*(d.symbol for d in graph.definitions), *wanted]:
        quantity = graph.quantities.get(symbol)
        if symbol in asked or (symbol in walk.shared and symbol in needed):
            layers.setdefault(quantity.layer if quantity else 0, []).append(walk.gradient(symbol))
            if rates and quantity is not None and quantity.role in ("weight", "bias"):
                layers[quantity.layer].append(walk.update(symbol, rates[0]))
    for layer in sorted(layers, reverse=True):
        yield Section("backward", tuple(layers[layer]), layer)


def _needed(walk: Walk, wanted: tuple[Symbol, ...]) -> set[Symbol]:
    """Return the shared quantities whose derivatives the wanted ones use, directly or through others."""
    found: set[Symbol] = set()
    stack = list(wanted)
    while stack:
        for route in walk.routes(stack.pop()):
            end = route.nodes[-1]
            if not route.ends and end not in found:
                found.add(end)
                stack.append(end)
    return found

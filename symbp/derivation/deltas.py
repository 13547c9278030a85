"""The backward part by deltas: the derivative of the loss by every net input has a name of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy
from sympy import Expr, Symbol

from ..formulas import Group, Negative, Node, Product, Quantity, Sum
from ..graphs import Graph
from .derivation import Equation, Reason, Section, chain
from .keys import Delta, Key, Slope, Updated
from .trees import Trees, added, number, slope, times, with_numbers

Steps = list[tuple[Reason, Node]]


@dataclass(frozen=True)
class Deltas:
    """The equations of a network's gradients, from delta to delta.

    Attributes:
        trees: the formulas of the graph.
        values: the numbers of the worked instance.
        minus: whether a delta is minus the derivative.
        distribution: whether the targets are known to add up to 1.
    """

    trees: Trees
    values: Mapping[Key, Expr]
    minus: bool = False
    distribution: bool = False

    @property
    def graph(self) -> Graph:
        """The forward definitions."""
        return self.trees.graph

    @property
    def loss(self) -> Symbol:
        """What is differentiated."""
        return self.graph.output

    def _role(self, symbol: Symbol, *roles: str) -> bool:
        return self.graph.quantities[symbol].role in roles

    def _users(self, symbol: Symbol, *roles: str) -> list[Symbol]:
        return [user for user in self.graph.users[symbol] if self._role(user, *roles)]

    def _signed(self, node: Node) -> Node:
        """Return minus a node where deltas are."""
        if not self.minus:
            return node
        return Negative(Group(node) if isinstance(node, Sum) else node)

    def _of_loss(self, out: Symbol) -> Node:
        """Return the derivative of the loss by an output of the last layer in closed form."""
        [error] = self._users(out, "error")
        return times(self.trees.taught(self.loss, error), self.trees.taught(error, out))

    def delta(self, net: Symbol) -> Equation:
        """Return the delta of a unit."""
        outs = self._users(net, "out")
        last = bool(self._users(outs[0], "error"))
        steps: Steps = [("", Quantity(Delta(net))), ("definition", self._signed(slope(self.loss, net)))]
        steps += self._at_the_end(net, outs) if last else self._behind(net, outs)
        if Slope(self.loss, net) in self.values:
            steps += [("numbers", with_numbers(steps[-1][1], self.values)), ("arithmetic", number(Delta(net)))]
        return chain("delta", net, steps)

    def _at_the_end(self, net: Symbol, outs: list[Symbol]) -> Steps:
        paths = [beside([slope(self.loss, out), slope(out, net)]) for out in outs]
        closed = [times(self._of_loss(out), self.trees.taught(out, net)) for out in outs]
        return [
            ("chain rule", self._signed(added(paths))),
            ("local derivatives", self._signed(added(closed))),
            *((reason, self._signed(node)) for reason, node in self._shorter(net, outs)),
        ]

    def _shorter(self, net: Symbol, outs: list[Symbol]) -> Steps:
        """Return what the derivative by a last net input comes to where factors cancel."""
        factors = [[self.graph.by_symbol[of].partials[by] for of, by in self._path(out, net)] for out in outs]
        below = (power for path in factors for f in path for power in f.atoms(sympy.Pow) if power.exp.is_negative)
        cancelled = [sympy.cancel(sympy.Mul(*path)) for path in factors] if any(below) else []
        before = sum(sympy.count_ops(f) for path in factors for f in path)
        if not cancelled or sum(map(sympy.count_ops, cancelled)) >= before:
            return []
        found: Steps = [("cancelled", added([self.trees.of(sympy.factor_terms(term)) for term in cancelled]))]
        targets = [t for t in self.graph.role("target") if any(t in term.free_symbols for term in cancelled)]
        total = sympy.expand(sympy.Add(*cancelled))
        weights = {t: total.coeff(t) for t in targets}
        if not targets or sympy.expand(total - sympy.Add(*(weights[t] * t for t in targets))) != 0:
            return found  # what no target is a factor of is no part of the sum of the targets
        common = weights[targets[-1] if targets[0] in self._own_targets(outs, net) else targets[0]]
        own = [t for t in targets if sympy.expand(weights[t] - common) != 0]
        if len(outs) > 1 and len(own) == 1:
            rest = sympy.expand(weights[own[0]] - common) * own[0]
            found.append(("rearranged", added([self.trees.of(common * sympy.Add(*targets)), self.trees.of(rest)])))
            if self.distribution:
                found.append(("targets add up to 1", self.trees.of(common + rest)))
        return found

    def _own_targets(self, outs: list[Symbol], net: Symbol) -> list[Symbol]:
        place = self.graph.quantities[net].unit
        return [t for t in self.graph.role("target") if self.graph.quantities[t].unit == place and outs]

    def _path(self, out: Symbol, net: Symbol) -> list[tuple[Symbol, Symbol]]:
        [error] = self._users(out, "error")
        return [(self.loss, error), (error, out), (out, net)]

    def _behind(self, net: Symbol, outs: list[Symbol]) -> Steps:
        ways = [(out, following) for out in outs for following in self._users(out, "net")]
        paths = [beside([slope(self.loss, n), slope(n, out), slope(out, net)]) for out, n in ways]
        named = [beside([Quantity(Delta(n)), slope(n, out), slope(out, net)]) for out, n in ways]
        weights = [times(Quantity(Delta(n)), self.trees.taught(n, out)) for out, n in ways]
        if len(outs) == 1:
            total = added(weights)
            closed = times(Group(total) if len(weights) > 1 else total, self.trees.taught(outs[0], net))
        else:
            closed = added([times(w, self.trees.taught(out, net)) for w, (out, _) in zip(weights, ways, strict=True)])
        return [
            ("chain rule", self._signed(added(paths))),
            ("definition of delta", added(named)),
            ("local derivatives", closed),
        ]

    def gradient(self, parameter: Symbol) -> Equation:
        """Return the derivative of the loss by a parameter."""
        nets, penalties = self._users(parameter, "net"), self._users(parameter, "penalty")
        rest = [self.trees.taught(penalty, parameter) for penalty in penalties]
        paths = [beside([slope(self.loss, net), slope(net, parameter)]) for net in nets]
        named = [self._signed(beside([Quantity(Delta(net)), slope(net, parameter)])) for net in nets]
        closed = [self._signed(times(Quantity(Delta(net)), self.trees.taught(net, parameter))) for net in nets]
        slopes = [slope(penalty, parameter) for penalty in penalties]
        steps: Steps = [
            ("", slope(self.loss, parameter)),
            ("chain rule", added([*paths, *slopes])),
            ("definition of delta", added([*named, *slopes])),
            ("local derivatives", added([*closed, *rest])),
        ]
        if Slope(self.loss, parameter) in self.values:
            steps.append(("numbers", with_numbers(steps[-1][1], self.values)))
            steps.append(("arithmetic", number(Slope(self.loss, parameter))))
        return chain("gradient", parameter, steps)

    def update(self, parameter: Symbol, rate: Symbol) -> Equation:
        """Return one step of gradient descent."""
        gradient = self.gradient(parameter).steps
        closed = next(step.formula for step in gradient if step.reason == "local derivatives")

        def step(of: Node) -> Node:
            if isinstance(of, Negative):
                return Sum((Quantity(parameter), times(Quantity(rate), of.body)))
            return Sum((Quantity(parameter), Negative(times(Quantity(rate), of))))

        steps: Steps = [
            ("", Quantity(Updated(parameter))),
            ("gradient descent", step(slope(self.loss, parameter))),
            ("local derivatives", step(closed)),
        ]
        if Updated(parameter) in self.values:
            steps.append(("numbers", with_numbers(step(closed), self.values)))
            steps.append(("arithmetic", with_numbers(step(slope(self.loss, parameter)), self.values)))
            steps.append(("arithmetic", number(Updated(parameter))))
        return chain("update", parameter, steps)


def beside(factors: list[Node]) -> Node:
    """Return factors side by side, without a sign."""
    return factors[0] if len(factors) == 1 else Product(tuple(factors), ("",) * (len(factors) - 1))


def delta_sections(deltas: Deltas, wanted: tuple[Symbol, ...]) -> Iterator[Section]:
    """Yield a section a layer, from the output back: the deltas, then each parameter with its update."""
    graph = deltas.graph
    lowest = min(graph.quantities[symbol].layer for symbol in wanted)
    rates = graph.role("learning_rate")
    for layer in range(graph.depth, lowest - 1, -1):
        nets = [symbol for symbol in graph.role("net") if graph.quantities[symbol].layer == layer]
        here = [symbol for symbol in wanted if graph.quantities[symbol].layer == layer]
        equations = [deltas.delta(net) for net in nets]
        for symbol in here:
            equations += [deltas.gradient(symbol), *(deltas.update(symbol, rate) for rate in rates)]
        yield Section("backward", tuple(equations), layer)

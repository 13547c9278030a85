"""The derivation on the layer level: matrices, from delta to delta, each step by a pullback rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import sympy
from sympy import MatrixExpr, MatrixSymbol, Symbol

from ..formulas import (
    Apply,
    Call,
    Fraction,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Opaque,
    Product,
    Quantity,
    Sum,
    Transpose,
)
from ..formulas.meaning import from_sympy
from ..formulas.ones import ONES
from ..graphs.layers import LayerDefinition, LayerGraph, layer_graph, named
from ..graphs.matrices import Elementwise, Softmax, pullback
from ..networks import Activation, Network, VectorActivation, activation, loss
from ..networks.activations import x, y
from ..networks.losses import o, t
from . import penalised
from .derivation import Derivation, Equation, Reason, Section, chain
from .keys import Delta, Updated
from .matrices import entrywise, formula, less
from .trees import added, beside, put, slope

Steps = list[tuple[Reason, Node]]
_SIZES = {
    "half_squared_error": "half",
    "quadratic_cost": "half",
    "squared_error": "whole",
    "mean_squared_error": "mean",
}


def layer_derivation(network: Network, *, deltas: bool = True, batch: bool = False, rows: bool = False) -> Derivation:
    """Derive the gradients of a network layer by layer, for any sizes.

    Example:
        >>> from symbp.networks import mlp
        >>> [equation.topic for equation in layer_derivation(mlp(2, 1)).equations][-5:]
        ['delta of a layer', 'gradient', 'update', 'gradient', 'update']

    Args:
        network: its activations, loss and kind of biases count, its sizes do not.
        deltas: the derivative by the net inputs of a layer has a name of its own.
        batch: for m samples at once, and the mean of their losses.
        rows: a sample is a row, and not a column.
    """
    graph = layer_graph(network, convention="row" if rows else "column", batch=batch)
    walk = _Walk(network, graph, deltas)
    return Derivation(graph, tuple(walk.sections()), network)


@dataclass(frozen=True)
class _Walk:
    """The equations of one network on the layer level."""

    network: Network
    graph: LayerGraph
    deltas: bool

    def delta(self, net: Symbol) -> Node:
        """Return the derivative by the net inputs of a layer, by its name where it has one."""
        return Quantity(Delta(net)) if self.deltas else slope(_LOSS, net)

    def record(self, layer: LayerDefinition) -> Activation:
        """Return the activation of a layer."""
        found = activation(self.network.activations[layer.number - 1])
        assert isinstance(found, Activation)
        return found

    def joins(self, layer: LayerDefinition) -> bool:
        """Whether each output of a layer depends on all its net inputs."""
        return isinstance(activation(self.network.activations[layer.number - 1]), VectorActivation)

    def function(self, layer: LayerDefinition) -> Name:
        """Return the name of the function of a layer; a number says which where layers differ."""
        return self.functions[f"f_{layer.number}"]

    @cached_property
    def functions(self) -> Mapping[str, Name]:
        """The functions of all layers, by what they are called in the graph."""
        several = sum(isinstance(activation(name), Activation) for name in {*self.network.activations}) > 1
        numbers = [layer.number for layer in self.graph.layers]
        return {f"f_{number}": Name("f", (Number(str(number)),) if several else ()) for number in numbers}

    def sections(self) -> Iterator[Section]:
        """Yield functions, forward pass, loss, backward pass."""
        if functions := tuple(self._functions()):
            yield Section("functions", functions)
        for layer in self.graph.layers:
            yield Section("forward", tuple(self._forward(layer)), layer.number)
        yield Section("errors", (*self._condition(), *self._penalty(), self._loss()))
        for layer in reversed(self.graph.layers):
            yield Section("backward", tuple(self._backward(layer)), layer.number)

    def _functions(self) -> Iterator[Equation]:
        done: set[Name] = set()
        for layer in self.graph.layers:
            if self.joins(layer):
                continue
            name, record = self.function(layer), self.record(layer)
            if name not in done:
                done.add(name)
                argument = Name("x")
                leaf = {x: argument, y: Apply(name, (argument,))}
                of = from_sympy(record.of(x), leaf=leaf.__getitem__)
                derived = from_sympy(record.slope(x, y), leaf=leaf.__getitem__, order={y: 0, x: 1})
                yield chain("function", layer.out, [("", leaf[y]), ("definition", of)])
                yield chain("slope", layer.out, [("", Apply(name, (argument,), 1)), ("local derivatives", derived)])

    def _show(self, expression: MatrixExpr) -> Node:
        return formula(expression, self._leaf, self.functions)

    def _leaf(self, symbol: MatrixSymbol) -> Node:
        name = str(symbol.name)
        if name.startswith("adjoint_"):
            return slope(_LOSS, _scalar(name.removeprefix("adjoint_")))
        return Quantity(_scalar(name))

    def _forward(self, layer: LayerDefinition) -> Iterator[Equation]:
        net, out = _scalar(layer.net.name), _scalar(layer.out.name)
        yield chain("net", net, [("", Quantity(net)), ("definition", self._show(layer.sum))])
        yield chain("out", out, [("", Quantity(out)), ("definition", self._show(layer.activated))])

    @property
    def _collapses(self) -> bool:
        """Whether a softmax meets a loss of targets that add up to 1."""
        return self.network.activations[-1] == "softmax" and loss(self.network.loss).distribution

    def _condition(self) -> Iterator[Equation]:
        if self._collapses:
            ones = Opaque(ONES)
            total = beside([self._target, ones] if self.graph.rows else [Transpose(ones), self._target])
            whole: Node = (ones if self.graph.rows else Transpose(ones)) if self.graph.batch else Number("1")
            yield chain("condition", _LOSS, [("", total), ("given", whole)])

    def _penalty(self) -> Iterator[Equation]:
        if self.network.penalty:
            weights = [_scalar(layer.weight.name) for layer in self.graph.layers]
            formula = penalised.total(self.network.penalty, weights)
            yield chain("penalty", _PENALTY, [("", Quantity(_PENALTY)), ("definition", formula)])

    def _loss(self) -> Equation:
        whole = added([self._errors(), *([Quantity(_PENALTY)] if self.network.penalty else [])])
        return chain("loss", _LOSS, [("", Quantity(_LOSS)), ("definition", whole)])

    def _errors(self) -> Node:
        kind = _SIZES.get(self.network.loss)
        if kind is None:
            return self._added_up()
        size: Node = Call("square", (less(self._target, self._output),))
        shares = {"half": "2", "mean": self._units}
        below = [Number(share) for share in (shares.get(kind, "1"),) if share != "1"]
        return beside([*self._divided(below), size])

    def _divided(self, below: list[Number]) -> list[Node]:
        """Return 1 over some numbers, and over that of the samples in a batch; nothing for 1."""
        counts: list[Node] = [*below, *([_SAMPLES] if self.graph.batch else [])]
        return [Fraction(Number("1"), beside(counts))] if counts else []

    def _added_up(self) -> Node:
        """Return the errors of all outputs, added up by a row of ones."""
        errors = entrywise(loss(self.network.loss).of(t, o), {t: self._target, o: self._output})
        ones = Opaque(ONES)
        scale = self._divided([Number(self._units)] if self._share != 1 else [])
        bare = errors.body if isinstance(errors, Negative) else errors
        front, back = (
            [Transpose(ones)] * (self.graph.batch or not self.graph.rows),
            [ones] * (self.graph.batch or self.graph.rows),
        )
        total = beside([*scale, *front, Group(bare), *back])
        return Negative(total) if isinstance(errors, Negative) else total

    @property
    def _share(self) -> sympy.Rational:
        record = loss(self.network.loss)
        return sympy.Rational(1, self.network.layers[-1]) if record.over_units == "mean" else sympy.Integer(1)

    @property
    def _units(self) -> str:
        return str(self.network.layers[-1])

    @property
    def _target(self) -> Node:
        return Quantity(_scalar(f"target_{self.graph.depth}"))

    @property
    def _output(self) -> Node:
        return Quantity(_scalar(f"out_{self.graph.depth}"))

    def _of_loss(self) -> Node:
        """Return the derivative of the loss by the last output in closed form."""
        slope_of = entrywise(self._share * loss(self.network.loss).slope(t, o), {o: self._output, t: self._target})
        return self._mean(slope_of)

    def _mean(self, node: Node) -> Node:
        """Return a formula divided by the number of samples in a batch."""
        if not self.graph.batch:
            return node
        if isinstance(node, Negative):
            return Negative(self._mean(node.body))
        return beside([*self._divided([]), Group(node) if isinstance(node, Sum | Product) else node])

    def _backward(self, layer: LayerDefinition) -> Iterator[Equation]:
        net = _scalar(layer.net.name)
        by_net = self._by_net(layer)
        yield chain(
            "delta of a layer" if self.deltas else "gradient",
            net,
            [
                ("", self.delta(net)),
                ("definition", slope(_LOSS, net)),
                ("chain rule", self._show(by_net)),
                *(self._behind(layer, by_net) if layer.number < self.graph.depth else self._last(layer, by_net)),
            ],
        )
        for symbol, by in pullback(layer.sum, named(layer.net)):
            if symbol in (layer.weight, layer.bias):
                yield from self._parameter(layer, _scalar(symbol.name), by)

    def _by_net(self, layer: LayerDefinition) -> MatrixExpr:
        """Return the derivative by the net inputs from that by the outputs."""
        paths = [by for _, by in pullback(layer.activated, named(layer.out))]
        found = sympy.MatAdd(*paths) if len(paths) > 1 else paths[0]
        logarithmic = self.network.activations[layer.number - 1] == "log_softmax"
        return found.xreplace(
            {Softmax(layer.net, self.graph.rows): Elementwise("exp", layer.out) if logarithmic else layer.out}
        )

    def _last(self, layer: LayerDefinition, by_net: MatrixExpr) -> Steps:
        shown = self._replaced(by_net, layer.out, self._of_loss())
        if self._collapses:
            spread = [Opaque(ONES), Transpose(Opaque(ONES))]
            total = beside([self._target, *spread] if self.graph.rows else [*spread, self._target])
            cancelled = self._mean(less(Product((self._output, Group(total)), ("@",)), self._target))
            collapsed = self._mean(less(self._output, self._target))
            return [("local derivatives", shown), ("cancelled", cancelled), ("targets add up to 1", collapsed)]
        return [("local derivatives", shown), *self._by_output(layer, shown)]

    def _behind(self, layer: LayerDefinition, by_net: MatrixExpr) -> Steps:
        following = self.graph.layers[layer.number]
        by_out = dict(pullback(following.sum, named(following.net)))[layer.out]
        whole = by_net.xreplace({named(layer.out): by_out})
        closed = self._replaced(whole, following.net, self.delta(_scalar(following.net.name)))
        return [
            ("chain rule", self._show(whole)),
            ("definition of delta", closed),
            *self._by_output(layer, closed),
        ]

    def _by_output(self, layer: LayerDefinition, node: Node) -> Steps:
        """Return the step that writes the derivative of the activation with its output, where there is such a form."""
        if self.joins(layer):
            return []
        record, out = self.record(layer), Quantity(_scalar(layer.out.name))
        taught = record.slope(x, y)
        if taught.free_symbols != {y} or not taught.is_polynomial(y):
            return []
        assert isinstance(node, Product)
        slope_of = entrywise(taught, {y: out})
        *front, _ = node.factors
        tail = slope_of.factors if isinstance(slope_of, Product) else (slope_of,)
        factors = (*front, *tail)
        return [("local derivatives", Product(factors, ("@",) * (len(factors) - 1)))]

    def _replaced(self, expression: MatrixExpr, symbol: MatrixSymbol, by: Node) -> Node:
        """Show an expression with the derivative by a symbol replaced."""
        adjoint = slope(_LOSS, _scalar(symbol.name))
        return put(self._show(expression), adjoint, by)

    def _parameter(self, layer: LayerDefinition, parameter: Symbol, by: MatrixExpr) -> Iterator[Equation]:
        path, more = self._of_penalty(parameter)
        shown = added([self._show(by), *path])
        closed = self._replaced(by, layer.net, self.delta(_scalar(layer.net.name)))
        head = slope(_LOSS, parameter)
        steps: Steps = [("", head), ("chain rule", shown), ("definition of delta", added([closed, *path]))]
        final = added([closed, *more])
        yield chain("gradient", parameter, [*steps, ("local derivatives", final)])
        rate = Quantity(_RATE)

        def step(of: Node) -> Node:
            factors = of.factors if isinstance(of, Product) else (Group(of) if isinstance(of, Sum) else of,)
            return Sum((Quantity(parameter), Negative(beside([rate, *factors]))))

        last: Reason = "local derivatives" if more else "definition of delta" if self.deltas else "chain rule"
        updated: Steps = [("", Quantity(Updated(parameter))), ("gradient descent", step(head)), (last, step(final))]
        yield chain("update", parameter, updated)

    def _of_penalty(self, parameter: Symbol) -> tuple[list[Node], list[Node]]:
        """Return the derivative of the penalty by a parameter, as it is named and in closed form; none by a bias."""
        name = self.network.penalty
        if not name or self.graph.quantities[parameter].role != "weight":
            return [], []
        return [slope(_PENALTY, parameter)], [penalised.slope(name, parameter)]


def _scalar(name: str) -> Symbol:
    return Symbol("input" if name == "out_0" else name, real=True)


_LOSS, _PENALTY = Symbol("loss", real=True), Symbol("penalty", real=True)
_SAMPLES = Name("m")
_RATE = Symbol("learning_rate", real=True)

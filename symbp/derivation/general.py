"""The derivation on the index level: a general layer l, unit j, with sums; Kronecker deltas collapse under them."""

from collections.abc import Iterator
from dataclasses import dataclass

import sympy

from ..formulas import (
    Apply,
    Derivative,
    Fraction,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Quantity,
    Sum,
    Summation,
    map_children,
)
from ..formulas.meaning import from_sympy
from ..graphs import Graph, unit_graph
from ..networks import Activation, Network, Penalty, VectorActivation, activation, loss, penalty
from ..networks.activations import x, y
from ..networks.losses import o, t
from ..networks.network import mlp
from ..networks.softmax import k
from .derivation import Derivation, Equation, Reason, Section, chain
from .keys import At, Sample, Updated
from .locals import LAST, Local, at, collapsed, hidden_local, kronecker, output_local
from .trees import added, beside, put

Steps = list[tuple[Reason, Node]]
L, NEXT, BEFORE = "l", "l+1", "l-1"
_X = Name("x")
_ONE = sympy.Integer(1)


def general_derivation(network: Network) -> Derivation:
    """Derive the gradients of a general layer, for any number of layers and units.

    Example:
        >>> from symbp.networks import mlp
        >>> [section.topic for section in general_derivation(mlp(2, 2)).sections]
        ['functions', 'general forward', 'general output', 'general hidden', 'general parameters', 'algorithm']

    Raises:
        UnsupportedError: the activations of the hidden layers differ, and one is of a whole layer.
    """
    walk = _General(network, hidden_local(network), output_local(network))
    return Derivation(_graph(network), tuple(walk.sections()), network)


def _graph(network: Network) -> Graph:
    """Return the smallest graph of the kind: the names of a general layer do not depend on sizes."""
    return unit_graph(mlp(1, 1, bias=network.bias))


@dataclass(frozen=True)
class _General:
    """The equations of a general layer."""

    network: Network
    hidden: Local
    last: Local

    def sections(self) -> Iterator[Section]:
        """Yield functions, forward pass, deltas of the output layer and of the others, parameters, the algorithm."""
        yield Section("functions", tuple(self._functions()))
        yield Section("general forward", tuple(self._forward()))
        yield Section("general output", tuple(self._output()))
        yield Section("general hidden", tuple(self._hidden()))
        yield Section("general parameters", tuple(self._parameters()))
        yield Section("algorithm", tuple(self._algorithm()))

    def _functions(self) -> Iterator[Equation]:
        named: dict[Name, Activation | VectorActivation] = {}
        if self.hidden.function.sub:
            layers = enumerate(self.network.activations[:-1], 1)
            named = {Name("f", (Number(str(number)),)): activation(name) for number, name in layers}
        elif len(self.network.layers) > 2 or self.hidden == self.last:
            named = {self.hidden.function: self.hidden.record}
        for function, record in (named | {self.last.function: self.last.record}).items():
            if isinstance(record, Activation):
                leaf = {x: _X, y: Apply(function, (_X,))}
                of = from_sympy(record.of(x), leaf=leaf.__getitem__)
                derived = from_sympy(record.slope(x, y), leaf=leaf.__getitem__, order={y: 0, x: 1})
                yield chain("function", At("out"), [("", leaf[y]), ("definition", of)])
                yield chain("slope", At("out"), [("", Apply(function, (_X,), 1)), ("local derivatives", derived)])

    def _forward(self) -> Iterator[Equation]:
        terms: list[Node] = [_sum("k", [_weight(L, "j", "k"), at("out", BEFORE, "k")])]
        if self.network.bias != "none":
            terms.append(self._bias(L, "j"))
        net = at("net", L, "j")
        yield chain("net", At("net", L, "j"), [("", net), ("definition", added(terms))])
        yield from self._outputs()
        if self._collapses:
            total = Summation(at("target", LAST, "k"), Name("k"))
            yield chain("condition", At("target"), [("", total), ("given", Number("1"))])
        if self.network.penalty:
            yield chain("penalty", At("penalty"), [("", _PENALTY), ("definition", self._penalty())])
        yield chain("loss", At("loss"), [("", _LOSS), ("definition", self._loss())])
        yield chain("delta", At("delta", L, "j"), [("", at("delta", L, "j")), ("definition", slope_of(net))])

    def _outputs(self) -> Iterator[Equation]:
        """Yield the output of a unit; of the output layer too, where that has an activation of its own."""
        yield chain("out", At("out", L, "j"), [("", at("out", L, "j")), ("definition", self.hidden.out(L, "j"))])
        if self.last != self.hidden:
            steps: Steps = [("", at("out", LAST, "j")), ("definition", self.last.out(LAST, "j"))]
            yield chain("out of the output layer", At("out", LAST, "j"), steps)

    @property
    def _collapses(self) -> bool:
        """Whether a softmax meets a loss of targets that add up to 1."""
        return self.network.activations[-1] == "softmax" and loss(self.network.loss).distribution

    def _bias(self, layer: str, unit: str) -> Node:
        return at("bias", layer, "" if self.network.bias == "shared" else unit)

    def _loss(self) -> Node:
        record = loss(self.network.loss)
        leaf = {t: at("target", LAST, "j"), o: at("out", LAST, "j")}
        scale, rest = record.of(t, o).as_coeff_Mul()
        if record.over_units == "mean":
            scale = scale / self.network.layers[-1]
        scale, minus = abs(scale), scale < 0
        total: Node = Summation(from_sympy(rest, leaf=leaf.__getitem__, order={t: 0, o: 1}), Name("j"))
        whole = total if scale == 1 else Product((from_sympy(scale), total), ("",))
        signed = Negative(whole) if minus else whole
        return Sum((signed, _PENALTY)) if self.network.penalty else signed

    def _penalty(self) -> Node:
        """Return what the weights of all layers add to the loss."""
        record, factor = self._record_of_penalty()
        scale, rest = (factor * record.formula).as_coeff_Mul()
        total = from_sympy(rest, leaf=lambda _: _weight(L, "j", "k"))
        for index in "kjl":
            total = Summation(total, Name(index))
        return total if scale == 1 else Product((from_sympy(scale), total), ("",))

    def _record_of_penalty(self) -> tuple[Penalty, sympy.Rational]:
        assert self.network.penalty is not None
        return penalty(self.network.penalty)

    def _slope_of_penalty(self) -> Node:
        record, factor = self._record_of_penalty()
        return from_sympy(factor * record.derivative, leaf=lambda _: _weight(L, "j", "k"))

    def _slope_of_loss(self, unit: str, times: sympy.Expr = _ONE) -> Node:
        record = loss(self.network.loss)
        share = sympy.Rational(1, self.network.layers[-1]) if record.over_units == "mean" else _ONE
        leaf = {t: at("target", LAST, unit), o: at("out", LAST, unit)}
        return from_sympy(share * record.slope(t, o) * times, leaf=leaf.__getitem__, order={t: 0, o: 1})

    def _output(self) -> Iterator[Equation]:
        net = at("net", LAST, "j")
        local = _sum("k", [slope_of(at("out", LAST, "k")), *self.last.slope(LAST, "k", "j")])
        steps: Steps = [
            ("", at("delta", LAST, "j")),
            ("definition", slope_of(net)),
            ("chain rule", _sum("k", [slope_of(at("out", LAST, "k")), Derivative(at("out", LAST, "k"), net)])),
            ("local derivatives", local),
            *(self._single(local) if isinstance(self.last.record, Activation) else self._joined(local)),
        ]
        yield chain("delta of the output layer", At("delta", LAST, "j"), steps)

    def _single(self, local: Node) -> Steps:
        """Return how the sum of an output that has one net input collapses."""
        single = collapsed(local)
        shown = put(single, slope_of(at("out", LAST, "j")), self._slope_of_loss("j"))
        return [("one term is left", single), ("local derivatives", shown)]

    def _joined(self, local: Node) -> Steps:
        """Return how the sum of an output that has all net inputs of its layer collapses."""
        assert isinstance(self.last.record, VectorActivation)
        front, _ = self.last.record.derivative.as_independent(k, as_Add=False)
        *_, bracket = self.last.slope(LAST, "k", "j")
        whole = put(local, slope_of(at("out", LAST, "k")), self._slope_of_loss("k"))
        product = self._slope_of_loss("k", front.xreplace({y: o}))
        minus, factor = (True, product.body) if isinstance(product, Negative) else (False, product)
        inner = _sum("k", [*_factors(factor), bracket])
        short = Negative(inner) if minus else inner
        steps: Steps = [("local derivatives", whole), ("cancelled", short), ("one term is left", collapsed(short))]
        if self._collapses:
            steps.append(("targets add up to 1", Sum((at("out", LAST, "j"), Negative(at("target", LAST, "j"))))))
        return steps

    def _hidden(self) -> Iterator[Equation]:
        net, behind = at("net", L, "j"), at("net", NEXT, "k")
        local = _sum("i", [_weight(NEXT, "k", "i"), *self.hidden.slope(L, "i", "j")])
        single = collapsed(local)
        yield chain(
            "between layers" if isinstance(self.hidden.record, Activation) else "between whole layers",
            At("net", NEXT, "k"),
            [
                ("", Derivative(behind, net)),
                ("definition", _sum("i", [_weight(NEXT, "k", "i"), Derivative(at("out", L, "i"), net)])),
                ("local derivatives", local),
                ("one term is left", single),
            ],
        )
        delta = at("delta", NEXT, "k")
        yield chain(
            "delta of a hidden layer",
            At("delta", L, "j"),
            [
                ("", at("delta", L, "j")),
                ("definition", slope_of(net)),
                ("chain rule", _sum("k", [slope_of(behind), Derivative(behind, net)])),
                ("definition of delta", _sum("k", [delta, Derivative(behind, net)])),
                ("local derivatives", _sum("k", [delta, *_factors(single)])),
            ],
        )

    def _parameters(self) -> Iterator[Equation]:
        locals_: list[Node] = [kronecker("i", "j"), at("out", BEFORE, "k")]
        yield from self._parameter(At("weight", L, "j", "k"), locals_)
        if self.network.bias != "none":
            shared = self.network.bias == "shared"
            yield from self._parameter(At("bias", L, "" if shared else "j"), [] if shared else [kronecker("i", "j")])

    def _parameter(self, parameter: At, local: list[Node]) -> Iterator[Equation]:
        of, net, delta = Quantity(parameter), at("net", L, "i"), at("delta", L, "i")
        punished = bool(self.network.penalty) and parameter.role == "weight"
        path: list[Node] = [Derivative(_PENALTY, of)] if punished else []
        more: list[Node] = [self._slope_of_penalty()] if punished else []
        closed = _sum("i", [delta, *local])
        final = added([collapsed(closed), *more])
        steps: Steps = [
            ("", slope_of(of)),
            ("chain rule", added([_sum("i", [slope_of(net), Derivative(net, of)]), *path])),
            ("definition of delta", added([_sum("i", [delta, Derivative(net, of)]), *path])),
            ("local derivatives", added([closed, *more])),
            ("one term is left", final),
        ]
        yield chain("gradient", parameter, steps)
        rate = at("learning_rate")
        updated: Steps = [
            ("", Quantity(Updated(parameter))),
            ("gradient descent", Sum((of, Negative(beside([rate, slope_of(of)]))))),
            ("local derivatives", Sum((of, Negative(beside([rate, *_factors(final)]))))),
        ]
        yield chain("update", parameter, updated)

    def _algorithm(self) -> Iterator[Equation]:
        """Yield the closed forms in the order in which they are computed, then a step along the mean gradient."""
        forward, hidden, output = [next(self._forward()), *self._outputs()], list(self._hidden()), list(self._output())
        for equation in (*forward, output[-1], hidden[-1]):
            first, last = equation.steps[0], equation.steps[-1]
            yield chain(
                f"algorithm {equation.topic}", equation.subject, [("", first.formula), (last.reason, last.formula)]
            )
        for equation in self._parameters():
            if equation.topic == "gradient":
                assert isinstance(equation.subject, At)
                yield self._mean_step(equation.subject, equation.steps[-1].formula)

    def _mean_step(self, parameter: At, gradient: Node) -> Equation:
        count = Name("m")
        rate: Node = Fraction(at("learning_rate"), count)
        punished = bool(self.network.penalty) and parameter.role == "weight"
        of_loss = gradient.terms[0] if punished and isinstance(gradient, Sum) else gradient
        total: Node = Summation(_of_sample(of_loss), Name("x"), Number("1"), count)
        terms: list[Node] = [Quantity(parameter), Negative(beside([rate, total]))]
        if punished:
            terms.append(Negative(beside([at("learning_rate"), *_factors(self._slope_of_penalty())])))
        return chain(
            "algorithm step", parameter, [("", Quantity(Updated(parameter))), ("gradient descent", Sum(tuple(terms)))]
        )


def _of_sample(node: Node) -> Node:
    """Return a formula with deltas and outputs of one sample."""
    if isinstance(node, Quantity) and isinstance(node.key, At) and node.key.role in ("delta", "out"):
        return Quantity(Sample(node.key))
    return map_children(node, _of_sample)


def slope_of(by: Node) -> Node:
    """Return the derivative of the loss by something."""
    return Derivative(_LOSS, by)


def _weight(layer: str, unit: str, source: str) -> Node:
    return Quantity(At("weight", layer, unit, source))


def _sum(index: str, factors: list[Node]) -> Node:
    return Summation(beside(factors), Name(index))


def _factors(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Product):
        return node.factors
    return (Group(node),) if isinstance(node, Sum) else (node,)


_LOSS, _PENALTY = at("loss"), at("penalty")

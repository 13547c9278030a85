"""The derivation on the index level: a general layer l, unit j, with sums; Kronecker deltas collapse under them."""

from collections.abc import Iterator
from dataclasses import dataclass

import sympy

from ..errors import UnsupportedError
from ..formulas import (
    Apply,
    Derivative,
    Fraction,
    Indicator,
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
from ..networks import Activation, Network, activation, loss
from ..networks.activations import x, y
from ..networks.losses import o, t
from ..networks.network import mlp
from .derivation import Derivation, Equation, Reason, Section, chain
from .keys import At, Sample, Updated
from .trees import beside

Steps = list[tuple[Reason, Node]]
L, LAST, NEXT, BEFORE = "l", "L", "l+1", "l-1"
_F, _X = Name("f"), Name("x")


def general_derivation(network: Network) -> Derivation:
    """Derive the gradients of a general layer, for any number of layers and units.

    Example:
        >>> from symbp.networks import mlp
        >>> [section.topic for section in general_derivation(mlp(2, 2)).sections]
        ['functions', 'general forward', 'general output', 'general hidden', 'general parameters', 'algorithm']

    Raises:
        UnsupportedError: the layers differ, or an activation or loss is not of this form.
    """
    records = {name: activation(name) for name in network.activations}
    record = next(iter(records.values()))
    if len(records) > 1 or not isinstance(record, Activation):
        raise UnsupportedError("level 'index' needs one activation of single units for all layers: use level 'unit'")
    if network.penalty:
        raise UnsupportedError(f"{network.penalty} is not written on the index level yet: use level 'unit'")
    walk = _General(network, record)
    return Derivation(_graph(network), tuple(walk.sections()), network)


def _graph(network: Network) -> Graph:
    """Return the smallest graph of the kind: the names of a general layer do not depend on sizes."""
    return unit_graph(mlp(1, 1, activation=network.activations[0], loss=network.loss, bias=network.bias))


@dataclass(frozen=True)
class _General:
    """The equations of a general layer."""

    network: Network
    record: Activation

    def sections(self) -> Iterator[Section]:
        """Yield functions, forward pass, deltas of the output layer and of the others, parameters, the algorithm."""
        yield Section("functions", tuple(self._functions()))
        yield Section("general forward", tuple(self._forward()))
        yield Section("general output", tuple(self._output()))
        yield Section("general hidden", tuple(self._hidden()))
        yield Section("general parameters", tuple(self._parameters()))
        yield Section("algorithm", tuple(self._algorithm()))

    def _functions(self) -> Iterator[Equation]:
        leaf = {x: _X, y: Apply(_F, (_X,))}
        of = from_sympy(self.record.of(x), leaf=leaf.__getitem__)
        derived = from_sympy(self.record.slope(x, y), leaf=leaf.__getitem__, order={y: 0, x: 1})
        yield chain("function", At("out"), [("", leaf[y]), ("definition", of)])
        yield chain("slope", At("out"), [("", Apply(_F, (_X,), 1)), ("local derivatives", derived)])

    def _forward(self) -> Iterator[Equation]:
        terms: list[Node] = [_sum("k", [_weight(L, "j", "k"), _at("out", BEFORE, "k")])]
        if self.network.bias != "none":
            terms.append(self._bias(L, "j"))
        net, out = _at("net", L, "j"), _at("out", L, "j")
        yield chain("net", At("net", L, "j"), [("", net), ("definition", _added(terms))])
        yield chain("out", At("out", L, "j"), [("", out), ("definition", Apply(_F, (net,)))])
        yield chain("loss", At("loss"), [("", _LOSS), ("definition", self._loss())])
        yield chain("delta", At("delta", L, "j"), [("", _at("delta", L, "j")), ("definition", slope_of(net))])

    def _bias(self, layer: str, unit: str) -> Node:
        return _at("bias", layer, "" if self.network.bias == "shared" else unit)

    def _loss(self) -> Node:
        record = loss(self.network.loss)
        leaf = {t: _at("target", LAST, "j"), o: _at("out", LAST, "j")}
        scale, rest = record.of(t, o).as_coeff_Mul()
        if record.over_units == "mean":
            scale = scale / self.network.layers[-1]
        total: Node = Summation(from_sympy(rest, leaf=leaf.__getitem__, order={t: 0, o: 1}), Name("j"))
        return total if scale == 1 else Product((from_sympy(scale), total), ("",))

    def _slope_of_loss(self, unit: str) -> Node:
        record = loss(self.network.loss)
        share = sympy.Rational(1, self.network.layers[-1]) if record.over_units == "mean" else sympy.Integer(1)
        leaf = {t: _at("target", LAST, unit), o: _at("out", LAST, unit)}
        return from_sympy(share * record.slope(t, o), leaf=leaf.__getitem__, order={t: 0, o: 1})

    def _output(self) -> Iterator[Equation]:
        net = _at("net", LAST, "j")
        local = _sum("k", [slope_of(_at("out", LAST, "k")), *self._local("out", LAST, "k", "j")])
        single = collapsed(local)
        yield chain(
            "delta of the output layer",
            At("delta", LAST, "j"),
            [
                ("", _at("delta", LAST, "j")),
                ("definition", slope_of(net)),
                ("chain rule", _sum("k", [slope_of(_at("out", LAST, "k")), Derivative(_at("out", LAST, "k"), net)])),
                ("local derivatives", local),
                ("one term is left", single),
                ("local derivatives", _put(single, slope_of(_at("out", LAST, "j")), self._slope_of_loss("j"))),
            ],
        )

    def _local(self, role: str, layer: str, of: str, by: str) -> list[Node]:
        """Return the derivative of an output by a net input of the same layer: f' and a Kronecker delta."""
        assert role == "out"
        return [Apply(_F, (_at("net", layer, of),), 1), _kronecker(of, by)]

    def _hidden(self) -> Iterator[Equation]:
        net, behind = _at("net", L, "j"), _at("net", NEXT, "k")
        local = _sum("i", [_weight(NEXT, "k", "i"), *self._local("out", L, "i", "j")])
        single = collapsed(local)
        yield chain(
            "between layers",
            At("net", NEXT, "k"),
            [
                ("", Derivative(behind, net)),
                ("definition", _sum("i", [_weight(NEXT, "k", "i"), Derivative(_at("out", L, "i"), net)])),
                ("local derivatives", local),
                ("one term is left", single),
            ],
        )
        delta = _at("delta", NEXT, "k")
        assert isinstance(single, Product)
        yield chain(
            "delta of a hidden layer",
            At("delta", L, "j"),
            [
                ("", _at("delta", L, "j")),
                ("definition", slope_of(net)),
                ("chain rule", _sum("k", [slope_of(behind), Derivative(behind, net)])),
                ("definition of delta", _sum("k", [delta, Derivative(behind, net)])),
                ("local derivatives", _sum("k", [delta, *single.factors])),
            ],
        )

    def _parameters(self) -> Iterator[Equation]:
        locals_: list[Node] = [_kronecker("i", "j"), _at("out", BEFORE, "k")]
        yield from self._parameter(At("weight", L, "j", "k"), locals_)
        if self.network.bias != "none":
            shared = self.network.bias == "shared"
            yield from self._parameter(At("bias", L, "" if shared else "j"), [] if shared else [_kronecker("i", "j")])

    def _parameter(self, parameter: At, local: list[Node]) -> Iterator[Equation]:
        of, net, delta = Quantity(parameter), _at("net", L, "i"), _at("delta", L, "i")
        closed = _sum("i", [delta, *local])
        steps: Steps = [
            ("", slope_of(of)),
            ("chain rule", _sum("i", [slope_of(net), Derivative(net, of)])),
            ("definition of delta", _sum("i", [delta, Derivative(net, of)])),
            ("local derivatives", closed),
        ]
        final = collapsed(closed)
        yield chain("gradient", parameter, [*steps, ("one term is left", final)])
        rate = _at("learning_rate")
        factors = final.factors if isinstance(final, Product) else (final,)
        yield chain(
            "update",
            parameter,
            [
                ("", Quantity(Updated(parameter))),
                ("gradient descent", Sum((of, Negative(beside([rate, slope_of(of)]))))),
                ("local derivatives", Sum((of, Negative(beside([rate, *factors]))))),
            ],
        )

    def _algorithm(self) -> Iterator[Equation]:
        """Yield the closed forms in the order in which they are computed, then a step along the mean gradient."""
        forward, hidden, output = list(self._forward()), list(self._hidden()), list(self._output())
        for equation in (*forward[:2], output[-1], hidden[-1]):
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
        rate: Node = Fraction(_at("learning_rate"), count)
        total: Node = Summation(_of_sample(gradient), Name("x"), Number("1"), count)
        mean = Sum((Quantity(parameter), Negative(beside([rate, total]))))
        return chain("algorithm step", parameter, [("", Quantity(Updated(parameter))), ("gradient descent", mean)])


def _of_sample(node: Node) -> Node:
    """Return a formula with deltas and outputs of one sample."""
    if isinstance(node, Quantity) and isinstance(node.key, At) and node.key.role in ("delta", "out"):
        return Quantity(Sample(node.key))
    return map_children(node, _of_sample)


def collapsed(node: Node) -> Node:
    """Return a sum over an index with a Kronecker delta as its one term: that at which the delta is 1.

    >>> from symbp.formulas import latex, read
    >>> latex(collapsed(read(r"\\sum_{k} w_k \\mathbf{1}[k = j]")))
    'w_j'
    """
    if not isinstance(node, Summation) or not isinstance(node.body, Product) or not isinstance(node.index, Name):
        return node
    deltas = [part for part in node.body.factors if isinstance(part, Indicator) and part.left == node.index]
    if not deltas:
        return node
    rest = [factor for factor in node.body.factors if factor != deltas[0]]
    assert isinstance(deltas[0].right, Name)
    return beside([_renamed(factor, node.index, deltas[0].right) for factor in rest])


def _renamed(node: Node, old: Name, new: Name) -> Node:
    if isinstance(node, Quantity) and isinstance(node.key, At):
        return Quantity(At(*(new.base if part == old.base else part for part in node.key)))
    if isinstance(node, Name):
        sub = tuple(new if index == old else index for index in node.sub)
        return Name(node.base, sub, node.label, node.marks)
    return map_children(node, lambda child: _renamed(child, old, new))


def slope_of(by: Node) -> Node:
    """Return the derivative of the loss by something."""
    return Derivative(_LOSS, by)


def _put(node: Node, old: Node, new: Node) -> Node:
    return new if node == old else map_children(node, lambda child: _put(child, old, new))


def _at(role: str, layer: str = "", unit: str = "") -> Node:
    return Quantity(At(role, layer, unit))


def _weight(layer: str, unit: str, source: str) -> Node:
    return Quantity(At("weight", layer, unit, source))


def _kronecker(one: str, other: str) -> Node:
    return Indicator(Name(one), "=", Name(other))


def _sum(index: str, factors: list[Node]) -> Node:
    return Summation(beside(factors), Name(index))


def _added(terms: list[Node]) -> Node:
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


_LOSS = _at("loss")

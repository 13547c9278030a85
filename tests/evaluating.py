"""Gradients by the formulas that derivations print: of whole layers with arrays, of a general layer by index."""

from functools import cache, reduce

import numpy as np
import sympy

import symbp
from symbp.derivation import Delta
from symbp.derivation.keys import At
from symbp.formulas import (
    Apply,
    Call,
    Fraction,
    Group,
    Indicator,
    Name,
    Negative,
    Number,
    Opaque,
    Power,
    Product,
    Quantity,
    Sum,
    Summation,
    Transpose,
    walk,
)
from symbp.networks import Activation, activation
from symbp.networks.activations import x, y

CALLS = {"exp": np.exp, "log": np.log, "abs": np.abs, "square": lambda a: (a * a).sum()}
EXTREMES = {"max": np.maximum, "min": np.minimum}
COMPARE = {">": np.greater, "<": np.less, "=": np.equal}


@cache
def function(name, order):
    """Return an activation of single units, or its derivative, as a function of arrays."""
    record = activation(name)
    formula = record.slope(x, y).xreplace({y: record.of(x)}) if order else record.of(x)
    return np.vectorize(sympy.lambdify(x, formula, "math"), otypes=[float])


def joined(factors, signs):
    """Return a product: entry by entry where its sign says so, else of matrices, numbers multiply each entry."""
    parts, found = list(factors), None
    for part, sign in zip(parts, ("", *signs), strict=True):
        single = found is None or np.ndim(found) == 0 or np.ndim(part) == 0
        found = part if found is None else found * part if single or sign == "@" else found @ part
    return found


def value(node, leaf):
    """Return the value of a formula; ``leaf`` gives that of quantities, sums, functions and ones."""

    def of(part):
        return value(part, leaf)

    match node:
        case Number():
            return float(node.text)
        case Group():
            return of(node.body)
        case Negative():
            return -of(node.body)
        case Sum():
            return sum(map(of, node.terms))
        case Product():
            return joined(map(of, node.factors), node.signs)
        case Fraction():
            return of(node.above) / of(node.below)
        case Power():
            return of(node.base) ** of(node.exponent)
        case Transpose():
            return of(node.body).T
        case Call() if node.function in EXTREMES:
            return reduce(EXTREMES[node.function], map(of, node.arguments))
        case Call():
            return CALLS[node.function](of(node.arguments[0]))
        case Indicator():
            return COMPARE[node.relation](of(node.left), of(node.right)) * 1.0
    return leaf(node)


def closed(document, *topics):
    """Yield what the equations of some topics are about, and their last members."""
    for equation in document.derivation.equations:
        if equation.topic in topics:
            yield equation.topic, equation.subject, equation.steps[-1].formula


def by_layers(network, weights, biases, *, inputs, targets):
    """Return the gradients of one sample by the formulas of the layer level; all layers have the same size."""
    size = network.layers[0]
    known = {"input": inputs, f"target_{len(weights)}": targets}
    known |= {f"weight_{k}": weight for k, weight in enumerate(weights, 1)}
    known |= {f"bias_{k}": bias for k, bias in enumerate(biases, 1)}

    def leaf(node):
        match node:
            case Opaque():
                return np.ones((size, 1))
            case Quantity(Delta()):
                return known[f"delta of {node.key.net}"]
            case Quantity():
                return known[str(node.key)]
            case Apply():
                own = network.activations[int(node.function.sub[0].text) - 1] if node.function.sub else single
                return function(own, node.primes)(value(node.arguments[0], leaf))
        raise AssertionError(node)

    single = next((name for name in network.activations if isinstance(activation(name), Activation)), "")
    gradients = {}
    for topic, about, formula in closed(
        symbp.derive(network, level="layer"), "net", "out", "delta of a layer", "gradient"
    ):
        name = f"delta of {about}" if topic.startswith("delta") else str(about)
        (gradients if topic == "gradient" else known)[name] = value(formula, leaf)
    depth = range(1, len(weights) + 1)
    return [gradients[f"{role}_{k}"] for role in ("weight", "bias") for k in depth]


class ByIndex:
    """The formulas of the index level, for the numbers of one sample."""

    def __init__(self, network, weights, biases, *, inputs, targets):
        self.network, self.depth = network, len(weights)
        self.arrays = {("weight", k): weight for k, weight in enumerate(weights, 1)}
        self.arrays |= {("bias", k): bias[:, 0] for k, bias in enumerate(biases, 1)}
        self.arrays |= {("out", 0): inputs[:, 0], ("target", self.depth): targets[:, 0]}
        document = symbp.derive(network, level="index")
        self.formulas = {}
        for topic, about, formula in closed(
            document,
            "net",
            "out",
            "out of the output layer",
            "delta of the output layer",
            "delta of a hidden layer",
            "gradient",
        ):
            self.formulas[topic, about.role] = formula

    def gradients(self):
        """Return the derivatives by all weights, then by all biases."""
        last = self.formulas.get(("out of the output layer", "out"), self.formulas["out", "out"])
        for layer in range(1, self.depth + 1):
            self.fill("net", layer, self.formulas["net", "net"])
            self.fill("out", layer, last if layer == self.depth else self.formulas["out", "out"])
        for layer in range(self.depth, 0, -1):
            which = "output" if layer == self.depth else "hidden"
            name = f"delta of {'the' if which == 'output' else 'a'} {which} layer"
            self.fill("delta", layer, self.formulas[name, "delta"])
        layers = range(1, self.depth + 1)
        weights = [self.filled("weight", layer, self.formulas["gradient", "weight"]) for layer in layers]
        return [*weights, *(self.filled("bias", layer, self.formulas["gradient", "bias"])[:, None] for layer in layers)]

    def fill(self, role, layer, formula):
        """Keep the numbers of all units of a layer."""
        self.arrays[role, layer] = self.filled(role, layer, formula)

    def filled(self, role, layer, formula):
        """Return the numbers of all units of a layer, or of all pairs for weights."""
        sizes = self.network.layers[layer], self.network.layers[layer - 1]
        shape = sizes if role == "weight" else sizes[:1]
        found = [
            self.value(formula, {"l": layer, **dict(zip("jk", place, strict=False))}) for place in np.ndindex(shape)
        ]
        return np.array(found).reshape(shape)

    def value(self, node, letters):
        """Return the value of a formula at numbers for its letters."""

        def leaf(part):
            match part:
                case Name():
                    return letters[part.base]
                case Quantity():
                    at = part.key
                    place = [letters[index] for index in (at.unit, at.source) if index]
                    return self.arrays[at.role, self.layer(at, letters)][tuple(place)]
                case Apply():
                    own = part.function.base == "g" or len(set(self.network.activations)) == 1
                    place = self.depth if own else letters["l"]
                    return function(self.network.activations[place - 1], part.primes)(value(part.arguments[0], leaf))
                case Summation():
                    index = part.index.base
                    inner = ({**letters, index: number} for number in range(self.size(part.body, index, letters)))
                    return sum(self.value(part.body, other) for other in inner)
            raise AssertionError(part)

        return value(node, leaf)

    def layer(self, at, letters):
        """Return the number of the layer of a quantity."""
        return self.depth if at.layer == "L" else letters["l"] + {"l": 0, "l+1": 1, "l-1": -1}[at.layer]

    def size(self, body, index, letters):
        """Return over how many units an index runs."""
        for part in walk(body):
            if isinstance(part, Quantity) and isinstance(part.key, At):
                layer = self.layer(part.key, letters)
                if part.key.unit == index:
                    return self.network.layers[layer]
                if part.key.source == index:
                    return self.network.layers[layer - 1]
        raise AssertionError(index)

"""A Notation: the names of the quantities and the habits of a document, both ways."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import sympy
from sympy import Symbol

from ..derivation import At, Bar, Delta, Derivation, Family, Sample, Updated, printed
from ..errors import InputError
from ..formulas import (
    Apply,
    Derivative,
    Name,
    Negative,
    Node,
    Number,
    Quantity,
    ReadError,
    Roles,
    Sum,
    key,
    map_children,
    read,
)
from ..formulas.meaning import product
from ..graphs import Graph, LayerGraph
from ..graphs import Quantity as Of

_EMPTY = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Notation:
    """How a document names things.

    Attributes:
        name: what ``--notation`` calls it.
        source: where it is used.
        names: for each role a name with places to be filled in: ``{layer}`` (from 1) and ``{before}``, the layer that
            it comes from; ``{letter}`` and ``{letter_before}``, the same as letters; ``{place}`` in the layer and
            ``{source}``, the place that a weight comes from; ``{number}`` of a weight or bias through the network;
            ``{neuron}`` and ``{neuron_before}``, the numbers of the units through the network, inputs first;
            ``{unit}``, the name of the unit. A role with ``_layer`` is for what a whole layer has.
        hidden: the name of a unit of the only hidden layer, and of one among several.
        output: the name of an output unit.
        first_layer: the number of the input layer.
        minus: whether a delta is minus the derivative.
        last: the letter of the last layer, where layers have letters.
        updated: the mark of a parameter after a step.
        function: the name of an activation that is not written out.
        upright: derivatives with d, else with a curly one.
        product: the sign of a product.
        bias_unit: a bias in a sum is multiplied by a constant input of 1.
        digits: how many significant digits numbers have.
    """

    name: str
    source: str
    names: Mapping[str, str]
    hidden: tuple[str, str] = ("h_{{place}}", "h_{{layer},{place}}")
    output: str = "o_{{place}}"
    first_layer: int = 0
    minus: bool = False
    last: str = "L"
    updated: str = "+"
    function: str = "f"
    upright: bool = True
    product: str = "*"
    bias_unit: bool = False
    digits: int = 16

    @property
    def deltas(self) -> bool:
        """Whether derivations go from delta to delta, instead of from output to output."""
        return "delta" in self.names


@dataclass(frozen=True, slots=True)
class Naming:
    """One derivation named in one notation."""

    notation: Notation
    derivation: Derivation

    def name(self, of: object) -> Name:
        """Return the name of a quantity, of a family, or of an updated parameter."""
        if isinstance(of, Name):
            return of
        if isinstance(of, Updated):
            base = self.name(of.parameter)
            return replace(base, marks=(*base.marks, self.notation.updated))
        if isinstance(of, Bar):
            base = self.name(of.of)
            return replace(base, marks=(*base.marks, "\\bar"))
        if isinstance(of, Sample):
            base = self.name(of.of)
            return replace(base, sub=(Name("x"), *base.sub))
        if isinstance(of, Family):
            return replace(_name(_EMPTY.sub("x", self.notation.names[of.role])), sub=(), label=())
        if isinstance(of, At):
            return letter_name(self.notation, of)
        if isinstance(of, Delta):
            graph = self.derivation.graph
            return role_name(self.notation, graph, "delta", graph.quantities[of.net])
        assert isinstance(of, Symbol)
        if of in self.derivation.names:
            return self.name(self.derivation.names[of])
        return symbol_name(self.notation, self.derivation.graph, of)

    def render(self, node: Node) -> Node:
        """Return a formula with every quantity named, or its number printed, and the habits of the notation."""
        if isinstance(node, Quantity):
            return self._number(node.key) if node.valued else self.name(node.key)
        if isinstance(node, Derivative):
            return Derivative(self.render(node.of), self.render(node.by), self.notation.upright)
        if (
            isinstance(node, Sum)
            and self.notation.bias_unit
            and not any(isinstance(term, Negative) for term in node.terms)
        ):
            return Sum(tuple(self._with_unit(term) for term in node.terms))
        if isinstance(node, Apply):
            return replace(
                node, function=self._function(node.function), arguments=tuple(map(self.render, node.arguments))
            )
        return map_children(node, self.render)

    def _function(self, name: Name) -> Name:
        """Return the name of an activation: f as the notation has it, its layer numbered; others as they are."""
        first = self.notation.first_layer
        sub = tuple(Number(str(int(part.text) + first)) if isinstance(part, Number) else part for part in name.sub)
        return replace(name, base=self.notation.function, sub=sub) if name.base == "f" else name

    def _with_unit(self, term: Node) -> Node:
        named = self.render(term)
        quantity = self.derivation.graph.quantities.get(term.key) if isinstance(term, Quantity) else None
        return product([named, Number("1")]) if quantity is not None and quantity.role == "bias" else named

    def _number(self, of: object) -> Node:
        number = self.derivation.values[of]
        given = isinstance(of, Symbol) and of in self.derivation.given
        text = printed(abs(number), self.notation.digits, given=given)
        return Negative(Number(text)) if number < 0 and text.strip("0.") else Number(text)


def symbol_name(notation: Notation, graph: Graph | LayerGraph, symbol: Symbol) -> Name:
    """Return the name of a quantity of a graph."""
    quantity = graph.quantities.get(symbol)
    if quantity is None:
        return _own_name(symbol)
    return role_name(notation, graph, quantity.role, quantity)


def role_name(notation: Notation, graph: Graph | LayerGraph, role: str, quantity: Of) -> Name:
    """Return the name of what belongs to a quantity in some role, such as the delta of a net input.

    Raises:
        InputError: the notation has no name for the role.
    """
    whole = f"{role}_layer"
    pattern = notation.names.get(whole if whole in notation.names and not quantity.unit else role)
    if pattern is None or (not quantity.unit and ("{place}" in pattern or "{neuron}" in pattern)):
        of = "" if quantity.unit or not pattern else " of a whole layer"
        raise InputError(f"notation {notation.name} has no name for the {role}{of}: take another, or add the name")
    for place, text in _places(notation, graph, quantity).items():
        pattern = pattern.replace(f"{{{place}}}", text)
    return _name(pattern)


def letter_name(notation: Notation, of: At) -> Name:
    """Return the name of a quantity of a general layer.

    Raises:
        InputError: the notation does not number layers and units.
    """
    whole = f"{of.role}_layer"
    pattern = notation.names.get(whole if whole in notation.names and not of.unit else of.role, "")
    if not pattern or (of.layer and of.role != "target" and "{layer}" not in pattern):
        raise InputError(f"notation {notation.name} has no name for the {of.role} of a general layer: take another")
    layer = notation.last if of.layer == "L" else of.layer
    for place, text in {"layer": layer, "place": of.unit, "source": of.source}.items():
        pattern = pattern.replace(f"{{{place}}}", text)
    return _name(pattern)


_LETTERS = "ijklmnopqrstuvw"


def _places(notation: Notation, graph: Graph | LayerGraph, quantity: Of) -> dict[str, str]:
    layer, unit, source = quantity.layer, quantity.unit, quantity.source
    letters = _LETTERS[layer % len(_LETTERS)], _LETTERS[(layer - 1) % len(_LETTERS)]
    return {
        "unit": _unit(notation, graph, layer, unit),
        "number": str(quantity.number),
        "place": str(unit),
        "source": str(source),
        "layer": str(layer + notation.first_layer),
        "before": str(layer - 1 + notation.first_layer),
        "letter": letters[0],
        "letter_before": letters[1],
        "neuron": str(graph.units_before(layer) + unit),
        "neuron_before": str(graph.units_before(layer - 1) + source),
    }


def reading(notation: Notation, graph: Graph) -> dict[str, Symbol]:
    """Return the quantity behind the key of every name that the notation gives to a graph."""
    symbols = (*graph.order, *graph.role("learning_rate"))
    return {key(symbol_name(notation, graph, symbol)): symbol for symbol in symbols}


def check_distinct(naming: Naming) -> None:
    """Refuse a notation that gives two quantities of a derivation one name.

    Raises:
        InputError: two quantities have one name; the text says which.
    """
    graph = naming.derivation.graph
    owners: dict[str, Of] = {}
    for symbol, of in graph.quantities.items():
        if symbol in naming.derivation.names:
            continue
        try:
            name = key(naming.name(symbol))
        except InputError:
            continue  # it is said where the name is needed
        if owners.setdefault(name, of) != of:
            what = f"the {_told(owners[name])} and the {_told(of)}"
            raise InputError(f"notation {naming.notation.name}: {what} are both called {name}: give them two names")


def _told(of: Of) -> str:
    """Return which quantity it is, in words."""
    places = (("of layer", of.layer), ("unit", of.unit), ("from unit", of.source))
    return " ".join([of.role.replace("_", " "), *(f"{word} {number}" for word, number in places if number)])


def _unit(notation: Notation, graph: Graph | LayerGraph, layer: int, unit: int) -> str:
    if layer == graph.depth:
        return notation.output.replace("{place}", str(unit))
    pattern = notation.hidden[0] if graph.depth == 2 else notation.hidden[1]
    return pattern.replace("{layer}", str(layer)).replace("{place}", str(unit))


@lru_cache(maxsize=65536)
def _name(text: str) -> Name:
    node = read(text)
    assert isinstance(node, Name), text
    return node


def _own_name(symbol: Symbol) -> Name:
    """Return the name that a user's own symbol shows; one that is no name keeps only its letters and digits."""
    text = sympy.latex(sympy.Symbol(symbol.name)) if symbol.name.replace("_", "").isalnum() else ""
    try:
        node = read(text, Roles(functions=frozenset()))
    except ReadError:
        node = None
    return node if isinstance(node, Name) else Name("".join(c for c in symbol.name if c.isalnum()) or "x")

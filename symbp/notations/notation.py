"""A Notation: the names of the quantities and the habits of a document, both ways."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import sympy
from sympy import Symbol

from ..derivation import Derivation, Family, Updated, printed
from ..formulas import (
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
from ..graphs import Graph


@dataclass(frozen=True, slots=True)
class Notation:
    """How a document names things.

    Attributes:
        name: what ``--notation`` calls it.
        source: where it is used.
        names: for each role a name with ``{unit}``, ``{number}`` or ``{place}`` to be filled in.
        hidden: the name of a unit of the only hidden layer, and of one among several.
        output: the name of an output unit.
        updated: the mark of a parameter after a step.
        upright: derivatives with d, else with a curly one.
        product: the sign of a product.
        bias_unit: a bias in a sum is multiplied by a constant input of 1.
        digits: how many significant digits numbers have.
    """

    name: str
    source: str
    names: Mapping[str, str]
    hidden: tuple[str, str]
    output: str
    updated: str = "+"
    upright: bool = True
    product: str = "*"
    bias_unit: bool = False
    digits: int = 16


@dataclass(frozen=True, slots=True)
class Naming:
    """One derivation named in one notation."""

    notation: Notation
    derivation: Derivation

    def name(self, of: object) -> Name:
        """Return the name of a quantity, of a family, or of an updated parameter."""
        if isinstance(of, Updated):
            base = self.name(of.parameter)
            return replace(base, marks=(*base.marks, self.notation.updated))
        if isinstance(of, Family):
            return replace(_name(self.notation.names[of.role].replace("{unit}", "x")), sub=())
        assert isinstance(of, Symbol)
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
        return map_children(node, self.render)

    def _with_unit(self, term: Node) -> Node:
        named = self.render(term)
        quantity = self.derivation.graph.quantities.get(term.key) if isinstance(term, Quantity) else None
        return product([named, Number("1")]) if quantity is not None and quantity.role == "bias" else named

    def _number(self, of: object) -> Node:
        number = self.derivation.values[of]
        given = isinstance(of, Symbol) and of in self.derivation.given
        text = printed(abs(number), self.notation.digits, given=given)
        return Negative(Number(text)) if number < 0 and text.strip("0.") else Number(text)


def symbol_name(notation: Notation, graph: Graph, symbol: Symbol) -> Name:
    """Return the name of a quantity of a graph."""
    quantity = graph.quantities.get(symbol)
    if quantity is None:
        return _own_name(symbol)
    unit = _unit(notation, graph, quantity.layer, quantity.unit)
    pattern = notation.names[quantity.role]
    return _name(
        pattern.replace("{unit}", unit).replace("{number}", str(quantity.number)).replace("{place}", str(quantity.unit))
    )


def reading(notation: Notation, graph: Graph) -> dict[str, Symbol]:
    """Return the quantity behind the key of every name that the notation gives to a graph."""
    symbols = (*graph.order, *graph.role("learning_rate"))
    return {key(symbol_name(notation, graph, symbol)): symbol for symbol in symbols}


def _unit(notation: Notation, graph: Graph, layer: int, unit: int) -> str:
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

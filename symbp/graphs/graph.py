"""The Graph: ordered definitions, each a sympy expression in earlier quantities."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import sympy
from sympy import Expr, Symbol

from ..errors import InputError
from .quantity import Quantity


@dataclass(frozen=True)
class Definition:
    """``symbol = expression``, and those partial derivatives of it that are taught in a form of their own."""

    symbol: Symbol
    expression: Expr
    taught: Mapping[Symbol, Expr] = field(default_factory=dict, compare=False)

    @cached_property
    def operands(self) -> frozenset[Symbol]:
        """The symbols on which the expression depends directly."""
        return frozenset(self.expression.free_symbols)

    @cached_property
    def partials(self) -> Mapping[Symbol, Expr]:
        """The local derivative by each operand. Each term of a sum is differentiated once for each of its symbols."""
        found: dict[Symbol, Expr] = dict(self.taught)
        terms: dict[Symbol, list[Expr]] = {}
        for term in sympy.Add.make_args(self.expression):
            for symbol in term.free_symbols - self.taught.keys():
                terms.setdefault(symbol, []).append(term)
        for symbol, parts in terms.items():
            found[symbol] = sympy.Add(*(sympy.diff(part, symbol) for part in parts))
        return MappingProxyType(found)


class Graph:
    """Named definitions in order: what is on the left of one may be used on the right of every later one.

    Args:
        definitions: ``(symbol, expression)`` pairs, or `Definition` records.
        quantities: what the symbols are; symbols that are not named here have the role ``named``.

    Example:
        >>> w, x, z, y = sympy.symbols("w x z y")
        >>> graph = Graph([(z, w * x), (y, sympy.tanh(z))])
        >>> graph.leaves
        (w, x)
        >>> graph.derivative(y, w)
        x*(1 - tanh(z)**2)

    Raises:
        InputError: a symbol is defined twice, or used before it is defined; the text names it.
    """

    def __init__(
        self,
        definitions: Iterable[tuple[Symbol, Expr] | Definition],
        quantities: Mapping[Symbol, Quantity] | None = None,
    ) -> None:
        self.definitions = tuple(d if isinstance(d, Definition) else _definition(*d) for d in definitions)
        self.quantities: Mapping[Symbol, Quantity] = MappingProxyType(dict(quantities or {}))
        self.by_symbol: Mapping[Symbol, Definition] = MappingProxyType({d.symbol: d for d in self.definitions})
        _check_order(self.definitions)

    @cached_property
    def leaves(self) -> tuple[Symbol, ...]:
        """The symbols that no definition gives: known quantities first, in their order, then others by name."""
        used = {symbol for d in self.definitions for symbol in d.operands} - self.by_symbol.keys()
        known = [symbol for symbol in self.quantities if symbol in used]
        return (*known, *sorted(used - set(known), key=lambda symbol: symbol.name))

    @cached_property
    def order(self) -> Mapping[Symbol, int]:
        """The place of every symbol when formulas are written: leaves, then definitions."""
        symbols = (*self.leaves, *(d.symbol for d in self.definitions))
        return MappingProxyType({symbol: place for place, symbol in enumerate(symbols)})

    @cached_property
    def users(self) -> Mapping[Symbol, tuple[Symbol, ...]]:
        """For each symbol the definitions that use it directly, in order."""
        found: dict[Symbol, list[Symbol]] = {symbol: [] for symbol in self.order}
        for definition in self.definitions:
            for symbol in definition.operands:
                found[symbol].append(definition.symbol)
        return MappingProxyType({symbol: tuple(users) for symbol, users in found.items()})

    def role(self, *roles: str) -> tuple[Symbol, ...]:
        """Return the symbols that have one of these roles, in the order of the quantities."""
        return tuple(symbol for symbol, quantity in self.quantities.items() if quantity.role in roles)

    @cached_property
    def depth(self) -> int:
        """The number of the last layer; 0 for a graph whose quantities have none."""
        return max((quantity.layer for quantity in self.quantities.values()), default=0)

    def units_before(self, layer: int) -> int:
        """Return how many units stand in the layers before one, inputs first."""
        kinds = {0: "input"}
        return sum(1 for q in self.quantities.values() if q.layer < layer and q.role == kinds.get(q.layer, "net"))

    @property
    def output(self) -> Symbol:
        """The quantity that is differentiated: the last definition."""
        return self.definitions[-1].symbol

    def derivative(self, of: Symbol, by: Symbol) -> Expr:
        """Return the total derivative of ``of`` by ``by`` in closed form, with the graph's names kept."""
        slopes: dict[Symbol, Expr] = {by: sympy.Integer(1)}
        for definition in self.definitions:
            if definition.symbol != by:
                paths = [definition.partials[s] * slopes[s] for s in definition.operands if s in slopes]
                if paths:
                    slopes[definition.symbol] = sympy.Add(*paths)
        return slopes.get(of, sympy.Integer(0))


def reached(start: Set[str], edges: Mapping[str, Set[str]]) -> frozenset[str]:
    """Return some names and all to which edges lead from them.

    >>> sorted(reached({"a"}, {"a": {"b"}, "b": {"a"}, "c": {"a"}}))
    ['a', 'b']
    """
    found: set[str] = set()
    stack = [start]
    while stack:
        new = stack.pop() - found
        found |= new
        stack.extend(edges[name] for name in new if name in edges)
    return frozenset(found)


def _definition(symbol: Symbol, expression: Expr) -> Definition:
    if not isinstance(symbol, Symbol):
        raise InputError(f"a graph defines symbols; {symbol!r} is a {type(symbol).__name__}: use sympy.Symbol")
    if isinstance(expression, str) or not isinstance(expression, Expr | int | float):
        raise InputError(f"{symbol} is defined by a {type(expression).__name__}: give a sympy expression")
    return Definition(symbol, expression if isinstance(expression, Expr) else sympy.Rational(str(expression)))


def _check_order(definitions: tuple[Definition, ...]) -> None:
    if not definitions:
        raise InputError("a graph needs at least one definition")
    seen: set[Symbol] = set()
    for definition in definitions:
        if definition.symbol in seen:
            raise InputError(f"{definition.symbol} is defined twice")
        seen.add(definition.symbol)
    done: set[Symbol] = set()
    for definition in definitions:
        for symbol in sorted((definition.operands & seen) - done, key=lambda s: s.name):
            raise InputError(f"{definition.symbol} uses {symbol}, which is defined later or by itself")
        done.add(definition.symbol)

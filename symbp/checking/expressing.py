"""The definitions of a document as scalar sympy expressions: one level each, arrays entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

import sympy
from sympy import Expr, Symbol

from ..formulas import Apply, Derivative, Matrix, Name, Negative, Node, Number, Power, key, walk, without_groups
from ..formulas.functions import FUNCTIONS
from .arrays import Grid, Mismatch, Spread
from .evaluation import Evaluator
from .jacobians import Jacobian
from .knowledge import CONSTANTS, Knowledge, lone_number
from .limits import MOST_BITS, MOST_EXPRESSED, Undecided


@dataclass(frozen=True)
class Expressions:
    """The scalar definitions of a document.

    Attributes:
        definitions: the expression of each computed quantity in the symbols of others.
        names: the document's name of each symbol; an entry of an array has its place behind it.
        nodes: the name from which each symbol was made.
        values: the given numbers.
    """

    definitions: Mapping[Symbol, Expr]
    names: Mapping[Symbol, str]
    nodes: Mapping[Symbol, Name]
    values: Mapping[Symbol, Decimal]


@dataclass
class _Symbols:
    """Expressions as numbers; no text of the document becomes the name of a symbol."""

    shapes: dict[str, tuple[int, int, bool]] = field(default_factory=dict)
    atoms: dict[str, Any] = field(default_factory=dict)
    names: dict[Symbol, str] = field(default_factory=dict)
    nodes: dict[Symbol, Name] = field(default_factory=dict)
    functions: dict[str, Any] = field(default_factory=dict)
    instance: ClassVar[bool] = False
    carries: ClassVar[bool] = False

    def number(self, node: Number) -> Expr:
        return sympy.Rational(node.text)

    def constant(self, name: str) -> Expr:
        return sympy.E if name == "e" else sympy.pi

    def leaf(self, name: str) -> Expr:
        return self._symbol(name)

    def smoothed(self, name: str, value: Any) -> Any:
        """Return the value."""
        del name
        return value

    def power(self, base: Any, exponent: Any) -> Expr:
        return base**exponent

    def positive(self, difference: Any, *, strict: bool) -> Expr:
        return sympy.Piecewise((1, difference > 0 if strict else difference >= 0), (0, True))

    def atom(self, node: Name) -> Any:
        """Return the symbol of a name, or the array of its symbols."""
        name = key(node)
        if name not in self.atoms:
            rows, columns, free = self.shapes.get(name, (0, 0, False))
            cells = tuple(
                tuple(self._symbol(f"{name}[{i},{j}]", node) for j in range(1, columns + 1)) for i in range(1, rows + 1)
            )
            self.atoms[name] = Grid(cells, free) if rows else self._symbol(name, node)
        return self.atoms[name]

    def _symbol(self, name: str, node: Name | None = None) -> Symbol:
        symbol = Symbol(f"s{len(self.names)}", real=True)
        self.names[symbol] = name
        if node is not None:
            self.nodes[symbol] = node
        return symbol


class _Expressing(Evaluator):
    """Evaluates a definition with every other name as a symbol."""

    def name(self, node: Name) -> Any:
        name = key(node)
        if name in self.seeds:
            return self.seeds[name]
        if name in CONSTANTS and name not in self.knowledge.defined:
            return self.field.constant(name)
        return self.field.atom(node)  # type: ignore[attr-defined]  # always in symbols

    def power(self, base: Any, exponent: Any, node: Power) -> Any:
        if base == sympy.E:
            return sympy.exp(exponent)
        if isinstance(base, Spread) or isinstance(exponent, Spread):
            raise Undecided("an array of ones whose size is open")
        if not isinstance(base, Grid) and base.is_number and not _is_small(base, exponent):
            raise Undecided("a number beyond the limit")
        return super().power(base, exponent, node)

    def function(self, name: str, value: Any) -> Any:
        if isinstance(value, Grid | Jacobian | Spread):
            return value.map(lambda entry: self.function(name, entry))
        return FUNCTIONS[name].symbolic(value)

    def derivative(self, node: Derivative, *, walked: bool = False) -> Any:  # noqa: ARG002
        raise Undecided("a derivative is no definition of a network")

    def apply(self, node: Apply) -> Any:
        if node.primes:
            raise Undecided("a derivative is no definition of a network")
        known = self.knowledge.functions.get(key(node.function))
        if known is None or node.function not in {p.function for p in walk(known.body) if isinstance(p, Apply)}:
            return super().apply(node)
        values = [self.value(argument) for argument in node.arguments]
        if isinstance(values[0], Grid):
            return values[0].map(lambda entry: self._unknown(key(node.function), [entry], 0))
        return self._unknown(key(node.function), values, 0)

    def _unknown(self, base: str, values: list[Any], primes: int) -> Any:  # noqa: ARG002
        functions = self.field.functions  # type: ignore[attr-defined]
        return functions.setdefault(base, sympy.Function(f"f{len(functions)}", real=True))(*values)


def expressions(knowledge: Knowledge) -> Expressions:
    """Return the definitions of a document entry by entry; those that are no formulas of numbers are left out."""
    symbols = _Symbols()
    values: dict[Symbol, Decimal] = {}
    for name, given in knowledge.givens.items():
        if name in knowledge.names:
            _give(symbols, knowledge.names[name], without_groups(given), values)
    found: dict[Symbol, Expr] = {}
    named = [name for name in knowledge.definitions if name in knowledge.names]
    for name in sorted(named, key=lambda name: len(knowledge.needs(name)))[:MOST_EXPRESSED]:
        with suppress(Undecided, Mismatch, ArithmeticError, TypeError):
            value = _Expressing(knowledge, symbols).value(knowledge.definitions[name])
            _define(symbols, knowledge.names[name], value, found)
    for base, function in knowledge.functions.items():
        with suppress(Undecided, Mismatch, ArithmeticError, TypeError):
            node = Name(base)
            if base not in knowledge.names:
                _define(symbols, node, _Expressing(knowledge, symbols).value(function.body), found)
    return Expressions(found, symbols.names, symbols.nodes, values)


def _give(symbols: _Symbols, node: Name, given: Node, values: dict[Symbol, Decimal]) -> None:
    if isinstance(given, Matrix):
        cells = [entry for row in given.rows for entry in row.entries]
        if len(cells) > MOST_EXPRESSED:
            return
        symbols.shapes[key(node)] = len(given.rows), len(given.rows[0].entries), given.listed
    else:
        cells = [given]
    atom = symbols.atom(node)
    for symbol, cell in zip(atom.entries if isinstance(atom, Grid) else [atom], cells, strict=True):
        if lone_number(cell) is not None:
            values[symbol] = _signed(cell)


def _define(symbols: _Symbols, node: Name, value: Any, found: dict[Symbol, Expr]) -> None:
    if isinstance(value, Spread):
        raise Undecided("an array of ones whose size is open")
    if isinstance(value, Grid) and value.shape != (1, 1):
        symbols.shapes[key(node)] = (*value.shape, value.free)
    cells = list(value.entries) if isinstance(value, Grid) else [value]
    atom = symbols.atom(node)
    atoms = list(atom.entries) if isinstance(atom, Grid) else [atom]
    if len(atoms) == len(cells):
        found |= zip(atoms, (sympy.Integer(0) + cell for cell in cells), strict=True)


def _signed(node: Node) -> Decimal:
    if isinstance(node, Negative):
        return -_signed(node.body)
    assert isinstance(node, Number)
    return Decimal(node.text)


def _is_small(base: Expr, exponent: Any) -> bool:
    """Whether a power of a number stays a number of not too many digits."""
    if not isinstance(base, sympy.Rational) or not isinstance(exponent, sympy.Rational):
        return False
    return bool(max(base.p.bit_length(), base.q.bit_length()) * abs(exponent) < MOST_BITS)

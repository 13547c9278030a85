"""Families of quantities with index letters: ``h_t`` for every step t. A definition holds for all of its letters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import sympy
from sympy import Expr, Symbol

from ..errors import InputError
from ..networks.activations import ACTIVATIONS, x, y
from .graph import Definition, Graph, reached

Limits = tuple[Symbol, Expr, Expr]  # a summed letter, and the first and the last value of it


def letter(name: str) -> Symbol:
    """Return an index letter, or a size."""
    return Symbol(name, integer=True)


def member(base: str, indices: tuple[Expr, ...]) -> Expr:
    """Return one member of a family; a family without letters is a single quantity.

    >>> member("h", (letter("t") - 1,)), member("L", ())
    (h[t - 1], L)
    """
    return sympy.IndexedBase(base, real=True)[indices] if indices else Symbol(base, real=True)


def members(expression: Expr) -> list[tuple[str, tuple[Expr, ...]]]:
    """Return base and indices of every member in an expression, once each, sizes and letters left out."""
    found = [(str(atom.base.label), tuple(atom.indices)) for atom in expression.atoms(sympy.Indexed)]
    bare = expression.xreplace({atom: sympy.Dummy(integer=True) for atom in expression.atoms(sympy.Indexed)})
    single = [symbol for symbol in bare.atoms(Symbol) if not symbol.is_integer]
    return sorted([*found, *((symbol.name, ()) for symbol in single)], key=str)


@dataclass(frozen=True)
class Family:
    """``base[letters] = body`` for all values of the letters."""

    base: str
    letters: tuple[Symbol, ...]
    body: Expr

    @property
    def own(self) -> Expr:
        """The member that is defined."""
        return member(self.base, self.letters)

    @cached_property
    def operands(self) -> frozenset[str]:
        """The families that the body uses."""
        return frozenset(base for base, _ in members(self.body))

    @cached_property
    def local(self) -> Expr:
        """An expression with the local derivatives of the body, in which the member itself counts as a constant.

        An activation f(u) is y' u, with its derivative from its output; a softmax y is y (u - sum of y u).
        """
        return self._activation() or self._softmax() or self.body

    def _activation(self) -> Expr | None:
        for net in self.body.atoms(sympy.Indexed):
            for record in ACTIVATIONS.values():
                taught = not record.parameters and y in record.derivative.free_symbols
                if taught and self.body.xreplace({net: x}) == record.formula:
                    return record.slope(net, self.own) * net
        return None

    def _softmax(self) -> Expr | None:
        sums = [power.base for power in self.body.args if power.is_Pow and isinstance(power.base, sympy.Sum)]
        if len(sums) != 1 or len(sums[0].limits) != 1 or not isinstance(top := self.body * sums[0], sympy.exp):
            return None
        ((bound, low, high),) = sums[0].limits
        for own in self.letters:
            if sums[0].function.xreplace({bound: own}) == top:
                there = self.own.xreplace({own: bound})
                mean = sympy.Sum(there * top.args[0].xreplace({own: bound}), (bound, low, high))
                return self.own * (top.args[0] - mean)
        return None


@dataclass(frozen=True)
class FamilyGraph:
    """Definitions of families in order.

    Attributes:
        families: what is on the left of one may be used, at the same place or a place before, on the right of others.
        ranges: for each letter its last value; every letter starts at 1.
        sizes: a small number for each size, for a worked graph.
        output: the family that is differentiated, without letters; the last one.
    """

    families: tuple[Family, ...]
    ranges: Mapping[Symbol, Expr]
    sizes: Mapping[Symbol, int]

    @property
    def output(self) -> str:
        """The family that is differentiated."""
        return self.families[-1].base

    @cached_property
    def by_base(self) -> Mapping[str, Family]:
        """The families by their names."""
        return {family.base: family for family in self.families}

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The families that no definition gives, in order of first use."""
        used = [base for family in self.families for base, _ in members(family.body)]
        return tuple(dict.fromkeys(base for base in used if base not in self.by_base))

    @cached_property
    def reaching(self) -> frozenset[str]:
        """Every family on which the output depends, and the output."""
        return reached({self.output}, {family.base: family.operands for family in self.families})

    def depending(self, bases: frozenset[str]) -> frozenset[str]:
        """Return every family that depends on one of some, and those."""
        users: dict[str, set[str]] = {}
        for family in self.families:
            for operand in family.operands:
                users.setdefault(operand, set()).add(family.base)
        return reached(bases, users)

    def values(self, letters: tuple[Symbol, ...]) -> Iterator[dict[Symbol, int]]:
        """Yield every assignment of letters at the small sizes."""
        spans = [range(1, int(self.ranges[one].xreplace(dict(self.sizes))) + 1) for one in letters]
        yield from (dict(zip(letters, values, strict=True)) for values in product(*spans))

    @cached_property
    def unit(self) -> Graph:
        """The graph of single quantities at the small sizes."""
        found: dict[Symbol, Definition] = {}
        for family in self.families:
            for values in self.values(family.letters):
                definition = self._single(family, values)
                found[definition.symbol] = definition
        return Graph(_in_order(found))

    def _single(self, family: Family, values: Mapping[Symbol, int]) -> Definition:
        body, local = (self.single(expression.xreplace(dict(values))) for expression in (family.body, family.local))
        own = self.single(family.own.xreplace(dict(values)))
        taught = {} if local == body else {s: sympy.diff(local, s) for s in body.free_symbols}
        return Definition(own, body, taught)

    def single(self, expression: Expr) -> Expr:
        """Return an expression in single quantities: sums written out, sizes and places put in."""
        written = expression.xreplace(dict(self.sizes)).replace(lambda e: isinstance(e, sympy.Sum), _terms)
        return written.xreplace({atom: _symbol(atom) for atom in written.atoms(sympy.Indexed)})


def _terms(total: sympy.Sum) -> Expr:
    terms = [total.function]
    for bound, low, high in total.limits:
        numbers = [sympy.Integer(number) for number in range(int(low), int(high) + 1)]
        terms = [term.xreplace({bound: number}) for term in terms for number in numbers]
    return sympy.Add(*terms)


def place(symbol: Symbol) -> tuple[str, tuple[int, ...]]:
    """Return the family of a single quantity, and its indices.

    >>> place(_symbol(member("h", (sympy.Integer(0), sympy.Integer(2)))))
    ('h', (0, 2))
    """
    base, *indices = symbol.name.split(".")
    return base, tuple(map(int, indices))


def _symbol(atom: sympy.Indexed) -> Symbol:
    return Symbol(".".join([str(atom.base.label), *map(str, atom.indices)]), real=True)


def _in_order(definitions: Mapping[Symbol, Definition]) -> list[Definition]:
    """Return definitions so that each stands after those that it uses, else in their order."""
    done: dict[Symbol, Definition] = {}
    open_: set[Symbol] = set()

    def place(definition: Definition) -> None:
        if definition.symbol in open_:
            raise InputError(f"{definition.symbol} is defined by itself")
        open_.add(definition.symbol)
        for symbol in sorted(definition.operands & definitions.keys() - done.keys(), key=str):
            place(definitions[symbol])
        done[definition.symbol] = definition

    for definition in definitions.values():
        if definition.symbol not in done:
            place(definition)
    return list(done.values())

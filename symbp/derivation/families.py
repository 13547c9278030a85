"""The derivation of a model for all values of its index letters: what a quantity acts on, and how, summed up."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import sympy
from sympy import Expr, Symbol

from ..errors import ImpossibleError
from ..formulas import (
    Call,
    Derivative,
    Group,
    Indicator,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    Summation,
    children,
)
from ..formulas.meaning import from_sympy
from ..graphs.families import Family, Limits
from ..graphs.slopes import Effect, apart, effects, is_direct, solved
from .derivation import Derivation, Equation, Reason, Section, chain
from .models import Model
from .trees import added

Steps = list[tuple[Reason, Node]]
Target = tuple[str, tuple[Expr, ...]]  # a family, and the indices of a member of it


def family_derivation(of: Model, wrt: tuple[Target, ...] | None = None) -> Derivation:
    """Derive the gradients of a model for all values of its letters.

    Example:
        >>> from symbp.derivation.models import model
        >>> [section.topic for section in family_derivation(model("bptt")).sections]
        ['forward', 'backward']

    Args:
        of: the model.
        wrt: the members to differentiate by; those that its file names by default.

    Raises:
        ImpossibleError: the output does not depend on one of them.
    """
    wanted = of.wrt if wrt is None else wrt
    walk = _Families(of)
    for base, _ in wanted:
        if base not in of.graph.reaching:
            raise ImpossibleError(f"{of.graph.output} does not depend on {base}: its derivative is 0 everywhere")
    forward = Section("forward", tuple(walk.definitions()))
    backward = Section("backward", tuple(map(walk.gradient, walk.targets(wanted))))
    return Derivation(of.graph.unit, (forward, backward), about=of.description)


@dataclass(frozen=True)
class _Way:
    """How a target acts on one definition.

    Attributes:
        user: the definition, its letters apart from those of the target.
        effects: each as it is, and with its equations solved.
        fixed: the letters of the definition that the target fixes, the same in every effect.
        direct: the whole effect is the local one.
    """

    user: Family
    effects: tuple[tuple[Effect, Effect], ...]
    fixed: dict[Symbol, Expr]
    direct: bool

    @property
    def open(self) -> tuple[Symbol, ...]:
        """The letters of the definition that are summed over."""
        return tuple(one for one in self.user.letters if one not in self.fixed)

    @property
    def collapses(self) -> bool:
        """Whether some effect fixes a letter that another leaves open."""
        return any(map(self.leaves_open, self.effects))

    def leaves_open(self, effect: tuple[Effect, Effect]) -> bool:
        """Whether an effect fixes a letter that is open."""
        return bool(set(effect[1].where) & set(self.open))


@dataclass(frozen=True)
class _Families:
    """The equations of one model."""

    model: Model

    def definitions(self) -> Iterator[Equation]:
        """Yield what is taken for granted, and the definitions as they are written."""
        for left, right in self.model.conditions:
            yield chain("assumed", self.model.formulas[-1][0], [("", left), ("given", right)])
        for left, right in self.model.formulas:
            yield chain("named", left, [("", left), ("", right)])

    def targets(self, wanted: tuple[Target, ...]) -> Iterator[Target]:
        """Yield what is differentiated by: from the output back all that the wanted ones need, then those."""
        graph = self.model.graph
        needed = graph.depending(frozenset(base for base, _ in wanted)) & graph.reaching
        for family in reversed(graph.families[:-1]):
            if family.base in needed and all(base != family.base for base, _ in wanted):
                yield family.base, tuple(family.letters)
        yield from wanted

    def gradient(self, target: Target) -> Equation:
        """Return the derivative of the output by one member, step by step."""
        base, indices = target
        ways = self._ways(target)
        slope = self._slope(target)
        steps: Steps = [("", slope)]
        if base in self.model.deltas:
            steps = [("", self._adjoint(target, named=True)), ("definition", slope)]
        if any(way.user.base != self.model.graph.output for way in ways):
            steps.append(("chain rule", added([self._chained(way, target) for way in ways])))
            steps.append(("definition of delta", added([self._chained(way, target, named=True) for way in ways])))
        steps.append(("local derivatives", added([self._local(way) for way in ways])))
        steps.append(("one term is left", added([term for way in ways for term in self._collapsed(way)])))
        known = self.model.forms.get(base, ())
        for place, form in enumerate(known, 1):
            steps.append(("as given" if self.model.conditions and place == len(known) > 1 else "put together", form))
        leaf = base not in self.model.graph.by_base
        topic = "gradient" if leaf else "intermediate"
        subject = self.model.named(base, tuple(map(index, indices)))
        return chain(f"{topic} at the ends" if any(map(_shifted, ways)) else topic, subject, steps)

    def _ways(self, target: Target) -> list[_Way]:
        graph = self.model.graph
        base, indices = target
        taken = {symbol for one in indices for symbol in one.free_symbols}
        found: list[_Way] = []
        for family in graph.families:
            if base in family.operands and family.base in graph.reaching:
                user = apart(family, taken, graph.ranges)
                acts = [(e, solved(e, user.letters, graph.ranges)) for e in effects(user.local, base, indices)]
                kept = tuple((raw, effect) for raw, effect in acts if effect is not None)
                fixed = _fixed(user, [effect for _, effect in kept])
                found.append(_Way(user, kept, fixed, is_direct(graph, base, family.base)))
        return [way for way in found[::-1] if way.effects]

    def _chained(self, way: _Way, target: Target, *, named: bool = False) -> Node:
        """Return a way by the chain rule; in closed form where its derivative would mean more than the local one."""
        graph = self.model.graph
        if way.user.base == graph.output:
            return self._local(way)
        there = tuple(one.xreplace(way.fixed) for one in way.user.letters)
        steps = target[0] not in graph.by_base and way.open
        if not (way.direct or steps):
            return self._local(way, named=named)
        slope = Derivative(self._name((way.user.base, there)), self._name(target))
        return self._summed([self._adjoint((way.user.base, there), named=named), slope], way.open)

    def _local(self, way: _Way, *, named: bool = True) -> Node:
        """Return a way with its local derivatives, letters that only some effects fix still open."""
        shown = [self._effect(effect, way) for effect in way.effects]
        if way.user.base == self.model.graph.output:
            return added(shown)
        there = tuple(one.xreplace(way.fixed) for one in way.user.letters)
        adjoint = self._adjoint((way.user.base, there), named=named)
        minus, inner = _unsigned(added(shown))
        front, inner = _front(inner, way.open) if way.open else ([], inner)
        total = self._summed([adjoint, *_factors(inner)], way.open)
        return _signed(minus, _beside([*front, *_factors(total)]))

    def _effect(self, effect: tuple[Effect, Effect], way: _Way) -> Node:
        """Return the local derivative through one effect; equations for open letters stand as indicators."""
        found = effect[0] if way.leaves_open(effect) else effect[1]
        pairs = [(left.xreplace(way.fixed), right) for left, right in found.equations]
        marks: list[Node] = [Indicator(index(left), "=", index(right)) for left, right in pairs if left != right]
        minus, node = _unsigned(self.show(found.factor.xreplace(way.fixed)))
        return _signed(minus, self._over(_beside([*_factors(node), *marks]), found.sums))

    def _collapsed(self, way: _Way) -> list[Node]:
        """Return a way with every letter that an effect fixes put in, a term for each effect."""
        if not way.collapses:
            return [self._local(way)]
        found: list[Node] = []
        for _, effect in way.effects:
            there = tuple(one.xreplace({**way.fixed, **effect.where}) for one in way.user.letters)
            minus, node = _unsigned(self.show(effect.factor))
            open_letters = tuple(one for one in way.open if one not in effect.where)
            front, node = _front(node, (*open_letters, *(s[0] for s in effect.sums)))
            body = [self._adjoint((way.user.base, there), named=True), *_factors(node)]
            total = self._over(self._summed(body, open_letters), effect.sums)
            found.append(_signed(minus, _beside([*front, *_factors(total)])))
        return found

    def _summed(self, factors: list[Node], letters: tuple[Symbol, ...]) -> Node:
        return self._over(
            _beside(factors), tuple((one, sympy.Integer(1), self.model.graph.ranges[one]) for one in letters)
        )

    def _over(self, body: Node, sums: tuple[Limits, ...]) -> Node:
        for bound, low, high in reversed(sums):
            body = Summation(body, Name(str(bound)), index(low), index(high))
        return body

    def _slope(self, target: Target) -> Node:
        return Derivative(self._name((self.model.graph.output, ())), self._name(target))

    def _adjoint(self, target: Target, *, named: bool = False) -> Node:
        if named and target[0] in self.model.deltas:
            return self.model.named(target[0], tuple(map(index, target[1])), delta=True)
        return self._slope(target)

    def _name(self, target: Target) -> Name:
        return self.model.named(target[0], tuple(map(index, target[1])))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {base: place for place, base in enumerate(self.model.names)}

    def show(self, expression: Expr) -> Node:
        """Return an expression in members and sums as a formula."""
        leaves: dict[Symbol, Node] = {}
        places: dict[Symbol, int] = {}
        change: dict[Expr, Symbol] = {}
        tops = _tops(expression)
        for place, atom in enumerate(sorted(tops, key=lambda atom: (self._place(atom), str(atom)))):
            change[atom] = sympy.Dummy(real=True)
            leaves[change[atom]] = self._atom(atom)
            places[change[atom]] = place
        return from_sympy(expression.xreplace(change), leaf=leaves.__getitem__, order=places)

    def _place(self, atom: Expr) -> int:
        if isinstance(atom, sympy.Sum):
            return len(self._places)
        base = str(atom.base.label) if isinstance(atom, sympy.Indexed) else str(atom)
        return self._places.get(base, -1)

    def _atom(self, atom: Expr) -> Node:
        if isinstance(atom, sympy.Sum):
            return self._over(self.show(atom.function), tuple(atom.limits[::-1]))
        if isinstance(atom, sympy.Indexed):
            return self._name((str(atom.base.label), tuple(atom.indices)))
        return index(atom) if atom.is_integer else self._name((str(atom), ()))


def _tops(expression: Expr) -> list[Expr]:
    """Return the members, sums, letters and sizes that stand outside of one another."""
    if isinstance(expression, sympy.Sum | sympy.Indexed | Symbol):
        return [expression]
    return list(dict.fromkeys(atom for part in expression.args for atom in _tops(part)))


def _fixed(user: Family, found: list[Effect]) -> dict[Symbol, Expr]:
    """Return the letters of a definition that all effects fix to the same, without summed letters in it."""
    if not found:
        return {}
    bound = {limits[0] for effect in found for limits in effect.sums} | set(user.letters)
    return {
        one: value
        for one, value in found[0].where.items()
        if one in user.letters
        and not value.free_symbols & bound
        and all(effect.where.get(one) == value for effect in found)
    }


def _shifted(way: _Way) -> bool:
    """Whether a step, or a place, acts on the one after it."""
    return any(
        value.is_Add for _, effect in way.effects for one, value in effect.where.items() if one in way.user.letters
    )


def index(expression: Expr) -> Node:
    """Return an index as it is written: letters first, the number last.

    >>> from symbp.formulas import latex
    >>> t, k = sympy.symbols("t k", integer=True)
    >>> latex(index(1 - k + t))
    't - k + 1'
    """
    if expression.is_Symbol:
        return Name(str(expression))
    if isinstance(expression, sympy.Max | sympy.Min):
        parts = sorted(expression.args, key=lambda part: (not part.is_number, str(part)))
        return Call("max" if isinstance(expression, sympy.Max) else "min", tuple(map(index, parts)))
    if not expression.is_Add:
        return from_sympy(expression, leaf=lambda symbol: Name(symbol.name))
    parts = sorted(expression.args, key=lambda part: (part.is_number, part.could_extract_minus_sign(), str(part)))
    return Sum(tuple(Negative(index(-part)) if part.could_extract_minus_sign() else index(part) for part in parts))


def _unsigned(node: Node) -> tuple[bool, Node]:
    return (True, node.body) if isinstance(node, Negative) else (False, node)


def _signed(minus: bool, node: Node) -> Node:
    return Negative(node) if minus else node


def _factors(node: Node) -> tuple[Node, ...]:
    return node.factors if isinstance(node, Product) else (node,)


def _beside(factors: list[Node]) -> Node:
    kept = [factor for factor in factors if factor != Number("1")]
    flat = [Group(factor) if isinstance(factor, Sum) and len(kept) > 1 else factor for factor in kept]
    return Product(tuple(flat), ("*",) * (len(flat) - 1)) if len(flat) > 1 else (flat or [Number("1")])[0]


def _front(node: Node, letters: tuple[Symbol, ...]) -> tuple[list[Node], Node]:
    """Return the factors in which no summed letter stands, and the rest."""
    names = {str(one) for one in letters}
    parts = _factors(node)
    front = [part for part in parts if not _letters(part) & names]
    return front, _beside([part for part in parts if part not in front])


def _letters(node: Node) -> set[str]:
    if isinstance(node, Name):
        inner = {name for part in (*node.sub, *node.label) for name in _letters(part)}
        return inner | ({node.base} if not node.sub and not node.label else set())
    return {name for child in children(node) for name in _letters(child)}

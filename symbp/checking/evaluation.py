"""The value of a formula in a document: names by their definitions, derivatives as total effects through them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType
from typing import Any

from ..errors import UnsupportedError
from ..formulas import (
    FUNCTIONS,
    Apply,
    Call,
    Derivative,
    Gradient,
    Indexed,
    Name,
    Node,
    Number,
    Opaque,
    Piecewise,
    Power,
    Summation,
    key,
    without_groups,
)
from ..formulas.meaning import evaluate
from .aggregates import aggregate, operator
from .arrays import Grid, Misfit, Spread, lying, times
from .blocks import blocks
from .dual import Dual, value_of, whole_power
from .holding import NOTHING_HELD, Held, arguments_beside
from .inverting import inverse
from .jacobians import Jacobian, multiplied
from .knowledge import Defined, Knowledge, lone_number
from .leaves import leaf
from .limits import MOST_STEPS, Undecided, Unsaid
from .looks import CHAIN_PRODUCT, KNOWN, LOSSES, is_array
from .numbers import Field
from .parts import is_quantity, quantity, whole
from .selection import cell_place, choice, compared, entry, part_of
from .slopes import by_output, by_square, either_way, laid_out, leading_to, meant, moved, printed_step
from .smooth import Term, cubic, entries_of
from .spelling import entry_place, own_entries
from .summing import over_families, over_range, over_samples
from .twice import second_derivative
from .unstated import undefined

NO_SEEDS: Mapping[str, Any] = MappingProxyType({})
MANY = 40  # names behind a name, from which on they are evaluated one by one


@dataclass
class Evaluator:
    """One evaluation: the same names have the same values throughout.

    Attributes:
        knowledge: what the document defines.
        field: the numbers.
        seeds: values that stand above every definition: the bound names and the quantity of a derivative.
        above: the evaluation in which nothing is seeded.
        spent: how many terms and calls there were, within one another too.
        held: what stays as it is while something else is differentiated.
    """

    knowledge: Knowledge
    field: Field
    seeds: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    above: Evaluator | None = None
    known: dict[str, Any] = dataclasses.field(default_factory=dict)
    active: set[str] = dataclasses.field(default_factory=set)
    by: dict[str, Evaluator] = dataclasses.field(default_factory=dict)
    spent: list[int] = dataclasses.field(default_factory=lambda: [0])
    kept: dict[Term, Any] = dataclasses.field(default_factory=dict)
    held: Held = NOTHING_HELD

    def value(self, node: Node) -> Any:
        """Return the value of a formula.

        Raises:
            Undecided: it has none here; the text says why.
        """
        try:
            return evaluate(node, self)
        except ZeroDivisionError:
            raise Undecided("a division by zero") from None
        except UnsupportedError as error:
            raise Undecided(str(error)) from None
        except RecursionError:
            raise Undecided("definitions nested too deeply") from None

    def number(self, node: Number) -> Any:
        """Return a printed number."""
        return self.field.number(node)

    def name(self, node: Name) -> Any:
        """Return the value of a name: seeded, carried, defined, or free."""
        name = key(node)
        if name in self.seeds:
            return self.seeds[name]
        if self.above is not None and not (self.knowledge.needs(name) & self.seeds.keys()):
            return self.above.name(node)
        if name not in self.known and not self.active:
            self._prepare(name)
        if name not in self.known:
            try:
                self.known[name] = self._defined(name)
            except Undecided as reason:
                if not self.active:
                    self.known[name] = reason
                raise
        if isinstance(self.known[name], Undecided):
            raise Undecided(str(self.known[name]))
        return self.known[name]

    def _prepare(self, name: str) -> None:
        """Evaluate what a name needs, deepest first, so that long chains of definitions do not pile up."""
        needed = self.knowledge.needs(name) - self.known.keys()
        for other in sorted(needed, key=lambda other: len(self.knowledge.needs(other))) if len(needed) > MANY else ():
            known = other in self.knowledge.definitions and other in self.knowledge.names
            if (
                known
                and other not in self.known
                and other not in self.seeds
                and name not in self.knowledge.needs(other)
            ):
                self.active.add(name)
                with suppress(Undecided):
                    self.name(self.knowledge.names[other])
                self.active.discard(name)

    def _defined(self, name: str) -> Any:
        carried = self._carried(name) if self.field.carries else None
        definition = self.knowledge.definitions.get(name)
        if carried is not None and (definition is None or not self.seeds):
            definition = carried
        moves = bool(self.seeds) and name in self.knowledge.generic  # a printed value does not say how
        if definition is None and self.field.instance and not moves:
            definition = self.knowledge.givens.get(name)
        if definition is None:
            value = undefined(name, self) if name in self.knowledge.generic else None
            return leaf(name, self) if value is None else value
        if name in self.active:
            raise Undecided(f"{name} is defined by itself")
        self.active.add(name)
        try:
            value = lying(self.field.smoothed(name, self.value(definition)), self.knowledge.shapes.get(name))
        except Undecided:
            given = self.knowledge.givens.get(name) if self.field.instance and not self.seeds else None
            if given is None or given is definition:
                raise
            value = self.value(given)  # what it is computed from has no value
        finally:
            self.active.discard(name)
        if carried is None or definition is carried:
            return value
        bare = without_groups(definition)
        inner = bare.arguments[0] if isinstance(bare, Apply | Call) and len(bare.arguments) == 1 else None
        return moved(value, to=self.value(carried), argument=None if inner is None else self.value(inner))

    def _carried(self, printed: str | tuple[str, str]) -> Node | None:
        given = self.knowledge.givens.get(printed) if isinstance(printed, str) else None
        if given is not None and (lone_number(given) is not None or is_array(given)):
            return None  # but the result of a sum of numbers is carried on, also a wrong one
        return self.knowledge.printed.get(printed)

    def derivative(self, node: Derivative, *, walked: bool = False) -> Any:
        """Return the total effect of one quantity on a formula; ``walked`` where its printed value is no evidence."""
        if self.above is not None and not (self.knowledge.reach(node) & self.seeds.keys()):
            return self.above.derivative(node)
        if isinstance(without_groups(node.of), Derivative):
            return second_derivative(node, self)
        of, by = quantity(node.of, self.knowledge), quantity(node.by, self.knowledge)
        if isinstance(by, Power) and isinstance(by.base, Name) and by.exponent == Number("2"):
            return by_square(Derivative(of, by.base, node.upright), self)
        if isinstance(by, Indexed) and isinstance(array := without_groups(by.body), Name):
            return self._by_entry(of, replace(by, body=array))
        if not isinstance(by, Name):
            raise Unsaid("a derivative by something that is no single quantity")
        by = meant(by, of, self.knowledge)
        own = walked or not self.field.carries or not isinstance(of, Name)
        if not own and (printed := self._carried((key(of), key(by)))) is not None:
            return self.value(printed)
        carried = self.field.carries and isinstance(of, Name)
        if carried and (step := printed_step(key(of), key(by), self.knowledge)) is not None:
            rest = self.derivative(Derivative(self.knowledge.names[step], by))
            if not isinstance(rest, Grid | Jacobian):
                return times(self.value(self.knowledge.printed[key(of), step]), rest, "*")
        if (whole := entry_place(by, self.knowledge)) is not None:
            return self._by_entry(of, whole)
        if by.sub and key(by) not in self.knowledge.defined and (part := part_of(by, self.above or self)) is not None:
            return self._by_entry(of, part)
        leading = leading_to(of, by, self.knowledge)
        here = self.name(by)
        beside = self.held.beside(of, by, self.knowledge, upright=node.upright)
        beside |= arguments_beside(node, by, self.knowledge)
        fixed = {name: self.name(self.knowledge.names[name]) for name in sorted(beside)}
        if isinstance(here, Grid):
            return self._by_array(leading, by, here, fixed=fixed)
        return self._slope(self._seeded(by, " ".join((key(by), *fixed)), here, fixed=fixed).value(leading))

    def _slope(self, result: Any) -> Any:
        if isinstance(result, Grid | Spread):
            return result.map(self._slope)
        return result.slope if isinstance(result, Dual) else self.number(Number("0"))

    def _by_array(self, of: Node, by: Name, here: Grid, *, fixed: Mapping[str, Any] = NO_SEEDS) -> Grid | Jacobian:
        """Return the derivatives of a number, or of every entry of an array, by every entry of an array."""
        places = product(range(here.shape[0]), range(here.shape[1]))
        found = [self._slope(self._seeded_at(place, by, here, fixed=fixed).value(of)) for place in places]
        if any(isinstance(slope, Spread) for slope in found):
            raise Undecided("an array of ones whose size is open")
        return laid_out(found, of=of, by=(key(by), here), knowledge=self.knowledge)

    def _by_entry(self, of: Node, entry: Indexed) -> Any:
        """Return the derivative by one entry of an array that the document spells out."""
        assert isinstance(entry.body, Name)
        leading, here = leading_to(of, entry.body, self.knowledge), self.name(entry.body)
        return self._slope(self._seeded_at(cell_place(here, entry), entry.body, here).value(leading))

    def _seeded_at(
        self, place: tuple[int, int], by: Name, here: Grid, *, fixed: Mapping[str, Any] = NO_SEEDS
    ) -> Evaluator:
        """Return the evaluation in which one entry of an array is what a derivative is taken by."""
        i, j = place
        cells = [list(cells) for cells in here.rows]
        cells[i][j] = Dual(cells[i][j], self.number(Number("1")))
        own = [key(entry) for row in own_entries(by, self.knowledge) for entry in row]
        if own and len(own) != here.shape[0] * here.shape[1]:  # those that are spelt are of another size
            raise Undecided(f"the shape of {key(by)} is not known")
        place_name = " ".join((f"{key(by)} {i} {j}", *fixed))
        fixed = {**fixed, own[i * here.shape[1] + j]: cells[i][j]} if own else fixed
        return self._seeded(by, place_name, Grid(tuple(map(tuple, cells)), here.free), fixed=fixed)

    def _seeded(self, by: Name, place: str, value: Any, *, fixed: Mapping[str, Any] = NO_SEEDS) -> Evaluator:
        if self.seeds:
            raise Undecided("a derivative within a derivative")
        if isinstance(value, Spread):
            raise Undecided("an array of ones whose size is open")
        if place not in self.by:
            seed = value if isinstance(value, Grid) else Dual(value, self.number(Number("1")))
            self.by[place] = type(self)(
                self.knowledge, self.field, {**fixed, key(by): seed}, above=self, spent=self.spent
            )
        return self.by[place]

    def product(self, factors: list[Any], signs: tuple[str, ...]) -> Any:
        """Return a product of numbers or arrays; matrices are multiplied before what is multiplied entry by entry."""
        if "x" in signs:
            cut = signs.index("x") + 1
            return times(self.product(factors[:cut], signs[: cut - 1]), self.product(factors[cut:], signs[cut:]), "x")
        if "@" not in signs:
            return multiplied(factors, signs)
        ends = [place for place, sign in enumerate(signs) if sign == "@"]
        starts = [0, *(end + 1 for end in ends)]
        try:
            parts = [
                multiplied(factors[a : b + 1], signs[a:b]) for a, b in zip(starts, (*ends, len(signs)), strict=True)
            ]
            return multiplied(parts, ("@",) * len(ends))
        except Misfit:
            return multiplied(factors, signs)

    def gradient(self, node: Gradient) -> Any:
        """Return the derivatives by all entries of an array."""
        if len(node.by) != 1:
            raise Undecided("a gradient that does not say by what")
        if isinstance(self.value(node.of), Grid):
            raise Undecided("the gradient of an array")
        return either_way(self.derivative(Derivative(node.of, node.by[0])), self.knowledge)

    def matrix(self, rows: list[list[Any]], *, listed: bool) -> Any:
        """Return an array; one of arrays has them side by side."""
        return blocks(rows, listed=listed)

    def transpose(self, value: Any) -> Any:
        """Return the transpose of an array; a number is its own."""
        return value.transposed if isinstance(value, Grid | Jacobian | Spread) else value

    def function(self, name: str, value: Any) -> Any:
        """Return a known function of a value, entry by entry, with its derivative where the value has one."""
        if isinstance(value, Grid | Spread):
            return value.map(lambda entry: self.function(name, entry))
        if isinstance(value, Jacobian):
            raise Undecided("a function of a derivative of an array by an array")
        record = FUNCTIONS[name]
        if isinstance(value_of(value), Spread):
            raise Undecided("an array of ones whose size is open")
        if isinstance(value, Dual):
            result = record.of(value.value)
            return Dual(result, value.slope * record.slope(value.value, result))
        return record.of(value)

    def apply(self, node: Apply) -> Any:
        """Return a function that the document defines, or its first derivative."""
        name = key(node.function)
        if is_quantity(node, self.knowledge):
            return self.name(self.knowledge.names[name])
        if self.field.carries and (slope := by_output(node, self)) is not None:
            return slope
        values = [self.value(argument) for argument in node.arguments]
        if len(values) > 1 or not isinstance(values[0], Grid):
            if any(isinstance(value, Grid | Jacobian | Spread) for value in values):
                if name in self.knowledge.functions or name not in (CHAIN_PRODUCT, *LOSSES):
                    raise Undecided("a function of several arrays")
                if name == CHAIN_PRODUCT:
                    return multiplied(values, ("",) * (len(values) - 1))
            return self._applied(name, values, node.primes)
        if self.knowledge.inferred.get(name) == (1, 1) and not node.primes:
            return self._applied(name, values, 0)
        result = values[0].map(lambda entry: self._applied(name, [entry], node.primes))
        if any(isinstance(entry, Grid) for entry in result.entries):
            return self._applied(name, values, node.primes)  # of the array as a whole
        return result

    def _spend(self, steps: int) -> None:
        """Count terms of sums and calls of functions, which may stand in one another; too many are undecided."""
        self.spent[0] += steps
        if self.spent[0] > MOST_STEPS:
            raise Undecided(f"more than {MOST_STEPS} terms and calls")

    def _applied(self, base: str, values: list[Any], primes: int) -> Any:
        self._spend(1)
        known = self.knowledge.functions.get(base)
        if known is None and len(values) == 1 and base in KNOWN:
            argument = Name("x")
            known = Defined(("x",), Call(KNOWN[base], (Number("0"), argument) if KNOWN[base] == "max" else (argument,)))
        if known is None:
            return self._unknown(base, values, primes)
        if len(known.parameters) != len(values) or primes > 1 or (primes and isinstance(values[0], Dual)):
            raise Undecided(f"the function {base} is not defined for this")
        seeds = dict(zip(known.parameters, values, strict=True))
        if primes:
            seeds = {name: Dual(value, self.number(Number("1"))) for name, value in seeds.items()}
        result = type(self)(
            self.knowledge, self.field, {**self.seeds, **seeds}, above=self.above or self, spent=self.spent
        ).value(known.body)
        if primes and isinstance(result, Grid | Jacobian):
            raise Undecided(f"{base} is no function entry by entry")
        return self._slope(result) if primes else result

    def _unknown(self, base: str, values: list[Any], primes: int) -> Any:
        """Return a function that the document leaves open, or its derivative: any smooth function will do."""
        if self.field.instance or primes > 1 or (primes and (len(values) > 1 or isinstance(values[0], Dual))):
            raise Undecided(f"the function {base} is not defined")
        if not primes:
            return cubic(self.field, base, values=entries_of(values))
        return cubic(self.field, base, values=[Dual(values[0], self.number(Number("1")))]).slope

    def power(self, base: Any, exponent: Any, node: Power) -> Any:
        """Return a power; whole exponents are taken as such."""
        count = whole(node.exponent)
        if count == -1 and isinstance(base, Grid) and base.shape[0] == base.shape[1] > 1:
            return inverse(base)
        if count is not None:
            return whole_power(base, count, one=self.number(Number("1")))
        if any(isinstance(part, Grid | Jacobian | Spread) for part in (base, exponent)):
            raise Undecided("a power of an array")
        if isinstance(base, Dual) or isinstance(exponent, Dual):
            return self.function("exp", exponent * self.function("log", base))
        return self.field.power(base, exponent)

    def extreme(self, function: str, values: list[Any]) -> Any:
        """Return the largest or smallest value (of equal ones the first), or the size of one, with its derivative."""
        return aggregate(function, values, self)

    def operator(self, node: Opaque) -> Any:
        """Return the value of an operator on matrices."""
        return operator(node, self)

    def choice(self, node: Piecewise) -> Any:
        """Return the value of the first case that holds."""
        return choice(node, self)

    def entry(self, node: Indexed) -> Any:
        """Return an entry of an array, counted from 1."""
        return entry(node, self)

    def indicator(self, left: Any, relation: str, right: Any) -> Any:
        """Return 1 where a comparison holds, else 0; entry by entry where a side is an array."""
        return compared(left, right, relation=relation, field=self.field)

    def summation(self, node: Summation) -> Any:
        """Return a sum: over its printed range, or over all quantities of the families in its body."""
        try:
            bodies = over_range(node) if node.index is not None else over_families(node.body, self.knowledge)
        except Undecided:
            whole = over_samples(node.body, self.value(node.body), self.knowledge) if node.index is None else None
            if whole is None or node.product:
                raise
            return whole
        self._spend(len(bodies))
        total = self.value(bodies[0])
        for body in bodies[1:]:
            total = self.product([total, self.value(body)], ("*",)) if node.product else total + self.value(body)
        return total

"""What formulas say of the shapes of their parts: rules of unification, tried until nothing more follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Gradient,
    Group,
    Indexed,
    Indicator,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Opaque,
    Power,
    Product,
    Sum,
    Summation,
    Transpose,
    key,
)
from ..formulas.ones import ONES
from .knowledge import Knowledge
from .looks import (
    CHAIN_PRODUCT,
    LOSSES,
    RATES,
    bare,
    has_open_shape,
    is_bias,
    is_capital,
    is_root_of_count,
    may_scale,
    single_sides,
)
from .said_layouts import NUMERATOR
from .sizes import Clash, Shape, Sizes
from .waiting import Rule, Waiting

Equation = tuple[Node, Node]

NUMBERS_OF_ARRAYS = frozenset({"norm", "abs", "square", "trace", "total"})
MOST_STATED = 5  # a stated size beyond is taken for any size


@dataclass(frozen=True, slots=True)
class Layout:
    """A convention for arrays: a sample is a column or a row; a derivative is laid out as what it is by, or turned.

    ``single`` where there is but one sample, so that nothing is added to several at once.
    """

    rows: bool = False
    numerator: bool = False
    single: bool = False


@dataclass
class Shaping:
    """The shapes of one document under one layout."""

    knowledge: Knowledge
    layout: Layout
    letters: frozenset[str] = frozenset()
    turned: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()
    matrices: frozenset[str] = frozenset()
    batches: bool = False
    sizes: Sizes = field(default_factory=Sizes)
    shapes: dict[str, Shape] = field(default_factory=dict)
    nodes: dict[str, Name] = field(default_factory=dict)
    letters_of_sizes: dict[str, int] = field(default_factory=dict)
    clashes: int = 0
    fits: int = 0

    def __post_init__(self) -> None:
        self.one = self.sizes.shape(1, 1)
        self.waiting = Waiting(self.sizes)

    def state(self, equations: Iterable[Equation]) -> None:
        """Take equations for true, one after another, as far as they do not contradict one another."""
        for left, right in equations:
            self.waiting.add(self._alike, self.of(left), self.of(right))
        self._settle()
        self._orient()
        self._settle()
        while self.waiting.guess(self._tried):
            self.waiting.settle(self._tried)

    def _settle(self) -> None:
        self.waiting.again()
        self.waiting.settle(self._tried)

    def seal(self) -> None:
        """Let later equations no longer make the same what is different so far."""
        sizes = [size for shape in self.shapes.values() for size in shape]
        self.sizes.firm = True
        self.sizes.seal([size for size in sizes if self.sizes.is_many(size)])

    def _tried(self, rule: Rule, guess: bool) -> bool:
        try:
            settled = rule(guess)
        except Clash:
            self.clashes += 1
            return True
        self.fits += settled
        return settled

    def _orient(self) -> None:
        """Take names that do not look like matrices for columns or rows."""
        if self.batches:
            return
        for name, shape in self.shapes.items():
            long, short = (shape[1], shape[0]) if self.layout.rows else shape
            if self.nodes[name].base in self.matrices:
                self.sizes.hinted |= {self.sizes.first(size) for size in shape if self.sizes.is_open(size)}
                continue
            if is_capital(self.nodes[name]):
                continue
            if self.sizes.is_open(short):
                self.sizes.join(short, self.one[0])
            if name in self.turned and self.sizes.is_open(long):
                self.sizes.hinted.add(self.sizes.first(long))

    def name(self, node: Name) -> Shape:
        """Return the shape of a name."""
        name = key(node)
        if name not in self.shapes:
            self.nodes[name] = node
            self.shapes[name] = self._new(name, node)
        return self.shapes[name]

    def _new(self, name: str, node: Name) -> Shape:
        if name in self.knowledge.declared:
            rows, columns = self.knowledge.declared[name]
            return self._stated(rows), self._stated(columns)
        printed = self.knowledge.givens.get(name) or self.knowledge.spelt.get(name)
        if name in self.knowledge.listed:
            return self._listed(max(self.knowledge.printed_shapes[name]))
        if printed is not None:
            return self.of(printed)
        if self._is_number(name, node):
            return self.one
        shape = self.sizes.shape()
        if is_capital(node):
            self.sizes.hinted |= set(shape)
        return shape

    def _listed(self, length: int) -> Shape:
        shape = self.sizes.shape()
        self.waiting.add(self._turned_either_way, shape, self.sizes.new(length))
        return shape

    def _turned_either_way(self, shape: Shape, length: int, guess: bool) -> bool:
        """Take a vector that is printed on one line for a row or a column, as its use shows."""
        rows, columns = shape
        if not guess and not (self.sizes.is_one(rows) or self.sizes.is_one(columns)):
            return False
        is_row = self.sizes.is_one(rows) or (self.layout.rows and not self.sizes.is_one(columns))
        self.sizes.alike(shape, (self.one[0], length) if is_row else (length, self.one[0]))
        return True

    def _stated(self, size: str) -> int:
        if size not in self.letters_of_sizes:
            small = size.isdigit() and int(size) <= MOST_STATED
            self.letters_of_sizes[size] = self.sizes.new(int(size) if small else None)
            if not small:
                self.sizes.wide.add(self.letters_of_sizes[size])
        return self.letters_of_sizes[size]

    def _is_number(self, name: str, node: Name) -> bool:
        numbers = (self.knowledge.entries - self.turned) | RATES | self.knowledge.constants | self.counts
        if name in numbers or self._is_loss(name, node):
            return True
        indices = [key(index) for index in node.sub]
        return len(indices) == 2 and all(index.isdigit() or index in self.letters for index in indices)

    def _is_loss(self, name: str, node: Name) -> bool:
        """Whether a name is that of what is differentiated and by which nothing is."""
        if node.base in ("L", "J") or node.base not in LOSSES:
            return node.base in LOSSES and name not in self.turned
        by = {other for found in self.knowledge.differentiated.values() for other in found}
        return name in self.knowledge.differentiated and name not in by | self.turned

    def of(self, node: Node) -> Shape:
        """Return the shape of a formula, noting what it says of the shapes of its parts."""
        rule = _RULES.get(type(node))
        return rule(self, node) if rule else self.sizes.shape()

    def _alike(self, one: Shape, other: Shape, guess: bool) -> bool:
        del guess
        self.sizes.alike(one, other)
        return True

    def terms(self, nodes: Iterable[Node]) -> Shape:
        """Return the shape of a sum; printed numbers are added to every entry."""
        found = [(self.of(node), node) for node in nodes if not isinstance(bare(node), Number)]
        if not found:
            return self.one
        result = self.sizes.shape()
        biases = [shape for shape, node in found if is_bias(node)]
        others = [shape for shape, node in found if not is_bias(node)] or biases[:1]
        for shape in others:
            self.waiting.add(self._added, shape, result)
        for shape in biases:
            self.waiting.add(self._bias, shape, result)
        return result

    def _added(self, term: Shape, result: Shape, guess: bool) -> bool:
        """Take a term for an array of the same shape, or for a number that is added to every entry."""
        if self.sizes.is_number(term) and not self.sizes.is_number(result):
            if not guess and not self.sizes.is_array(result):
                return False
            if self.sizes.is_array(result):
                return True
        return self._alike(term, result, guess)

    def _bias(self, bias: Shape, result: Shape, guess: bool) -> bool:
        """Take a bias for one column or row that is added to every sample."""
        del guess
        short = 0 if self.layout.rows else 1
        self.sizes.join(bias[1 - short], result[1 - short])
        if self.layout.single:
            self.sizes.join(result[short], self.one[0])
        if self.sizes.is_open(bias[short]):
            self.sizes.join(bias[short], self.one[0])
        return True

    def product(self, factors: tuple[Node, ...], signs: tuple[str, ...]) -> Shape:
        """Return the shape of a product."""
        if "x" in signs:
            return self._outer(factors, signs)
        totals = [self.of(factors[0])]
        for factor, sign in zip(factors[1:], signs, strict=True):
            if sign == "@":  # what follows is multiplied first
                totals.append(self.of(factor))
                continue
            result = self.sizes.shape()
            self.waiting.add(self._times, factor, totals[-1], self.of(factor), result)
            totals[-1] = result
        for other in totals[1:]:
            result = self.sizes.shape()
            self.waiting.add(self._hadamard, totals[0], other, result)
            totals[0] = result
        return totals[0]

    def _outer(self, factors: tuple[Node, ...], signs: tuple[str, ...]) -> Shape:
        """Return the shape of an outer product, of two vectors that lie as samples do."""
        cut, long = signs.index("x") + 1, int(self.layout.rows)
        one, other = self.product(factors[:cut], signs[: cut - 1]), self.product(factors[cut:], signs[cut:])
        self.waiting.add(self._alike, (one[1 - long], other[1 - long]), self.one)
        return one[long], other[long]

    def _hadamard(self, one: Shape, other: Shape, result: Shape, guess: bool) -> bool:
        for shape, rest in ((one, other), (other, one)):
            if self.sizes.is_number(shape):
                return self._alike(rest, result, guess)
        for place in (0, 1):
            a, b = one[place], other[place]
            longer = b if self.sizes.is_one(a) else a
            if self.sizes.may_join(a, b, bend=False):
                self.sizes.join(a, b)
            elif not (self.sizes.is_one(a) or self.sizes.is_one(b)):
                raise Clash
            self.sizes.join(longer, result[place])
        return True

    def _times(self, factor: Node, one: Shape, other: Shape, result: Shape, guess: bool) -> bool:
        """Find which product is meant: by a number, of matrices, or entry by entry."""
        sizes = self.sizes
        for shape, rest in ((one, other), (other, one)):
            if sizes.is_number(shape):
                return self._alike(rest, result, guess)
        arrays = sizes.is_array(one), sizes.is_array(other)
        if sizes.same(one[1], other[0]) and (all(arrays) or guess):
            return self._alike((one[0], other[1]), result, guess)
        if not sizes.may_join(one[1], other[0], bend=False) and (guess or sizes.same(one[0], other[0])):
            if not sizes.may_be_alike(one, other, bend=False):
                raise Clash
            sizes.alike(one, other)
            return self._alike(one, result, guess)
        if not guess or not any(arrays):
            return False
        if not arrays[1] and isinstance(factor, Name) and may_scale(factor):
            sizes.alike(other, self.one)
            return self._alike(one, result, guess)
        sizes.join(one[1], other[0])
        return self._alike((one[0], other[1]), result, guess)

    def quotient(self, node: Fraction) -> Shape:
        """Return the shape of a quotient, which is taken entry by entry."""
        above, below = self.of(node.above), self.of(node.below)
        if isinstance(bare(node.below), Number):
            return above
        if is_root_of_count(bare(node.below)):
            self.sizes.alike(below, self.one)
            return above
        result = self.sizes.shape()
        self.waiting.add(self._quotient, above, below, result)
        return result

    def _quotient(self, above: Shape, below: Shape, result: Shape, guess: bool) -> bool:
        if self.sizes.is_number(below) or (guess and self.sizes.is_open(below[0]) and self.sizes.is_open(below[1])):
            self.sizes.alike(below, self.one)
            return self._alike(above, result, guess)
        if self.sizes.is_number(above):
            return self._alike(below, result, guess)
        if not self.sizes.is_array(below):
            return False
        self.sizes.alike(above, below)
        return self._alike(above, result, guess)

    def slope(self, of: Node, by: Node) -> Shape:
        """Return the shape of a derivative: that of what it is by, or the turned one; of an array by an array, none."""
        result = self.sizes.shape()
        self.waiting.add(self._slope, self.of(of), self.of(by), result)
        return result

    def _slope(self, of: Shape, by: Shape, result: Shape, guess: bool) -> bool:
        if self.sizes.is_number(of):
            return self._alike((by[1], by[0]) if self.layout.numerator else by, result, guess)
        if self.sizes.is_number(by):
            return self._alike(of, result, guess)
        return guess or (self.sizes.is_array(of) and self.sizes.is_array(by))


def _call(self: Shaping, node: Call) -> Shape:
    inner = self.terms(node.arguments)
    return self.one if node.function in NUMBERS_OF_ARRAYS else inner


def _apply(self: Shaping, node: Apply) -> Shape:
    is_function = key(node.function) in self.knowledge.functions
    if key(node.function) in self.knowledge.quantities and not is_function:
        return self.name(node.function)
    shapes = [self.of(argument) for argument in node.arguments]
    if len(shapes) > 1:
        return self.sizes.shape() if key(node.function) == CHAIN_PRODUCT else self.one
    return self.name(node.function) if is_function and node.function.base in LOSSES else shapes[0]


def _matrix(self: Shaping, node: Matrix) -> Shape:
    return self.sizes.shape() if has_open_shape(node) else self.sizes.shape(len(node.rows), len(node.rows[0].entries))


def _opaque(self: Shaping, node: Opaque) -> Shape:
    for part in node.parts:
        self.of(part)
    if node.what != ONES:
        return self.sizes.shape()
    row, column = single_sides(node.parts)
    shape = self.sizes.shape(1 if row else None, 1 if column else None)
    self.sizes.hinted |= {size for size in shape if not self.sizes.is_one(size)}
    return shape


def _transposed(self: Shaping, node: Transpose) -> Shape:
    rows, columns = self.of(node.body)
    return columns, rows


def _summed(self: Shaping, node: Summation) -> Shape:
    body = self.of(node.body)
    return self.sizes.shape() if node.index is None else body


def _gradient(self: Shaping, node: Gradient) -> Shape:
    said = node.by and self.knowledge.layout != NUMERATOR
    return self.slope(node.of, node.by[0]) if said else self.sizes.shape()


_RULES: Mapping[type[Node], Callable[[Shaping, Any], Shape]] = {
    Number: lambda self, node: self.one,
    Name: Shaping.name,
    Group: lambda self, node: self.of(node.body),
    Negative: lambda self, node: self.of(node.body),
    Sum: lambda self, node: self.terms(node.terms),
    Product: lambda self, node: self.product(node.factors, node.signs),
    Fraction: Shaping.quotient,
    Power: lambda self, node: self.of(node.base),
    Call: _call,
    Apply: _apply,
    Matrix: _matrix,
    Opaque: _opaque,
    Transpose: _transposed,
    Derivative: lambda self, node: self.slope(node.of, node.by),
    Gradient: _gradient,
    Indicator: lambda self, node: self.of(node.left),
    Indexed: lambda self, node: self.one,
    Summation: _summed,
}

"""Formula <-> sympy, and the one fold that gives a formula its value in any algebra."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, Inexact, localcontext
from types import MappingProxyType
from typing import Any, Protocol

import sympy
from sympy import Expr

from ..errors import UnsupportedError
from .functions import FUNCTIONS
from .tree import (
    Apply,
    Call,
    Derivative,
    Differential,
    Dots,
    Dotted,
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
    Piecewise,
    Power,
    Product,
    Quantity,
    Sum,
    Summation,
    Transpose,
)


class Algebra(Protocol):
    """What a formula is evaluated in: balls, residues, dual numbers, sympy expressions."""

    def number(self, node: Number) -> Any:
        """Return a printed number."""

    def product(self, factors: list[Any], signs: tuple[str, ...]) -> Any:
        """Return a product; ``signs`` are what stands between each two factors."""

    def matrix(self, rows: list[list[Any]], *, listed: bool) -> Any:
        """Return a matrix."""

    def transpose(self, value: Any) -> Any:
        """Return a transposed matrix; a number is its own."""

    def name(self, node: Name) -> Any:
        """Return the value of a name."""

    def derivative(self, node: Derivative) -> Any:
        """Return the total effect of one thing on another."""

    def gradient(self, node: Gradient) -> Any:
        """Return the derivatives of one thing by all parts of another."""

    def summation(self, node: Summation) -> Any:
        """Return a sum over an index."""

    def apply(self, node: Apply) -> Any:
        """Return the value of a function that the document names."""

    def function(self, name: str, value: Any) -> Any:
        """Return a known function of a value."""

    def power(self, base: Any, exponent: Any, node: Power) -> Any:
        """Return a power."""

    def extreme(self, function: str, values: list[Any]) -> Any:
        """Return the largest or smallest of some values."""

    def indicator(self, left: Any, relation: str, right: Any) -> Any:
        """Return 1 or 0."""

    def choice(self, node: Piecewise) -> Any:
        """Return the value of the case that holds."""

    def entry(self, node: Indexed) -> Any:
        """Return an entry of an array."""

    def operator(self, node: Opaque) -> Any:
        """Return the value of an operator on matrices."""


_RULES: Mapping[type[Node], Callable[[Any, Algebra], Any]] = MappingProxyType(
    {
        Number: lambda node, algebra: algebra.number(node),
        Name: lambda node, algebra: algebra.name(node),
        Group: lambda node, algebra: evaluate(node.body, algebra),
        Negative: lambda node, algebra: -evaluate(node.body, algebra),
        Sum: lambda node, algebra: _sum(node.terms, algebra),
        Product: lambda node, algebra: algebra.product([evaluate(f, algebra) for f in node.factors], _signs(node)),
        Matrix: lambda node, algebra: algebra.matrix(
            [[evaluate(entry, algebra) for entry in row.entries] for row in node.rows], listed=node.listed
        ),
        Transpose: lambda node, algebra: algebra.transpose(evaluate(node.body, algebra)),
        Fraction: lambda node, algebra: evaluate(node.above, algebra) / evaluate(node.below, algebra),
        Power: lambda node, algebra: algebra.power(
            evaluate(node.base, algebra), evaluate(node.exponent, algebra), node
        ),
        Call: lambda node, algebra: _call(node, [evaluate(argument, algebra) for argument in node.arguments], algebra),
        Apply: lambda node, algebra: algebra.apply(node),
        Derivative: lambda node, algebra: algebra.derivative(node),
        Summation: lambda node, algebra: algebra.summation(node),
        Gradient: lambda node, algebra: algebra.gradient(node),
        Indicator: lambda node, algebra: algebra.indicator(
            evaluate(node.left, algebra), node.relation, evaluate(node.right, algebra)
        ),
        Piecewise: lambda node, algebra: algebra.choice(node),
        Indexed: lambda node, algebra: algebra.entry(node),
        Opaque: lambda node, algebra: algebra.operator(node),
    }
)
_VALUELESS: Mapping[type[Node], str] = MappingProxyType(
    {
        Dots: "dots that do not show how it goes on",
        Dotted: "a matrix with dots, whose size is open",
        Differential: "a differential that stands outside a derivative",
    }
)


def evaluate(node: Node, algebra: Algebra) -> Any:
    """Return the value of a formula in an algebra.

    Raises:
        UnsupportedError: a construct has no value there.
    """
    rule = _RULES.get(type(node))
    if rule is None:
        what = _VALUELESS.get(type(node), f"a {type(node).__name__.lower()}")
        raise UnsupportedError(f"{what} has no value here")
    return rule(node, algebra)


def _signs(node: Product) -> tuple[str, ...]:
    """Return the signs between factors; ``a`` and ``(1 - a)`` are multiplied entry by entry, whatever a is."""
    if not any(isinstance(factor, Group) for factor in node.factors):
        return node.signs
    pairs = zip(node.factors, node.factors[1:], node.signs, strict=False)
    return tuple("@" if _is_complement(one, other) else sign for one, other, sign in pairs)


def _is_complement(one: Node, other: Node) -> bool:
    """Whether one of two factors is 1 minus the other, in brackets."""
    inner = other.body if isinstance(other, Group) else None
    if isinstance(inner, Sum) and inner.terms == (Number("1"), Negative(one)):
        return True
    return isinstance(one, Group) and not isinstance(other, Group) and _is_complement(other, one)


def _sum(terms: tuple[Node, ...], algebra: Algebra) -> Any:
    total = evaluate(terms[0], algebra)
    for term in terms[1:]:
        total = total + evaluate(term, algebra)
    return total


def _call(node: Call, values: list[Any], algebra: Algebra) -> Any:
    if node.function in FUNCTIONS:
        if len(values) != 1:
            raise UnsupportedError(f"{node.function} of {len(values)} arguments")
        return algebra.function(node.function, values[0])
    return algebra.extreme(node.function, values)


LARGEST_BELOW = 64  # fractions with a larger number below are written as decimals, where these end
MOST_DECIMALS = 40
Leaf = Callable[[sympy.Symbol], Node]
_FUNCTION_OF = {record.symbolic: record.name for record in FUNCTIONS.values()}
_RELATION_OF = {">": ">", ">=": ">=", "<": "<", "<=": "<="}


def from_sympy(expression: Expr, leaf: Leaf = Quantity, order: Mapping[sympy.Symbol, int] | None = None) -> Node:
    """Return a formula that shows a sympy expression the way a person writes it.

    Terms and factors stand in the order of their symbols; what is added comes before what is subtracted; numbers lead.

    Example:
        >>> from symbp.formulas import latex, Name
        >>> x = sympy.Symbol("x")
        >>> latex(from_sympy(1 / (1 + sympy.exp(-x)), leaf=lambda symbol: Name(symbol.name)))
        '\\\\frac{1}{1 + e^{-x}}'
    """
    places = order or {symbol: place for place, symbol in enumerate(sorted(expression.free_symbols, key=str))}
    return _Showing(leaf, places).show(expression)


class _Showing:
    def __init__(self, leaf: Leaf, order: Mapping[sympy.Symbol, int]) -> None:
        self.leaf, self.order = leaf, order

    def show(self, e: Expr) -> Node:
        if e.is_Symbol:
            return self.leaf(e)
        if e.is_Number:
            return _number(e)
        if e is sympy.pi:
            return Name("\\pi")
        if e.is_Add:
            return self._sum(e)
        if e.is_Mul:
            return self._product(e)
        if e.is_Pow:
            return self._power(e)
        return self._function(e)

    def _sum(self, e: Expr) -> Node:
        common = {abs(term.as_coeff_Mul()[0]) for term in e.args}
        if len(common) == 1 and (factor := common.pop()).is_Integer and factor != 1:
            return product([self.show(factor), self.show(e / factor)])
        split = [self._signed(term) for term in sorted(e.args, key=self._place)]
        terms = sorted(split, key=lambda pair: pair[0])
        return Sum(tuple(Negative(term) if minus else term for minus, term in terms))

    def _signed(self, term: Expr) -> tuple[bool, Node]:
        if term.could_extract_minus_sign() and not term.is_Add:
            return True, self.show(-term)
        return False, self.show(term)

    def _product(self, e: Expr) -> Node:
        if e.args[0].is_Number and e.args[0].is_negative:
            return Negative(self.show(-e))
        above, below = _split(e)
        if not below.is_Number:
            return Fraction(self.show(above), self.show(below))
        factors = [self.show(factor) for factor in sorted(e.args, key=self._place)]
        return Product(tuple(factors), ("*",) * (len(factors) - 1)) if len(factors) > 1 else factors[0]

    def _power(self, e: Expr) -> Node:
        if e.exp.is_Number and e.exp.is_negative:
            return Fraction(Number("1"), self.show(e.base**-e.exp))
        if e.exp == sympy.Rational(1, 2):
            return Call("sqrt", (self.show(e.base),))
        return Power(self.show(e.base), self.show(e.exp))

    def _function(self, e: Expr) -> Node:
        if isinstance(e, sympy.Max | sympy.Min):
            arguments = sorted(e.args, key=lambda a: (not a.is_Number, self._place(a)))
            return Call("max" if isinstance(e, sympy.Max) else "min", tuple(map(self.show, arguments)))
        if isinstance(e, sympy.Piecewise):
            return self._piecewise(e)
        if isinstance(e, sympy.Abs):
            return Call("abs", (self.show(e.args[0]),))
        if isinstance(e, sympy.Heaviside):
            return Indicator(self.show(e.args[0]), ">", Number("0"))
        if e.func not in _FUNCTION_OF:
            raise UnsupportedError(f"{e.func.__name__} cannot be written yet")
        return Call(_FUNCTION_OF[e.func], tuple(map(self.show, e.args)))

    def _piecewise(self, e: Expr) -> Node:
        (value, condition), (otherwise, _) = e.args[0].args, e.args[-1].args
        if len(e.args) == 2 and otherwise == 0:
            indicator = self._condition(condition)
            return indicator if value == 1 else Product((self.show(value), indicator), ("*",))
        conditions = tuple(self._condition(case.args[1]) for case in e.args)
        return Piecewise(tuple(self.show(case.args[0]) for case in e.args), conditions)

    def _condition(self, condition: Expr) -> Node:
        if condition == sympy.true:
            return Number("1")
        if getattr(condition, "rel_op", "") not in _RELATION_OF:
            raise UnsupportedError("this case distinction cannot be written yet")
        return Indicator(self.show(condition.lhs), condition.rel_op, self.show(condition.rhs))

    def _place(self, e: Expr) -> tuple[int, ...]:
        if e.is_Number:
            return (-2,)
        symbols = sorted(self.order.get(symbol, len(self.order)) for symbol in e.free_symbols)
        return (int(e.is_Add or (e.is_Pow and e.base.is_Add)), *symbols) if not e.is_Function else (0, *symbols)


def _split(e: Expr) -> tuple[Expr, Expr]:
    """Return what stands above and below the bar; a number alone does not make one."""
    below = [f for f in e.args if f.is_Pow and f.exp.is_Number and f.exp.is_negative]
    number = next((f for f in e.args if f.is_Rational), sympy.Integer(1))
    if not below:
        return e, sympy.Integer(1)
    above = [f for f in e.args if f not in below and f != number]
    return sympy.Mul(number.p, *above), sympy.Mul(number.q, *(1 / f for f in below))


def _number(e: Expr) -> Node:
    if e.is_negative:
        return Negative(_number(-e))
    if e.is_Rational and not e.is_Integer:
        text = _decimal(e) if e.q > LARGEST_BELOW else ""
        return Number(text) if text else Fraction(Number(str(e.p)), Number(str(e.q)))
    return Number(str(e))


def _decimal(e: Expr) -> str:
    """Return a positive fraction in plain decimal notation, or nothing where it does not end."""
    with localcontext() as context:
        context.prec = MOST_DECIMALS
        quotient = Decimal(int(e.p)) / Decimal(int(e.q))
        return format(quotient, "f") if not context.flags[Inexact] else ""


def product(factors: Iterable[Node], sign: str = "*") -> Node:
    """Return the product of factors, or the only one."""
    parts = tuple(factors)
    return parts[0] if len(parts) == 1 else Product(parts, (sign,) * (len(parts) - 1))

"""Matrix expressions with symbolic sizes, and the pullback rules: one record a node class.

A pullback takes the derivative ``g`` of a number by a result, which has its shape, to the derivatives by the operands.
Layout: the derivative of a number by a matrix has the shape of the matrix.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import sympy
from sympy import Expr, HadamardProduct, MatAdd, MatMul, MatrixExpr, Transpose

from ..errors import InputError, UnsupportedError

_ONE = sympy.Integer(1)
Pair = tuple[MatrixExpr, MatrixExpr]  # an operand, and the derivative by it


class Elementwise(MatrixExpr):  # type: ignore[misc]  # sympy has no types
    """A function of one argument, named ``name``, applied to every entry; ``order`` says how often it is derived."""

    def __new__(cls, name: str | sympy.Symbol, body: MatrixExpr, order: int = 0) -> "Elementwise":
        """Return the node."""
        return super().__new__(cls, sympy.Symbol(str(name)), body, sympy.Integer(order))  # type: ignore[no-any-return]

    @property
    def shape(self) -> tuple[Expr, Expr]:
        """The shape of what it is applied to."""
        return self.args[1].shape  # type: ignore[no-any-return]


class Ones(MatrixExpr):  # type: ignore[misc]
    """A column of ones, as many as samples: adds a bias to every sample, or the samples up."""

    def __new__(cls, size: Expr | int) -> "Ones":
        """Return the node."""
        return super().__new__(cls, sympy.Integer(size) if isinstance(size, int) else size)  # type: ignore[no-any-return]

    @property
    def shape(self) -> tuple[Expr, Expr]:
        """One column."""
        return (self.args[0], sympy.Integer(1))


class Softmax(MatrixExpr):  # type: ignore[misc]
    """The softmax of every column of an array, or of every row."""

    def __new__(cls, body: MatrixExpr, rows: bool | sympy.Integer = False) -> "Softmax":
        """Return the node."""
        return super().__new__(cls, body, sympy.Integer(rows))  # type: ignore[no-any-return]

    @property
    def shape(self) -> tuple[Expr, Expr]:
        """The shape of what it is applied to."""
        return self.args[0].shape  # type: ignore[no-any-return]


class LogSumExp(MatrixExpr):  # type: ignore[misc]
    """The logarithm of the sum of the exponentials of every column of an array, or of every row."""

    def __new__(cls, body: MatrixExpr, rows: bool | sympy.Integer = False) -> "LogSumExp":
        """Return the node."""
        return super().__new__(cls, body, sympy.Integer(rows))  # type: ignore[no-any-return]

    @property
    def shape(self) -> tuple[Expr, Expr]:
        """One number for each sample."""
        body, rows = self.args
        return (body.shape[0], _ONE) if rows else (_ONE, body.shape[1])


class Quotient(MatrixExpr):  # type: ignore[misc]
    """One array divided by another, entry by entry."""

    def __new__(cls, above: MatrixExpr, below: MatrixExpr) -> "Quotient":
        """Return the node; shapes that do not fit are named."""
        elementwise(above, below)
        return super().__new__(cls, above, below)  # type: ignore[no-any-return]

    @property
    def shape(self) -> tuple[Expr, Expr]:
        """The shape of both."""
        return self.args[0].shape  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Rule:
    """How derivatives go back through one class of node.

    Attributes:
        node: the class.
        identity: the theorem, in one line.
        pull: the derivatives by the operands, from the node and the derivative ``g`` by it.
    """

    node: type
    identity: str
    pull: Callable[[MatrixExpr, MatrixExpr], list[Pair]]


def _matmul(node: MatMul, g: MatrixExpr) -> list[Pair]:
    scale, matrices = node.as_coeff_matrices()
    found: list[Pair] = []
    for place, operand in enumerate(matrices):
        left = [m.T for m in reversed(matrices[:place])]
        right = [m.T for m in reversed(matrices[place + 1 :])]
        found.append((operand, product(*left, g, *right, scale=scale)))
    return found


def _hadamard(node: HadamardProduct, g: MatrixExpr) -> list[Pair]:
    return [
        (operand, elementwise(g, *(other for k, other in enumerate(node.args) if k != place)))
        for place, operand in enumerate(node.args)
    ]


def _elementwise(node: Elementwise, g: MatrixExpr) -> list[Pair]:
    name, body, order = node.args
    return [(body, elementwise(g, Elementwise(name, body, int(order) + 1)))]


def _softmax(node: Softmax, g: MatrixExpr) -> list[Pair]:
    body, rows = node.args
    one, weighed = Ones(node.shape[int(rows)]), elementwise(node, g)
    sums = product(weighed, one, one.T, scale=-_ONE) if rows else product(one, one.T, weighed, scale=-_ONE)
    return [(body, elementwise(node, g + sums))]


def _log_sum_exp(node: LogSumExp, g: MatrixExpr) -> list[Pair]:
    body, rows = node.args
    one = Ones(body.shape[int(rows)])
    return [(body, elementwise(Softmax(body, rows), product(g, one.T) if rows else product(one, g)))]


def _quotient(node: Quotient, g: MatrixExpr) -> list[Pair]:
    above, below = node.args
    return [(above, Quotient(g, below)), (below, MatMul(-_ONE, elementwise(node, Quotient(g, below))))]


def _power(node: sympy.HadamardPower, g: MatrixExpr) -> list[Pair]:
    base, exponent = node.args
    return [(base, MatMul(exponent, elementwise(g, sympy.HadamardPower(base, exponent - 1))))]


_RECORDS = (
    Rule(MatAdd, "d(A + B): g goes to both", lambda node, g: [(operand, g) for operand in node.args]),
    Rule(MatMul, "d(A B): g B^T to A, A^T g to B", _matmul),
    Rule(Transpose, "d(A^T): g^T to A", lambda node, g: [(node.arg, g.T)]),
    Rule(HadamardProduct, "d(A o B): g o B to A, g o A to B", _hadamard),
    Rule(Elementwise, "d f(A): g o f'(A) to A", _elementwise),
    Rule(Softmax, "d softmax(A) = S, of columns: S o (g - 1 1^T (S o g)) to A", _softmax),
    Rule(LogSumExp, "d log sum exp(A), of columns: softmax(A) o (1 g) to A", _log_sum_exp),
    Rule(Quotient, "d(A / B) = C: g / B to A, -C o (g / B) to B", _quotient),
    Rule(sympy.HadamardPower, "d A^k, entry by entry: k g o A^(k - 1) to A", _power),
)
RULES: Mapping[type, Rule] = MappingProxyType({rule.node: rule for rule in _RECORDS})


def product(*factors: MatrixExpr, scale: Expr = _ONE) -> MatrixExpr:
    """Return a matrix product; shapes that do not fit are named.

    Raises:
        InputError: two neighbours do not fit.
    """
    for left, right in zip(factors, factors[1:], strict=False):
        if left.shape[1] != right.shape[0]:
            raise InputError(f"{left} has shape {_shape(left)}, {right} has {_shape(right)}: they cannot be multiplied")
    if scale != 1:
        return MatMul(scale, *factors)
    return MatMul(*factors) if len(factors) > 1 else factors[0]


def elementwise(*factors: MatrixExpr) -> MatrixExpr:
    """Return the product entry by entry; shapes that do not fit are named.

    Raises:
        InputError: two factors differ in shape.
    """
    for other in factors[1:]:
        if other.shape != factors[0].shape:
            shapes = f"{factors[0]} has shape {_shape(factors[0])}, {other} has {_shape(other)}"
            raise InputError(f"{shapes}: they cannot be multiplied entry by entry")
    return HadamardProduct(*factors) if len(factors) > 1 else factors[0]


def _shape(matrix: MatrixExpr) -> str:
    return " x ".join(map(str, matrix.shape))


def pullback(expression: MatrixExpr, g: MatrixExpr) -> list[Pair]:
    """Return the derivatives by the symbols in an expression, each path on its own.

    Example:
        >>> m, n = sympy.symbols("m n")
        >>> W, a, g = sympy.MatrixSymbol("W", m, n), sympy.MatrixSymbol("a", n, 1), sympy.MatrixSymbol("g", m, 1)
        >>> pullback(W * a, g)
        [(W, g*a.T), (a, W.T*g)]

    Raises:
        UnsupportedError: there is no rule for a node.
    """
    if isinstance(expression, sympy.MatrixSymbol):
        return [(expression, g)]
    if isinstance(expression, Ones):
        return []
    rule = RULES.get(type(expression))
    if rule is None:
        raise UnsupportedError(f"there is no pullback rule for {type(expression).__name__}")
    return [pair for operand, back in rule.pull(expression, g) for pair in pullback(operand, back)]

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


_RECORDS = (
    Rule(MatAdd, "d(A + B): g goes to both", lambda node, g: [(operand, g) for operand in node.args]),
    Rule(MatMul, "d(A B): g B^T to A, A^T g to B", _matmul),
    Rule(Transpose, "d(A^T): g^T to A", lambda node, g: [(node.arg, g.T)]),
    Rule(HadamardProduct, "d(A o B): g o B to A, g o A to B", _hadamard),
    Rule(Elementwise, "d f(A): g o f'(A) to A", _elementwise),
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

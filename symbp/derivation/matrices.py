"""Matrix expressions as formulas: products side by side, entry by entry with their own sign, functions by name."""

from collections.abc import Callable, Mapping

import sympy
from sympy import Expr, MatrixExpr, MatrixSymbol, Symbol

from ..errors import UnsupportedError
from ..formulas import (
    Apply,
    Call,
    Fraction,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Opaque,
    Power,
    Product,
    Sum,
    Transpose,
    map_children,
)
from ..formulas.meaning import from_sympy
from ..formulas.ones import ONES
from ..graphs.matrices import Elementwise, LogSumExp, Ones, Softmax
from .trees import beside

Leaf = Callable[[MatrixSymbol], Node]


def formula(expression: MatrixExpr, leaf: Leaf, functions: Mapping[str, Name]) -> Node:
    """Return a matrix expression as a formula.

    Args:
        leaf: the formula of a symbol.
        functions: the name of every elementwise function.
    """

    def show(e: MatrixExpr) -> Node:
        if isinstance(e, MatrixSymbol):
            return leaf(e)
        if isinstance(e, Ones):
            return Opaque(ONES)
        if isinstance(e, sympy.Transpose):
            return Transpose(show(e.arg))
        if isinstance(e, sympy.MatAdd):
            terms = map(show, sorted(e.args, key=_is_bias))
            return Sum(tuple(sorted(terms, key=lambda term: isinstance(term, Negative))))
        if isinstance(e, sympy.MatMul):
            scale, matrices = e.as_coeff_matrices()
            body = beside([Group(show(m)) if isinstance(m, sympy.HadamardProduct) else show(m) for m in matrices])
            return Negative(body) if scale == -1 else body
        if isinstance(e, Softmax):
            return Fraction(Call("exp", (show(e.args[0]),)), _sums(e, spread=1 not in e.shape))
        if isinstance(e, LogSumExp):
            return Call("log", (_sums(e, spread=False),))
        if isinstance(e, sympy.HadamardProduct):
            return _entrywise([show(arg) for arg in sorted(e.args, key=_is_function)])
        if isinstance(e, Elementwise):
            if str(e.args[0]) == "exp":
                return Call("exp", (show(e.args[1]),))
            return Apply(functions[str(e.args[0])], (show(e.args[1]),), int(e.args[2]))
        raise UnsupportedError(f"{type(e).__name__} cannot be written yet")

    def _sums(e: Softmax | LogSumExp, *, spread: bool) -> Node:
        """Return the sums of the exponentials of every sample, once or for each of its entries."""
        powers, ones = Call("exp", (show(e.args[0]),)), Opaque(ONES)
        if e.args[1]:
            return beside([powers, ones, *([Transpose(ones)] if spread else [])])
        return beside([*([ones] if spread else []), Transpose(ones), powers])

    return show(expression)


def _is_function(factor: MatrixExpr) -> bool:
    return isinstance(factor, Elementwise)


def _is_bias(term: MatrixExpr) -> bool:
    return any(symbol.name.startswith("bias") for symbol in term.atoms(MatrixSymbol))


def _entrywise(factors: list[Node]) -> Node:
    inner = [Group(factor) if isinstance(factor, Product) else factor for factor in factors]
    return Product(tuple(inner), ("@",) * (len(inner) - 1))


def entrywise(expression: Expr, symbols: Mapping[Symbol, Node]) -> Node:
    """Return a scalar expression as it is written for arrays, entry by entry.

    >>> from symbp.formulas import latex, Name
    >>> y = sympy.Symbol("y")
    >>> latex(entrywise(y * (1 - y), {y: Name("a")}))
    'a \\\\odot (1 - a)'
    """

    def change(node: Node) -> Node:
        if isinstance(node, Power) and node.exponent == Number("2"):
            base = change(node.base)
            return Product((base, base), ("@",))
        if isinstance(node, Call) and node.function == "abs":  # of an array bars would mean its length
            inner = change(node.arguments[0])
            return Call("max", (inner, _negated(inner)))
        if isinstance(node, Product):
            factors = [change(factor) for factor in node.factors]
            signs = ["" if _is_number(factor) else "@" for factor in factors[:-1]]
            return Product(tuple(factors), tuple(signs))
        return map_children(node, change)

    order = {symbol: place for place, symbol in enumerate(symbols)}
    return change(from_sympy(expression, leaf=lambda symbol: symbols[symbol], order=order))


def _is_number(node: Node) -> bool:
    return isinstance(node, Number) or (
        isinstance(node, Fraction) and _is_number(node.above) and _is_number(node.below)
    )


def _negated(node: Node) -> Node:
    if not isinstance(node, Sum):
        return Negative(node)
    flipped = [term.body if isinstance(term, Negative) else Negative(term) for term in node.terms]
    return Sum(tuple(sorted(flipped, key=lambda term: isinstance(term, Negative))))


def less(of: Node, what: Node) -> Node:
    """Return a difference."""
    return Sum((of, Negative(what)))

"""What a penalty adds on the layer level: to the loss for the weights of all layers, and to the gradient of each."""

from sympy import Expr, Symbol

from ..formulas import Call, Group, Node, Opaque, Quantity, Transpose
from ..formulas.meaning import from_sympy
from ..formulas.ones import ONES
from ..networks import penalty
from ..networks.penalties import w
from .matrices import entrywise
from .trees import added, beside


def total(name: str, weights: list[Symbol]) -> Node:
    """Return a penalty on arrays of weights.

    >>> from symbp.formulas import Name, latex, map_children
    >>> named = lambda node: Name(node.key.name) if isinstance(node, Quantity) else map_children(node, named)
    >>> latex(named(total("l2(factor=0.5)", [Symbol("W")])))
    '\\\\frac{1}{4} \\\\|W\\\\|^2'
    """
    record, factor = penalty(name)
    scale, rest = (factor * record.formula).as_coeff_Mul()
    terms = [_size(rest, weight) for weight in weights]
    return added([beside([from_sympy(scale), term]) if scale != 1 else term for term in terms])


def _size(of: Expr, weight: Symbol) -> Node:
    """Return an expression in one weight, added up over an array."""
    array, ones = Quantity(weight), Opaque(ONES)
    if of == w**2:
        return Call("square", (array,))
    return beside([Transpose(ones), Group(entrywise(of, {w: array})), ones])


def slope(name: str, weight: Symbol) -> Node:
    """Return the derivative of a penalty by an array of weights."""
    record, factor = penalty(name)
    shown = entrywise(record.derivative, {w: Quantity(weight)})
    if factor == 1:
        return shown
    return beside([from_sympy(factor), Group(shown) if not isinstance(shown, Quantity) else shown])

"""Calls as they stand in programs: ``np.dot(a, b)``, ``np.sum(a, axis=1)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .enclosing import arguments
from .ones import ONES
from .tree import Call, Group, Name, Node, Number, Opaque, Product, Summation, Transpose

if TYPE_CHECKING:
    from .reader import Reader


def from_library(reader: Reader) -> Node:
    """Read a call of a function of a library, from its name on."""
    name = reader.take().text
    if reader.here.text != "(":
        return Opaque(f"the operator {name}")
    found = arguments(reader)
    if name in _PRODUCTS and len(found) == 2:
        return Product(found, (_PRODUCTS[name],))
    if name in ("maximum", "minimum"):
        return Call(name[:3], found)
    if name == "sum":
        return total(found)
    return Opaque(f"the operator {name}", found)


def total(found: tuple[Node, ...]) -> Node:
    """Return the sum of all that is said, or of rows or columns where ``axis=`` says so."""
    said = [part.parts for part in found[1:] if isinstance(part, Opaque) and len(part.parts) == 2]
    axes = [value for name, value in said if name == Name("axis")]
    if not axes:
        return Summation(found[0])
    array = Group(found[0])
    if axes[0] == Number("0"):
        return Product((Transpose(Opaque(ONES)), array), ("",))
    return Product((array, Opaque(ONES)), ("",))


LIBRARIES = frozenset({"np", "numpy", "tf", "torch", "math", "jnp"})
_PRODUCTS = {"dot": "", "matmul": "", "mm": "", "multiply": "@", "mul": "@"}

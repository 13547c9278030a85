"""The sum of exponentials over all units of a layer but one, on arrays, for each of them.

For a unit below the largest net input it is the sum over all units less its own summand. For the largest one nothing
would be left of that where the others are far below: there the others are added up from the second largest on.
"""

import sympy
from sympy import Basic, Expr, Function, Symbol

from ..graphs import Definition
from ..networks import Layer

row_sums, row_maxima = Function("row_sums"), Function("row_maxima")  # over the units, one number a sample
OF_UNITS = ("negated", "capped", "top", "near", "rest", "others", "scaled", "of_top", "of_low")  # one number a unit
OF_SAMPLES = ("least", "second", "tops", "base", "near_sum", "top_share", "low_share")  # one number a sample


def array(role: str, layer: Layer) -> Symbol:
    """Return the symbol of an array of a layer."""
    return Symbol(f"{role}_{layer.number}", real=True)


def _symbols(layer: Layer) -> tuple[dict[str, Symbol], Basic]:
    """Return the arrays by their roles, and where a net input is the largest of its layer."""
    at = {role: array(role, layer) for role in ("net", "largest", "summand", "sum", *OF_UNITS, *OF_SAMPLES)}
    return at, at["net"] >= at["largest"]


def logarithms(layer: Layer) -> list[Definition]:
    r"""Return what defines ``others``: log of the sum over the other units of exp(net - largest), for each unit."""
    at, is_top = _symbols(layer)
    return [
        Definition(at["negated"], -at["net"]),
        Definition(at["least"], row_maxima(at["negated"])),
        Definition(at["capped"], sympy.Piecewise((-at["least"], is_top), (at["net"], True))),
        Definition(at["second"], row_maxima(at["capped"])),
        Definition(at["top"], sympy.Piecewise((1, is_top), (0, True))),
        Definition(at["tops"], row_sums(at["top"])),
        Definition(at["base"], sympy.Piecewise((at["largest"], at["tops"] > 1), (at["second"], True))),
        Definition(at["near"], sympy.exp(sympy.Piecewise((0, is_top), (at["net"] - at["base"], True)))),
        Definition(at["near_sum"], row_sums(at["near"])),
        Definition(at["rest"], sympy.Piecewise((at["near_sum"] - 1, is_top), (at["sum"] - at["summand"], True))),
        Definition(
            at["others"],
            sympy.log(at["rest"]) + sympy.Piecewise((at["base"] - at["largest"], is_top), (0, True)),
        ),
    ]


def adjoints(layer: Layer, by_others: Expr) -> tuple[list[Definition], Expr]:
    """Return definitions, and what the adjoints ``by_others`` of ``others`` add to the adjoint of every net input."""
    at, is_top = _symbols(layer)
    found = [
        Definition(at["scaled"], by_others / at["rest"]),
        Definition(at["of_top"], sympy.Piecewise((at["scaled"], is_top), (0, True))),
        Definition(at["of_low"], at["scaled"] - at["of_top"]),
        Definition(at["top_share"], row_sums(at["of_top"])),
        Definition(at["low_share"], row_sums(at["of_low"])),
    ]
    low = at["summand"] * (at["low_share"] - at["of_low"])
    return found, low + at["near"] * (at["top_share"] - at["of_top"])

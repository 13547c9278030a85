"""What a number on the page can be the value of, besides a quantity of the graph."""

from typing import NamedTuple

from sympy import Symbol


class Slope(NamedTuple):
    """The total derivative of one quantity by another."""

    of: Symbol
    by: Symbol


class Path(NamedTuple):
    """The part of the derivative of the loss by ``start`` that goes through its user ``via``."""

    start: Symbol
    via: Symbol


class At(NamedTuple):
    """A quantity of a general layer: letters instead of numbers."""

    role: str
    layer: str = ""
    unit: str = ""
    source: str = ""


class Sample(NamedTuple):
    """A quantity of a general layer, of one sample among several."""

    of: At


class Updated(NamedTuple):
    """A parameter after one step of gradient descent."""

    parameter: Symbol | At


class Delta(NamedTuple):
    """The derivative of the loss by a net input, or minus that, under a name of its own."""

    net: Symbol


class Bar(NamedTuple):
    """The derivative of the loss by a quantity, under a name of its own: that of the quantity with a bar."""

    of: Symbol


class Family(NamedTuple):
    """All quantities of a role in the output layer, as under a sum sign that names no index."""

    role: str


Key = Symbol | Slope | Path | Updated | Delta | Family | At | Bar | Sample

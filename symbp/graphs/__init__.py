"""The sympy expression graph: quantities, ordered definitions, the backward walk."""

from .backward import Backward, backward
from .graph import Definition, Graph
from .quantity import Quantity
from .unit import instance, unit_graph

__all__ = ["Backward", "Definition", "Graph", "Quantity", "backward", "instance", "unit_graph"]

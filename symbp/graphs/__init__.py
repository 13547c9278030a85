"""The sympy expression graph: quantities, ordered definitions, the backward walk."""

from .backward import Backward, backward
from .graph import Definition, Graph
from .layers import LayerGraph, layer_gradients, layer_graph
from .quantity import Quantity
from .unit import instance, unit_graph

__all__ = [
    "Backward",
    "Definition",
    "Graph",
    "LayerGraph",
    "Quantity",
    "backward",
    "instance",
    "layer_gradients",
    "layer_graph",
    "unit_graph",
]

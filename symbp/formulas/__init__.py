"""The language of the page: formula trees, the construct table, reader and writer, meaning."""

from .functions import FUNCTIONS
from .reader import Roles, read
from .tokens import ReadError
from .tree import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Group,
    Indicator,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Sum,
    Summation,
    children,
    depth,
    key,
    map_children,
    walk,
    without_groups,
)
from .writer import latex, plain

__all__ = [
    "FUNCTIONS",
    "Apply",
    "Call",
    "Derivative",
    "Fraction",
    "Group",
    "Indicator",
    "Name",
    "Negative",
    "Node",
    "Number",
    "Power",
    "Product",
    "Quantity",
    "ReadError",
    "Roles",
    "Sum",
    "Summation",
    "children",
    "depth",
    "key",
    "latex",
    "map_children",
    "plain",
    "read",
    "walk",
    "without_groups",
]

"""Arrays of ones whose size is open."""

from dataclasses import replace

from .tree import Call, Node, Number, Opaque, Product, Transpose, map_children, walk

ONES = "an array of ones"


def is_ones(node: Node) -> bool:
    """Whether a part is an array of ones."""
    return isinstance(node, Opaque) and node.what == ONES


def is_vector_of_ones(node: Node) -> bool:
    """Whether a part is an array of ones, or one transposed."""
    return is_ones(node.body if isinstance(node, Transpose) else node)


def without_lone_ones(node: Node) -> Node:
    """Return a formula in which an array of ones that multiplies nothing is the number 1, added to every entry.

    >>> from symbp.formulas import latex, read
    >>> latex(read(r"\\mathbf{1} - a"))
    '1 - a'
    """
    return _without(node) if any(map(is_ones, walk(node))) else node


def _without(node: Node) -> Node:
    if isinstance(node, Opaque) and is_ones(node):
        return node if node.parts else Number("1")
    if is_vector_of_ones(node) or (isinstance(node, Call) and node.function == "norm"):
        return node
    if isinstance(node, Product) and "@" not in node.signs:
        return replace(node, factors=tuple(part if is_ones(part) else _without(part) for part in node.factors))
    return map_children(node, _without)

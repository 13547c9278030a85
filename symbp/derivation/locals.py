"""How an output acts on its layer, on the index level: by one net input, or by all of them as softmax does."""

from dataclasses import dataclass

from ..errors import UnsupportedError
from ..formulas import (
    Apply,
    Call,
    Fraction,
    Group,
    Indicator,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Quantity,
    Sum,
    Summation,
    map_children,
)
from ..formulas.meaning import from_sympy
from ..networks import Activation, Network, VectorActivation, activation
from ..networks.activations import y
from ..networks.softmax import k, v
from .keys import At
from .trees import beside

LAST = "L"


@dataclass(frozen=True)
class Local:
    """The activation of a general layer.

    Attributes:
        record: what it is.
        function: its name on the page, where it is a function of one net input.
    """

    record: Activation | VectorActivation
    function: Name

    def out(self, layer: str, unit: str) -> Node:
        """Return the output of a unit."""
        net = at("net", layer, unit)
        if isinstance(self.record, Activation):
            return Apply(self.function, (net,))
        power, other = (Call("exp", (at("net", layer, one),)) for one in (unit, "k" if unit != "k" else "i"))
        total = Summation(other, Name("k" if unit != "k" else "i"))
        if self.record.name == "softmax":
            return Fraction(power, total)
        return Sum((net, Negative(Call("log", (Group(total),)))))

    def slope(self, layer: str, of: str, by: str) -> list[Node]:
        """Return the derivative of one output by a net input, as factors."""
        if isinstance(self.record, Activation):
            return [Apply(self.function, (at("net", layer, of),), 1), kronecker(of, by)]
        leaf = {y: at("out", layer, of), v: at("out", layer, by), k: kronecker(of, by)}
        order = {y: 0, k: 1, v: 2}
        shown = from_sympy(self.record.derivative, leaf=leaf.__getitem__, order=order)
        factors = shown.factors if isinstance(shown, Product) else (shown,)
        return [Group(factor) if isinstance(factor, Sum) else factor for factor in factors]


def hidden_local(network: Network) -> Local:
    """Return the activation of the hidden layers, or of all layers of a network that has none.

    Raises:
        UnsupportedError: one of several different ones is of a whole layer.
    """
    names = dict.fromkeys(network.activations[:-1] or network.activations)
    records = [activation(name) for name in names]
    if len(records) == 1:
        return Local(records[0], Name("f"))
    if not all(isinstance(record, Activation) for record in records):
        raise UnsupportedError(
            f"level 'index' needs one activation in all hidden layers where one is of a whole layer "
            f"({', '.join(names)}): use level 'unit' or 'layer'"
        )
    return Local(records[0], Name("f", (Name("l"),)))


def output_local(network: Network) -> Local:
    """Return the activation of the output layer: that of the hidden layers, or one of its own."""
    same = len(set(network.activations)) == 1
    return hidden_local(network) if same else Local(activation(network.activations[-1]), Name("g"))


def collapsed(node: Node) -> Node:
    """Return a sum over an index with a Kronecker delta in it, with the term where that is 1 by itself.

    >>> from symbp.formulas import latex, read
    >>> latex(collapsed(read(r"\\sum_{k} w_k \\mathbf{1}[k = j]")))
    'w_j'
    >>> latex(collapsed(read(r"\\sum_{k} w_k (\\mathbf{1}[k = j] - p_j)")))
    'w_j - p_j \\\\sum_{k} w_k'
    """
    if isinstance(node, Negative):
        inner = collapsed(node.body)
        return negated(inner) if inner != node.body else node
    if not isinstance(node, Summation) or not isinstance(node.index, Name):
        return node
    parts = node.body.factors if isinstance(node.body, Product) else (node.body,)
    place = next((place for place, part in enumerate(parts) if _delta(part, node.index)), None)
    if place is None:
        return node
    found, rest = _delta(parts[place], node.index), [*parts[:place], *parts[place + 1 :]]
    assert found is not None
    assert isinstance(found.right, Name)
    alone = beside([_renamed(factor, node.index, found.right) for factor in rest]) if rest else Number("1")
    bracket = parts[place]
    body = bracket.body if isinstance(bracket, Group) else bracket
    if not isinstance(body, Sum):
        return alone
    _, taken = body.terms
    assert isinstance(taken, Negative)
    return Sum((alone, Negative(beside([taken.body, Summation(beside(rest), node.index)]))))


def _delta(part: Node, index: Name) -> Indicator | None:
    """Return the Kronecker delta that a factor is, or from which it takes something."""
    body = part.body if isinstance(part, Group) else part
    first = body.terms[0] if isinstance(body, Sum) else body
    return first if isinstance(first, Indicator) and first.left == index else None


def negated(node: Node) -> Node:
    """Return minus a formula, the minus in the terms of a difference."""
    if isinstance(node, Negative):
        return node.body
    if not isinstance(node, Sum):
        return Negative(node)
    flipped = [negated(term) for term in node.terms]
    return Sum(tuple(sorted(flipped, key=lambda term: isinstance(term, Negative))))


def _renamed(node: Node, old: Name, new: Name) -> Node:
    if isinstance(node, Quantity) and isinstance(node.key, At):
        return Quantity(At(*(new.base if part == old.base else part for part in node.key)))
    if isinstance(node, Name):
        sub = tuple(new if index == old else index for index in node.sub)
        return Name(node.base, sub, node.label, node.marks)
    return map_children(node, lambda child: _renamed(child, old, new))


def at(role: str, layer: str = "", unit: str = "") -> Node:
    """Return a quantity of a general layer."""
    return Quantity(At(role, layer, unit))


def kronecker(one: str, other: str) -> Node:
    """Return 1 where two indices are the same, else 0."""
    return Indicator(Name(one), "=", Name(other))

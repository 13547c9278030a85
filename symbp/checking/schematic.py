"""Links that hold or fail by their form, whatever their quantities are, such as the chain rule as such."""

from __future__ import annotations

from dataclasses import replace

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Group,
    Name,
    Node,
    Power,
    Product,
    Sum,
    Summation,
    key,
    plain,
    walk,
    without_groups,
)


def chain_rule(left: Node, right: Node) -> str:
    """Return between which quantities a link is the chain rule, whatever their definitions; empty where it is none.

    >>> from symbp.formulas import read
    >>> chain_rule(read("dE/dw"), read("dE/do * do/dn * dn/dw"))
    'o and n'
    """
    return _through(left, right) or _through(right, left)


def delta_rule(left: Node, right: Node) -> bool:
    """Whether a link says that the derivative by a weight is the delta behind it times the output before it.

    >>> from symbp.formulas import read
    >>> delta_rule(read("dL/dw_{13}"), read(r"\\delta_3 x_1")), delta_rule(read("dL/dw_{13}"), read(r"\\delta_3 x_2"))
    (True, False)
    """
    factors = _factors(right)
    if not isinstance(left, Derivative) or not isinstance(left.by, Name) or len(factors) != 2:
        return False
    delta, output = sorted(factors, key=lambda factor: not (isinstance(factor, Name) and factor.base == "\\delta"))
    if not isinstance(delta, Name) or not isinstance(output, Name) or delta.base != "\\delta" or not delta.sub:
        return False
    weight, behind, before = (_tail(name) for name in (left.by, delta, output))
    return any({weight} & {behind + source, source + behind} for source in {before, output.base + before})


def stray_term(left: Node, right: Node) -> tuple[Name, Name] | None:
    """Return by what a term of a sum of derivatives is taken, and by what the others and the whole are.

    >>> from symbp.formulas import read
    >>> stray = stray_term(read("dE/dh_1"), read("dA/dh_1 + dB/dh_2"))
    >>> [key(name) for name in stray]
    ['h_2', 'h_1']
    """
    bare = without_groups(right)
    if not isinstance(left, Derivative) or not isinstance(left.by, Name) or not isinstance(bare, Sum):
        return None
    last = [factors[-1] for term in bare.terms if (factors := _factors(term))]
    by = [factor.by for factor in last if isinstance(factor, Derivative) and isinstance(factor.by, Name)]
    stray = [name for name in by if name != left.by]
    if len(stray) != 1 or len(by) != len(bare.terms) or stray[0].base != left.by.base:
        return None
    alike = key(stray[0]).lower() != key(left.by).lower()
    return (stray[0], left.by) if alike and len(stray[0].sub) == len(left.by.sub) > 0 else None


def defined_by_itself(left: Node, right: Node) -> bool:
    """Whether a name is said to be a function of nothing but itself, as in ``y = 1 / (1 + e^{-y})``.

    >>> from symbp.formulas import read
    >>> [defined_by_itself(read("y"), read(text)) for text in ("e^{-y}", "2 y", "e^{-x y}")]
    [True, False, False]
    """
    names = {key(part) for part in walk(right) if isinstance(part, Name)} - {"e", "\\pi"}
    nested = (Power, Call, Apply)
    return isinstance(left, Name) and names == {key(left)} and any(isinstance(part, nested) for part in walk(right))


def _tail(name: Name) -> str:
    return key(replace(name, marks=(), label=())).partition("_")[2]


def _through(whole: Node, product: Node) -> str:
    whole, product = _as_derivative(without_groups(whole)), without_groups(product)
    index = product.index if isinstance(product, Summation) else None
    factors = [_as_derivative(part) for part in _factors(product.body if isinstance(product, Summation) else product)]
    if not isinstance(whole, Derivative) or len(factors) < 2:
        return ""
    steps = [factor for factor in factors if isinstance(factor, Derivative)]
    if len(steps) < len(factors):
        return ""
    path = _path(steps, whole)
    if path is None or (index is not None and not any(_has(step.by, index) for step in path[:-1])):
        return ""
    return " and ".join(plain(step.by) for step in path[:-1])


def _as_derivative(node: Node) -> Node:
    """Return a derivative written with a prime, as ``C'(z)``, as the derivative of C by z."""
    if isinstance(node, Apply) and node.primes == 1 and len(node.arguments) == 1:
        return Derivative(node.function, without_groups(node.arguments[0]))
    return node


def _factors(node: Node) -> list[Node]:
    if isinstance(node, Group):
        return _factors(node.body)
    if isinstance(node, Product):
        return [part for factor in node.factors for part in _factors(factor)]
    return [node]


def _path(steps: list[Derivative], whole: Derivative) -> list[Derivative] | None:
    """Return the steps in the order in which they lead from the one quantity to the other, each used once."""
    left = list(steps)
    at: Node = whole.of
    path: list[Derivative] = []
    while left:
        step = next((step for step in left if step.of == at), None)
        if step is None:
            return None
        left.remove(step)
        path.append(step)
        at = step.by
    passed = [step.by for step in path]
    return path if at == whole.by and len(set(passed)) == len(passed) and whole.of not in passed else None


def _has(node: Node, index: Node) -> bool:
    return any(part == index for part in walk(node))

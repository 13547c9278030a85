"""Links that hold or fail by their form, whatever their quantities are, such as the chain rule as such."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Differential,
    Fraction,
    Group,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Summation,
    key,
    plain,
    walk,
    without_groups,
)
from .knowledge import CONSTANTS, Knowledge, slope_key
from .looks import RATES
from .terms import without_term


def chain_rule(left: Node, right: Node) -> str:
    """Return between which quantities a link is the chain rule, whatever their definitions; empty where it is none.

    >>> from symbp.formulas import read
    >>> chain_rule(read("dE/dw"), read("dE/do * do/dn * dn/dw"))
    'o and n'
    """
    return _through(left, right) or _through(right, left)


def total_differential(left: Node, right: Node) -> bool:
    """Whether a link says how a quantity moves: by the sum of what others move, each times the derivative by it.

    >>> from symbp.formulas import read
    >>> total_differential(read(r"\\mathrm{d}C"), read(r"\\mathrm{d}x \\frac{dC}{dx} + \\frac{dC}{dy} \\mathrm{d}y"))
    True
    >>> total_differential(read(r"\\mathrm{d}C"), read(r"\\mathrm{d}x \\frac{dC}{dy}"))
    False
    """
    bare = without_groups(right)
    terms = [factors_of(term) for term in (bare.terms if isinstance(bare, Sum) else (bare,))]
    if not isinstance(left, Differential) or any(len(factors) != 2 for factors in terms):
        return False
    by = []
    for factors in terms:
        move, slope = sorted(factors, key=lambda factor: not isinstance(factor, Differential))
        if not isinstance(move, Differential) or not isinstance(slope, Derivative):
            return False
        if (slope.of, slope.by) != (left.body, move.body):
            return False
        by.append(move.body)
    return len(set(by)) == len(by)


def delta_rule(left: Node, right: Node, definitions: Iterable[Node] = ()) -> bool:
    """Whether a link says that the derivative by a weight is the delta behind it times the output before it.

    Which index of the weight is that of the output shows in the definitions: it is the one that is summed over.

    >>> from symbp.formulas import read
    >>> delta_rule(read("dL/dw_{13}"), read(r"\\delta_3 x_1")), delta_rule(read("dL/dw_{13}"), read(r"\\delta_3 x_2"))
    (True, False)
    """
    factors = factors_of(right)
    if not isinstance(left, Derivative) or not isinstance(left.by, Name) or len(factors) != 2:
        return False
    delta, output = sorted(factors, key=lambda factor: not (isinstance(factor, Name) and factor.base == "\\delta"))
    if not isinstance(delta, Name) or not isinstance(output, Name) or delta.base != "\\delta" or not delta.sub:
        return False
    if _is_of_layer(left.by, output) not in _layers(left.by.base, output.base, definitions):
        return False
    weight, behind, before = (_tail(name) for name in (left.by, delta, output))
    summed = _summed_places(left.by.base, definitions)
    sources = {before, output.base + before}
    orders = ({source + behind for source in sources}, {behind + source for source in sources})
    return any(weight in order for place, order in enumerate(orders) if not summed or place in summed)


def _is_of_layer(weight: Name, output: Name) -> bool:
    """Whether a weight and an output have the same label: both are of one layer."""
    return weight.label == output.label


def _layers(weight: str, output: str, definitions: Iterable[Node]) -> set[bool]:
    """Return whether an output has the label of the weight by which it is multiplied, wherever it is; both if nowhere.

    So ``w^l a^{l-1}`` has not.
    """
    products = [part for node in definitions for part in walk(node) if isinstance(part, Product)]
    found = {
        _is_of_layer(one, other)
        for product in products
        for one in product.factors
        for other in product.factors
        if isinstance(one, Name) and isinstance(other, Name) and (one.base, other.base) == (weight, output)
    }
    return found or {True, False}


def _summed_places(weight: str, definitions: Iterable[Node]) -> set[int]:
    """Return which index of a weight is summed over, counted from 0, wherever it stands in a sum."""
    return {
        place
        for node in definitions
        for part in walk(node)
        if isinstance(part, Summation) and part.index is not None
        for name in walk(part.body)
        if isinstance(name, Name) and name.base == weight and len(name.sub) == 2 and name.sub[0] != name.sub[1]
        for place, index in enumerate(name.sub)
        if index == part.index
    }


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
    last = [factors[-1] for term in bare.terms if (factors := factors_of(term))]
    by = [factor.by for factor in last if isinstance(factor, Derivative) and isinstance(factor.by, Name)]
    stray = [name for name in by if name != left.by]
    if len(stray) != 1 or len(by) != len(bare.terms) or stray[0].base != left.by.base:
        return None
    alike = key(stray[0]).lower() != key(left.by).lower()
    return (stray[0], left.by) if alike and len(stray[0].sub) == len(left.by.sub) > 0 else None


def square_of(node: Node, by: str) -> Node | None:
    """Return the derivative of half a squared difference by a name of it, where a product shows that it is one.

    >>> from symbp.formulas import read
    >>> [plain(square_of(read(text), "o")) for text in (r"2 \\frac{1}{2} (t - o) x", r"\\frac12 2 (o - t)")]
    ['-(t - o)', 'o - t']
    """
    factors = factors_of(node.body if isinstance(node, Negative) else node)
    numbers = sorted(plain(factor) for factor in factors if isinstance(factor, Number | Fraction))
    if not (Number("2") in factors and {"1/2", "0.5"} & set(numbers)):
        return None
    bases = (factor.base if isinstance(factor, Power) and _is_one(factor.exponent) else factor for factor in factors)
    for difference in map(without_groups, bases):
        names = [_named(term) for term in difference.terms] if isinstance(difference, Sum) else []
        if len(names) == 2 and by in names and "" not in names and isinstance(difference, Sum):
            second = isinstance(difference.terms[1], Negative) and not isinstance(difference.terms[0], Negative)
            return (Negative(Group(difference)) if names[1] == by else difference) if second else None
    return None


def broken_path(left: Node, right: Node, knowledge: Knowledge) -> tuple[str, str]:
    """Return a quantity in a product of derivatives that does not depend on what it is differentiated by.

    Only where the derivative on the other side is not zero, and all behind the quantity has a value; else nothing.
    """
    if not isinstance(left, Derivative) or not isinstance(left.of, Name) or not isinstance(left.by, Name):
        return "", ""
    pairs = [slope_key(factor) for factor in factors_of(right)]
    if key(left.by) not in knowledge.needs(key(left.of)) or not all(pairs):
        return "", ""
    for pair in pairs:
        of, by = pair or ("", "")
        known = of in knowledge.definitions and by in knowledge.defined_or_used and of != by
        if known and by not in knowledge.needs(of) and knowledge.needs(of) <= knowledge.defined | CONSTANTS:
            return (of, by) if knowledge.is_said(of, by) else ("", "")
    return "", ""


def _is_one(exponent: Node) -> bool:
    return plain(without_groups(exponent)).replace(" ", "") in ("1", "2-1")


def _named(term: Node) -> str:
    term = term.body if isinstance(term, Negative) else term
    return key(term) if isinstance(term, Name) else ""


def times_itself(left: Node, right: Node) -> bool:
    """Whether a derivative is said to be itself times other derivatives, none of which is 1 by its form.

    >>> from symbp.formulas import read
    >>> [times_itself(read("dE/dn"), read(text)) for text in ("dE/dn * do/dh", "dE/do * do/dn", "dE/dn * dn/dn")]
    [True, False, False]
    """
    factors = [_as_derivative(factor) for factor in factors_of(right)]
    others = [factor for factor in factors if factor != left]
    steps = [factor for factor in others if isinstance(factor, Derivative) and factor.of != factor.by]
    return isinstance(left, Derivative) and len(steps) == len(others) == len(factors) - 1 > 0


def defined_by_itself(left: Node, right: Node) -> bool:
    """Whether a name is said to be a function of nothing but itself, as in ``y = 1 / (1 + e^{-y})``.

    >>> from symbp.formulas import read
    >>> [defined_by_itself(read("y"), read(text)) for text in ("e^{-y}", "2 y", "e^{-x y}")]
    [True, False, False]
    """
    names = {key(part) for part in walk(right) if isinstance(part, Name)} - CONSTANTS
    nested = (Power, Call, Apply)
    return isinstance(left, Name) and names == {key(left)} and any(isinstance(part, nested) for part in walk(right))


def own_step(left: Node, right: Node) -> tuple[Node, Node] | None:
    """Return the sum with a step along the slope of the quantity that it is said to be, and the sum without.

    >>> from symbp.formulas import latex, read
    >>> print(*map(latex, own_step(read("C"), read(r"y - a - \\eta \\frac{dC}{dw}"))), sep="; ")
    y - a - \\eta \\frac{dC}{dw}; y - a
    """
    for part in walk(right) if isinstance(left, Name) else ():
        for place, term in enumerate(part.terms) if isinstance(part, Sum) and left not in part.terms else ():
            factors = factors_of(term.body if isinstance(term, Negative) else term)
            rates = [factor for factor in factors if isinstance(factor, Name) and factor.base in RATES]
            if rates and any(isinstance(factor, Derivative) and factor.of == left for factor in factors):
                assert isinstance(part, Sum)
                return part, without_term(part, place)
    return None


def _tail(name: Name) -> str:
    return key(replace(name, marks=(), label=())).partition("_")[2]


def _through(whole: Node, product: Node) -> str:
    whole, product = _as_derivative(without_groups(whole)), without_groups(product)
    index = product.index if isinstance(product, Summation) else None
    factors = [_as_derivative(part) for part in factors_of(product.body if isinstance(product, Summation) else product)]
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


def factors_of(node: Node) -> list[Node]:
    """Return the factors of a product, also of those in brackets."""
    if isinstance(node, Group):
        return factors_of(node.body)
    if isinstance(node, Product):
        return [part for factor in node.factors for part in factors_of(factor)]
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

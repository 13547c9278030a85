"""Outputs that a document does not define, known by their slopes: where ``da/dz = f'(z)`` is said, a is ``f(z)``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formulas import Apply, Derivative, Name, Node, Product, key, without_groups
from .knowledge import NOWHERE, Knowledge, Read, links, slope_key
from .unsaid import completed


def integrated(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    r"""Return what a document says, with the outputs of which it only says how they are differentiated.

    So ``\frac{\partial a}{\partial z} = \sigma'(z)`` says that a is the activated z, and so does the step
    ``\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \sigma'(z)``.
    """
    found: dict[str, Node] = {}
    for _, left, right in links(chains):
        for output, source, function in _said(without_groups(left), without_groups(right)):
            name = key(output)
            known = name in knowledge.definitions or name in knowledge.spelt or name in knowledge.targets
            if not known and _is_of_one_unit(output, source) and name not in knowledge.needs(key(source)):
                found.setdefault(name, Apply(function, (source,)))
    if not found:
        return knowledge
    sources = {**knowledge.sources, **dict.fromkeys(found.keys() - knowledge.sources.keys(), NOWHERE)}
    return completed(replace(knowledge, definitions={**knowledge.definitions, **found}, sources=sources))


def _said(left: Node, right: Node) -> Iterator[tuple[Name, Name, Name]]:
    """Yield the output, its input and the function of which a link prints the slope."""
    if not (isinstance(left, Derivative) and isinstance(left.of, Name) and isinstance(left.by, Name)):
        return
    if (function := _slope_of(right, left.by)) is not None:
        yield left.of, left.by, function
    factors = [*map(without_groups, right.factors)] if isinstance(right, Product) else []
    if len(factors) != 2:  # the slope of the loss by the output, and that of the output
        return
    for slope, other in (factors, factors[::-1]):
        function = _slope_of(other, left.by)
        if function is None or not isinstance(slope, Derivative) or slope_key(slope) is None:
            continue
        if isinstance(slope.by, Name) and key(slope.of) == key(left.of):
            yield slope.by, left.by, function


def _slope_of(node: Node, source: Name) -> Name | None:
    """Return the function whose slope at a quantity a formula is."""
    if not isinstance(node, Apply) or node.primes != 1 or len(node.arguments) != 1:
        return None
    return node.function if key(without_groups(node.arguments[0])) == key(source) else None


def _is_of_one_unit(output: Name, source: Name) -> bool:
    """Whether two quantities are of the same unit, layer and step; an output may be printed without these."""
    one, other = (output.sub, output.label), (source.sub, source.label)
    return key(output) != key(source) and (one == other or not (output.sub or output.label))

"""The weights between kinds of units: ``w_{ho}`` where those of a document are ``w_5`` to ``w_8``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..formulas import Name, Node, Product, Sum, key, without_groups
from .indices import is_letter
from .knowledge import Knowledge
from .unit_letters import is_unit

Connection = tuple[Name, Name, Name]  # a unit, one of the next layer, and the weight between them


def connected(knowledge: Knowledge) -> Knowledge:
    """Return what a document says, with the weight from each unit to the next for what has the letters of both.

    Where ``net_{o1} = w_5 out_{h1} + ...``, ``w_{ho}`` is ``w_5`` for the units h1 and o1.
    """
    general = [name for name in knowledge.names.values() if _is_between(name)] if knowledge.numbered else []
    found: dict[str, set[Name]] = {}
    names: dict[str, Name] = {}
    for before, after, weight in _connections(knowledge) if general else ():
        units = {before.base: before, after.base: after}
        for name in general:
            letters = [_letter(index) for index in name.sub]
            if set(letters) == units.keys():
                one = replace(name, sub=tuple(units[letter] for letter in letters))
                names[key(one)] = one
                found.setdefault(key(one), set()).add(weight)
    said = {name: weights.pop() for name, weights in found.items() if len(weights) == 1}
    new = {name: weight for name, weight in said.items() if name not in {*knowledge.defined, *knowledge.numbered}}
    return replace(knowledge, definitions={**knowledge.definitions, **new}, names={**knowledge.names, **names})


def _is_between(name: Name) -> bool:
    return len(name.sub) == 2 and not name.marks and all(is_letter(index) or is_unit(index) for index in name.sub)


def _letter(index: Node) -> str:
    return index.base if isinstance(index, Name) else ""


def _connections(knowledge: Knowledge) -> Iterator[Connection]:
    """Yield the weights in the definitions of units as sums of products of a weight and a unit before."""
    numbered = (index for name in knowledge.numbered & knowledge.names.keys() for index in knowledge.names[name].sub)
    kinds = {index.base for index in numbered if isinstance(index, Name) and is_unit(index)}
    for name, definition in knowledge.definitions.items():
        after = _unit(knowledge.names.get(name), kinds)
        body = without_groups(definition)
        for term in body.terms if isinstance(body, Sum) and after else ():
            factors = term.factors if isinstance(term, Product) else ()
            for weight, other in (factors, factors[::-1]) if len(factors) == 2 else ():
                before = _unit(other, kinds)
                if after and before and before.base != after.base and isinstance(weight, Name):
                    yield before, after, weight


def _unit(node: Node | None, kinds: set[str]) -> Name | None:
    """Return the unit that a quantity is about: the h_1 of ``out_{h_1}``, and of an output ``h_1`` itself."""
    if not isinstance(node, Name) or len(node.sub) != 1:
        return None
    found = (index for index in (node.sub[0], node) if isinstance(index, Name) and is_unit(index))
    return next((index for index in found if index.base in kinds), None)

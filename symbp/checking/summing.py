"""What a sum is over: its printed range, or all quantities of the families in its body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache, reduce
from itertools import pairwise

from ..formulas import Derivative, Name, Node, Number, Product, Summation, key, walk, without_groups
from .arrays import Grid
from .knowledge import Knowledge
from .limits import MOST_TERMS, Undecided
from .looks import WEIGHTS
from .parts import indexed, replaced, whole


@lru_cache(maxsize=1000)
def over_range(node: Summation) -> tuple[Node, ...]:
    """Return the terms of a sum over a printed range.

    Raises:
        Undecided: it has none, or too many.
    """
    low, high = (whole(part) if part is not None else None for part in (node.low, node.high))
    if low is None or high is None or not isinstance(node.index, Name):
        raise Undecided("a sum without a range of whole numbers")
    if not 0 <= high - low < MOST_TERMS:
        raise Undecided(f"a sum of {high - low + 1} terms")
    index = node.index
    return tuple(indexed(node.body, {index: Number(str(n))}) for n in range(low, high + 1))


def over_families(body: Node, knowledge: Knowledge) -> tuple[Node, ...]:
    """Return the terms of a sum that does not say over what: one for each index that all names in it have.

    Raises:
        Undecided: there is no such index.
    """
    bare = {
        part.base
        for part in walk(body)
        if isinstance(part, Name) and not part.sub and key(part) not in knowledge.defined
    }
    members = [knowledge.family(base) for base in bare]
    places = [place for place in members[0] if all(place in other for other in members)] if members else []
    others = (key(part) for part in walk(body) if isinstance(part, Name) and part.base not in bare)
    if not places or any(1 in knowledge.shapes.get(name, ()) for name in others):  # or over the entries of a vector
        raise Undecided("a sum that does not say over what")
    return tuple(replaced(body, _member(knowledge, bare, place)) for place in places)


def _member(knowledge: Knowledge, bases: set[str], place: str) -> Callable[[Node], Node | None]:
    return lambda part: knowledge.family(part.base)[place] if isinstance(part, Name) and part.base in bases else None


def over_samples(body: Node, value: object, knowledge: Knowledge) -> Grid | None:
    """Return the sum of an array over its samples, as of ``\\sum \\delta``: a vector, be it a row or a column.

    Samples are rows where the products of the document have the weights last, and columns where they have them first.
    """
    places = Counter(_weight_places(knowledge))
    if not isinstance(without_groups(body), Name | Derivative) or not isinstance(value, Grid) or len(places) != 1:
        return None
    samples = value.rows if "last" in places else value.transposed.rows
    return Grid((tuple(reduce(lambda a, b: a + b, entries) for entries in zip(*samples, strict=True)),), free=True)


def _weight_places(knowledge: Knowledge) -> Iterator[str]:
    """Yield where the weights stand in the products of the definitions, beside what they weigh."""
    for name in sorted(knowledge.sources.keys() & knowledge.definitions.keys()):
        for product in walk(knowledge.definitions[name]):
            for one, other in pairwise(product.factors) if isinstance(product, Product) else ():
                if isinstance(one, Name) and isinstance(other, Name):
                    first, last = one.base in WEIGHTS, other.base in WEIGHTS
                    if first != last:
                        yield "first" if first else "last"

r"""Steps along the mean of the gradients of all samples: where these are alike, a step along the gradient of one.

``w^+_{jk} = w_{jk} - \frac{\eta}{m} \sum_{x=1}^m \delta_{xj} a_{xk}`` is judged by
``w^+_{jk} = w_{jk} - \eta \delta_j a_k``, which stands before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ..formulas import Derivative, Name, Node, ReadError, Summation, bases_in, key, walk
from .indices import without_index
from .instances import kind
from .knowledge import Knowledge, Read
from .updates import parameter

if TYPE_CHECKING:
    from .stages import Stage, Stages

ALIKE = "where all samples are alike"
SINGLE = "where there is one sample"
SAMPLES = 7  # which are alike


def of_one_sample(
    number: int, left: Node, right: Node, stages: Stages, chains: Sequence[Read]
) -> Callable[[int], Stage] | None:
    """Return what judges a step over so many samples by that for one, which a chain before it writes; else nothing."""
    if not is_step_over_samples(left, right, stages.knowledge):
        return None
    first = next((place for place, chain in enumerate(chains[:number]) if chain.members[0] == left), None)
    if first is None:
        return None
    stage = stages.at(first)
    samples = dict(over_samples(right, stage.knowledge))
    slopes = [part for node in chains[first].nodes for part in walk(node) if isinstance(part, Derivative)]
    said = (chains[first], *(chain for chain in chains if chain.members[0] in slopes))
    known = {name for chain in said for node in chain.nodes for name in _behind(node, stage.knowledge)}
    known |= {*samples, *map(key, samples.values())}
    own = without_index(right, *map(Name, samples))
    return partial(stage.of_alike, samples) if samples and known.issuperset(_behind(own, stage.knowledge)) else None


def is_step_over_samples(left: Node | ReadError | None, right: Node, known: Knowledge) -> bool:
    """Whether a definition is that of a parameter after a step along a sum over samples."""
    return isinstance(left, Name) and parameter(left) is not None and any(over_samples(right, known))


def sampled(chain: Read, known: Knowledge) -> Iterator[str]:
    """Yield the letters over which a chain sums where it is a step over samples."""
    left, right = chain.members[:2]
    if isinstance(right, Node) and is_step_over_samples(left, right, known):
        yield from (letter for letter, _ in over_samples(right, known))


def over_samples(rule: Node, known: Knowledge) -> Iterator[tuple[str, Node]]:
    """Yield the letters over which a rule sums what the document also has without them, each with the last one."""
    kinds = set(map(kind, known.names.values()))
    for part in walk(rule):
        if isinstance(part, Summation) and part.index is not None and part.high is not None and not part.product:
            names = (one for one in walk(part.body) if isinstance(one, Name) and part.index in (*one.sub, *one.label))
            one = [without_index(name, part.index) for name in names]
            if one and all(isinstance(name, Name) and kind(name) in kinds for name in one):
                yield key(part.index), part.high


def _behind(formula: Node, known: Knowledge) -> Iterator[str]:
    """Yield the bases of the names in a formula and behind it."""
    yield from bases_in(formula)
    yield from (known.names[name].base for name in known.reach(formula) & known.names.keys())

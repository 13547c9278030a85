"""Which names of a document are arrays, and of what shape: found by unification over all that it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise, product
from math import inf

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Gradient,
    Matrix,
    Name,
    Node,
    Number,
    Opaque,
    Product,
    ReadError,
    Summation,
    Transpose,
    has_part,
    key,
    map_children,
    read,
    walk,
)
from ..formulas.ones import is_vector_of_ones
from .knowledge import Knowledge, Read, is_closed, links, names_in
from .looks import RATES, WEIGHTS, bare, is_capital, may_scale
from .said_layouts import NUMERATOR, ROWS
from .selection import largest_places
from .shaping import Equation, Layout, Shaping

RARER = 2  # clashes more that one layout must have before the other is believed, which is rarer
SMALL = (2, 3, 4, 5)  # sizes that are taken where none is known
_WEIGHTS = WEIGHTS | {"U", "V"}
_MATRICES = frozenset({"W", "\\Theta"})
FITS_PER_CLASH = 8  # from which on shapes are sure enough that a link whose shapes differ is wrong


def sides(chains: Iterable[Read]) -> Iterator[Equation]:
    """Yield both sides of the links that could be read."""
    return ((left, right) for _, left, right in links(chains))


_BACKWARD = re.compile(r"\\delta|\\Delta|d[A-Za-z\\]")  # and not the d of a size or of what is desired
_STATED = re.compile(
    r"([^$=;]{1,60}?)(?:\\in\s*\\math(?:bb|bf)\s*\{?R\}?|∈\s*ℝ)\s*\^\s*(?:\{([^{}]{1,40}(?:\{[^{}]{0,20}\}[^{}]{0,20}){0,4})\}|(\w))"
)


def declared(text: str) -> dict[str, tuple[str, str]]:
    """Return the shapes that a document states, by the letters or numbers of their sizes.

    >>> declared(r"with $W \\in \\mathbb{R}^{m \\times n}$")
    {'W': ('m', 'n')}
    >>> declared(r"with $Q, K \\in \\mathbb{R}^{n \\times d}$")
    {'K': ('n', 'd'), 'Q': ('n', 'd')}
    >>> declared("X ∈ ℝ^{n × 1}")
    {'X': ('n', '1')}
    """
    found = {}
    for match in _STATED.finditer(text):
        sizes = [size.strip() for size in re.split(r"\\times|\\cdot|,|×", match[2] or match[3])]
        for part in reversed(re.split("[,，]", match[1]) if len(sizes) == 2 else []):
            try:
                name = read(part)
            except ReadError:
                break
            if not isinstance(name, Name):
                break
            found[key(name)] = (sizes[0], sizes[1])
    return found


def shaped(knowledge: Knowledge, equations: Iterable[Equation], letters: Iterable[str] = ()) -> Knowledge:
    """Return what a document says with the shapes of its arrays, where it has any."""
    pairs = list(equations)
    knowledge = replace(knowledge, inferred={})
    if not any(_shows_arrays(side) for pair in pairs for side in pair) and not (knowledge.declared or knowledge.spelt):
        return knowledge
    forward, backward = _parted(knowledge, pairs)
    turned = frozenset(name for pair in pairs for side in pair for name in _turned(side))
    counts, matrices = _counts(pairs), _matrices(pairs)
    by_rows = weighs_right(side for pair in forward for side in pair)
    weighed = [found for pair in forward for side in pair if (found := _weighs(side, _MATRICES))]
    layouts = (by_rows,) if weighed and all((found > 0) == by_rows for found in weighed) else (False, True)
    sides = [side for pair in pairs for side in pair]
    batches = {rows: any(_adds_to_samples(knowledge, side, rows) for side in sides) for rows in (False, True)}
    best: Shaping | None = None
    for single, numerator, rows in product((False, True), (False, True), layouts):
        layout = Layout(rows, numerator, single)
        shaping = Shaping(knowledge, layout, frozenset(letters), turned, counts, matrices, batches[rows])
        if best is not None and _cost(shaping) > (_cost(best)[0], inf):
            continue  # whatever fits
        shaping.state(forward)
        shaping.seal()
        shaping.state(backward)
        if best is None or (*_cost(shaping), rows != by_rows) < (*_cost(best), best.layout.rows != by_rows):
            best = shaping
    assert best is not None
    if best.clashes > best.fits:
        return knowledge
    layout = best.layout
    unsure = best.clashes * FITS_PER_CLASH > best.fits
    return replace(
        knowledge,
        inferred=dict(_sized(best)),
        numerator=layout.numerator,
        rows=layout.rows,
        unsure=unsure,
    )


def _counts(pairs: Iterable[Equation]) -> frozenset[str]:
    """Return the names that stand nowhere but below numbers, as m in ``1/m``, and as ends of sums: no arrays."""
    below: set[str] = set()
    elsewhere: set[str] = set()
    for side in (side for pair in pairs for side in pair):
        inside: set[str] = set()
        for part in walk(side):
            if isinstance(part, Fraction) and not names_in(part.above):
                inside |= {key(name) for name in _factors(part.below) if isinstance(name, Name)}
            elif isinstance(part, Summation):
                inside |= {name for end in (part.low, part.high) if end is not None for name in names_in(end)}
        below |= inside
        elsewhere |= names_in(_without_counted(side))
    return frozenset(below - elsewhere)


def _without_counted(node: Node) -> Node:
    if isinstance(node, Fraction) and not names_in(node.above):
        rest = [part for part in _factors(node.below) if not isinstance(part, Name)]
        return Product((node.above, *map(_without_counted, rest)), ("",) * len(rest)) if rest else node.above
    if isinstance(node, Summation):
        node = replace(node, low=None, high=None)
    return map_children(node, _without_counted)


def _factors(node: Node) -> tuple[Node, ...]:
    return node.factors if isinstance(node, Product) else (node,)


def _adds_to_samples(knowledge: Knowledge, side: Node, rows: bool) -> bool:
    """Whether ones stand on the side of the samples of an array, as in ``b 1^T`` where these are columns."""
    for part in walk(side):
        if isinstance(part, Product) and "@" not in part.signs and not _adds_up_matrix(part):
            pairs = zip(part.factors, part.factors[1:], strict=False)
            for ones, array in ((b, a) for a, b in pairs) if not rows else pairs:
                if is_vector_of_ones(ones) and not is_vector_of_ones(array) and not _scales(knowledge, array):
                    return True
    return False


def _adds_up_matrix(node: Product) -> bool:
    """Whether a product adds up what only has matrices in it, as ``1^T |W| 1``: that says nothing of samples."""
    first, *inner, last = node.factors
    names = [part for factor in inner for part in walk(factor) if isinstance(part, Name)]
    both = is_vector_of_ones(last) and isinstance(first, Transpose) and is_vector_of_ones(first)
    return both and bool(names) and all(map(is_capital, names))


def _scales(knowledge: Knowledge, node: Node) -> bool:
    node = bare(node)
    if isinstance(node, Name):
        return may_scale(node) or key(node) in RATES | knowledge.entries | knowledge.constants
    return isinstance(node, Number | Fraction)


def weighs_right(sides: Iterable[Node]) -> bool:
    """Whether weights mostly follow what they weigh, as in ``x W``: then samples are rows."""
    return sum(_weighs(side, _WEIGHTS) for side in sides) > 0


def _weighs(side: Node, weights: frozenset[str]) -> int:
    """Return how often a weight follows what it weighs, as in ``X W``, rather than stands before it."""
    found = 0
    for part in walk(side):
        pairs = pairwise(map(bare, part.factors)) if isinstance(part, Product) else ()
        for left, right in pairs:
            if isinstance(left, Name) and isinstance(right, Name):
                found += (right.base in weights) - (left.base in weights)
    return found


def _cost(shaping: Shaping) -> tuple[int, int]:
    layout, said = shaping.layout, shaping.knowledge.layout
    turned = said == NUMERATOR or (said == ROWS and not layout.rows)
    rarer = (layout.numerator != turned) + layout.single
    return shaping.clashes + RARER * rarer, shaping.sizes.bent


def _shows_arrays(side: Node) -> bool:
    return any(
        isinstance(part, Transpose | Gradient)
        or (isinstance(part, Call) and part.function in ("norm", "square"))
        or (isinstance(part, Call) and part.function == "softmax" and _is_whole(part.arguments[0]))
        or (isinstance(part, Product) and "@" in part.signs)
        or (isinstance(part, Opaque) and part.what.lower() == "the operator diag")
        or (isinstance(part, Matrix) and len(part.rows) > 1)
        for part in walk(side)
    )


def _is_whole(node: Node) -> bool:
    """Whether a formula is a name without an index."""
    return isinstance(node, Name) and not node.sub


def _turned(side: Node) -> Iterator[str]:
    """Yield the names that are transposed or multiplied entry by entry, and so are arrays."""
    for part in walk(side):
        if isinstance(part, Transpose) and isinstance(bare(part.body), Name):
            yield key(bare(part.body))
        elif isinstance(part, Product) and "@" in part.signs:
            yield from (key(factor) for factor in part.factors if isinstance(factor, Name))


def _matrices(pairs: Iterable[Equation]) -> frozenset[str]:
    """Return the letters of what is multiplied from the left both as it is and transposed, as the w of ``w a + b``.

    Those of weights are matrices also where only their arguments and results are used as arrays.
    """
    pairs = list(pairs)
    plain, turned, weights = set[str](), set[str](), set[str]()
    arrays = {name.base for pair in pairs for side in pair for name in _in_arrays(side)}
    for left, right in pairs:
        if isinstance(left, Name) and left.base in arrays:
            for one, other in _beside(right):
                if one.base in _WEIGHTS and one.base.islower() and other.base in arrays and one.base not in arrays:
                    weights.add(one.base)
    for part in (part for pair in pairs for side in pair for part in walk(side)):
        if not isinstance(part, Product):
            continue
        for factor, sign, following in zip(part.factors, part.signs, part.factors[1:], strict=False):
            left, after = (bare(side.body if isinstance(side, Transpose) else side) for side in (factor, following))
            if sign != "@" and isinstance(left, Name) and isinstance(after, Name | Derivative):
                (turned if isinstance(factor, Transpose) else plain).add(left.base)
    return frozenset(plain & turned | weights)


def _beside(side: Node) -> Iterator[tuple[Name, Name]]:
    """Yield the names that are multiplied as matrices are, side by side."""
    for part in walk(side):
        if isinstance(part, Product):
            for one, sign, other in zip(part.factors, part.signs, part.factors[1:], strict=False):
                if sign != "@" and isinstance(one, Name) and isinstance(other, Name):
                    yield one, other


def _in_arrays(side: Node) -> Iterator[Name]:
    """Yield the names that are transposed, or stand in what is multiplied entry by entry."""
    for part in walk(side):
        if isinstance(part, Transpose) and isinstance(bare(part.body), Name):
            yield from (name for name in walk(part.body) if isinstance(name, Name))
        elif isinstance(part, Product) and "@" in part.signs:
            for factor in part.factors:
                yield from (name for name in _entries_of(factor) if isinstance(name, Name))


def _entries_of(factor: Node) -> Iterator[Node]:
    """Yield what a factor is computed from entry by entry: itself, or what its function is applied to."""
    inner = bare(factor)
    yield from inner.arguments if isinstance(inner, Apply | Call) else (inner,)


def _parted(knowledge: Knowledge, pairs: list[Equation]) -> tuple[list[Equation], list[Equation]]:
    """Return the equations that compute values forward or print arrays, and all others, which may be wrong."""
    forward: list[Equation] = [
        (knowledge.names[name], formula)
        for name, formula in knowledge.definitions.items()
        if name in knowledge.names and not _is_backward(knowledge, name)
    ]
    forward += [pair for pair in pairs if pair not in forward and any(map(_is_printed_array, pair))]
    return forward, [pair for pair in pairs if pair not in forward]


def _is_printed_array(side: Node) -> bool:
    return has_part(side, Matrix) and is_closed(side)


def _is_backward(knowledge: Knowledge, name: str) -> bool:
    behind = {name, *knowledge.needs(name)}
    formulas = (knowledge.definitions[other] for other in behind if other in knowledge.definitions)
    return any(_BACKWARD.match(other) for other in behind) or any(
        isinstance(part, Derivative | Gradient) or (isinstance(part, Apply) and part.primes)
        for formula in formulas
        for part in walk(formula)
    )


def _sized(shaping: Shaping) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the shape of every name, with a size of its own for each that is not known."""
    sizes = shaping.sizes
    taken = {number for size, number in sizes.numbers.items() if sizes.first(size) == size}
    free = [number for number in SMALL if number not in taken] or [*SMALL]
    least = largest_places({**shaping.knowledge.names, **shaping.nodes}.values(), shaping.shapes, sizes)
    chosen: dict[int, int] = {}
    for name, shape in shaping.shapes.items():
        numbers = []
        for size in map(sizes.first, shape):
            if size not in chosen:
                many = sizes.is_many(size)
                chosen[size] = sizes.numbers.get(size) or (_drawn(free, least.get(size, 0)) if many else 1)
            numbers.append(chosen[size])
        yield name, (numbers[0], numbers[1])


def _drawn(free: list[int], least: int) -> int:
    """Return the largest index of an entry, else a size of its own, and put it last of those that are free."""
    number = least if least > 1 else free[0]
    if number in free:
        free.append(free.pop(free.index(number)))
    return number

"""Which names of a document are arrays, and of what shape: found by unification over all that it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import product

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Gradient,
    Matrix,
    Name,
    Node,
    Product,
    ReadError,
    Transpose,
    key,
    read,
    walk,
)
from .knowledge import Knowledge, Read, links
from .shaping import Equation, Layout, Shaping

RARER = 2  # clashes more that one layout must have before the other is believed, which is rarer
FITS_PER_CLASH = 8  # from which on shapes are sure enough that a link whose shapes differ is wrong


def sides(chains: Iterable[Read]) -> Iterator[Equation]:
    """Yield both sides of the links that could be read."""
    return ((left, right) for _, left, right in links(chains))


_STATED = re.compile(
    r"([^$=;,]{1,60}?)\\in\s*\\mathbb\s*\{?R\}?\s*\^\s*(?:\{([^{}]{1,40}(?:\{[^{}]{0,20}\}[^{}]{0,20}){0,4})\}|(\w))"
)


def declared(text: str) -> dict[str, tuple[str, str]]:
    """Return the shapes that a document states, by the letters or numbers of their sizes.

    >>> declared(r"with $W \\in \\mathbb{R}^{m \\times n}$")
    {'W': ('m', 'n')}
    """
    found = {}
    for match in _STATED.finditer(text):
        with suppress(ReadError):
            name = read(match[1])
            sizes = [size.strip() for size in re.split(r"\\times|\\cdot|,|×", match[2] or match[3])]
            if isinstance(name, Name) and len(sizes) == 2:
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
    best: Shaping | None = None
    for single, numerator, rows in product((False, True), repeat=3):
        layout = Layout(rows, numerator, single)
        shaping = Shaping(knowledge, layout, frozenset(letters), turned)
        shaping.state(forward)
        shaping.seal()
        shaping.state(backward)
        if best is None or _cost(shaping) < _cost(best):
            best = shaping
    assert best is not None
    if best.clashes > best.fits:
        return knowledge
    layout = best.layout
    unsure = best.clashes * FITS_PER_CLASH > best.fits
    return replace(
        knowledge,
        inferred=dict(best.found()),
        numerator=layout.numerator,
        rows=layout.rows,
        unsure=unsure,
    )


def _cost(shaping: Shaping) -> tuple[int, int]:
    rarer = shaping.layout.numerator + shaping.layout.single
    return shaping.clashes + RARER * rarer, shaping.sizes.bent


def _shows_arrays(side: Node) -> bool:
    return any(
        isinstance(part, Transpose | Gradient)
        or (isinstance(part, Call) and part.function in ("norm", "square"))
        or (isinstance(part, Product) and "@" in part.signs)
        or (isinstance(part, Matrix) and len(part.rows) > 1)
        for part in walk(side)
    )


def _turned(side: Node) -> Iterator[str]:
    """Yield the names that are transposed or multiplied entry by entry, and so are arrays."""
    for part in walk(side):
        if isinstance(part, Transpose) and isinstance(part.body, Name):
            yield key(part.body)
        elif isinstance(part, Product) and "@" in part.signs:
            yield from (key(factor) for factor in part.factors if isinstance(factor, Name))


def _parted(knowledge: Knowledge, pairs: list[Equation]) -> tuple[list[Equation], list[Equation]]:
    """Return the equations that compute values forward, and all others, which may be wrong."""
    forward: list[Equation] = [
        (knowledge.names[name], formula)
        for name, formula in knowledge.definitions.items()
        if name in knowledge.names and not _is_backward(knowledge, name)
    ]
    return forward, [pair for pair in pairs if pair not in forward]


def _is_backward(knowledge: Knowledge, name: str) -> bool:
    behind = {name, *knowledge.needs(name)}
    formulas = (knowledge.definitions[other] for other in behind if other in knowledge.definitions)
    return any(other.startswith(("\\delta", "\\Delta", "d")) for other in behind) or any(
        isinstance(part, Derivative | Gradient) or (isinstance(part, Apply) and part.primes)
        for formula in formulas
        for part in walk(formula)
    )

"""Primes that turn what they stand on, as in ``y = w'x`` and ``(X'X)^{-1} X'y``, and mark no other name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from ..formulas import (
    Apply,
    Derivative,
    Gradient,
    Group,
    Name,
    Node,
    Opaque,
    Product,
    Transpose,
    map_children,
    walk,
)
from ..formulas.functions import ACTIVATION_LETTERS, FUNCTION_LETTERS
from .knowledge import Read

PRIME = "'"
_OF_BRACKETS = "a derivative that does not say by what"
_SAID = re.compile(
    r"(?i)(?:'|′|\\prime)[^.;。\n]{0,50}(?:transpos|转置|轉置|転置|전치|транспонир)|\bprimes?\b[^.;\n]{0,40}\btranspos"
    r"|transpos\w*[^.;\n]{0,40}(?:\bprimes?\b|(?<=[ $({])(?:'|′|\\prime))|撇[^。\n]{0,12}[转轉]置"
)
_NOT = re.compile(r"(?i)\b(?:not|no|never|nicht|pas|non)\b|不|derivativ")


def with_primes(chains: list[Read], text: str) -> list[Read]:
    """Return chains with transposes for such primes: where the text says so, or where nothing else fits.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> text = "$S = (y - X b)'(y - X b)$, $g = -2 X'(y - X b)$"
    >>> latex(with_primes(read_chains(chains(text), Roles()), text)[-1].members[1])
    '-2 X^T (y - X b)'
    """
    found = _Primes(chains)
    said = any(not _NOT.search(match[0]) for match in _SAID.finditer(text))
    turned = found.bases if said or (found.fits and not found.strays) else frozenset()
    return [chain.changed(lambda node: _turned(node, turned)) for chain in chains] if turned else chains


@dataclass(frozen=True, eq=False)
class _Primes:
    """The names with a prime in a document, and how they stand in it."""

    chains: list[Read]

    @cached_property
    def parts(self) -> list[Node]:
        """All parts of all formulas."""
        return [part for chain in self.chains for node in chain.nodes for part in walk(node)]

    @cached_property
    def bases(self) -> frozenset[str]:
        """The letters that stand both with a prime and without, and are no functions; nothing is by them, or is one."""
        names = [part for part in self.parts if isinstance(part, Name)]
        plain = {name.base for name in names if not name.marks}
        applied = {part.function.base for part in self.parts if isinstance(part, Apply) and part.primes != 1}
        own = {base for part in self.parts for base in _own(part)}
        heads = {
            head.base for chain in self.chains if isinstance(head := chain.members[0], Name) and PRIME in head.marks
        }
        found = {base for part in self.parts if (base := _primed(part))}
        return frozenset(found & plain - applied - own - heads - ACTIVATION_LETTERS - FUNCTION_LETTERS)

    @cached_property
    def _factors(self) -> list[tuple[Node, Node | None]]:
        """The factors of all products, each with the one behind it."""
        products = [part.factors for part in self.parts if isinstance(part, Product)]
        return [pair for factors in products for pair in zip_longest(factors, factors[1:])]

    @property
    def strays(self) -> bool:
        """Whether some name with a prime stands where nothing is multiplied by it from the left."""
        before = [factor for factor, behind in self._factors if behind is not None]
        lone = [part for part in self.parts if isinstance(part, Name) and PRIME in part.marks]
        return any(not any(name is factor for factor in before) for name in lone if not self._is_taken_by(name))

    def _is_taken_by(self, name: Name) -> bool:
        """Whether something is differentiated twice, by a name and by what it is turned."""
        return any(
            isinstance(part, Derivative) and isinstance(part.of, Derivative) and name in (part.by, part.of.by)
            for part in self.parts
        )

    @property
    def fits(self) -> bool:
        """Whether a product of a thing with itself stands there, or what is defined by such names only."""
        same = any(_without(one) == other for one, other in self._factors if _without(one) is not None)
        return same or bool(self.bases and self.bases <= self._only_primed)

    @cached_property
    def _only_primed(self) -> set[str]:
        """The letters that stand in definitions with a prime only, and by which something is differentiated."""
        bodies = [chain.members[1] for chain in self.chains if isinstance(chain.members[0], Name | Apply)]
        names = [part for body in bodies if isinstance(body, Node) for part in walk(body) if isinstance(part, Name)]
        plain = {name.base for name in names if not name.marks}
        by = (part.by for part in self.parts if isinstance(part, Derivative))
        taken = {part.base for part in by if isinstance(part, Name) and not part.marks}
        taken |= {
            by.base for part in self.parts if isinstance(part, Gradient) for by in part.by if isinstance(by, Name)
        }
        return {name.base for name in names if name.marks == (PRIME,)} & taken - plain


def _primed(part: Node) -> str:
    """Return the letter of a name with a prime, which before brackets looks like the derivative of a function."""
    if isinstance(part, Apply):
        return part.function.base if part.primes == 1 and len(part.arguments) == 1 else ""
    return part.base if isinstance(part, Name) and part.marks == (PRIME,) else ""


def _own(part: Node) -> Iterator[str]:
    """Yield the letters with a prime that are names of their own: transposed, or something is taken by them."""
    if isinstance(part, Transpose) and isinstance(part.body, Name) and part.body.marks:
        yield part.body.base
    twice = isinstance(part, Derivative) and isinstance(part.of, Derivative)
    if isinstance(part, Derivative) and isinstance(part.by, Name) and PRIME in part.by.marks and not twice:
        yield part.by.base


def _without(part: Node) -> Node | None:
    """Return what a prime stands on."""
    if isinstance(part, Name) and part.marks == (PRIME,):
        return replace(part, marks=())
    return _bracket(part)


def _bracket(part: Node) -> Group | None:
    """Return the bracket on which a prime stands."""
    body = part.parts[0] if isinstance(part, Opaque) and part.what == _OF_BRACKETS else None
    return body if isinstance(body, Group) else None


def _turned(node: Node, bases: frozenset[str]) -> Node:
    """Return a formula with transposes for the primes of these letters, and of brackets."""
    if isinstance(node, Derivative) and isinstance(node.by, Name) and node.by.marks == (PRIME,):
        node = replace(node, by=replace(node.by, marks=()))
    if isinstance(node, Apply) and _primed(node) in bases:
        group = Group(_turned(node.arguments[0], bases), span=(0, 0))
        return Product((Transpose(node.function), group), ("",), span=node.span)
    if isinstance(node, Name) and node.base in bases and node.marks == (PRIME,):
        return Transpose(replace(node, marks=()), span=node.span)
    if (bracket := _bracket(node)) is not None:
        return Transpose(_turned(bracket, bases), span=node.span)
    node = map_children(node, lambda part: _turned(part, bases))
    return _flat(node) if isinstance(node, Product) else node


def _flat(node: Product) -> Product:
    """Return a product without products as its factors."""
    signs = [
        (*(f.signs if isinstance(f, Product) else ()), s) for f, s in zip(node.factors, (*node.signs, ""), strict=True)
    ]
    factors = [part for f in node.factors for part in (f.factors if isinstance(f, Product) else (f,))]
    return replace(node, factors=tuple(factors), signs=tuple(sign for own in signs for sign in own)[:-1])

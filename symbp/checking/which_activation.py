r"""Which activation a letter means: the ``\sigma`` of ``\sigma'(z)`` where ``a = ReLU(z)`` is said, and no sigmoid."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from ..formulas import Apply, Call, Name, Node, Number, key, walk, without_groups
from ..formulas.functions import ACTIVATION_LETTERS, FUNCTIONS
from .knowledge import Read
from .parts import replaced

RECTIFIER = "ReLU"
PLAIN = frozenset({"sigmoid", "tanh"})  # activations that are called by a name alone
Said = Mapping[str, str]  # by the letter of a function, or by its argument, which activation is said


def with_activations(chains: list[Read]) -> list[Read]:
    r"""Return chains with the activations that their letters mean.

    Where a document says ``\sigma(z) = \tanh(z)``, that is what its letter is; where it says ``a = ReLU(z)`` and has
    the letter with a prime only, it is the slope of that at z.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, plain
    >>> read = with_activations(read_chains(chains("$a = \\tanh(z)$, $d = \\sigma'(z)$"), Roles()))
    >>> plain(read[1].members[1])
    "tanh'(z)"
    """
    heads = {key(head.function) for chain in chains if isinstance(head := chain.members[0], Apply)}
    applied = [part for chain in chains for node in chain.nodes for part in walk(node) if isinstance(part, Apply)]
    letters = {key(part.function) for part in applied if part.function.base in ACTIVATION_LETTERS} - heads
    sloped = letters - {key(part.function) for part in applied if not part.primes}
    named = {letter: word for letter, word in _alone(_named(chains)).items() if letter in letters}
    outputs = _alone(_outputs(chains)) if sloped else {}
    if not named and not outputs:
        return chains
    return [
        chain if dict(_named([chain])) else chain.changed(lambda node: _meant(node, named, outputs, sloped))
        for chain in chains
    ]


def _named(chains: list[Read]) -> Iterator[tuple[str, str]]:
    r"""Yield the letters that a chain says to be an activation, as in ``\sigma(z) = \tanh(z)``."""
    for chain in chains:
        for one, other in pairwise(chain.members):
            if isinstance(one, Apply) and not one.primes and isinstance(other, Node) and len(one.arguments) == 1:
                found = _activation(other)
                if found is not None and found[1] == key(without_groups(one.arguments[0])):
                    yield key(one.function), found[0]


def _outputs(chains: list[Read]) -> Iterator[tuple[str, str]]:
    """Yield the arguments that a chain says to be activated, as in ``a = ReLU(z)``, each with the activation."""
    for chain in chains:
        for head, node in pairwise(chain.members):
            if isinstance(head, Name) and isinstance(node, Node) and (found := _activation(node)) is not None:
                yield found[1], found[0]


def _alone(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Return what is said of each name, where that is one thing."""
    found: dict[str, set[str]] = {}
    for name, word in pairs:
        found.setdefault(name, set()).add(word)
    return {name: next(iter(words)) for name, words in found.items() if len(words) == 1}


def _activation(node: Node) -> tuple[str, str] | None:
    """Return the word for the activation that a formula is, and of which name it is."""
    bare = without_groups(node)
    if not isinstance(bare, Call):
        return None
    of_zero = bare.function == "max" and len(bare.arguments) == 2 and bare.arguments[0] == Number("0")
    word = RECTIFIER if of_zero else FUNCTIONS[bare.function].spellings[0] if bare.function in PLAIN else ""
    argument = without_groups(bare.arguments[-1])
    return (word, key(argument)) if word and isinstance(argument, Name) else None


def _meant(node: Node, named: Said, outputs: Said, sloped: Collection[str]) -> Node:
    """Return a formula with the activations that are said for their letters."""

    def known(part: Node) -> Node | None:
        if not isinstance(part, Apply) or len(part.arguments) != 1:
            return None
        letter, argument = key(part.function), _meant(part.arguments[0], named, outputs, sloped)
        word = named.get(letter) or (outputs.get(key(without_groups(argument))) if letter in sloped else None)
        return Apply(Name(word, span=part.function.span), (argument,), part.primes, span=part.span) if word else None

    return replaced(node, known)

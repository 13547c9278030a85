"""The members of chains, read."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ..documents import Chain
from ..formulas import Node, ReadError, Roles, read
from .apart import with_digits_apart
from .averages import with_ranges
from .components import with_components
from .concatenated import with_concatenated
from .differentials import with_differentials
from .dittos import with_dittos
from .equated import with_conditions
from .error_letter import with_error_letter
from .fixed_arguments import without_arguments
from .functions_alone import at_their_argument
from .gradient_layers import with_layers
from .hidden_letters import with_hidden_letters
from .knowledge import Read
from .named_functions import with_functions
from .negatives import with_negatives
from .outer import with_outer
from .patterns import without_patterns
from .prefixed import with_prefixes
from .primed_quantities import with_primed_quantities
from .primes import with_primes
from .samples import with_batches
from .short_slopes import with_slopes
from .size_letters import with_named_sizes
from .size_notes import without_sizes
from .softmaxes import with_softmaxes
from .spellings import one_spelling
from .supposing import with_suppositions
from .totals import with_totals
from .unapplied import with_arguments
from .unbracketed import with_labels
from .unindexed import with_indices
from .unit_letters import with_units
from .which_activation import with_activations

# an address printed over a formula and read with it, where its first letters may be lost
_ADDRESS = re.compile(r"(?:\\[a-z]+\{)?\s*h?t?tps?\s*:\s*\}?\s*//.*\Z", re.DOTALL)
PASSES = (
    with_dittos,
    with_concatenated,
    without_patterns,
    with_digits_apart,
    with_labels,
    with_error_letter,
    with_named_sizes,
    with_functions,
    with_activations,
    at_their_argument,
    with_arguments,
    with_primed_quantities,
    with_components,
    without_arguments,
    with_softmaxes,
    with_units,
    with_indices,
    with_hidden_letters,
    with_ranges,
    with_batches,
    with_totals,
    with_negatives,
    with_prefixes,
    with_slopes,
    with_outer,
    with_conditions,
    with_layers,
    with_differentials,
)


def understood(chains: Iterable[Chain], roles: Roles, text: str) -> list[Read]:
    """Read every member of every chain of a text, and put in what is written for short or left to the reader."""
    read = with_primes(read_chains(chains, roles), text)
    for change in PASSES:
        read = change(read)
    return with_suppositions(read, text)


def read_chains(chains: Iterable[Chain], roles: Roles) -> list[Read]:
    """Read every member of every chain."""
    plain = replace(roles, plain=True)
    found = [
        Read(chain, tuple(_read(m.text, plain if chain.kind == "plain" else roles) for m in chain.members))
        for chain in chains
    ]
    for rule in (without_sizes, one_spelling):
        respelt = rule(node for read in found for node in read.nodes)
        found = [read.changed(respelt) for read in found]
    return found


def _read(text: str, roles: Roles) -> Node | ReadError:
    try:
        return read(text, roles)
    except ReadError as error:
        bare = _ADDRESS.sub("", text)
        return _read(bare, roles) if bare.strip() and bare != text else error

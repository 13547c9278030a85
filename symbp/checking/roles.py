"""What a document uses its symbols for, as far as its own formulas tell."""

from collections.abc import Iterable

from ..documents import Chain
from ..formulas import ReadError, Roles
from ..formulas.functions import EXTREMES, SPELLINGS
from ..formulas.tokens import Token, tokens

LONGEST_PRODUCT = 3  # letters of a run that may be a product


def infer(chains: Iterable[Chain]) -> Roles:
    """Return the roles: runs such as ``AB`` are products where A and B are names of their own.

    >>> from symbp.documents import chains
    >>> sorted(infer(chains("$y = A x + B$, $z = ABx$, $net_1 = y$")).letters)
    ['ABx']
    """
    single: set[str] = set()
    runs: set[str] = set()
    indexed: set[str] = set()
    for found in _tokens(chains):
        for token, following in zip(found, found[1:], strict=False):
            if token.kind == "word" and not token.upright:
                (single if len(token.text) == 1 else runs).add(token.text)
                if following.text in ("_", "\\_") or (following.kind == "number" and following.tight):
                    indexed.add(token.text)
    known = {*SPELLINGS, *EXTREMES}
    joined = {run for run in runs & indexed if len(run) == 2 and run[-1] in indexed}  # as m x_i without a space
    letters = {
        run
        for run in (runs - indexed | joined) - known
        if len(run) <= LONGEST_PRODUCT and set(run) <= single and not run.startswith("d")
    }
    return Roles(letters=frozenset(letters))


def _tokens(chains: Iterable[Chain]) -> Iterable[list[Token]]:
    for chain in chains:
        for member in chain.members:
            try:
                yield tokens(member.text)
            except ReadError:
                continue

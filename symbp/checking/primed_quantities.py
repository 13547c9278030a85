"""Quantities with a prime, and in brackets what they are differentiated by: ``E'(w)`` where ``E = (p - y)^2``."""

from __future__ import annotations

from collections.abc import Mapping, Set

from ..formulas import Apply, Derivative, Name, Node, key, walk
from ..formulas.functions import ACTIVATION_LETTERS
from ..graphs.graph import reached
from .knowledge import Read, names_in
from .parts import replaced


def with_primed_quantities(chains: list[Read]) -> list[Read]:
    r"""Return chains with derivatives for such primes, where a name is defined by what depends on that variable.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles, latex
    >>> found = read_chains(chains("$q = u^2$, $u = 3 w$, $q'(w) = 6 u$"), Roles())
    >>> latex(with_primed_quantities(found)[-1].members[0])
    '\\frac{\\partial q}{\\partial w}'
    """
    parts = [part for chain in chains for node in chain.nodes for part in walk(node) if isinstance(part, Apply)]
    if not any(part.primes for part in parts):
        return chains
    functions = {key(part.function) for part in parts if not part.primes} | ACTIVATION_LETTERS
    uses = _uses(chains)
    behind = {name: reached(set(used), uses) for name, used in uses.items() if name not in functions}
    return [chain.changed(lambda node: replaced(node, lambda part: _slope(part, behind))) for chain in chains]


def _uses(chains: list[Read]) -> Mapping[str, Set[str]]:
    """Return the names in all formulas for each name that heads a chain."""
    found: dict[str, set[str]] = {}
    for chain in chains:
        head, *formulas = chain.members
        if isinstance(head, Name):
            own = (names_in(formula) for formula in formulas if isinstance(formula, Node))
            found.setdefault(key(head), set()).update(*own)
    return found


def _slope(part: Node, behind: Mapping[str, Set[str]]) -> Node | None:
    """Return the derivative that a name with a prime stands for before its variable in brackets."""
    if not isinstance(part, Apply) or part.primes != 1 or len(part.arguments) != 1:
        return None
    by, of = part.arguments[0], part.function
    if not isinstance(by, Name) or by == of or key(by) not in behind.get(key(of), ()):
        return None
    return Derivative(of, by, span=part.span)

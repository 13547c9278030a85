"""Explains the numbers that prose claims after rounds of training by the ways in which updates are carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from typing import Protocol

from ..errors import UnsupportedError
from ..networks import Network
from .claims import Claim, claims, statements
from .fields import last_place
from .report import Finding
from .ways import Outcome, Way, ways

SHIFTS = (0, -1, 1)  # rounds that a document may have counted too few or too many
NEAR = 0.05  # relative distance within which a number is taken to be meant for what a way of updating gives
_MANNER = {False: "simultaneous updates", True: "sequential updates"}
_MEANING = {
    False: "every gradient uses the weights from before the round",
    True: "hidden layers use the weights behind them as already updated",
}
_BIASES = {"fixed": "biases stay fixed", "shared": "shared biases are updated", "unit": "each unit's bias is updated"}


class _Rounds(Protocol):
    def outcomes(self, network: Network, rounds: Iterable[int]) -> dict[int, dict[Way, Outcome]]: ...


@dataclass(frozen=True, slots=True)
class _Group:
    """Claims in a row about one round and quantity, with the ways and shifts that explain all of them."""

    claims: tuple[Claim, ...]
    matches: tuple[tuple[Way, int], ...]

    @property
    def line(self) -> int:
        return self.claims[0].line

    @property
    def ways(self) -> list[Way]:
        """The ways that give the numbers after the rounds that are said."""
        return [way for way, shift in self.matches if shift == 0]

    @property
    def subject(self) -> str:
        numbers = " and ".join(claim.number for claim in self.claims)
        noun, verb = ("the total error", "is")
        if self.claims[0].kind == "outputs":
            noun, verb = ("the outputs", "are") if len(self.claims) > 1 else ("the output", "is")
        return f"{noun} {numbers} after {_rounds(self.claims[0].rounds)} {verb}"


def explained(document: str, network: Network | None) -> Iterator[Finding]:
    """Yield which way of updating gives the numbers that a document claims, and where no single one does."""
    found = list(claims(document)) if network is not None and network.values is not None else []
    if network is None or not found:
        return
    trained: _Rounds = import_module(".rounds", __package__)  # with numpy, which few documents need
    try:
        table = trained.outcomes(network, {0, *(max(claim.rounds + shift, 0) for claim in found for shift in SHIFTS)})
    except UnsupportedError:
        return
    groups = list(_groups(found, table)) if table else []
    chosen = _chosen(groups, network)
    told = [group for group in groups if chosen in group.ways and len({way.sequential for way in group.ways}) == 1]
    for group in told:
        yield Finding("convention", group.line, f"{group.subject} what {_named(chosen, group, table)}")
    for group in groups:
        if chosen not in group.ways:
            yield from _strange(group, chosen, table, network)
    yield from _against(document, told, chosen)


def _groups(found: list[Claim], table: dict[int, dict[Way, Outcome]]) -> Iterator[_Group]:
    news = (claim for claim in found if not any(_agrees(claim, outcome) for outcome in table[0].values()))
    for _, same in groupby(news, key=lambda claim: (claim.rounds, claim.kind)):
        each = tuple(same)
        numbers = each[0].rounds
        pairs = (
            (way, shift)
            for shift in SHIFTS
            for way, outcome in table.get(numbers + shift, {}).items()
            if all(_agrees(claim, outcome) for claim in each)
        )
        yield _Group(each, tuple(pairs))


def _chosen(groups: list[_Group], network: Network) -> Way:
    """Return the way that explains most; of equal ones the most usual."""
    votes = Counter(way for group in groups for way in group.ways)
    return max(ways(network), key=lambda way: votes[way])


def _agrees(claim: Claim, outcome: Outcome) -> bool:
    unit = 10.0 ** last_place(claim.number)
    return any(abs(value - float(claim.number)) < unit for value in _values(claim, outcome))


def _values(claim: Claim, outcome: Outcome) -> tuple[float, ...]:
    return (outcome.error,) if claim.kind == "error" else outcome.outputs


def _named(way: Way, group: _Group, table: dict[int, dict[Way, Outcome]]) -> str:
    others = {other.biases for other in group.ways}
    biases = f", and {_BIASES[way.biases]}" if len(others) == 1 and len({w.biases for w in table[0]}) > 1 else ""
    return f"{_MANNER[way.sequential]} give: {_MEANING[way.sequential]}{biases}"


def _strange(group: _Group, chosen: Way, table: dict[int, dict[Way, Outcome]], network: Network) -> Iterator[Finding]:
    """Yield what explains numbers that the way of the rest of the document does not."""
    rounds = group.claims[0].rounds
    given = ", ".join(
        f"{_MANNER[sequential]} {_shown(group, table[rounds][Way(sequential, chosen.biases)])}"
        for sequential in sorted({way.sequential for way in ways(network)})
    )
    if group.matches:
        way, shift = group.matches[0]
        biases = "" if way.biases == chosen.biases else f" where {_BIASES[way.biases]}"
        when = f" after {_rounds(rounds + shift)}" if shift else ""
        text = f"{group.subject} what {_MANNER[way.sequential]} give{biases}{when}; after {_rounds(rounds)}, {given}"
        yield Finding("contradiction", group.line, text)
    elif all(_is_near(claim, outcome) for claim in group.claims for outcome in table[rounds].values()):
        text = f"{group.subject} what no way of updating gives; after {_rounds(rounds)}, {given}"
        yield Finding("contradiction", group.line, text)


def _is_near(claim: Claim, outcome: Outcome) -> bool:
    number = float(claim.number)
    return any(abs(value - number) <= NEAR * abs(number) for value in _values(claim, outcome))


def _shown(group: _Group, outcome: Outcome) -> str:
    """Return what a way gives, to as many places as are printed."""
    shown = []
    for claim in group.claims:
        value = min(_values(claim, outcome), key=lambda value: abs(value - float(claim.number)))
        shown.append(f"{value:.{max(-last_place(claim.number), 0)}f}")
    return f"give {' and '.join(shown)}"


def _against(document: str, told: list[_Group], chosen: Way) -> Iterator[Finding]:
    """Yield where a document says that its updates go one way, while its numbers need the other."""
    for statement in statements(document):
        if told and statement.sequential != chosen.sequential:
            said, needed = ("original", "already updated")[:: -1 if statement.sequential else 1]
            group = told[0]
            numbers = " and ".join(claim.number for claim in group.claims)
            text = (
                f"it is said here that updates use the {said} weights, but {numbers} after "
                f"{_rounds(group.claims[0].rounds)} (line {group.line}) needs the {needed} output weights"
            )
            yield Finding("contradiction", statement.line, text)


def _rounds(count: int) -> str:
    return "1 round" if count == 1 else f"{count:,} rounds"

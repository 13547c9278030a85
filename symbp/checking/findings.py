"""What is to be said of a whole document besides its links."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from ..formulas import Name, ReadError, key, latex
from ..networks import Network
from .conventions import conventions
from .explained import explained
from .knowledge import Knowledge, Read, is_closed, names_in
from .recognised import Recognised
from .report import Finding
from .supplied import preset_of


def findings(
    document: str,
    knowledge: Knowledge,
    *,
    chains: list[Read],
    network: Network | None,
    recognised: Recognised | None,
    line: Callable[[int], int],
) -> Iterator[Finding]:
    """Yield the conventions and contradictions of a document.

    Args:
        document: its text.
        knowledge: what it defines.
        chains: its chains.
        network: what the user says of its network.
        recognised: what its definitions say of it.
        line: gives the line on which a chain stands.
    """
    places = {name: line(place[0]) for name, place in knowledge.sources.items() if place[0] >= 0}
    for name in sorted(knowledge.several & knowledge.givens.keys()):
        first = places.get(name, 1)
        yield _several(name, chains, line, first=first, known=recognised is not None and name in recognised.names)
    for name, definition in knowledge.definitions.items():
        same = isinstance(definition, Name) and name.partition("_")[2] == key(definition).partition("_")[2]
        if same and name not in knowledge.sources and name != key(definition):
            yield Finding("convention", 1, f"{name} is read as a second name of {key(definition)}")
    for said in conventions(recognised, knowledge) if recognised else ():
        yield Finding("contradiction" if said.wavers else "convention", places.get(said.name, 1), said.text)
    worked = network or (recognised.network if recognised else None)
    if recognised is not None and (worked is None or worked.values is None) and (preset := preset_of(recognised)):
        name, worked = preset
        text = f"the given values are those of the preset {name}; --network {name} adds what is not printed"
        yield Finding("convention", places.get(recognised.layers[0][0].name.partition("[")[0], 1), text)
    yield from explained(document, worked)


def _several(name: str, chains: list[Read], line: Callable[[int], int], *, first: int, known: bool) -> Finding:
    """Say that a name has several values; for a number of the network, that nothing uses one before the next stands."""
    places = [number for number, chain in enumerate(chains) if _gives(chain, name)]
    for one, other in pairwise(places):
        old, new = (latex(node) for n in (one, other) if not isinstance(node := chains[n].members[1], ReadError))
        if known and old != new and not any(_uses(chain, name) for chain in chains[one + 1 : other]):
            text = f"{name} is {old} on line {line(one)} but {new} here, and nothing between them uses the first"
            return Finding("contradiction", line(other), text)
    text = f"{name} is given several values; each holds from where it stands"
    return Finding("convention", first, text)


def _gives(chain: Read, name: str) -> bool:
    head, second = chain.members[:2]
    return isinstance(head, Name) and key(head) == name and not isinstance(second, ReadError) and is_closed(second)


def _uses(chain: Read, name: str) -> bool:
    return any(name in names_in(node) for node in chain.nodes)

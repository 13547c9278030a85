"""Where a mistake comes from: a wrong number that is carried on, and links wrong only for the slip before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..formulas import Name, Node, Number, ReadError, key, walk
from .knowledge import Read, lone_number
from .report import EquationReport, LinkReport

FEWEST_DIGITS = 3  # by which a wrong number is known again

CARRIED = "{stands} of line {line} is carried on, where {expected} belongs"
CARRIED_ZH = "沿用了第 {line} 行的 {stands}，那里应为 {expected}"
FOLLOWS = "this follows from the slip in line {line}, and undoes it: from here on the chain is right again"
FOLLOWS_ZH = "这是第 {line} 行的错误所致；从这里起又是对的，两处相互抵消"


@dataclass(frozen=True, slots=True)
class Origin:
    """A wrong number: where it stands first, and what belongs there."""

    line: int
    stands: str
    expected: str


def traced(equations: Sequence[EquationReport], chains: Sequence[Read], lang: str) -> tuple[EquationReport, ...]:
    """Return the equations with what is said of the origin of a mistake added to the reasons."""
    known: dict[str, Origin] = {}
    found = []
    for equation, chain in zip(equations, chains, strict=True):
        links: list[LinkReport] = []
        for place, link in enumerate(equation.links):
            origin = next(_origins(chain, place, known), None) if link.value == "inherited" else None
            if link.value == "wrong" and not link.left and link.expected:
                origin = Origin(link.line, link.rhs, link.expected)
            elif origin is not None:
                link = _with(link, (CARRIED_ZH if lang == "zh" else CARRIED).format(**_words(origin)))
            if origin is not None:
                known |= dict.fromkeys(_marks(chain, place), origin)
            if link.left and links and links[-1].verdict == "refuted" and not links[-1].left:
                link = _with(link, (FOLLOWS_ZH if lang == "zh" else FOLLOWS).format(line=links[-1].line))
            links.append(link)
        found.append(replace(equation, links=tuple(links)))
    return tuple(found)


def _words(origin: Origin) -> dict[str, object]:
    return {"line": origin.line, "stands": origin.stands, "expected": origin.expected}


def _with(link: LinkReport, sentence: str) -> LinkReport:
    mark = "；" if any("\u4e00" <= letter <= "\u9fff" for letter in sentence) else "; "
    return replace(link, reason=f"{link.reason}{mark}{sentence}")


def _origins(chain: Read, place: int, known: dict[str, Origin]) -> Iterator[Origin]:
    """Yield the wrong numbers that stand in a chain up to a link, by the name behind them or by their digits."""
    before = [member for member in chain.members[: place + 1] if not isinstance(member, ReadError)]
    parts = [part for member in before for part in walk(member)]
    yield from (known[key(part)] for part in parts if isinstance(part, Name) and key(part) in known)
    yield from (known[part.text] for part in parts if isinstance(part, Number) and part.text in known)


def _marks(chain: Read, place: int) -> Iterator[str]:
    """Yield by what a wrong number is known again: the name that it is printed for, and its digits."""
    head, member = chain.members[0], chain.members[place + 1]
    if isinstance(head, Name):
        yield key(head)
    number = lone_number(member) if isinstance(member, Node) else None
    if number is not None and len(number.text.replace(".", "").strip("0")) >= FEWEST_DIGITS:
        yield number.text

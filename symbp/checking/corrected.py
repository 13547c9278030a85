"""The chains of a document, written again with wrong members corrected, until the check finds no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..derivation.trees import put
from ..documents import Format, chains
from ..documents.formats import Row, format_named
from ..documents.prose import phrases
from ..errors import InputError
from ..formulas import Derivative, Name, Negative, Node, ReadError, Roles, Sum, key, read, walk
from ..formulas.writer import Writer
from .checker import Examined, check
from .reads import understood
from .report import PASSING, LinkReport

CORRECTING, ROUNDS = 3, 8  # of correcting what is written and checking it; later ones only leave out
MOST_TRIES = 10  # for one wrong member
FINE = (*PASSING, "given")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a chain, and how it was found: ``kept``, ``corrected``, or ``open`` where it cannot be judged."""

    formula: Node
    mark: str = "kept"


Chain = list[Member]


class Corrected:
    """The chains of one document."""

    def __init__(self, found: Examined, content: str, *, product: str, lang: str) -> None:
        self.found, self.product, self.lang = found, product, lang
        self.read = understood(list(chains(content)), found.roles)
        self.words = phrases(lang)

    def text(self, form: str) -> str:
        """Return the document in a format by name.

        Raises:
            InputError: nothing in it can be judged.
        """
        pairs = zip(self.read, self.found.report.equations, strict=True)
        kept = [self._begun(read.members, equation.links) for read, equation in pairs]
        for turn in range(ROUNDS):
            kept = [chain for chain in kept if len(chain) > 1]
            if not kept:
                break
            links = self._judged(kept)
            if self._is_right(kept, links):
                return self._written(kept, format_named(form))
            if turn < CORRECTING:
                found = self._found(kept, links)
                kept = [self._mended(c, links.get(place, ()), found.get(place, {})) for place, c in enumerate(kept)]
            else:
                kept = [_pruned(c, links.get(place, ())) for place, c in enumerate(kept)]
        raise InputError(f"{self.found.report.document}: nothing in it can be judged, so nothing is like it")

    def _begun(self, members: Sequence[Node | ReadError], links: Sequence[LinkReport]) -> Chain:
        """Return the members of a chain that can be read, with what is expected where the document is wrong."""
        first = links[0] if links else None
        head = self._meant(first.expected) if first is not None and first.left else None
        head = head or (members[0] if isinstance(members[0], Node) else None)
        if head is None:
            return []
        rest = [Member(member) for member in members[1:] if isinstance(member, Node)]
        return [Member(head, "corrected" if head is not members[0] else "kept"), *rest]

    def _right(self, member: Member, link: LinkReport) -> Member:
        """Return a member, or what is expected where it is wrong."""
        expected = self._meant(link.expected) if link.verdict == "refuted" and not link.left else None
        return member if expected is None or member.mark == "corrected" else Member(expected, "corrected")

    def _meant(self, text: str | None) -> Node | None:
        return readable(text, self.found.roles) if text else None

    def _judged(self, kept: list[Chain]) -> dict[int, tuple[LinkReport, ...]]:
        """Return the links of every chain as they are judged where only the chains stand."""
        report = check(text=self._written(kept, format_named("markdown")))
        found = {equation.label: equation.links for equation in report.equations}
        links = {place: found.get(f"({place + 1})", ()) for place in range(len(kept))}
        return {place: one for place, one in links.items() if len(one) == len(kept[place]) - 1}

    def _is_right(self, kept: list[Chain], links: Mapping[int, tuple[LinkReport, ...]]) -> bool:
        """Whether all is judged, nothing is wrong, what is open is marked, and something is sure."""
        if len(links) < len(kept):
            return False
        pairs = [(m, link) for place, chain in enumerate(kept) for m, link in zip(chain[1:], links[place], strict=True)]
        fine = all(link.verdict in FINE or (link.verdict == "undecided" and m.mark == "open") for m, link in pairs)
        return fine and any(link.verdict in PASSING for _, link in pairs)

    def _mended(self, chain: Chain, links: Sequence[LinkReport], found: Mapping[int, Member]) -> Chain:
        """Return a chain after a round: wrong members corrected where it is known how, else left out."""
        kept = chain[:1] if links else []
        for number, (member, link) in enumerate(zip(chain[1:], links, strict=False), 1):
            if number in found:
                kept.append(found[number])
            elif link.verdict in FINE:
                kept.append(member)
            elif link.verdict == "undecided":
                kept.append(Member(member.formula, "open"))
            elif link.verdict == "refuted" and kept[-1] is not chain[number - 1]:
                kept.append(member)  # it is judged anew beside what has been changed
            elif link.verdict == "refuted" and (right := self._right(member, link)) != member:
                kept.append(right)
        return kept

    def _found(self, kept: list[Chain], links: Mapping[int, tuple[LinkReport, ...]]) -> dict[int, dict[int, Member]]:
        """Return what is right in the place of wrong members: they and what may be meant, each beside its head."""
        tries: list[tuple[int, int, Member]] = []
        for place, one in links.items():
            wrong = False
            for number, link in enumerate(one, 1):
                wrong = wrong or link.verdict == "refuted"
                if wrong or link.verdict == "undecided":
                    tries += [(place, number, member) for member in self._meanings(kept[place], number, link)]
        if not tries:
            return {}
        right = [self._mended(chain, links.get(place, ()), {}) for place, chain in enumerate(kept)]
        judged = self._judged([*right, *([kept[place][0], member] for place, _, member in tries)])
        found: dict[int, dict[int, Member]] = {}
        for extra, (place, number, member) in enumerate(tries, len(kept)):
            if any(link.verdict in PASSING for link in judged.get(extra, ())):
                found.setdefault(place, {}).setdefault(number, member)
        return found

    def _meanings(self, chain: Chain, number: int, link: LinkReport) -> Iterator[Member]:
        """Yield a member, what is expected in its place, and what else may be meant by it."""
        member = chain[number]
        if link.verdict != "undecided" and not self._cut(member.formula):
            yield member
            if (right := self._right(member, link)) != member:
                yield right
        if member.mark == "kept":
            rivals = (node for node in _rivals(chain, number, link.verdict) if not self._cut(node))
            yield from (Member(node, "corrected") for node in islice(rivals, MOST_TRIES))

    def _cut(self, node: Node) -> bool:
        """Whether something is differentiated of which the document does not say what it depends on."""
        slopes = (part.of for part in walk(node) if isinstance(part, Derivative))
        known = self.found.knowledge.definitions
        return any(isinstance(of, Name) and key(of) not in known for of in slopes)

    def _written(self, kept: list[Chain], form: Format) -> str:
        writer = Writer(tex=form.tex, product=self.product)
        title = self.words["title like"].format(name=Path(self.found.report.document).stem.replace("_", " "))
        parts = [form.equation(list(map(self._row, chain)), number, writer) for number, chain in enumerate(kept, 1)]
        return form.page(title, self.lang, parts)

    def _row(self, member: Member) -> Row:
        return Row(member.formula, self.words[f"reason {member.mark}"])


def _pruned(chain: Chain, links: Sequence[LinkReport]) -> Chain:
    """Return a chain without the members that are still wrong."""
    judged = [(m, link.verdict) for m, link in zip(chain[1:], links, strict=False) if link.verdict != "refuted"]
    rest = [Member(m.formula, "open") if verdict not in FINE else m for m, verdict in judged if verdict != "unread"]
    return [chain[0], *rest]


def readable(text: str, roles: Roles) -> Node | None:
    """Return a member as a formula; nothing where it cannot be read."""
    try:
        node = read(text, roles)
    except ReadError:
        return None
    return None if isinstance(node, Sum) and not node.terms else node


def _rivals(chain: Chain, number: int, verdict: str) -> Iterator[Node]:
    """Yield what may be meant by a member: with another sign, or differentiated by or of something else."""
    head, member = chain[0].formula, chain[number].formula
    others = {key(part): part for other in chain for part in walk(other.formula) if isinstance(part, Name)}
    changed = list(_differentiated(member, head, others.values()))
    yield from changed if verdict == "undecided" else [Negative(member), *changed, *map(Negative, changed)]


def _differentiated(member: Node, head: Node, names: Iterable[Name]) -> Iterator[Node]:
    """Yield a member with one of its derivatives by what the head is by, or of another name of the chain."""
    for slope in (part for part in walk(member) if isinstance(part, Derivative)):
        if not isinstance(slope.of, Name) and isinstance(head, Derivative) and _is_kin(slope.by, head.by):
            yield put(member, slope, Derivative(slope.of, head.by, slope.upright))
        if isinstance(slope.of, Name):
            own = slope.of
            alike = [name for name in names if name != own and (name.sub, name.label) == (own.sub, own.label)]
            yield from (put(member, slope, Derivative(name, slope.by, slope.upright)) for name in alike)


def _is_kin(one: Node, other: Node) -> bool:
    return isinstance(one, Name) and isinstance(other, Name) and one != other and one.base == other.base

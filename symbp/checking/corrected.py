"""The chains of a document, written again with wrong members corrected, until the check finds no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from ..documents import Format
from ..documents.formats import Row, format_named
from ..documents.prose import phrases
from ..errors import InputError
from ..formulas import Name, Node, Number
from ..formulas.writer import Writer
from .examining import Examined, examined
from .instead import FINE, Chain, Instead, Member
from .parts import replaced
from .report import PASSING, EquationReport, LinkReport
from .throughout import renamed_throughout, renamings

CORRECTING, ROUNDS = 5, 9  # of checking what is written and correcting it; later ones only leave out
RENAMINGS = 3  # that are tried where something cannot be judged
Links = Mapping[int, tuple[int, tuple[LinkReport, ...]]]  # of chains: where they stand in what was written

Settled = tuple[list[Chain], Links, Examined]


class Corrected:
    """The chains of one document."""

    def __init__(self, found: Examined, *, product: str, lang: str) -> None:
        self.found, self.product, self.lang = found, product, lang
        self.words = phrases(lang)
        self.numbers: dict[Number, Number] = {}
        self.content = "\n".join(found.report.lines)
        self.runs: dict[str, frozenset[str]] = {}  # of digits behind a letter

    def text(self, form: str) -> str:
        """Return the document in a format by name.

        Raises:
            InputError: nothing in it can be judged.
        """
        settled = self._settled(list(self._begun()))
        if settled is None:
            name = self.found.report.document
            raise InputError(f"{name}: nothing in it can be judged, as symbp check {name} shows, so nothing is like it")
        kept, links, _ = self._renamed(settled)
        return self._written(kept, format_named(form), links)

    def _settled(self, kept: list[Chain]) -> Settled | None:
        """Return chains corrected until the check finds no more in them; nothing where nothing is left."""
        for turn in range(ROUNDS):
            kept = [chain for chain in kept if len(chain) > 1]
            if not kept:
                break
            text, own = self._written(kept, format_named("markdown"), {}), kept
            found = examined("text", text, doubted=lambda found, own=own: _is_right(own, _links(own, found)))  # type: ignore[misc]
            links = _links(kept, found.report.equations)
            if _is_right(kept, links):
                return kept, links, found
            kept = self._again(kept, links, found) if turn < CORRECTING else _pruned(kept, links)
        return None

    def _renamed(self, settled: Settled) -> Settled:
        """Return the chains with names that are meant otherwise throughout, where more can be judged then."""
        kept, links, found = settled
        if not _count_open(links):
            return settled
        formulas = [[member.formula for member in chain] for chain in kept]
        for meant in islice(renamings(formulas, found.knowledge.definitions), RENAMINGS):
            changed = [[_renamed(member, meant) for member in chain] for chain in kept]
            if self._count_open_in(changed) >= _count_open(links):
                continue
            other = self._settled(changed)
            if other is not None and _count_open(other[1]) < _count_open(links) and _count(other) >= _count(settled):
                return self._renamed(other)
        return settled

    def _count_open_in(self, kept: list[Chain]) -> int:
        text = self._written(kept, format_named("markdown"), {})
        return _count_open(_links(kept, examined("text", text, doubted=lambda found: False).report.equations))

    def _begun(self) -> Iterator[Chain]:
        """Yield the chains of the document, corrected by what all of it says."""
        for number, equation in enumerate(self.found.report.equations):
            chain = Instead(self.found, number, self.numbers)
            yield from chain.mended(chain.readings(), equation.links)

    def _again(self, kept: list[Chain], links: Links, found: Examined) -> list[Chain]:
        """Return the chains corrected by what is found where only they stand; what changes nothing is left out."""
        whole = []
        for place, chain in enumerate(kept):
            number, one = links.get(place, (0, ()))
            whole += Instead(found, number, self.numbers).mended([[m] for m in chain], one) if one else []
        return _pruned(kept, links) if whole == kept else whole

    def _written(self, kept: list[Chain], form: Format, links: Links) -> str:
        writer = Writer(tex=form.tex, product=self.product)
        title = self.words["title like"].format(name=Path(self.found.report.document).stem.replace("_", " "))
        parts = [
            form.equation(list(self._rows(chain, one)), number, writer)
            for number, (chain, one) in enumerate(_beside(kept, links), 1)
        ]
        return form.page(title, self.lang, parts)

    def _rows(self, chain: Chain, links: Sequence[LinkReport]) -> Iterator[Row]:
        yield Row(self._as_printed(chain[0].formula), "")
        for place, member in enumerate(chain[1:]):
            is_open = bool(links) and links[place].verdict == "undecided"
            reason = self.words["reason open" if is_open else f"reason {member.mark}"]
            yield Row(self._as_printed(member.formula), reason, member.relation)

    def _as_printed(self, node: Node) -> Node:
        """Return a formula with the digits of an index side by side where the document has them so, as in w_{11}."""
        return replaced(node, lambda part: self._digits(part) if isinstance(part, Name) else None)

    def _digits(self, name: Name) -> Name | None:
        digits = [index.text if isinstance(index, Number) and len(index.text) == 1 else "" for index in name.sub]
        if len(digits) < 2 or not all(digits):
            return None
        if name.base not in self.runs:
            runs = re.finditer(rf"(?<![A-Za-z\\]){re.escape(name.base)}_?\s*\{{?(\d+)", self.content)
            self.runs[name.base] = frozenset(run[1] for run in runs)
        run = "".join(digits)
        return replace(name, sub=(Number(run),)) if run in self.runs[name.base] else None


def _links(kept: list[Chain], found: Sequence[EquationReport]) -> Links:
    """Return the links of every chain as they are judged where only the chains stand."""
    read = {equation.label: (number, equation.links) for number, equation in enumerate(found)}
    labels = ((place, f"({place + 1})") for place in range(len(kept)))
    links = {place: read[label] for place, label in labels if label in read}
    return {place: one for place, one in links.items() if len(one[1]) == len(kept[place]) - 1}


def _count(settled: Settled) -> int:
    return sum(map(len, settled[0]))


def _count_open(links: Links) -> int:
    return sum(link.verdict == "undecided" for _, one in links.values() for link in one)


def _renamed(member: Member, meant: Mapping[str, Name]) -> Member:
    node = renamed_throughout(member.formula, meant)
    return member if node == member.formula else replace(member, formula=node, mark="corrected", is_open=False)


def _beside(kept: list[Chain], links: Links) -> Iterator[tuple[Chain, Sequence[LinkReport]]]:
    """Yield every chain with its links; without any where it is not read as it was written."""
    yield from ((chain, links[place][1] if place in links else ()) for place, chain in enumerate(kept))


def _is_right(kept: list[Chain], links: Links) -> bool:
    """Whether all is judged, nothing is wrong, what is undecided was tried, and something is sure."""
    if len(links) < len(kept):
        return False
    pairs = [pair for chain, one in _beside(kept, links) for pair in zip(chain[1:], one, strict=True)]
    fine = all(link.verdict in FINE or (link.verdict == "undecided" and member.is_open) for member, link in pairs)
    return fine and any(link.verdict in PASSING for _, link in pairs)


def _pruned(kept: list[Chain], links: Links) -> list[Chain]:
    """Return the chains without the members that are still wrong."""
    return [_left(chain, one) for chain, one in _beside(kept, links)]


def _left(chain: Chain, links: Sequence[LinkReport]) -> Chain:
    judged = [(m, link.verdict) for m, link in zip(chain[1:], links, strict=False) if link.verdict != "refuted"]
    return [chain[0], *(replace(m, is_open=verdict not in FINE) for m, verdict in judged if verdict != "unread")]

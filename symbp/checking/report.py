"""The report: what `check` gives, as records and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ..version import __version__

if TYPE_CHECKING:
    from .recognised import Recognised

Verdict = Literal["proved", "holds", "refuted", "undecided", "unread", "given"]
VERDICTS: tuple[Verdict, ...] = ("proved", "holds", "refuted", "undecided", "unread", "given")
PASSING: tuple[Verdict, ...] = ("proved", "holds")  # that a link is right
Status = Literal["right", "wrong", "inherited"]
Region = tuple[int, int, int, int]  # line and column of the first character, and of the one after the last, from 1
NOWHERE: Region = (1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class LinkReport:
    """One joint of a chain.

    Attributes:
        lhs: the left member as the document has it.
        rhs: the right member.
        relation: the sign between them.
        line: where the right member stands, from 1.
        column: from 1.
        verdict: ``proved``, ``holds``, ``refuted``, ``undecided``, ``unread`` or ``given``.
        reason: one sentence.
        value: of a printed number: ``right``, ``wrong``, or ``inherited`` from an earlier mistake.
        expected: what should stand there.
        slip: the known kind of mistake.
        sides: the values of both sides.
        at: the values of the names in a counter-example.
        left: what is expected belongs on the left side.
        regions: where the left and the right member stand.
    """

    lhs: str
    rhs: str
    relation: str
    line: int
    column: int
    verdict: Verdict
    reason: str
    value: Status | None = None
    expected: str | None = None
    slip: str | None = None
    sides: tuple[str, str] | None = None
    at: tuple[tuple[str, str], ...] = ()
    left: bool = False
    regions: tuple[Region, Region] = (NOWHERE, NOWHERE)

    @property
    def region(self) -> Region:
        """Where the member stands that is in question."""
        return self.regions[0 if self.left else 1]

    @property
    def stands(self) -> str:
        """The member that is in question, as the document has it."""
        return self.lhs if self.left else self.rhs

    def as_dict(self) -> dict[str, Any]:
        """Return the link as the JSON report has it."""
        evidence = {"lhs": self.sides[0], "rhs": self.sides[1], "at": dict(self.at)} if self.sides else None
        plain = {name: getattr(self, name) for name in _LINK}
        return {**plain, "evidence": evidence, "regions": dict(zip(("lhs", "rhs"), self.regions, strict=True))}

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> LinkReport:
        """Return the link behind what `as_dict` gives."""
        evidence = found["evidence"]
        return cls(
            **{name: found[name] for name in _LINK},
            sides=(evidence["lhs"], evidence["rhs"]) if evidence else None,
            at=tuple(evidence["at"].items()) if evidence else (),
            regions=(_region(found["regions"]["lhs"]), _region(found["regions"]["rhs"])),
        )


_LINK = ("lhs", "rhs", "relation", "line", "column", "verdict", "value", "reason", "expected", "slip", "left")


def _region(numbers: Sequence[int]) -> Region:
    line, column, end_line, end_column = numbers
    return line, column, end_line, end_column


@dataclass(frozen=True, slots=True)
class EquationReport:
    """One chain of a document; ``outer`` is where its whole passage stands, with the delimiters."""

    label: str
    line: int
    column: int
    source: str
    links: tuple[LinkReport, ...]
    outer: Region = NOWHERE

    def as_dict(self) -> dict[str, Any]:
        """Return the equation as the JSON report has it."""
        plain = {name: getattr(self, name) for name in _EQUATION}
        return {**plain, "outer": self.outer, "links": [link.as_dict() for link in self.links]}

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> EquationReport:
        """Return the equation behind what `as_dict` gives."""
        links = tuple(map(LinkReport.of, found["links"]))
        return cls(**{name: found[name] for name in _EQUATION}, links=links, outer=_region(found["outer"]))


_EQUATION = ("label", "line", "column", "source")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the whole document: a ``convention``, something ``undefined``, a ``contradiction``."""

    kind: Literal["convention", "undefined", "contradiction"]
    line: int
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What is found of a document.

    Example:
        >>> from symbp.checking import check
        >>> report = check(text="$$a = 2 + 3 = 6$$")
        >>> [(link.rhs, link.expected) for link in report.refuted]
        [('6', '5')]
    """

    document: str
    equations: tuple[EquationReport, ...]
    findings: tuple[Finding, ...] = ()
    network: str | None = None
    recognised: Recognised | None = field(default=None, repr=False, compare=False)
    lines: tuple[str, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {verdict}" for verdict, count in self.summary.items() if count)
        return f"<report on {self.document}: {counts}>"

    @property
    def links(self) -> Iterator[LinkReport]:
        """All links in order."""
        return (link for equation in self.equations for link in equation.links)

    @property
    def refuted(self) -> tuple[LinkReport, ...]:
        """The wrong links."""
        return tuple(link for link in self.links if link.verdict == "refuted")

    @property
    def summary(self) -> dict[str, int]:
        """How many links have each verdict."""
        counts = Counter(link.verdict for link in self.links)
        return {verdict: counts[verdict] for verdict in VERDICTS}

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it; the keys are described in the README."""
        findings = [{"kind": finding.kind, "line": finding.line, "text": finding.text} for finding in self.findings]
        whole = {"symbp": __version__, "document": self.document, "network": self.network, "summary": self.summary}
        return {**whole, "equations": [equation.as_dict() for equation in self.equations], "findings": findings}

    @classmethod
    def of(cls, found: Mapping[str, Any], text: str = "") -> Report:
        """Return the report behind what `as_dict` gives, for a document with this text."""
        equations = tuple(map(EquationReport.of, found["equations"]))
        findings = tuple(Finding(**finding) for finding in found["findings"])
        return cls(found["document"], equations, findings, found["network"], lines=tuple(text.split("\n")))

    def to_json(self) -> str:
        """Return the report as JSON text."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its report, or one line that says why there is none.

    Attributes:
        document: its path.
        report: what was found.
        error: why there is no report; empty where there is one.
        seconds: how long it took.
    """

    document: str
    report: Report | None = None
    error: str = ""
    seconds: float = 0.0

    @property
    def status(self) -> int:
        """2 without a report, 1 if something is refuted, else 0."""
        return 2 if self.report is None else int(bool(self.report.refuted))

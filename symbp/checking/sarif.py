"""The report as SARIF 2.1.0, which code review systems and editors show at the lines of a document."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..version import __version__
from .report import Finding, LinkReport, Outcome, Region, Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"refuted": "error", "undecided": "note", "unread": "note"}
RULES = {
    "refuted": "The two sides of an equation differ.",
    "undecided": "It cannot be said whether the two sides of an equation are equal.",
    "unread": "A part of an equation is not understood.",
    "convention": "A convention that the document follows.",
    "undefined": "A symbol that the document does not define.",
    "contradiction": "The document contradicts itself.",
}
_LAYOUT = re.compile(r"\\\\(?:\[[^\]\n]{0,20}\])?|&|\s+")


def sarif(outcomes: Iterable[Outcome]) -> str:
    """Return the reports on some documents as one SARIF log with one run."""
    results: list[dict[str, Any]] = []
    failures: list[dict[str, Any]] = []
    for outcome in outcomes:
        if outcome.report is None:
            failures.append({"level": "error", "message": {"text": outcome.error}})
        else:
            results += _results(outcome.report)
    driver = {"name": "symbp", "version": __version__, "rules": [_rule(name) for name in _used(results)]}
    invocation = {"executionSuccessful": not failures, "toolExecutionNotifications": failures}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _results(report: Report) -> Iterator[dict[str, Any]]:
    yield from (_result(report, link) for link in report.links if link.verdict in LEVELS)
    yield from (_finding(report, finding) for finding in report.findings)


def _result(report: Report, link: LinkReport) -> dict[str, Any]:
    message = f"{link.lhs} {link.relation} {link.rhs}: {link.reason}"
    found = _said(report, _slug(link.slip or link.verdict), LEVELS[link.verdict], message, _region(link.region))
    if link.expected and _is_printed(report, link):
        found["fixes"] = [_fix(report, link)]
    mark = hashlib.sha256(f"{link.lhs}\n{link.rhs}".encode("utf-8", "replace")).hexdigest()[:16]
    return {**found, "partialFingerprints": {"membersHash/v1": mark}}


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    return _said(report, finding.kind, "warning", finding.text, {"startLine": finding.line})


def _said(report: Report, rule: str, level: str, message: str, region: dict[str, int]) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": _artifact(report), "region": region}}
    return {"ruleId": rule, "level": level, "message": {"text": message}, "locations": [location]}


def _fix(report: Report, link: LinkReport) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(link.region), "insertedContent": {"text": link.expected}}
    change = {"artifactLocation": _artifact(report), "replacements": [replacement]}
    return {"description": {"text": f"Write {link.expected}"}, "artifactChanges": [change]}


def _is_printed(report: Report, link: LinkReport) -> bool:
    """Whether a member stands in the document letter by letter, not escaped or made by a macro."""
    return _LAYOUT.sub("", _slice(report.lines, link.region)) == _LAYOUT.sub("", link.stands)


def _slice(lines: tuple[str, ...], region: Region) -> str:
    line, column, end_line, end_column = region
    parts = list(lines[line - 1 : end_line])
    if not parts:
        return ""
    parts[-1] = parts[-1][: end_column - 1]
    parts[0] = parts[0][column - 1 :]
    return "\n".join(parts)


def _region(region: Region) -> dict[str, int]:
    return dict(zip(("startLine", "startColumn", "endLine", "endColumn"), region, strict=True))


def _artifact(report: Report) -> dict[str, str]:
    path = Path(report.document)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _used(results: list[dict[str, Any]]) -> list[str]:
    return sorted({result["ruleId"] for result in results})


def _rule(name: str) -> dict[str, Any]:
    text = RULES.get(name) or f"A known kind of mistake: {name.replace('-', ' ')}."
    return {"id": name, "shortDescription": {"text": text}}

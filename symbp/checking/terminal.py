"""The report for a terminal: each link that is not in order, with its line, what should stand there, and why."""

from collections.abc import Iterator

from .report import LinkReport, Report

SHOWN = ("refuted", "undecided", "unread")
MOST_EXPECTED = 2000
WIDEST = 160  # characters of a source line that are shown


def terminal(report: Report) -> str:
    """Return the report as text: one block for each link that is not in order, then a summary line."""
    blocks = [block for link in report.links if link.verdict in SHOWN for block in _block(report, link)]
    findings = [f"{report.document}:{finding.line}: {finding.kind}: {finding.text}" for finding in report.findings]
    counts = ", ".join(f"{count} {verdict}" for verdict, count in report.summary.items() if count)
    return "\n".join([*blocks, *findings, f"{report.document}: {counts}"]) + "\n"


def _block(report: Report, link: LinkReport) -> Iterator[str]:
    yield f"{report.document}:{link.line}:{link.column}: {link.verdict}: {link.reason}"
    source = report.lines[link.line - 1] if link.line <= len(report.lines) else ""
    start = max(0, link.column - 1 - WIDEST // 2)
    yield f"    {source[start : start + WIDEST]}"
    yield f"    {' ' * (link.column - 1 - start)}^"
    if link.expected:
        yield f"    expected: {link.expected[:MOST_EXPECTED]}"

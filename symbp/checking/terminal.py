"""The report for a terminal: each link that is not in order, with its line, what stands, what should, and why."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from .languages import word
from .lines import cells, excerpt, visible
from .report import VERDICTS, LinkReport, Outcome, Report

SHOWN = ("refuted", "undecided", "unread")
MOST_EXPECTED = 2000
MOST_NAMES = 6  # of a counter-example
WIDEST = 160  # cells of a source line that are shown where there is no terminal
STYLES = {"refuted": "bold red", "undecided": "yellow", "unread": "magenta", "proved": "green", "holds": "green"}
Piece = tuple[str, str]  # a text and its style; the style is empty where it has none
Line = tuple[Piece, ...]


def terminal(report: Report, *, width: int = WIDEST, lang: str = "en") -> str:
    """Return the report as text: one block for each link that is not in order, then a summary line."""
    return plain(styled(report, width=width, lang=lang))


def show(lines: Iterator[Line], stream: TextIO) -> None:
    """Print lines: with their styles on a terminal, else without. What a document says is never taken for markup."""
    if not stream.isatty():
        stream.write(plain(lines))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)


def plain(lines: Iterator[Line]) -> str:
    """Return lines without their styles."""
    return "".join(f"{''.join(text for text, _ in line)}\n" for line in lines)


def styled(report: Report, *, width: int = WIDEST, lang: str = "en") -> Iterator[Line]:
    """Yield the lines of the report with the styles of their parts."""
    last = None
    for link in report.links:
        if link.verdict in SHOWN:
            yield _head(report, link, lang)
            yield from () if last == (link.region, link.expected) else _below(report, link, width - 4, lang)
            last = link.region, link.expected
    for finding in report.findings:
        yield (_where(report, finding.line), (word(finding.kind, lang), "cyan"), (f": {visible(finding.text)}", ""))
    counts = [
        (f"{count} {word(verdict, lang)}", STYLES.get(verdict, ""))
        for verdict, count in report.summary.items()
        if count
    ]
    counts = counts or [(word("no equation", lang), "dim")]
    joined = [piece for count in counts for piece in ((", ", ""), count)][1:]
    yield (f"{visible(report.document)}: ", ""), *joined


def _head(report: Report, link: LinkReport, lang: str) -> Line:
    verdict = word(link.verdict, lang), STYLES[link.verdict]
    return _where(report, link.region[0], link.region[1]), verdict, (f": {visible(link.reason)}", "")


def _below(report: Report, link: LinkReport, room: int, lang: str) -> Iterator[Line]:
    line = link.region[0]
    source = report.lines[line - 1] if line <= len(report.lines) else ""
    shown, mark = excerpt(source, link.region, room)
    yield ((f"    {shown}", ""),)
    yield ("    ", ""), (mark, STYLES[link.verdict])
    rows = list(_rows(link, lang))
    label = max((cells(name) for name, _ in rows), default=0)
    for name, text in rows:
        yield (f"    {name}{' ' * (label - cells(name))} ", "dim"), (visible(text), "")


def _rows(link: LinkReport, lang: str) -> Iterator[tuple[str, str]]:
    """Yield what stands below the source line."""
    if link.verdict != "refuted":
        return
    if link.expected:
        yield word("stands:", lang), link.stands[:MOST_EXPECTED]
        yield word("expected:", lang), link.expected[:MOST_EXPECTED]
    elif link.at:
        yield word("where:", lang), ", ".join(f"{name} = {value}" for name, value in link.at[:MOST_NAMES])


def _where(report: Report, line: int, column: int | None = None) -> Piece:
    return f"{visible(report.document)}:{line}:{'' if column is None else f'{column}:'} ", ""


def table(outcomes: Sequence[Outcome], lang: str = "en") -> Iterator[Line]:
    """Yield a table of documents: how many links each has with each verdict, and how long it took."""
    head = ("document", "links", *VERDICTS, "seconds")
    texts = [tuple(word(name, lang) for name in head), *map(_row, outcomes)]
    widths = [max(map(cells, column)) for column in zip(*texts, strict=True)]
    for place, (first, *rest) in enumerate(texts):
        yield tuple(
            (f"{first}{' ' * (widths[0] - cells(first))}", "")
            if name == "document"
            else (f"  {' ' * (width - cells(text))}{text}", _style(name, text) if place else "bold")
            for name, text, width in zip(head, (first, *rest), widths, strict=True)
        )


def _row(outcome: Outcome) -> tuple[str, ...]:
    report = outcome.report
    counts = tuple(map(str, report.summary.values())) if report else ("-",) * len(VERDICTS)
    links = str(sum(report.summary.values())) if report else "-"
    return visible(outcome.document), links, *counts, f"{outcome.seconds:.2f}"


def _style(name: str, text: str) -> str:
    return STYLES.get(name, "") if text.strip() not in ("0", "-") else "dim"

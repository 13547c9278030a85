"""The forms in which reports are written: one record each."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from ..errors import InputError, nearest
from ..version import __version__
from .junit import junit
from .report import VERDICTS, Outcome
from .sarif import sarif
from .terminal import plain, styled, table


@dataclass(frozen=True, slots=True)
class Format:
    """A form of reports: its name, the endings of its files, and how some outcomes are written in it."""

    name: str
    endings: tuple[str, ...]
    write: Callable[[Sequence[Outcome], str], str]


def _text(outcomes: Sequence[Outcome], lang: str) -> str:
    reports = "".join(plain(styled(outcome.report, lang=lang)) for outcome in outcomes if outcome.report)
    return reports + (plain(table(outcomes, lang)) if len(outcomes) > 1 else "")


def _json(outcomes: Sequence[Outcome], lang: str) -> str:
    del lang  # the sentences are in it already
    reports = [outcome.report.as_dict() for outcome in outcomes if outcome.report]
    errors = [{"document": outcome.document, "error": outcome.error} for outcome in outcomes if outcome.error]
    found = reports[0] if len(outcomes) == 1 and reports else _joined(reports, errors)
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _joined(reports: list[dict[str, object]], errors: list[dict[str, str]]) -> dict[str, object]:
    summaries = [summary for report in reports if isinstance(summary := report["summary"], dict)]
    counts = {verdict: sum(summary[verdict] for summary in summaries) for verdict in VERDICTS}
    return {"symbp": __version__, "summary": counts, "documents": reports, "errors": errors}


def _annotated(outcomes: Sequence[Outcome], lang: str) -> str:
    if len(outcomes) != 1:
        raise InputError("one document at a time can be annotated")
    report = outcomes[0].report
    text: str = import_module(".annotated", __package__).annotated(report, lang) if report else ""
    return text


FORMATS: tuple[Format, ...] = (
    Format("text", (".txt",), _text),
    Format("json", (".json",), _json),
    Format("sarif", (".sarif", ".sarif.json"), lambda outcomes, lang: sarif(outcomes)),
    Format("junit", (".xml",), lambda outcomes, lang: junit(outcomes)),
    Format("annotated", (".md", ".markdown", ".tex", ".ipynb"), _annotated),
)


def format_for(name: str | None, output: str | None) -> Format:
    """Return the form of a name, else of the ending of a file, else text.

    Raises:
        InputError: no form has this name or ending.
    """
    by_name = {form.name: form for form in FORMATS}
    if name is not None:
        if name not in by_name:
            raise InputError(f"no format {name!r} ({', '.join(by_name)}){nearest(name, list(by_name))}")
        return by_name[name]
    if output is None:
        return by_name["text"]
    endings = {ending: form for form in FORMATS for ending in form.endings}
    found = max((ending for ending in endings if output.lower().endswith(ending)), key=len, default=None)
    if found is None:
        raise InputError(f"{output}: no report has this ending ({', '.join(endings)}); --format sets the format")
    return endings[found]

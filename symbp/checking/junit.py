"""The report as JUnit XML, which continuous integration shows: one test case a link."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from .report import LinkReport, Outcome, Report

_INVALID = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST_NAME = 200


def junit(outcomes: Iterable[Outcome]) -> str:
    """Return the reports on some documents as JUnit XML: refuted is a failure, undecided and unread are skipped."""
    root = Element("testsuites", name="symbp")
    for outcome in outcomes:
        _suite(root, outcome)
    counts = ("tests", "failures", "errors", "skipped")
    root.attrib.update({name: str(sum(int(suite.get(name, "0")) for suite in root)) for name in counts})
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, outcome: Outcome) -> None:
    suite = SubElement(root, "testsuite", name=_clean(outcome.document), time=f"{outcome.seconds:.3f}")
    if outcome.report is None:
        case = SubElement(suite, "testcase", name="the document", classname=_clean(outcome.document))
        SubElement(case, "error", message=_clean(outcome.error))
        counts = {"tests": 1, "failures": 0, "errors": 1, "skipped": 0}
    else:
        summary = outcome.report.summary
        skipped = summary["undecided"] + summary["unread"]
        counts = {"tests": sum(summary.values()), "failures": summary["refuted"], "errors": 0, "skipped": skipped}
        for link in outcome.report.links:
            _case(suite, outcome.report, link)
    suite.attrib.update({name: str(count) for name, count in counts.items()})


def _case(suite: Element, report: Report, link: LinkReport) -> None:
    name = f"{link.line}:{link.column} {link.lhs} {link.relation} {link.rhs}"
    case = SubElement(suite, "testcase", name=_clean(name)[:LONGEST_NAME], classname=_clean(report.document))
    if link.verdict == "refuted":
        failure = SubElement(case, "failure", message=_clean(link.reason), type=_clean(link.slip or "refuted"))
        failure.text = _clean(f"stands: {link.stands}\nexpected: {link.expected}") if link.expected else None
    elif link.verdict in ("undecided", "unread"):
        SubElement(case, "skipped", message=_clean(f"{link.verdict}: {link.reason}"))


def _clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _INVALID.sub("\ufffd", text)

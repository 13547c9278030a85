"""The judge: definitions carried through a document, a verdict on every link, slips named, the report."""

from .checker import check, verified
from .report import VERDICTS, EquationReport, Finding, LinkReport, Report
from .slips import SLIPS
from .terminal import terminal

__all__ = ["SLIPS", "VERDICTS", "EquationReport", "Finding", "LinkReport", "Report", "check", "terminal", "verified"]

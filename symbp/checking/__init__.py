"""The judge: definitions carried through a document, a verdict on every link, slips named, the report."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .report import VERDICTS, EquationReport, Finding, LinkReport, Report

if TYPE_CHECKING:
    from .examining import check
    from .own_check import verified
    from .slips import SLIPS

__all__ = ["SLIPS", "VERDICTS", "EquationReport", "Finding", "LinkReport", "Report", "check", "verified"]

_HOMES = {"SLIPS": "slips", "check": "examining", "verified": "own_check"}  # what loads sympy is loaded when it is used


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)

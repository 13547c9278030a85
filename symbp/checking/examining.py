"""A document to its report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..documents import chains
from ..errors import InputError
from ..formulas import Roles, key
from ..networks import Network, network_of
from .checker import Checker
from .findings import findings
from .knowledge import Knowledge
from .languages import check_language
from .locating import Lines
from .reaching import NOTHING, read_document, side_of
from .reads import understood
from .recognising import recognise
from .report import EquationReport, Report
from .roles import infer
from .roots import rooted
from .said_functions import always_applied, said_functions
from .said_layouts import said_layout
from .scopes import Scopes
from .shapes import declared
from .side import NO_SIDE, Side, read_side
from .source import Source
from .symmetric import symmetric
from .translating import chinese
from .updates import learning_rate, steps

Doubted = Callable[[tuple[EquationReport, ...]], bool]


def check(
    document: str | Path | None = None,
    *,
    text: str | None = None,
    network: Network | str | None = None,
    lang: str = "en",
) -> Report:
    """Judge every link of a document.

    Example:
        >>> report = check(text=r"$$w = 0.5, \\quad y = 2 w = 2 * 0.5 = 1.5$$")
        >>> report.summary["refuted"], report.refuted[0].expected
        (1, '1.0')

    Args:
        document: the path of a Markdown, TeX or plain-text file.
        text: a document itself, instead of a path.
        network: what completes a document that leaves definitions to its reader; also a preset or the path of a file.
        lang: the language of the sentences, ``en`` or ``zh``.

    Returns:
        The report; it never says that a link holds because it could not be judged.

    Raises:
        InputError: the document cannot be read, or has no equation.
    """
    if (document is None) == (text is None):
        raise InputError("check takes either the path of a document or its text")
    name = str(document) if document is not None else "text"
    content = text if text is not None else read_document(Path(name))
    side = read_side(side_of(name)) if document is not None else NO_SIDE
    report = examined(name, content, network=network, lang=check_language(lang), side=side).report
    if not report.equations:
        raise InputError(f"{name}: {NOTHING}")
    return report


@dataclass(frozen=True, eq=False)
class Examined:
    """The report on a document, and what was inferred on the way.

    Attributes:
        report: the report.
        knowledge: what the document says of its names.
        roles: by which its formulas were read.
        network: what completed it.
        side: what its user says of it.
        scopes: what judged its links.
    """

    report: Report
    knowledge: Knowledge
    roles: Roles
    network: Network | None
    side: Side
    scopes: Scopes


def _read(content: str, side: Side, network: Network | str | None) -> tuple[Roles, Source]:
    """Return the chains of a text with all that it says of them in words, and how its letters are read."""
    found, functions = list(chains(content)), said_functions(content)
    roles = side.roles(infer(found))
    roles = replace(roles, functions=roles.functions | always_applied(functions, found))
    read = understood(found, roles, content)
    source = Source(
        read,
        declared(content) | side.declared,
        side.network if network is None else network_of(network),
        side,
        symmetric=symmetric(content, read),
        layout=said_layout(content),
        functions=functions,
    )
    return roles, source


def examined(
    name: str,
    content: str,
    *,
    network: Network | str | None = None,
    lang: str = "en",
    side: Side = NO_SIDE,
    doubted: Doubted = lambda equations: True,
) -> Examined:
    """Return what is found of a text, which may have no equation.

    ``doubted`` tells by its links whether its definitions are doubted as well, which takes a while.
    """
    roles, source = _read(content, side, network)
    read, known = source.chains, source.network
    lines = Lines(content)
    before = checker = Checker(read, roles, source, lines, lang)
    if doubted(before.equations):
        checker = rooted(source, lambda own: before if own is source else Checker(read, roles, own, lines, lang))
    equations, knowledge = checker.equations, checker.knowledge
    trained = [key(step.parameter) for step in steps(read)]
    recognised = recognise(knowledge, trained=trained, rate=learning_rate(read, knowledge))
    description = known.description if known is not None else recognised.description if recognised else None
    said = findings(
        content,
        knowledge,
        chains=read,
        network=known,
        recognised=recognised,
        line=lambda number: lines.of(read[number].chain.start)[0],
    )
    if lang == "zh":
        said = (replace(finding, text=chinese(finding.text)) for finding in said)
    report = Report(name, equations, tuple(said), description, recognised, tuple(content.split("\n")))
    return Examined(report, knowledge, roles, known, side, checker.scopes)

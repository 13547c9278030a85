"""What was inferred of a document: its network, symbols, functions and conventions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..formulas import Name, Node, Roles, key, latex
from .examining import Examined
from .knowledge import CONSTANTS, Defined, Knowledge
from .recognised import Recognised
from .side import Side
from .supplied import ELSEWHERE

Explanation = dict[str, Any]


def explanation(examined: Examined) -> Explanation:
    """Return what was inferred, as JSON has it.

    Keys: ``document``, ``network`` (a description and lines, or nothing), ``symbols`` (each with ``name``, ``latex``,
    ``role``, ``definition``, ``value``, ``shape``, ``line``, ``from`` and ``anew``: it has other meanings later),
    ``functions``, ``depends`` (on what a quantity that is not defined is taken to depend), ``undefined``,
    ``conventions`` and ``reading``.
    """
    report, knowledge = examined.report, examined.knowledge
    symbols = list(_symbols(examined))
    known = {symbol["name"] for symbol in symbols}
    network = report.network and {"description": report.network, "lines": _network(report.recognised)}
    return {
        "document": report.document,
        "network": network,
        "symbols": symbols,
        "functions": [
            _function(examined, name, found) for name, found in knowledge.functions.items() if found.parameters
        ],
        "depends": {name: list(others) for name, others in knowledge.generic.items()},
        "undefined": sorted(_free(knowledge) - known),
        "conventions": [finding.text for finding in report.findings if finding.kind == "convention"],
        "reading": _reading(examined.roles, examined.side),
    }


def _network(recognised: Recognised | None) -> list[str]:
    return [] if recognised is None else list(recognised.lines())


def _function(examined: Examined, name: str, found: Defined) -> dict[str, Any]:
    line = _line(examined, f"{name}()")
    return {"name": name, "parameters": list(found.parameters), "body": latex(found.body), "line": line}


def _symbols(examined: Examined) -> Iterator[dict[str, Any]]:
    knowledge = examined.knowledge
    roles = dict(_network_roles(examined.report.recognised))
    for name in sorted(knowledge.defined, key=lambda name: (knowledge.sources.get(name, ELSEWHERE), name)):
        definition, value = knowledge.definitions.get(name), knowledge.givens.get(name)
        shape = knowledge.shapes.get(name)
        yield {
            "name": name,
            "latex": latex(knowledge.names[name]) if name in knowledge.names else name,
            "role": roles.get(name),
            "definition": latex(definition) if definition is not None else None,
            "value": latex(value) if value is not None and name not in examined.side.shapes else None,
            "shape": list(shape) if shape else None,
            "line": _line(examined, name),
            "from": _origin(examined, name),
            "anew": name in knowledge.several,
        }


def _network_roles(recognised: Recognised | None) -> Iterator[tuple[str, str]]:
    if recognised is None:
        return
    for number, layer in enumerate(recognised.layers):
        for unit in layer:
            yield unit.name, f"output of layer {number}" if number else "input"
            yield from ((weight, f"weight of layer {number}") for _, weight in unit.weights)
            yield from (
                (name, f"{word} of layer {number}")
                for name, word in ((unit.net, "net input"), (unit.bias, "bias"))
                if name
            )
    yield from ((target, "target") for target in recognised.targets if target)
    if recognised.error is not None:
        yield recognised.error, "loss"


def _origin(examined: Examined, name: str) -> str:
    """Return who says what a name stands for."""
    if name in {*examined.side.definitions, *examined.side.values, *examined.side.shapes}:
        return "side file"
    place = examined.knowledge.sources.get(name)
    if place == ELSEWHERE:
        return "network" if examined.network is not None else "corrected"
    return "document" if place is not None and place[1] == 0 else "completed"


def _line(examined: Examined, name: str) -> int | None:
    place = examined.knowledge.sources.get(name, ELSEWHERE)
    return None if place == ELSEWHERE else examined.report.equations[place[0]].line


def _free(knowledge: Knowledge) -> set[str]:
    """Return the names of quantities of which nothing is said."""
    indices = {key(part) for name in knowledge.names.values() for part in _indices(name)}
    return set(knowledge.names) - knowledge.functions.keys() - knowledge.generic.keys() - indices - CONSTANTS


def _indices(name: Name) -> Iterator[Node]:
    yield from (part for part in (*name.sub, *name.label) if isinstance(part, Name))


def _reading(roles: Roles, side: Side) -> dict[str, list[str]]:
    plain = Roles()
    return {
        "functions": sorted(roles.functions - plain.functions),
        "products": sorted(roles.letters),
        "names": sorted(side.reading.get("names", ())),
        "labels": sorted(roles.labels),
    }

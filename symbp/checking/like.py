"""A derivation like a document: in its names, the same quantities in the same order, its errors corrected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sympy import Symbol

from ..derivation import derivation
from ..documents import DerivationDocument
from ..errors import InputError
from ..formulas import Derivative, Name, Number, key, walk
from ..graphs import Graph, Quantity, unit_graph
from ..notations import Notation, notation
from .corrected import Corrected
from .examining import Examined, examined
from .instead import readable
from .knowledge import lone_number
from .reaching import read_document

_RATES = ("\\eta", "\\alpha", "\\epsilon", "\\varepsilon", "\\gamma", "\\lambda", "\\mu", "lr")
_SIGNS = {r"\cdot": r"\cdot", r"\times": r"\times", "*": "*"}
_DECIMAL = re.compile(r"(?<![\d.])\d*\.(\d{4,})(?!\d)")


def like(document: str | Path, form: str = "markdown", *, lang: str = "en") -> str:
    """Return a derivation in the notation of a document, in a format by name.

    Where the document describes a network with numbered units, that is derived; else its own chains are written, with
    wrong members corrected, and without those that cannot be judged.

    Raises:
        InputError: the document cannot be read, or nothing in it can be judged.
    """
    content = read_document(Path(document))
    found = examined(str(document), content)
    if not found.report.equations:
        raise InputError(f"{document}: no equation found, so nothing is like it")
    derived = derived_like(found, content)
    if derived is not None:
        return derived.write(form, lang=lang, digits=_digits(content))
    return Corrected(found, product=_style(content).product, lang=lang).text(form)


def derived_like(found: Examined, content: str) -> DerivationDocument | None:
    """Return the derivation of the network that a document describes, in its names; nothing where there is none."""
    recognised = found.report.recognised
    network = recognised.network if recognised is not None else None
    if network is None:
        return None
    graph = unit_graph(network)
    names = names_of(found, graph)
    if names is None:
        return None
    by = {key(name): symbol for symbol, name in names.items()}
    order = dict.fromkeys(by[name] for name in _differentiated(found) if name in by)
    wanted = [s for s in order if graph.quantities[s].role in ("weight", "bias")] or None
    derived = replace(derivation(network, wanted), names=names)
    return DerivationDocument(derived, _style(content), tuple(wanted) if wanted else None)


def _differentiated(found: Examined) -> Iterator[str]:
    """Yield what the document differentiates by, where it does so at the head of a chain."""
    for equation in found.report.equations:
        for link in equation.links[:1]:
            head = readable(link.lhs, found.roles)
            if isinstance(head, Derivative) and isinstance(head.by, Name):
                yield key(head.by)


def names_of(found: Examined, graph: Graph) -> dict[Symbol, Name] | None:
    """Return the document's name of every quantity; nothing where parts of arrays have no names of their own."""
    spelt = dict(_spelt(found, graph))
    known = found.knowledge.names
    if any(name not in known for name in spelt.values()):
        return None
    names = {symbol: known[name] for symbol, name in spelt.items()}
    own = notation("net-out")
    for symbol in graph.order:
        if symbol not in names and graph.quantities[symbol].role in ("weight", "bias", "input", "target", "loss"):
            return None
        names.setdefault(symbol, _own(graph.quantities[symbol], names, graph))
    rate = Quantity("learning_rate").symbol
    names[rate] = _rate(found) or Name(own.names["learning_rate"])
    return names if len({key(name) for name in names.values()}) == len(names) else None


def _rate(found: Examined) -> Name | None:
    """Return what the document calls its learning rate: the only usual name of one that has its number."""
    knowledge, recognised = found.knowledge, found.report.recognised
    usual = [known for name, known in knowledge.names.items() if known.base in _RATES and name in knowledge.givens]
    rates = [known for known in usual if recognised and lone_number(knowledge.givens[key(known)])]
    return rates[0] if len(rates) == 1 else None


def _own(quantity: Quantity, names: Mapping[Symbol, Name], graph: Graph) -> Name:
    """Return a name for what the document does not name: as that of the loss or the output, with a letter."""
    place = Number(str(quantity.unit))
    if quantity.role == "error":
        return Name(names[graph.output].base, (place,))
    return Name({"net": "z", "out": "a"}.get(quantity.role, "q"), (Number(str(quantity.layer)), place))


def _spelt(found: Examined, graph: Graph) -> Iterator[tuple[Symbol, str]]:
    recognised = found.report.recognised
    assert recognised is not None
    shared = recognised.bias == "shared"
    for number, layer in enumerate(recognised.layers):
        sources = {unit.name: place for place, unit in enumerate(recognised.layers[number - 1], 1)} if number else {}
        for place, unit in enumerate(layer, 1):
            yield Quantity("out" if number else "input", number, place).symbol, unit.name
            if unit.net is not None:
                yield Quantity("net", number, place).symbol, unit.net
            if unit.bias is not None:
                yield Quantity("bias", number, 0 if shared else place).symbol, unit.bias
            for source, weight in unit.weights:
                yield Quantity("weight", number, place, sources[source]).symbol, weight
    last = len(recognised.layers) - 1
    for place, target in enumerate(recognised.targets, 1):
        if target is not None:
            yield Quantity("target", last, place).symbol, target
            outs = {target, recognised.layers[-1][place - 1].name}
            if (error := _error(found, outs, recognised.error)) is not None:
                yield Quantity("error", last, place).symbol, error
    if recognised.error is not None:
        yield graph.output, recognised.error


def _error(found: Examined, pair: set[str], loss: str | None) -> str | None:
    """Return the name of the error of one output: what is defined by it and its target only."""
    for name, body in found.knowledge.definitions.items():
        if name != loss and {key(part) for part in walk(body) if isinstance(part, Name)} - {"e"} == pair:
            return name
    return None


def _style(content: str) -> Notation:
    """Return the habits of a document: its kind of d, and its sign of a product."""
    upright = len(re.findall(r"\\[dc]?frac\s*{\s*\\?(?:mathrm{)?d", content)) > content.count(r"\partial") / 2
    counts = Counter({sign: content.count(sign) for sign in _SIGNS})
    sign, count = counts.most_common(1)[0]
    record = notation("net-out")
    return replace(record, upright=upright, product=_SIGNS[sign] if count else "", bias_unit=False)


def _digits(content: str) -> int | None:
    found = Counter(min(max(len(digits), 3), 16) for digits in _DECIMAL.findall(content))
    return found.most_common(1)[0][0] if found else None

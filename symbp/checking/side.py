"""The side file of a document: what its user says of its symbols, which wins over what was inferred."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..errors import InputError, nearest
from ..formulas import Apply, Name, Node, ReadError, Roles, key, read, walk
from ..networks import Network, network_of
from ..notations import notation
from .collecting import Collector
from .knowledge import Defined, Knowledge
from .reaching import decoded, read_bytes
from .supplied import ELSEWHERE

_LISTS = ("functions", "names", "products", "labels")


@dataclass(frozen=True, slots=True)
class Side:
    """What a side file says.

    Example:
        >>> side = parse('[values]\\n"w_1" = 0.15\\n[roles]\\nlabels = ["l"]', "homework.symbp.toml")
        >>> side.values, side.roles(Roles()).labels
        ({'w_1': Number(text='0.15')}, frozenset({'l'}))

    Attributes:
        network: completes the definitions.
        definitions: the formula behind a name.
        values: the number or array behind a name.
        bodies: the parameters and bodies of functions.
        reading: ``functions`` (bases of names that are functions), ``names`` (letter runs that are one name),
            ``products`` (letter runs that are products of letters), ``labels`` (superscripts that are no exponents).
        shapes: rows and columns of arrays.
        written: the names themselves, by key.
    """

    network: Network | None = None
    definitions: Mapping[str, Node] = field(default_factory=dict)
    values: Mapping[str, Node] = field(default_factory=dict)
    bodies: Mapping[str, Defined] = field(default_factory=dict)
    reading: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shapes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    written: Mapping[str, Name] = field(default_factory=dict)

    def roles(self, inferred: Roles) -> Roles:
        """Return the roles by which the document is read."""
        functions, names, products, labels = (self.reading.get(name, frozenset()) for name in _LISTS)
        letters = (inferred.letters | products) - names
        functions |= inferred.functions | self.bodies.keys()
        labels |= inferred.labels
        return replace(inferred, functions=functions, letters=letters, labels=labels)

    def supplied(self, collector: Collector) -> Collector:
        """Put what is said in the place of what a document says of the same names."""
        for name, formula in self.definitions.items():
            places = [place for found, place in collector.candidates.get(name, ()) if found == formula]
            collector.givens.pop(name, None)
            collector.candidates[name] = [(formula, min(places, default=ELSEWHERE))]
        for name, value in self.values.items():
            found, place = collector.givens.get(name, (None, ELSEWHERE))
            collector.candidates.pop(name, None)
            collector.givens[name] = (value, place if found == value else ELSEWHERE)
        for name, defined in self.bodies.items():
            places = [place for own, place in collector.functions.get(name, ()) if own == defined]
            collector.functions[name] = [(defined, min(places, default=ELSEWHERE))]
        collector.names |= self.written
        collector.votes -= {*self.definitions, *self.values}
        return collector

    @property
    def declared(self) -> dict[str, tuple[str, str]]:
        """The shapes, as a document would state them."""
        return {name: (str(rows), str(columns)) for name, (rows, columns) in self.shapes.items()}

    def imposed(self, knowledge: Knowledge) -> Knowledge:
        """Return what a document defines, where nothing that was inferred since is kept against what is said."""
        said = {*self.definitions, *self.values}
        definitions = {name: node for name, node in knowledge.definitions.items() if name not in said}
        givens = {name: node for name, node in knowledge.givens.items() if name not in said}
        return replace(
            knowledge,
            definitions={**definitions, **self.definitions},
            givens={**givens, **self.values},
            sources={**dict.fromkeys(said, ELSEWHERE), **knowledge.sources},
            several=knowledge.several - said,
        )


NO_SIDE = Side()


def read_side(path: Path) -> Side:
    """Return what a side file says; nothing where there is none.

    Raises:
        InputError: it is no side file.
    """
    return parse(decoded(str(path), read_bytes(path)), str(path)) if path.is_file() else NO_SIDE


def parse(text: str, where: str) -> Side:
    """Return what a side file says; ``where`` stands in error messages.

    Raises:
        InputError: it is no TOML, a key is unknown, or a formula is not understood; the text names the key.
    """
    try:
        return _Parser(tomllib.loads(text, parse_float=Decimal)).side()
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where}: not TOML: {error}") from None
    except InputError as error:
        raise InputError(f"{where}: {error}") from None


@dataclass
class _Parser:
    table: dict[str, Any]
    written: dict[str, Name] = field(default_factory=dict)
    reading: Roles = field(default_factory=Roles)

    def side(self) -> Side:
        _known(self.table, ("network", "notation", *_TABLES), "the file")
        lists = self._lists()
        heads = frozenset(head.partition("(")[0].strip() for head in self._table("functions"))
        self.reading = Side(reading={**lists, "functions": lists["functions"] | heads}).roles(Roles())
        tables = {name: rule(self, self._table(name)) for name, rule in _TABLES.items() if name != "roles"}
        return Side(
            self._network(),
            tables["definitions"],
            tables["values"],
            tables["functions"],
            lists,
            tables["shapes"],
            self.written,
        )

    def _network(self) -> Network | None:
        name, style = self.table.get("network"), self.table.get("notation")
        if name is None:
            if style is not None:
                raise InputError("notation is that of a network: say which network as well")
            return None
        network = network_of(_text(name, "network"))
        return network if style is None else replace(network, style=notation(_text(style, "notation")).name)

    def _table(self, name: str) -> dict[str, Any]:
        found = self.table.get(name, {})
        if not isinstance(found, dict):
            raise InputError(f"{name} must be a table: [{name}]")
        return found

    def _lists(self) -> dict[str, frozenset[str]]:
        table = self._table("roles")
        _known(table, _LISTS, "[roles]")
        for name, words in table.items():
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                raise InputError(f'{name} in [roles] must be a list of names, such as ["a", "b"]')
        return {name: frozenset(table.get(name, ())) for name in _LISTS}

    def definitions(self, table: dict[str, Any]) -> dict[str, Node]:
        return {self._name(name, "definitions"): self._formula(text, name) for name, text in table.items()}

    def functions(self, table: dict[str, Any]) -> dict[str, Defined]:
        found = {}
        for head, text in table.items():
            node = self._formula(head, head)
            if not isinstance(node, Apply) or not all(isinstance(argument, Name) for argument in node.arguments):
                raise InputError(f'{head!r} in [functions] must name its arguments, such as "f(z)"')
            parameters = tuple(key(argument) for argument in node.arguments if isinstance(argument, Name))
            found[key(node.function)] = Defined(parameters, self._formula(text, head))
        return found

    def shapes(self, table: dict[str, Any]) -> dict[str, tuple[int, int]]:
        found = {}
        for name, sizes in table.items():
            if not (isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(n, int) and n > 0 for n in sizes)):
                raise InputError(f"the shape of {name!r} must be its rows and columns, such as [2, 3]")
            found[self._name(name, "shapes")] = sizes[0], sizes[1]
        return found

    def _name(self, text: str, table: str) -> str:
        node = self._formula(text, text)
        if not isinstance(node, Name):
            raise InputError(f"{text!r} in [{table}] is not a name")
        return key(node)

    def _formula(self, text: object, name: str) -> Node:
        if isinstance(text, bool) or not isinstance(text, str | int | Decimal):
            raise InputError(f"what stands for {name!r} must be a formula in quotes, or a number")
        try:
            node = read(str(text), self.reading)
        except ReadError as error:
            raise InputError(f"{name!r}: {error}") from None
        self.written |= {key(part): part for part in walk(node) if isinstance(part, Name)}
        return node


_TABLES: dict[str, Callable[[_Parser, dict[str, Any]], Any]] = {
    "definitions": _Parser.definitions,
    "values": _Parser.definitions,
    "functions": _Parser.functions,
    "shapes": _Parser.shapes,
    "roles": lambda parser, table: table,
}


def _known(table: Mapping[str, object], names: tuple[str, ...], place: str) -> None:
    for name in table:
        if name not in names:
            raise InputError(f"unknown key {name!r} in {place}{nearest(name, list(names))} (known: {', '.join(names)})")


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise InputError(f"{name} must be a name in quotes")
    return value

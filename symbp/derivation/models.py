"""Models: graphs of named families, each a TOML file whose definitions are formulas as they are printed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec
from sympy import Expr, Symbol

from ..errors import InputError, SymbpError
from ..formulas import Name, Node, Number, ReadError, Roles, Summation, key, read, walk
from ..graphs.families import Family, FamilyGraph, letter, members
from .symbolic import expression, is_index, split

LARGEST_SIZE = 8  # of the worked example: every quantity of it is a line
_ROLES = Roles(functions=frozenset())
_LETTERS = ("ijklpqrs", "abcdghmnuvwxy")  # usual for indices, and others


class _GraphTable(msgspec.Struct, forbid_unknown_fields=True):
    description: str
    wrt: list[str]
    ranges: dict[str, str | int] = {}
    sizes: dict[str, int] = {}


class _File(msgspec.Struct, forbid_unknown_fields=True):
    graph: _GraphTable
    definitions: dict[str, str]
    deltas: dict[str, str] = {}
    forms: dict[str, list[str]] = {}
    conditions: dict[str, str] = {}


@dataclass(frozen=True)
class Model:
    """A graph of families with the names and formulas of its file.

    Attributes:
        name: of the file.
        description: what it is, without an article.
        graph: its definitions.
        formulas: for each definition what is on its left and on its right, as they are written.
        names: for each family its name, with letters in the places of its indices.
        wrt: the members to differentiate by.
        deltas: names of derivatives by families, written like those.
        letters: index letters and sizes by their names.
        forms: for some families other forms of the derivative by their members, in which it is better known.
        conditions: what the last of these forms takes for granted, as formulas that are equal.
    """

    name: str
    description: str
    graph: FamilyGraph
    formulas: tuple[tuple[Name, Node], ...]
    names: Mapping[str, Name]
    wrt: tuple[tuple[str, tuple[Expr, ...]], ...]
    deltas: Mapping[str, Name]
    letters: Mapping[str, Symbol]
    forms: Mapping[str, tuple[Node, ...]]
    conditions: tuple[tuple[Node, Node], ...]

    def named(self, base: str, indices: tuple[Node, ...], *, delta: bool = False) -> Name:
        """Return the name of a member of a family, or of the derivative by it."""
        pattern = (self.deltas if delta else self.names)[base]
        places = iter(indices)
        sub, label = (
            tuple(next(places) if self._is_place(part, pattern) else part for part in parts)
            for parts in (pattern.sub, pattern.label)
        )
        return Name(pattern.base, sub, label, pattern.marks)

    def _is_place(self, part: Node, pattern: Name) -> bool:
        lettered = is_index(part, self.letters)
        return lettered or (isinstance(part, Number) and bool(split(pattern, self.letters)[1]))


def models() -> tuple[str, ...]:
    """Return the names of the bundled models.

    >>> "lstm" in models()
    True
    """
    folder = resources.files(__package__) / "presets"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


def is_model(source: str) -> bool:
    """Whether a source is the name of a bundled model, or the path of a file of definitions."""
    if source in models():
        return True
    if not source.endswith(".toml"):
        return False
    try:
        return "definitions" in tomllib.loads(Path(source).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False  # the reader of networks says what is wrong


@cache
def model(source: str) -> Model:
    """Return a model: a bundled one by name, or a TOML file by path.

    Raises:
        InputError: the file is no model; the text names it, and the definition.
    """
    if source in models():
        text = (resources.files(__package__) / "presets" / f"{source}.toml").read_text("utf-8")
    else:
        text = Path(source).read_text("utf-8")
    try:
        return _model(Path(source).stem, msgspec.convert(tomllib.loads(text), _File))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, SymbpError) as error:
        raise InputError(f"{source}: {error}") from None


def _model(name: str, file: _File) -> Model:
    if not file.definitions:
        raise InputError("there are no definitions")
    formulas = tuple((_name(left), _formula(left, right)) for left, right in file.definitions.items())
    spelt = {**dict.fromkeys(file.graph.ranges), **dict.fromkeys(file.graph.sizes), **_summed(formulas)}
    letters = {one: letter(one) for one in spelt}
    families = tuple(_family(left, right, letters) for left, right in formulas)
    names = _names(formulas, letters)
    sizes = {letters[one]: size for one, size in file.graph.sizes.items()}
    ranges = {letters[one]: _end(one, end, letters) for one, end in file.graph.ranges.items()}
    ranges = {letters[one]: expression(end, letters) for one, end in _summed(formulas).items()} | ranges
    ranges |= _spare(ranges, {part for base in names for part in base} | {*spelt})
    graph = FamilyGraph(families, ranges, sizes)
    _check(graph, families)
    wrt = tuple(_member(text, letters, names) for text in file.graph.wrt)
    deltas = {_member(text, letters, names)[0]: _name(delta) for text, delta in file.deltas.items()}
    forms = {
        _member(text, letters, names)[0]: tuple(_formula(text, form) for form in known)
        for text, known in file.forms.items()
    }
    conditions = tuple((_formula(left, left), _formula(left, right)) for left, right in file.conditions.items())
    return Model(name, file.graph.description, graph, formulas, names, wrt, deltas, letters, forms, conditions)


def _formula(left: str, text: str) -> Node:
    try:
        return read(text, _ROLES)
    except ReadError as error:
        raise InputError(f"the definition of {left} cannot be read: {error}") from None


def _name(text: str) -> Name:
    node = _formula(text, text)
    if not isinstance(node, Name):
        raise InputError(f"{text} is a formula: a definition gives one name")
    return node


def _family(left: Name, right: Node, letters: Mapping[str, Symbol]) -> Family:
    plain, indices = split(left, letters)
    free = tuple(letters.get(key(index)) for index in indices)
    if None in free:
        raise InputError(f"{key(left)}: the indices of what is defined are letters of [graph] ranges")
    for total in (part for part in walk(right) if isinstance(part, Summation) and part.index is not None):
        if total.index in indices:
            raise InputError(f"{key(left)}: the letter {key(total.index)} also stands under a sum: take another")
    return Family(key(plain), tuple(one for one in free if one is not None), expression(right, letters))


def _names(formulas: tuple[tuple[Name, Node], ...], letters: Mapping[str, Symbol]) -> dict[str, Name]:
    found: dict[str, Name] = {}
    for left, right in formulas:
        for part in (left, *walk(right)):
            if isinstance(part, Name) and key(part) not in letters:
                found.setdefault(key(split(part, letters)[0]), part)
    return found


def _summed(formulas: tuple[tuple[Name, Node], ...]) -> dict[str, Node]:
    """Return the last value of every letter that a sum runs over."""
    sums = [part for _, right in formulas for part in walk(right) if isinstance(part, Summation)]
    return {key(total.index): total.high for total in sums if total.index is not None and total.high is not None}


def _spare(ranges: Mapping[Symbol, Expr], used: set[str]) -> dict[Symbol, Expr]:
    """Return more letters for each range: a derivative needs a letter apart from those of its own definition."""
    found: dict[Symbol, Expr] = {}
    for end, one in {end: one for one, end in reversed(list(ranges.items()))}.items():
        usual, rest = (sorted(set(pool) - used, key=lambda o: abs(ord(o) - ord(one.name[0]))) for pool in _LETTERS)
        free = [*usual, *rest]
        for other in free[:2]:
            used.add(other)
            found[letter(other)] = end
    return found


def _end(name: str, end: str | int, letters: Mapping[str, Symbol]) -> Expr:
    node = Number(str(end)) if isinstance(end, int) else _formula(name, end)
    value = expression(node, letters)
    if value.free_symbols - set(letters.values()):
        raise InputError(f"the last value of {name}, {end}, is not known: add it to [graph] sizes")
    return value


def target(of: Model, text: str) -> tuple[str, tuple[Expr, ...]]:
    """Return the member that a text names.

    Raises:
        InputError: it is no name, or no definition uses it.
    """
    return _member(text, of.letters, of.names)


def _member(text: str, letters: Mapping[str, Symbol], names: Mapping[str, Name]) -> tuple[str, tuple[Expr, ...]]:
    plain, indices = split(_name(text), letters)
    if key(plain) not in names:
        raise InputError(f"no definition uses {text}")
    return key(plain), tuple(expression(index, letters) for index in indices)


def _check(graph: FamilyGraph, families: tuple[Family, ...]) -> None:
    last = families[-1]
    if last.letters:
        raise InputError(f"the last definition is what is differentiated: {last.base} has indices, a loss has none")
    for symbol, size in graph.sizes.items():
        if not 1 <= size <= LARGEST_SIZE:
            raise InputError(
                f"[graph] sizes: {symbol} = {size} is not between 1 and {LARGEST_SIZE}: a small example is meant"
            )
    counts: dict[str, int] = {}
    for place, family in enumerate(families):
        if family.base in (other.base for other in families[:place]):
            raise InputError(f"{family.base} is defined twice")
        for base, indices in [(family.base, family.letters), *members(family.body)]:
            if counts.setdefault(base, len(indices)) != len(indices):
                raise InputError(f"{base} has {counts[base]} indices at one place and {len(indices)} at another")
            for one in {symbol for index in indices for symbol in index.free_symbols}:
                if one not in graph.ranges:
                    raise InputError(f"the letter {one} has no range: add it to [graph] ranges")
    if not graph.unit.definitions:  # building it finds definitions by themselves
        raise InputError("there are no definitions at these sizes")

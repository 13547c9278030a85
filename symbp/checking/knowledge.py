"""What a document defines: definitions, given values, functions, and the numbers that it carries on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from ..documents import Chain
from ..formulas import (
    Apply,
    Derivative,
    Fraction,
    Group,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    ReadError,
    Summation,
    Transpose,
    has_part,
    key,
    walk,
    without_groups,
)
from ..formulas import names_in as names_in
from ..graphs.graph import reached
from .looks import CHAIN_PRODUCT, KNOWN, RATES, is_array, plain_digits
from .operands import NOT_SAID, Owners

MANY_UNREACHED = 3  # derivatives that are zero by the definitions, from which on these are taken to be incomplete
ROUNDED_DIGITS = 4  # from so many on, a given number may itself be a rounded result
Place = tuple[int, int]  # which chain, which link
CONSTANTS = frozenset({"e", "\\pi"})
NOWHERE: Place = (-1, -1)  # of what no link says
MEANT = -1  # the place in a chain of a definition that is a slip: it means another formula


@dataclass(frozen=True, slots=True)
class Read:
    """A chain with its members read, the names that it prints with the number of a unit, and if it only supposes."""

    chain: Chain
    members: tuple[Node | ReadError, ...]  # an error says why a member could not be read
    numbered: frozenset[str] = frozenset()
    supposed: bool = False

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The members that could be read."""
        return tuple(member for member in self.members if not isinstance(member, ReadError))

    def changed(self, change: Callable[[Node], Node]) -> "Read":
        """Return the chain with a change to every member that could be read."""
        return replace(self, members=tuple(m if isinstance(m, ReadError) else change(m) for m in self.members))


@dataclass(frozen=True, slots=True)
class Defined:
    """A function of the document: the names of its parameters, and its body."""

    parameters: tuple[str, ...]
    body: Node


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What stands in a document, by the key of each name.

    Attributes:
        definitions: the formula behind a name.
        others: further formulas for a name, where the document has several.
        givens: the number behind a name that nothing computes.
        functions: the document's own functions.
        printed: the numbers that are printed as values of a name, or of a derivative ``(of, by)``.
        names: every name that occurs.
        sources: the link that first says what a name is.
        several: the names that the document defines anew from place to place.
        entries: the names that stand in printed matrices, and so are numbers.
        turned: the names that are transposed or multiplied entry by entry somewhere, and so are arrays.
        differentiated: for each name of which a derivative is taken, what it is taken by, and in how many chains.
        generic: for a quantity that is differentiated but not defined, the names on which it is taken to depend.
        targets: what is compared with computed quantities, and depends on nothing.
        stated: the formula that the document gives for the derivative of such a quantity by one of those names.
        computed: the values of defined names that have few digits, and so are exact where they are printed.
        expansions: the formulas that the document gives for a derivative ``(of, by)``.
        literals: how often a number is put in for a name.
        arguments: what a quantity is printed with in its definition, as in ``f(x, y) = ...``: each varies alone.
        owners: what the quantities come to for which a number is printed.
        doubtful: numbers that would be exact, but may as well be the rounding of another value.
        spelt: the arrays that are written as the names of their entries.
        declared: the shapes that are stated in words or as sets, by the letters or numbers of their sizes.
        inferred: the shapes that follow from how names are used; 1 x 1 for numbers.
        numerator, rows: derivatives of a number are laid out turned; samples are the rows of arrays.
        layout: how the text says in words that derivatives of a number are laid out.
        unsure: much that the document says does not fit the inferred shapes.
        numbered: what is printed with the number of a unit of a kind, where letters stand for these.
        shares: free names, and those that add up to one with each; of an array: what of it does, or symmetry.
        kinks: derivatives are written with their kinks, or as those of a function.
    """

    definitions: Mapping[str, Node] = field(default_factory=dict)
    others: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    givens: Mapping[str, Node] = field(default_factory=dict)
    functions: Mapping[str, Defined] = field(default_factory=dict)
    printed: Mapping[str | tuple[str, str], Node] = field(default_factory=dict)
    names: Mapping[str, Name] = field(default_factory=dict)
    sources: Mapping[str, Place] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()
    turned: frozenset[str] = frozenset()
    differentiated: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    generic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    targets: frozenset[str] = frozenset()
    stated: Mapping[tuple[str, str], Node] = field(default_factory=dict)
    computed: frozenset[str] = frozenset()
    expansions: Mapping[tuple[str, str], tuple[Node, ...]] = field(default_factory=dict)
    literals: Mapping[tuple[str, str], int] = field(default_factory=dict)
    arguments: Mapping[str, frozenset[str]] = field(default_factory=dict)
    owners: Owners = NOT_SAID
    doubtful: frozenset[str] = frozenset()
    spelt: Mapping[str, Node] = field(default_factory=dict)
    declared: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    inferred: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    numerator: bool = False
    rows: bool = False
    layout: str = ""
    unsure: bool = False
    numbered: frozenset[str] = frozenset()
    shares: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinks: bool = False

    @cached_property
    def _needs(self) -> dict[str, frozenset[str]]:
        return {}

    def needs(self, name: str) -> frozenset[str]:
        """Return every name on which a name depends through definitions."""
        if name not in self._needs:
            self._needs[name] = reached(self._uses.get(name, set()), self._uses)
        return self._needs[name]

    def is_identity(self, name: str) -> bool:
        """Whether a name is the identity matrix: a square I of which nothing is said, nor anything by it."""
        rows, columns = self.shapes.get(name, (1, 1)) if name == "I" else (1, 1)
        by = (other for found in self.differentiated.values() for other in found)
        return rows == columns > 1 and name not in self.defined and name not in by

    def reach(self, formula: Node) -> frozenset[str]:
        """Return every name on which a formula depends through definitions."""
        if id(formula) not in self._reached:
            self._reached[id(formula)] = formula, reached(self._used(formula), self._uses)
        return self._reached[id(formula)][1]

    def moves(self, formula: Node) -> frozenset[str]:
        """Return every name that moves a formula: none that only stands in a stated derivative."""
        return reached(self._used(formula), self._moving) if self.stated else self.reach(formula)

    @cached_property
    def _moving(self) -> dict[str, Set[str]]:
        stated = {of for of, _ in self.stated}
        return {name: set(self.generic[name]) if name in stated else used for name, used in self._uses.items()}

    @cached_property
    def _reached(self) -> dict[int, tuple[Node, frozenset[str]]]:
        """What `reach` found, by the formula itself, which is kept so that no other has its place."""
        return {}

    def behind(self, *formulas: Node) -> list[Node]:
        """Return formulas, and the definitions of all that they depend on."""
        reach = frozenset[str]().union(*map(self.reach, formulas))
        return [*formulas, *(self.definitions[name] for name in reach & self.definitions.keys())]

    def open_names(self, formula: Node) -> frozenset[str]:
        """Return the names behind a formula that are differentiated elsewhere, so computed, but nowhere defined."""
        return (self.reach(formula) & self.differentiated.keys()) - self.defined

    def is_said(self, of: str, by: str) -> bool:
        """Whether a derivative that is zero by the definitions is a slip, rather than something left unsaid.

        What several chains differentiate, or what many do not find in the definitions, the document knows better.
        """
        return self.differentiated.get(of, {}).get(by, 0) < 2 and len(self._unreached) < MANY_UNREACHED

    @cached_property
    def _unreached(self) -> list[tuple[str, str]]:
        pairs = ((of, by) for of, found in self.differentiated.items() for by in found if of in self.definitions)
        return [(of, by) for of, by in pairs if of != by and by not in self.needs(of)]

    @cached_property
    def _uses(self) -> dict[str, Set[str]]:
        generic = {name: set(arguments) for name, arguments in self.generic.items()}
        for (of, _), formula in self.stated.items():
            generic[of] |= self._used(formula)
        parts = {name: {whole} for name, whole in self._wholes.items()}
        return parts | generic | {name: self._used(definition) for name, definition in self.definitions.items()}

    @cached_property
    def _wholes(self) -> dict[str, str]:
        """The arrays of which names with an index may be entries."""
        entries = self.names.items() if self.shapes else ()
        open_ = ((name, node) for name, node in entries if node.sub and key(node) not in self.defined)
        found = {name: key(replace(node, sub=())) for name, node in open_}
        return {name: whole for name, whole in found.items() if whole in self.shapes}

    def _used(self, definition: Node) -> Set[str]:
        if not has_part(definition, Summation, Apply):
            return names_in(definition)
        names = set(names_in(definition))
        for part in walk(definition):
            if isinstance(part, Summation) and part.index is None:
                bare = [name.base for name in walk(part.body) if isinstance(name, Name) and not name.sub]
                names |= {key(member) for base in bare for member in self.family(base).values()}
            if isinstance(part, Apply) and key(part.function) in self.functions:
                known = self.functions[key(part.function)]
                names |= names_in(known.body) - {key(part.function), *known.parameters}
            elif isinstance(part, Apply) and key(part.function) in self.quantities:
                names.add(key(part.function))
        return names

    def open_functions(self, side: Node) -> set[str]:
        """Return the functions in a formula, or behind it, of which the document does not say what they are."""
        formulas = self.behind(side)
        applied: set[str] = set()
        while formulas:
            found = {key(part.function) for part in walk(formulas.pop()) if isinstance(part, Apply)} - applied
            formulas += [self.functions[name].body for name in found & self.functions.keys()]
            applied |= found
        return applied - self.functions.keys() - self.quantities - KNOWN.keys() - {CHAIN_PRODUCT}

    @cached_property
    def _families(self) -> dict[str, dict[str, Name]]:
        found: dict[str, dict[str, Name]] = {}
        for name, node in self.names.items():
            if node.sub and not node.marks and not node.label:
                found.setdefault(node.base, {})[name.removeprefix(node.base)] = node
        return found

    def summed(self, formula: Node) -> set[str]:
        """Return the bare names under a sum without an index that stand for several known families of one index."""
        found: set[str] = set()
        for part in walk(formula) if has_part(formula, Summation) else ():
            if isinstance(part, Summation) and part.index is None:
                bare = {key(name) for name in walk(part.body) if isinstance(name, Name) and not name.sub}
                bare -= self.defined
                places = [self.family(name).keys() for name in bare]
                if len(places) > 1 and set.intersection(*map(set, places)):
                    found |= bare
        return found

    def family(self, base: str) -> Mapping[str, Name]:
        """Return the names with this base and some index, by their index."""
        return self._families.get(base, {})

    @cached_property
    def shapes(self) -> dict[str, tuple[int, int]]:
        """The shapes of the names that are arrays: printed ones, else those that follow from their use."""
        inferred = {name: shape for name, shape in self.inferred.items() if shape != (1, 1)}
        turned = [name for name in self.listed if inferred.get(name) == self.printed_shapes[name][::-1]]
        return {**inferred, **self.printed_shapes, **{name: inferred[name] for name in turned}}

    @cached_property
    def _printed_arrays(self) -> dict[str, Node]:
        return {name: without_groups(node) for name, node in (*self.spelt.items(), *self.givens.items())}

    @cached_property
    def listed(self) -> frozenset[str]:
        """The names whose given value is a vector printed on one line, which stands for a row or a column alike."""
        found = self._printed_arrays.items()
        return frozenset(name for name, node in found if isinstance(node, Matrix) and node.listed and not node.rows[1:])

    @cached_property
    def printed_shapes(self) -> dict[str, tuple[int, int]]:
        """The shapes of the names whose given value, or spelling, is an array."""
        found = {}
        for name, node in self._printed_arrays.items():
            matrix = node.body if isinstance(node, Transpose) else node
            if isinstance(matrix, Matrix):
                shape = (len(matrix.rows), len(matrix.rows[0].entries))
                found[name] = shape[::-1] if isinstance(node, Transpose) else shape
        return found

    def is_array(self, node: Node) -> bool:
        """Whether arrays stand in a formula or behind it."""
        return any(map(is_array, walk(node))) or not self._arrays.isdisjoint(self.reach(node))

    @cached_property
    def open_quantities(self) -> frozenset[str]:
        """The undefined quantities of which some derivative is not stated either."""
        unstated = ((of, by) for of, arguments in self.generic.items() for by in arguments)
        return frozenset(of for of, by in unstated if (of, by) not in self.stated)

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """The parameters of functions that stand in no definition: whatever has an index is another thing."""
        parameters = {name for known in self.functions.values() for name in known.parameters}
        return frozenset(parameters.difference(*self._uses.values(), self.defined))

    @cached_property
    def constants(self) -> frozenset[str]:
        """The names that stand in fractions of functions, such as A in ``f(x) = A / (1 + e^{-x})``, and no arrays."""
        found: set[str] = set()
        for known in self.functions.values():
            divided = [part for part in walk(known.body) if isinstance(part, Fraction)]
            inside = {name for part in divided for name in names_in(part)}
            found |= inside - {*known.parameters, *self.turned, *self.declared, *self.printed_shapes, *self.definitions}
        return frozenset(found)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Free names that are numbers also where others are arrays."""
        inferred = {name for name, shape in self.inferred.items() if shape == (1, 1)}
        return ((self.entries | RATES | self.generic.keys()) - self.turned | inferred) - self.shapes.keys()

    @cached_property
    def _arrays(self) -> frozenset[str]:
        defined = {name for name, formula in self.definitions.items() if any(map(is_array, walk(formula)))}
        return frozenset(defined | self.shapes.keys())

    @cached_property
    def quantities(self) -> frozenset[str]:
        """Names that are quantities, even where they are printed with arguments."""
        return frozenset({*self.names, *self.differentiated} - self.functions.keys())

    @cached_property
    def defined(self) -> frozenset[str]:
        """The names that have a definition or a given value."""
        return frozenset({*self.definitions, *self.givens})

    @cached_property
    def defined_or_used(self) -> frozenset[str]:
        """The names that have a definition or stand in one; also by their entries, unless something computes them."""
        wholes = self._wholes
        used = (names for name, names in self._uses.items() if name not in wholes)
        found = self.defined.union(*used)
        found |= {wholes[name] for name in found & wholes.keys()} & {*self.targets, *self.shares}
        return frozenset(found | {name for name, whole in wholes.items() if whole in found})

    @cached_property
    def exact(self) -> frozenset[str]:
        """The given numbers as they are printed, and without trailing zeros."""
        numbers = (part.text for node in self.givens.values() for part in walk(node) if isinstance(part, Number))
        texts = {text for text in numbers if len(text.replace(".", "").strip("0")) < ROUNDED_DIGITS}
        return frozenset({*texts, *map(plain_digits, texts), *self.computed}) - self.doubtful


def is_closed(node: Node) -> bool:
    """Whether a formula has no names but e and pi."""
    return names_in(node) <= CONSTANTS and not has_part(node, Apply, Derivative)


def lone_number(node: Node) -> Number | None:
    """Return the number when a formula is just one, perhaps with a sign."""
    if isinstance(node, Negative | Group):
        return lone_number(node.body)
    return node if isinstance(node, Number) else None


def links(chains: Iterable[Read]) -> Iterator[tuple[Place, Node, Node]]:
    """Yield the links that could be read, each with its place."""
    for number, chain in enumerate(chains):
        for place, (left, right) in enumerate(pairwise(chain.members)):
            if isinstance(left, Node) and isinstance(right, Node):
                yield (number, place), left, right


def slope_key(node: Node | ReadError) -> tuple[str, str] | None:
    """Return of which name, perhaps with its arguments, a formula is the derivative, and by which; else nothing."""
    if not isinstance(node, Derivative) or not isinstance(node.by, Name):
        return None
    of = node.of.function if isinstance(node.of, Apply) and node.of.arguments[1:] and not node.of.primes else node.of
    return (key(of), key(node.by)) if isinstance(of, Name) else None


def quantity_key(node: Node | ReadError) -> str | tuple[str, str] | None:
    """Return the key under which the printed value of a name or of a derivative is known."""
    return key(node) if isinstance(node, Name) else slope_key(node)


def assigned(chain: Read) -> Iterator[tuple[Name, Node]]:
    """Yield the numbers that a chain gives the names before it, outright or as the result of an assignment."""
    head, second, last = *chain.members[:2], chain.members[-1]
    if chain.supposed or isinstance(head, ReadError) or isinstance(second, ReadError) or isinstance(last, ReadError):
        return
    if isinstance(head, Name):
        if is_closed(second):
            yield head, second
        elif key(head) in names_in(second) and lone_number(last) is not None:
            yield head, last
        return
    names, values = (entries(side) for side in (head, second))
    if len(names) == len(values) > 1 and all(isinstance(name, Name) for name in names) and is_closed(second):
        yield from ((name, value) for name, value in zip(names, values, strict=True) if isinstance(name, Name))


def entries(node: Node) -> tuple[Node, ...]:
    """Return the entries of a matrix with one row."""
    bare = without_groups(node)
    return bare.rows[0].entries if isinstance(bare, Matrix) and len(bare.rows) == 1 else ()

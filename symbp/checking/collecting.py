"""Collects what a document says: first what it writes outright, then what adjacent links leave to the reader."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..documents import defines
from ..formulas import (
    Apply,
    Call,
    Derivative,
    Gradient,
    Name,
    Node,
    Number,
    Power,
    Product,
    ReadError,
    Row,
    Summation,
    Transpose,
    key,
    latex,
    map_children,
    walk,
    without_groups,
)
from ..formulas.functions import ACTIVATION_LETTERS
from .agreeing import is_printed, result
from .aligning import align
from .holding import differentiated
from .indices import letters_of, names_with_bound, of_any
from .kinks import shows_kink
from .knowledge import (
    CONSTANTS,
    Defined,
    Knowledge,
    Place,
    Read,
    assigned,
    entries,
    is_closed,
    lone_number,
    names_in,
    quantity_key,
    slope_key,
)
from .parts import stripped
from .partwise import components
from .remarks import described, instead, is_composition, is_step, of_one_value, says_equal, varies, whole_names
from .results import Results
from .spelling import entry_names, spelling, with_spelt

FEWEST_VOTES = 2  # of adjacent links, to doubt a definition that the document writes outright


@dataclass
class Collector:
    """What has been found so far."""

    candidates: dict[str, list[tuple[Node, Place]]] = field(default_factory=dict)
    givens: dict[str, tuple[Node, Place]] = field(default_factory=dict)
    functions: dict[str, list[tuple[Defined, Place]]] = field(default_factory=dict)
    printed: dict[str | tuple[str, str], Node] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)
    votes: set[str] = field(default_factory=set)
    literals: dict[str, list[Node]] = field(default_factory=dict)
    entries: set[str] = field(default_factory=set)
    turned: set[str] = field(default_factory=set)
    differentiated: dict[str, Counter[str]] = field(default_factory=dict)
    gradients: dict[str, Counter[str]] = field(default_factory=dict)
    expansions: dict[tuple[str, str], list[Node]] = field(default_factory=dict)
    spelt: dict[str, list[tuple[Node, Place]]] = field(default_factory=dict)
    owners: frozenset[str] = frozenset()
    applied: dict[str, set[str]] = field(default_factory=dict)
    arguments: dict[str, frozenset[str]] = field(default_factory=dict)
    results: Results = field(default_factory=Results)
    words: set[str] = field(default_factory=set)
    numbered: frozenset[str] = frozenset()
    kinks: bool = False

    def chain(self, number: int, chain: Read) -> None:
        """Take what one chain says outright."""
        members = [member for member in chain.members if not isinstance(member, ReadError)]
        head, second = chain.members[0], chain.members[1]
        if isinstance(head, ReadError):
            return
        self._printed(head, members)
        if isinstance(second, ReadError) or self._alike(number, members):
            return
        place = (number, 0)
        if isinstance(head, Name) and self._is_applied(key(head), second):
            return
        if isinstance(head, Name) and (of := self.results.named(head, second)) is not None:
            second = of
        self.results.add(head, members)
        if (pair := slope_key(head)) is not None:
            formulas = self.expansions.setdefault(pair, [])
            formulas += [member for member in members[1:] if not is_closed(member) and head not in walk(member)]
        self.kinks |= bool(slope_key(head) or slope_key(second)) and shows_kink(members)
        named = self.applied.keys() & ACTIVATION_LETTERS - self.differentiated.keys()
        if isinstance(head, Name) and key(head) in named and varies(second):
            self.functions.setdefault(key(head), []).append((Defined(varies(second), second), place))
        elif is_step(second) or (isinstance(second, Name) and key(second) in self.words):
            return
        elif isinstance(head, Name) and key(head) not in names_in(second):
            if (spelt := spelling(head, second)) is not None:
                self._spelt(key(head), members[2:], (spelt, place))
            else:
                for formula in (second, *instead(members[1:])):
                    self._named(key(head), formula, place)
        elif isinstance(head, Power) and isinstance(head.base, Name) and head.exponent == Number("2"):
            if key(head.base) not in names_in(second):
                self._named(key(head.base), Call("sqrt", (second,)), place)  # as the variance gives the deviation
        elif entries(head) and is_closed(second):
            for name, value in assigned(chain):
                self._named(key(name), value, place)
        elif isinstance(head, Apply) and not head.primes:
            self._applied(head, second, place)

    def _is_applied(self, name: str, second: Node) -> bool:
        """Whether a number is put into the function that a name was said to be, which is no other definition."""
        bare = without_groups(second)
        if not isinstance(bare, Apply) or not all(map(is_closed, bare.arguments)):
            return False
        known = (without_groups(formula) for formula, _ in self.candidates.get(name, ()))
        return any(isinstance(formula, Apply) and formula.function == bare.function for formula in known)

    def _alike(self, number: int, members: list[Node]) -> bool:
        """Take one number for the value of several names, as in ``a = b = 0.5``, which says no more than that."""
        names = of_one_value(members)
        for place, name in enumerate(names):
            self._named(key(name), members[-1], (number, place))
        return bool(names)

    def uses(self, chain: Read) -> None:
        """Take which names one chain has, which of them are arrays or their entries, and what it differentiates."""
        members = chain.nodes
        self.numbered |= chain.numbered
        pairs = set()
        for member in members:
            for part in walk(member):
                self._shaped(part)
                if isinstance(part, Apply) and not is_closed(part.arguments[0]):
                    self.applied.setdefault(key(part.function), set()).add(", ".join(map(latex, part.arguments)))
                of, by = (
                    (differentiated(part.of), differentiated(part.by)) if isinstance(part, Derivative) else (None,) * 2
                )
                if of is not None and by is not None:
                    pairs.add((key(of), key(by)))
                    self.names |= {key(of): of, key(by): by}
                if isinstance(part, Gradient) and isinstance(part.of, Name) and [type(by) for by in part.by] == [Name]:
                    self.gradients.setdefault(key(part.of), Counter())[key(part.by[0])] += 1
            self.names |= {key(part): part for part in walk(member) if isinstance(part, Name)}
        for upper, lower in pairs:
            self.differentiated.setdefault(upper, Counter())[lower] += 1

    def _shaped(self, part: Node) -> None:
        """Take the entries of a matrix for numbers, and what is transposed or multiplied entry by entry for arrays."""
        if isinstance(part, Row):
            self.entries |= {key(entry) for entry in part.entries if isinstance(entry, Name)}
        elif isinstance(part, Transpose) and isinstance(without_groups(part.body), Name):
            self.turned.add(key(without_groups(part.body)))
        elif isinstance(part, Product) and "@" in part.signs:
            self.turned |= {key(factor) for factor in part.factors if isinstance(factor, Name)}

    def _applied(self, head: Apply, second: Node, place: Place) -> None:
        """Take a definition of a function, or of a quantity that is printed with what it depends on."""
        name = key(head.function)
        parameters = tuple(key(argument) for argument in head.arguments if isinstance(argument, Name))
        whole = not is_closed(second) and (len(head.arguments) == 1 or {*parameters} <= names_in(second))
        if len(parameters) == len(head.arguments) and whole and not _applies(second, name):
            self.functions.setdefault(name, []).append((Defined(parameters, second), place))
            by = {*self.differentiated.get(name, ()), *self.gradients.get(name, ())}
            by |= {self.names[part].base for part in by & names_in(second) & self.names.keys()}  # the parts of theta
            single = name in self.names.keys() - ACTIVATION_LETTERS and len(self.applied.get(name, ())) == 1
            if single or by & {*parameters} or (by and (parameters[1:] or names_in(second).isdisjoint(parameters))):
                self._named(name, second, place)
        elif len(head.arguments) > 1 and name in self.differentiated:
            self._named(name, second, place)

    def _named(self, name: str, formula: Node, place: Place) -> None:
        if is_closed(formula):
            self.givens.setdefault(name, (formula, place))
        else:
            self.candidates.setdefault(name, []).append((formula, place))

    def _spelt(self, name: str, further: list[Node], spelt: tuple[Node, Place]) -> None:
        """Take the names of the entries of an array, and what comes after them for its definition."""
        self.spelt.setdefault(name, []).append(spelt)
        if further and name not in names_in(further[0]):
            self._named(name, further[0], spelt[1])

    def spell(self) -> None:
        """Take an array of names for a definition, where they are defined themselves or are entries of another."""
        owners: dict[str, str] = {}
        for name, found in list(self.spelt.items()):
            own = entry_names(found[0][0])
            if any(map(self._is_computed, own)) or any(
                key(entry) in names_in(formula) for entry in own for formula, _ in self.candidates.get(name, ())
            ):
                del self.spelt[name]
            if name not in self.spelt or any(key(entry) in owners for entry in own):
                self.candidates[name] = sorted([*self.candidates.get(name, ()), *found], key=lambda found: found[1])
            elif name in self.spelt:
                owners |= {key(entry): name for entry in own}
        self.owners = frozenset(owners.values())

    def _is_computed(self, entry: Name) -> bool:
        """Whether a name has a definition or a value, or one of its kind has, as ``z_j`` where it is ``z_1``."""
        known = {*self.candidates, *self.givens}
        kin = (self.names[name] for name in known if name in self.names)
        return key(entry) in known or any(
            other.base == entry.base and other.label == entry.label and len(other.sub) == len(entry.sub) > 0
            for other in kin
        )

    def _printed(self, head: Node, members: list[Node]) -> None:
        numbers = [member for member in members[1:] if is_printed(without_groups(member))]
        if not numbers:
            return
        if (what := quantity_key(head)) is not None:
            self.printed.setdefault(what, result(numbers))

    def inner(self, number: int, chain: Read) -> None:
        """Take what a chain says of a name or a function further on, as in ``o = f(z) = 1/(1 + e^{-z})``."""
        head = chain.members[0]
        for link, (left, right) in enumerate(pairwise(stripped(chain))):
            if link == 0 or left is None or right is None or is_closed(right) or names_in(right) == {"e"}:
                continue
            if isinstance(left, Name):
                known = {*self.candidates, *self.givens, *names_in(right)}
                if link == 1 and key(left) not in known and not isinstance(head, Derivative | ReadError):
                    self._named(key(left), right, (number, link))
            elif isinstance(left, Apply) and not left.primes:
                self._argument(left, right, (number, link))
                self._function(left, right, (number, link))

    def _argument(self, left: Apply, right: Node, place: Place) -> None:
        """Take what stands in for the argument of a function, as in ``f(z) = f(w x + b)``, for what that is."""
        if not isinstance(right, Apply) or (right.function, right.primes) != (left.function, 0):
            return
        for name, formula in zip(left.arguments, map(without_groups, right.arguments), strict=False):
            if isinstance(name, Name) and not isinstance(formula, Name) and key(name) not in names_in(formula):
                self._named(key(name), formula, place)

    def _function(self, left: Apply, right: Node, place: Place) -> None:
        """Take a formula in nothing but its arguments for what a function is."""
        plain = all(isinstance(part, Name) for part in left.arguments) and key(left.function) not in self.differentiated
        said = plain and not _applies(right, key(left.function))
        if said and names_in(right) <= {*names_in(left), *CONSTANTS}:
            parameters = tuple(map(key, left.arguments))
            self.functions.setdefault(key(left.function), []).append((Defined(parameters, right), place))

    def completed(self, chains: list[Read]) -> None:
        """Take for names that nothing defines what adjacent members show to stand for them, by majority."""
        votes: dict[str, list[tuple[Node, Place]]] = {}
        lettered = {of_any(self.names[name]) for name in self.candidates.keys() & self.names.keys()} - {None}
        for number, chain in enumerate(chains):
            for link, (left, right) in enumerate((*pairwise(stripped(chain)), *self._across(chain))):
                if left is not None and right is not None and not (link == 0 and _assigns(chain)):
                    for name, node in (*_stand_ins(left, right), *_stand_ins(right, left)):
                        if lone_number(node) is not None:
                            self.literals.setdefault(key(name), []).append(node)
                        other = key(name) not in self.candidates and of_any(name) in lettered  # x_i beside x_j = ...
                        if not other and self._may_stand_for(key(name), node):
                            votes.setdefault(key(name), []).append((node, (number, link)))
        for word, found in votes.items():
            formula, place = _majority(found)
            if word not in self.candidates and word not in self.givens:
                self._named(word, formula, place)
                self.votes.add(word)
            elif word in self.candidates and not is_closed(formula) and len(found) >= FEWEST_VOTES:
                self.candidates[word].append((formula, place))

    def _across(self, chain: Read) -> Iterator[tuple[Node, Node]]:
        """Yield the formula of a quantity beside the numbers that another chain about it begins with."""
        head, *rest = stripped(chain)
        if isinstance(head, Name) and rest and rest[0] is not None and is_closed(rest[0]):
            for formula, _ in self.candidates.get(key(head), ())[:1]:
                yield without_groups(formula), rest[0]

    def _may_stand_for(self, name: str, node: Node) -> bool:
        if isinstance(node, Name) or name in names_in(node) or name == "e":
            return False
        if any(isinstance(part, Derivative | Summation) for part in walk(node)):
            return False
        return is_closed(node) or any(part in self.givens or part in self.candidates for part in names_in(node))

    def knowledge(self) -> Knowledge:
        """Return what was found, with the first definition of each name."""
        definitions: dict[str, Node] = {}
        sources: dict[str, Place] = {name: place for name, (_, place) in self.givens.items()}
        uses: dict[str, frozenset[str]] = {}
        for name, found in self.candidates.items():
            formula, place = found[0]
            if (name in self.givens and isinstance(formula, Name)) or name in _reached(names_in(formula), uses):
                continue
            definitions[name], sources[name], uses[name] = formula, place, names_in(formula)
        givens = {name: node for name, (node, _) in self.givens.items() if name not in definitions}
        sources |= {f"{name}()": found[0][1] for name, found in self.functions.items()}
        functions = {name: found[0][0] for name, found in self.functions.items()}
        others = {
            name: tuple(formula for formula, _ in found) for name, found in self.candidates.items() if len(found) > 1
        }
        taken = self.gradients.keys() | self.differentiated.keys()
        none: Counter[str] = Counter()
        differentiated = {of: self.differentiated.get(of, none) + self.gradients.get(of, none) for of in sorted(taken)}
        known = Knowledge(definitions, others, givens, functions, self.printed, self.names, sources)
        shaped = replace(known, entries=frozenset(self.entries), turned=frozenset(self.turned))
        wholes = {name: self.spelt[name][0] for name in self.owners}
        spelt = {name: node for name, (node, _) in wholes.items()}
        shaped = with_spelt(replace(shaped, sources=sources | {name: at for name, (_, at) in wholes.items()}), spelt)
        literals = Counter(
            (name, number.text)
            for name, found in self.literals.items()
            for node in found
            if (number := lone_number(node))
        )
        expansions = {pair: tuple(found) for pair, found in self.expansions.items()}
        said = replace(shaped, differentiated=differentiated, expansions=expansions, literals=literals)
        return replace(said, arguments=self.arguments, numbered=self.numbered, kinks=self.kinks)


def _applies(body: Node, name: str) -> bool:
    """Whether a function stands in a formula, which then does not say what the function is."""
    return any(isinstance(part, Apply) and key(part.function) == name for part in walk(body))


def _assigns(chain: Read) -> bool:
    relation = chain.chain.members[1].relation
    return chain.supposed or (defines(relation) and relation != ":=")


def _reached(names: frozenset[str], uses: dict[str, frozenset[str]]) -> set[str]:
    """Return what some names depend on, and those: a definition that would close a circle is none."""
    found: set[str] = set()
    stack = list(names)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(uses.get(name, ()))
    return found


def _stand_ins(left: Node, right: Node) -> Iterator[tuple[Name, Node]]:
    """Yield what may stand for names: numbers anywhere, formulas only where they are all in which the sides differ."""
    pairs = list(align(left, right))
    whole = _put_in(left, {key(name): node for name, node in pairs}) == right
    summed = {key(name) for name, bound in names_with_bound(left) if letters_of([name]) & bound}  # of many values
    yield from (pair for pair in pairs if (whole or is_closed(pair[1])) and key(pair[0]) not in summed)


def _put_in(node: Node, formulas: dict[str, Node]) -> Node:
    if isinstance(node, Name):
        return formulas.get(key(node), node)
    return map_children(node, lambda part: _put_in(part, formulas))


def _majority(found: list[tuple[Node, Place]]) -> tuple[Node, Place]:
    """Return what most links say, formulas before numbers, and the first link that says it."""
    wordy = [vote for vote in found if not is_closed(vote[0])] or found
    winner = Counter(latex(node) for node, _ in wordy).most_common(1)[0][0]
    return next(vote for vote in wordy if latex(vote[0]) == winner)


def _functions(collector: Collector) -> None:
    """Take what is applied to one thing here and to another there for a function, and for no quantity."""
    for name, arguments in collector.applied.items():
        if len(arguments) > 1 and name in ACTIVATION_LETTERS:
            collector.differentiated.pop(name, None)
            collector.names.pop(name, None)
            for below in collector.differentiated.values():
                below.pop(name, None)


def collect(chains: list[Read]) -> Collector:
    """Return all that a document says of its names."""
    collector = Collector()
    said = [(number, chain) for number, chain in enumerate(chains) if not _assigns(chain)]
    quantities = {key(name) for _, chain in said if not says_equal(chain) for name in whole_names(chain)}
    claiming = [link for link in said if not says_equal(link[1]) or quantities & set(map(key, whole_names(link[1])))]
    for _, chain in claiming:
        collector.uses(chain)
    _functions(collector)
    collector.words = described(claiming)
    for number, chain in claiming:
        collector.chain(number, chain)
    for number, chain in enumerate(chains):
        collector.inner(number, chain)
    collector.completed(chains)
    for name, found in collector.candidates.items():
        collector.candidates[name] = [said for said in found if not is_composition(said[0])] or found
    whole = {name: found[0][0] for name, found in collector.candidates.items()}
    for name, part, formula in list(components(collector.names, whole)):
        collector.candidates[part] = [(formula, collector.candidates[name][0][1])]
    return collector

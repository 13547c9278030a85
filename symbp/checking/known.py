"""What a slip may draw on: the document's names, and the quantities whose values are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from flint import arb

from ..formulas import (
    Apply,
    Call,
    Derivative,
    Fraction,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    Summation,
    has_part,
    key,
    walk,
    without_groups,
)
from .agreeing import FLOAT_NOISE
from .fields import last_place
from .indices import is_letter, letters
from .knowledge import CONSTANTS, Knowledge, lone_number, names_in
from .looks import RATES
from .places import bracketed

FEWEST_DIGITS = 3  # that a rounded number shares with a value, to be taken for it
UPDATED = frozenset({"+", "new"})
NEAREST = 6  # formulas whose factors may have been lost
MOST_APPLIED = 6  # functions whose derivative may be a factor that was lost
MOST_TERMS = 1000  # that are tried
MOST_ARGUMENTS = 12  # of one function, that are tried
TARGETS = ("target", "t", "d", "\\hat{y}")


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity with a value: its name or derivative, the number as the document prints it, and its size."""

    node: Node
    text: str
    value: arb

    @property
    def name(self) -> str:
        """What a sentence calls it."""
        return called(self.node)

    def is_put(self, node: Node) -> bool:
        """Whether a printed number, with its sign, is this value."""
        number = lone_number(node)
        negative = isinstance(node, Negative)
        return number is not None and negative == self.text.startswith("-") and self.is_printed_as(number.text)

    def is_printed_as(self, text: str) -> bool:
        """Whether a number without sign is this value, as it is printed or rounded to the places of that number."""
        if text == self.text.lstrip("-"):
            return True
        digits = text.partition("e")[0].replace(".", "").lstrip("0")
        if "." not in text or len(digits) < FEWEST_DIGITS:
            return False
        size = abs(self.value)
        return bool(abs(size - arb(text)) < arb(f"1e{last_place(text)}") + arb(FLOAT_NOISE) * size)


Kind = Callable[[Node, "Context"], bool]  # of a term


@dataclass(frozen=True)
class Context:
    """What a slip may draw on.

    Attributes:
        knowledge: what the document says.
        known: the quantities that have values there.
        formulas: what the right formula may be like: what it should equal, and others of the document.
        closed: the wrong formula has nothing but numbers.
        belongs: the quantity whose value was to be put in, where that is known.
    """

    knowledge: Knowledge
    known: tuple[Known, ...] = ()
    formulas: tuple[Node, ...] = ()
    closed: bool = False
    belongs: Known | None = None

    def owners(self, text: str) -> list[Known]:
        """Return the quantities whose value a printed number is."""
        if self.belongs is not None and self.belongs.is_printed_as(text):
            return [self.belongs]
        if text not in self._owners:
            self._owners[text] = [known for known in self.known if known.is_printed_as(text)]
        return self._owners[text]

    @cached_property
    def _owners(self) -> dict[str, list[Known]]:
        return {}

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Every name of the document but e and pi, and without arrays those for a family; first those near by."""
        own = self.knowledge
        near = {key(part) for formula in self.formulas[:NEAREST] for part in walk(formula) if isinstance(part, Name)}
        found = (node for name, node in own.names.items() if name not in CONSTANTS)
        said = (n for n in found if n.sub or self.arrays or key(n) in own.defined or not own.family(n.base))
        return tuple(sorted(said, key=lambda name: key(name) not in near))

    @cached_property
    def computed_from(self) -> Mapping[str, str]:
        """For each output of a unit the input that a function makes it from."""
        found = {}
        for name, formula in self.knowledge.definitions.items():
            inner = set(names_in(formula) - CONSTANTS)
            calls = any(isinstance(part, Call | Apply) for part in walk(formula))
            if len(inner) == 1 and calls:
                found[name] = inner.pop()
        return found

    def leads(self, one: Node, other: Node) -> bool:
        """Whether the second may depend on the first, so that its derivative is neither 1 nor 0."""
        if not (isinstance(one, Name) and isinstance(other, Name)) or key(one) == key(other):
            return False
        name, own = key(other), self.knowledge
        formulas = own.others.get(name, ())
        if name not in own.definitions:
            return name in own.differentiated
        return any(key(one) in names for names in (own.needs(name), *map(own.reach, formulas)))

    def is_input_of(self, one: Node, other: Node) -> bool:
        """Whether the second is what a function makes of the first, also by the rule for another unit or layer."""
        if not (isinstance(one, Name) and isinstance(other, Name)):
            return False
        alike = (one.sub, one.label, one.marks) == (other.sub, other.label, other.marks)
        return self.computed_from.get(key(other)) == key(one) or (alike and (one.base, other.base) in self._fed)

    @cached_property
    def _fed(self) -> frozenset[tuple[str, str]]:
        """The letters of inputs and outputs that have the same indices."""
        names = self.knowledge.names
        pairs = ((names[a], names[b]) for b, a in self.computed_from.items() if {a, b} <= names.keys())
        return frozenset((a.base, b.base) for a, b in pairs if (a.sub, a.label) == (b.sub, b.label))

    @cached_property
    def rates(self) -> frozenset[str]:
        """The learning rates: factors of a derivative in an update, and the usual letters."""
        found = set(RATES & self.knowledge.names.keys()) - CONSTANTS
        for name, formula in self.knowledge.definitions.items():
            node = self.knowledge.names.get(name)
            if node is not None and is_updated(node):
                found |= {key(factor) for factor in _step(without_groups(formula)) if isinstance(factor, Name)}
        return frozenset(found & (self.knowledge.givens.keys() | RATES))

    def is_setting(self, node: Node) -> bool:
        """Whether a quantity is a learning rate or a target."""
        if not isinstance(node, Name):
            return False
        return key(node) in self.rates or (key(node) in self.knowledge.givens and node.base.lower() in TARGETS)

    @cached_property
    def arrays(self) -> bool:
        """Whether matrices or vectors occur in the document."""
        return bool(self.knowledge.shapes) or bool(self.knowledge.turned)

    @cached_property
    def quantities(self) -> tuple[Node, ...]:
        """The names and the derivatives that occur in the document."""
        names = self.knowledge.names
        pairs = ((of, by) for of, found in self.knowledge.differentiated.items() for by in found)
        known = (pair for pair in pairs if set(pair) <= names.keys() & {key(name) for name in self.names})
        return (*self.names, *(Derivative(names[of], names[by]) for of, by in known))

    @cached_property
    def outputs(self) -> frozenset[str]:
        """The letters of what a function makes of one input."""
        names = self.knowledge.names
        return frozenset(names[name].base for name in self.computed_from if name in names)

    @cached_property
    def factors(self) -> tuple[Node, ...]:
        """What may be a factor that was lost: numbers among numbers, else quantities and the factors of formulas."""
        if self.closed:
            return tuple(dict.fromkeys(Number(known.text) for known in self.known if not known.text.startswith("-")))
        own = (factor for formula in self.formulas[:NEAREST] for factor in _factors(formula))
        return tuple(dict.fromkeys((*own, *self.quantities)))

    @cached_property
    def applied(self) -> tuple[Apply, ...]:
        """The functions that are applied anywhere, each to what it is applied to."""
        parts = (part for formula in self.formulas for part in walk(formula))
        found = (part for part in parts if isinstance(part, Apply) and not part.primes and len(part.arguments) == 1)
        return tuple(islice(dict.fromkeys(found), MOST_APPLIED))

    @cached_property
    def terms(self) -> tuple[Node, ...]:
        """The terms of the sums in the document, without those that have numbers where this has names."""
        formulas = (*map(without_groups, self.formulas), *self._formulas())
        sums = (part for formula in formulas for part in walk(formula) if isinstance(part, Sum))
        terms = dict.fromkeys(term for node in sums for term in node.terms)
        return tuple(islice((term for term in terms if has_decimals(term) == self.closed), MOST_TERMS))

    def sorted_out(self, kind: Kind) -> tuple[Node, ...]:
        """Return the terms of a kind."""
        if kind not in self._kinds:
            self._kinds[kind] = tuple(term for term in self.terms if kind(term, self))
        return self._kinds[kind]

    @cached_property
    def _kinds(self) -> dict[Kind, tuple[Node, ...]]:
        return {}

    @cached_property
    def arguments(self) -> Mapping[str, tuple[Node, ...]]:
        """For each function the lone arguments that it has in the document; the nearest first."""
        found: dict[str, dict[Node, None]] = {}
        for part in (part for formula in (*self.formulas, *self._formulas()) for part in walk(formula)):
            if isinstance(part, Call | Apply) and len(part.arguments) == 1:
                own = part.function if isinstance(part, Call) else key(part.function)
                found.setdefault(own, {})[part.arguments[0]] = None
        return {name: tuple(islice(own, MOST_ARGUMENTS)) for name, own in found.items()}

    @cached_property
    def steps(self) -> tuple[Node, ...]:
        """The indices of the document with one letter and perhaps a number: ``t``, ``t-1``, of which one has that."""
        names = self.knowledge.names.values()
        found = dict.fromkeys(index for name in names for index in (*name.sub, *name.label) if len(letters(index)) == 1)
        moved = {letter for index in found if isinstance(index, Sum) for letter in letters(index)}
        return tuple(index for index in found if moved & {*letters(index)})

    @cached_property
    def near_letters(self) -> tuple[Node, ...]:
        """The letters that are indices in the link itself."""
        names = (part for formula in self.formulas[:NEAREST] for part in walk(formula) if isinstance(part, Name))
        return tuple(dict.fromkeys(index for name in names for index in name.sub if is_letter(index)))

    @cached_property
    def differentiated(self) -> tuple[tuple[Node, Node], ...]:
        """The letters of what is differentiated near by, and of that by which it is, where both have one."""
        parts = (part for formula in self.formulas[:NEAREST] for part in walk(formula) if isinstance(part, Derivative))
        names = ((part.of, part.by) for part in parts)
        ends = (
            (a.sub[-1], b.sub[-1]) for a, b in names if isinstance(a, Name) and isinstance(b, Name) if a.sub and b.sub
        )
        return tuple(dict.fromkeys(pair for pair in ends if pair[0] != pair[1] and not isinstance(pair[0], Number)))

    @cached_property
    def skips(self) -> bool:
        """Whether something is a quantity plus what a layer makes of that."""
        known = self.knowledge
        steps = (name for name in known.definitions if name in known.names and is_updated(known.names[name]))
        sums = [body for name, body in known.definitions.items() if name not in set(steps)]
        for terms in (whole.terms for whole in map(without_groups, sums) if isinstance(whole, Sum)):
            for name in (term for term in terms if isinstance(term, Name)):
                others = (term for term in terms if term != name and not isinstance(term, Negative))
                if any(key(name) in known.reach(term) for term in others):
                    return True
        return False

    @cached_property
    def means(self) -> tuple[Node, ...]:
        """How many a mean in the document is of: the m of ``1/m`` or ``1/2m`` beside a sum."""
        found: dict[Node, None] = {}
        for part in (part for formula in (*self.formulas, *self._formulas()) for part in walk(formula)):
            if isinstance(part, Product) and has_part(part, Summation, Call, Sum):
                shares = (factor.below for factor in part.factors if isinstance(factor, Fraction))
                counts = {Number(str(len(own.terms))) for own in walk(part) if isinstance(own, Sum)} - {Number("2")}
                sizes = (size for share in shares for size in walk(share) if isinstance(size, Name) or size in counts)
                found |= dict.fromkeys(sizes)
        return tuple(found)

    def _formulas(self) -> Iterator[Node]:
        for name, formula in self.knowledge.definitions.items():
            yield without_groups(formula)
            yield from map(without_groups, self.knowledge.others.get(name, ()))

    @cached_property
    def biases(self) -> frozenset[str]:
        """The names that are added to products of others and multiplied by nothing themselves, and those like them."""
        found: set[str] = set()
        for formula in self._formulas():
            if isinstance(formula, Sum) and any(map(_is_weighted, formula.terms)):
                found |= {key(name) for name in map(lone_name, formula.terms) if name is not None}
        own = found & (self.knowledge.givens.keys() | self._free)
        names = self.knowledge.names
        alike = {names[name].base for name in own & names.keys()}
        return frozenset(own | {name for name in self._free & names.keys() if names[name].base in alike})

    @cached_property
    def weighted_biases(self) -> frozenset[str]:
        """The biases that the document multiplies by a constant input of 1."""
        formulas = (*self.formulas, *self._formulas())
        products = [part for one in formulas for part in walk(one) if isinstance(part, Product) and _is_of_one(part)]
        return frozenset(key(name) for name in map(lone_name, products) if name is not None) & self.biases

    @cached_property
    def _free(self) -> frozenset[str]:
        return self.knowledge.defined_or_used - self.knowledge.definitions.keys()


def _step(formula: Node) -> Iterator[Node]:
    """Yield the factors that stand beside a derivative."""
    for part in walk(formula):
        if isinstance(part, Product) and any(isinstance(factor, Derivative) for factor in part.factors):
            yield from part.factors


def _factors(formula: Node) -> Iterator[Node]:
    """Yield the factors of the products in a formula."""
    for part in walk(formula):
        if isinstance(part, Product):
            yield from (bracketed(factor) for factor in part.factors if not isinstance(factor, Number))
        elif isinstance(part, Fraction) and not isinstance(part.above, Number):
            yield bracketed(part.above)
        elif isinstance(part, Apply | Call):
            yield part


def _is_weighted(term: Node) -> bool:
    return isinstance(term, Product) and sum(isinstance(factor, Name) for factor in term.factors) == 2


def _is_of_one(product: Product) -> bool:
    return any(isinstance(factor, Number) and factor.text == "1" for factor in product.factors)


def lone_name(term: Node) -> Name | None:
    """Return the name of a term that is nothing else, but perhaps multiplied by 1."""
    if isinstance(term, Product):
        rest = [factor for factor in term.factors if getattr(factor, "text", "") != "1"]
        return rest[0] if len(rest) == 1 and isinstance(rest[0], Name) else None
    return term if isinstance(term, Name) else None


def called(quantity: Node) -> str:
    """Return one text for a name or derivative, however it is typeset.

    >>> from symbp.formulas import read
    >>> called(read(r"\\frac{dE}{dw_1}"))
    'dE/dw_1'
    """
    if isinstance(quantity, Derivative):
        return f"d{key(quantity.of)}/d{key(quantity.by)}"
    return key(quantity)


def as_printed(node: Node, printed: Node) -> Known | None:
    """Return a quantity with the number that a document prints for it."""
    number = lone_number(printed)
    sign = "-" if isinstance(printed, Negative) else ""
    return None if number is None else Known(node, sign + number.text, arb(number.text))


def has_decimals(node: Node) -> bool:
    """Whether decimals were put into a formula."""
    return any(isinstance(part, Number) and "." in part.text for part in walk(node))


def is_updated(node: Node) -> bool:
    """Whether a name is marked as the value after a step."""
    return isinstance(node, Name) and not UPDATED.isdisjoint(node.marks)


def is_update_of(one: Node, other: Node) -> bool:
    """Whether of two names one is the other after a step."""
    if not (isinstance(one, Name) and isinstance(other, Name)) or is_updated(one) == is_updated(other):
        return False
    return replace(one, marks=()) == replace(other, marks=())


def is_sibling(one: Node, other: Node) -> bool:
    """Whether two quantities are of one kind: another index, unit or layer.

    >>> from symbp.formulas import read
    >>> is_sibling(read("w_1"), read("w_2")), is_sibling(read("w_1"), read("v_1"))
    (True, False)
    """
    if isinstance(one, Derivative) and isinstance(other, Derivative):
        pairs = (one.of, other.of), (one.by, other.by)
        return one != other and all(a == b or is_sibling(a, b) for a, b in pairs)
    if not (isinstance(one, Name) and isinstance(other, Name)):
        return False
    return one.base == other.base and key(one) != key(other) and is_updated(one) == is_updated(other)

"""Formula trees: what stands on the page, in its order and grouping, before any meaning."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from itertools import chain
from operator import attrgetter, is_

_TEXTS = (str, bool, tuple[str, ...])  # the types of fields that hold no parts
Span = tuple[int, int]  # first and one-past-last character in the text that was read


class _Kept:
    """Room in a node for what is found of it when that is first asked for."""

    __slots__ = ("inside", "kinds", "names", "ungrouped")

    inside: tuple["Node", ...]  # all that stands below it
    kinds: frozenset[type]  # the classes of its parts
    names: frozenset[str]  # the keys of the names in it
    ungrouped: "Node | None"  # it without printed brackets; nothing where it has none


@dataclass(frozen=True, slots=True)
class Node(_Kept):
    """A part of a formula. Where it stands does not count when two parts are compared."""

    span: Span = field(default=(0, 0), compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number as it is printed; ``text`` is plain decimal notation such as ``0.50`` or ``2.1e-4``."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A symbol as it is printed: ``\\hat{w}^{(2)}_{jk}'`` has base ``w``, two indices, one label and marks."""

    base: str
    sub: tuple[Node, ...] = ()
    label: tuple[Node, ...] = ()
    marks: tuple[str, ...] = ()
    spelt: str = field(default="", init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "spelt", _spelt(self))


@dataclass(frozen=True, slots=True)
class Quantity(Node):
    """A quantity before a notation has named it; ``valued`` where its number is to be printed instead."""

    key: Hashable
    valued: bool = False


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """Terms added up; a term that is subtracted is a `Negative`."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """A leading minus, which binds as loosely as a sum."""

    body: Node


@dataclass(frozen=True, slots=True)
class Product(Node):
    """Factors; ``signs`` has what stands between each two: ``*``, ``.``, ``@`` (elementwise), ``x`` (an outer product),
    ``o`` (either of them), or nothing.
    """

    factors: tuple[Node, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fraction(Node):
    """A quotient; ``slash`` where it stands on one line."""

    above: Node
    below: Node
    slash: bool = False


@dataclass(frozen=True, slots=True)
class Power(Node):
    """A base with an exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A known function, by the name of its record, with its arguments."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Apply(Node):
    """A function that the document names itself: ``f(z)``, ``f'(z)``; its derivative as many times as ``primes``."""

    function: Name
    arguments: tuple[Node, ...]
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    """``of`` differentiated by ``by``; ``upright`` where it is written with d instead of a curly one."""

    of: Node
    by: Node
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Group(Node):
    """Brackets that somebody printed."""

    body: Node
    brackets: str = "()"


@dataclass(frozen=True, slots=True)
class Indicator(Node):
    """1 where the comparison holds, else 0."""

    left: Node
    relation: str
    right: Node


@dataclass(frozen=True, slots=True)
class Summation(Node):
    """A sum sign with its bound index and range, where they are printed; ``without`` is a value that is left out.

    ``product`` where it is the sign of a product instead.
    """

    body: Node
    index: Node | None = None
    low: Node | None = None
    high: Node | None = None
    without: Node | None = None
    product: bool = False


@dataclass(frozen=True, slots=True)
class Piecewise(Node):
    """Values, each with its condition, of which the first that holds counts; the last may have none."""

    values: tuple[Node, ...]
    conditions: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Indexed(Node):
    """An index on something that is no name: ``(W x)_i``, an entry of it."""

    body: Node
    sub: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Dots(Node):
    """Dots that say that something goes on."""


@dataclass(frozen=True, slots=True)
class Dotted(Node):
    """A matrix with dots in it, so that its size is not what is printed."""

    body: Node


@dataclass(frozen=True, slots=True)
class Differential(Node):
    """``dx`` on its own, as in the numerator of a derivative that is not finished yet."""

    body: Node
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Opaque(Node):
    """Something that is read but has no value here: ``what`` says what it is, with an article; ``text`` as it stood."""

    what: str
    parts: tuple[Node, ...] = ()
    text: str = field(default="", compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Row(Node):
    """One row of a matrix."""

    entries: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """Rows of entries in brackets; ``listed`` where they are printed on one line with commas."""

    rows: tuple[Row, ...]
    listed: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Transpose(Node):
    """A transposed matrix or vector."""

    body: Node


@dataclass(frozen=True, slots=True)
class Gradient(Node):
    """A nabla: the derivatives of ``of`` by all parts of ``by``; by nothing named where ``by`` is empty."""

    of: Node
    by: tuple[Node, ...] = ()


_ABOVE_PARTS: Mapping[Hashable, tuple[str, ...]] = {Name: (), Apply: ("arguments",)}
Parts = Callable[[Node], tuple[Node, ...]]


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts directly below a node, in the order of the page; the indices of a name are part of the name,
    and the name of a function is no part."""
    return _parts(type(node))(node)  # type: ignore[arg-type]  # a class is hashable


@cache
def _parts(kind: Hashable) -> Parts:
    """Return what finds the parts directly below the nodes of a class."""
    slots = _ABOVE_PARTS.get(kind, _slots(kind))
    types = [slot.type for slot in fields(kind) if slot.name in slots]  # type: ignore[arg-type]  # as in `_slots`
    if types in ([tuple[Node, ...]], [tuple[Row, ...]], [Node, Node]):
        return attrgetter(*slots)  # these are the parts, without a look at what is no part
    return lambda node: tuple(_found(node, slots))


def _found(node: Node, slots: tuple[str, ...]) -> Iterator[Node]:
    """Yield the parts in some fields, which may hold none, one or several."""
    for slot in slots:
        value = getattr(node, slot)
        if value.__class__ is tuple:
            yield from (item for item in value if isinstance(item, Node))
        elif isinstance(value, Node):
            yield value


@cache
def _slots(kind: Hashable) -> tuple[str, ...]:
    """Return the names of the fields that may hold parts."""
    slots = fields(kind)  # type: ignore[arg-type]  # only node classes come here
    return tuple(slot.name for slot in slots if slot.init and slot.name != "span" and slot.type not in _TEXTS)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it."""
    try:
        inside = node.inside
    except AttributeError:
        inside = tuple(_walked(node))
        object.__setattr__(node, "inside", inside)
    return chain((node,), inside)


def _walked(node: Node) -> Iterator[Node]:
    """Yield everything below a node."""
    stack = [*reversed(children(node))]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(reversed(children(part)))


def names_in(node: Node) -> frozenset[str]:
    """Return the keys of the names in a formula.

    >>> sorted(names_in(Power(Name("a"), Name("n"))))
    ['a', 'n']
    """
    try:
        return node.names
    except AttributeError:
        own = (node.spelt,) if isinstance(node, Name) else ()
        names = frozenset(own).union(*map(names_in, children(node)))
        object.__setattr__(node, "names", names)
        return names


def bases_in(*nodes: Node) -> frozenset[str]:
    """Return the names in some formulas without their indices, labels and marks.

    >>> sorted(bases_in(Name("a", sub=(Number("1"),)), Name("a")))
    ['a']
    """
    return frozenset(part.base for node in nodes for part in walk(node) if isinstance(part, Name))


def has_part(node: Node, *kinds: type[Node]) -> bool:
    """Whether a formula is or has a part of one of some classes.

    >>> has_part(Negative(Name("a")), Number, Name), has_part(Negative(Name("a")), Number)
    (True, False)
    """
    try:
        own = node.kinds
    except AttributeError:
        own = frozenset(map(type, walk(node)))
        object.__setattr__(node, "kinds", own)
    return not own.isdisjoint(kinds)


def depth(node: Node) -> int:
    """Return how many parts stand within one another.

    >>> depth(Power(Name("a"), Number("2")))
    2
    """
    deepest = 0
    stack = [(node, 1)]
    while stack:
        part, level = stack.pop()
        deepest = max(deepest, level)
        stack.extend((child, level + 1) for child in children(part))
    return deepest


def map_children(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return the node with ``change`` applied to the parts directly below it."""
    changed: dict[str, object] = {}
    for slot in _slots(type(node)):  # type: ignore[arg-type]  # a class is hashable
        value = getattr(node, slot)
        if value.__class__ is tuple:
            items = tuple([change(item) if isinstance(item, Node) else item for item in value])
            if not all(map(is_, items, value)):
                changed[slot] = items
        elif isinstance(value, Node) and (new := change(value)) is not value:
            changed[slot] = new
    return replace(node, **changed) if changed else node  # type: ignore[arg-type]  # the same fields


def without_groups(node: Node) -> Node:
    """Return the formula without printed brackets; its structure stays."""
    try:
        bare = node.ungrouped
    except AttributeError:
        found = without_groups(node.body) if isinstance(node, Group) else map_children(node, without_groups)
        bare = None if found is node else found
        object.__setattr__(node, "ungrouped", bare)
    return node if bare is None else bare


def key(node: Node) -> str:
    """Return one text for a name however it was typeset: ``net_{h_1}``, ``net_{h1}`` and ``\\text{net}_{h 1}`` agree.

    >>> key(Name("net", (Name("h", (Number("1"),)),)))
    'net_h1'
    """
    if isinstance(node, Name):
        return node.spelt
    if isinstance(node, Number):
        return node.text
    if isinstance(node, Negative):
        return f"-{key(node.body)}"
    if isinstance(node, Sum):
        return "+".join(key(term) for term in node.terms).replace("+-", "-")
    what = node.what if isinstance(node, Opaque) else type(node).__name__
    return "(" + " ".join([what, *map(key, children(node))]) + ")"


def _spelt(name: Name) -> str:
    label = f"^({_indices(name.label)})" if name.label else ""
    sub = f"_{_indices(name.sub)}" if name.sub else ""
    return name.base + "".join(name.marks) + label + sub


def _indices(nodes: tuple[Node, ...]) -> str:
    """Join indices; a sign keeps two numbers apart where one of them is long: ``w_{1,12}`` is not ``w_{11,2}``."""
    parts = [key(node).replace("_", "") for node in nodes]
    long = any(len(part) > 1 and part[0].isdigit() for part in parts)
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        joined += f";{part}" if long and joined[-1:].isdigit() and part[:1].isdigit() else part
    return joined

"""The slips: known kinds of mistakes, each a change that undoes it and a sentence that names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

from ..formulas import Fraction, Group, Name, Negative, Node, Number, Power, Product, Sum, key
from .knowledge import Knowledge

Rebuild = Callable[[Node], Node]
Known = tuple[tuple[str, str], ...]  # names and their values


@dataclass(frozen=True, slots=True)
class Slip:
    """One kind of mistake.

    Attributes:
        name: what the report calls it.
        sentence: what is said of it; ``{old}`` stands there, ``{new}`` should, ``{why}`` is what that is.
        undo: from a part of a wrong formula, what may have been meant, with a word on why.
    """

    name: str
    sentence: str
    undo: Callable[[Node, Context], Iterator[tuple[Node, str]]]


@dataclass(frozen=True, slots=True)
class Context:
    """What a repair may use: the document's names, and the values that are known."""

    knowledge: Knowledge
    values: Known


def places(node: Node) -> Iterator[tuple[Node, Rebuild]]:
    """Yield every part of a formula with the function that puts something else in its place."""
    yield node, lambda new: new
    for slot in fields(node):
        value = getattr(node, slot.name)
        if isinstance(value, Node):
            yield from _within(node, slot.name, value, lambda new: new)
        elif isinstance(value, tuple) and not isinstance(node, Name):
            for place, item in enumerate(value):
                if isinstance(item, Node):
                    yield from _within(node, slot.name, item, _putting(value, place))


def _within(node: Node, slot: str, part: Node, put: Callable[[Node], object]) -> Iterator[tuple[Node, Rebuild]]:
    for inner, rebuild in places(part):

        def rebuilt(new: Node, rebuild: Rebuild = rebuild) -> Node:
            return replace(node, **{slot: put(rebuild(new))})  # type: ignore[arg-type]

        yield inner, rebuilt


def _putting(items: tuple[object, ...], place: int) -> Callable[[Node], object]:
    return lambda new: (*items[:place], new, *items[place + 1 :])


def _value_of_another(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    if isinstance(part, Number):
        for name, value in context.values:
            size = Number(value.lstrip("-"))
            if size.text != part.text:
                yield (Group(Negative(size)) if value.startswith("-") else size), name


def _other_name(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    if not isinstance(part, Name):
        return
    own = key(part)
    for name, node in context.knowledge.names.items():
        if name != own and (node.base == part.base or (node.sub == part.sub and node.sub)):
            yield node, ""


def _unrelated_name(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    if isinstance(part, Name) and not part.sub:
        yield from ((node, "") for name, node in context.knowledge.names.items() if name != key(part) and not node.sub)


def _sign(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    del context
    if isinstance(part, Negative):
        yield part.body, ""
    elif isinstance(part, Sum):
        for place, term in enumerate(part.terms):
            turned = term.body if isinstance(term, Negative) else Negative(term)
            yield Sum((*part.terms[:place], turned, *part.terms[place + 1 :])), ""
    elif isinstance(part, Number | Product | Group | Name):
        yield Group(Negative(part)), ""


def _parentheses(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    del context
    if not isinstance(part, Sum):
        return
    first, rest = part.terms[0], part.terms[1:]
    if isinstance(first, Negative):
        yield Negative(Group(Sum((first.body, *rest)))), ""
        yield Negative(Group(Sum((first.body, *(_turned(term) for term in rest))))), ""
    if isinstance(first, Product):
        yield Product((*first.factors[:-1], Group(Sum((first.factors[-1], *rest)))), first.signs), ""


def _turned(term: Node) -> Node:
    return term.body if isinstance(term, Negative) else Negative(term)


def _extra_factor(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    del context
    if isinstance(part, Product):
        for place in range(len(part.factors)):
            factors = part.factors[:place] + part.factors[place + 1 :]
            signs = part.signs[1:] if place == 0 else part.signs[: place - 1] + part.signs[place:]
            yield (factors[0] if len(factors) == 1 else Product(factors, signs)), ""


def _lost_factor(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    if isinstance(part, Product | Name | Group | Power | Fraction):
        half = Fraction(Number("1"), Number("2"))
        for number in (Number("2"), half):
            yield Product((number, *_factors(part)), ("*", *_signs(part))), ""
        for name in context.knowledge.names.values():
            yield Product((*_factors(part), name), (*_signs(part), "*")), ""


def _factors(part: Node) -> tuple[Node, ...]:
    return part.factors if isinstance(part, Product) else (part,)


def _signs(part: Node) -> tuple[str, ...]:
    return part.signs if isinstance(part, Product) else ()


def _lost_term(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    if isinstance(part, Sum | Product):
        terms = part.terms if isinstance(part, Sum) else (part,)
        for name in context.knowledge.names.values():
            yield Sum((*terms, name)), ""


def _exponent(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
    del context
    if isinstance(part, Power):
        yield part.base, ""
    elif isinstance(part, Group | Name):
        yield Power(part, Number("2")), ""


SLIPS: tuple[Slip, ...] = (
    Slip("lost parentheses", "parentheses are lost: {new} is meant where {old} stands", _parentheses),
    Slip("sign", "a sign is wrong: {new} is meant where {old} stands", _sign),
    Slip("exchanged symbol", "{old} stands where {new} belongs", _other_name),
    Slip("value of another quantity", "{old} stands where {why} = {new} belongs", _value_of_another),
    Slip("doubled factor", "a factor is too many: {new} is meant where {old} stands", _extra_factor),
    Slip("lost exponent", "an exponent is wrong: {new} is meant where {old} stands", _exponent),
    Slip("lost factor", "a factor is lost: {new} is meant where {old} stands", _lost_factor),
    Slip("missing term", "a term is missing: {new} is meant where {old} stands", _lost_term),
    Slip("unrelated symbol", "{old} stands where {new} belongs", _unrelated_name),
)

"""Dots between terms or factors, resolved to a range where their neighbours show how they go on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .tree import Apply, Dots, Name, Negative, Node, Number, Product, Sum, Summation, children, map_children, walk

_LETTERS = ("i", "j", "k", "m", "p", "q", "r", "s", "u", "v")


@dataclass
class _Pattern:
    """How two formulas of one shape differ: everywhere by the same pair of indices."""

    letter: Name
    pair: tuple[Node, Node] | None = None
    fits: bool = True

    def joined(self, one: Node, other: Node) -> Node:
        """Return the formula of which both are cases, with the letter where they differ."""
        if one == other:
            return one
        if isinstance(one, Name) and isinstance(other, Name):
            return self._names(one, other)
        parts = list(children(one)), list(children(other))
        heads = not isinstance(one, Apply) or one.function == getattr(other, "function", None)
        if type(one) is not type(other) or not parts[0] or len(parts[0]) != len(parts[1]) or not heads:
            self.fits = False
            return one
        joined = iter([self.joined(a, b) for a, b in zip(*parts, strict=True)])
        if isinstance(one, Apply):
            return replace(one, arguments=tuple(joined))
        return map_children(one, lambda part: next(joined))

    def _names(self, one: Name, other: Name) -> Node:
        same = (one.base, one.marks, len(one.sub), len(one.label))
        if same != (other.base, other.marks, len(other.sub), len(other.label)):
            self.fits = False
            return one
        sub = tuple(self._index(a, b) for a, b in zip(one.sub, other.sub, strict=True))
        label = tuple(self._index(a, b) for a, b in zip(one.label, other.label, strict=True))
        return replace(one, sub=sub, label=label)

    def _index(self, one: Node, other: Node) -> Node:
        if one == other:
            return one
        if isinstance(one, Name) and isinstance(other, Name) and one.base == other.base and one.sub and other.sub:
            return self._names(one, other)
        self.fits = self.fits and self.pair in (None, (one, other))
        self.pair = (one, other)
        return self.letter


def pattern(shown: list[Node], last: Node) -> tuple[Node, Name, int, Node] | None:
    """Return a formula with a letter for the index, the letter, and the range from the first shown to the last.

    >>> from symbp.formulas import read, latex
    >>> body, letter, low, high = pattern([read("w_1 x_1"), read("w_2 x_2")], read("w_n x_n"))
    >>> latex(body), letter.base, low, latex(high)
    ('w_i x_i', 'i', 1, 'n')
    """
    first = shown[0]
    used = {part.base for node in (first, last) for part in _names_within(node)}
    letter = Name(next((name for name in _LETTERS if name not in used), "\\iota"))
    found = _Pattern(letter)
    body = found.joined(first, last)
    if not found.fits or found.pair is None:
        return None
    low, high = found.pair
    if not isinstance(low, Number) or not low.text.isdigit() or len(low.text) > 4 or _is_below(high, int(low.text)):
        return None
    for step, part in enumerate(shown[1:], start=1):
        following = _Pattern(letter)
        same = following.joined(first, part) == body and following.fits
        if not same or following.pair != (low, Number(str(int(low.text) + step))):
            return None
    return body, letter, int(low.text), high


def _is_below(high: Node, low: int) -> bool:
    return isinstance(high, Number) and (not high.text.isdigit() or len(high.text) > 4 or int(high.text) <= low)


def _names_within(node: Node) -> list[Name]:
    """Return the names in a formula and in their indices."""
    found: list[Name] = []
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, Name):
            found.append(part)
            stack += [*part.sub, *part.label]
        else:
            stack += list(children(part))
    return found


def continued(node: Node) -> Node:
    """Return a formula in which sums and products with dots are sums and products over a range, where that is shown.

    >>> from symbp.formulas import read, latex
    >>> latex(read("b + w_1 x_1 + \\\\dots + w_n x_n"))
    'b + \\\\sum_{i=1}^n w_i x_i'
    """
    if not any(isinstance(part, Dots) for part in walk(node)):
        return node
    node = map_children(node, continued)
    if isinstance(node, Sum):
        terms = _without_dots(_split(list(node.terms)), product=False)
        return node if terms is None else Sum(tuple(terms)) if len(terms) > 1 else terms[0]
    if isinstance(node, Product) and len(set(node.signs)) == 1:
        factors = _without_dots(list(node.factors), product=True)
        if factors is None:
            return node
        return Product(tuple(factors), node.signs[: len(factors) - 1]) if len(factors) > 1 else factors[0]
    return node


def _split(terms: list[Node]) -> list[Node]:
    """Return terms in which dots stand alone, also where the sign after them was left out."""
    found: list[Node] = []
    for term in terms:
        if isinstance(term, Product) and isinstance(term.factors[0], Dots) and set(term.signs) == {""}:
            rest = term.factors[1:]
            found += [term.factors[0], rest[0] if len(rest) == 1 else Product(rest, term.signs[1:])]
        else:
            found.append(term)
    return found


def _without_dots(parts: list[Node], *, product: bool) -> list[Node] | None:
    """Return parts with everything from the first of a range to its last in one; None where it stays open."""
    places = [place for place, part in enumerate(parts) if isinstance(part, Dots)]
    if not places or places[0] == 0 or places[-1] == len(parts) - 1:
        return None
    last = parts[places[-1] + 1]
    for start in range(places[0]):
        found = pattern(parts[start : places[0]], last)
        if found is None or isinstance(last, Negative) or not _fits(parts[places[0] : places[-1]], parts[start], found):
            continue
        if start and _fits([parts[start - 1]], parts[start], found):
            return None  # as in x_1 + x_3 + ... + x_n
        body, letter, low, high = found
        whole = Summation(body, letter, Number(str(low)), high, product=product)
        return [*parts[:start], whole, *parts[places[-1] + 2 :]]
    return None


def _fits(middle: list[Node], first: Node, found: tuple[Node, Name, int, Node]) -> bool:
    """Whether terms, but for dots, are cases of the same formula."""
    for part in middle:
        if not isinstance(part, Dots) and part != _of_any(found[0], found[1]):
            case = _Pattern(found[1])
            if case.joined(first, part) != found[0] or not case.fits:
                return False
    return True


def _of_any(node: Node, letter: Name) -> Node:
    """Return a formula with ``q`` for ``q_i``: the one of them that stands for any."""
    if isinstance(node, Name) and node.sub == (letter,):
        return replace(node, sub=())
    if isinstance(node, Name):
        sub, label = (tuple(_of_any(index, letter) for index in part) for part in (node.sub, node.label))
        return replace(node, sub=sub, label=label)
    return map_children(node, lambda part: _of_any(part, letter))

"""Names that a document spells in several ways: each gets one spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from ..formulas import Name, Negative, Node, Number, Product, key, map_children, walk

LONG = 3  # letters, from which on capitals do not tell two names apart
Form = tuple[str, ...]


def one_spelling(members: Iterable[Node]) -> Callable[[Node], Node]:
    """Return what gives a name that is spelt in two ways, as ``outh_1`` and ``out_{h1}``, that with the longer index.

    >>> from symbp.formulas import plain, read
    >>> respelt = one_spelling([read("E_{o1}"), read("E_{01}"), read("outh_1"), read("out_{h1}")])
    >>> [plain(respelt(read(text))) for text in ("E_{01}", "outh_1")]
    ['E_o1', 'out_h1']
    """
    parts = [part for member in members for part in walk(member)]
    counts = Counter(replace(part, span=(0, 0)) for part in parts if isinstance(part, Name))
    tight = Counter(replace(pair[0], span=(0, 0)) for part in parts if (pair := _tight(part)) is not None)
    indexed = [name for name in counts if name.sub and not name.base.startswith("\\")]
    spellings: dict[Form, Name] = {}
    for name in sorted(indexed, key=lambda name: (_is_odd(name), _capitals(name), len(name.base), -counts[name])):
        spellings.setdefault(_form(name), name)
    pairs = {name: spellings[_form(name)] for name in indexed}
    other = {name: spelling for name, spelling in pairs.items() if key(spelling) != key(name)}
    whole = {(name.base, *map(key, name.sub)): name for name in indexed if len(name.base) > 1 and len(name.sub) == 2}
    short = {form: replace(name, sub=name.sub[:1]) for form, name in whole.items()}
    whole = {form: name for form, name in whole.items() if 0 < counts[short[form]] == tight[short[form]]}
    return partial(_respelt, other=other, whole=whole) if other or whole else _as_it_is


def _as_it_is(node: Node) -> Node:
    return node


def _form(name: Name) -> Form:
    """Return what all spellings of a name have in common: a zero before a digit may be the letter o."""
    index = "".join(map(letters_of_index, name.sub))
    marks = (*map(key, name.label), *name.marks)
    if len(name.base) == 1:
        return name.base, index, *marks
    return (name.base.lower() if len(name.base) >= LONG else name.base) + index, *marks


def letters_of_index(index: Node) -> str:
    """Return the letters of an index as text, where a zero before a digit is the letter o."""
    if _is_zero(index):
        inner = index.body if isinstance(index, Negative) else index
        return f"o{key(inner)[1:]}"
    return key(index).replace("_", "")


def _is_zero(index: Node) -> bool:
    """Whether an index begins with a zero before other digits, which no counted index does."""
    inner = index.body if isinstance(index, Negative) else index
    return isinstance(inner, Number) and inner.text.startswith("0") and len(inner.text) > 1


def _is_odd(name: Name) -> bool:
    return any(map(_is_zero, name.sub))


def _capitals(name: Name) -> int:
    return sum(letter.isupper() for letter in name.base)


def _respelt(node: Node, *, other: Mapping[Name, Name], whole: Mapping[Form, Name]) -> Node:
    if isinstance(node, Name) and (spelling := other.get(node)) is not None:
        return replace(spelling, span=node.span)
    node = map_children(node, lambda part: _respelt(part, other=other, whole=whole))
    return _joined(node, whole) if whole and isinstance(node, Product) else node


def _joined(node: Product, whole: Mapping[Form, Name]) -> Node:
    """Return a product such as ``net_o 1``, printed without a space, as the name that stands elsewhere."""
    pair = _tight(node)
    name = whole.get((pair[0].base, key(pair[0].sub[0]), pair[1].text)) if pair is not None else None
    if pair is None or name is None:
        return node
    joined = replace(name, span=(pair[0].span[0], pair[1].span[1]))
    return Product((joined, *node.factors[2:]), node.signs[1:]) if node.factors[2:] else joined


def _tight(node: Node) -> tuple[Name, Number] | None:
    """Return the name and the number with which a product begins, where they are printed without a space."""
    first, second = node.factors[:2] if isinstance(node, Product) else (node, node)
    if not isinstance(first, Name) or not isinstance(second, Number) or not isinstance(node, Product):
        return None
    tight = len(first.sub) == 1 and not node.signs[0] and first.span[1] == second.span[0]
    return (first, second) if tight else None

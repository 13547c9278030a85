"""Components of vectors that are defined as a whole: the ``p_k`` of ``p = softmax(z)``, the ``a_j`` of ``a = σ(z)``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..formulas import Apply, Call, Name, Node, key, without_groups
from .indices import is_letter
from .softmaxes import component, unused

_ELEMENTWISE = frozenset({"exp", "log", "tanh", "sigmoid"})


def components(names: Mapping[str, Name], definitions: Mapping[str, Node]) -> Iterator[tuple[str, str, Node]]:
    """Yield the whole, the key and the formula of components that occur, where those of the argument occur as well.

    >>> from symbp.formulas import latex, read
    >>> names = {text: read(text) for text in ("p", "z", "p_k", "z_k")}
    >>> found = components(names, {"p": Call("softmax", (read("z"),))})
    >>> [(name, latex(formula)) for _, name, formula in found]
    [('p_k', '\\\\frac{e^{z_k}}{\\\\sum_{m} e^{z_m}}')]
    """
    for whole, formula in definitions.items():
        head, bare = names.get(whole), without_groups(formula)
        if head is None or head.sub or not isinstance(bare, Call | Apply) or len(bare.arguments) != 1:
            continue
        argument = without_groups(bare.arguments[0])
        if not isinstance(argument, Name) or argument.sub or not any(_parts(names, argument)):
            continue
        for part in _parts(names, head):
            if key(part) not in definitions and (said := _component(bare, argument, part.sub, names)) is not None:
                yield whole, key(part), said


def _parts(names: Mapping[str, Name], whole: Name) -> Iterator[Name]:
    """Yield the components of a vector, by a letter, that occur."""
    for name in names.values():
        if len(name.sub) == 1 and is_letter(name.sub[0]) and replace(name, sub=()) == replace(whole, span=name.span):
            yield name


def _component(node: Call | Apply, argument: Name, sub: tuple[Node, ...], names: Mapping[str, Name]) -> Node | None:
    entry = replace(argument, sub=sub)
    if isinstance(node, Apply):
        return replace(node, arguments=(entry,)) if not node.primes and not node.function.sub else None
    if node.function == "softmax":
        letter = unused({*names.values()})
        return component(entry, letter) if letter is not None else None
    return replace(node, arguments=(entry,)) if node.function in _ELEMENTWISE else None

r"""How documents write one step of training: ``w^+ = w - c g``, ``w \leftarrow w - c g``, ``w_{t+1} = w_t - c g``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from ..documents import defines
from ..formulas import Group, Name, Negative, Node, Number, Product, Sum, without_groups
from .knowledge import is_closed

NEW = re.compile(
    r"new|updated|next|neue?|nouveau|nouvelle|nuev[oa]|nov[oa]|nuov[oa]|mới|baru|нов(?:ый|ое|ая)?|新的?", re.IGNORECASE
)
OLD = re.compile(
    r"old|current|alt|alte|ancien|ancienne|viej[oa]|antig[uo]o?|vecchi[oa]|cũ|lama|стар(?:ый|ое|ая)?|旧的?|舊",
    re.IGNORECASE,
)
CHANGE = "\\Delta "  # before the name of what is changed
MARKS = frozenset({"+", "new", "'", "*"})


class Step(NamedTuple):
    """One update.

    Attributes:
        parameter: what is updated, as it is called before the step.
        own: the same without what tells the steps from one another.
        change: what is added to it, or subtracted.
        down: whether it is subtracted.
        alone: whether the change alone is given, as in ``\\Delta w = -c g``.
    """

    parameter: Node
    own: Name
    change: Node
    down: bool
    alone: bool = False

    @property
    def turned(self) -> Node:
        """The right side with the other sign of the change."""
        change = self.change if self.down else Negative(self.change)
        return change if self.alone else Sum((self.parameter, change))

    def along(self, change: Node) -> Node:
        """Return the right side that goes so far down."""
        return Negative(change) if self.alone else Sum((self.own, Negative(change)))


def step(head: Node, rule: Node, relation: str) -> Step | None:
    r"""Return the step that a head and a rule are; nothing where they are none.

    >>> from symbp.formulas import key, read
    >>> found = step(read(r"w_{new}"), read(r"w_{old} - \eta g"), "=")
    >>> key(found.own), found.down
    ('w', True)
    """
    rule, (named, said) = without_groups(rule), _named(head)
    if named is not None and named.base.startswith(CHANGE):
        own = replace(named, base=named.base.removeprefix(CHANGE))
        change, down = (rule.body, True) if isinstance(rule, Negative) else (rule, False)
        return Step(own, without_step(own), change, down, alone=True)
    terms = parted(rule)
    if named is None or terms is None:
        return None
    first, change, down = _shrunk(*terms)
    counter = _counter(named)
    new = without_step(named, counter)
    if is_closed(rule):
        return Step(first, new, change, down) if said or new != named or defines(relation) else None
    before = _named(first)[0]
    if before is None or without_step(before, counter) != new:
        return None
    return Step(first, new, change, down)


def _shrunk(first: Node, change: Node, down: bool) -> tuple[Node, Node, bool]:
    """Return ``(1 - c) w`` and what is subtracted from it as w and all that is: a weight that decays."""
    factors = first.factors if isinstance(first, Product) else ()
    own = [factor for factor in factors if isinstance(factor, Name)]
    shares = [factor for factor in factors if isinstance(without_groups(factor), Sum)]
    if len(own) != 1 or len(shares) != 1 or len(factors) != 2:
        return first, change, down
    decay = Product((Group(Sum((Number("1"), Negative(Group(shares[0]))))), own[0]), ("*",))
    return own[0], Group(Sum((decay, change if down else Negative(change)))), True


def parted(rule: Node) -> tuple[Node, Node, bool] | None:
    """Return the two terms of a rule, the second without its sign, and whether it is subtracted."""
    rule = without_groups(rule)
    if not isinstance(rule, Sum) or len(rule.terms) != 2:
        return None
    first, second = rule.terms
    return (first, second.body, True) if isinstance(second, Negative) else (first, second, False)


def without_step(name: Name, counter: Name | None = None) -> Name:
    """Return a name without the words, marks and counters that tell one step from another."""

    def kept(part: Node) -> bool:
        return not (_is_word(part) or (counter is not None and _counted(part) == counter))

    sub, label = tuple(filter(kept, name.sub)), tuple(filter(kept, name.label))
    return replace(name, sub=sub, label=label, marks=tuple(mark for mark in name.marks if mark not in MARKS))


def _named(node: Node) -> tuple[Name | None, bool]:
    """Return the name of a parameter, and whether a word before it says that it is new, as in ``New w``."""
    if isinstance(node, Product) and len(node.factors) == 2:
        word, name = node.factors
        return (name, True) if _is_word(word) and isinstance(name, Name) else (None, False)
    return (node, False) if isinstance(node, Name) else (None, False)


def _is_word(part: Node) -> bool:
    return isinstance(part, Name) and bool(NEW.fullmatch(part.base) or OLD.fullmatch(part.base))


def _counter(name: Name) -> Name | None:
    """Return the letter that counts the steps: the t of ``w_{t+1}``."""
    found = (_counted(part) for part in (*name.sub, *name.label) if isinstance(part, Sum))
    return next((letter for letter in found if letter is not None), None)


def _counted(part: Node) -> Name | None:
    if isinstance(part, Name):
        return part
    if not isinstance(part, Sum) or len(part.terms) != 2:
        return None
    letter, one = part.terms
    return letter if isinstance(letter, Name) and one in (Number("1"), Negative(Number("1"))) else None

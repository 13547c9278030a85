"""Unknown sizes of arrays, and what makes two of them the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

Shape = tuple[int, int]  # which unknown is the number of rows, and which that of columns


class Clash(Exception):
    """Two sizes that cannot be the same."""


@dataclass
class Sizes:
    """Unknown sizes in classes of equal ones.

    Attributes:
        parents: for each unknown another of its class; the first of a class is its own.
        numbers: the size of a class, where it is known.
        wide: classes that are surely more than one.
        hinted: classes that are more than one by the look of a name, as those of a capital letter.
        sealed: classes that no longer become the same as one another.
        bent: how often a hint was not followed.
        firm: whether hints are to be followed from now on.
        watchers: for each class what is to be told when something becomes known of it.
        due: what was told.
    """

    parents: list[int] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    wide: set[int] = field(default_factory=set)
    hinted: set[int] = field(default_factory=set)
    sealed: set[int] = field(default_factory=set)
    bent: int = 0
    firm: bool = False
    watchers: dict[int, set[Hashable]] = field(default_factory=dict)
    due: set[Hashable] = field(default_factory=set)

    def new(self, number: int | None = None) -> int:
        """Return a new unknown, or one of known size."""
        self.parents.append(len(self.parents))
        if number is not None:
            self.numbers[len(self.parents) - 1] = number
        return len(self.parents) - 1

    def shape(self, rows: int | None = None, columns: int | None = None) -> Shape:
        """Return a new shape."""
        return self.new(rows), self.new(columns)

    def first(self, size: int) -> int:
        """Return the first of a class."""
        while self.parents[size] != size:
            self.parents[size] = self.parents[self.parents[size]]
            size = self.parents[size]
        return size

    def is_one(self, size: int) -> bool:
        """Whether a size is known to be one."""
        return self.numbers.get(self.first(size)) == 1

    def is_many(self, size: int, *, surely: bool = False) -> bool:
        """Whether a size is more than one, as far as is known."""
        first = self.first(size)
        return first in self.wide or self.numbers.get(first, 1) > 1 or (first in self.hinted and not surely)

    def is_open(self, size: int) -> bool:
        """Whether nothing is known of a size."""
        return not self.is_one(size) and not self.is_many(size)

    def may_join(self, one: int, other: int, *, bend: bool = True) -> bool:
        """Whether two sizes may be the same; ``bend`` if a hint may be left unheeded for it."""
        a, b = self.first(one), self.first(other)
        if a == b:
            return True
        known = self.numbers.get(a), self.numbers.get(b)
        if None not in known:
            return known[0] == known[1]
        if a in self.sealed and b in self.sealed:
            return False
        return not any(
            number == 1 and self.is_many(size, surely=bend and not self.firm)
            for number, size in ((known[0], b), (known[1], a))
        )

    def join(self, one: int, other: int) -> None:
        """Make two sizes the same.

        Raises:
            Clash: they cannot be.
        """
        if not self.may_join(one, other):
            raise Clash
        a, b = self.first(one), self.first(other)
        if a == b:
            return
        before = (self._said(a), self._said(b)) if self.watchers.keys() & {a, b} else None
        if 1 in (self.numbers.get(a), self.numbers.get(b)):
            self.bent += (a in self.hinted) + (b in self.hinted)
            self.hinted -= {a, b}
        self.parents[b] = a
        for known in (self.wide, self.hinted, self.sealed):
            if b in known:
                known.add(a)
        if b in self.numbers:
            self.numbers[a] = self.numbers[b]
        if before is not None:
            self._tell(a, b, before)

    def _said(self, first: int) -> tuple[int | None, bool, bool, bool]:
        """Return what is known of a class."""
        return self.numbers.get(first), first in self.wide, first in self.hinted, first in self.sealed

    def watch(self, watcher: Hashable, sizes: Iterable[int]) -> None:
        """Tell something whenever more becomes known of some sizes."""
        for size in sizes:
            self.watchers.setdefault(self.first(size), set()).add(watcher)

    def _tell(self, a: int, b: int, before: tuple[object, object]) -> None:
        """Tell what watches two classes that have become one: that of which more is known now, and both at once."""
        one, other = self.watchers.pop(a, set()), self.watchers.pop(b, set())
        self.due |= one & other
        for said, watchers in zip(before, (one, other), strict=True):
            if said != self._said(a):
                self.due |= watchers
        self.watchers[a] = one | other

    def alike(self, one: Shape, other: Shape) -> None:
        """Make two shapes the same."""
        self.join(one[0], other[0])
        self.join(one[1], other[1])

    def may_be_alike(self, one: Shape, other: Shape, *, bend: bool = True) -> bool:
        """Whether two shapes may be the same."""
        return all(self.may_join(a, b, bend=bend) for a, b in zip(one, other, strict=True))

    def is_number(self, shape: Shape) -> bool:
        """Whether a shape is that of a single number."""
        return self.is_one(shape[0]) and self.is_one(shape[1])

    def is_array(self, shape: Shape) -> bool:
        """Whether a shape is that of an array, as far as is known."""
        return self.is_many(shape[0]) or self.is_many(shape[1])

    def same(self, one: int, other: int) -> bool:
        """Whether two sizes are known to be the same."""
        return self.first(one) == self.first(other) or (self.is_one(one) and self.is_one(other))

    def seal(self, sizes: list[int]) -> None:
        """Let none of these become the same as one another any more."""
        self.sealed |= {self.first(size) for size in sizes}

"""Rules about sizes that wait until enough is known: one is tried again only where what it is about has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from .sizes import Sizes

Rule = Callable[[bool], bool]  # whether it is settled; the argument says whether to guess


class Waiting:
    """The rules that are not settled, in order."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.rules: dict[Rule, list[int]] = {}  # with the sizes of the shapes that each is about, until it watches them
        self.stuck: set[Rule] = set()  # those that are not settled by a guess either, as long as nothing changes

    def add(self, rule: Callable[..., bool], *about: Any) -> None:
        """Let a rule wait; the pairs of what it is about are shapes."""
        self.rules[partial(rule, *about)] = [size for shape in about if isinstance(shape, tuple) for size in shape]

    def again(self) -> None:
        """Let all rules be tried again, as more has changed than single sizes."""
        self.sizes.due.update(self.rules)

    def settle(self, attempt: Callable[[Rule, bool], bool]) -> None:
        """Try the rules in order, and once more, until nothing more follows."""
        due = self.sizes.due
        while not due.isdisjoint(self.rules):
            for rule in list(self.rules):
                if rule in due:
                    due.discard(rule)
                    self.stuck.discard(rule)
                    if attempt(rule, False):
                        del self.rules[rule]
                    else:
                        self.sizes.watch(rule, self.rules[rule])
                        self.rules[rule].clear()

    def guess(self, attempt: Callable[[Rule, bool], bool]) -> bool:
        """Settle the first rule that can be settled by a guess; whether there is one."""
        for rule in self.rules:
            if rule not in self.stuck:
                if attempt(rule, True):
                    del self.rules[rule]
                    return True
                self.stuck.add(rule)
        return False

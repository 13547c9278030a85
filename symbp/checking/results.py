"""Results that a document puts into a function right after it has printed them: ``z = 0.8`` and then ``a = f(0.8)``."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..formulas import Apply, Call, Name, Negative, Node, Number, without_groups
from .knowledge import lone_number


@dataclass
class Results:
    """The quantities that were computed so far, by their values."""

    found: dict[Decimal, list[Name]] = field(default_factory=dict)

    def add(self, head: Node, members: list[Node]) -> None:
        """Take the last number of a chain for the value of the name that it begins with."""
        value = _value(members[-1])
        if isinstance(head, Name) and value is not None and _value(members[1]) is None:
            others = [name for name in self.found.get(value, []) if name != head]
            self.found[value] = [*others, head]

    def named(self, head: Name, formula: Node) -> Node | None:
        """Return a function of a printed number as one of the quantity that has it; nothing where two may be meant."""
        bare = without_groups(formula)
        if not isinstance(bare, Apply | Call) or len(bare.arguments) != 1:
            return None
        value = _value(bare.arguments[0])
        names = self.found.get(value, []) if value is not None else []
        if len(names) > 1:
            names = [name for name in names if name.sub == head.sub and name.label == head.label]
        return replace(bare, arguments=(names[0],)) if len(names) == 1 and names[0] != head else None


def _value(node: Node) -> Decimal | None:
    """Return the value of a printed number; nothing for any other formula."""
    bare = without_groups(node)
    number = lone_number(bare)
    if number is None:
        return None
    return -Decimal(number.text) if isinstance(bare, Negative) and isinstance(number, Number) else Decimal(number.text)

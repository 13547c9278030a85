"""Links that claim nothing: definitions, given values, assignments, starting values."""

from __future__ import annotations

from dataclasses import dataclass

from ..documents import defines
from ..formulas import (
    Apply,
    Group,
    Name,
    Node,
    Power,
    Product,
    ReadError,
    Sum,
    Summation,
    key,
    map_children,
    walk,
    without_groups,
)
from .again import said_again
from .knowledge import CONSTANTS, MEANT, Knowledge, Place, Read, entries, is_closed, lone_number, names_in, slope_key
from .known import UPDATED
from .remarks import is_composition, is_step, is_word
from .rivals import has_value
from .schematic import defined_by_itself
from .stages import Stages
from .stepping import NEW
from .updates import is_next_round

ASSIGNED = "an assignment"


@dataclass(frozen=True, eq=False)
class Unclaimed:
    """Tells which links of one document claim nothing, and why."""

    read: list[Read]
    knowledge: Knowledge
    stages: Stages

    def reason(self, place: Place, left: Node, right: Node, relation: str) -> str:
        """Return why a link claims nothing, or an empty string."""
        known = self.stages.at(place[0]).knowledge
        if self.read[place[0]].supposed:
            return "a condition of its sentence"
        if defines(relation):
            return ASSIGNED
        if place[1] == 0 and (_is_new(left) or self._is_of_another(place[0], left, right)):
            return ASSIGNED
        if place[1] == 0 and isinstance(left, Name) and (is_step(right) or self._goes_on(place[0], left, right)):
            return ASSIGNED
        if isinstance(left, Name) and key(left) in known.givens and place == known.sources.get(key(left)):
            return "a given value"
        if place[1] == 0 and isinstance(left, Name):
            if known.sources.get(key(left)) == place:
                return "a given value" if is_closed(right) else "a definition"
            if key(left) in names_in(right):
                means = known.sources.get(key(left)) == (place[0], MEANT)
                return "" if means or defined_by_itself(left, right) else ASSIGNED
            said = known.definitions.get(key(left))
            if said is not None and is_next_round(right, said, self.read[: place[0]]):
                return "defined anew"
            if key(left) in self.knowledge.several & self.knowledge.givens.keys() and is_closed(right):
                return "given anew"
        return self._first(place, left, right, known) or self._completed(place, left, right)

    def _first(self, place: Place, left: Node, right: Node, known: Knowledge) -> str:
        """Return why the first link of a chain claims nothing; of a function also a later one."""
        if isinstance(left, Apply) and place in map(known.sources.get, (f"{key(left.function)}()", key(left.function))):
            return "a definition"
        if place[1] > 0:
            return ""
        named = entries(left) or ((left.base,) if isinstance(left, Power) else ())
        if named and all(known.sources.get(key(name)) == place for name in named):
            return "given values" if is_closed(right) else "a definition"
        if isinstance(left, Name):
            if place == known.sources.get(f"{key(left)}()"):
                return "a definition"
            if is_word(right) and key(right) not in known.defined_or_used:
                return "a definition in words"
            if is_composition(right):
                return "a definition in general"
            if again := said_again(place, left, right, known, self.read):
                return again
            if len(self.read[place[0]].members) == 2 and self._begins(key(left), place[0], right):
                return "a starting value"
            if any(isinstance(part, Summation) and part.index is None for part in walk(right)) and not has_value(
                known, right
            ):
                return "a definition in words"
        pair = slope_key(left)
        if pair is not None and (known.stated.get(pair) == right or self._is_handed_down(pair, right, known)):
            return f"what the document says of {pair[0]}, which it does not define"
        if isinstance(left, Apply) and not left.primes and all(isinstance(a, Name) for a in left.arguments):
            return self._redefined(place[0], left, right)
        return ""

    def _is_handed_down(self, pair: tuple[str, str], right: Node, known: Knowledge) -> bool:
        """Whether numbers are all that is said of a derivative by what an undefined quantity depends on directly."""
        said = (member for chain in self.read if slope_key(chain.members[0]) == pair for member in chain.nodes[1:])
        generic = pair[1] in known.generic.get(pair[0], ())
        return generic and lone_number(right) is not None and all(map(is_closed, said))

    def _is_of_another(self, number: int, left: Node, right: Node) -> bool:
        """Whether a step is one of another parameter than before: ``w_{new} = 0.3 - 0.1 * 2`` after ``0.5 - ..``."""
        old = _old_value(left, right)
        before = (_old_value(*chain.members[:2]) for chain in self.read[:number] if chain.members[0] == left)
        return old is not None and any(other is not None and other != old for other in before)

    def _goes_on(self, number: int, left: Name, right: Node) -> bool:
        """Whether a step starts from the result of the last one: ``b = 2.5 - 1 = 1.5`` after ``b = 2 + 0.5 = 2.5``."""
        rule = without_groups(right)
        if not isinstance(rule, Sum) or not is_closed(rule) or len(self.read[number].members) < 3:
            return False
        before = (chain.nodes for chain in reversed(self.read[:number]) if chain.members[0] == left)
        step: tuple[Node, ...] = next(before, ())
        start, result = lone_number(rule.terms[0]), lone_number(step[-1]) if step else None
        computed = len(step) > 2 and isinstance(step[1], Sum)
        return computed and start is not None and result is not None and start.text == result.text

    def _begins(self, name: str, number: int, right: Node) -> bool:
        """Whether a name starts from nothing, to be computed further on."""
        source = self.knowledge.sources.get(name)
        beside = (self.read[place] for place in (number - 1, number + 1) if 0 <= place < len(self.read))
        early = source is not None and source[0] > number
        return _is_zero(right) and (early or any(_is_zero(chain.members[-1]) for chain in beside))

    def _redefined(self, number: int, left: Apply, right: Node) -> str:
        """Say that a function is defined anew, where the new body has nothing but its arguments, or none of them."""
        if self.knowledge.sources.get(f"{key(left.function)}()") == (number, MEANT):
            return ""
        own = {key(argument) for argument in left.arguments if isinstance(argument, Name)}
        stage = self.stages.at(number)
        turned = any(at == number for at, _ in self.stages.turns.get(key(left.function), ()))
        if turned or self._of_others(number, left):
            return "defined anew"
        anew = names_in(right) <= {*own, *CONSTANTS} or own.isdisjoint(stage.knowledge.reach(right))
        return "defined anew" if anew and not stage.judge.identical(left, right) else ""

    def _of_others(self, number: int, left: Apply) -> bool:
        """Whether another section, or a later line, defines the same letter as a function of something else."""
        source = self.knowledge.sources.get(key(left.function), (number, 0))[0]
        head, section = self.read[source].members[0], self.read[source].chain.section
        if not isinstance(head, Apply) or head.function != left.function or head.arguments == left.arguments:
            return False
        return source > number or section != self.read[number].chain.section

    def _completed(self, place: Place, left: Node, right: Node) -> str:
        """Return that a link is a definition when all that it does is to put in what its own names stand for."""
        own = {name for name, source in self.knowledge.sources.items() if source == place and place[1] > 0}
        named = sorted(own & (names_in(left) | names_in(right)))
        if not named or self._put_in(left, own) != self._put_in(right, own):
            return ""
        return f"this is where {', '.join(named)} is defined"

    def _put_in(self, node: Node, names: set[str]) -> Node:
        if isinstance(node, Group):
            return self._put_in(node.body, names)
        if isinstance(node, Name) and key(node) in names:
            known = self.knowledge.definitions.get(key(node)) or self.knowledge.givens[key(node)]
            return without_groups(known)
        return map_children(node, lambda part: self._put_in(part, names))


def _is_new(node: Node) -> bool:
    """Whether a word says that a name gets a new value, as in ``New w = old w - 0.1`` and ``dh_{next} = 0.3``."""
    if isinstance(node, Name):
        return any(isinstance(part, Name) and part.base == "next" for part in (*node.sub, *node.label))
    first = node.factors[0] if isinstance(node, Product) and len(node.factors) == 2 else None
    return isinstance(first, Name) and first.base.lower() in ("new", "updated")


def _old_value(head: Node | ReadError, rule: Node | ReadError) -> Node | None:
    """Return the number from which a step of a parameter starts that has no index of its own; else nothing."""
    if not isinstance(head, Name) or not isinstance(rule, Node) or head.label:
        return None
    word = "".join(part.base if isinstance(part, Name) else "?" for part in head.sub)  # also one read as letters
    rule = without_groups(rule)
    updated = NEW.fullmatch(word) or (not word and UPDATED & {*head.marks})
    if not updated or not isinstance(rule, Sum):
        return None
    return rule.terms[0] if is_closed(rule) else None


def _is_zero(node: Node | ReadError) -> bool:
    number = None if isinstance(node, ReadError) else lone_number(node)
    return number is not None and not number.text.strip("0.")

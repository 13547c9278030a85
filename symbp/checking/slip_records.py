"""What a slip is, and how those are put down that are built alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..formulas import Node, Number
from . import exchanges
from .exchanges import Change
from .known import Context

_MEANT = "{new} is meant where {old} stands"
_MEANT_ZH = "此处写的是 {old}，应为 {new}"
_BELONGS = "{old} stands where {new} belongs"
_BELONGS_ZH = "应写 {new} 之处写成了 {old}"
VALUE = "{old} stands where {why} = {new} belongs"
VALUE_ZH = "应代入 {why} = {new}，却写成了 {old}"


@dataclass(frozen=True, slots=True)
class Slip:
    """One kind of mistake.

    Attributes:
        name: what the report calls it.
        name_zh: the same in Chinese.
        sentence: what is said of it; ``{old}`` stands there, ``{new}`` should, ``{why}`` is the quantity of ``{new}``.
        sentence_zh: the same in Chinese.
        make: from a part of a right formula, what the slip makes of it.
        undo: from a part of a wrong formula, what may have been meant, with the quantity whose value that is.
    """

    name: str
    name_zh: str
    sentence: str
    sentence_zh: str
    make: Change
    undo: Change

    @property
    def what(self) -> str:
        """What is wrong, without the formulas."""
        return self.sentence.partition(":")[0]

    @property
    def what_zh(self) -> str:
        """The same in Chinese."""
        return self.sentence_zh.partition("：")[0]


def pen(write: Callable[[str], Iterator[str]]) -> Change:
    """Return the rule that changes the digits of printed numbers."""

    def rule(part: Node, context: Context) -> Iterator[tuple[Node, str]]:
        del context
        if isinstance(part, Number) and len(part.text) > 1:
            yield from ((Number(text), "") for text in write(part.text))

    return rule


def names(name: str, name_zh: str, what: str, what_zh: str, relation: exchanges.Relation) -> Slip:
    """Return the slip that puts one name for another."""
    make, undo = exchanges.names(relation, back=False), exchanges.names(relation, back=True)
    return Slip(name, name_zh, f"{what}: {_BELONGS}", f"{what_zh}：{_BELONGS_ZH}", make, undo)


def values(name: str, name_zh: str, what: str, what_zh: str, relation: exchanges.Relation) -> Slip:
    """Return the slip that puts the value of one quantity for that of another."""
    make, undo = exchanges.values(relation, back=False), exchanges.values(relation, back=True)
    return Slip(name, name_zh, f"{what}: {VALUE}", f"{what_zh}：{VALUE_ZH}", make, undo)


def built(name: str, name_zh: str, what: str, what_zh: str, make: Change, undo: Change) -> Slip:
    """Return a slip in the build of a formula."""
    return Slip(name, name_zh, f"{what}: {_MEANT}", f"{what_zh}：{_MEANT_ZH}", make, undo)

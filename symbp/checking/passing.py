"""Values that a text supposes in passing: "let x be 4.001, then f = 3x = 12.003" beside an x that is 4."""

from __future__ import annotations

import re
from dataclasses import replace

from ..formulas import Node, Number
from .judging import Judge
from .knowledge import Knowledge, lone_number

REACH = 300  # characters before a formula in which a value may be supposed
MOST_VALUES = 6
_DECIMAL = re.compile(r"(?<![A-Za-z0-9_.\\])\d{1,9}\.\d{1,15}(?![A-Za-z0-9_.])")


def supposed(knowledge: Knowledge, left: Node, right: Node, prose: str) -> str:
    """Return which value in the prose before a link makes it hold; empty where none does.

    Only a value close to the one that a name has is tried: a nudge, to see how far the result moves.
    """
    printed = lone_number(right)
    if printed is None:
        return ""
    values = list(dict.fromkeys(_DECIMAL.findall(prose[-REACH:])))[-MOST_VALUES:]
    for name in sorted(knowledge.reach(left) & knowledge.defined):
        definitions = {other: node for other, node in knowledge.definitions.items() if other != name}
        for value in values:
            givens = {**knowledge.givens, name: Number(value)}
            judge = Judge(replace(knowledge, definitions=definitions, givens=givens))
            if value != printed.text and judge.link(left, right).passes:
                return f"{name} = {value}"
    return ""

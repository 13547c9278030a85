"""Names without an index that a text defines with that of a step: ``g = dL/dh_t`` is another one at each step."""

from __future__ import annotations

from dataclasses import replace

from ..formulas import Name, key
from .families import Survey
from .indexing import Indexing
from .knowledge import Knowledge

AT = Name("step")
MOST_AFTER = 3  # definitions that go on from one another


def implied(found: Survey, indexing: Indexing, knowledge: Knowledge) -> dict[str, Name]:
    """Return names that are defined without a letter by formulas with that of a step, each with the letter.

    A loss is none of them: what is differentiated is the same whatever it is differentiated by.
    """
    names: dict[str, Name] = {}
    heads = [rule for rule in found.rules if key(rule.head) not in knowledge.differentiated]
    for _ in range(MOST_AFTER):
        known = replace(indexing, implied=dict(names))
        for rule in heads:
            letters = known.letters(rule.body)
            if not known.letters(rule.head) and len(letters) == 1 and letters[0] in found.steps:
                head = rule.head
                names[key(head)] = replace(head, label=(*head.label, AT, Name(letters[0])), span=(0, 0))
    return names

"""Values that a text supposes for one sentence, as in "even if ``w = 0``, we get ``z = b``": none of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

from ..documents import Chain
from ..formulas import Name, Node, key
from .aligning import align
from .arrays import Mismatch
from .fields import Balls
from .judgement import Judgement
from .judging import Judge
from .knowledge import Read, assigned, is_closed, lone_number, names_in
from .looks import decimals_in
from .stages import Stage

_ALSO = r"(?:\W{0,3}\$[^$]{1,60}\$\W{1,3}(?:(?:and|und|et|y|e|и|và)\s+|[和且と])?)?\s?\Z"
_SURELY = re.compile(
    r"(?i)(?:\b(?:even (?:if|when|with|for)|suppose for (?:a|the) moment(?: that)?|imagine(?: that)?|pretend that"
    r"|(?:selbst|sogar|auch) (?:wenn|für|bei)|même (?:si|quand)|incluso (?:si|cuando)|aun si|mesmo (?:se|que|quando)"
    r"|anche se|даже (?:если|при)|ngay cả khi)\b|即使|即便|哪怕|たとえ|仮に|설령)" + _ALSO
)
_PERHAPS = re.compile(
    r"(?i)(?:\b(?:if|when|whenever|suppose(?: that)?|wenn|falls|si|quand|lorsque|cuando|se|quando|если|когда|nếu|khi)\b"
    r"|若|如果|假如|当|もし|만약)" + _ALSO
)
_END = re.compile(r"[.!?](?:\s|\Z)|[。！？]|\n#")


def with_suppositions(chains: list[Read], text: str) -> list[Read]:
    r"""Return chains with those marked that only say what a sentence supposes.

    So where the text goes on with other numbers, and the sentence itself has none.

    >>> from symbp.checking.reads import read_chains
    >>> from symbp.documents import chains
    >>> from symbp.formulas import Roles
    >>> text = "Even if $w = 0$, we get $z = b$. Let $w = 0.3$."
    >>> [chain.supposed for chain in with_suppositions(read_chains(chains(text), Roles()), text)]
    [True, False, False]
    """
    found = {number for number, chain in enumerate(chains) if _is_supposed(number, chain, chains, text)}
    return [replace(chain, supposed=True) if n in found else chain for n, chain in enumerate(chains)]


def where_supposed(judgement: Judgement, stage: Stage, sides: tuple[Node, Node], here: Chain, text: str) -> Judgement:
    """Return the verdict on a link that does not hold by itself for what its sentence supposes."""
    found = [chain for chain in stage.chains if chain.supposed and _follows(here, chain.chain, text)]
    values = {key(head): value for chain in found for head, value in _values(chain)}
    known = stage.knowledge
    names = values.keys() & (known.reach(sides[0]) | known.reach(sides[1]))
    if judgement.verdict not in ("refuted", "undecided") or not names:
        return judgement
    definitions = {name: body for name, body in known.definitions.items() if name not in names}
    known = replace(known, definitions=definitions, givens={**known.givens, **values})
    judge = Judge(known)
    with suppress(Mismatch):
        if judge.holds_for(*sides, Balls(known, given=frozenset(names))):
            return Judgement("holds", "equal with the given values")
    own = judge.link(*sides)
    return own if own.passes or judgement.verdict == "undecided" else judgement


def _is_supposed(number: int, chain: Read, chains: list[Read], text: str) -> bool:
    before = text[max(0, chain.chain.outer[0] - 160) : chain.chain.outer[0]]
    surely = bool(_SURELY.search(before))
    head, value = next(_values(chain), (None, None))
    if chain.chain.kind != "inline" or head is None or not (surely or _PERHAPS.search(before)):
        return False
    inside = [other for other in chains[number + 1 :] if _follows(other.chain, chain.chain, text)]
    outside = [other for other in chains if other is not chain and not any(other is one for one in inside)]
    if not inside or any(_has_numbers(node) for other in inside for node in other.nodes):
        return False
    anew = any(name == head and other != value for one in outside for name, other in assigned(one))
    numbers = (other for one in outside for name, other in _put_in(one, chains) if name == head)
    return anew or any(other != value for other in numbers) or (surely and _is_computed(head, outside))


def _has_numbers(node: Node) -> bool:
    """Whether a formula has decimals, or is a number but 0: then the sentence is an example."""
    number = lone_number(node)
    return bool(decimals_in(node)) or (number is not None and number.text != "0")


def _follows(other: Chain, chain: Chain, text: str) -> bool:
    """Whether a chain stands behind another in the same sentence, perhaps displayed."""
    between = text[chain.outer[1] : max(other.outer[0], chain.outer[1])]
    return other.start > chain.start and not _END.search(between)


def _values(chain: Read) -> Iterator[tuple[Name, Node]]:
    """Yield the name to which a chain of two members gives a number, with that."""
    head, value = chain.members[0], chain.members[-1]
    one = len(chain.members) == 2 and isinstance(head, Name) and isinstance(value, Node)
    if one and isinstance(head, Name) and isinstance(value, Node) and lone_number(value) is not None:
        yield head, value


def _put_in(chain: Read, chains: list[Read]) -> Iterator[tuple[Name, Node]]:
    """Yield the numbers that a chain puts in for names, in a formula before them or in what its head is elsewhere."""
    nodes = chain.nodes
    formulas = [other.nodes[1] for other in chains if other.nodes[1:] and other.nodes[0] == nodes[0]] if nodes else []
    for left, right in (*pairwise(nodes), *((formula, node) for formula in formulas for node in nodes[1:2])):
        if is_closed(right) and not is_closed(left):
            yield from ((name, node) for name, node in align(left, right) if lone_number(node) is not None)


def _is_computed(head: Name, chains: list[Read]) -> bool:
    """Whether numbers are computed of what is defined by a name."""
    defined = {key(node) for chain in chains for node in chain.nodes[:1] if isinstance(node, Name)} & {
        key(chain.nodes[0]) for chain in chains if any(key(head) in names_in(node) for node in chain.nodes[1:])
    }
    return any(
        chain.nodes and key(chain.nodes[0]) in defined and any(decimals_in(node) for node in chain.nodes[1:])
        for chain in chains
    )

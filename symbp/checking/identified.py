"""Activations that a document names but does not define, known by the values or the derivatives that it prints."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType

from ..formulas import Apply, Call, Derivative, Name, Node, Number, key, walk, without_groups
from .agreeing import is_printed
from .arrays import Mismatch
from .fields import Balls
from .judging import Judge
from .knowledge import Defined, Knowledge, Read, links
from .limits import Undecided

FEWEST_DIGITS = 6  # of printed values that one function must give, and no other
Link = tuple[Node, Node]

_X = Name("x")
CANDIDATES: Mapping[str, Node] = MappingProxyType(
    {
        "sigmoid": Call("sigmoid", (_X,)),
        "tanh": Call("tanh", (_X,)),
        "relu": Call("max", (Number("0"), _X)),
        "identity": _X,
    }
)


def identified(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    """Return what a document says, with the activations that alone give the numbers that are printed.

    Where ``f(4.3) = 0.9866`` and ``f(5.3) = 0.9950``, f is the sigmoid.
    """
    knowledge = _by_slopes(knowledge, chains)
    printed = [(left, right) for _, left, right in links(chains) if is_printed(right)]
    applied = [(knowledge.open_functions(left), (left, right)) for left, right in printed]
    while found := set().union(*(names for names, _ in applied if len(names) == 1)):
        usable = {name: [link for names, link in applied if names == {name}] for name in sorted(found)}
        bodies = {name: body for name, own in usable.items() if (body := _body(knowledge, name, own)) is not None}
        if not bodies:
            break
        functions = {name: Defined(("x",), body) for name, body in bodies.items()}
        knowledge = replace(knowledge, functions={**knowledge.functions, **functions})
        applied = [(knowledge.open_functions(link[0]), link) for _, link in applied]
    return knowledge


def _by_slopes(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    """Return what a document says, with the activations that alone have the derivative that is stated.

    Where ``f'(x) = f(x) (1 - f(x))``, f is the sigmoid.
    """
    for _, left, right in links(chains):
        name = _sloped(without_groups(left))
        if name and _is_open(name, left, knowledge) and _is_open(name, right, knowledge):
            trials = [_with(knowledge, name, body) for body in CANDIDATES.values()]
            found = [trial for trial in trials if Judge(trial).link(left, right).passes]
            knowledge = found[0] if len(found) == 1 else knowledge
    return knowledge


def _is_open(name: str, side: Node, knowledge: Knowledge) -> bool:
    """Whether a function is the only one in a formula, or behind it, of which the document does not say what it is."""
    if name in knowledge.differentiated and name not in knowledge.defined and name not in knowledge.functions:
        return {key(part.function) for part in walk(side) if isinstance(part, Apply)} == {name}
    return knowledge.open_functions(side) == {name}


def _sloped(head: Node) -> str:
    """Return the function whose derivative by its argument a formula is."""
    if isinstance(head, Derivative):
        applied = without_groups(head.of)
        own = isinstance(applied, Apply) and not applied.primes and applied.arguments == (without_groups(head.by),)
        return key(applied.function) if isinstance(applied, Apply) and own else ""
    return key(head.function) if isinstance(head, Apply) and head.primes == 1 else ""


def _with(knowledge: Knowledge, name: str, body: Node) -> Knowledge:
    return replace(knowledge, functions={**knowledge.functions, name: Defined(("x",), body)})


def _body(knowledge: Knowledge, name: str, printed: list[Link]) -> Node | None:
    """Return the one candidate that gives enough of the printed digits that no other gives."""
    digits = {}
    for kind, body in CANDIDATES.items():
        trial = _with(knowledge, name, body)
        digits[kind] = sum(_digits(right) for left, right in printed if _agree(Judge(trial), left, right))
    second, first = sorted(digits, key=lambda kind: digits[kind])[-2:]
    return CANDIDATES[first] if digits[first] - digits[second] >= FEWEST_DIGITS else None


def _agree(judge: Judge, left: Node, right: Node) -> bool:
    with suppress(Undecided, Mismatch):
        return judge.agree(left, right, Balls(judge.knowledge, instance=True, rounded=True))
    return False


def _digits(node: Node) -> int:
    """Return how many digits the decimals in a formula have, without the zeros in front."""
    texts = (part.text for part in walk(node) if isinstance(part, Number) and not part.text.isdigit())
    return sum(len(text.partition("e")[0].replace(".", "").lstrip("0")) for text in texts)

"""Two derivations of the same network: each gradient of one, in the names of the other, is judged there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sympy import Symbol

from ..errors import InputError
from ..formulas import Derivative, Name, Negative, Node, Number, Quantity, latex, map_children, walk
from ..formulas.tree import key
from ..graphs import unit_graph
from ..networks import Network
from .examining import Examined, check, examined
from .instead import readable
from .knowledge import CONSTANTS
from .like import names_of
from .reaching import read_document
from .report import Verdict
from .unifying import kind, paired

Rename = Callable[[Node], Node | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One gradient that both documents derive.

    Attributes:
        here, there: what it is called in the first and in the second document.
        lines: where its last member stands in each.
        verdict: of what the second document says, in the first one's names.
        reason: one sentence.
    """

    here: str
    there: str
    lines: tuple[int, int]
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What two documents have in common.

    Attributes:
        gradients: those that both derive, by the last members of their chains.
        wrong: a line for each link on the way there that is refuted in its own document.
    """

    gradients: tuple[Comparison, ...]
    wrong: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether nothing differs, and nothing on the way is wrong."""
        return not self.wrong and all(one.verdict != "refuted" for one in self.gradients)


def same(first: str | Path, second: str | Path) -> Compared:
    """Compare the gradients of two documents, whatever their names.

    Numbered units are compared by the network that they make; units with letters and whole layers by their definitions.

    Raises:
        InputError: a document describes no network, the networks or their definitions differ, or they share nothing.
    """
    here, there = (examined(str(path), read_document(Path(path))) for path in (first, second))
    rename = _by_network(here, there) or _by_definitions(here, there)
    found = {_which(head): line for head, _, line in _gradients(here)}
    shared: list[tuple[tuple[Node, int], tuple[Node, Node, int]]] = []
    for head, last, line in _gradients(there):
        moved, closed = rename(head), rename(last)
        if moved is not None and closed is not None and isinstance(moved, Derivative) and _which(moved) in found:
            shared.append(((moved, found[_which(moved)]), (head, closed, line)))
    if not shared:
        raise InputError(f"{first} and {second} derive no gradient in common in closed form")
    added = "\n\n".join(f"$${latex(moved)} = {latex(closed)}$$" for (moved, _), (_, closed, _) in shared)
    content = "\n".join(here.report.lines)
    links = [link for equation in check(text=f"{content}\n\n{added}\n").equations for link in equation.links]
    judged = zip(shared, links[-len(shared) :], strict=True)
    gradients = tuple(
        Comparison(latex(moved), latex(head), (line, other), link.verdict, link.reason)
        for ((moved, line), (head, _, other)), link in judged
    )
    told = [{one.lines[side] for one in gradients if one.verdict == "refuted"} for side in (0, 1)]
    return Compared(gradients, (*_wrong(here, told[0]), *_wrong(there, told[1])))


def _wrong(found: Examined, told: set[int]) -> Iterator[str]:
    """Yield where a derivation goes wrong by itself, behind the last members of its gradients."""
    for link in (link for link in found.report.refuted if link.line not in told):
        yield f"{found.report.document}:{link.line}: {link.lhs} = {link.rhs} is refuted: {link.reason}"


def _which(slope: Derivative) -> object:
    """Return what is differentiated by what, whatever the letters of the indices."""
    return tuple(
        (kind(end), end.label) if isinstance(end, Name) and _has_letters(end) else key(end)
        for end in (slope.of, slope.by)
    )


def _has_letters(name: Name) -> bool:
    return any(map(_is_name, name.sub))


def _by_network(here: Examined, there: Examined) -> Rename | None:
    """Return how names of units with numbers in the second document are turned into those of the first."""
    networks = [_network(found) for found in (here, there)]
    if networks == [None, None]:
        return None
    for found, network in zip((here, there), networks, strict=True):
        if network is None:
            raise InputError(f"{found.report.document} describes no network whose units have names of their own")
    (one, own), (other, others) = (network for network in networks if network is not None)
    shapes = [(net.layers, net.activations, net.loss, net.bias) for net in (one, other)]
    if shapes[0] != shapes[1]:
        described = f"{here.report.document} has a {one.description}, {there.report.document} a {other.description}"
        raise InputError(f"the networks differ: {described}")
    pairs: dict[str, Node] = {key(name): own[symbol] for symbol, name in others.items() if symbol in own}
    for name, body in there.knowledge.definitions.items():
        slope = body.body if isinstance(body, Negative) else body
        if name not in pairs and isinstance(slope, Derivative) and (moved := renamed(body, pairs)) is not None:
            pairs[name] = moved
    return lambda node: renamed(node, pairs)


def _network(found: Examined) -> tuple[Network, Mapping[Symbol, Name]] | None:
    """Return the network of numbered units that a document describes, and what it calls each quantity."""
    network = found.report.recognised.network if found.report.recognised else None
    names = names_of(found, unit_graph(network)) if network is not None else None
    return None if network is None or names is None else (network, names)


def _by_definitions(here: Examined, there: Examined) -> Rename:
    """Return the same for units with letters, and for whole layers."""
    losses = [_loss(found) for found in (here, there)]
    for found, loss in zip((here, there), losses, strict=True):
        if loss is None:
            raise InputError(f"{found.report.document} describes no network whose units have names of their own")
    pairs = paired(here.knowledge, there.knowledge, (str(losses[0]), str(losses[1])))
    if pairs is None:
        documents = f"{here.report.document} and {there.report.document}"
        raise InputError(f"the networks differ: the definitions in {documents} are not the same but for their names")
    return pairs.renamed


def _loss(found: Examined) -> str | None:
    """Return the name of what a document differentiates most often, and defines."""
    counts = Counter(key(head.of) for head, _, _ in _gradients(found))
    return next((name for name, _ in counts.most_common() if name in found.knowledge.definitions), None)


def _gradients(found: Examined) -> Iterator[tuple[Derivative, Node, int]]:
    """Yield every derivative that a document derives: its head, and the last member of its chain that has names."""
    for equation in found.report.equations:
        head = readable(equation.links[0].lhs, found.roles)
        second = readable(equation.links[0].rhs, found.roles)
        if isinstance(head, Name) and isinstance(second, Derivative) and not any(map(_has_number, (head, second.by))):
            head = second  # a name for it, such as a delta
        if not isinstance(head, Derivative) or not isinstance(head.by, Name):
            continue
        members = [(readable(link.rhs, found.roles), link.line) for link in equation.links]
        named = [(node, line) for node, line in members if node is not None and any(map(_is_name, walk(node)))]
        if named and named[-1][0] != head:
            yield head, *named[-1]


def _has_number(node: Node) -> bool:
    return isinstance(node, Name) and any(isinstance(index, Number) for index in node.sub)


def _is_name(node: Node) -> bool:
    return isinstance(node, Name)


def renamed(node: Node, pairs: Mapping[str, Node]) -> Node | None:
    """Return a formula in other names; nothing where a name has no other.

    >>> from symbp.formulas import read
    >>> latex(renamed(read("a (1 - a)"), {"a": Name("y")}))
    'y (1 - y)'
    """
    missing: list[Name] = []

    def change(part: Node) -> Node:
        if isinstance(part, Name):
            if key(part) not in pairs and part.base not in CONSTANTS:
                missing.append(part)
            return pairs.get(key(part), part)
        return map_children(part, change)

    changed = change(node)
    return None if missing or isinstance(changed, Quantity) else changed

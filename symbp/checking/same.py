"""Two derivations of the same network: each gradient of one, in the names of the other, is judged there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from ..formulas import Derivative, Name, Node, Quantity, latex, map_children, walk
from ..formulas.tree import key
from ..graphs import unit_graph
from .checker import Examined, check, examined
from .corrected import readable
from .like import names_of
from .reaching import read_document
from .report import Verdict


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


def same(first: str | Path, second: str | Path) -> list[Comparison]:
    """Compare the gradients of two documents, whatever their names.

    Raises:
        InputError: a document describes no network of numbered units, the networks differ, or they share nothing.
    """
    here, there = (examined(str(path), read_document(Path(path))) for path in (first, second))
    pairs = _renaming(here, there)
    found = {key(head.by): (head, last, line) for head, last, line in _gradients(here)}
    shared: list[tuple[tuple[Node, int], tuple[Node, Node, int]]] = []
    for head, last, line in _gradients(there):
        moved, closed = renamed(head, pairs), renamed(last, pairs)
        if moved is not None and closed is not None and isinstance(moved, Derivative) and key(moved.by) in found:
            shared.append(((moved, found[key(moved.by)][2]), (head, closed, line)))
    if not shared:
        raise InputError(f"{first} and {second} derive no gradient in common in closed form")
    added = "\n\n".join(f"$${latex(moved)} = {latex(closed)}$$" for (moved, _), (_, closed, _) in shared)
    content = "\n".join(here.report.lines)
    links = [link for equation in check(text=f"{content}\n\n{added}\n").equations for link in equation.links]
    judged = zip(shared, links[-len(shared) :], strict=True)
    return [
        Comparison(latex(moved), latex(head), (line, other), link.verdict, link.reason)
        for ((moved, line), (head, _, other)), link in judged
    ]


def _renaming(here: Examined, there: Examined) -> Mapping[str, Node]:
    """Return what each name of the second document is in the first."""
    networks = []
    for found in (here, there):
        network = found.report.recognised.network if found.report.recognised else None
        names = names_of(found, unit_graph(network)) if network is not None else None
        if network is None or names is None:
            raise InputError(f"{found.report.document} describes no network whose units have names of their own")
        networks.append((network, names))
    (one, own), (other, others) = networks
    shapes = [(net.layers, net.activations, net.loss, net.bias) for net in (one, other)]
    if shapes[0] != shapes[1]:
        described = f"{here.report.document} has a {one.description}, {there.report.document} a {other.description}"
        raise InputError(f"the networks differ: {described}")
    pairs: dict[str, Node] = {key(name): own[symbol] for symbol, name in others.items() if symbol in own}
    for name, body in there.knowledge.definitions.items():
        if name not in pairs and isinstance(body, Derivative) and (moved := renamed(body, pairs)) is not None:
            pairs[name] = moved
    return pairs


def _gradients(found: Examined) -> Iterator[tuple[Derivative, Node, int]]:
    """Yield every derivative that a document derives: its head, and the last member of its chain that has names."""
    for equation in found.report.equations:
        head = readable(equation.links[0].lhs, found.roles)
        if not isinstance(head, Derivative) or not isinstance(head.by, Name):
            continue
        members = [(readable(link.rhs, found.roles), link.line) for link in equation.links]
        named = [(node, line) for node, line in members if node is not None and any(map(_is_name, walk(node)))]
        if named:
            yield head, *named[-1]


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
            if key(part) not in pairs and part.base not in ("e", "\\pi"):
                missing.append(part)
            return pairs.get(key(part), part)
        return map_children(part, change)

    changed = change(node)
    return None if missing or isinstance(changed, Quantity) else changed

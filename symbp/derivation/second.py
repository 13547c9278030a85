"""Second derivatives: the gradient is a graph too, so its entries are differentiated as the loss was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import sympy
from sympy import Expr, Symbol

from ..errors import InputError, UnsupportedError
from ..formulas import Node, Quantity, walk
from ..graphs import Backward, Graph, backward, instance, unit_graph
from ..graphs.graph import Definition
from ..networks import Network
from .derivation import Derivation, Equation, Reason, Section, chain
from .forward import forward, given
from .gradients import Walk, backward_sections
from .keys import Bar, Key, Path
from .trees import Trees, number, slope, with_numbers
from .values import values

MOST_SECOND = 12  # parameters of a block


def hessian(network: Network, wrt: Sequence[Symbol]) -> Derivation:
    """Derive the second derivatives of the loss by some parameters: each entry of the gradient by each of them.

    The matrix is symmetric: an entry is derived once.

    Example:
        >>> from symbp.networks import mlp
        >>> graph = unit_graph(mlp(1, 1))
        >>> [e.topic for e in hessian(mlp(1, 1), graph.role("weight")).equations].count("second")
        1

    Raises:
        InputError: a parameter is named twice.
        UnsupportedError: they are too many for a page.
    """
    first = _first(network, wrt)
    numbers = instance(network)
    rows = [
        (of, list(_second(_graph(first, [first.adjoints[of]]), wrt[place:], numbers))) for place, of in enumerate(wrt)
    ]
    known = {key: value for _, found in rows for values_, _ in found for key, value in values_.items()}
    second = Section("second", tuple(e for _, found in rows for _, equations in found for e in equations))
    return _derivation(network, first, known, [second])


def hessian_vector(network: Network, wrt: Sequence[Symbol]) -> Derivation:
    """Derive the product of that matrix with a vector: the gradient of the gradient's product with it.

    Example:
        >>> from symbp.networks import mlp
        >>> graph = unit_graph(mlp(1, 1))
        >>> [e.topic for e in hessian_vector(mlp(1, 1), graph.role("weight")).equations][-1]
        'second'

    Raises:
        InputError: a parameter is named twice.
        UnsupportedError: they are too many for a page.
    """
    first = _first(network, wrt)
    vector = [Symbol(f"v_{place}", real=True) for place in range(1, len(wrt) + 1)]
    total = Definition(
        Symbol("s", real=True), sympy.Add(*(v * first.adjoints[of] for v, of in zip(vector, wrt, strict=True)))
    )
    graph = _graph(first, [first.adjoints[of] for of in wrt], total)
    steps: list[tuple[Reason, Node]] = [
        ("", Quantity(total.symbol)),
        ("definition", Trees(graph).definition(total.symbol)),
    ]
    named = Section("direction", (chain("direction", total.symbol, steps),))
    [(_, equations)] = _second(graph, wrt, {})
    return _derivation(network, first, {}, [named, Section("second", tuple(equations))])


def _first(network: Network, wrt: Sequence[Symbol]) -> Backward:
    """Return the graph of a network with the derivatives of its loss; those that are plain numbers are put in."""
    if len(set(wrt)) < len(wrt):
        raise InputError("a parameter is named twice")
    if len(wrt) > MOST_SECOND:
        raise UnsupportedError(f"second derivatives by {len(wrt)} parameters: name at most {MOST_SECOND} of them")
    graph = unit_graph(network)
    walked = backward(graph, wrt)
    bars = {adjoint: Symbol(f"bar_{of.name}", real=True) for of, adjoint in walked.adjoints.items()}
    plain: dict[Symbol, Expr] = dict(bars)
    definitions = list(graph.definitions)
    for definition in walked.graph.definitions[len(graph.definitions) :]:
        body = definition.expression.xreplace(plain)
        if body.is_Number:
            plain[definition.symbol] = body
        else:
            definitions.append(Definition(bars[definition.symbol], body))
    quantities = {symbol: q for symbol, q in graph.quantities.items() if q.role != "learning_rate"}
    return Backward(Graph(definitions, quantities), {of: bars[adjoint] for of, adjoint in walked.adjoints.items()})


def _graph(first: Backward, ends: list[Symbol], last: Definition | None = None) -> Graph:
    """Return what some derivatives depend on, and a last definition."""
    reached = set(ends)
    for definition in reversed(first.graph.definitions):
        reached |= definition.operands if definition.symbol in reached else frozenset()
    kept = [definition for definition in first.graph.definitions if definition.symbol in reached]
    kept.sort(key=lambda definition: definition.symbol in ends)
    known = {symbol: q for symbol, q in first.graph.quantities.items() if symbol in reached}
    return Graph([*kept, *([last] if last else [])], known)


def _second(
    graph: Graph, wrt: Sequence[Symbol], numbers: Mapping[Symbol, object]
) -> Iterator[tuple[dict[Key, Expr], list[Equation]]]:
    """Yield the derivatives of the last definition of a graph, with their values."""
    depending = [symbol for symbol in wrt if symbol in graph.order]
    known = values(backward(graph, depending), graph.output, numbers) if numbers else {}  # type: ignore[arg-type]
    found = [e for section in backward_sections(Walk(Trees(graph), known), tuple(depending)) for e in section.equations]
    found.sort(key=lambda e: -graph.order[e.subject] if e.subject in graph.by_symbol else 0)
    yield known, [_renamed(e, "second" if e.subject in depending else "intermediate") for e in found]


def _renamed(equation: Equation, topic: str) -> Equation:
    """Return an equation on another topic, without the values of single paths: those differ from row to row."""
    kept = [
        s
        for s in equation.steps
        if not any(isinstance(p, Quantity) and isinstance(p.key, Path) for p in walk(s.formula))
    ]
    return replace(equation, topic=topic, steps=tuple(kept))


def _derivation(
    network: Network, first: Backward, known: Mapping[Key, Expr], sections: Sequence[Section]
) -> Derivation:
    graph, numbers = first.graph, instance(network)
    forwards = unit_graph(network)
    trees = Trees(graph)
    whole = {**(values(backward(forwards), forwards.output, numbers) if numbers else {}), **known}
    plain = [e for section in forward(Trees(forwards), None, whole) for e in section.equations]
    gradient = tuple(
        _named(trees, definition, forwards.output, whole)
        for definition in graph.definitions
        if definition.symbol not in forwards.by_symbol
    )
    start = [given(forwards, whole)] if numbers else []
    begin = (*start, Section("forward", tuple(plain)), Section("first", gradient))
    bars = {adjoint: Bar(of) for of, adjoint in first.adjoints.items()}
    about = f"second derivatives, {network.description}".replace("_", " ")
    return Derivation(forwards, (*begin, *sections), None, whole, frozenset(numbers), about, bars)


def _named(trees: Trees, definition: Definition, loss: Symbol, known: Mapping[Key, Expr]) -> Equation:
    """Return an entry of the gradient, or what leads to it, under its own name."""
    of = next(s for s in trees.graph.order if f"bar_{s.name}" == definition.symbol.name)
    body = trees.definition(definition.symbol)
    steps: list[tuple[Reason, Node]] = [
        ("", Quantity(definition.symbol)),
        ("definition", body),
        ("chain rule", slope(loss, of)),
    ]
    if definition.symbol in known:
        steps += [("numbers", with_numbers(body, known)), ("arithmetic", number(definition.symbol))]
    return chain("first", of, steps)

"""Derivatives: what depends on what, and how the derivatives by all entries of an array are laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from ..formulas import Apply, Call, Derivative, Name, Node, Number, Product, Sum, key, walk, without_groups
from .arrays import Grid
from .dual import Dual, value_of
from .jacobians import Jacobian
from .knowledge import CONSTANTS, Knowledge, is_closed, names_in
from .limits import Undecided, Unsaid
from .said_layouts import NUMERATOR
from .spelling import own_entries

if TYPE_CHECKING:
    from .evaluation import Evaluator


def along(slope: Any, value: Any) -> Any:
    """Return a change of a value times a slope: nothing, but with that derivative."""
    slopes, values = (list(part.entries) if isinstance(part, Grid) else [part] for part in (slope, value))
    if len(slopes) != len(values) or getattr(slope, "shape", (1, 1)) != getattr(value, "shape", (1, 1)):
        raise Undecided("a derivative that has not the shape of what it is taken by")
    return reduce(lambda a, b: a + b, ((v - value_of(v)) * s for s, v in zip(slopes, values, strict=True)))


CLOSE = 1e-20
_SOMEWHERE = Number("0.3")
_BY_VALUE: tuple[Callable[[Any], Any], ...] = (lambda y: y * (1 - y), lambda y: 1 - y * y)


def by_output(node: Apply, evaluator: Evaluator) -> Any:
    """Return the slope of a sigmoid or tanh by the printed value of the quantity that is this function there."""
    knowledge, output = evaluator.knowledge, replace(node, primes=0)
    found = (name for name, body in knowledge.definitions.items() if without_groups(body) == output)
    name = next((name for name in found if name in knowledge.printed), None)
    if node.primes != 1 or name is None:
        return None
    value, slope = (evaluator.value(Apply(node.function, (_SOMEWHERE,), primes)) for primes in (0, 1))
    own = next((known for known in _BY_VALUE if abs(slope - known(value)) < CLOSE), None)
    printed = evaluator.value(knowledge.printed[name]) if own is not None else None
    return printed.map(own) if isinstance(printed, Grid) and own is not None else own and own(printed)


def laid_out(slopes: list[Any], *, of: Node, by: tuple[str, Grid], knowledge: Knowledge) -> Grid | Jacobian:
    """Return the derivatives by the entries of an array, row by row, in the layout of the document.

    Of what is no loss, people write them as a row or a column alike.
    """
    here = by[1]
    arrays = [slope for slope in slopes if isinstance(slope, Grid)]
    if arrays:
        m, n = arrays[0].shape
        columns = [list(slope.entries) if isinstance(slope, Grid) else [slope] * (m * n) for slope in slopes]
        cells = tuple(zip(*columns, strict=True))
        said = knowledge.numerator and knowledge.layout == NUMERATOR and 1 in here.shape
        return Jacobian(cells, (key(of), (m, n)), (by[0], here.shape), knowledge.numerator, said)
    wide = here.shape[1]
    free = here.free or (1 in here.shape and not _is_outermost(of, knowledge))
    turned = knowledge.numerator and 1 not in here.shape  # where vectors are laid out turned, matrices may not be
    grid = Grid(tuple(tuple(slopes[start : start + wide]) for start in range(0, len(slopes), wide)), free or turned)
    return grid.transposed if knowledge.numerator else grid


def either_way(slope: Any, knowledge: Knowledge) -> Any:
    """Return a gradient in nablas: where derivatives are laid out by the numerator, these are often columns still."""
    lies_freely = isinstance(slope, Grid) and 1 in slope.shape and knowledge.layout == NUMERATOR
    return replace(slope, free=True) if lies_freely else slope


def by_square(root: Derivative, evaluator: Evaluator) -> Any:
    """Return a derivative by the square of what another is by, as by a variance."""
    slope, value = evaluator.derivative(root), evaluator.value(root.by)
    if isinstance(slope, Grid) or isinstance(value, Grid):
        raise Undecided("a derivative by the square of an array")
    return slope / (value + value)


def _is_outermost(of: Node, knowledge: Knowledge) -> bool:
    """Whether nothing is differentiated by a quantity: a loss, whose derivatives have a shape that counts."""
    return isinstance(of, Name) and not any(key(of) in by for by in knowledge.differentiated.values())


def meant(by: Name, of: Node, knowledge: Knowledge) -> Name:
    """Return what a derivative is by: where a name is but a second name of a quantity behind ``of``, that quantity."""
    seen = {key(by)}
    while key(by) not in knowledge.reach(of) and isinstance(other := knowledge.definitions.get(key(by)), Name):
        if key(other) in seen:
            break
        by = other
        seen.add(key(by))
    return by


def leading_to(of: Node, by: Name, knowledge: Knowledge) -> Node:
    """Return a formula for ``of`` that depends on ``by``; or ``of``, where it is known not to depend on it.

    Raises:
        Undecided: whether it does is not known.
    """
    name = key(by)
    own = {key(entry) for line in own_entries(by, knowledge) for entry in line}
    if not knowledge.reach(of).isdisjoint(own | {name}) or (
        isinstance(of, Name) and key(of) in knowledge.targets & knowledge.names.keys()
    ):
        return of
    for other in knowledge.others.get(key(of), ()) if isinstance(of, Name) else ():
        if name in knowledge.reach(other):
            return other
    free = knowledge.reach(of) - knowledge.defined - CONSTANTS
    if not isinstance(of, Name) and len(free) == 1 and free.isdisjoint(knowledge.generic):
        raise Undecided(f"{min(free)} is not defined, so its derivative is not known")
    if isinstance(of, Name) and key(of) not in {*knowledge.definitions, *knowledge.generic}:
        raise Unsaid(f"{key(of)} is not defined, so its derivative is not known")
    if name not in knowledge.defined_or_used:
        raise Unsaid(f"{name} stands in no definition, so the derivative by it is not known")
    if numbers := [
        part
        for part in knowledge.reach(of)
        if _is_worked_out(knowledge.definitions.get(part, knowledge.givens.get(part)))
    ]:
        raise Undecided(f"{min(numbers)} is given by its numbers only, so its derivative is not known")
    if open_names := knowledge.open_names(of):
        raise Unsaid(f"{', '.join(sorted(open_names))} is not defined, so the derivative by {name} is not known")
    said = knowledge.is_said(key(of), name) and not _is_written_out(of, by, knowledge)
    if isinstance(of, Name) and not (said or _reaches_another(of, by, knowledge)):
        raise Unsaid(f"how {key(of)} depends on {name} is not said")
    if by.sub and all(isinstance(index, Name) and len(index.base) == 1 and not index.sub for index in by.sub):
        raise Undecided(f"{name} stands for any of its kind")
    return of


def _is_worked_out(body: Node | None) -> bool:
    """Whether a formula is one into which numbers were put, as ``0.5 * 2 + 0.1``."""
    return body is not None and is_closed(body) and any(isinstance(part, Call | Product | Sum) for part in walk(body))


def _is_written_out(of: Node, by: Name, knowledge: Knowledge) -> bool:
    """Whether all in the definition of one quantity stands in that of another, which may have it written out."""
    whole, own = (names_in(knowledge.definitions.get(key(name), Number("0"))) - CONSTANTS for name in (of, by))
    return len(own) > 1 and own <= whole


def _reaches_another(of: Name, by: Name, knowledge: Knowledge) -> bool:
    """Whether a quantity depends on another entry of what it is differentiated by an entry of: it is said on which."""
    kin = {key(entry) for line in own_entries(replace(by, sub=()), knowledge) for entry in line}
    return key(by) in kin and key(of) in knowledge.definitions and not kin.isdisjoint(knowledge.needs(key(of)))


def printed_step(of: str, by: str, knowledge: Knowledge) -> str | None:
    """Return a quantity on the only way from one to another, with a printed derivative; the last of several."""
    steps = [step for upper, step in _pairs(knowledge) if upper == of and step != by and by in knowledge.needs(step)]
    lone = [step for step in steps if step in knowledge.names and not _leads(of, by, step, knowledge)]
    return min(lone, key=lambda step: (len(knowledge.needs(step)), step), default=None)


def _leads(start: str, end: str, around: str, knowledge: Knowledge) -> bool:
    """Whether one name depends on another in a way that does not lead through a third."""
    seen, stack = {around}, [start]
    while stack:
        if (name := stack.pop()) == end:
            return True
        if name not in seen:
            seen.add(name)
            formula = knowledge.definitions.get(name)
            stack += knowledge.generic.get(name, ()) if formula is None else names_in(formula)
    return False


def _pairs(knowledge: Knowledge) -> list[tuple[str, str]]:
    return [pair for pair in knowledge.printed if isinstance(pair, tuple)]


def moved(value: Any, *, to: Any, argument: Any = None) -> Any:
    """Return a value with its derivatives at other numbers, such as those that a document carries on.

    The slope of a sigmoid or a tanh is written by its value, and so it is carried on as well.
    """
    if isinstance(value, Dual) and not isinstance(to, Grid):
        slopes = _BY_VALUE if isinstance(argument, Dual) else ()
        own = (slope for slope in slopes if abs(value.slope - argument.slope * slope(value.value)) < CLOSE)
        slope = next(own, None)
        return Dual(to, value.slope if slope is None else argument.slope * slope(to))
    if isinstance(value, Grid) and isinstance(to, Grid) and value.shape == to.shape:
        rows = zip(value.rows, to.rows, strict=True)
        return Grid(tuple(tuple(moved(one, to=other) for one, other in zip(*row, strict=True)) for row in rows))
    if isinstance(value, Grid) or isinstance(to, Grid):
        raise Undecided("a printed value of another shape")
    return to

"""Straight lines of definitions, as they become code: only what is needed, and nothing computed twice."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import sympy
from sympy import Expr, Symbol

from ..graphs import Definition


@dataclass(frozen=True, slots=True)
class Line:
    """Results, and the definitions that they need, in order; nothing else."""

    definitions: tuple[Definition, ...]
    results: tuple[Expr, ...]


def straight(definitions: Iterable[Definition], results: Sequence[Expr]) -> Line:
    """Put definitions that are a number or another name in place, and leave out what the results do not need."""
    plain: dict[Symbol, Expr] = {}
    kept: list[Definition] = []
    for definition in definitions:
        expression = definition.expression.xreplace(plain)
        if isinstance(expression, Symbol | sympy.Number):
            plain[definition.symbol] = expression
        else:
            kept.append(Definition(definition.symbol, expression))
    final = tuple(result.xreplace(plain) for result in results)
    wanted = needed(kept, final)
    return Line(tuple(d for d in kept if d.symbol in wanted), final)


def needed(definitions: Sequence[Definition], results: Iterable[Expr]) -> set[Symbol]:
    """Return the symbols that some results need, themselves included."""
    found: set[Symbol] = set().union(*(result.free_symbols for result in results))
    for definition in reversed(definitions):
        if definition.symbol in found:
            found |= definition.operands
    return found


def named_once(lines: Sequence[Line]) -> list[Line]:
    """Return lines in which no call of a function, and nothing that has calls in it, stands twice.

    The same part has the same name in all lines. The cases of a `Piecewise` keep their calls: what is not the case
    must not be computed.

    Example:
        >>> a, b, x, y = sympy.symbols("a b x y", real=True)
        >>> line = Line((Definition(a, sympy.exp(x) * y), Definition(b, 1 + sympy.exp(x))), (a, b))
        >>> [f"{d.symbol} = {d.expression}" for d in named_once([line])[0].definitions]
        ['part_1 = exp(x)', 'a = part_1*y', 'b = part_1 + 1']
    """
    taken = {symbol.name for line in lines for d in line.definitions for symbol in (d.symbol, *d.operands)}
    free = (Symbol(f"part_{k}", real=True) for k in count(1) if f"part_{k}" not in taken)
    names: dict[Expr, Symbol] = {}
    return [_named(line, names, free) for line in lines]


def _named(line: Line, names: dict[Expr, Symbol], free: Iterator[Symbol]) -> Line:
    several = _several(line) | names.keys()
    found: dict[Symbol, Definition] = {}

    def put(expression: Expr) -> Expr:
        if not _has_calls(expression):
            return expression
        new = expression.func(*map(put, expression.args))
        if expression not in several:
            return new
        name = names.setdefault(expression, names.get(expression) or next(free))
        found.setdefault(name, Definition(name, new))
        return name

    for definition in line.definitions:
        found[definition.symbol] = Definition(definition.symbol, put(definition.expression))
    return Line(tuple(found.values()), line.results)


def _several(line: Line) -> set[Expr]:
    """Return the parts with calls that stand several times, and not only within a part that does."""
    counts: Counter[Expr] = Counter()

    def visit(expression: Expr) -> None:
        if not _has_calls(expression):
            return
        sign, rest = expression.as_coeff_Mul()
        counts[expression] += sign != -1
        for arg in (rest,) if sign == -1 else expression.args if counts[expression] == 1 else ():
            visit(arg)

    for definition in line.definitions:
        visit(definition.expression)
    return {part for part, times in counts.items() if times > 1}


def _has_calls(expression: Expr) -> bool:
    return not isinstance(expression, sympy.Piecewise) and bool(expression.has(sympy.Function, sympy.Max, sympy.Min))

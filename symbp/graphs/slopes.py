"""How a member of a family acts on a definition: factors under sums, and what its indices must be for that."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import sympy
from sympy import Expr, Symbol

from .families import Family, FamilyGraph, Limits, member, place

Equation = tuple[Expr, Expr]  # an index where the member is used, and the same index of the member


@dataclass(frozen=True)
class Effect:
    """``factor``, summed over ``sums``, where all ``equations`` hold.

    Attributes:
        where: what letters have become that an equation has fixed.
    """

    factor: Expr
    sums: tuple[Limits, ...]
    equations: tuple[Equation, ...]
    where: Mapping[Symbol, Expr]


def effects(body: Expr, base: str, indices: tuple[Expr, ...]) -> list[Effect]:
    """Return the derivative of a body by a member of a family, one effect for each place where the family is used.

    >>> w, x, k, i, p = "w", "x", *(sympy.Symbol(name, integer=True) for name in "kip")
    >>> body = sympy.Sum(member(w, (k,)) * member(x, (i + k,)), (k, 1, 3))
    >>> [(e.factor, e.sums, e.equations) for e in effects(body, x, (p,))]
    [(w[k], ((k, 1, 3),), ((i + k, p),))]
    """
    found: list[Effect] = []
    sums = {total: sympy.Dummy(real=True) for total in _outer_sums(body)}
    bare = body.xreplace(sums)
    atoms = [a for a in bare.atoms(sympy.Indexed) if str(a.base.label) == base] if indices else [member(base, ())]
    used = {atom: sympy.Dummy(real=True) for atom in atoms}
    back = {dummy: original for original, dummy in {**sums, **used}.items()}
    bare = bare.xreplace(used)
    for atom, dummy in sorted(used.items(), key=lambda pair: str(pair[0])):
        there = tuple(atom.indices) if indices else ()
        slope = sympy.diff(bare, dummy).xreplace(back)
        if slope != 0:
            found.append(Effect(slope, (), tuple(zip(there, indices, strict=True)), {}))
    for total, dummy in sums.items():
        if bare.has(dummy):
            scale = sympy.diff(bare, dummy).xreplace(back)
            inner = effects(total.function, base, indices)
            found += [replace(e, factor=scale * e.factor, sums=(*total.limits[::-1], *e.sums)) for e in inner]
    return found


def _outer_sums(body: Expr) -> list[Expr]:
    if isinstance(body, sympy.Sum):
        return [body]
    return [total for part in body.args for total in _outer_sums(part)] if body.has(sympy.Sum) else []


def solved(effect: Effect, outer: Collection[Symbol], ranges: Mapping[Symbol, Expr]) -> Effect | None:
    """Return an effect with its equations solved for letters, those outside of its sums first; None where it has none.

    A letter that depends on another summed letter narrows the range of that one.
    """
    for left, right in effect.equations:
        difference = sympy.expand(left.xreplace(dict(effect.where)) - right)
        bound = [s[0] for s in effect.sums if s[0] not in effect.where]
        candidates = [*(one for one in outer if one not in effect.where), *bound]
        found = next((one for one in candidates if abs(difference.coeff(one)) == 1), None)
        if found is None and difference.is_number and difference != 0:
            return None
        if found is not None:
            value = sympy.expand(found - difference / difference.coeff(found))
            effect = _put(effect, found, value=value, high=ranges.get(found))
            effect = replace(effect, equations=tuple(e for e in effect.equations if e != (left, right)))
        elif difference == 0:
            effect = replace(effect, equations=tuple(e for e in effect.equations if e != (left, right)))
    return replace(effect, equations=tuple((a.xreplace(dict(effect.where)), b) for a, b in effect.equations))


def _put(effect: Effect, found: Symbol, *, value: Expr, high: Expr | None) -> Effect:
    own = next((limits for limits in effect.sums if limits[0] == found), (found, sympy.Integer(1), high))
    kept = [_narrowed(limits, own, value) for limits in effect.sums if limits[0] != found]
    where = {one: other.xreplace({found: value}) for one, other in effect.where.items()}
    return replace(
        effect, factor=effect.factor.xreplace({found: value}), sums=tuple(kept), where={**where, found: value}
    )


def _narrowed(limits: Limits, fixed: Limits, value: Expr) -> Limits:
    """Return the range of a summed letter within which another letter, ``value`` of it, stays in its own range."""
    bound, low, high = limits
    rate = value.coeff(bound)
    if abs(rate) != 1 or fixed[2] is None:
        return limits
    ends = [sympy.expand((end - value) / rate + bound) for end in fixed[1:]]
    first, last = ends if rate == 1 else reversed(ends)
    return bound, _furthest(low, first, largest=True), _furthest(high, last, largest=False)


def _furthest(one: Expr, other: Expr, *, largest: bool) -> Expr:
    if (other - one).is_number:
        return (sympy.Max if largest else sympy.Min)(one, other)
    return (sympy.Max if largest else sympy.Min)(one, other, evaluate=False)


def apart(family: Family, taken: Collection[Symbol], ranges: Mapping[Symbol, Expr]) -> Family:
    """Return a family whose own and summed letters are not among some, with letters of the same range instead."""
    bound = {s[0] for total in (family.body, family.local) for e in total.atoms(sympy.Sum) for s in e.limits}
    used = {*taken, *family.letters, *bound}
    change: dict[Symbol, Symbol] = {}
    for one in (*family.letters, *sorted(bound - set(family.letters), key=str)):
        if one in taken:
            free = (other for other in ranges if other not in used and ranges[other] == ranges.get(one))
            change[one] = next(free, None) or Symbol(f"{one}_{len(used)}", integer=True)
            used.add(change[one])
    return Family(family.base, tuple(change.get(one, one) for one in family.letters), family.body.xreplace(change))


def is_direct(graph: FamilyGraph, base: str, user: str) -> bool:
    """Whether members of a family act on those of a user directly only, so that their whole effect is the local one."""
    above: dict[Symbol, frozenset[Symbol]] = {}
    for definition in graph.unit.definitions:
        operands = definition.operands
        above[definition.symbol] = operands.union(*(above[s] for s in operands if s in above))
        if place(definition.symbol)[0] == user:
            used = {s for s in operands if place(s)[0] == base}
            if any(used & above.get(other, frozenset()) for other in operands):
                return False
    return True

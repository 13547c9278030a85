"""Settles what collecting left open: which definition of several holds, and which names are second names."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from flint import arb, ctx

from ..formulas import (
    Apply,
    Derivative,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Summation,
    key,
    walk,
    without_groups,
)
from ..formulas.commands import ACCENTS
from .agreeing import SURE
from .arrays import Grid, Mismatch
from .by_numbers import with_names
from .collecting import Collector
from .connections import connected
from .design import with_design_matrices
from .each_sample import of_each_sample
from .fields import Balls, last_place
from .folding import folded
from .identified import identified
from .indices import letters_of, of_any
from .judging import Judge
from .knowledge import CONSTANTS, Knowledge, Read, assigned, entries, lone_number, names_in
from .limits import PRECISION, Undecided
from .operands import Owners
from .parts import counted, indexed, replaced
from .preactivations import with_preactivations
from .rivals import finest, fitting, has_foreign_index, has_value, is_slope, standard
from .same_kind import of_the_same_kind
from .showing import shown
from .unit_letters import is_unit
from .unsaid import completed, is_in_words

SURE_DIGITS = 40  # to which a value is computed before it is taken for a short decimal
ACCENTED = frozenset(ACCENTS)
Kind = tuple[str, tuple[Node, ...], tuple[str, ...], int]
FEW_DIGITS = 12
FEWEST_ROUNDED = 3  # digits to which results are rounded
FEWEST_DIGITS = 4  # that a value must share with a quantity of the same index to be taken for it


def settle(collector: Collector, chains: list[Read]) -> Knowledge:
    """Return what a document defines: second names resolved, and of several definitions the one that fits the rest."""
    collector.spell()
    knowledge = _usable(_second_names(_listed(collector.knowledge(), chains), collector), collector)
    knowledge = fitting(_given_anew(standard(knowledge, chains), chains), collector, chains)
    knowledge = of_each_sample(folded(with_preactivations(finest(knowledge, collector), chains)), chains)
    knowledge = with_design_matrices(knowledge, chains)
    knowledge = of_the_same_kind(_similarly(_for_all(connected(knowledge)), chains))
    knowledge = completed(_in_formulas(with_names(identified(knowledge, chains))))
    known = dict(_values(knowledge))
    printed = ((lone_number(knowledge.printed[what]), known[what]) for what in known.keys() & knowledge.printed.keys())
    owners = Owners.of((number.text, value) for number, value in printed if number is not None)
    values = list(known.values())
    knowledge = replace(knowledge, computed=frozenset(_exact_texts(_of_exact(known, knowledge))), owners=owners)
    doubtful = (*_doubtful(knowledge.exact, values), *_rounded_entries(knowledge), *_rounded_lists(knowledge))
    return replace(knowledge, doubtful=frozenset(doubtful))


def _in_formulas(knowledge: Knowledge) -> Knowledge:
    """Leave out definitions of what is differentiated that say in no formula what it is, as that of a probability."""
    words = {
        name
        for name in knowledge.differentiated.keys() & knowledge.definitions.keys()
        if is_in_words(knowledge.definitions[name])
    }
    definitions = {name: body for name, body in knowledge.definitions.items() if name not in words}
    return replace(knowledge, definitions=definitions) if words else knowledge


def _listed(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    """Take the numbers of a list, such as ``W = (0.1, 0.15)``, for the values of ``w_1`` and ``w_2``, or of ``w_k``.

    A list that stands nowhere else is then no array.
    """
    found: dict[str, Node] = {}
    names: dict[str, Name] = {}
    lettered = {node.base for node in knowledge.names.values() if of_any(node) == Name(node.base) and not node.sub[1:]}
    used = {name for chain in chains for member in chain.nodes[1:] for name in names_in(member)}
    for name, given in knowledge.givens.items():
        values = entries(given)
        for base in (name, name.lower()) if len(values) > 1 else ():
            first = 0 if f"{base}_0" in knowledge.names else 1
            numbered = {f"{base}_{first + place}": value for place, value in enumerate(values)}
            if base in lettered and base == name and name not in used and numbered.keys().isdisjoint(knowledge.defined):
                own = (Name(base, sub=(Number(str(first + place)),)) for place in range(len(values)))
                names |= {key(part): part for part in own}
                found |= numbered
            elif f"{base}_{first + len(values)}" not in knowledge.names:
                found |= {
                    one: value for one, value in numbered.items() if one in knowledge.names.keys() - knowledge.defined
                }
    wholes = {node.base for node in names.values()}
    givens = {name: node for name, node in knowledge.givens.items() if name not in wholes}
    return replace(knowledge, givens={**found, **givens}, names={**names, **knowledge.names})


def _given_anew(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    """Note the names to which a document gives several values, such as the weights before and after a step."""
    judge = Judge(knowledge)
    found = set()
    for chain in chains:
        for name, value in assigned(chain):
            if key(name) in knowledge.givens:
                try:
                    same = judge.agree(name, value, Balls(knowledge, instance=True))
                except (Undecided, Mismatch):
                    same = False
                found |= set() if same else {key(name)}
    return replace(knowledge, several=frozenset(found))


def _for_all(knowledge: Knowledge) -> Knowledge:
    """Take a definition with letters for indices, such as of ``o_q``, for every name of its kind, such as ``o_v``."""
    patterns: dict[Kind, list[tuple[Name, Node]]] = {}
    for name, definition in knowledge.definitions.items():
        node = knowledge.names.get(name)
        if node is not None and node.sub and ACCENTED.issuperset(node.marks) and all(map(_is_letter, node.sub)):
            patterns.setdefault(_kind(node), []).append((node, definition))
    found: dict[str, Node] = {}
    names = dict(knowledge.names)
    stack, last = list(names.values()), max((_place(node) for node in names.values()), default=0)
    while stack:
        node = stack.pop()
        alike = patterns.get(_kind(node), ())
        pattern = next((found for found in alike if all(map(_may_be, found[0].sub, node.sub))), None)
        if pattern is None or key(node) in {*knowledge.definitions, *found} or (node.marks and _place(node) < 0):
            continue
        body = indexed(pattern[1], dict(zip(pattern[0].sub, node.sub, strict=True)))
        parts = {key(part): part for part in walk(body) if isinstance(part, Name)}
        if body != node and not any(isinstance(index, Negative) for part in parts.values() for index in part.sub):
            found[key(node)] = body
            stack += [part for name, part in parts.items() if name not in names and 0 <= _place(part) <= last]
            names |= {name: part for name, part in parts.items() if name not in names}
    free = {name: body for name, body in found.items() if name not in knowledge.givens}
    known = replace(knowledge, definitions={**knowledge.definitions, **free}, names=names)
    return _computed(known, {name: body for name, body in found.items() if name in knowledge.givens})


def _kind(name: Name) -> Kind:
    """Return what names have in common that one definition with letters is about."""
    return name.base, name.label, name.marks, len(name.sub)


def _may_be(letter: Node, index: Node) -> bool:
    """Whether a letter may stand for an index: the o of ``out_o`` for that of ``out_{o_1}``, and no other letter."""
    return not isinstance(index, Name) or not is_unit(index) or Name(index.base) == letter


def _place(name: Name) -> int:
    """Return the largest of the numbers that are the indices of a name; -1 where it has others, or none."""
    numbers = [counted(index) for index in name.sub]
    known = [number for number in numbers if number is not None]
    return max(known) if known and len(known) == len(numbers) else -1


def _computed(knowledge: Knowledge, bodies: dict[str, Node]) -> Knowledge:
    """Take a printed number for the result of a definition, where this has a value, and not for a given one."""
    for name in sorted(bodies):
        givens = {other: node for other, node in knowledge.givens.items() if other != name}
        trial = replace(knowledge, definitions={**knowledge.definitions, name: bodies[name]}, givens=givens)
        with suppress(Undecided, Mismatch):
            Judge(trial).value(bodies[name], Balls(trial, instance=True))
            sources = {other: place for other, place in trial.sources.items() if other != name}
            knowledge = replace(trial, sources=sources)
    return knowledge


def _similarly(knowledge: Knowledge, chains: list[Read]) -> Knowledge:
    """Complete what a document leaves to its reader: ``E_{o2}`` by the definition of ``E_{o1}``.

    Only where all names in a definition have its index, so that nothing is left to guess.
    """
    used = {part for chain in chains for node in chain.nodes for part in walk(node)}
    wanted = {key(part): part for part in used if isinstance(part, Name) and part.sub and not part.marks}
    models: dict[tuple[str, tuple[Node, ...]], list[tuple[Name, Node]]] = {}
    for other, definition in knowledge.definitions.items():
        model = knowledge.names.get(other)
        if model is not None and not model.marks:
            models.setdefault((model.base, model.label), []).append((model, definition))
    found: dict[str, Node] = {}
    for name, node in wanted.items():
        for model, definition in models.get((node.base, node.label), ()) if name not in knowledge.defined else ():
            if (formula := _for_index(definition, model.sub, node.sub)) is not None:
                found[name] = formula
                break
    if not found:
        return knowledge
    names = {key(part): part for body in found.values() for part in walk(body) if isinstance(part, Name)}
    return replace(knowledge, definitions={**knowledge.definitions, **found}, names={**names, **knowledge.names})


def _for_index(definition: Node, old: tuple[Node, ...], new: tuple[Node, ...]) -> Node | None:
    """Return a definition with one index for another; nothing where a name in it has a different one."""
    whole = definition.of if isinstance(definition, Derivative) else None  # the loss of all, which has no such index
    within = definition.by if isinstance(definition, Derivative) else definition
    names = [part for part in walk(within) if isinstance(part, Name) and key(part) not in CONSTANTS]
    indices = [name.sub for name in names if name.sub]
    if len(old) != len(new) or not indices or any(index != old for index in indices):
        return None
    if any(isinstance(part, Apply | Derivative | Summation) for part in walk(within)):
        return None
    if whole is not None and not (isinstance(whole, Name) and set(whole.sub).isdisjoint({*old, *new})):
        return None
    moved = replaced(within, lambda part: replace(part, sub=new) if isinstance(part, Name) and part.sub else None)
    return moved if whole is None else Derivative(whole, moved)


def _is_letter(index: Node) -> bool:
    return isinstance(index, Name) and len(index.base.lstrip("\\")) == 1 and not index.sub


def _values(knowledge: Knowledge) -> Iterator[tuple[str | tuple[str, str], arb]]:
    """Yield the values of the defined names, and of the derivatives that are printed."""
    judge = Judge(knowledge)
    names = knowledge.names
    formulas: dict[str | tuple[str, str], Node] = {name: names[name] for name in knowledge.definitions if name in names}
    pairs = [pair for pair in knowledge.printed if isinstance(pair, tuple)]
    formulas |= {(of, by): Derivative(names[of], names[by]) for of, by in pairs if of in names and by in names}
    for what, formula in formulas.items():
        with suppress(Undecided), ctx.workprec(PRECISION):
            value = judge.value(formula, Balls(knowledge, instance=True))
            if isinstance(value, arb):
                yield what, abs(value)


def _of_exact(known: Mapping[str | tuple[str, str], arb], knowledge: Knowledge) -> Iterator[arb]:
    """Yield the values but those behind which a given number has so many digits that it may be rounded itself."""
    numbers = ((name, lone_number(node)) for name, node in knowledge.givens.items())
    rounded = {name for name, number in numbers if number is not None and _is_long(number.text)}
    for what, value in known.items():
        names = (what,) if isinstance(what, str) else what
        if rounded.isdisjoint(frozenset[str]().union(*(knowledge.reach(knowledge.names[name]) for name in names))):
            yield value


def _exact_texts(values: Iterable[arb]) -> Iterator[str]:
    """Yield the values that have so few digits that a printed one is no rounding."""
    for value in values:
        text = shown(value, SURE_DIGITS)
        if len(text) <= FEW_DIGITS and "e" not in text:
            yield text


def _doubtful(texts: Iterable[str], values: list[arb]) -> Iterator[str]:
    """Yield the exact numbers that may as well be the rounding of some other value."""
    with ctx.workprec(PRECISION):
        for text in texts:
            distances = (abs(value - arb(text)) for value in values)
            unit = arb(f"1e{last_place(text)}")
            if _is_long(text) and any(arb(2) ** SURE < distance < unit for distance in distances):
                yield text


def _is_long(text: str) -> bool:
    return len(text.replace(".", "").strip("0")) >= FEWEST_ROUNDED and not text.isdigit()


def _rounded_entries(knowledge: Knowledge) -> Iterator[str]:
    """Yield the numbers that stand for rounded entries of a computed array; given ones only with many digits."""
    judge, numbers = Judge(knowledge), Balls(knowledge, instance=True)
    exact = {"", *(text for text in knowledge.exact if not _is_long(text))}
    for name in sorted(knowledge.defined & knowledge.names.keys() & knowledge.printed.keys()):
        printed = without_groups(knowledge.printed[name])
        with suppress(Undecided, Mismatch), ctx.workprec(PRECISION):
            value = judge.value(knowledge.names[name], numbers) if isinstance(printed, Matrix) else None
            pairs = zip(_cells(printed), value.entries if isinstance(value, Grid) else (), strict=False)
            yield from (text for entry, one in pairs if (text := _rounded(entry, one)) not in exact)


def _rounded_lists(knowledge: Knowledge) -> Iterator[str]:
    """Yield the decimals of a list of results, as of ``p = [0.665, 0.335]`` beside a formula for ``p_i``."""
    names = (knowledge.names[name] for name in knowledge.definitions.keys() & knowledge.names.keys())
    computed = {node.base for node in names if node.sub and all(map(_is_letter, node.sub))}
    for name in computed & knowledge.givens.keys():
        numbers = (number.text for entry in _cells(knowledge.givens[name]) if (number := lone_number(entry)))
        yield from (text for text in numbers if "." in text)


def _cells(printed: Node) -> list[Node]:
    return [entry for row in printed.rows for entry in row.entries] if isinstance(printed, Matrix) else []


def _rounded(entry: Node, value: Any) -> str:
    """Return the text of a printed number that a value is rounded to; nothing where it is none."""
    number = lone_number(entry)
    if number is None or not isinstance(value, arb):
        return ""
    off = abs(abs(value) - arb(number.text))
    return number.text if arb(2) ** SURE < off < arb(f"1e{last_place(number.text)}") else ""


def _usable(knowledge: Knowledge, collector: Collector) -> Knowledge:
    """Take the next definition of a name where the first has no value, as a sum that does not say over what.

    Or has an index that its head lacks, as ``net_k = w_{kj} y_j`` beside ``\\sum_j w_{kj} y_j``. One with the whole of
    what has an index elsewhere, as ``r r`` beside ``\\sum_i r_i^2``, is none of single numbers.
    """
    parts = {node.base for node in knowledge.names.values() if letters_of([node])}
    for name, found in collector.candidates.items():
        for formula, place in found if len(found) > 1 else ():
            trial = replace(
                knowledge,
                definitions={**knowledge.definitions, name: formula},
                sources={**knowledge.sources, name: place},
            )
            whole = any(isinstance(part, Name) and not part.sub and part.base in parts for part in walk(formula))
            usable = has_value(trial, formula) and not has_foreign_index(name, trial)
            if is_slope(trial, name, found) or (not whole and usable):
                knowledge = trial
                break
    return knowledge


def _second_names(knowledge: Knowledge, collector: Collector) -> Knowledge:
    """Take a name whose number is that of a defined quantity with the same index for a second name of it."""
    judge = Judge(knowledge)
    aliases = {}
    for name in knowledge.givens:
        number = lone_number(knowledge.givens[name])
        if (
            name in collector.votes
            and number is not None
            and len(number.text.replace(".", "").strip("0")) >= FEWEST_DIGITS
        ):
            for other in _same_index(knowledge, name):
                if _is_value(judge, other, knowledge.givens[name], last_place(number.text)):
                    aliases[name] = other
                    break
    if not aliases:
        return knowledge
    givens = {name: node for name, node in knowledge.givens.items() if name not in aliases}
    return replace(knowledge, definitions={**knowledge.definitions, **aliases}, givens=givens)


def _same_index(knowledge: Knowledge, name: str) -> list[Name]:
    place = name.partition("_")[2]
    return [
        knowledge.names[other]
        for other in knowledge.definitions
        if other in knowledge.names and other.partition("_")[2] == place and not knowledge.names[other].marks
    ]


def _is_value(judge: Judge, name: Name, printed: Node, unit: int) -> bool:
    numbers = Balls(judge.knowledge, instance=True)
    try:
        with ctx.workprec(PRECISION):
            value = judge.value(name, numbers)
            return isinstance(value, arb) and bool(abs(value - judge.value(printed, numbers)) < arb(f"1e{unit}"))
    except Undecided:
        return False

"""Given numbers: for which names a document has one, and whether a link puts them in."""

from collections import Counter
from dataclasses import replace

from ..formulas import (
    Call,
    Derivative,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    Transpose,
    key,
    walk,
    without_groups,
)
from .knowledge import Knowledge, lone_number, names_in
from .looks import RATES, numbers_in
from .unit_letters import is_unit


def given_elsewhere(name: str, knowledge: Knowledge) -> bool:
    """Whether a document gives a number for all of a kind, as for ``f_t``, of which a name is one, as ``f_3``."""
    node = knowledge.names.get(name)
    if node is None or name in knowledge.defined:
        return False
    kinds = (knowledge.names[given] for given in knowledge.givens if given in knowledge.names)
    return any(
        kind.base == node.base and kind != node and any(isinstance(index, Name) for index in (*kind.label, *kind.sub))
        for kind in kinds
    )


def unsaid(left: Node, right: Node, knowledge: Knowledge) -> set[str]:
    """Return the names behind a link of which the document speaks by the letter of a kind of units only.

    Of ``w_{ho}`` it need not say which weight is ``w_{h1 o2}``, nor ``\\delta_{o2}`` where it defines ``\\delta_{o1}``.
    A target ``t_o`` of which nothing is said anywhere is given.
    """
    behind = knowledge.reach(left) | knowledge.reach(right) if knowledge.numbered else frozenset[str]()
    names = {name: knowledge.names[name] for name in behind - knowledge.defined if name in knowledge.names}
    units = {name: node for name, node in names.items() if any(map(is_unit, node.sub))}
    kin = {_of_kind(knowledge.names[name]) for name in knowledge.definitions.keys() & knowledge.numbered}
    said = {*knowledge.definitions, *knowledge.differentiated} & knowledge.names.keys()
    bases = {knowledge.names[name].base for name in said}
    return {
        name
        for name, node in units.items()
        if _of_kind(node) in kin or (name not in knowledge.numbered and (len(node.sub) > 1 or node.base in bases))
    }


def _of_kind(name: Name) -> tuple[str, tuple[str, ...]]:
    """Return a name without the numbers of its units."""
    return name.base, tuple(index.base for index in name.sub if isinstance(index, Name))


def put_in(left: Node, right: Node, knowledge: Knowledge) -> frozenset[str]:
    """Return the given names if the numbers of all in a formula, or in a definition, stand on the other side.

    And those behind a computed name for which its printed value stands there.
    """
    formula = knowledge.definitions.get(key(left), left) if isinstance(left, Name) else left
    own = names_in(formula) - names_in(right)
    computed = {name for name in own & knowledge.definitions.keys() if name in knowledge.printed}
    behind = own & knowledge.givens.keys() | computed
    values = (lone_number(knowledge.printed[n] if n in computed else knowledge.givens[n]) for n in behind)
    given = Counter(number.text for number in values if number)
    printed = Counter(part.text for part in walk(right) if isinstance(part, Number))
    if not behind or given.total() < len(behind) or given - printed:
        return frozenset()
    return frozenset().union(behind - computed, *(knowledge.needs(n) & knowledge.givens.keys() for n in computed))


def standing(left: Node, right: Node, knowledge: Knowledge) -> set[str]:
    """Return the numbers that are given for names for which none is put in: these stand in one side, and behind both.

    Beside ``y = 1`` the 1 of ``(1 - y) / (1 - p)`` is not the value of y. Nor is a number that of a name that the other
    side has only behind names of its own side.
    """
    behind = knowledge.reach(left) & knowledge.reach(right)
    found: dict[str, set[str]] = {}
    for name, given in knowledge.givens.items():
        if (number := lone_number(given)) is not None:
            found.setdefault(number.text, set()).add(name)
    beside = behind & (names_in(left) | names_in(right))
    stand = {text for text, names in found.items() if names <= beside}
    if any(isinstance(part, Derivative) for formula in knowledge.behind(left, right) for part in walk(formula)):
        return stand
    for own, other in ((left, right), (right, left)):
        more = Counter(numbers_in(own)) - Counter(numbers_in(other))
        open_ = _apart(other, names_in(own), knowledge)
        stand |= {text for text in more.keys() & found.keys() if found[text] <= behind - open_}
    return stand


def _apart(side: Node, names: frozenset[str], knowledge: Knowledge) -> set[str]:
    """Return the names behind a side that are not only behind some names."""
    found: set[str] = set()
    waiting = names_in(side) - names
    while waiting:
        found |= waiting
        formulas = (knowledge.definitions[name] for name in waiting if name in knowledge.definitions)
        waiting = frozenset[str]().union(*map(names_in, formulas)) - names - found
    return found


def labels(left: Node, right: Node, knowledge: Knowledge) -> frozenset[str]:
    """Return the given zeros and ones that a computed quantity is compared with: a loss may be written for one label.

    By a difference, or as the factor of a logarithm.

    Where ``y = 1``, ``L = -\\ln p`` has the slope ``p - y`` by the net of a sigmoid. So may a vector of them be.
    """
    parts = [part for formula in {*knowledge.behind(left, right)} for part in walk(formula)]
    sums = [part.terms for part in parts if isinstance(part, Sum)]
    printed = Counter(whole_given(part, knowledge) for part in parts if isinstance(part, Name))
    compared: Counter[str] = Counter()
    for terms in sums:
        names = [whole_given(bare, knowledge) for term in terms if isinstance(bare := _unsigned(term), Name)]
        if len(terms) == len(names) == 2 and any(name in knowledge.definitions for name in names):
            compared.update(name for name in names if name in knowledge.givens and _is_label(knowledge.givens[name]))
    for product in (part for part in parts if isinstance(part, Product) and any(map(_is_logarithm, part.factors))):
        factors = (factor.body if isinstance(factor, Transpose) else factor for factor in product.factors)
        names = [whole_given(factor, knowledge) for factor in factors if isinstance(factor, Name)]
        compared.update(name for name in names if name in knowledge.givens and _is_label(knowledge.givens[name]))
    both = knowledge.reach(left) & knowledge.reach(right)
    return frozenset(name for name in compared if compared[name] == printed[name]) - both


def bias_units(left: Node, right: Node, knowledge: Knowledge) -> frozenset[str]:
    """Return the inputs such as ``x_0`` behind a link that are given as 1, which they are in every example."""
    given = (knowledge.reach(left) | knowledge.reach(right)) & knowledge.givens.keys() & knowledge.names.keys()
    return frozenset(
        name
        for name in given
        if knowledge.names[name].sub[:1] == (Number("0"),) and knowledge.givens[name] == Number("1")
    )


def unit_rates(left: Node, right: Node, knowledge: Knowledge) -> frozenset[str]:
    """Return the learning rates that are given as 1, where only one side has them."""
    lone = names_in(left) ^ names_in(right)
    return frozenset(name for name in lone & RATES if knowledge.givens.get(name) == Number("1"))


def _is_logarithm(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "log"


def _unsigned(node: Node) -> Node:
    bare = without_groups(node)
    return without_groups(bare.body) if isinstance(bare, Negative) else bare


def whole_given(name: Name, knowledge: Knowledge) -> str:
    """Return the given vector of which a name is an entry, as ``y`` for ``y_2``, or the name itself."""
    whole = key(replace(name, sub=())) if len(name.sub) == 1 and key(name) not in knowledge.defined else ""
    return whole if whole in knowledge.givens and vector(knowledge.givens[whole]) else key(name)


def vector(given: Node) -> list[Node]:
    """Return the entries of a printed vector, be it a row or a column; none of anything else.

    >>> from symbp.formulas import latex, read
    >>> [latex(entry) for entry in vector(read("(0, 1, 0)^T"))]
    ['0', '1', '0']
    """
    bare = without_groups(given)
    matrix = without_groups(bare.body) if isinstance(bare, Transpose) else bare
    if not isinstance(matrix, Matrix) or 1 not in (len(matrix.rows), len(matrix.rows[0].entries)):
        return []
    return [entry for row in matrix.rows for entry in row.entries]


def _is_label(given: Node) -> bool:
    numbers = [lone_number(entry) for entry in vector(given) or [given]]
    return all(number is not None and float(number.text) in (0, 1) for number in numbers)


def numbers_behind(left: Node, right: Node, knowledge: Knowledge) -> bool:
    """Whether something behind a link has a given value, and all that has is a number."""
    behind = (knowledge.reach(left) | knowledge.reach(right)) & knowledge.givens.keys()
    return bool(behind) and all(lone_number(knowledge.givens[name]) is not None for name in behind)


WAYS = (put_in, labels, bias_units, unit_rates)  # to find the given names of which a link may put the values in

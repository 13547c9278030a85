"""What every record owes: walks each table, so that a new record is tested by being in it."""

from dataclasses import replace

import flint
import mpmath
import pytest
import sympy
from numeric import close, value

from symbp.formulas import FUNCTIONS, Call, Fraction, Name, Product, Roles, key, latex, map_children, plain, read
from symbp.formulas.constructs import CONSTRUCTS
from symbp.formulas.meaning import from_sympy
from symbp.formulas.tree import Derivative, without_groups
from symbp.graphs import unit_graph
from symbp.networks import ACTIVATIONS, LOSSES, load, mlp, presets
from symbp.networks.activations import x, y
from symbp.networks.losses import o, t
from symbp.notations import NOTATIONS, reading, symbol_name

POINTS = ("-30", "-3.7", "-1.2", "-0.3", "0.4", "1.1", "2.9", "30")  # no kink among them
INSIDE = (("0.2", "0.7"), ("0.9", "0.35"), ("0.01", "0.99"))  # (target, output), in every domain
NETWORKS = {
    **{name: load(name) for name in presets()},
    "1-1": mlp(1, 1),
    "3-4-5-2": mlp(3, 4, 5, 2),
    "12-11-12": mlp(12, 11, 12, bias="none"),
    "2-11-3-1": mlp(2, 11, 3, 1, bias="shared"),
}


def named(expression):
    return from_sympy(expression, leaf=lambda symbol: Name(symbol.name))


def at(expression, numbers):
    return mpmath.mpf(str(sympy.N(expression.subs({s: sympy.Rational(n) for s, n in numbers.items()}), 40)))


def agrees(tree, expression, numbers):
    found = value(tree, lambda name: mpmath.mpf(numbers[sympy.Symbol(name.base, real=True)]))
    return close(found, at(expression, numbers), 1e-30)


@pytest.mark.parametrize("record", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
class TestActivation:
    def test_the_taught_derivative_is_the_derivative(self, record):
        taught = record.slope(x, record.formula)
        assert all(close(at(taught, {x: p}), at(sympy.diff(record.formula, x), {x: p}), 1e-25) for p in POINTS)

    def test_the_stable_form_is_the_formula(self, record):
        assert all(close(at(record.stable, {x: p}), at(record.formula, {x: p}), 1e-30) for p in (*POINTS, "0"))

    def test_the_stable_form_is_finite_in_floating_point(self, record):
        stable = sympy.lambdify([x], record.stable, "math")
        assert all(abs(float(stable(p))) <= max(1.0, abs(p)) for p in (-1e4, -710.0, 0.0, 710.0, 1e4))

    @pytest.mark.parametrize("write", [latex, plain])
    def test_what_is_written_is_read_back(self, record, write):
        for expression in (record.formula, record.derivative):
            tree = read(write(named(expression)), Roles(plain=write is plain))
            for p in POINTS:
                numbers = {x: p, y: str(at(record.formula, {x: p}))}
                assert agrees(tree, expression, numbers)

    def test_it_has_its_words(self, record):
        assert record.name == record.name.lower()
        assert record.source
        assert record.derivative.free_symbols <= {x, y}
        kinked = record.formula.has(sympy.Max, sympy.Min, sympy.Abs, sympy.Piecewise)
        assert bool(record.kink) == kinked


@pytest.mark.parametrize("record", LOSSES.values(), ids=list(LOSSES))
class TestLoss:
    def test_the_taught_derivative_is_the_derivative(self, record):
        exact = sympy.diff(record.formula, o)
        assert all(close(at(record.derivative, {t: a, o: b}), at(exact, {t: a, o: b}), 1e-30) for a, b in INSIDE)

    @pytest.mark.parametrize("write", [latex, plain])
    def test_what_is_written_is_read_back(self, record, write):
        for expression in (record.formula, record.derivative):
            tree = read(write(named(expression)), Roles(plain=write is plain))
            assert all(agrees(tree, expression, {t: a, o: b}) for a, b in INSIDE)

    def test_it_has_its_words(self, record):
        assert record.over_units in ("sum", "mean")
        assert record.domain[0] < record.domain[1]
        assert record.source


def bare(node):
    """Return a tree without what plain text cannot show: brackets, kinds of products, fraction bars, fonts."""
    node = map_children(without_groups(node), bare)
    match node:
        case Name():
            return Name(key(node).replace("\\", ""))
        case Product():
            return replace(node, signs=("*",) * len(node.signs))
        case Fraction():
            return replace(node, slash=False)
        case Derivative():
            return replace(node, upright=False)
    return node


@pytest.mark.parametrize("row", CONSTRUCTS, ids=lambda row: row.name)
def test_every_construct_reads_and_round_trips(row):
    assert row.examples
    for example in row.examples:
        tree = read(example)
        assert without_groups(read(latex(tree))) == without_groups(tree)
        assert bare(read(plain(tree), Roles(plain=True))) == bare(tree)


def test_no_two_constructs_clash():
    for kind in ("start", "extend"):
        known = [token for row in CONSTRUCTS if getattr(row, kind) for token in row.tokens]
        assert sorted(known) == sorted(set(known))
    nodes = [row.node for row in CONSTRUCTS if row.node]
    assert len(nodes) == len(set(nodes))
    assert all((row.node is None) == (row.write is None) for row in CONSTRUCTS)


@pytest.mark.parametrize("record", FUNCTIONS.values(), ids=list(FUNCTIONS))
class TestFunction:
    def test_value_and_slope_are_those_of_the_symbolic_function(self, record):
        exact = record.symbolic(x)
        for p in ("0.3", "1.7"):
            argument = flint.arb(p)
            found = record.of(argument)
            assert abs(float(found) - float(at(exact, {x: p}))) < 1e-13
            assert abs(float(record.slope(argument, found)) - float(at(sympy.diff(exact, x), {x: p}))) < 1e-13

    def test_every_spelling_means_it(self, record):
        for spelling in record.spellings:
            assert read(f"{spelling}(x_1)") == Call(record.name, (read("x_1"),))

    def test_what_is_written_is_read_back(self, record):
        call = Call(record.name, (read("x_1 + 2"),))
        assert read(latex(call)) == call
        assert read(plain(call), Roles(plain=True)) == call


@pytest.mark.parametrize("network", NETWORKS.values(), ids=list(NETWORKS))
@pytest.mark.parametrize("style", NOTATIONS.values(), ids=list(NOTATIONS))
def test_the_names_of_a_notation_are_distinct_and_read_back(style, network):
    graph = unit_graph(network)
    symbols = {*graph.order, *graph.role("learning_rate")}
    known = reading(style, graph)
    assert len(known) == len(symbols)
    assert set(known.values()) == symbols
    for symbol in symbols:
        name = symbol_name(style, graph, symbol)
        assert known[key(read(latex(name)))] == symbol
        assert key(read(plain(name), Roles(plain=True))).replace("\\", "") == key(name).replace("\\", "")

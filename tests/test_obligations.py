"""What every record owes: walks each table, so that a new record is tested by being in it."""

from dataclasses import replace

import flint
import mpmath
import pytest
import sympy
from numeric import Point, close, value

from symbp.formulas import FUNCTIONS, Call, Fraction, Name, Product, Roles, key, latex, map_children, plain, read
from symbp.formulas.constructs import CONSTRUCTS
from symbp.formulas.meaning import from_sympy
from symbp.formulas.tree import Derivative, without_groups
from symbp.graphs import Definition, Graph, unit_graph
from symbp.networks import ACTIVATIONS, LOSSES, PENALTIES, VECTOR_ACTIVATIONS, activation, load, loss, mlp, presets
from symbp.networks.activations import x, y
from symbp.networks.losses import o, t
from symbp.networks.penalties import w as weight
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
    """Return the value to 60 digits of what is added up, however much of it cancels."""
    with mpmath.workdps(60):
        function = sympy.lambdify(list(numbers), expression, "mpmath")
        return mpmath.mpf(function(*(mpmath.mpf(number) for number in numbers.values())))


def agrees(tree, expression, numbers):
    found = value(tree, lambda name: mpmath.mpf(numbers[sympy.Symbol(name.base, real=True)]))
    return close(found, at(expression, numbers), 1e-30)


NUDGE = "1e-25"


def either_side(point):
    with mpmath.workdps(60):
        return [mpmath.mpf(point) + sign * mpmath.mpf(NUDGE) for sign in (-1, 1)]


@pytest.mark.parametrize("record", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
class TestActivation:
    def test_the_taught_derivative_is_the_derivative(self, record):
        taught, exact = record.slope(x, record.of(x)), sympy.diff(record.of(x), x)
        assert all(close(at(taught, {x: p}), at(exact, {x: p}), 1e-25) for p in (*POINTS, "-2.2", "5.2"))

    def test_the_taught_derivative_is_the_limit_of_differences(self, record):
        points = [p for p in ("-800", "-1.2", "0", "0.7", "2", "800") if sympy.Rational(p) not in record.kinks]
        assert len(points) >= 5
        for p in points:
            low, high = (at(record.of(x), {x: q}) for q in either_side(p))
            assert abs((high - low) / (2 * mpmath.mpf(NUDGE)) - at(record.slope(x, record.of(x)), {x: p})) < 1e-18

    def test_the_derivative_jumps_at_the_kinks_and_nowhere_else(self, record):
        record = replace(record, parameters={name: sympy.Rational(7, 10) for name in record.parameters})
        slope = record.slope(x, record.of(x))
        for point in map(str, (-6, -3, -1, 0, 1, 3, 6)):
            left, right = (at(slope, {x: p}) for p in either_side(point))
            assert (abs(left - right) > 1e-6) == (int(point) in record.kinks)
        assert bool(record.kinks) == bool(record.convention)
        assert all(at(slope, {x: str(p)}) in (0, at(slope, {x: str(p - 1)})) or p == 0 for p in record.kinks)

    def test_the_stable_form_is_the_formula(self, record):
        for p in (*POINTS, "0", "-800", "800"):
            assert close(at(record.stable_of(x), {x: p}), at(record.of(x), {x: p}), 1e-30)

    def test_the_stable_form_is_finite_in_floating_point(self, record):
        stable = sympy.lambdify([x], record.stable_of(x), "math")
        assert all(abs(float(stable(p))) <= 2 * max(1.0, abs(p)) for p in (-1e4, -800.0, 0.0, 800.0, 1e4))

    def test_the_outputs_lie_in_the_range(self, record):
        low, high = record.range
        for p in (*POINTS, "0"):
            out = at(record.of(x), {x: p})
            assert low < out < high or (record.closed and out in record.range)

    @pytest.mark.parametrize("write", [latex, plain])
    def test_what_is_written_is_read_back(self, record, write):
        for expression in (record.of(x), record.slope(x, y)):
            tree = read(write(named(expression)), Roles(plain=write is plain))
            for p in POINTS:
                assert agrees(tree, expression, {x: p, y: str(at(record.of(x), {x: p}))})

    def test_it_has_its_words(self, record):
        assert record.name == record.name.lower()
        assert record.source
        assert record.slope(x, y).free_symbols <= {x, y}


@pytest.mark.parametrize("record", VECTOR_ACTIVATIONS.values(), ids=list(VECTOR_ACTIVATIONS))
class TestVectorActivation:
    nets = sympy.symbols("z_1:4", real=True)
    outs = sympy.symbols("o_1:4", real=True)

    @pytest.mark.parametrize("point", [("0.3", "-1.1", "2"), ("0", "0", "0"), ("30", "-30", "1")])
    def test_derivatives_and_stable_forms(self, record, point):
        numbers = dict(zip(self.nets, point, strict=True))
        formulas = [record.unit(place, self.nets) for place in range(3)]
        values = dict(zip(self.outs, formulas, strict=True))
        for place, formula in enumerate(formulas):
            for net, slope in record.slopes(place, self.nets, self.outs).items():
                assert close(at(slope.subs(values), numbers), at(sympy.diff(formula, net), numbers), 1e-25)
            assert close(at(record.stable_unit(place, self.nets), numbers), at(formula, numbers), 1e-28)

    def test_the_stable_form_is_finite_in_floating_point(self, record):
        stable = sympy.lambdify([self.nets], record.stable_unit(0, self.nets), "math")
        found = [float(stable(nets)) for nets in ((800.0, -800.0, 0.0), (-800.0, 800.0, 0.0), (0.0, 0.0, 0.0))]
        assert all(record.range[0] < value <= record.range[1] or value == 0 for value in found)
        assert record.source


@pytest.mark.parametrize("record", LOSSES.values(), ids=list(LOSSES))
class TestLoss:
    def test_the_taught_derivative_is_the_derivative(self, record):
        exact = sympy.diff(record.of(t, o), o)
        taught = record.slope(t, o)
        assert all(close(at(taught, {t: a, o: b}), at(exact, {t: a, o: b}), 1e-30) for a, b in INSIDE)

    @pytest.mark.parametrize(("target", "out"), [("0.5", "0.5"), ("1", "0.25"), ("0.5", "800"), ("0.5", "-800")])
    def test_at_the_edges(self, record, target, out):
        if record.domain[0] < float(out) < record.domain[1]:
            slope = at(record.slope(t, o), {t: target, o: out})
            ends = [at(record.slope(t, o), {t: target, o: p}) for p in either_side(out)]
            assert min(ends) - 1e-20 <= slope <= max(ends) + 1e-20
            assert not record.kink or ends[0] == ends[1] or slope in (0, ends[0])

    @pytest.mark.parametrize("write", [latex, plain])
    def test_what_is_written_is_read_back(self, record, write):
        for expression in (record.of(t, o), record.slope(t, o)):
            tree = read(write(named(expression)), Roles(plain=write is plain))
            assert all(agrees(tree, expression, {t: a, o: b}) for a, b in INSIDE)

    def test_it_has_its_words(self, record):
        assert record.over_units in ("sum", "mean")
        assert record.domain[0] < record.domain[1]
        assert record.targets[0] < record.targets[1]
        assert record.source


@pytest.mark.parametrize("record", PENALTIES.values(), ids=list(PENALTIES))
def test_a_penalty(record):
    for point in ("-1.5", "0.25", "800"):
        exact = sympy.diff(record.formula, weight)
        assert close(at(record.derivative, {weight: point}), at(exact, {weight: point}), 1e-30)
    assert at(record.derivative, {weight: "0"}) == 0
    assert record.source


def pairs():
    """Every activation of the output layer with every loss that can take its outputs, at some nets."""
    for name in (*ACTIVATIONS, *VECTOR_ACTIVATIONS):
        for cost in LOSSES:
            yield name, cost


@pytest.mark.parametrize(("name", "cost"), list(pairs()))
def test_every_activation_with_every_loss(name, cost):
    """The gradient of a small graph by the backward walk is the limit of differences."""
    record, error = activation(name), loss(cost)
    nets, outs = sympy.symbols("z_1:3", real=True), sympy.symbols("o_1:3", real=True)
    targets = (sympy.Rational(3, 10), sympy.Rational(7, 10))
    definitions = [Definition(out, record.unit(k, nets), record.slopes(k, nets, outs)) for k, out in enumerate(outs)]
    total = sympy.Symbol("total", real=True)
    errors = sum(error.of(a, b) for a, b in zip(targets, outs, strict=True))
    taught = {b: error.slope(a, b) for a, b in zip(targets, outs, strict=True)}
    graph = Graph([*definitions, Definition(total, errors, taught)])
    taken = 0
    for numbers in ((0.4, 0.8), (2.3, -0.7), (-0.45, 0.15), (800, -800), (0, 0.125)):
        point = dict(zip(nets, map(str, numbers), strict=True))
        values = [at(definition.expression, point) for definition in definitions]
        if not all(error.domain[0] < value < error.domain[1] for value in values):
            continue
        if {*map(sympy.Rational, point.values())} & set(getattr(record, "kinks", ())):
            continue
        place = Point(graph, point)
        for net in nets:
            slope = graph.derivative(total, net)
            assert close(at(slope, place.values), place.total(total, net), 1e-8)
        taken += 1
    assert taken or record.range[1] <= error.domain[0]


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

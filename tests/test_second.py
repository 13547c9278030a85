"""Second derivatives: against differences of the gradient, and what is written of them."""

from decimal import Decimal

import pytest
import sympy

import symbp
from symbp.checking import check
from symbp.cli import main
from symbp.derivation import Slope, hessian, hessian_vector
from symbp.documents import derive_second
from symbp.errors import InputError, UnsupportedError
from symbp.graphs import backward, instance, unit_graph

PASSING = {"proved", "holds", "given"}


def gradient(graph, by, numbers):
    walked = backward(graph, [by])
    known = {symbol: sympy.Rational(str(number)) for symbol, number in numbers.items()}
    for definition in walked.graph.definitions:
        known[definition.symbol] = definition.expression.xreplace(known).evalf(60)
    return known[walked.adjoints[by]]


@pytest.mark.parametrize("preset", ["mazur", "two-three-two"])
def test_the_hessian_agrees_with_differences_of_the_gradient(preset):
    network = symbp.load(preset)
    graph = unit_graph(network)
    wanted = [*graph.role("weight")[::4], graph.role("bias")[0]]
    derived = hessian(network, wanted)
    bars = {bar.of: symbol for symbol, bar in derived.names.items()}
    numbers, step = instance(network), Decimal("1e-12")
    entries = 0
    for place, one in enumerate(wanted):
        for other in wanted[place:]:
            ends = [gradient(graph, one, numbers | {other: numbers[other] + h}) for h in (step, -step)]
            numeric = (ends[0] - ends[1]) / (2 * sympy.Rational(str(step)))
            exact = derived.values.get(Slope(bars[one], other), sympy.Integer(0))
            assert abs(exact - numeric) <= 1e-8 * abs(numeric)
            entries += 1
    assert entries == len(wanted) * (len(wanted) + 1) // 2


def test_the_product_with_a_vector_adds_up_the_rows():
    network = symbp.mlp(1, 2, 1, activation="tanh")
    graph = unit_graph(network)
    wanted = list(graph.role("weight"))
    v = sympy.symbols(f"v_1:{len(wanted) + 1}", real=True)
    rows = {}
    for name, derived in (("matrix", hessian(network, wanted)), ("vector", hessian_vector(network, wanted))):
        assert next(derived.equations).topic == "net"
        rows[name] = sum(1 for equation in derived.equations if equation.topic == "second")
    assert rows == {"matrix": 10 - zeros(graph, wanted), "vector": len(wanted)}
    assert len(v) == 4


def zeros(graph, wanted):
    """Return how many second derivatives vanish everywhere: none in a net with hidden units that share an output."""
    expression = graph.output
    for definition in reversed(graph.definitions):
        expression = expression.subs(definition.symbol, definition.expression)
    pairs = [(a, b) for i, a in enumerate(wanted) for b in wanted[i:]]
    return sum(1 for a, b in pairs if sympy.diff(expression, a, b) == 0)


@pytest.mark.parametrize("form", ["latex", "markdown", "text"])
@pytest.mark.parametrize("style", ["net-out", "neuron", "four-equations"])
@pytest.mark.parametrize("vector", [False, True])
def test_what_is_written_passes_the_check(form, style, vector):
    names = {"net-out": ["w_1", "w_5"], "neuron": ["w_{1,3}", "w_{3,5}"], "four-equations": ["b^{(2)}", "b^{(3)}"]}
    document = derive_second("mazur", names[style], vector=vector, style=style)
    report = check(text=document.write(form))
    assert {link.verdict for link in report.links} <= PASSING
    assert report.summary["proved"] + report.summary["holds"] > 40


def test_the_commands(tmp_path, capsys):
    assert main(["derive", "mazur", "--hessian", "w_5,w_6", "-o", str(tmp_path / "a.md")]) == 0
    assert r"\frac{d\bar{w}_5}{dw_6}" in (tmp_path / "a.md").read_text()
    assert main(["derive", "mazur", "--hessian-vector", "w_{3,5}", "--notation", "neuron", "--format", "markdown"]) == 0
    assert r"\frac{\partial s}{\partial w_{3,5}} &=" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--hessian", "w_99"], "the network has no 'w_99'"),
        (["--hessian", "w_5,w_5"], "a parameter is named twice"),
        (["--hessian", "w_5", "--wrt", "w_6"], "leave out --wrt"),
        (["--hessian", "w_5", "--level", "layer"], "leave out --wrt, --level"),
    ],
)
def test_what_is_wrong_is_said(words, message, capsys):
    assert main(["derive", "mazur", *words]) == 2
    assert message in capsys.readouterr().err


def test_only_small_blocks_of_networks():
    with pytest.raises(UnsupportedError, match="lstm is no network of layers"):
        derive_second("lstm", ["w_f"])
    with pytest.raises(UnsupportedError, match="second derivatives by 14 parameters: name at most 12"):
        hessian(symbp.mlp(3, 2, 2), unit_graph(symbp.mlp(3, 2, 2)).role("weight", "bias"))
    with pytest.raises(InputError, match="a parameter is named twice"):
        derive_second("mazur", ["w_1", "w_1"])

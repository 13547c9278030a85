"""Activations and losses of a user's own: text, Python functions, sympy Lambdas. They are read, never run."""

import math

import pytest
import sympy

import symbp
from symbp.checking import check
from symbp.errors import InputError
from symbp.networks import activation, loss
from symbp.networks.files import parse
from symbp.networks.own import named
from symbp.programs import verify

PASSING = {"proved", "holds", "given"}


def gated(z):
    """A unit that opens itself."""
    gate = 1 / (1 + math.exp(-2 * z))
    return z * gate


def steep(target, output):
    return (math.cosh(output - target) - 1) * 3


def trap(z):
    print("it was run")
    return z


def looped(z):
    while z:
        z = z - 1
    return z


Z = sympy.Symbol("z")
OWN = [
    (gated, "half_squared_error"),
    (sympy.Lambda(Z, Z / sympy.sqrt(1 + Z**2)), steep),
    ("x / (1 + abs(x))", "(t - o)**4"),
    ("x if x > 0 else 0.1*x", "half_squared_error"),
    ("max(0, x)**2", "huber(delta=2)"),
]


@pytest.mark.parametrize(("own", "error"), OWN)
def test_ones_own_functions_work_on_every_level_and_in_every_form_of_code(own, error):
    net = symbp.mlp(2, 2, 1, activation=own, loss=error)
    for level in ("unit", "index"):
        assert {link.verdict for link in check(text=symbp.derive(net, level=level).to_markdown()).links} <= PASSING
    ways = verify(net)
    assert len(ways) >= 4
    assert all(way.right for way in ways)


@pytest.mark.parametrize(("own", "error"), OWN)
def test_a_derivative_is_that_of_the_formula(own, error):
    record = activation(named(own, ("x",)))
    for at in (-1.7, -0.3, 0.4, 2.1):
        numeric = (record.of(sympy.Float(at + 1e-6)) - record.of(sympy.Float(at - 1e-6))) / 2e-6
        assert abs(record.slope(sympy.Float(at), record.of(sympy.Float(at))) - numeric) < 1e-6
    record = loss(named(error, ("t", "o")))
    numeric = (
        record.of(sympy.Float(0.3), sympy.Float(0.8 + 1e-6)) - record.of(sympy.Float(0.3), sympy.Float(0.8 - 1e-6))
    ) / 2e-6
    assert abs(record.slope(sympy.Float(0.3), sympy.Float(0.8)) - numeric) < 1e-6


def test_names_and_files():
    net = symbp.mlp(1, 2, 1, activation=[gated, "sigmoid"])
    assert net.activations == ("x/(1 + exp(-2*x))", "sigmoid")
    file = '[network]\nlayers = [1, 1]\nactivation = "x**3 + x"\nloss = "exp(o - t) - o"'
    assert parse(file, "file").activations == ("x**3 + x",)
    cube = lambda a: a**3  # noqa: E731 - a function without a name
    assert named(cube, ("x",)) == "x**3"


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("__import__('os').system('x')", r"the function 'system' is not known"),
        ("x.__class__", "a attribute is no part of an expression"),
        ("x ** 9 ** 9 ** 9", "a power above 64"),
        ("x / 0", "a division by 0"),
        ("y + x", "'y' is not known"),
        ("tanh(x", "is no expression in x"),
        ("tan(x)", "the function 'tan' is not known; did you mean 'tanh'"),
        ("x if x else 1", "a condition is one comparison"),
        ("x + 1" * 500, "is no expression|characters"),
        (trap, "trap: the function 'print' is not known|trap: a expr statement is no part"),
        (looped, "looped: a while statement is no part of an expression"),
        (steep, "steep has 2 arguments: x are meant"),
        (math.tanh, "tanh: its source cannot be read: give an expression as text instead"),
        (3, "a int is no function"),
        (sympy.Lambda((Z, sympy.Symbol("w")), Z), "1 arguments are meant"),
    ],
)
def test_what_is_no_expression_is_refused_and_never_run(own, message, capsys):
    with pytest.raises(InputError, match=message):
        symbp.mlp(1, 1, activation=own)
    assert capsys.readouterr().out == ""


def test_a_loss_depends_on_the_output():
    with pytest.raises(InputError, match="a loss depends on the output o"):
        symbp.mlp(1, 1, loss="t**2 + 0*o")

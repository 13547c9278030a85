"""Gradients found in several ways, side by side: unit level, layer level, every form, differences, LaTeX."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import sympy

from ..errors import SymbpError, UnsupportedError
from ..graphs import unit_graph
from ..networks import Network
from .arrays import Array, generator
from .execute import execute
from .exporting import export
from .latex import rows, values_of
from .layered import layered
from .parameters import NetworkLayout, Parameters
from .plan import plan
from .program import Program, compile_network

_KINKS = (sympy.Max, sympy.Min, sympy.Abs, sympy.sign, sympy.Piecewise, sympy.Heaviside)
_UNIT_PARAMETERS = 2_000  # above, the unit level takes long
SAMPLES_OF_POINT = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the gradients, and how far they are from those of the first one.

    Attributes:
        name: which way.
        difference: the largest, relative to the largest gradient; None where the way cannot be gone.
        allowed: what rounding may do.
        remark: why it cannot be gone.
    """

    name: str
    difference: float | None
    allowed: float
    remark: str = ""

    @property
    def right(self) -> bool:
        """Whether it agrees, or says nothing."""
        return self.difference is None or self.difference <= self.allowed


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A network at random parameters, with a few random samples."""

    network: Network
    parameters: Parameters
    X: Array
    Y: Array


def random_point(network: Network, *, seed: int = 0, samples: int = SAMPLES_OF_POINT) -> Point:
    """Return a network at random parameters, away from what is special, as 0 is for a penalty on the size."""
    random = generator(seed)
    drawn = (random.uniform(-0.9, 0.9, shape) for _, shape in NetworkLayout(network).shapes)
    arrays = [np.copysign(np.maximum(np.abs(array), 0.01), array) for array in drawn]
    depth = len(network.activations)
    X = random.uniform(-1, 1, (samples, network.layers[0]))
    Y = random.uniform(0.1, 0.9, (samples, network.layers[-1]))
    return Point(network, Parameters(arrays[:depth], arrays[depth:]), X, Y / Y.sum(axis=1, keepdims=True))


def verify(network: Network, *, seed: int = 0) -> tuple[Way, ...]:
    """Return the ways to the gradients of a network, each with its distance from the first.

    Example:
        >>> from symbp.networks import load
        >>> all(way.right for way in verify(load("mazur")))
        True
    """
    point = random_point(network, seed=seed)
    reference = _form("scalar" if network.parameter_count <= _UNIT_PARAMETERS else "array")(point)
    size = float(np.abs(reference).max())
    ways = []
    for name, find, allowed in _WAYS:
        try:
            difference = float(np.abs(find(point) - reference).max()) / (size or 1.0)
            ways.append(Way(name, difference, allowed))
        except SymbpError as error:
            ways.append(Way(name, None, allowed, str(error)))
    return tuple(ways)


def gradient_error(program: Program[Parameters], parameters: Parameters, X: Array, Y: Array) -> float:
    """Return how far the gradients of a program are from central differences of its loss, at some parameters.

    At most 100 parameters, evenly spread, are looked at; the error is relative to the largest gradient.
    """
    flat = program.layout.flatten(parameters)
    found = program.engine.gradients(program.start_flat(flat).flat, X, Y)
    places = np.unique(np.linspace(0, len(flat) - 1, 100).astype(int))
    slopes = _central(program, flat, places, X=X, Y=Y)
    return float(np.abs(slopes - found[places]).max() / (np.abs(found).max() or 1.0))


def _central(program: Program[Parameters], flat: Array, places: Iterable[int], *, X: Array, Y: Array) -> Array:
    """Central differences of the loss, extrapolated: (4 d(h/2) - d(h)) / 3."""

    def slope(k: int, h: float) -> float:
        ends = []
        for sign in (1, -1):
            moved = flat.copy()
            moved[k] += sign * h
            ends.append(program.engine.loss(program.start_flat(moved).flat, X, Y))
        return (ends[0] - ends[1]) / (2 * h)

    return np.array([(4 * slope(k, 5e-4) - slope(k, 1e-3)) / 3 for k in places])


def _form(form: str) -> Callable[[Point], Array]:
    def find(point: Point) -> Array:
        program = compile_network(point.network, form=form)
        return program.layout.flatten(program.gradients(point.parameters, point.X, point.Y))

    return find


def _layer(point: Point) -> Array:
    """The closed form of whole layers, as `symbp export --to numpy` writes it."""
    module = execute(export(point.network, "numpy", point.parameters))
    arrays = [*point.parameters.weights, *point.parameters.biases]
    return np.concatenate([slope.ravel() for slope in module["gradients"](arrays, point.X, point.Y)])


def _differences(point: Point) -> Array:
    program = compile_network(point.network, form="array")
    flat = program.layout.flatten(point.parameters)
    return _central(program, flat, range(len(flat)), X=point.X, Y=point.Y)


def _complex_step(point: Point) -> Array:
    """Im f(x + ih) / h, exact to rounding where the loss is analytic: Squire, Trapp 1998."""
    net = layered(point.network)
    kinks = {a.func.__name__ for d in (*net.forward, net.errors, *net.costs) for a in d.expression.atoms(*_KINKS)}
    if kinks:
        raise UnsupportedError(f"{', '.join(sorted(kinks))} in the loss: it is not analytic")
    module = execute(export(point.network, "numpy", point.parameters))
    arrays = [array.astype(complex) for array in (*point.parameters.weights, *point.parameters.biases)]
    found = []
    for array in arrays:
        for place in np.ndindex(array.shape):
            array[place] += 1e-30j
            found.append(float(np.imag(module["loss"](arrays, point.X, point.Y))) / 1e-30)
            array[place] = array[place].real
    return np.array(found)


def _latex(point: Point) -> Array:
    work = plan(unit_graph(point.network))
    formulas = rows(compile_network(point.network, form="scalar").source)
    flat = NetworkLayout(point.network).flatten(point.parameters)
    total = np.zeros(len(flat))
    for inputs, targets in zip(point.X, point.Y, strict=True):
        numbers = (*flat.tolist(), *inputs.tolist(), *targets.tolist())
        leaves = dict(zip(work.leaves, numbers, strict=True))
        values = values_of(formulas, leaves)
        total += [values[f"adjoint_{leaf}"] for leaf in work.parameters]
    return total / len(point.X)


_WAYS: tuple[tuple[str, Callable[[Point], Array], float], ...] = (
    ("unit level, generated code", _form("scalar"), 1e-12),
    ("layer level, closed form", _layer, 1e-12),
    ("layer level, generated code", _form("array"), 1e-12),
    *([("compiled loops", _form("jit"), 1e-12)] if find_spec("numba") else []),
    ("complex step", _complex_step, 1e-12),
    ("finite differences", _differences, 1e-8),
    ("LaTeX of the generated code", _latex, 1e-12),
)

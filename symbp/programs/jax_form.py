"""The form for accelerators and many machines: the layer level in `jax.numpy`, batches sharded over all devices."""

import os
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import numpy as np
from sympy import Expr, Symbol

from ..graphs import Definition
from .arrays import Array
from .engines import Epochs, Functions, State
from .exporting import LIBRARIES, LibraryPrinter, costs_of
from .layered import Layered, seed
from .loops import Loops
from .rules import Rule, g, p, rate, t

_JAX = next(library for library in LIBRARIES if library.name == "jax")


def jax_source(net: Layered, rule: Rule, title: str, *, fixed_biases: bool = False) -> str:
    """Return the text of a module of pure functions: losses, outputs, gradients and one update.

    Args:
        net: the layer level.
        rule: the update of a parameter.
        title: one line of our own words; it becomes a comment.
        fixed_biases: leave the biases as they are.
    """
    write = LibraryPrinter(_JAX).doprint
    names = _list(net.slopes)
    forward, backward = (_definitions(part, write) for part in (net.forward, net.backward))
    return f'''# {title}
import jax
import jax.numpy as jnp


def outputs(parameters, X):
    """The outputs of every sample."""
    {names} = parameters
{forward}
    return {net.output}


def mean_loss(parameters, X, Y):
    """The mean over the samples of the loss."""
    {names} = parameters
{forward}
    return {float(net.share)!r}*jnp.sum({write(net.errors.expression)}) / len(X){costs_of(net, write)}


def mean_gradients(parameters, X, Y):
    """The mean over the samples of the derivative of the loss by every parameter."""
    {names} = parameters
    count = len(X)
{forward}
{backward}
    return {_list(net.slopes.values())}


def update(parameters, memory, slopes, step, weight_rate, bias_rate):
    """Return new parameters and new states of the update rule, from the slopes."""
    {names} = parameters
    {_list(net.slopes.values())} = slopes
{_lines(_unpacked(net, rule))}
{_lines(_updates(net, rule, LibraryPrinter(_JAX), fixed_biases=fixed_biases))}
    return {names}, [{", ".join(_list(_states(net, state)) for state in rule.states)}]
'''


def _definitions(part: Iterable[Definition], write: Callable[[Expr], str]) -> str:
    return _lines(f"{d.symbol} = {write(d.expression.subs(seed, 1))}" for d in part)


def _updates(net: Layered, rule: Rule, printer: LibraryPrinter, *, fixed_biases: bool) -> Iterable[str]:
    for parameter, slope in net.slopes.items():
        weight = parameter.name.startswith("weight")
        if fixed_biases and not weight:
            continue
        own_rate = Symbol("weight_rate" if weight else "bias_rate", positive=True)
        memory = {state: Symbol(f"{state.name}_{parameter.name}", real=True) for state in rule.states}
        values: dict[Symbol, Expr] = {p: parameter, g: slope, rate: own_rate, **memory}
        for symbol, formula in rule.formulas(weight=weight):
            yield f"{values[symbol]} = {printer.doprint(formula.xreplace(values))}"


def _states(net: Layered, state: Symbol) -> list[str]:
    return [f"{state.name}_{parameter.name}" for parameter in net.slopes]


def _unpacked(net: Layered, rule: Rule) -> list[str]:
    return [f"{_list(_states(net, state))} = memory[{k}]" for k, state in enumerate(rule.states)]


def _lines(rows: Iterable[str]) -> str:
    return "\n".join(f"    {row}" for row in rows)


def _list(names: Iterable[object]) -> str:
    return f"[{', '.join(map(str, names))}]"


def start_jax(dtype: str) -> Any:
    """Return jax, made ready: double precision if asked for, and all processes that a launcher started joined."""
    import jax

    if dtype == "float64":
        jax.config.update("jax_enable_x64", True)
    if "JAX_COORDINATOR_ADDRESS" in os.environ and not jax.distributed.is_initialized():
        numbers = {name: int(os.environ[f"JAX_{name.upper()}"]) for name in ("num_processes", "process_id")}
        jax.distributed.initialize(os.environ["JAX_COORDINATOR_ADDRESS"], **numbers)
    return jax


assert str(t) == "step"  # the name that the text above uses


class JaxEngine:
    """Functions under `jax.jit`; parameters are copied to every device, the samples of a batch are shared out."""

    def __init__(self, functions: Functions, net: Layered, dtype: str) -> None:
        self.functions = functions
        self.net = net
        self.dtype = np.dtype(dtype)
        self.jax = start_jax(dtype)

    @cached_property
    def _mesh(self) -> Any:
        return self.jax.sharding.Mesh(np.array(self.jax.devices()), ("samples",))

    def _spread(self, array: Any, *, rows: bool) -> Any:
        """Return an array on all devices of all processes: its rows shared out, or a copy on each."""
        array = np.asarray(array)
        even = rows and len(array) % self._mesh.size == 0
        spec = self.jax.sharding.PartitionSpec("samples" if even else None)
        sharding = self.jax.sharding.NamedSharding(self._mesh, spec)
        return self.jax.make_array_from_callback(array.shape, sharding, lambda place: array[place])

    def _arrays(self, flat: Array) -> list[Any]:
        shapes = [self.net.shapes[symbol] for symbol in self.net.slopes]
        spans = Loops(self.net).parameters()
        parts = [flat[start:end].reshape(shape) for (_, start, end), shape in zip(spans, shapes, strict=True)]
        return [self._spread(part, rows=False) for part in parts]

    def _flat(self, arrays: Iterable[Any]) -> Array:
        return np.concatenate([np.asarray(array).ravel() for array in arrays])

    def _run(self, name: str, flat: Array, *samples: Array) -> Any:
        rows = [self._spread(array, rows=True) for array in samples]
        replicated = self.jax.sharding.NamedSharding(self._mesh, self.jax.sharding.PartitionSpec())
        return self.jax.jit(self.functions[name], out_shardings=replicated)(self._arrays(flat), *rows)

    def loss(self, flat: Array, X: Array, Y: Array) -> float:
        """See `Engine`."""
        return float(self._run("mean_loss", flat, X, Y))

    def outputs(self, flat: Array, X: Array) -> Array:
        """See `Engine`."""
        return np.asarray(self._run("outputs", flat, X))

    def gradients(self, flat: Array, X: Array, Y: Array) -> Array:
        """See `Engine`."""
        return self._flat(self._run("mean_gradients", flat, X, Y))

    def descend(self, state: State, epochs: Epochs, *, X: Array, Y: Array, history: Array) -> int:
        """See `Engine`."""
        size = min(epochs.batch, len(X))
        counted = len(epochs.rates)
        orders = np.arange(len(X))[None].repeat(counted, 0) if epochs.orders is None else epochs.orders
        given = [self._spread(array, rows=False) for array in (X, Y, orders, epochs.rates.astype(self.dtype))]
        memory = [self._arrays(row) for row in state.memory]
        start = (self._arrays(state.flat), memory, np.asarray(state.step, self.dtype))
        parameters, memory, losses = self._epochs(start, *given, size, len(history))
        state.flat[:] = self._flat(parameters)
        for row, arrays in zip(state.memory, memory, strict=True):
            row[:] = self._flat(arrays)
        history[:] = np.asarray(losses)[: len(history)]
        return state.step + counted * -(-len(X) // size)

    @cached_property
    def _epochs(self) -> Any:
        jax = self.jax
        sharding = jax.sharding.NamedSharding(self._mesh, jax.sharding.PartitionSpec("samples"))
        functions, devices = self.functions, self._mesh.size

        def shared(array: Any) -> Any:
            return jax.lax.with_sharding_constraint(array, sharding) if len(array) % devices == 0 else array

        def run(start: Any, X: Any, Y: Any, orders: Any, rates: Any, size: int, look: int) -> Any:
            def batch(carry: Any, order: Any, rate: Any) -> Any:
                parameters, memory, step = carry
                slopes = functions["mean_gradients"](parameters, shared(X[order]), shared(Y[order]))
                return (*functions["update"](parameters, memory, slopes, step + 1, rate[0], rate[1]), step + 1)

            def epoch(carry: Any, given: Any) -> Any:
                order, rate = given
                whole = len(X) // size * size
                parts = order[:whole].reshape(-1, size)
                carry = jax.lax.scan(lambda c, part: (batch(c, part, rate), None), carry, parts)[0]
                carry = batch(carry, order[whole:], rate) if whole < len(X) else carry
                return carry, functions["mean_loss"](carry[0], shared(X), shared(Y)) if look else 0.0

            (parameters, memory, _), losses = jax.lax.scan(epoch, start, (orders, rates))
            return parameters, memory, losses

        replicated = jax.sharding.NamedSharding(self._mesh, jax.sharding.PartitionSpec())
        return jax.jit(run, static_argnums=(5, 6), out_shardings=replicated)

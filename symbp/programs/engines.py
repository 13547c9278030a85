"""How the functions of each form are called: the same five calls on flat arrays, whatever the generated code takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from .arrays import Array
from .jit_form import FROM_BATCH

Functions = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class State:
    """Where training stands; it is rewritten in place.

    Attributes:
        flat: the parameters, in the order of the layout.
        memory: a row for each state of the update rule.
        step: the number of updates so far.
    """

    flat: Array
    memory: Array
    step: int = 0


@dataclass(frozen=True, slots=True)
class Epochs:
    """What some epochs of training are given.

    Attributes:
        rates: the learning rates of weights and biases, of shape (epochs, 2).
        batch: samples an update.
        orders: a permutation of the samples an epoch, of shape (epochs, samples); None: as they stand.
    """

    rates: Array
    batch: int
    orders: Any = None


class Engine(Protocol):
    """The calls. ``flat`` are the parameters; ``memory`` has a row for each state of the update rule."""

    @property
    def dtype(self) -> Any:
        """Of parameters and samples."""

    def loss(self, flat: Array, X: Array, Y: Array) -> float:
        """Return the mean of the loss."""

    def outputs(self, flat: Array, X: Array) -> Array:
        """Return the outputs, a row a sample."""

    def gradients(self, flat: Array, X: Array, Y: Array) -> Array:
        """Return the mean of the gradients."""

    def descend(self, state: State, epochs: Epochs, *, X: Array, Y: Array, history: Array) -> int:
        """Train in place; return the number of updates so far. History takes the losses, unless it is empty."""


@dataclass(frozen=True, slots=True)
class ListEngine:
    """Plain Python on lists of floats."""

    functions: Functions
    dtype: Any = np.float64

    def loss(self, flat: Array, X: Array, Y: Array) -> float:
        """See `Engine`."""
        return float(self.functions["mean_loss"](flat.tolist(), X.tolist(), Y.tolist()))

    def outputs(self, flat: Array, X: Array) -> Array:
        """See `Engine`."""
        return np.array(self.functions["outputs"](flat.tolist(), X.tolist()))

    def gradients(self, flat: Array, X: Array, Y: Array) -> Array:
        """See `Engine`."""
        return np.array(self.functions["mean_gradients"](flat.tolist(), X.tolist(), Y.tolist()))

    def descend(self, state: State, epochs: Epochs, *, X: Array, Y: Array, history: Array) -> int:
        """See `Engine`."""
        P, states, losses = state.flat.tolist(), state.memory.tolist(), history.tolist()
        orders = None if epochs.orders is None else epochs.orders.tolist()
        given = (P, states, state.step, X.tolist(), Y.tolist(), orders, epochs.rates.tolist())
        if min(epochs.batch, len(X)) == 1:
            step = self.functions["descend_by_sample"](*given, losses)
        else:
            step = self.functions["descend_by_batch"](*given, epochs.batch, losses)
        state.flat[:], history[:] = P, losses
        if states:
            state.memory[:] = states
        return int(step)


@dataclass(frozen=True, slots=True)
class JitEngine:
    """Functions that numba compiled, on arrays of float64."""

    functions: Functions
    width: int
    dtype: Any = np.float64

    def loss(self, flat: Array, X: Array, Y: Array) -> float:
        """See `Engine`."""
        return float(self.functions["mean_loss"](flat, X, Y))

    def outputs(self, flat: Array, X: Array) -> Array:
        """See `Engine`."""
        found = np.empty((len(X), self.width))
        return np.asarray(self.functions["outputs"](flat, X, found))

    def gradients(self, flat: Array, X: Array, Y: Array) -> Array:
        """See `Engine`."""
        found = np.empty_like(flat)
        self.functions["mean_gradients"](flat, X, Y, found)
        return found

    def descend(self, state: State, epochs: Epochs, *, X: Array, Y: Array, history: Array) -> int:
        """See `Engine`."""
        orders = np.empty((0, 0), np.int64) if epochs.orders is None else epochs.orders
        given = (state.flat, state.memory, state.step, X, Y, orders, epochs.rates)
        batch = min(epochs.batch, len(X))
        if "descend_by_block" in self.functions:
            name = "descend_by_block" if batch >= FROM_BATCH else "descend_by_sample"
            return int(self.functions[name](*given, epochs.batch, history))
        if batch == 1:
            return int(self.functions["descend_by_sample"](*given, history))
        return int(self.functions["descend_by_batch"](*given, epochs.batch, history))


@dataclass(frozen=True, slots=True)
class ArrayEngine:
    """NumPy on whole layers. What overflows becomes infinite and is found by who called."""

    functions: Functions
    dtype: Any

    def loss(self, flat: Array, X: Array, Y: Array) -> float:
        """See `Engine`."""
        with np.errstate(all="ignore"):
            return float(self.functions["mean_loss"](flat, X, Y))

    def outputs(self, flat: Array, X: Array) -> Array:
        """See `Engine`."""
        with np.errstate(all="ignore"):
            return np.asarray(self.functions["outputs"](flat, X))

    def gradients(self, flat: Array, X: Array, Y: Array) -> Array:
        """See `Engine`."""
        with np.errstate(all="ignore"):
            return np.asarray(self.functions["mean_gradients"](flat, X, Y))

    def descend(self, state: State, epochs: Epochs, *, X: Array, Y: Array, history: Array) -> int:
        """See `Engine`."""
        given = (state.flat, state.memory, state.step, X, Y, epochs.orders, epochs.rates.tolist())
        with np.errstate(all="ignore"):
            return int(self.functions["descend"](*given, epochs.batch, history))

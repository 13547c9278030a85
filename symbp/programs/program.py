"""The Program: functions generated from a graph, behind arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, overload

import numpy as np

from ..errors import ImpossibleError, InputError, UnsupportedError
from ..graphs import Graph
from ..networks import Network, network_of
from .arrays import Array, matrix
from .engines import Engine, Epochs, State
from .forms import Options, chosen, generated
from .latex import source_to_latex
from .parameters import Layout, P, Parameters
from .rules import SGD, Rule
from .stacks import by_block


@dataclass(frozen=True, slots=True)
class Program(Generic[P]):
    """Loss, outputs, gradients and training of one graph. Rows of X and Y are samples.

    Parameters ``P`` are `Parameters` for a network, and a mapping from symbols to numbers for a graph made by hand;
    X and Y may be left out where the graph has no inputs and no targets.

    Attributes:
        form: by which form the code was generated.
        source: the generated code, a Python module.
        columns: how many columns X and Y have.
        layout: the order of the parameters.
        engine: the functions of the source.
        rule: the update of a parameter.
    """

    form: str
    source: str
    columns: tuple[int, int]
    layout: Layout[P]
    engine: Engine
    rule: Rule = SGD

    def loss(self, P: P, X: Any = None, Y: Any = None) -> float:
        """Return the mean of the loss over the batch; X: (n_samples, n_features), Y: (n_samples, n_outputs).

        Raises:
            InputError: an array has another shape, or holds what is not a finite number.
            ImpossibleError: the formulas leave the numbers at this point (a pole, a logarithm of 0).
        """
        return float(self._call("loss", self._flat(P), *self.samples(X, Y)))

    def outputs(self, P: P, X: Any = None) -> Array:
        """Return the outputs, an array of shape (n_samples, n_outputs). Raises as `loss` does."""
        return np.asarray(self._call("outputs", self._flat(P), self._rows(X, self.columns[0], "X")), np.float64)

    def gradients(self, P: P, X: Any = None, Y: Any = None) -> P:
        """Return the mean over the batch of the gradient, in the shape of ``P``. Raises as `loss` does."""
        return self.layout.restore(self._call("gradients", self._flat(P), *self.samples(X, Y)), like=P)

    def to_latex(self) -> str:
        r"""Return the formulas of one sample as LaTeX, made from the generated code by latexify.

        `symbp.check` reads them: every derivative is judged against the definitions above it.

        Example:
            >>> from symbp.networks import mlp
            >>> program = compile_network(mlp(1, 1, activation="identity", bias="none"), form="scalar")
            >>> print(program.to_latex().splitlines()[1])
            \mathrm{net}_{1,1} &= \mathrm{input}_{1} \cdot \mathrm{weight}_{1,1,1} \\

        Raises:
            UnsupportedError: the program is not of the form ``scalar``, or a line of it has no formula.
            InputError: latexify is not installed.
        """
        if self.form != "scalar":
            raise UnsupportedError(f"a program of the form {self.form!r} has loops: use form 'scalar' for its formulas")
        return source_to_latex(self.source)

    def start(self, P: P) -> State:
        """Return the state before the first update."""
        return self.start_flat(self._flat(P))

    def start_flat(self, flat: Array) -> State:
        """Return the state before the first update, from parameters in the order of the layout; they are copied."""
        flat = np.array(flat, self.engine.dtype)
        return State(flat, np.zeros((len(self.rule.states), len(flat)), flat.dtype))

    def run(self, state: State, epochs: Epochs, *, X: Array, Y: Array, history: bool = True) -> tuple[State, Array]:
        """Train some epochs on samples that were checked; the state given is rewritten.

        Returns:
            The state, and the loss over all samples after each epoch; none of them without ``history``.
        """
        losses = np.zeros(len(epochs.rates) if history else 0)
        step = self._call("descend", state, epochs, X=X, Y=Y, history=losses)
        return State(state.flat, state.memory, step), losses

    def descend(
        self, P: P, X: Any = None, Y: Any = None, *, lr: float, epochs: int, batch: int
    ) -> tuple[P, list[float]]:
        """Run the update rule on the samples in their order, one update a batch.

        Returns:
            The parameters, and the loss over all samples after each epoch. Raises as `loss` does.
        """
        plan = Epochs(np.full((epochs, 2), float(lr)), batch)
        inputs, targets = self.samples(X, Y)
        state, losses = self.run(self.start(P), plan, X=inputs, Y=targets)
        return self.layout.restore(state.flat, like=P), losses.tolist()

    def samples(self, X: Any, Y: Any) -> tuple[Array, Array]:
        """Return the samples as the engine takes them. Raises as `loss` does."""
        inputs, targets = (self._rows(X, self.columns[0], "X"), self._rows(Y, self.columns[1], "Y"))
        if 0 in self.columns:
            count = max(len(inputs), len(targets))
            inputs = inputs if self.columns[0] else np.zeros((count, 0))
            targets = targets if self.columns[1] else np.zeros((count, 0))
        if len(inputs) != len(targets):
            raise InputError(f"X has {len(inputs)} samples, Y has {len(targets)}")
        return inputs, targets

    def _flat(self, P: P) -> Array:
        return self.layout.flatten(P).astype(self.engine.dtype, copy=False)

    def _rows(self, value: Any, columns: int, name: str) -> Array:
        if value is None and columns == 0:
            return np.zeros((1, 0))
        if value is None:
            raise InputError(f"{name} is missing: give an array of shape (n_samples, {columns})")
        rows = matrix(value, columns, name=name)
        if rows.dtype == self.engine.dtype and rows.flags.c_contiguous:
            return rows
        return by_block(rows, lambda part: np.ascontiguousarray(part, dtype=self.engine.dtype))

    def _call(self, name: str, *args: Any, **named: Any) -> Any:
        try:
            return getattr(self.engine, name)(*args, **named)
        except (OverflowError, ZeroDivisionError, ValueError) as error:
            if self.form != "scalar":  # there, what leaves the numbers is infinite or nan
                raise
            raise ImpossibleError(f"the formulas have no finite value at these numbers ({error})") from None


@overload
def compile_network(
    net: Network | str,
    *,
    form: str | None = None,
    dtype: str = "float64",
    rule: Rule = SGD,
    fixed_biases: bool = False,
    separate_rates: bool = False,
) -> Program[Parameters]: ...
@overload
def compile_network(
    net: Graph,
    *,
    form: str | None = None,
    dtype: str = "float64",
    rule: Rule = SGD,
    fixed_biases: bool = False,
    separate_rates: bool = False,
) -> Program[Mapping[Any, float]]: ...
def compile_network(
    net: Network | Graph | str,
    *,
    form: str | None = None,
    dtype: str = "float64",
    rule: Rule = SGD,
    fixed_biases: bool = False,
    separate_rates: bool = False,
) -> Program[Any]:
    """Generate a program from a network, or from a graph made by hand whose last definition is the loss.

    Example:
        >>> from symbp.networks import load
        >>> from symbp.programs import worked_parameters
        >>> mazur = load("mazur")
        >>> program = compile_network(mazur)
        >>> round(program.loss(worked_parameters(mazur), [[0.05, 0.10]], [[0.01, 0.99]]), 9)
        0.298371109

    Args:
        net: in a graph, leaves of the roles ``input`` and ``target`` are columns of X and Y; all others are parameters.
        form: ``scalar``: straight-line Python, one loop over the samples; ``jit``: the same, compiled by numba;
            ``array``: NumPy on whole layers; ``jax``: the same on accelerators; None: by the number of parameters.
        dtype: ``float64``, or, in the form ``array``, ``float32``.
        rule: the update of a parameter in training.
        fixed_biases: leave the biases as they are.
        separate_rates: biases have a learning rate of their own.

    Raises:
        InputError: no such form or dtype.
        UnsupportedError: a formula cannot be turned into code yet.
    """
    net = net if isinstance(net, Graph) else network_of(net)
    options = Options(chosen(net, form, dtype), dtype, rule, fixed_biases, separate_rates)
    found = generated(net, options)
    return Program(options.form, found.source, found.columns, found.layout, found.engine, rule)

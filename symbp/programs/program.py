"""The Program: functions generated from a graph, behind arrays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, overload

import numpy as np

from ..errors import ImpossibleError, InputError, nearest
from ..graphs import Graph, unit_graph
from ..networks import Network, network_of
from .arrays import Array, matrix
from .execute import execute
from .names import safe_names
from .parameters import GraphLayout, Layout, NetworkLayout, P, Parameters
from .plan import Plan, plan
from .scalar import scalar_source
from .stable import stable

FORMS: Mapping[str, Callable[[Plan, str], str]] = MappingProxyType({"scalar": scalar_source})


@dataclass(frozen=True, slots=True)
class Program(Generic[P]):
    """Loss, outputs, gradients and gradient descent of one graph. Rows of X and Y are samples.

    Parameters ``P`` are `Parameters` for a network, and a mapping from symbols to numbers for a graph made by hand;
    X and Y may be left out where the graph has no inputs and no targets.

    Attributes:
        form: by which form the code was generated.
        source: the generated code, a Python module.
        plan: what it computes.
        layout: the order of the parameters.
        functions: the functions of the source by name, on lists of floats.
    """

    form: str
    source: str
    plan: Plan
    layout: Layout[P]
    functions: Mapping[str, Callable[..., Any]]

    def loss(self, P: P, X: Any = None, Y: Any = None) -> float:
        """Return the mean of the loss over the batch; X: (n_samples, n_features), Y: (n_samples, n_outputs).

        Raises:
            InputError: an array has another shape, or holds what is not a finite number.
            ImpossibleError: the formulas leave the numbers at this point (a pole, a logarithm of 0).
        """
        return float(self._call("mean_loss", self.layout.flatten(P), self._samples(X, Y)))

    def outputs(self, P: P, X: Any = None) -> Array:
        """Return the outputs, an array of shape (n_samples, n_outputs). Raises as `loss` does."""
        rows = self._rows(X, len(self.plan.inputs), "X")
        return np.array(self._call("outputs", self.layout.flatten(P), rows), dtype=np.float64)

    def gradients(self, P: P, X: Any = None, Y: Any = None) -> P:
        """Return the mean over the batch of the gradient, in the shape of ``P``. Raises as `loss` does."""
        flat = self._call("mean_gradients", self.layout.flatten(P), self._samples(X, Y))
        return self.layout.restore(flat, like=P)

    def descend(
        self, P: P, X: Any = None, Y: Any = None, *, lr: float, epochs: int, batch: int, fixed_biases: bool = False
    ) -> tuple[P, list[float]]:
        """Run gradient descent on the samples in their order, one update a batch.

        Returns:
            The parameters, and the loss over all samples after each epoch. Raises as `loss` does.
        """
        flat, samples = self.layout.flatten(P), self._samples(X, Y)
        if min(batch, len(samples)) == 1:
            flat, history = self._call("descend_by_sample", flat, samples, lr, epochs, not fixed_biases)
        else:
            rates = [0.0 if fixed_biases and bias else lr for bias in self.plan.fixable]
            flat, history = self._call("descend_by_batch", flat, samples, rates, epochs, batch)
        return self.layout.restore(flat, like=P), history

    def _samples(self, X: Any, Y: Any) -> list[tuple[list[float], list[float]]]:
        inputs, targets = (self._rows(X, len(self.plan.inputs), "X"), self._rows(Y, len(self.plan.targets), "Y"))
        count = len(inputs) if self.plan.inputs else len(targets)
        inputs, targets = inputs if self.plan.inputs else [[]] * count, targets if self.plan.targets else [[]] * count
        if len(inputs) != len(targets):
            raise InputError(f"X has {len(inputs)} samples, Y has {len(targets)}")
        return list(zip(inputs, targets, strict=True))

    def _rows(self, value: Any, columns: int, name: str) -> list[list[float]]:
        if value is None and columns == 0:
            return [[]]
        if value is None:
            raise InputError(f"{name} is missing: give an array of shape (n_samples, {columns})")
        rows: list[list[float]] = matrix(value, columns, name=name).tolist()
        return rows

    def _call(self, name: str, *args: Any) -> Any:
        try:
            return self.functions[name](*args)
        except (OverflowError, ZeroDivisionError, ValueError) as error:
            raise ImpossibleError(f"the formulas have no finite value at these numbers ({error})") from None


@overload
def compile_network(net: Network | str, *, form: str = "scalar") -> Program[Parameters]: ...
@overload
def compile_network(net: Graph, *, form: str = "scalar") -> Program[Mapping[Any, float]]: ...
def compile_network(net: Network | Graph | str, *, form: str = "scalar") -> Program[Any]:
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
        form: ``scalar``: straight-line Python, one loop over the samples.

    Raises:
        InputError: no such form.
        UnsupportedError: a formula cannot be turned into code yet.
    """
    if form not in FORMS:
        raise InputError(f"form {form!r} is unknown{nearest(form, list(FORMS))} (known: {', '.join(FORMS)})")
    net = net if isinstance(net, Graph) else network_of(net)
    graph, renamed = safe_names(unit_graph(net) if isinstance(net, Network) else net)
    work = plan(stable(graph))
    title = f"{net.description}; " if isinstance(net, Network) else ""
    source = FORMS[form](work, f"{title}{form} form, generated by symbp")
    old = {new: symbol for symbol, new in renamed.items()}
    layout = NetworkLayout(net) if isinstance(net, Network) else GraphLayout(tuple(old[s] for s in work.parameters))
    return Program(form, source, work, layout, MappingProxyType(execute(source)))

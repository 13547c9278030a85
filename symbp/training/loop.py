"""The loop of training: epochs in short runs of generated code, so that progress shows and a bad step is found."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain
from time import perf_counter
from typing import Any

from ..errors import ImpossibleError, InputError
from ..networks import Network, network_of
from ..programs import Array, Parameters, compile_network, matrix
from .fit import DivergenceError, Fit
from .initial import initial_parameters
from .progress import progress_bar

_RUN_SECONDS = 0.05  # about how long generated code runs before progress is shown


@dataclass(frozen=True, slots=True)
class _Task:
    X: Array
    Y: Array
    lr: float
    batch: int


def train(
    net: Network | str,
    X: Any = None,
    Y: Any = None,
    *,
    epochs: int = 1000,
    batch: int | None = None,
    lr: float | None = None,
    seed: int = 0,
    progress: bool = True,
    fixed_biases: bool = False,
) -> Fit:
    """Train a network by gradient descent, from its worked values or from random weights.

    Example:
        >>> from symbp.networks import load
        >>> fit = train(load("mazur"), epochs=1, fixed_biases=True)
        >>> [round(loss, 9) for loss in fit.history]
        [0.298371109, 0.291027774]

    Args:
        net: the network.
        X: inputs of shape (n_samples, n_features); without X and Y, the worked instance of the network.
        Y: targets of shape (n_samples, n_outputs).
        epochs: how often all samples are gone through.
        batch: samples an update, in their order; 1: one update a sample; None: all of them.
        lr: the learning rate; None: the network's own, else 0.1.
        seed: of the random weights; a network with worked values starts from these.
        progress: show a bar where standard error is a terminal.
        fixed_biases: leave the biases as they are.

    Raises:
        InputError: a shape or an option is wrong.
        DivergenceError: the loss is no longer finite; its ``fit`` has the last good parameters.
    """
    net = network_of(net)
    inputs, targets = _data(net, X, Y)
    own = float(net.values.learning_rate) if net.values else 0.1
    _check(epochs=epochs, batch=batch, lr=lr, seed=seed)
    size = min(batch or len(inputs), len(inputs))
    task = _Task(inputs, targets, own if lr is None else float(lr), size)
    program, start = compile_network(net, fixed_biases=fixed_biases), initial_parameters(net, seed=seed)
    fit = Fit(net, start, (program.loss(start, inputs, targets),), len(inputs), math.ceil(len(inputs) / size), program)
    with progress_bar(epochs, show=progress) as advance:
        return _descend(fit, task, epochs=epochs, advance=advance)


def _descend(fit: Fit, task: _Task, *, epochs: int, advance: Callable[[int, float], None]) -> Fit:
    run = most = 1
    losses: list[list[float]] = [list(fit.history)]
    done, parameters = 0, fit.parameters
    while done < epochs:
        started = perf_counter()
        count = min(run, epochs - done)
        after, history = _run(fit, parameters, task, count)
        if after is None and count == 1:
            kept = replace(fit, parameters=parameters, history=tuple(chain.from_iterable(losses)))
            raise DivergenceError(_diverged(done, task.lr), kept)
        if after is None:  # go back and take shorter runs up to the epoch that fails
            run = most = count // 2
            continue
        parameters, done = after, done + count
        losses.append(history)
        advance(done, history[-1])
        fast = perf_counter() - started < _RUN_SECONDS
        run = 2 * run if fast and most == 1 else run
    return replace(fit, parameters=parameters, history=tuple(chain.from_iterable(losses)))


def _run(fit: Fit, parameters: Parameters, task: _Task, count: int) -> tuple[Parameters | None, list[float]]:
    """Return parameters and losses after some epochs; None instead of the parameters where something is not finite."""
    try:
        after, history = fit.program.descend(parameters, task.X, task.Y, lr=task.lr, epochs=count, batch=task.batch)
    except (ImpossibleError, InputError):
        return None, []
    return (after if all(map(math.isfinite, history)) else None), history


def _diverged(done: int, lr: float) -> str:
    return (
        f"the loss or a parameter is not finite in epoch {done + 1}: use a smaller learning rate than {lr:g} "
        f"(the parameters after epoch {done} are kept)"
    )


def _data(net: Network, X: Any, Y: Any) -> tuple[Array, Array]:
    if (X is None) != (Y is None):
        raise InputError(f"{'X' if X is None else 'Y'} is missing: give both X and Y, or none of them")
    if X is None and net.values is None:
        raise InputError(f"{net.description} has no worked values: give data to train on")
    if X is None and net.values is not None:
        X, Y = [list(map(float, net.values.input))], [list(map(float, net.values.target))]
    inputs, targets = matrix(X, net.layers[0], name="X"), matrix(Y, net.layers[-1], name="Y")
    if len(inputs) != len(targets):
        raise InputError(f"X has {len(inputs)} samples, Y has {len(targets)}")
    return inputs, targets


def _check(*, epochs: Any, batch: Any, lr: Any, seed: Any) -> None:
    for name, value, least in (("epochs", epochs, 0), ("batch", 1 if batch is None else batch, 1), ("seed", seed, 0)):
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise InputError(f"{name} = {value!r}: give a whole number of at least {least}")
    if lr is not None and not (isinstance(lr, int | float) and 0 < lr < math.inf):
        raise InputError(f"lr = {lr!r}: give a finite number above 0")

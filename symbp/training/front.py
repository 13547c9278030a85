"""Training from the front: what a user gives becomes a task, what the loop found becomes a `Fit`."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import ImpossibleError, InputError
from ..networks import Network, network_of
from ..programs import Array, Parameters, Rule, blocks, compile_network, gathered, gradient_error, matrix
from ..programs.forms import chosen
from .checkpoint import Checkpoint, Keeper, read_checkpoint
from .codec import Codec, classes_of
from .fit import DivergenceError, Fit, InterruptedTraining
from .initial import initial_parameters
from .interrupts import Interrupts, interruptible
from .loop import Diverged, Progress, Task, run
from .metrics import metrics
from .progress import progress_bar
from .scaling import scaler
from .settings import Settings


def train(
    net: Network | str,
    X: Any = None,
    Y: Any = None,
    *,
    epochs: int = 1000,
    batch: int | None = None,
    lr: float | None = None,
    lr_biases: float | None = None,
    optimizer: str | Rule = "sgd",
    schedule: str = "constant",
    shuffle: bool = False,
    seed: int = 0,
    l1: float = 0.0,
    l2: float = 0.0,
    init: str | None = None,
    scale: str | None = None,
    scale_targets: str | None = None,
    validation: float = 0.0,
    patience: int | None = None,
    stop_below: float | None = None,
    time_limit: float | None = None,
    fixed_biases: bool = False,
    form: str | None = None,
    dtype: str = "float64",
    progress: bool = True,
    codec: Codec | None = None,
    check_gradients: bool = False,
    checkpoint: str | Path | None = None,
    resume: bool = False,
) -> Fit:
    """Train a network, from its worked values or from random weights.

    Example:
        >>> from symbp.networks import load
        >>> fit = train(load("mazur"), epochs=1, fixed_biases=True)
        >>> [round(loss, 9) for loss in fit.history]
        [0.298371109, 0.291027774]

    Args:
        net: the network.
        X: inputs of shape (n_samples, n_features); without X and Y, the worked instance of the network.
        Y: targets of shape (n_samples, n_outputs), or one class label a sample.
        epochs: how often all samples are gone through.
        batch: samples an update; 1: one update a sample; None: all of them.
        lr: the learning rate; None: the network's own, else 0.1, or 0.001 for optimizers that scale the slopes.
        lr_biases: that of the biases; None: the same.
        optimizer: sgd, momentum, nesterov, adagrad, rmsprop, adam or adamw, perhaps as ``adam:beta_1=0.8``; or a rule.
        schedule: constant, step, exponential, inverse or cosine, perhaps as ``step:every=50,factor=0.1``.
        shuffle: take the samples in a new order each epoch.
        seed: of the random weights, the orders and the held samples.
        l1, l2: penalties on the weights: ``l1 |w| + l2 w^2 / 2`` is added to the loss that is descended.
        init: zeros, uniform, xavier or he; None: the network's own values, else xavier.
        scale: standard or minmax: scale the inputs; scale_targets: the same for the targets.
        validation: the part of the samples that is held back; the parameters with the least loss on them are kept.
        patience: stop when the loss on held samples has not been less for so many epochs.
        stop_below: stop when the loss is below this.
        time_limit: stop after so many seconds.
        fixed_biases: leave the biases as they are.
        form: of the generated code: scalar, jit, array or jax; None: by size.
        dtype: float64 or float32.
        progress: show a bar where standard error is a terminal.
        codec: how X and Y came from the columns of a file.
        check_gradients: before training, compare the gradients with differences of the loss.
        checkpoint: a file that is rewritten every some seconds and when training ends, for whatever reason.
        resume: go on from the checkpoint.

    Raises:
        InputError: a shape or an option is wrong, or the checkpoint is of another training.
        DivergenceError: the loss is no longer finite; its ``fit`` has the last good parameters.
        InterruptedTraining: Ctrl-C or SIGTERM, a `KeyboardInterrupt`; its ``fit`` has those of the last epoch.
    """
    settings = Settings(
        epochs, batch, lr, lr_biases, optimizer, schedule, shuffle, seed, l1, l2, init, scale, scale_targets,
        validation, patience, stop_below, time_limit, fixed_biases, form, dtype,
    )  # fmt: skip
    kept = read_checkpoint(checkpoint) if resume else None
    with interruptible() as interrupts:
        job = _job(network_of(net), X, Y, settings=settings, codec=codec or Codec(), kept=kept)
        with progress_bar(epochs, show=progress) as advance:
            return _finished(_confirmed(job) if check_gradients else job, checkpoint, advance, interrupts)


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """A task, where it stands, and how that becomes a fit."""

    task: Task
    progress: Progress
    start: Fit

    def fit(self, progress: Progress) -> Fit:
        """Return what was found so far; with held samples, the best of it."""
        flat = progress.state.flat if progress.best is None else progress.best
        parameters = self.task.program.layout.restore(flat, like=self.start.parameters)
        history, held = tuple(progress.history), tuple(progress.held)
        best = progress.best_epoch if progress.best is not None else None
        scores = self._scores(parameters) if held else {}
        return replace(
            self.start,
            parameters=parameters,
            history=history,
            held=held,
            best=best,
            stopped=progress.stopped,
            scores=scores,
        )

    def _scores(self, parameters: Parameters) -> dict[str, float]:
        """Return how good the answers for the held samples are, in the units of the data."""
        assert self.task.held is not None
        codec, (X, Y) = self.start.codec, self.task.held
        outputs = codec.unscaled(self.task.program.outputs(parameters, X))
        return metrics(outputs, codec.unscaled(np.asarray(Y, np.float64)), classes=bool(codec.classes))


def _finished(
    job: _Job, checkpoint: str | Path | None, advance: Callable[[int, float], None], interrupts: Interrupts
) -> Fit:
    interrupts.check()
    keeper = Keeper(checkpoint, job.task, job.fit) if checkpoint else None
    progress = job.progress

    def done(progress: Progress) -> None:
        interrupts.check()
        advance(progress.epochs, progress.history[-1])
        if keeper:
            keeper.due(progress)

    try:
        run(job.task, progress, done=done)
    except Diverged as error:
        raise DivergenceError(str(error), job.fit(progress)) from None
    except KeyboardInterrupt:
        keeper = keeper if progress.epochs else None  # nothing is gained by what stands at the start
        when = f"after epoch {progress.epochs}" if progress.epochs else "before the first epoch"
        progress.stopped = f"interrupted {when}"
        kept = f"; go on from {keeper.path} with resume" if keeper else ""
        raise InterruptedTraining(progress.stopped + kept, job.fit(progress)) from None
    finally:
        if keeper:
            keeper.write(progress)
    return job.fit(progress)


def _job(net: Network, X: Any, Y: Any, *, settings: Settings, codec: Codec, kept: Checkpoint | None) -> _Job:
    inputs, targets, codec = _data(net, X, Y, codec)
    learned, held = _split(len(inputs), settings)
    (X, Y), (held_X, held_Y) = ([_taken(part, places) for part in (inputs, targets)] for places in (learned, held))
    codec = replace(codec, inputs=scaler(settings.scale, X), outputs=scaler(settings.scale_targets, Y))
    rates, form = _rates(net, settings), kept.form if kept else settings.form
    program = compile_network(
        net,
        form=form or _form(net, settings, X),
        dtype=settings.dtype,
        rule=settings.rule,
        fixed_biases=settings.fixed_biases,
        separate_rates=rates[0] != rates[1],
    )
    start = initial_parameters(net, seed=settings.seed, init=settings.init)
    rows = program.samples(codec.scaled(X), codec.scaled_targets(Y))
    others = program.samples(codec.scaled(held_X), codec.scaled_targets(held_Y)) if len(held) else None
    task = Task(program, *rows, others, settings, rates)
    loss = program.engine.loss(program.start(start).flat, *rows)
    progress = Progress(program.start(start), np.random.default_rng([settings.seed, 1]), [loss])
    fit = Fit(net, start, (loss,), len(learned), math.ceil(len(learned) / task.batch), program, codec=codec)
    if kept:
        kept.check(task, fit)
    return _Job(task, kept.progress if kept else progress, fit)


def _confirmed(job: _Job) -> _Job:
    """Return a job; refuse to train on gradients that differences of the loss do not confirm: at a kink, say."""
    task, limit = job.task, 1e-5 if job.task.settings.dtype == "float64" else 1e-1
    error = gradient_error(task.program, job.start.parameters, task.X, task.Y)
    if not error < limit:
        raise ImpossibleError(f"the gradients differ from differences of the loss by {error:.2g} of the largest one")
    return job


def _split(count: int, settings: Settings) -> tuple[Any, Any]:
    """Return the places of the samples that are learned from, and of those that are held back."""
    held = round(count * settings.validation)
    if not settings.validation:
        return np.arange(count), np.arange(0)
    if not 0 < held < count:
        raise InputError(f"validation = {settings.validation:g} of {count} samples holds {held} back: give more")
    order = np.random.default_rng([settings.seed, 2]).permutation(count)
    return np.sort(order[held:]), np.sort(order[:held])


def _form(net: Network, settings: Settings, X: Array) -> str:
    """Return the form of the code: by size; samples that do not fit into memory are taken a batch at a time."""
    form = chosen(net, None, settings.dtype, updates=len(X) * settings.epochs)
    if not isinstance(X, np.memmap):
        return form
    if settings.batch is None:
        raise InputError(f"the {len(X)} samples are mapped from a file: say how many an update takes, as batch 256")
    return "array" if form == "scalar" else form


def _taken(array: Array, places: Any) -> Array:
    """Return some rows, in their order."""
    if len(places) in (0, len(array)):
        return array[: len(places)]
    return gathered(array[part] for part in blocks(places, width=array.shape[1]))


def _rates(net: Network, settings: Settings) -> tuple[float, float]:
    usual = 0.1 if not settings.rule.states or settings.rule.name in ("momentum", "nesterov") else 0.001
    own = float(net.values.learning_rate) if net.values else usual
    rate = own if settings.lr is None else float(settings.lr)
    return rate, rate if settings.lr_biases is None else float(settings.lr_biases)


def _data(net: Network, X: Any, Y: Any, codec: Codec) -> tuple[Array, Array, Codec]:
    if (X is None) != (Y is None):
        raise InputError(f"{'X' if X is None else 'Y'} is missing: give both X and Y, or none of them")
    if X is None and net.values is None:
        raise InputError(f"{net.description} has no worked values: give data to train on")
    if X is None and net.values is not None:
        X, Y = [list(map(float, net.values.input))], [list(map(float, net.values.target))]
    inputs, labels = matrix(X, net.layers[0], name="X"), np.asarray(Y) if isinstance(Y, np.ndarray | list) else Y
    if getattr(labels, "ndim", 2) == 1 and (labels.dtype.kind in "US" or net.layers[-1] > 1):
        names = [str(label) for label in labels.tolist()]
        codec = replace(codec, classes=codec.classes or classes_of(names, net, "Y"))
        targets = codec.encode(names, width=net.layers[-1])
    else:
        targets = matrix(Y, net.layers[-1], name="Y")
    if len(inputs) != len(targets):
        raise InputError(f"X has {len(inputs)} samples, Y has {len(targets)}")
    return inputs, targets, codec

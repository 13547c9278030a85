"""The loop of training: epochs in short runs of generated code, so that progress shows and a bad step is found."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np

from ..errors import ImpossibleError
from ..programs import Array, Epochs, Parameters, Program, State
from .settings import Settings

_RUN_WORK = 200_000  # parameters times samples times epochs of a run: it takes some hundredths of a second
_RUN_ORDERS = 1_000_000  # numbers in the permutations of a run


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What is trained: the code, the samples as the code takes them, and the settings.

    Attributes:
        program: the generated code.
        X, Y: the samples that are learned from.
        held: X and Y of the samples that are not; None without.
        settings: all of them.
        rates: the learning rates of weights and biases, before the schedule.
    """

    program: Program[Parameters]
    X: Array
    Y: Array
    held: tuple[Array, Array] | None
    settings: Settings
    rates: tuple[float, float]

    @property
    def batch(self) -> int:
        """Samples an update."""
        return min(self.settings.batch or len(self.X), len(self.X))

    @property
    def shuffled(self) -> bool:
        """Whether the order of the samples matters and changes."""
        return self.settings.shuffle and self.batch < len(self.X)

    @property
    def run_length(self) -> int:
        """Epochs a run; the same each time, so that a resumed training takes the same runs."""
        if self.held is not None:
            return 1
        work = max(len(self.X), 1)
        most = _RUN_WORK // (work * max(1, self._size)) if self._size else 1
        return max(1, min(most, _RUN_ORDERS // work))

    @property
    def _size(self) -> int:
        return sum(int(np.prod(shape)) for _, shape in getattr(self.program.layout, "shapes", ()))


@dataclass(slots=True, eq=False)
class Progress:
    """Where training stands: everything that a checkpoint holds.

    Attributes:
        state: parameters, memory of the update rule, number of updates.
        random: the generator of the orders.
        history: the loss before training and after each epoch; held: the same over the held samples.
        best: the parameters with the least held loss; best_epoch: when that was.
        stopped: why training ended; empty while it goes on.
    """

    state: State
    random: np.random.Generator
    history: list[float]
    held: list[float] = field(default_factory=list)
    best: Array | None = None
    best_epoch: int = 0
    stopped: str = ""

    @property
    def epochs(self) -> int:
        """How many epochs were run."""
        return len(self.history) - 1


class Diverged(Exception):
    """The loss or a parameter is not finite; the text says where, and what to do."""


def run(task: Task, progress: Progress, *, done: Callable[[Progress], None]) -> None:
    """Train until an end is reached; ``progress`` is rewritten, and passed to ``done`` after each run.

    Raises:
        Diverged: the loss left the finite numbers; ``progress`` is as it was after the last good epoch.
    """
    started = perf_counter()
    limit = task.settings.time_limit or math.inf
    while not progress.stopped and progress.epochs < task.settings.epochs:
        length = task.run_length - progress.epochs % task.run_length
        _advance(task, progress, min(length, task.settings.epochs - progress.epochs))
        if perf_counter() - started > limit and not progress.stopped:
            progress.stopped = f"the time limit of {limit:g} s was reached"
        done(progress)


def _advance(task: Task, progress: Progress, count: int) -> None:
    """Run some epochs; where one of them ends training, go back and stop after it."""
    bound = task.settings.stop_below
    while True:
        before, epochs = _copied(progress), progress.epochs
        try:
            losses = _epochs(task, progress, count)
            good = _good(losses, progress.state.flat)
            under = next((k for k, loss in enumerate(losses, 1) if bound is not None and loss < bound), None)
            if good == count and under in (None, count):
                return _record(task, progress, losses, under=under is not None)
        except BaseException:  # Ctrl-C: the arrays may be half rewritten
            _restore(progress, before, epochs)
            raise
        _restore(progress, before, epochs)
        if good == 0:
            raise Diverged(_where(task, progress))
        count = min(good, under or good) if good < count or under else count


def _record(task: Task, progress: Progress, losses: list[float], *, under: bool) -> None:
    progress.history += losses
    if under:
        progress.stopped = f"the loss is below {task.settings.stop_below:g}"
    if task.held is not None:
        _validate(task, progress)


def _epochs(task: Task, progress: Progress, count: int) -> list[float]:
    first = progress.epochs
    orders = None
    if task.shuffled:
        orders = np.stack([progress.random.permutation(len(task.X)) for _ in range(count)])
    factors = task.settings.rates.factors(first, first + count, total=task.settings.epochs)
    epochs = Epochs(np.outer(factors, task.rates), task.batch, orders)
    try:
        progress.state, losses = task.program.run(progress.state, epochs, X=task.X, Y=task.Y)
    except ImpossibleError:
        return [math.nan] * count
    found: list[float] = losses.tolist()
    return found


def _good(losses: list[float], flat: Array) -> int:
    """Return how many epochs went well; where all losses did and a parameter did not, half of them are tried."""
    bad = next((k for k, loss in enumerate(losses) if not math.isfinite(loss)), None)
    if bad is None:
        return len(losses) if _bounded(flat) else len(losses) // 2
    return bad if bad else len(losses) // 2


def _bounded(flat: Array) -> bool:
    """Tell whether all parameters are finite, and their squares too."""
    return bool(np.abs(flat).max(initial=0.0) < np.sqrt(np.finfo(flat.dtype).max))


def _copied(progress: Progress) -> Progress:
    state = progress.state
    kept = State(state.flat.copy(), state.memory.copy(), state.step)
    random = np.random.default_rng()
    random.bit_generator.state = progress.random.bit_generator.state
    return replace(progress, state=kept, random=random)


def _restore(progress: Progress, before: Progress, epochs: int) -> None:
    """Go back to what was copied when so many epochs were run."""
    progress.state, progress.random = before.state, before.random
    progress.best, progress.best_epoch, progress.stopped = before.best, before.best_epoch, before.stopped
    del progress.history[epochs + 1 :], progress.held[epochs:]


def _validate(task: Task, progress: Progress) -> None:
    assert task.held is not None
    loss = task.program.engine.loss(progress.state.flat, *task.held)
    progress.held.append(loss)
    if loss < min(progress.held[:-1], default=math.inf):
        progress.best, progress.best_epoch = progress.state.flat.copy(), progress.epochs
    waited, patience = progress.epochs - progress.best_epoch, task.settings.patience
    if patience is not None and waited >= patience and not progress.stopped:
        progress.stopped = f"the loss on held samples was least after epoch {progress.best_epoch}"


def _where(task: Task, progress: Progress) -> str:
    """Return which update of which epoch fails, in which layer, and what to do."""
    epoch = progress.epochs
    orders = _copied(progress).random.permutation(len(task.X)) if task.shuffled else np.arange(len(task.X))
    factors = task.settings.rates.factors(epoch, epoch + 1, total=task.settings.epochs)
    update, layer = 0, ""
    trial = _copied(progress).state
    for update, first in enumerate(range(0, len(orders), task.batch), 1):  # noqa: B007 - read after the loop
        part = orders[first : first + task.batch]
        epochs = Epochs(np.outer(factors, task.rates), task.batch)
        try:
            trial, _ = task.program.run(trial, epochs, X=task.X[part], Y=task.Y[part], history=False)
        except ImpossibleError:
            break
        if not _bounded(trial.flat):
            layer = _layer(task, trial.flat)
            break
    largest = float(max(task.X.max(initial=0.0), -task.X.min(initial=0.0)))
    scale = f", or scale the inputs (the largest number is {largest:.3g})" if largest > 100 else ""
    return (
        f"the loss or a parameter is not finite in epoch {epoch + 1} (update {progress.state.step + update}{layer}): "
        f"use a smaller learning rate than {task.rates[0]:g}{scale} (the parameters after epoch {epoch} are kept)"
    )


def _layer(task: Task, flat: Array) -> str:
    """Return the last layer whose parameters are not finite: errors come from the output back."""
    start, found = 0, ""
    for name, shape in getattr(task.program.layout, "shapes", ()):
        size = int(np.prod(shape))
        if not _bounded(flat[start : start + size]) and name.startswith("weights"):
            found = f", in the weights of layer {int(name[8:-1]) + 1}"
        start += size
    return found

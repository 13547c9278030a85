"""What training found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import ImpossibleError, InputError
from ..networks import Network
from ..programs import Array, Parameters, Program, matrix
from .codec import Codec
from .metrics import metrics


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A trained network.

    Attributes:
        network: what was trained.
        parameters: after the last epoch.
        history: the loss over all samples before training, then after each epoch.
        samples: how many samples there were.
        updates: how many updates an epoch had.
        program: the generated code.
        codec: how data becomes X and Y, and outputs become answers.
        held: the loss over the held samples after each epoch.
        best: the epoch of the parameters; None: the last one.
        stopped: why training ended before its last epoch.
        scores: how good the answers for the held samples are: the accuracy for classes, else the errors.
    """

    network: Network
    parameters: Parameters
    history: tuple[float, ...]
    samples: int
    updates: int
    program: Program[Parameters] = field(repr=False)
    codec: Codec = field(default_factory=Codec, repr=False)
    held: tuple[float, ...] = ()
    best: int | None = None
    stopped: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def epochs(self) -> int:
        """How many epochs were run."""
        return len(self.history) - 1

    def predict(self, X: Any) -> Array:
        """Return the outputs for inputs of shape (n_samples, n_features), an array (n_samples, n_outputs)."""
        rows = matrix(X, self.network.layers[0], name="X")
        return self.codec.unscaled(self.program.outputs(self.parameters, self.codec.scaled(rows)))

    def classify(self, X: Any) -> list[str]:
        """Return the class label of each sample.

        Raises:
            InputError: the network was not trained on classes.
        """
        if not self.codec.classes:
            raise InputError("this network was trained on numbers, not on classes: use predict")
        return self.codec.decode(self.predict(X))

    def metrics(self, X: Any, Y: Any) -> dict[str, float]:
        """Return how good the answers are: the accuracy for classes, else the errors; Y as in training, encoded."""
        return metrics(self.predict(X), matrix(Y, self.network.layers[-1], name="Y"), classes=bool(self.codec.classes))

    def report(self) -> str:
        """Return the loss before training, after the first epoch and after the last, to 12 significant digits.

        Where samples were held, their least loss, and how good the answers for them are.
        """
        name = "total error" if self.samples == 1 else f"mean loss over {self.samples} samples"
        shown = sorted({0, min(1, self.epochs), self.epochs})
        texts = [f"{name} {self._when(epoch)}" for epoch in shown]
        width = max(map(len, texts))
        rows = [f"{text:<{width}}  {digits(self.history[k])}" for k, text in zip(shown, texts, strict=True)]
        if self.best is not None:
            rows.append(f"least loss on held samples, after epoch {self.best}: {digits(self.held[self.best - 1])}")
        if self.scores:
            shown_scores = ", ".join(f"{name} {number:.6g}" for name, number in self.scores.items())
            rows.append(f"on held samples: {shown_scores}")
        return "\n".join([*rows, *([f"stopped: {self.stopped}"] if self.stopped else [])])

    def _when(self, epoch: int) -> str:
        word = "update" if self.updates == 1 else "epoch"
        return "before training" if epoch == 0 else f"after {epoch} {word}{'s' * (epoch > 1)}"


class DivergenceError(ImpossibleError):
    """The loss left the finite numbers. ``fit`` has the last good parameters."""

    def __init__(self, message: str, fit: Fit) -> None:
        super().__init__(message)
        self.fit = fit


class InterruptedTraining(KeyboardInterrupt):
    """Ctrl-C or SIGTERM while training; ``fit`` has what was found so far."""

    def __init__(self, message: str, fit: Fit) -> None:
        super().__init__(message)
        self.fit = fit


def digits(number: float) -> str:
    """Return a number with 12 significant digits, without an exponent where that is readable.

    >>> digits(3.5108548122e-05)
    '0.0000351085481220'
    """
    if number and not 1e-12 < abs(number) < 1e12:
        return f"{number:.11e}"
    return np.format_float_positional(number, precision=12, unique=False, fractional=False, trim="k")

"""What training found."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import ImpossibleError
from ..networks import Network
from ..programs import Array, Parameters, Program


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
    """

    network: Network
    parameters: Parameters
    history: tuple[float, ...]
    samples: int
    updates: int
    program: Program[Parameters] = field(repr=False)

    @property
    def epochs(self) -> int:
        """How many epochs were run."""
        return len(self.history) - 1

    def predict(self, X: Any) -> Array:
        """Return the outputs for inputs of shape (n_samples, n_features), an array (n_samples, n_outputs)."""
        return self.program.outputs(self.parameters, X)

    def report(self) -> str:
        """Return the loss before training, after the first epoch and after the last, to 12 significant digits."""
        name = "total error" if self.samples == 1 else f"mean loss over {self.samples} samples"
        shown = sorted({0, min(1, self.epochs), self.epochs})
        texts = [f"{name} {self._when(epoch)}" for epoch in shown]
        width = max(map(len, texts))
        return "\n".join(f"{text:<{width}}  {digits(self.history[k])}" for k, text in zip(shown, texts, strict=True))

    def _when(self, epoch: int) -> str:
        word = "update" if self.updates == 1 else "epoch"
        return "before training" if epoch == 0 else f"after {epoch} {word}{'s' * (epoch > 1)}"


class DivergenceError(ImpossibleError):
    """The loss left the finite numbers. ``fit`` has the last good parameters."""

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

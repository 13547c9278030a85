"""What stands between the columns of a user and the numbers of a network: which columns, classes, scaling."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import InputError
from ..networks import Network
from ..programs import Array, blocks, by_block, gathered
from .scaling import Scaler
from .tables import is_number


@dataclass(frozen=True, slots=True, eq=False)
class Codec:
    """How data becomes X and Y, and outputs become answers.

    Attributes:
        features: the names of the columns of X; empty where columns have no names.
        targets: the names of the columns of Y.
        classes: the labels, in the order of the outputs; with one output, the labels of 0 and of 1.
        inputs: the scaling of X.
        outputs: the scaling of Y.
    """

    features: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    inputs: Scaler | None = None
    outputs: Scaler | None = None

    def scaled(self, X: Array) -> Array:
        """Return the inputs as the network takes them."""
        return by_block(X, self.inputs.apply) if self.inputs else X

    def scaled_targets(self, Y: Array) -> Array:
        """Return the targets as the network gives them."""
        return by_block(Y, self.outputs.apply) if self.outputs else Y

    def unscaled(self, outputs: Array) -> Array:
        """Return what the network gives as targets were."""
        return self.outputs.undo(outputs) if self.outputs else outputs

    def encode(self, labels: Sequence[str], *, width: int, where: str = "Y") -> Array:
        """Return labels as rows of 0 and 1; a number may be written in another way, as 1.0 for 1.

        >>> Codec(classes=("a", "b")).encode(["b", "a"], width=2).tolist()
        [[0.0, 1.0], [1.0, 0.0]]

        Raises:
            InputError: a label is no class.
        """
        known: dict[Any, int] = {label: k for k, label in enumerate(self.classes)}
        numbers = {float(label): k for label, k in known.items() if is_number(label)}
        for label in [label for label in dict.fromkeys(labels) if label not in known]:
            if not is_number(label) or float(label) not in numbers:
                shown = ", ".join(self.classes[:9]) + (", ..." if len(self.classes) > 9 else "")
                raise InputError(
                    f"{where}: {label[:40]!r} is no class that the network was trained on (these are {shown})"
                )
            known[label] = numbers[float(label)]
        places = np.array([known[label] for label in labels], np.intp)
        each = np.array([[0.0], [1.0]]) if width == 1 else np.eye(width)
        return gathered(each[part] for part in blocks(places, width=width))

    def decode(self, outputs: Array) -> list[str]:
        """Return the label of each row of outputs."""
        places = (outputs[:, 0] > 0.5).astype(int) if outputs.shape[1] == 1 else outputs.argmax(axis=1)
        return [self.classes[place] for place in places]


def classes_of(labels: Sequence[str], network: Network, where: str) -> tuple[str, ...]:
    """Return the distinct labels in order, checked against the outputs of a network.

    Raises:
        InputError: there is one class only, or not as many as the network has outputs.
    """
    found = sorted(set(labels), key=_by_number)
    outputs = network.layers[-1]
    if len(found) < 2:
        raise InputError(f"{where} has one class only ({found[0]!r}): there is nothing to tell apart")
    if len(found) != max(outputs, 2):
        shown = ", ".join(map(repr, found[:5])) + (", ..." if len(found) > 5 else "")
        raise InputError(
            f"{where} has {len(found)} classes ({shown}), the network has {outputs} "
            f"output{'s' * (outputs > 1)}: its last layer needs {1 if len(found) == 2 else len(found)}"
        )
    return tuple(found)


def _by_number(label: str) -> tuple[int, Any]:
    try:
        return (0, float(label))
    except ValueError:
        return (1, label)

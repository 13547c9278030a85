"""How good answers are."""

import numpy as np

from ..programs import Array


def metrics(outputs: Array, Y: Array, *, classes: bool) -> dict[str, float]:
    """Return the accuracy for classes, else root mean squared error, mean absolute error and r squared.

    >>> metrics(np.array([[0.9], [0.2]]), np.array([[1.0], [1.0]]), classes=True)
    {'accuracy': 0.5}
    """
    if classes and Y.shape[1] == 1:
        return {"accuracy": float(((outputs > 0.5) == (Y > 0.5)).mean())}
    if classes:
        return {"accuracy": float((outputs.argmax(axis=1) == Y.argmax(axis=1)).mean())}
    error, spread = outputs - Y, Y - Y.mean(axis=0)
    found = {
        "root mean squared error": float(np.sqrt((error**2).mean())),
        "mean absolute error": float(np.abs(error).mean()),
    }
    total = float((spread**2).sum())
    return found | ({"r squared": 1 - float((error**2).sum()) / total} if total > 0 else {})

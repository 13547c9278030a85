"""Accuracy on held-out parts of Iris and of the digits, from the command line, beside scikit-learn's MLP.

usage: python tests/benchmarks/accuracy.py [--splits N] [--data NAME] [--settings NAME]

Each split holds back a third of every class. Both sides learn from the same samples, with the same sizes, optimiser,
learning rate, batches, epochs and scaling, each from its own random weights; with ``defaults`` each descends as it does
where nothing is said. Prints the mean accuracy of both, their difference, and the standard error of that difference
over the splits: what lies within two of those is chance.
"""

import argparse
import io
import tempfile
import warnings
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits, load_iris
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from symbp.cli import main as symbp

DATA = {
    "iris": (load_iris, (4, 16, 3), StandardScaler, "standard"),
    "digits": (load_digits, (64, 32, 10), MinMaxScaler, "minmax"),
}
"""For each name: the samples, the sizes of the network, and how both sides scale."""

SETTINGS: dict[str, tuple[list[str], dict[str, Any]]] = {
    "defaults": ([], {}),
    "adam": (
        ["--optimizer", "adam", "--lr", "0.01", "--batch", "16", "--shuffle", "--epochs", "60"],
        {"solver": "adam", "learning_rate_init": 0.01, "batch_size": 16, "max_iter": 60, "n_iter_no_change": 60},
    ),
    "nesterov": (
        ["--optimizer", "nesterov", "--lr", "0.05", "--batch", "16", "--shuffle", "--epochs", "60"],
        {"solver": "sgd", "learning_rate_init": 0.05, "batch_size": 16, "max_iter": 60, "n_iter_no_change": 60},
    ),
    "validation": (
        [*("--optimizer", "adam", "--lr", "0.01", "--batch", "16", "--shuffle", "--epochs", "200"),
         *("--validation", "0.2", "--patience", "20")],
        {"solver": "adam", "learning_rate_init": 0.01, "batch_size": 16, "max_iter": 200, "n_iter_no_change": 20,
         "early_stopping": True, "validation_fraction": 0.2},
    ),
}  # fmt: skip
"""For each name: the options of ``symbp train``, and those of scikit-learn that mean the same."""


def ours(words: Sequence[str], sizes: Sequence[int], scale: str, parts: Sequence[Any]) -> float:
    """Return the accuracy that ``symbp predict --score`` prints after ``symbp train``."""
    with tempfile.TemporaryDirectory() as folder:
        learned, held, fit = (str(Path(folder) / name) for name in ("learned.csv", "held.csv", "fit.npz"))
        for path, X, y in ((learned, parts[0], parts[2]), (held, parts[1], parts[3])):
            Path(path).write_text(
                "".join(f"{','.join(map(repr, x))},{label}\n" for x, label in zip(X.tolist(), y, strict=True))
            )
        network = ["-".join(map(str, sizes)), learned, "--activation", "tanh,softmax"]
        loss = ["--loss", "categorical_cross_entropy", "--scale", scale]
        with redirect_stdout(io.StringIO()) as said, redirect_stderr(io.StringIO()):
            assert symbp(["train", *network, *loss, *words, "-o", fit]) == 0
            said.truncate(said.seek(0))
            assert symbp(["predict", fit, held, "--score"]) == 0
        return float(said.getvalue().partition(",")[2])


def theirs(options: dict[str, Any], hidden: int, scaler: Any, parts: Sequence[Any], seed: int) -> float:
    """Return the accuracy of scikit-learn's MLP."""
    network = MLPClassifier((hidden,), activation="tanh", alpha=0.0, tol=0.0, random_state=seed, **options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return float(make_pipeline(scaler(), network).fit(parts[0], parts[2]).score(parts[1], parts[3]))


def main() -> None:
    """Print a line for each set of samples and each way to train."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--splits", type=int, default=50)
    parser.add_argument("--data", choices=DATA)
    parser.add_argument("--settings", choices=SETTINGS)
    chosen = parser.parse_args()
    for name in [chosen.data] if chosen.data else DATA:
        load, sizes, scaler, scale = DATA[name]
        X, y = load(return_X_y=True)
        for way in [chosen.settings] if chosen.settings else SETTINGS:
            words, options = SETTINGS[way]
            pairs = []
            for seed in range(chosen.splits):
                parts = train_test_split(X, y, test_size=1 / 3, stratify=y, random_state=seed)
                found = ours([*words, "--seed", str(seed)], sizes, scale, parts)
                pairs.append((found, theirs(options, sizes[1], scaler, parts, seed)))
            both = np.array(pairs)
            one, other = both.mean(axis=0)
            error = (both[:, 0] - both[:, 1]).std(ddof=1) / np.sqrt(len(both)) if len(both) > 1 else np.nan
            print(
                f"{name}, {way}: symbp {one:.4f}, scikit-learn {other:.4f}, difference {one - other:+.4f} "
                f"(standard error {error:.4f}, {len(both)} splits)",
                flush=True,
            )


if __name__ == "__main__":
    main()

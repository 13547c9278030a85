"""Trainings that are killed at random moments, even while they write, and resumed: do they end bit for bit the same?

usage: python tests/benchmarks/kills.py [--kills N] [--seed N]

Each training writes its checkpoint after every epoch, in a process of its own that gets SIGKILL at a random moment of
the time that is left, and is resumed in another one. Prints for each kind of training how often it was killed, and
whether at its end all arrays of the checkpoint are those of a training that nobody disturbed. Exit status 1 where not.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

KINDS: dict[str, dict[str, Any]] = {
    "2-4-1, per sample, momentum": {"sizes": (2, 4, 1), "batch": 1, "optimizer": "momentum"},
    "4-16-3, batches of 8, Adam": {"sizes": (4, 16, 3), "batch": 8, "optimizer": "adam"},
    "30-20-5, batches of 16, AdamW, validation": {
        "sizes": (30, 20, 5),
        "batch": 16,
        "optimizer": "adamw",
        "validation": 0.2,
    },
}
EPOCHS = 400
PER_TRAINING = 5  # kills before it may run to its end


def train(kind: str, path: str) -> None:
    """Train in this process, from the checkpoint where there is one; write it after every epoch."""
    import symbp
    from symbp.networks import mlp
    from symbp.training import checkpoint

    checkpoint._SECONDS = 0.0
    options = dict(KINDS[kind])
    sizes, drawn = options.pop("sizes"), np.random.default_rng(7)
    X, Y = drawn.normal(size=(64, sizes[0])), drawn.uniform(size=(64, sizes[-1]))
    symbp.train(
        mlp(*sizes),
        X,
        Y,
        lr=0.01,
        epochs=EPOCHS,
        shuffle=True,
        checkpoint=path,
        resume=Path(path).exists(),
        progress=False,
        **options,
    )


def process(kind: str, path: Path) -> "subprocess.Popen[bytes]":
    """Start a training in a process of its own."""
    return subprocess.Popen([sys.executable, __file__, "--train", kind, str(path)])


def arrays(path: Path) -> dict[str, bytes]:
    """Return what stands in a checkpoint."""
    with np.load(path) as stored:
        return {name: stored[name].tobytes() for name in stored.files}


def disturbed(kind: str, path: Path, seconds: float, draw: random.Random) -> int:
    """Train with kills; return how many there were while it still ran."""
    kills = 0
    while kills < PER_TRAINING:
        running = process(kind, path)
        time.sleep(draw.uniform(0, seconds))
        if running.poll() is not None:
            break
        running.kill()
        running.wait()
        kills += 1
    process(kind, path).wait()
    return kills


def main() -> int:
    """Print a line for each kind of training."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--train", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.train:
        train(*chosen.train)
        return 0
    draw, different = random.Random(chosen.seed), 0
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            whole, kills, trainings, bad = Path(folder) / "whole.npz", 0, 0, 0
            start = time.perf_counter()
            process(kind, whole).wait()
            seconds = time.perf_counter() - start
            while kills * len(KINDS) < chosen.kills:
                path = Path(folder) / f"{trainings}.npz"
                kills += disturbed(kind, path, seconds, draw)
                trainings += 1
                bad += arrays(path) != arrays(whole)
        print(f"{kind}: {trainings} trainings, {kills} kills, {bad} end otherwise than undisturbed", flush=True)
        different += bad
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())

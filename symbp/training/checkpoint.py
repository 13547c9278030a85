"""Checkpoints: a trained network with all that is needed to go on as if nothing had happened."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from ..errors import InputError
from ..programs import State, blocks
from .data import open_archive
from .fit import Fit
from .loop import Progress, Task
from .storing import check_name, fit_arrays, network_text, write_arrays

_SECONDS = 10.0  # between two writes


@dataclass(slots=True, eq=False)
class Keeper:
    """Writes a checkpoint every some seconds; the file is always whole.

    Attributes:
        path: the file.
        task: what is trained.
        fit: how progress becomes a trained network.
        last: when it was written last.
        data: the fingerprint of the samples.
    """

    path: str | Path
    task: Task
    fit: Callable[[Progress], Fit]
    last: float = field(default_factory=monotonic)
    data: str = field(init=False)

    def __post_init__(self) -> None:
        check_name(self.path)
        self.data = digest(self.task)

    def due(self, progress: Progress) -> None:
        """Write if the last time is long ago."""
        if monotonic() - self.last >= _SECONDS:
            self.write(progress)

    def write(self, progress: Progress) -> None:
        """Write now."""
        settings = {
            "lasting": self.task.settings.lasting(),
            "form": self.task.program.form,
            "step": progress.state.step,
            "random": progress.random.bit_generator.state,
            "data": self.data,
            "best_epoch": progress.best_epoch,
        }
        arrays = fit_arrays(self.fit(progress)) | {"flat": progress.state.flat, "memory": progress.state.memory}
        if progress.best is not None:
            arrays["best"] = progress.best
        write_arrays(self.path, arrays | {"checkpoint": np.array(json.dumps(settings))})
        self.last = monotonic()


def digest(task: Task) -> str:
    """Return a fingerprint of the samples."""
    found = hashlib.sha256()
    for array in (task.X, task.Y, *(task.held or ())):
        found.update(repr(array.shape).encode())
        for rows in blocks(array):
            found.update(np.ascontiguousarray(rows).tobytes())
    return found.hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """What stands in a checkpoint."""

    path: str
    network: dict[str, Any]
    settings: dict[str, Any]
    progress: Progress

    @property
    def form(self) -> str:
        """The form of the code that was run: another one rounds in another way."""
        return str(self.settings["form"])

    def check(self, task: Task, fit: Fit) -> None:
        """Refuse a checkpoint of another network, other settings or other data; the text says what differs."""
        net = json.loads(json.dumps(network_text(fit.network)))
        if any(net[key] != self.network.get(key) for key in net):
            found = "-".join(map(str, self.network.get("layers", ["?"])))
            raise InputError(f"{self.path}: a checkpoint of another network ({found}, not {fit.network.description})")
        now = json.loads(json.dumps(task.settings.lasting()))
        for key, value in now.items():
            if value != self.settings["lasting"].get(key):
                before = self.settings["lasting"].get(key)
                raise InputError(f"{self.path}: it was trained with {key} = {before!r}, not {value!r}: use the same")
        if digest(task) != self.settings["data"]:
            raise InputError(f"{self.path}: it was trained on other data")


def read_checkpoint(path: str | Path | None) -> Checkpoint:
    """Return a checkpoint that was written.

    Raises:
        InputError: the file cannot be read, is damaged, or is no checkpoint.
    """
    if path is None:
        raise InputError("resume needs the name of the checkpoint to go on from")
    if not Path(path).exists():
        raise InputError(f"{path}: there is no checkpoint to go on from: leave out resume to start")
    arrays = open_archive(path)
    try:
        network, settings = (json.loads(str(arrays[name])) for name in ("network", "checkpoint"))
        random = np.random.default_rng()
        random.bit_generator.state = settings["random"]
        progress = Progress(
            State(arrays["flat"].copy(), arrays["memory"].copy(), int(settings["step"])),
            random,
            arrays["history"].tolist(),
            arrays["held"].tolist(),
            arrays.get("best"),
            int(settings["best_epoch"]),
        )
        return Checkpoint(str(path), network, settings, progress)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(f"{path}: not a checkpoint that symbp wrote") from None

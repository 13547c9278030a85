"""Processes that judge documents, each stopped from outside when it takes too long or too much memory."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from typing import Any, Protocol

from ..errors import SymbpError

resource = import_module("resource") if find_spec("resource") else None  # Windows has no such limits
START_SECONDS = 120.0  # to load everything, on however busy a machine
SPARE_SECONDS = 10  # of computing beyond the limit, after which the system ends a process that nobody waits for


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take; seconds count from when its process begins with it."""

    seconds: float = 120.0
    megabytes: int = 2048


@dataclass(frozen=True, slots=True)
class Options:
    """What a check depends on besides the document.

    Attributes:
        network: a preset or the path of a network file; empty for none.
        side: the text of the side file; empty for none.
        side_name: its path, for messages.
        lang: the language of the sentences.
        explains: what was inferred is wanted instead of the report.
    """

    network: str = ""
    side: str = ""
    side_name: str = ""
    lang: str = "en"
    explains: bool = False


class StoppedError(SymbpError):
    """A document was given up; the text says why."""


class Worker:
    """A process that judges one document after another, until one of them takes too much.

    Example:
        with Worker(Limits(seconds=5)) as worker:
            report = worker.report("homework.md", content, Options())
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        context = multiprocessing.get_context("spawn")  # nothing is inherited: the same on every system
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=serve, args=(other, limits.megabytes), daemon=True)
        self.process.start()
        other.close()
        self.is_ready = False

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def report(self, name: str, content: bytes, options: Options) -> dict[str, Any]:
        """Return the report on a document as `Report.as_dict` gives it.

        Raises:
            SymbpError: the document cannot be read.
            StoppedError: it took too much; the worker is of no more use.
        """
        if not self.is_ready:
            self._answer(START_SECONDS)
            self.is_ready = True
        head = {"name": name, "options": asdict(options), "seconds": self.limits.seconds}
        with suppress(BrokenPipeError, ConnectionResetError):  # the answer says why
            self.pipe.send_bytes(json.dumps(head).encode())
            self.pipe.send_bytes(content)
        found: dict[str, Any] = json.loads(self._answer(self.limits.seconds))
        if "error" in found:
            raise SymbpError(found["error"])
        return found

    def _answer(self, seconds: float) -> bytes:
        if not self.pipe.poll(seconds):
            self.process.kill()
            raise StoppedError(f"stopped after {seconds:g} seconds; --timeout sets another limit")
        try:
            return self.pipe.recv_bytes()
        except (EOFError, OSError):
            self.process.join(START_SECONDS)
            raise StoppedError(self._ending()) from None

    def _ending(self) -> str:
        if self.process.exitcode == OUT_OF_MEMORY:
            return f"stopped at {self.limits.megabytes} MB of memory; --memory sets another limit"
        if self.process.exitcode == INCOMPLETE:
            return "stopped: a library that symbp needs is not there; install symbp again"
        return f"stopped: its process ended with status {self.process.exitcode}"


OUT_OF_MEMORY, INCOMPLETE = 77, 78


class _Checking(Protocol):
    def answered(self, name: str, content: bytes, options: dict[str, Any]) -> dict[str, Any]: ...


def serve(pipe: Connection, megabytes: int) -> None:
    """Judge the documents that come through a pipe: what a worker's process does."""
    _silence()
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    _limit_memory(megabytes)
    try:
        gc.disable()
        checking: _Checking = import_module(".answering", __package__)
        gc.freeze()  # all that is loaded stays, and need not be looked through again and again
        gc.enable()
        pipe.send_bytes(b"ready")
        while True:
            head = json.loads(pipe.recv_bytes())
            _limit_computing(head["seconds"])
            found = checking.answered(head["name"], pipe.recv_bytes(), head["options"])
            pipe.send_bytes(json.dumps(found).encode())
    except (EOFError, OSError, KeyboardInterrupt):  # nobody waits for an answer
        return
    except ModuleNotFoundError:
        os._exit(INCOMPLETE)
    except (MemoryError, ImportError):  # a library that finds no room for itself says the latter
        os._exit(OUT_OF_MEMORY)


def _silence() -> None:
    """Keep what a dying process says to itself: the one who waits for it reports it."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), sys.__stderr__.fileno() if sys.__stderr__ else 2)


def _limit_memory(megabytes: int) -> None:
    if resource is not None:
        _set("RLIMIT_CORE", 0)
        _set("RLIMIT_AS", megabytes << 20)


def _limit_computing(seconds: float) -> None:
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _set("RLIMIT_CPU", int(used.ru_utime + used.ru_stime + seconds) + SPARE_SECONDS)


def _set(name: str, limit: int) -> None:
    """Set a limit of this process; the one that the user's system sets may be lower."""
    if resource is not None:
        kind = getattr(resource, name)
        most = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (limit if most < 0 else min(limit, most), most))

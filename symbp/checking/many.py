"""Many documents: found in folders, judged side by side, each within its limits, known ones not again."""

import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from queue import Empty, SimpleQueue

from ..errors import InputError, SymbpError
from .cache import Cache, key_of
from .limited import Limits, Options, StoppedError, Worker
from .reaching import NOTHING, Found, decoded, read_bytes, side_of
from .report import Outcome, Report

MOST = 1_000_000  # seconds, megabytes, documents at a time


@dataclass
class Examination:
    """Documents being judged by some workers.

    Attributes:
        options: what every check depends on besides its document.
        limits: what one document may take.
        cache: where known reports are; nothing where all are to be judged anew.
        jobs: how many documents are judged at the same time.
    """

    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)
    cache: Cache | None = None
    jobs: int = 1
    _idle: SimpleQueue[Worker] = field(default_factory=SimpleQueue)
    _all: list[Worker] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name, value in (("jobs", self.jobs), ("timeout", self.limits.seconds), ("memory", self.limits.megabytes)):
            if not 0 < value <= MOST:
                raise InputError(f"--{name} {value:g} is not between 0 and {MOST}")

    def outcomes(self, documents: Sequence[Found]) -> Iterator[Outcome]:
        """Yield what becomes of each document, in order."""
        with ThreadPoolExecutor(min(self.jobs, max(1, len(documents)))) as threads:
            futures = [threads.submit(self.outcome, document) for document in documents]
            try:
                for future in futures:
                    yield future.result()
            finally:
                for future in futures:
                    future.cancel()
                self.stop()

    def explanation(self, document: str) -> dict[str, object]:
        """Return what was inferred of a document."""
        try:
            return self.found(document, read_bytes(Path(document)))
        finally:
            self.stop()

    def stop(self) -> None:
        """End all workers, whatever they do."""
        for worker in self._all:
            worker.process.kill()

    def outcome(self, document: Found) -> Outcome:
        """Return what becomes of one document; a file found in a folder may have no equation."""
        start = time.monotonic()
        try:
            report = self._report(document.path, read_bytes(Path(document.path)))
            empty = not (report.equations or document.searched)
            found = (
                Outcome(document.path, error=f"{document.path}: {NOTHING}") if empty else Outcome(document.path, report)
            )
        except SymbpError as error:
            found = Outcome(document.path, error=str(error))
        return replace(found, seconds=time.monotonic() - start)

    def _report(self, document: str, content: bytes) -> Report:
        return Report.of(self.found(document, content), content.decode("utf-8-sig"))

    def found(self, document: str, content: bytes) -> dict[str, object]:
        """Return what a worker finds of a document, or found before."""
        options = self._options(document)
        key = key_of(content, document, json.dumps(asdict(options)), self._network)
        kept = self.cache.get(key) if self.cache else None
        found = kept or self._judged(document, content, options)
        if self.cache and not kept:
            self.cache.put(key, found)
        return found

    def _options(self, document: str) -> Options:
        """Return the options with the side file of a document: the one that is named, else the one beside it."""
        path = Path(self.options.side_name) if self.options.side_name else side_of(document)
        if not self.options.side_name and not path.is_file():
            return self.options
        return replace(self.options, side=decoded(str(path), read_bytes(path)), side_name=str(path))

    @cached_property
    def _network(self) -> str:
        """The content of the network file, if there is one."""
        network = Path(self.options.network)
        return read_bytes(network).hex() if network.is_file() else ""

    def _judged(self, document: str, content: bytes, options: Options) -> dict[str, object]:
        worker = self._worker()
        try:
            found = worker.report(document, content, options)
        except StoppedError as error:
            worker.close()
            raise SymbpError(f"{document}: {error}") from None
        except SymbpError:
            self._idle.put(worker)
            raise
        self._idle.put(worker)
        return found

    def _worker(self) -> Worker:
        try:
            return self._idle.get_nowait()
        except Empty:
            worker = Worker(self.limits)
            self._all.append(worker)
            return worker

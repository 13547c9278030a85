"""Many documents: found in folders, judged side by side, each within its limits, known ones not again."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from queue import Empty, SimpleQueue

from ..errors import InputError, SymbpError
from .cache import Cache, key_of
from .limited import Limits, Options, StoppedError, Worker
from .reaching import NOTHING, Found, read_bytes
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
                for worker in self._all:
                    worker.process.kill()
        for worker in self._all:
            worker.close()

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
        key = key_of(content, document, *self._depends)
        kept = self.cache.get(key) if self.cache else None
        found = kept or self._judged(document, content)
        if self.cache and not kept:
            self.cache.put(key, found)
        return Report.of(found, content.decode("utf-8-sig"))

    @cached_property
    def _depends(self) -> tuple[str, ...]:
        """What a report depends on besides its document and symbp itself."""
        network = Path(self.options.network)
        text = read_bytes(network).hex() if network.is_file() else ""
        return self.options.network, text, self.options.side, self.options.lang

    def _judged(self, document: str, content: bytes) -> dict[str, object]:
        worker = self._worker()
        try:
            found = worker.report(document, content, self.options)
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

"""Ctrl-C and SIGTERM while training: raised where they arrive, and again later where a compiler has swallowed them."""

import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from time import monotonic
from types import FrameType
from typing import Any

_USUAL: Mapping[signal.Signals, Any] = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
_REPEAT = 1.0  # seconds within which a second signal is the same one: some launchers send it to the whole group, too


@dataclass(slots=True)
class Interrupts:
    """Whether training is to end, and when that was asked for last."""

    asked: bool = False
    last: float = -inf

    def receive(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the shape of a handler
        """Raise `KeyboardInterrupt`, unless that has just been done."""
        now = monotonic()
        repeated, self.last, self.asked = now - self.last < _REPEAT, now, True
        if not repeated:
            raise KeyboardInterrupt

    def check(self) -> None:
        """Raise what was asked for and has not arrived."""
        if self.asked:
            raise KeyboardInterrupt


@contextmanager
def interruptible() -> Iterator[Interrupts]:
    """Let SIGTERM do what Ctrl-C does; whoever has handlers of his own, or is not the main thread, keeps them."""
    caught = Interrupts()
    main = threading.current_thread() is threading.main_thread()
    taken = [number for number, usual in _USUAL.items() if main and signal.getsignal(number) == usual]
    shown = sys.unraisablehook

    def unraisable(found: "sys.UnraisableHookArgs") -> None:
        if not (caught.asked and issubclass(found.exc_type, KeyboardInterrupt)):  # it is remembered, and raised again
            shown(found)

    for number in taken:
        signal.signal(number, caught.receive)
    sys.unraisablehook = unraisable
    try:
        yield caught
    finally:
        sys.unraisablehook = shown
        for number in taken:
            signal.signal(number, _USUAL[number])

"""A bar on standard error while training runs, where that is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(epochs: int, *, show: bool) -> Iterator[Callable[[int, float], None]]:
    """Give a function to call with the epochs that are done and the loss."""
    if not (show and sys.stderr.isatty()):
        yield lambda done, loss: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("loss {task.fields[loss]:.6g}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=epochs, loss=float("nan"))
        yield lambda done, loss: bar.update(task, completed=done, loss=loss)

"""A bar on standard error while training runs, where that is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(epochs: int, *, show: bool) -> Iterator[Callable[[int, float], None]]:
    """Give a function to call with the epochs that are done and the loss; the bar shows epochs a second, too."""
    if not (show and sys.stderr.isatty()):
        yield lambda done, loss: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    text = TextColumn("loss {task.fields[loss]:.6g}  {task.fields[rate]:,.1f} epochs/s")
    columns = (BarColumn(), MofNCompleteColumn(), text, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=epochs, loss=float("nan"), rate=float("nan"))

        def advance(done: int, loss: float) -> None:
            bar.update(task, completed=done, loss=loss, rate=bar.tasks[0].finished_speed or bar.tasks[0].speed or 0.0)

        yield advance

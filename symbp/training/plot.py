"""The loss from epoch to epoch, as a picture."""

import io
from importlib.util import find_spec
from pathlib import Path

from ..atomic import write_file
from ..errors import InputError
from .fit import Fit

_ENDINGS = (".svg", ".png", ".pdf")


def check_plot(path: str | Path) -> None:
    """Refuse a name that no picture can have, before any work is done."""
    if Path(path).suffix not in _ENDINGS:
        raise InputError(f"{path}: a picture is {', '.join(_ENDINGS)}")
    if not Path(path).parent.is_dir():
        raise InputError(f"{path}: there is no folder {Path(path).parent}")
    if not find_spec("matplotlib"):
        raise InputError("--plot needs matplotlib: pip install 'symbp[plot]'")


def save_plot(fit: Fit, path: str | Path) -> None:
    """Draw the loss over the epochs, and that of the held samples; the scale is logarithmic.

    Raises:
        InputError: the picture cannot be written.
    """
    check_plot(path)
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(xlabel="epoch", ylabel="loss", title=fit.network.description)
    axes.plot(range(len(fit.history)), fit.history, label="samples that are learned from")
    if fit.held:
        axes.plot(range(1, len(fit.held) + 1), fit.held, label="held samples")
    if fit.best is not None:
        axes.axvline(fit.best, color="grey", linestyle=":", label=f"least on held samples: epoch {fit.best}")
    if min(fit.history) > 0:
        axes.set_yscale("log")
    axes.grid(alpha=0.3)
    axes.legend()
    buffer = io.BytesIO()
    figure.savefig(buffer, format=Path(path).suffix[1:])
    write_file(path, buffer.getvalue())

"""Gradient descent through generated programs: data, starting points, the loop, what it found."""

from .data import read_inputs, read_samples
from .fit import DivergenceError, Fit
from .loop import train
from .storing import check_name, load_fit, save_fit

__all__ = ["DivergenceError", "Fit", "check_name", "load_fit", "read_inputs", "read_samples", "save_fit", "train"]

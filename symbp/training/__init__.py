"""Gradient descent through generated programs: data, starting points, the loop, what it found."""

from .columns import Columns
from .data import Samples, read_again, read_inputs, read_samples
from .fit import DivergenceError, Fit, InterruptedTraining
from .front import train
from .initial import INITIALISERS, hidden_size, initial_parameters
from .optimisers import OPTIMISERS
from .plot import check_plot, save_plot
from .scaling import SCALINGS
from .schedules import SCHEDULES
from .storing import check_name, load_fit, save_fit

__all__ = [
    "INITIALISERS",
    "OPTIMISERS",
    "SCALINGS",
    "SCHEDULES",
    "Columns",
    "DivergenceError",
    "Fit",
    "InterruptedTraining",
    "Samples",
    "check_name",
    "check_plot",
    "hidden_size",
    "initial_parameters",
    "load_fit",
    "read_again",
    "read_inputs",
    "read_samples",
    "save_fit",
    "save_plot",
    "train",
]

"""Graph -> Python source -> functions: losses, outputs, gradients and gradient descent."""

from .arrays import Array, matrix, numbers
from .engines import Epochs, State
from .exporting import TARGETS, export
from .forms import FORMS
from .parameters import Parameters, worked_parameters
from .program import Program, compile_network
from .rules import SGD, Rule

__all__ = [
    "FORMS",
    "SGD",
    "TARGETS",
    "Array",
    "Epochs",
    "Parameters",
    "Program",
    "Rule",
    "State",
    "compile_network",
    "export",
    "matrix",
    "numbers",
    "worked_parameters",
]

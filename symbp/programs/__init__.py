"""Graph -> Python source -> functions: losses, outputs, gradients and gradient descent."""

from .arrays import Array, matrix, numbers
from .engines import Epochs, State
from .forms import FORMS
from .parameters import Parameters, worked_parameters
from .program import Program, compile_network
from .rules import SGD, Rule

__all__ = [
    "FORMS",
    "SGD",
    "Array",
    "Epochs",
    "Parameters",
    "Program",
    "Rule",
    "State",
    "compile_network",
    "matrix",
    "numbers",
    "worked_parameters",
]

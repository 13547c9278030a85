"""Graph -> Python source -> functions: losses, outputs, gradients and gradient descent."""

from .arrays import Array, generator, matrix, numbers
from .engines import Epochs, State
from .exporting import TARGETS, export
from .forms import FORMS
from .parameters import Parameters, worked_parameters
from .program import Program, compile_network
from .rules import SGD, Rule
from .slips import Mismatch, check_gradients
from .stacks import Stack, blocks, by_block, gathered
from .verifying import Way, gradient_error, verify

__all__ = [
    "FORMS",
    "SGD",
    "TARGETS",
    "Array",
    "Epochs",
    "Mismatch",
    "Parameters",
    "Program",
    "Rule",
    "Stack",
    "State",
    "Way",
    "blocks",
    "by_block",
    "check_gradients",
    "compile_network",
    "export",
    "gathered",
    "generator",
    "gradient_error",
    "matrix",
    "numbers",
    "verify",
    "worked_parameters",
]

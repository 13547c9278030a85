"""Graph -> Python source -> functions: losses, outputs, gradients and gradient descent."""

from .arrays import Array, matrix, numbers
from .parameters import Parameters, worked_parameters
from .program import FORMS, Program, compile_network

__all__ = ["FORMS", "Array", "Parameters", "Program", "compile_network", "matrix", "numbers", "worked_parameters"]

"""The functions that every document may use: how they are spelt, and their derivatives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import sympy

ACTIVATION_LETTERS = frozenset({"\\sigma", "sigma", "\\phi", "\\varphi", "\\psi", "\\varsigma"})
FUNCTION_LETTERS = ACTIVATION_LETTERS | {"f", "g"}  # names that are functions unless a document shows otherwise


@dataclass(frozen=True, slots=True)
class Function:
    """A known function of one argument.

    Attributes:
        name: the name of the record.
        spellings: the commands and words that mean it; the first of each kind is written.
        of: its value for any number-like argument that has a method of the same name.
        slope: its derivative from the argument and the value.
        symbolic: the sympy function.
    """

    name: str
    spellings: tuple[str, ...]
    of: Callable[[Any], Any]
    slope: Callable[[Any, Any], Any]
    symbolic: Callable[..., Any]


_RECORDS = (
    Function("exp", ("\\exp", "exp", "Exp"), lambda a: a.exp(), lambda a, y: y, sympy.exp),
    Function("log", ("\\ln", "ln", "\\log", "log"), lambda a: a.log(), lambda a, y: 1 / a, sympy.log),
    Function("tanh", ("\\tanh", "tanh", "Tanh"), lambda a: a.tanh(), lambda a, y: 1 - y * y, sympy.tanh),
    Function("sqrt", ("\\surd", "sqrt"), lambda a: a.sqrt(), lambda a, y: 1 / (2 * y), sympy.sqrt),
    Function("sin", ("\\sin", "sin"), lambda a: a.sin(), lambda a, y: a.cos(), sympy.sin),
    Function("cos", ("\\cos", "cos"), lambda a: a.cos(), lambda a, y: -a.sin(), sympy.cos),
    Function("arctan", ("\\arctan", "arctan", "atan"), lambda a: a.atan(), lambda a, y: 1 / (1 + a * a), sympy.atan),
    Function("sinh", ("\\sinh", "sinh"), lambda a: a.sinh(), lambda a, y: a.cosh(), sympy.sinh),
    Function("cosh", ("\\cosh", "cosh"), lambda a: a.cosh(), lambda a, y: a.sinh(), sympy.cosh),
    Function(
        "erf",
        ("\\erf", "erf", "Erf"),
        lambda a: a.erf(),
        lambda a, y: 2 * (-(a * a)).exp() / a.pi().sqrt(),
        sympy.erf,
    ),
    Function(
        "sigmoid",
        ("\\sigmoid", "sigmoid", "Sigmoid", "logistic"),
        lambda a: 1 / (1 + (-a).exp()),
        lambda a, y: y * (1 - y),
        lambda a: 1 / (1 + sympy.exp(-a)),
    ),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({record.name: record for record in _RECORDS})
SPELLINGS: Mapping[str, str] = MappingProxyType({word: record.name for record in _RECORDS for word in record.spellings})
EXTREMES: Mapping[str, str] = MappingProxyType({"\\max": "max", "max": "max", "\\min": "min", "min": "min"})
RECTIFIERS = frozenset({"relu", "ReLU", "RELU", "Relu"})
ACTIVATIONS = frozenset(  # in any case
    ["act", "activation", "leakyrelu", "gelu", "silu", "swish", "mish", "elu", "selu", "celu", "softplus", "softsign"]
)

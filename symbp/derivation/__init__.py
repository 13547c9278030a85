"""The derivation: the backward walk as a person writes it, and the numbers put in."""

from .derivation import Derivation, Equation, Reason, Section, Step
from .engine import derivation
from .general import general_derivation
from .keys import At, Bar, Delta, Family, Key, Path, Sample, Slope, Updated
from .layers import layer_derivation
from .modelling import model_derivation
from .models import Model, is_model, model, models
from .second import hessian, hessian_vector
from .values import printed

__all__ = [
    "At",
    "Bar",
    "Delta",
    "Derivation",
    "Equation",
    "Family",
    "Key",
    "Model",
    "Path",
    "Reason",
    "Sample",
    "Section",
    "Slope",
    "Step",
    "Updated",
    "derivation",
    "general_derivation",
    "hessian",
    "hessian_vector",
    "is_model",
    "layer_derivation",
    "model",
    "model_derivation",
    "models",
    "printed",
]

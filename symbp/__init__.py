"""symbp: derive, check and train backpropagation in closed form."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .errors import SymbpError
from .version import __version__

if TYPE_CHECKING:
    from .checking import check
    from .documents import DerivationDocument, derive
    from .graphs import Graph, Quantity, unit_graph
    from .networks import Network, load, mlp, presets, worked_values
    from .programs import Parameters, Program, check_gradients
    from .programs import compile_network as compile  # noqa: A004 - the public word
    from .training import Fit, train

__all__ = [
    "DerivationDocument",
    "Fit",
    "Graph",
    "Network",
    "Parameters",
    "Program",
    "Quantity",
    "SymbpError",
    "__version__",
    "check",
    "check_gradients",
    "compile",
    "derive",
    "load",
    "mlp",
    "presets",
    "train",
    "unit_graph",
    "worked_values",
]

_HOMES = {  # name -> the room, loaded when the name is first used, and its name there
    "DerivationDocument": ("documents", "DerivationDocument"),
    "Fit": ("training", "Fit"),
    "Graph": ("graphs", "Graph"),
    "Network": ("networks", "Network"),
    "Parameters": ("programs", "Parameters"),
    "Program": ("programs", "Program"),
    "Quantity": ("graphs", "Quantity"),
    "check_gradients": ("programs", "check_gradients"),
    "check": ("checking", "check"),
    "compile": ("programs", "compile_network"),
    "derive": ("documents", "derive"),
    "load": ("networks", "load"),
    "mlp": ("networks", "mlp"),
    "presets": ("networks", "presets"),
    "train": ("training", "train"),
    "unit_graph": ("graphs", "unit_graph"),
    "worked_values": ("networks", "worked_values"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room, there = _HOMES[name]
    value = getattr(import_module(f".{room}", __name__), there)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

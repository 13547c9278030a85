"""The notations, one file each."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ..errors import InputError, nearest
from .four_equations import FOUR_EQUATIONS
from .layer_io import LAYER_IO
from .matrix import MATRIX
from .net_out import NET_OUT
from .neuron import NEURON
from .notation import Naming, Notation, check_distinct, reading, symbol_name
from .sums import SUMS
from .variants import own, variant

_RECORDS = (NET_OUT, LAYER_IO, FOUR_EQUATIONS, NEURON, MATRIX, SUMS)
NOTATIONS: Mapping[str, Notation] = MappingProxyType({record.name: record for record in _RECORDS})


def notation(name: str | Notation) -> Notation:
    """Return a notation by name, by the path of a TOML file, or as it is.

    Raises:
        InputError: there is none of this name, or the file is no notation.
    """
    if isinstance(name, Notation):
        return name
    if name.endswith(".toml"):
        return own(Path(name), dict(NOTATIONS))
    if name not in NOTATIONS:
        raise InputError(
            f"notation {name!r} is unknown{nearest(name, list(NOTATIONS))} (known: {', '.join(NOTATIONS)})"
        )
    return NOTATIONS[name]


__all__ = ["NOTATIONS", "Naming", "Notation", "check_distinct", "notation", "reading", "symbol_name", "variant"]

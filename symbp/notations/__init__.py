"""The notations, one file each."""

from collections.abc import Mapping
from types import MappingProxyType

from ..errors import InputError, nearest
from .net_out import NET_OUT
from .notation import Naming, Notation, reading, symbol_name

NOTATIONS: Mapping[str, Notation] = MappingProxyType({record.name: record for record in (NET_OUT,)})


def notation(name: str) -> Notation:
    """Return a notation by name.

    Raises:
        InputError: there is none of this name.
    """
    if name not in NOTATIONS:
        raise InputError(
            f"notation {name!r} is unknown{nearest(name, list(NOTATIONS))} (known: {', '.join(NOTATIONS)})"
        )
    return NOTATIONS[name]


__all__ = ["NOTATIONS", "Naming", "Notation", "notation", "reading", "symbol_name"]

"""Variants of a notation: other habits by options, or a notation of one's own in a TOML file."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import msgspec

from ..errors import InputError, explained, nearest
from ..formulas import Name, ReadError, read
from .notation import Notation

DIFFERENTIALS = {"partial": False, "upright": True}
PRODUCTS = {"cdot": r"\cdot", "times": r"\times", "star": "*", "none": ""}


_NUMBERS = ("layer", "before", "place", "source", "number", "neuron", "neuron_before")
_FILLED = {**dict.fromkeys(_NUMBERS, "1"), "letter": "j", "letter_before": "i", "unit": "h_1"}
_PLACE = re.compile(rf"\{{({'|'.join(_FILLED)})\}}")


class _File(msgspec.Struct, forbid_unknown_fields=True):
    like: str
    names: dict[str, str] = {}
    d: str | None = None
    product: str | None = None
    minus_delta: bool = False


def variant(
    record: Notation, *, d: str | None = None, product: str | None = None, rate: str | None = None, minus: bool = False
) -> Notation:
    """Return a notation with other habits.

    Example:
        >>> from symbp.notations import notation
        >>> variant(notation("matrix"), d="upright", rate="\\\\alpha").names["learning_rate"]
        '\\\\alpha'

    Args:
        record: the notation to start from.
        d: ``partial`` or ``upright``: how derivatives are written.
        product: the sign of a product: ``cdot``, ``times``, ``star`` or ``none``.
        rate: the name of the learning rate.
        minus: deltas are minus the derivatives.

    Raises:
        InputError: an option is unknown, or a name cannot be read.
    """
    if d is not None:
        record = replace(record, upright=DIFFERENTIALS[_known("d", d, list(DIFFERENTIALS))])
    if product is not None:
        record = replace(record, product=PRODUCTS[_known("product", product, list(PRODUCTS))])
    if rate is not None:
        record = _with_names(record, {"learning_rate": rate})
    if minus and not record.deltas:
        raise InputError(f"notation {record.name} has no delta, so it has no sign")
    return replace(record, minus=True) if minus else record


def own(path: Path, known: dict[str, Notation]) -> Notation:
    """Return the notation of a file: a known one with other names and habits.

    Raises:
        InputError: the file cannot be read, or something in it is unknown; the text names file and key.
    """
    try:
        file = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
        record = replace(known[_known("notation", file.like, list(known))], name=path.stem, source=str(path))
        record = _with_names(record, file.names, roles={role for one in known.values() for role in one.names})
        return variant(record, d=file.d, product=file.product, minus=file.minus_delta)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {explained(str(error), {'': _File.__struct_fields__})}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, InputError) as error:
        raise InputError(f"{path}: {error}") from None


def _known(what: str, word: str, known: list[str]) -> str:
    if word not in known:
        raise InputError(f"{what} {word!r} is unknown{nearest(word, known)} (known: {', '.join(known)})")
    return word


def _with_names(record: Notation, names: dict[str, str], roles: Iterable[str] = ()) -> Notation:
    for role, pattern in names.items():
        _known("role", role, list(dict.fromkeys((*record.names, *sorted(roles)))))
        try:
            whole = isinstance(read(_PLACE.sub(lambda place: _FILLED[place[1]], pattern)), Name)
        except ReadError as error:
            raise InputError(f"the name {pattern!r} of the {role} cannot be read: {error}") from None
        if not whole:
            raise InputError(f"the name {pattern!r} of the {role} is a formula: give one name")
    return replace(record, names=MappingProxyType({**record.names, **names}))

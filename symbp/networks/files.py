"""Networks from TOML files and bundled presets; whatever is unknown in a file is an error that names it."""

import tomllib
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from ..errors import InputError, explained, nearest
from .network import Network, mlp, worked_values

Row = list[Decimal | int]
Named = dict[str, Any]  # a record with its parameters: {name = "elu", alpha = 0.5}


class _NetworkTable(msgspec.Struct, forbid_unknown_fields=True):
    layers: list[int]
    activation: str | Named | list[str | Named] = "sigmoid"
    loss: str | Named = "half_squared_error"
    bias: str = "unit"
    penalty: str | Named | None = None


class _ValuesTable(msgspec.Struct, forbid_unknown_fields=True):
    weights: list[list[Row]]
    input: Row
    target: Row
    biases: list[Decimal | int | Row] = []
    learning_rate: Decimal | int = Decimal("0.5")


class _NotationTable(msgspec.Struct, forbid_unknown_fields=True):
    style: str


class _File(msgspec.Struct, forbid_unknown_fields=True):
    network: _NetworkTable
    values: _ValuesTable | None = None
    notation: _NotationTable | None = None


def presets() -> tuple[str, ...]:
    """Return the names of the bundled networks.

    >>> "mazur" in presets()
    True
    """
    folder = resources.files(__package__) / "presets"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


def load(source: str | Path) -> Network:
    """Return a network: a preset by name, or a TOML file by path.

    Example:
        >>> load("mazur").layers
        (2, 2, 2)

    Raises:
        InputError: no such preset or file, or the file is not a network; the text names file and key.
    """
    name = str(source)
    if name in presets():
        return parse((resources.files(__package__) / "presets" / f"{name}.toml").read_text("utf-8"), f"preset {name}")
    path = Path(source)
    if path.suffix != ".toml" and not path.exists():
        known = list(presets())
        raise InputError(f"{name!r} is neither a preset{nearest(name, known)} ({', '.join(known)}) nor a .toml file")
    try:
        return parse(path.read_text("utf-8"), name)
    except UnicodeDecodeError:
        raise InputError(f"{name}: not a text file; a network file is TOML in UTF-8") from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror})") from None


def network_of(source: Network | str | Path) -> Network:
    """Return a network from itself, the name of a preset, or the path of a file.

    Raises:
        InputError: it is none of these, or the file is not a network.
    """
    if isinstance(source, Network):
        return source
    if isinstance(source, str | Path):
        return load(source)
    raise InputError(f"a {type(source).__name__} is no network: give a Network, a preset or the path of a .toml file")


def parse(text: str, where: str) -> Network:
    """Return the network that a TOML text describes; ``where`` stands in error messages."""
    try:
        file = msgspec.convert(tomllib.loads(text, parse_float=Decimal), _File)
        return _network(file)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where}: not TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise InputError(f"{where}: {explained(str(error), _TABLES)}") from None
    except InputError as error:
        raise InputError(f"{where}: {error}") from None


def _network(file: _File) -> Network:
    table, given = file.network, file.values
    values = given and worked_values(given.weights, given.biases, given.input, given.target, given.learning_rate)
    return mlp(
        *table.layers,
        activation=[*map(_named, names)] if isinstance(names := table.activation, list) else _named(names),
        loss=_named(table.loss),
        bias=table.bias,  # type: ignore[arg-type]  # mlp checks it
        values=values or None,
        style=file.notation.style if file.notation else None,
        penalty=None if table.penalty is None else _named(table.penalty),
    )


def _named(record: str | Named) -> str:
    """Return a record as one text, the parameters in brackets."""
    if isinstance(record, str):
        return record
    if not isinstance(record.get("name"), str):
        raise InputError(f"a table without a name, its keys are {', '.join(record) or 'missing'}: add name = ...")
    given = ", ".join(f"{key}={number}" for key, number in record.items() if key != "name")
    return f"{record['name']}({given})" if given else str(record["name"])


_TABLES = {
    name: table.__struct_fields__
    for name, table in {"": _File, "network": _NetworkTable, "values": _ValuesTable, "notation": _NotationTable}.items()
}

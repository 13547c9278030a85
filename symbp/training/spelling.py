"""``name:key=number,key=number``: how a record of a table is asked for with other constants."""

import math
from collections.abc import Callable, Collection, Mapping

from ..errors import InputError, nearest


def spelled(text: str, table: Collection[str], kind: str) -> tuple[str, Callable[[Collection[str]], dict[str, float]]]:
    """Return the name, and a function that reads the constants, given which are known.

    Example:
        >>> name, constants = spelled("step:every=10", {"step"}, "schedule")
        >>> name, constants({"every", "factor"})
        ('step', {'every': 10.0})

    Raises:
        InputError: a name is unknown, or a constant is no finite number; the text names it.
    """
    name, _, rest = text.partition(":")
    if name not in table:
        raise InputError(f"{kind} {name!r} is unknown{nearest(name, list(table))} (known: {', '.join(table)})")
    pairs = [part.partition("=") for part in rest.split(",") if part.strip()]
    given: Mapping[str, str] = {key.strip(): value for key, _, value in pairs}

    def constants(known: Collection[str]) -> dict[str, float]:
        for key in given:
            if key not in known:
                hint = f" (known: {', '.join(known)})" if known else ": it has none"
                raise InputError(f"{kind} {name!r} has no constant {key!r}{nearest(key, list(known))}{hint}")
        return {key: _number(value, f"{key} of {kind} {name!r}") for key, value in given.items()}

    return name, constants


def _number(text: str, where: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InputError(f"{where}: {text!r} is not a finite number")
    return number
